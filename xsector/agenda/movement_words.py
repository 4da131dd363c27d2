"""What is said of a question that was asked again after talk: where each group went, and what that doesn't show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xsector.analysis.movement import STAYED, Move, Movement, Way
from xsector.model.phrases import listed

CAUTION: Final = (
    "Coming closer does not show who is right. Talk pulls people together, and those who are few may just give way."
)
ROUGH: Final = "This question is delicate: some groups are told only roughly, so nobody can say who moved."
NOT_THE_SAME: Final = "not the same number voted: we can’t tell"
_WAYS: Final = {
    Way.TOWARD: "moved toward the others",
    Way.AWAY: "moved away from the others",
    Way.CROSSED: "crossed to the other side",
    Way.GATHERED: "closer to one another",
    Way.SCATTERED: "further from one another",
    Way.NONE: "no clear change",
    Way.OPEN: NOT_THE_SAME,
}


def said(move: Move, *, levels: Sequence[str]) -> str:
    """Where one group went."""
    if move.way in {Way.UP, Way.DOWN}:
        return f"moved toward “{levels[-1 if move.way is Way.UP else 0]}”"
    return _WAYS[move.way]


def headline(found: Movement, *, quoted: str) -> str:
    """What the second vote shows, in one line that quotes the question."""
    if len(found.groups) < 2:
        return f"{quoted}: first and now"
    if found.together > 0:
        return f"{quoted}: we are closer together than before"
    if found.together < 0:
        return f"{quoted}: we are further apart than before"
    moved = any(one.way not in STAYED for one in found.groups)
    return f"{quoted}: {'some moved, and we are as far apart as before' if moved else 'no clear change'}"


def once_only(names: Sequence[str]) -> str:
    """Which groups can't be compared, having been shown only one of the two times; nothing if all can."""
    if not names:
        return ""
    return f"{listed(names)} {'was' if len(names) == 1 else 'were'} shown only one of the two times."
