"""A meeting: its steps, the stages in which each is shown, and where it stands."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from xsector.model.guide import StepKind

LONGEST_NOTE: Final = 2000
LONGEST_PARKED: Final = 200
MOST_PARKED: Final = 30
MORE_MINUTES: Final = 2
"""What one press of the key for more time gives."""


class MeetingState(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    RUNNING = "running"
    ENDED = "ended"


class StageKind(StrEnum):
    """What the wall shows of a step, one after the other; nothing of a later stage is sent before its time."""

    LOBBY = "lobby"
    TITLE = "title"
    LINES = "lines"
    QUESTION = "question"
    GUESS = "guess"
    PEOPLE = "people"
    SECTORS = "sectors"
    INSIDE = "inside"
    COMMENTS = "comments"
    PICTURE = "picture"
    BREAK = "break"
    PROMISES = "promises"
    THANKS = "thanks"


RESULT_VIEWS: Final = {
    StageKind.PEOPLE: "people",
    StageKind.SECTORS: "item",
    StageKind.INSIDE: "within",
    StageKind.COMMENTS: "words",
}
"""The wall's picture of one question at each stage that shows answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage of a step; ``view`` is the wall's picture where it shows results."""

    kind: StageKind
    view: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingStep:
    """One step of a meeting: what was planned, and what was written down while it went on.

    ``seconds`` is what it has taken so far, without the present turn; ``shown`` how many of its stages were on the
    wall.
    """

    id: str
    kind: StepKind
    title: str
    minutes: int
    do: str = ""
    finding: str | None = None
    how_sure: str | None = None
    note: str | None = None
    item: str | None = None
    prompts: tuple[str, ...] = ()
    watch: str | None = None
    stages: tuple[Stage, ...] = (Stage(kind=StageKind.TITLE),)
    seconds: int = 0
    skipped: bool = False
    shown: int = 0
    heard: str = ""
    aside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting about a round, and where it stands for every screen that follows it."""

    id: int
    round_id: int
    title: str
    minutes: int
    state: MeetingState
    step: str
    """The step that goes on; empty before the start."""
    stage: int
    blank: bool
    vote_id: int | None
    revision: int
    started_at: datetime | None
    step_started_at: datetime | None
    ended_at: datetime | None
    steps: tuple[MeetingStep, ...]

    @property
    def current(self) -> MeetingStep | None:
        """The step that goes on, None in the lobby and after the end."""
        return self.step_of(self.step) if self.step and self.state is MeetingState.RUNNING else None

    def step_of(self, step_id: str) -> MeetingStep:
        """The step with this id; LookupError if there is none."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise LookupError(f"meeting {self.id} has no step {step_id!r}")

    def to_come(self) -> tuple[MeetingStep, ...]:
        """The steps after the one that goes on, without those that are skipped; all of them before the start."""
        place = next((place for place, step in enumerate(self.steps) if step.id == self.step), -1)
        return tuple(step for step in self.steps[place + 1 :] if not step.skipped)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A step and one of its stages."""

    step: str
    stage: int


def after(meeting: Meeting, *, stages: int) -> Place | None:
    """Where the next key leads from here, the present step having so many *stages*; None after the last."""
    if meeting.state is not MeetingState.RUNNING:
        first = next((step for step in meeting.steps if not step.skipped), None)
        return None if first is None else Place(step=first.id, stage=0)
    if meeting.stage + 1 < stages:
        return Place(step=meeting.step, stage=meeting.stage + 1)
    coming = meeting.to_come()
    return Place(step=coming[0].id, stage=0) if coming else None


def before(meeting: Meeting) -> Place | None:
    """Where the back key leads from here; None at the very beginning. A step is entered at its beginning."""
    if meeting.stage > 0:
        return Place(step=meeting.step, stage=meeting.stage - 1)
    place = next((place for place, step in enumerate(meeting.steps) if step.id == meeting.step), 0)
    earlier = [step for step in meeting.steps[:place] if not step.skipped]
    return Place(step=earlier[-1].id, stage=0) if earlier else None


WITHOUT_FINDING: Final[dict[StepKind, tuple[StageKind, ...]]] = {
    StepKind.WELCOME: (StageKind.TITLE, StageKind.LINES),
    StepKind.READ: (StageKind.LINES,),
    StepKind.BREAK: (StageKind.BREAK,),
    StepKind.PROMISES: (StageKind.PROMISES,),
    StepKind.CLOSE: (StageKind.TITLE, StageKind.PROMISES),
}
"""What the wall shows of a step that is about no result."""

ONE_QUESTION: Final = "One question"
"""What the room calls a step about one question, whatever was found of it."""

NEUTRAL: Final = {
    StepKind.CONTESTED_ROLE: "Who does what",
    StepKind.ORPHAN_ROLE: "Who does what",
    StepKind.STAGE: "Where we are on the road",
    StepKind.GUESSES: "What we guessed of each other",
    StepKind.PRIORITIES: "What comes first",
    StepKind.TRUST: "How far we rely on each other",
}
"""What the wall calls a step whose own title would tell what was found, before it is shown."""


def stages_of(kind: StepKind, *, item: str | None, views: Collection[str], picture: str | None) -> tuple[Stage, ...]:
    """The stages of a step about the question *item* (None: about none), of which the wall can show *views*.

    *picture* is the wall's picture of what the step is about, where that is not one question. Comments come by
    themselves as soon as one was let through: they are no part of this.
    """
    if item is not None and "item" in views:
        asked = [Stage(kind=StageKind.QUESTION), Stage(kind=StageKind.GUESS)]
        answered = [
            Stage(kind=stage, view=view)
            for stage, view in RESULT_VIEWS.items()
            if view in views and stage is not StageKind.COMMENTS
            and (stage is not StageKind.INSIDE or kind is StepKind.WITHIN_SECTOR)
        ]  # fmt: skip
        shown = [Stage(kind=StageKind.PICTURE, view=picture)] if picture else []
        return (*asked, *answered, *shown)
    own = [Stage(kind=one) for one in WITHOUT_FINDING.get(kind, (StageKind.TITLE,))]
    return (*own, Stage(kind=StageKind.PICTURE, view=picture)) if picture else tuple(own)


def with_comments(step: MeetingStep, *, worded: Collection[str]) -> tuple[Stage, ...]:
    """The stages of *step* now, with comments at the end where some of its question were let through."""
    asks = any(stage.kind is StageKind.QUESTION for stage in step.stages)
    more = asks and step.item in worded
    return (*step.stages, Stage(kind=StageKind.COMMENTS, view="words")) if more else step.stages


def seconds_in(meeting: Meeting, *, now: datetime) -> int:
    """How long the present step has taken; a clock that was put back doesn't count backwards."""
    step = meeting.current
    if step is None:
        return 0
    turn = 0.0 if meeting.step_started_at is None else (now - meeting.step_started_at).total_seconds()
    return step.seconds + max(0, int(turn))


def seconds_so_far(meeting: Meeting, *, now: datetime) -> int:
    """How long the meeting has taken, all steps together."""
    current = meeting.step if meeting.state is MeetingState.RUNNING else ""
    others = sum(step.seconds for step in meeting.steps if step.id != current)
    return others + seconds_in(meeting, now=now)


def minutes_of(steps: Sequence[MeetingStep]) -> int:
    """The minutes of steps that aren't skipped."""
    return sum(step.minutes for step in steps if not step.skipped)
