"""How a sector's part of the roster has changed between two rounds: membership, counted."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from xsector.store.tables import (
    BlockMemberRow,
    BlockRow,
    InvitationRow,
    OrganisationRow,
    ParticipantRow,
    ReleaseRow,
    RoundRow,
)


def shown_before(session: Session, round_id: int) -> RoundRow | None:
    """The newest earlier round of the same partnership of which something was shown."""
    here = session.get_one(RoundRow, round_id)
    chosen = select(RoundRow).where(
        RoundRow.partnership_id == here.partnership_id,
        RoundRow.vote == "",
        RoundRow.number < here.number,
        RoundRow.shown,
        RoundRow.imported == 0,
    )
    return session.scalar(chosen.order_by(RoundRow.number.desc()).limit(1))


def left_and_came(session: Session, *, before: int, round_id: int, sector: str) -> tuple[int, int]:
    """How many of a sector were counted in the round *before* and aren't invited now, and how many the other way.

    Whoever was invited before has not come new, counted or not.
    """
    counted = set(session.scalars(_counted(before, sector=sector)))
    now = set(session.scalars(_invited(round_id, sector=sector)))
    invited = set(session.scalars(_invited(before, sector=sector)))
    return len(counted - now), len(now - counted - invited)


def _counted(round_id: int, *, sector: str) -> Select[int]:
    return (
        select(BlockMemberRow.participant_id)
        .join(BlockRow, BlockRow.id == BlockMemberRow.block_id)
        .join(ReleaseRow, ReleaseRow.id == BlockRow.release_id)
        .join(OrganisationRow, OrganisationRow.id == BlockMemberRow.organisation_id)
        .where(ReleaseRow.round_id == round_id, OrganisationRow.sector == sector)
    )


def _invited(round_id: int, *, sector: str) -> Select[int]:
    return (
        select(InvitationRow.participant_id)
        .join(ParticipantRow, ParticipantRow.id == InvitationRow.participant_id)
        .join(OrganisationRow, OrganisationRow.id == ParticipantRow.organisation_id)
        .where(InvitationRow.round_id == round_id, OrganisationRow.sector == sector)
    )
