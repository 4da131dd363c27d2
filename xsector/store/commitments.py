"""Promises that were made in meetings, and what became of them."""

from __future__ import annotations

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from xsector.errors.common import NotFoundError
from xsector.errors.meetings import PromiseChangedError
from xsector.model.commitment import Commitment, Draft, Status
from xsector.store.tables import CommitmentRow

GONE = "someone who has left"


def add(session: Session, *, partnership_id: int, meeting_id: int | None, step: str, draft: Draft) -> Commitment:
    """A new promise."""
    row = CommitmentRow(
        partnership_id=partnership_id, meeting_id=meeting_id, step=step, status=Status.OPEN, version=1,
        **_columns(draft),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return _fact(row)


def get(session: Session, commitment_id: int) -> Commitment:
    """One promise; NotFoundError if it isn't there."""
    return _fact(_row(session, commitment_id))


def rewrite(session: Session, commitment_id: int, *, draft: Draft, version: int) -> None:
    """Put *draft* in place of the promise that had *version*; PromiseChangedError if it changed since."""
    _change(session, commitment_id, version=version, values=_columns(draft))


def set_status(session: Session, commitment_id: int, *, status: Status, remark: str, version: int) -> None:
    """Note what became of a promise; PromiseChangedError if it changed since it was read."""
    _change(session, commitment_id, version=version, values={"status": status, "remark": remark})


def remove(session: Session, commitment_id: int) -> None:
    """Delete a promise."""
    session.delete(_row(session, commitment_id))
    session.flush()


def of_meeting(session: Session, meeting_id: int) -> list[Commitment]:
    """The promises that were made in a meeting, in the order in which they were made."""
    chosen = select(CommitmentRow).where(CommitmentRow.meeting_id == meeting_id).order_by(CommitmentRow.id)
    return [_fact(row) for row in session.scalars(chosen)]


def of_partnership(session: Session, partnership_id: int) -> list[Commitment]:
    """All promises of a partnership: those that are due first, first."""
    chosen = select(CommitmentRow).where(CommitmentRow.partnership_id == partnership_id)
    return [_fact(row) for row in session.scalars(chosen.order_by(CommitmentRow.by_when, CommitmentRow.id))]


def count(session: Session, meeting_id: int) -> int:
    """How many promises were made in a meeting."""
    chosen = select(func.count()).select_from(CommitmentRow).where(CommitmentRow.meeting_id == meeting_id)
    return session.scalar(chosen) or 0


def forget_person(session: Session, participant_id: int) -> set[int]:
    """Keep what somebody promised without their name; returns the ids of the meetings in which they promised it."""
    mine = CommitmentRow.participant_id == participant_id
    where = {one for one in session.scalars(select(CommitmentRow.meeting_id).where(mine)) if one is not None}
    session.execute(update(CommitmentRow).where(mine).values(who=GONE, participant_id=None))
    return where


def _change(session: Session, commitment_id: int, *, version: int, values: dict[str, object]) -> None:
    changed = session.execute(
        update(CommitmentRow)
        .where(CommitmentRow.id == commitment_id, CommitmentRow.version == version)
        .values(**values, version=version + 1)
        .returning(CommitmentRow.id),
        execution_options={"synchronize_session": "fetch"},
    )
    if changed.one_or_none() is None:
        _row(session, commitment_id)
        raise PromiseChangedError()


def _columns(draft: Draft) -> dict[str, object]:
    return {
        "what": draft.what,
        "who": draft.who,
        "participant_id": draft.participant_id,
        "with_whom": draft.with_whom,
        "by_when": draft.by_when,
        "seen_by": draft.seen_by,
        "first_step": draft.first_step,
        "items": list(draft.items),
    }


def _row(session: Session, commitment_id: int) -> CommitmentRow:
    row = session.get(CommitmentRow, commitment_id)
    if row is None:
        raise NotFoundError("promise")
    return row


def _fact(row: CommitmentRow) -> Commitment:
    draft = Draft(
        what=row.what,
        who=row.who,
        by_when=row.by_when,
        participant_id=row.participant_id,
        with_whom=row.with_whom,
        seen_by=row.seen_by,
        first_step=row.first_step,
        items=tuple(row.items),
    )
    return Commitment(
        id=row.id,
        partnership_id=row.partnership_id,
        meeting_id=row.meeting_id,
        step=row.step,
        draft=draft,
        status=Status(row.status),
        remark=row.remark,
        version=row.version,
    )
