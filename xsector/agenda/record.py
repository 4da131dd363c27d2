"""What stays of a meeting, as data for its papers: what took place, was shown, heard, voted and promised.

Private notes, the list of people and who came are no part of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from xsector.agenda.document import Row
from xsector.model.commitment import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One picture that was on the wall: the name of its view, and the question where it is about one."""

    view: str
    item: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Voted:
    """A vote whose result was shown: what was asked, what came out in words, and the figures, heads first."""

    title: str
    question: str
    said: tuple[str, ...]
    tables: tuple[tuple[Row, ...], ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordStep:
    """One step that took place.

    ``question``, ``finding`` and ``shown`` hold only what was really on the wall.
    """

    id: str
    title: str
    planned: int
    seconds: int
    question: str | None
    finding: str | None
    how_sure: str | None
    note: str | None
    shown: tuple[Shown, ...]
    heard: str
    votes: tuple[Voted, ...]

    @property
    def tells_more(self) -> bool:
        """Whether there is more to say of it than that it took place."""
        return bool(self.question or self.finding or self.shown or self.heard or self.votes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """A promise with the questions that led to it; ``version`` grows with every change."""

    id: int
    version: int
    who: str
    what: str
    with_whom: str
    by_when: date
    seen_by: str
    first_step: str
    questions: tuple[str, ...]
    status: Status
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One meeting that is over; ``minutes`` is what was planned for it, ``seconds`` what it took."""

    partnership: str
    round_title: str
    title: str
    began: datetime
    minutes: int
    seconds: int
    led_by: tuple[str, ...]
    based_on: str
    steps: tuple[RecordStep, ...]
    skipped: tuple[str, ...]
    not_reached: tuple[str, ...]
    other_votes: tuple[Voted, ...]
    """Votes that belong to no step that took place."""
    parked: tuple[tuple[str, bool], ...]
    """Each thought, and whether the room came back to it."""
    promises: tuple[Promised, ...]
