"""Votes in meetings: what they are about; ballots and counts are those of their rounds."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from xsector.errors.common import NotFoundError
from xsector.model.voting import Vote, VoteKind
from xsector.store.tables import RoundRow, VoteRow
from xsector.store.times import in_utc


def add(session: Session, *, round_id: int, meeting_id: int, step: str, item: str, ends_at: datetime) -> None:
    """Note what the vote whose round is *round_id* is about."""
    session.add(VoteRow(round_id=round_id, meeting_id=meeting_id, step=step, item=item, ends_at=ends_at, shared=0))
    session.flush()


def get(session: Session, round_id: int) -> Vote:
    """One vote; NotFoundError if the round isn't one."""
    row = session.execute(
        select(VoteRow, RoundRow.vote).join(RoundRow).where(VoteRow.round_id == round_id)
    ).one_or_none()
    if row is None:
        raise NotFoundError("vote")
    return _fact(row[0], kind=row[1])


def of_meeting(session: Session, meeting_id: int) -> list[Vote]:
    """A meeting's votes, the first one first."""
    rows = session.execute(
        select(VoteRow, RoundRow.vote).join(RoundRow).where(VoteRow.meeting_id == meeting_id).order_by(VoteRow.round_id)
    )
    return [_fact(row[0], kind=row[1]) for row in rows]


def set_end(session: Session, round_id: int, *, ends_at: datetime) -> None:
    """Give the room until *ends_at* to vote."""
    _row(session, round_id).ends_at = ends_at


def count_shared(session: Session, round_id: int) -> None:
    """Note that one more person voted on the facilitator's device."""
    row = _row(session, round_id)
    row.shared += 1
    session.flush()


def remove(session: Session, round_id: int) -> None:
    """Delete a vote with everything in it, before anything of it was shown."""
    session.delete(session.get_one(RoundRow, round_id))
    session.flush()


def _row(session: Session, round_id: int) -> VoteRow:
    row = session.get(VoteRow, round_id)
    if row is None:
        raise NotFoundError("vote")
    return row


def _fact(row: VoteRow, *, kind: str) -> Vote:
    return Vote(
        round_id=row.round_id,
        meeting_id=row.meeting_id,
        step=row.step,
        kind=VoteKind(kind),
        item=row.item,
        ends_at=in_utc(row.ends_at),
        shared=row.shared,
    )
