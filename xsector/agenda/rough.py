"""A sensitive question in words: what its bands allow to be said, never a number in the middle."""

from __future__ import annotations

import math
from typing import Final

from xsector.agenda.document import Row
from xsector.analysis.banded import Interval, Reach, reach_by_block, reach_of_everybody
from xsector.analysis.patterns import divergence_reading
from xsector.analysis.thresholds import DEFAULT_BANDS, Bands
from xsector.model.kept import kept_words
from xsector.model.released import BandedItem, Release

TOO_ROUGH: Final = "too roughly known to tell"
_NOTHING: Final = "–"
_FEWEST_LEVELS: Final = 3
_NOISE: Final = 9
"""Decimal places beyond which a number is noise of the arithmetic."""


def apart_reading(reach: Reach, *, bands: Bands = DEFAULT_BANDS) -> str:
    """How far apart answers are: one word, from one word to another, or that it can't be told."""
    ends = _readings(reach.divergence, bands=bands)
    if ends is None:
        return TOO_ROUGH
    return ends[0] if ends[0] == ends[1] else f"between {ends[0]} and {ends[1]}"


def apart_caption(item: BandedItem) -> str:
    """The one line below the picture: how far apart we are, and between which ends the average answer lies."""
    reach = reach_of_everybody(item)
    return _sentences(apart_reading(reach), reach=reach, levels=len(item.levels))


def apart_sentences(item: BandedItem) -> str:
    """The same with the two ends of the divergence, and what they mean, where they tell anything."""
    reach = reach_of_everybody(item)
    percents = _percents(reach.divergence)
    whole = "half of us at each end" if item.ordered else "every answer chosen equally often"
    ends = f" ({percents}, where 100% is {whole})" if percents else ""
    return _sentences(apart_reading(reach) + ends, reach=reach, levels=len(item.levels))


def rough_table(item: BandedItem, *, release: Release) -> tuple[Row, ...]:
    """What is kept of each group and what follows from it, heads first: the twin of the picture."""
    everybody = ("All together", "", *_cells(reach_of_everybody(item), levels=len(item.levels)))
    groups = [
        (block.name, kept_words(item, place=place), *_cells(reach, levels=len(item.levels)))
        for place, (block, reach) in enumerate(zip(release.blocks, reach_by_block(item), strict=True))
    ]
    return (("Group", "What is kept", "How far apart", "Average answer"), everybody, *groups)


def rough_note(release: Release) -> str:
    """How far apart we are on each question that is told only roughly, in one sentence; nothing without one."""
    by_reading: dict[str, list[str]] = {}
    for item in release.banded:
        by_reading.setdefault(apart_reading(reach_of_everybody(item)), []).append(f"“{item.short or item.text}”")
    told = "; ".join(f"{reading} on {_listed(names)}" for reading, names in by_reading.items())
    return f"How far apart we are there: {told}." if told else ""


def _sentences(apart: str, *, reach: Reach, levels: int) -> str:
    sentence = f"How far apart we are: {apart}."
    average = _average(reach.mean, levels=levels)
    return f"{sentence} Average answer: {average} on the scale of 1 to {levels}." if average else sentence


def _readings(known: Interval | None, *, bands: Bands) -> tuple[str, str] | None:
    """The words for the two ends; None where they span all words, or nobody can have answered."""
    if known is None:
        return None
    # Rounded, so that an end on the border of two words does not get the wrong one by the last digit.
    low, high = (divergence_reading(round(end, _NOISE), bands=bands) for end in (known.low, known.high))
    first, last = (divergence_reading(end, bands=bands) for end in (0.0, 1.0))
    return None if low is None or high is None or (low, high) == (first, last) else (low, high)


def _cells(reach: Reach, *, levels: int) -> tuple[str, str]:
    percents = _percents(reach.divergence)
    apart = f"{apart_reading(reach)} ({percents})" if percents else apart_reading(reach)
    return apart, _average(reach.mean, levels=levels) or _NOTHING


def _percents(known: Interval | None) -> str:
    """The two ends of D, rounded away from each other; nothing where they tell nothing."""
    if known is None or _readings(known, bands=DEFAULT_BANDS) is None:
        return ""
    if _is_one(known):
        return f"{known.low:.0%}"
    return f"{_down(100 * known.low)}% to {_up(100 * known.high)}%"


def _average(mean: Interval | None, *, levels: int) -> str:
    """The two ends of the average, rounded away from each other; nothing where it may be any, or of yes and no."""
    if mean is None or levels < _FEWEST_LEVELS:
        return ""
    if _is_one(mean):
        return f"{mean.low:.1f}"
    low, high = _down(10 * mean.low) / 10, _up(10 * mean.high) / 10
    return "" if low <= 1 and high >= levels else f"{low:.1f} to {high:.1f}"


def _is_one(known: Interval) -> bool:
    """Whether the value is known: of a group whose answers are counted."""
    return round(known.high - known.low, _NOISE) == 0


def _down(value: float) -> int:
    return math.floor(round(value, _NOISE))


def _up(value: float) -> int:
    return math.ceil(round(value, _NOISE))


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
