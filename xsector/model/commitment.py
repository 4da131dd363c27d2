"""What people promise in a meeting: one named person, one thing that others can see, one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

ENCOURAGED: Final = 5
"""More than so many are a wish list."""
MOST: Final = 20
WITHIN_DAYS: Final = 90
"""By when a promise is kept where nobody says another day."""
FIRST_STEP_DAYS: Final = 14
LONGEST_LINE: Final = 300
LONGEST_WITH: Final = 200


class Status(StrEnum):
    """What became of a promise."""

    OPEN = "open"
    DONE = "done"
    PART = "part"
    DROPPED = "dropped"
    CHANGED = "changed"


STILL_OPEN: Final = frozenset({Status.OPEN, Status.PART})
"""A promise that a meeting asks for again."""
STATUS_WORDS: Final = {
    Status.OPEN: "open",
    Status.DONE: "done",
    Status.PART: "partly done",
    Status.DROPPED: "dropped",
    Status.CHANGED: "changed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A promise as it is typed."""

    what: str
    who: str
    by_when: date
    participant_id: int | None = None
    with_whom: str = ""
    seen_by: str = ""
    """How others will see that it is done."""
    first_step: str = ""
    items: tuple[str, ...] = ()
    """Codes of the questions that led to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """A promise that was made; ``version`` tells whether it changed since it was read."""

    id: int
    partnership_id: int
    meeting_id: int | None
    step: str
    draft: Draft
    status: Status
    remark: str
    """What was said when it was looked at again."""
    version: int

    @property
    def is_open(self) -> bool:
        """Whether something of it is still to be done."""
        return self.status in STILL_OPEN

    def is_overdue(self, *, today: date) -> bool:
        """Whether its day is past and something of it is still to be done."""
        return self.is_open and self.draft.by_when < today


def usual_day(today: date) -> date:
    """The day by which a promise is kept where nobody says another."""
    return today + timedelta(days=WITHIN_DAYS)
