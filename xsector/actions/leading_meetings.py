"""A meeting as its facilitators lead it: planned from the agenda, begun, moved on and back, and ended."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from xsector.actions.permission import leading
from xsector.actions.running import MODULE_VIEWS, absent_views
from xsector.agenda.document import Agenda, Chart
from xsector.agenda.document import Step as Planned
from xsector.errors.common import SetUpError
from xsector.errors.meetings import MeetingStateError, MovedOnError, OtherMeetingError, VoteOpenError
from xsector.errors.rounds import RoundStateError
from xsector.model.guide import LONGEST_MINUTES, StepKind
from xsector.model.instrument import Instrument, Kind
from xsector.model.meeting import (
    Meeting,
    MeetingState,
    MeetingStep,
    Place,
    Stage,
    after,
    before,
    seconds_in,
    stages_of,
    with_comments,
)
from xsector.model.names import clean_line
from xsector.model.partner import RoundFacts
from xsector.model.round import State
from xsector.store import audit, meetings, partnerships, releases, rounds, walls, words
from xsector.store.accounts import Account
from xsector.store.engine import Engine, Session, writing

LONGEST_TITLE: Final = 120
MOST_STEPS: Final = 40
THANKS: Final = "thanks"
"""What walls show after the end, until they are told something else."""
_PICTURES: Final = {
    StepKind.LOOK: "overview",
    StepKind.FELT: "felt",
    StepKind.STAGE: "stage",
    StepKind.GUESSES: "guesses",
    StepKind.PRIORITIES: "priorities",
    StepKind.CONTESTED_ROLE: "roles",
    StepKind.ORPHAN_ROLE: "roles",
    StepKind.TRUST: "trust",
}
"""The wall's picture of steps that are about more than one question."""


def plan_meeting(
    engine: Engine, *, account: Account, round_id: int, agenda: Agenda, title: str, now: datetime
) -> Meeting:
    """A meeting with the steps of *agenda*, which from now on is its own.

    Raises
    ------
    RoundStateError
        Nothing is shown of the round.
    """
    named = clean_line(title, longest=LONGEST_TITLE, what="name of the meeting")
    with writing(engine) as session:
        round_ = rounds.get_for_change(session, round_id)
        leading(session, account=account, partnership_id=round_.partnership_id)
        if round_.vote or not round_.shown:
            raise RoundStateError(round_.title, round_.state, "talked about in a meeting")
        steps = [_step(session, round_, one) for one in agenda.steps]
        made = meetings.add(session, round_id=round_id, title=named, minutes=agenda.minutes, steps=steps)
        _note(session, round_, actor=account.name, action="meeting planned", meeting=made, now=now)
        return made


def drop_meeting(engine: Engine, *, account: Account, meeting_id: int, now: datetime) -> None:
    """Throw a meeting away with its notes; promises that were made in it stay, and so does what was shown."""
    with writing(engine) as session:
        meeting, round_ = led(session, account=account, meeting_id=meeting_id)
        if meeting.state is MeetingState.RUNNING:
            raise MeetingStateError("Throwing it away", meeting.state)
        meetings.remove(session, meeting_id)
        _note(session, round_, actor=account.name, action="meeting thrown away", meeting=meeting, now=now)


def begin_meeting(engine: Engine, *, account: Account, meeting_id: int, now: datetime) -> Meeting:
    """Open the room: walls show how to come in, and partners' pages follow. A meeting that is over can go on again.

    Raises
    ------
    OtherMeetingError, MeetingStateError
    """
    with writing(engine) as session:
        meeting, round_ = led(session, account=account, meeting_id=meeting_id)
        if meeting.state is MeetingState.RUNNING:
            return meeting
        # Locked: two facilitators may begin two meetings at the same moment.
        partnerships.hold(session, round_.partnership_id)
        other = meetings.running_in(session, partnership_id=round_.partnership_id)
        if other is not None:
            raise OtherMeetingError(meetings.get(session, other).title)
        turn = {"step_started_at": now} if meeting.step else {}
        meetings.change(
            session, meeting_id, state=MeetingState.RUNNING, started_at=meeting.started_at or now, ended_at=None, **turn
        )
        rounds.give_room_code(session, round_.id)
        _note(session, round_, actor=account.name, action="meeting begun", meeting=meeting, now=now)
        return meetings.get(session, meeting_id)


def end_meeting(engine: Engine, *, account: Account, meeting_id: int, now: datetime) -> Meeting:
    """End a meeting: its walls say thank you, and its time stands still.

    Raises
    ------
    VoteOpenError, MeetingStateError
    """
    with writing(engine) as session:
        meeting, round_ = led(session, account=account, meeting_id=meeting_id)
        if meeting.state is not MeetingState.RUNNING:
            raise MeetingStateError("Ending it", meeting.state)
        _refuse_while_voting(session, meeting)
        _leave(session, meeting, now=now)
        meetings.change(
            session, meeting_id, state=MeetingState.ENDED, ended_at=now, blank=False, vote_id=None, step_started_at=None
        )
        rounds.take_room_code(session, round_.id)
        walls.tell(session, round_.id, wall={"view": THANKS, "item": None})
        _note(session, round_, actor=account.name, action="meeting ended", meeting=meeting, now=now)
        return meetings.get(session, meeting_id)


def go_on(engine: Engine, *, account: Account, meeting_id: int, here: Place, now: datetime) -> Meeting:
    """To the next stage or step, from *here*, which is where the page that asks believes the meeting to be.

    Raises
    ------
    MovedOnError
        It is elsewhere: somebody else pressed first, or the key was pressed twice. Nothing is done.
    VoteOpenError, MeetingStateError
    """
    with writing(engine) as session:
        meeting, round_ = _moving(session, account=account, meeting_id=meeting_id, here=here)
        step = meeting.current
        stages = with_comments(step, worded=_worded(session, round_)) if step else ()
        there = after(meeting, stages=len(stages)) if step else _first(meeting)
        return meeting if there is None else _go(session, meeting, round_, there=there, actor=account.name, now=now)


def go_back(engine: Engine, *, account: Account, meeting_id: int, here: Place, now: datetime) -> Meeting:
    """To the stage before, or to the beginning of the step before; the same problems as ``go_on``."""
    with writing(engine) as session:
        meeting, round_ = _moving(session, account=account, meeting_id=meeting_id, here=here)
        there = before(meeting) if meeting.step else None
        return meeting if there is None else _go(session, meeting, round_, there=there, actor=account.name, now=now)


def go_to(engine: Engine, *, account: Account, meeting_id: int, here: Place, step_id: str, now: datetime) -> Meeting:
    """To the beginning of any step; the same problems as ``go_on``. A step that was skipped is taken up again."""
    with writing(engine) as session:
        meeting, round_ = _moving(session, account=account, meeting_id=meeting_id, here=here)
        meetings.change_step(session, meeting_id, step_id, skipped=False)
        there = Place(step=step_id, stage=0)
        return _go(session, meeting, round_, there=there, actor=account.name, now=now)


def blank_wall(engine: Engine, *, account: Account, meeting_id: int, blank: bool, now: datetime) -> None:
    """Let the walls show nothing, or again what they showed."""
    with writing(engine) as session:
        led(session, account=account, meeting_id=meeting_id)
        meetings.change(session, meeting_id, blank=blank)


def change_minutes(
    engine: Engine, *, account: Account, meeting_id: int, step_id: str, minutes: int, now: datetime
) -> None:
    """Give a step so many minutes; SetUpError if that is none or too many."""
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise SetUpError(f"A step takes 1 to {LONGEST_MINUTES} minutes.", remedy="Choose another time.")
    with writing(engine) as session:
        led(session, account=account, meeting_id=meeting_id)
        meetings.change_step(session, meeting_id, step_id, minutes=minutes)
        meetings.change(session, meeting_id)


def skip_step(engine: Engine, *, account: Account, meeting_id: int, step_id: str, skipped: bool, now: datetime) -> None:
    """Leave a step out, or take it in again; MovedOnError for the one that goes on."""
    with writing(engine) as session:
        meeting, _ = led(session, account=account, meeting_id=meeting_id)
        if skipped and meeting.step == step_id and meeting.state is MeetingState.RUNNING:
            raise MovedOnError()
        meetings.change_step(session, meeting_id, step_id, skipped=skipped)
        meetings.change(session, meeting_id)


def move_step(engine: Engine, *, account: Account, meeting_id: int, step_id: str, places: int, now: datetime) -> None:
    """Move a step that is still to come by *places* (up if negative), as far as it goes."""
    with writing(engine) as session:
        meeting, _ = led(session, account=account, meeting_id=meeting_id)
        order = [step.id for step in meeting.steps]
        first = order.index(meeting.step) + 1 if meeting.step else 0
        if step_id not in order[first:]:
            raise MovedOnError()
        at = order.index(step_id)
        order.insert(min(max(at + places, first), len(order) - 1), order.pop(at))
        meetings.put_in_order(session, meeting_id, order=order)
        meetings.change(session, meeting_id)


def add_step(engine: Engine, *, account: Account, meeting_id: int, title: str, minutes: int, now: datetime) -> None:
    """One more step, right after the one that goes on (before the start: at the end).

    Raises
    ------
    SetUpError, UnusableTextError
    """
    named = clean_line(title, longest=LONGEST_TITLE, what="name of the step")
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise SetUpError(f"A step takes 1 to {LONGEST_MINUTES} minutes.", remedy="Choose another time.")
    with writing(engine) as session:
        meeting, _ = led(session, account=account, meeting_id=meeting_id)
        if len(meeting.steps) >= MOST_STEPS:
            raise SetUpError(f"A meeting has at most {MOST_STEPS} steps.", remedy="Skip some instead.")
        known = {step.id for step in meeting.steps}
        number = next(number for number in range(1, MOST_STEPS + 2) if f"added-{number}" not in known)
        step = MeetingStep(id=f"added-{number}", kind=StepKind.ADDED, title=named, minutes=minutes)
        meetings.add_step(session, meeting_id, step=step, place=len(meeting.steps))
        order = [one.id for one in meeting.steps]
        order.insert(order.index(meeting.step) + 1 if meeting.step else len(order), step.id)
        meetings.put_in_order(session, meeting_id, order=order)
        meetings.change(session, meeting_id)


def looked_at(session: Session, *, account: Account, meeting_id: int) -> tuple[Meeting, RoundFacts]:
    """The meeting and its round, if the account may lead its partnership."""
    meeting = meetings.get(session, meeting_id)
    round_ = rounds.get(session, meeting.round_id)
    leading(session, account=account, partnership_id=round_.partnership_id)
    return meeting, round_


def led(session: Session, *, account: Account, meeting_id: int) -> tuple[Meeting, RoundFacts]:
    """The meeting, locked, and its round, if the account may lead its partnership."""
    meetings.get_for_change(session, meeting_id)
    return looked_at(session, account=account, meeting_id=meeting_id)


def _moving(session: Session, *, account: Account, meeting_id: int, here: Place) -> tuple[Meeting, RoundFacts]:
    meeting, round_ = led(session, account=account, meeting_id=meeting_id)
    if meeting.state is not MeetingState.RUNNING:
        raise MeetingStateError("Moving", meeting.state)
    if (meeting.step, meeting.stage) != (here.step, here.stage):
        raise MovedOnError()
    _refuse_while_voting(session, meeting)
    return meeting, round_


def _refuse_while_voting(session: Session, meeting: Meeting) -> None:
    if meeting.vote_id is not None and rounds.get(session, meeting.vote_id).state is not State.REVEALED:
        raise VoteOpenError()


def _first(meeting: Meeting) -> Place | None:
    first = next((step for step in meeting.steps if not step.skipped), None)
    return None if first is None else Place(step=first.id, stage=0)


def _go(session: Session, meeting: Meeting, round_: RoundFacts, *, there: Place, actor: str, now: datetime) -> Meeting:
    turn = {} if there.step == meeting.step else {"step_started_at": now}
    if turn:
        _leave(session, meeting, now=now)
    meetings.change(session, meeting.id, step=there.step, stage=there.stage, vote_id=None, blank=False, **turn)
    moved = meetings.get(session, meeting.id)
    step = moved.step_of(there.step)
    if there.stage >= step.shown:
        meetings.change_step(session, meeting.id, there.step, shown=there.stage + 1)
        stage = with_comments(step, worded=_worded(session, round_))[there.stage]
        if stage.view:
            detail = {"round": round_.id, "view": stage.view, "item": step.item}
            audit.note(session, actor=actor, action="shown in the room", now=now,
                       partnership_id=round_.partnership_id, detail=detail)  # fmt: skip
    return moved


def _leave(session: Session, meeting: Meeting, *, now: datetime) -> None:
    """Keep how long the step has taken that the meeting leaves."""
    if meeting.step:
        meetings.change_step(session, meeting.id, meeting.step, seconds=seconds_in(meeting, now=now))


def _worded(session: Session, round_: RoundFacts) -> set[str]:
    """The questions of which comments were let through."""
    return {word.item for word in words.of_round(session, round_.id) if word.let_through}


def stages_now(session: Session, meeting: Meeting, round_: RoundFacts) -> tuple[Stage, ...]:
    """The stages of the step that goes on, comments among them as soon as some were let through."""
    return with_comments(meeting.step_of(meeting.step), worded=_worded(session, round_))


def _step(session: Session, round_: RoundFacts, planned: Planned) -> MeetingStep:
    instrument = rounds.instrument_of(session, round_.id)
    views = views_of(session, round_, instrument=instrument, code=planned.item)
    return MeetingStep(
        id=planned.id,
        kind=planned.kind,
        title=planned.title,
        minutes=planned.minutes,
        do=planned.do,
        finding=planned.finding,
        how_sure=planned.how_sure,
        note=planned.note,
        item=planned.item,
        prompts=planned.prompts,
        watch=planned.watch,
        stages=stages_of(planned.kind, item=planned.item, views=views, picture=_picture(planned, instrument)),
    )


def _picture(planned: Planned, instrument: Instrument) -> str | None:
    view = "overview" if planned.chart is Chart.OVERVIEW else _PICTURES.get(planned.kind)
    if view in MODULE_VIEWS and MODULE_VIEWS[view] not in instrument.modules.chosen():
        return None
    return None if view in absent_views(instrument.modules) else view


def views_of(session: Session, round_: RoundFacts, *, instrument: Instrument, code: str | None) -> frozenset[str]:
    """The pictures that the wall can show of one question of the questionnaire; none if it isn't shown."""
    item = next((one for one in instrument.items() if one.code == code and not one.module), None)
    made = releases.of_round(session, round_.id)
    if item is None or item.context or any(code in release.held for release in made):
        return frozenset()
    rough = {known for release in made for _, known in releases.bands_of(session, release.id)}
    whole = item.ordered and item.kind is not Kind.CHOICES and code not in rough
    return frozenset({"item", "people", "within"} if whole else {"item"})


def _note(session: Session, round_: RoundFacts, *, actor: str, action: str, meeting: Meeting, now: datetime) -> None:
    detail = {"round": round_.id, "meeting": meeting.id}
    audit.note(session, actor=actor, action=action, now=now, partnership_id=round_.partnership_id, detail=detail)
