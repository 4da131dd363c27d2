"""A round: one time of asking, from draft to archive."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class State(StrEnum):
    """Where a round stands."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    REVEALED = "revealed"
    ARCHIVED = "archived"


NEXT_STATES: Final[dict[State, frozenset[State]]] = {
    State.DRAFT: frozenset({State.OPEN}),
    State.OPEN: frozenset({State.CLOSED}),
    State.CLOSED: frozenset({State.OPEN, State.REVEALED}),
    State.REVEALED: frozenset({State.ARCHIVED}),
    State.ARCHIVED: frozenset(),
}


TAKING: Final = frozenset({State.OPEN, State.REVEALED})
"""States in which answers are taken: late ones too, from those who haven't been counted."""


def may_become(state: State, wanted: State) -> bool:
    """Whether a round in *state* may be moved to *wanted*."""
    return wanted in NEXT_STATES[state]
