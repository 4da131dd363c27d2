"""The parts of a scale: low, middle and high, each answer of an unordered list, and no answer at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xsector.model.sheet import Mark

NO_ANSWER: Final = "none"
"""The pole of those who gave no answer on the scale, for whatever reason."""


def poles(levels: int, *, ordered: bool) -> dict[str, frozenset[int]]:
    """The marks in each part of a scale of so many *levels*, lowest first; an even scale has an empty middle."""
    places = range(levels)
    if not ordered:
        return {**{f"answer {place}": frozenset({place}) for place in places}, NO_ANSWER: frozenset(Mark)}
    side = {place: 2 * place - (levels - 1) for place in places}
    return {
        "low": frozenset(place for place in places if side[place] < 0),
        "middle": frozenset(place for place in places if side[place] == 0),
        "high": frozenset(place for place in places if side[place] > 0),
        NO_ANSWER: frozenset(Mark),
    }


def in_words(pole: str, *, levels: Sequence[str], ordered: bool) -> str:
    """The answers of one part of a scale as they are chosen: “Mostly” or “Fully”, or the ends of a longer part."""
    if pole == NO_ANSWER:
        return "no answer"
    places = sorted(poles(len(levels), ordered=ordered)[pole])
    ends = places if len(places) < 3 else [places[0], places[-1]]
    return (" or " if len(places) < 3 else " to ").join(f"“{levels[place]}”" for place in ends)
