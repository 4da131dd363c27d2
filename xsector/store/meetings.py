"""Meetings: their steps, where they stand, what was written down, and who came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from xsector.errors.common import NotFoundError
from xsector.model.guide import StepKind
from xsector.model.meeting import Meeting, MeetingState, MeetingStep, Stage, StageKind
from xsector.store.tables import AttendanceRow, MeetingRow, MeetingStepRow, ParkedRow, RoundRow
from xsector.store.times import in_utc


def add(session: Session, *, round_id: int, title: str, minutes: int, steps: Sequence[MeetingStep]) -> Meeting:
    """A new meeting that hasn't begun."""
    row = MeetingRow(round_id=round_id, title=title, minutes=minutes, state=MeetingState.PLANNED, stage=0, revision=0)
    session.add(row)
    session.flush()
    for place, step in enumerate(steps):
        add_step(session, row.id, step=step, place=place)
    return get(session, row.id)


def add_step(session: Session, meeting_id: int, *, step: MeetingStep, place: int) -> None:
    """One more step, at *place*; the caller has made room for it."""
    row = MeetingStepRow(meeting_id=meeting_id, id=step.id, place=place, plan=_plan(step), minutes=step.minutes)
    row.seconds, row.shown, row.heard, row.aside = 0, 0, "", ""
    session.add(row)
    session.flush()


def _plan(step: MeetingStep) -> dict[str, Any]:  # Any: whatever JSON holds
    return {
        "kind": step.kind.value,
        "title": step.title,
        "do": step.do,
        "finding": step.finding,
        "how_sure": step.how_sure,
        "note": step.note,
        "item": step.item,
        "prompts": list(step.prompts),
        "watch": step.watch,
        "stages": [[stage.kind.value, stage.view] for stage in step.stages],
    }


def get(session: Session, meeting_id: int) -> Meeting:
    """One meeting with its steps; NotFoundError if it isn't there."""
    return _fact(session, _row(session, meeting_id))


def get_for_change(session: Session, meeting_id: int) -> Meeting:
    """The same, locked against other facilitators until the transaction ends."""
    chosen = select(MeetingRow).where(MeetingRow.id == meeting_id).with_for_update()
    row = session.scalar(chosen, execution_options={"populate_existing": True})
    if row is None:
        raise NotFoundError("meeting")
    return _fact(session, row)


def of_round(session: Session, round_id: int) -> list[Meeting]:
    """A round's meetings, newest first."""
    rows = session.scalars(select(MeetingRow).where(MeetingRow.round_id == round_id).order_by(MeetingRow.id.desc()))
    return [_fact(session, row) for row in rows]


def running(session: Session, *, round_id: int) -> int | None:
    """The id of the meeting that goes on about a round."""
    chosen = select(MeetingRow.id).where(MeetingRow.round_id == round_id, MeetingRow.state == MeetingState.RUNNING)
    return session.scalar(chosen.order_by(MeetingRow.id.desc()).limit(1))


def last_ended(session: Session, *, round_id: int) -> int | None:
    """The id of the meeting about a round that ended last."""
    chosen = select(MeetingRow.id).where(MeetingRow.round_id == round_id, MeetingRow.state == MeetingState.ENDED)
    return session.scalar(chosen.order_by(MeetingRow.ended_at.desc()).limit(1))


def running_in(session: Session, *, partnership_id: int) -> int | None:
    """The id of the meeting that goes on in a partnership."""
    chosen = (
        select(MeetingRow.id)
        .join(RoundRow, RoundRow.id == MeetingRow.round_id)
        .where(RoundRow.partnership_id == partnership_id, MeetingRow.state == MeetingState.RUNNING)
    )
    return session.scalar(chosen.order_by(MeetingRow.id.desc()).limit(1))


def revision(session: Session, meeting_id: int) -> int:
    """A number that grows with every change of the meeting."""
    return session.scalar(select(MeetingRow.revision).where(MeetingRow.id == meeting_id)) or 0


def change(session: Session, meeting_id: int, **values: Any) -> None:  # Any: values of columns
    """Change what is kept of a meeting; whoever follows it looks again."""
    session.execute(
        update(MeetingRow).where(MeetingRow.id == meeting_id).values(**values, revision=MeetingRow.revision + 1),
        execution_options={"synchronize_session": "fetch"},
    )


def change_step(session: Session, meeting_id: int, step_id: str, **values: Any) -> None:  # Any: values of columns
    """Change what is kept of one step; NotFoundError if there is none."""
    row = session.get(MeetingStepRow, (meeting_id, step_id))
    if row is None:
        raise NotFoundError("step")
    for name, value in values.items():
        setattr(row, name, value)
    session.flush()


def put_in_order(session: Session, meeting_id: int, *, order: Sequence[str]) -> None:
    """Let the steps stand in this order."""
    for place, step_id in enumerate(order):
        change_step(session, meeting_id, step_id, place=place)


def remove(session: Session, meeting_id: int) -> None:
    """Delete a meeting with its notes; promises that were made in it stay."""
    session.delete(_row(session, meeting_id))
    session.flush()


def park(session: Session, meeting_id: int, *, text: str) -> int:
    """Keep something for later; returns its number."""
    last = session.scalar(select(func.max(ParkedRow.number)).where(ParkedRow.meeting_id == meeting_id)) or 0
    session.add(ParkedRow(meeting_id=meeting_id, number=last + 1, text=text))
    session.flush()
    return last + 1


def parked(session: Session, meeting_id: int) -> list[tuple[int, str, bool]]:
    """What was kept for later: number, text, and whether the room came back to it."""
    rows = session.execute(
        select(ParkedRow.number, ParkedRow.text, ParkedRow.done)
        .where(ParkedRow.meeting_id == meeting_id)
        .order_by(ParkedRow.number)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def tick_parked(session: Session, meeting_id: int, *, number: int, done: bool) -> None:
    """Note whether the room came back to something."""
    row = session.get(ParkedRow, (meeting_id, number))
    if row is None:
        raise NotFoundError("parked thought")
    row.done = done
    session.flush()


def drop_parked(session: Session, meeting_id: int, *, number: int) -> None:
    """Throw something away that was kept for later."""
    of = (ParkedRow.meeting_id == meeting_id, ParkedRow.number == number)
    session.execute(delete(ParkedRow).where(*of))


def attend(session: Session, meeting_id: int, *, participant_id: int) -> bool:
    """Note that a participant came; whether that is new."""
    if session.get(AttendanceRow, (meeting_id, participant_id)) is not None:
        return False
    session.add(AttendanceRow(meeting_id=meeting_id, participant_id=participant_id))
    session.flush()
    return True


def forget_person(session: Session, participant_id: int) -> None:
    """Note nowhere any more that a participant came."""
    session.execute(delete(AttendanceRow).where(AttendanceRow.participant_id == participant_id))


def attended(session: Session, meeting_id: int) -> set[int]:
    """The ids of those who came with a device."""
    return set(session.scalars(select(AttendanceRow.participant_id).where(AttendanceRow.meeting_id == meeting_id)))


def _row(session: Session, meeting_id: int) -> MeetingRow:
    row = session.get(MeetingRow, meeting_id)
    if row is None:
        raise NotFoundError("meeting")
    return row


def _fact(session: Session, row: MeetingRow) -> Meeting:
    rows = session.scalars(
        select(MeetingStepRow).where(MeetingStepRow.meeting_id == row.id).order_by(MeetingStepRow.place)
    )
    return Meeting(
        id=row.id,
        round_id=row.round_id,
        title=row.title,
        minutes=row.minutes,
        state=MeetingState(row.state),
        step=row.step,
        stage=row.stage,
        blank=row.blank,
        vote_id=row.vote_id,
        revision=row.revision,
        started_at=row.started_at and in_utc(row.started_at),
        step_started_at=row.step_started_at and in_utc(row.step_started_at),
        ended_at=row.ended_at and in_utc(row.ended_at),
        steps=tuple(_step(step) for step in rows),
    )


def _step(row: MeetingStepRow) -> MeetingStep:
    plan: Mapping[str, Any] = row.plan  # Any: whatever JSON holds
    return MeetingStep(
        id=row.id,
        kind=StepKind(plan["kind"]),
        title=plan["title"],
        minutes=row.minutes,
        do=plan["do"],
        finding=plan["finding"],
        how_sure=plan["how_sure"],
        note=plan["note"],
        item=plan["item"],
        prompts=tuple(plan["prompts"]),
        watch=plan["watch"],
        stages=tuple(Stage(kind=StageKind(kind), view=view) for kind, view in plan["stages"]),
        seconds=row.seconds,
        skipped=row.skipped,
        shown=row.shown,
        heard=row.heard,
        aside=row.aside,
    )
