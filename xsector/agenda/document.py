"""The agenda of one meeting: its steps with their minutes, findings and questions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from xsector.model.guide import LONGEST_MINUTES, Preparation, StepKind

VERSION: Final = 1
"""Version of the stored form of an agenda."""

MOST_STEPS: Final = 40
MOST_CHARTS: Final = 4


PAGES: Final = {
    StepKind.FELT: "Felt and real",
    StepKind.CONTESTED_ROLE: "Roles",
    StepKind.ORPHAN_ROLE: "Roles",
    StepKind.STAGE: "Stage",
    StepKind.GUESSES: "Guesses",
    StepKind.PRIORITIES: "Priorities",
    StepKind.TRUST: "Trust",
}
"""The page that holds findings of a kind; all others are on the page “Results”."""


class Chart(StrEnum):
    """The charts that a step may show."""

    OVERVIEW = "overview"
    ANSWERS = "answers"
    WITHIN = "within"
    FELT = "felt"
    STAGE = "stage"
    GUESSES = "guesses"
    EFFORT = "effort"
    TRUST = "trust"
    TRUST_DIMENSIONS = "trust_dimensions"


MODULE_CHARTS: Final = frozenset({Chart.STAGE, Chart.GUESSES, Chart.EFFORT, Chart.TRUST, Chart.TRUST_DIMENSIONS})
"""Charts of what a module asked; their values are the names of their pictures."""


Row = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a meeting.

    ``finding`` is the headline of what the answers say, ``how_sure`` and ``note`` what to know
    about it, ``item`` the question it came from. The first of ``prompts`` opens the talk and the
    last one ends it. ``table`` holds the figures in words and numbers, its first row the heads.
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
    chart: Chart | None = None
    prompts: tuple[str, ...] = ()
    watch: str | None = None
    table: tuple[Row, ...] = ()

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError(f"step {self.id!r} needs a title")
        if not 1 <= self.minutes <= LONGEST_MINUTES:
            raise ValueError(f"step {self.id!r} can't take {self.minutes} minutes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """A step that was taken out, and the place it had.

    ``left_over`` where nobody took it out: it was found, too, and there was no time for it.
    """

    place: int
    step: Step
    left_over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """What a partnership said in its own words: its ground rules, and the one-line goals that were let through.

    A rule goes on after “In this partnership we will”. Without goals that were let through the question is empty.
    """

    rules: tuple[str, ...] = ()
    goal_question: str = ""
    goals: tuple[str, ...] = ()


NOTHING_OURS: Final = Ours()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """A meeting about one round's results; ``minutes`` is the planned length.

    ``ours`` is never kept with it: what was taken back or kept from the room since must not come out of an old agenda.
    """

    partnership: str
    round_title: str
    minutes: int
    purpose: str
    based_on: str
    how_to_read: tuple[str, ...]
    ground_rules: tuple[str, ...]
    before: tuple[Preparation, ...]
    steps: tuple[Step, ...]
    removed: tuple[Removed, ...] = ()
    promise_columns: tuple[str, ...]
    promise_rules: tuple[str, ...]
    promise_rows: int
    after: tuple[str, ...]
    cautions: tuple[str, ...]
    guide_version: str
    ours: Ours = NOTHING_OURS
    version: int = VERSION

    def __post_init__(self) -> None:
        if not 1 <= self.minutes <= LONGEST_MINUTES:
            raise ValueError(f"a meeting can't be planned for {self.minutes} minutes")
        ids = [step.id for step in self.steps] + [removed.step.id for removed in self.removed]
        if len(set(ids)) != len(ids):
            raise ValueError(f"two steps of the agenda share an id: {sorted(ids)}")
        if len(ids) > MOST_STEPS:
            raise ValueError(f"an agenda holds at most {MOST_STEPS} steps, not {len(ids)}")

    @property
    def total_minutes(self) -> int:
        """The minutes of all steps together."""
        return sum(step.minutes for step in self.steps)

    @property
    def also_found(self) -> str:
        """What was found, too, and has no place on the agenda, with its page; nothing where all has one."""
        left = [removed.step for removed in self.removed if removed.left_over]
        told = [f"{step.title} (page “{PAGES.get(step.kind, 'Results')}”)" for step in left]
        return f"Also found, not on this agenda: {'; '.join(told)}." if told else ""

    def step(self, step_id: str) -> Step:
        """The step with this id; LookupError if there is none."""
        return self.steps[self.place_of(step_id)]

    def place_of(self, step_id: str) -> int:
        """Where the step with this id stands, counted from 0; LookupError if there is none."""
        for place, step in enumerate(self.steps):
            if step.id == step_id:
                return place
        raise LookupError(f"the agenda has no step {step_id!r}")


def starts(agenda: Agenda) -> tuple[int, ...]:
    """The minute at which each step starts, counted from the start of the meeting."""
    return tuple(sum(step.minutes for step in agenda.steps[:place]) for place in range(len(agenda.steps)))
