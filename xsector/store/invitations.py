"""Invitations: who is asked in a round, who has finished, and what becomes of that."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from xsector.store import rounds
from xsector.store.tables import InvitationRow, OrganisationRow, ParticipantRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Finisher:
    """A participant who has finished a round: membership, no answer."""

    participant_id: int
    sector: str
    organisation_id: int
    late: bool
    agreed: bool
    passed_over: bool


def hold(session: Session, *, round_id: int, participant_id: int) -> None:
    """Let a participant's other browsers wait until the transaction ends."""
    session.get(InvitationRow, (round_id, participant_id), populate_existing=True, with_for_update=True)


def has_answered(session: Session, *, round_id: int, participant_id: int) -> bool:
    """Whether a participant has finished."""
    row = session.get(InvitationRow, (round_id, participant_id))
    return row is not None and row.answered


def is_late(session: Session, *, round_id: int, participant_id: int) -> bool:
    """Whether a participant came onto the roster after the round was opened."""
    row = session.get(InvitationRow, (round_id, participant_id))
    return row is not None and row.late


def mark_answered(session: Session, *, round_id: int, participant_id: int) -> None:
    """Note that a participant has finished."""
    row = session.get(InvitationRow, (round_id, participant_id))
    if row is not None and not row.answered:
        row.answered = True
        session.flush()
        rounds.bump(session, round_id)


def invited(session: Session, round_id: int) -> set[int]:
    """The ids of those who are invited to a round."""
    chosen = select(InvitationRow.participant_id).where(InvitationRow.round_id == round_id)
    return set(session.scalars(chosen))


def is_invited(session: Session, *, round_id: int, participant_id: int) -> bool:
    """Whether a participant is invited to a round."""
    return session.get(InvitationRow, (round_id, participant_id)) is not None


def turnout(session: Session, round_id: int) -> list[tuple[int, str, str, bool]]:
    """Per invited participant: id, sector code, organisation name, whether they have finished."""
    rows = session.execute(
        select(ParticipantRow.id, OrganisationRow.sector, OrganisationRow.name, InvitationRow.answered)
        .join(ParticipantRow, ParticipantRow.id == InvitationRow.participant_id)
        .join(OrganisationRow, OrganisationRow.id == ParticipantRow.organisation_id)
        .where(InvitationRow.round_id == round_id)
        .order_by(ParticipantRow.id)
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def finishers(session: Session, round_id: int) -> list[Finisher]:
    """Those who have finished, with what a seal must know of them."""
    rows = session.execute(
        select(
            ParticipantRow.id,
            OrganisationRow.sector,
            OrganisationRow.id,
            InvitationRow.late,
            InvitationRow.agreed,
            InvitationRow.passed_over,
        )
        .join(ParticipantRow, ParticipantRow.id == InvitationRow.participant_id)
        .join(OrganisationRow, OrganisationRow.id == ParticipantRow.organisation_id)
        .where(InvitationRow.round_id == round_id, InvitationRow.answered)
        .order_by(ParticipantRow.id)
    )
    return [
        Finisher(
            participant_id=row[0],
            sector=row[1],
            organisation_id=row[2],
            late=row[3],
            agreed=row[4],
            passed_over=row[5],
        )
        for row in rows
    ]


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
