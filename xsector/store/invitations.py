"""Invitations that change: what was finished is passed over or taken back, and who left is invited no more."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from xsector.store.tables import InvitationRow


def pass_over(session: Session, round_id: int, *, participant_ids: Collection[int]) -> None:
    """Note that what these participants finished was sealed without being counted; their consent is forgotten."""
    for one in participant_ids:
        row = session.get_one(InvitationRow, (round_id, one))
        row.passed_over, row.agreed = True, False
    session.flush()


def forget_consent(session: Session, round_id: int, *, participant_ids: Collection[int]) -> None:
    """Forget whether these participants agreed that their organisation is named, once it was heeded."""
    for one in participant_ids:
        row = session.get(InvitationRow, (round_id, one))
        if row is not None:
            row.agreed = False
    session.flush()


def forget_all_consent(session: Session, round_id: int) -> None:
    """Forget it of everybody who was invited to a round."""
    session.execute(update(InvitationRow).where(InvitationRow.round_id == round_id).values(agreed=False))


def take_back_answer(session: Session, *, round_id: int, participant_id: int) -> None:
    """Note that a participant has finished nothing any more."""
    session.execute(
        update(InvitationRow)
        .where(InvitationRow.round_id == round_id, InvitationRow.participant_id == participant_id)
        .values(answered=False)
    )


def take_back_invitations(session: Session, participant_id: int, *, but: Collection[int]) -> None:
    """Let a participant be invited to no round, past or present, *but* to these."""
    session.execute(
        delete(InvitationRow).where(InvitationRow.participant_id == participant_id, InvitationRow.round_id.not_in(but))
    )


def agree(session: Session, *, round_id: int, participant_id: int, agreed: bool) -> None:
    """Note whether a participant agrees that their organisation may be named."""
    session.execute(
        update(InvitationRow)
        .where(InvitationRow.round_id == round_id, InvitationRow.participant_id == participant_id)
        .values(agreed=agreed)
    )
