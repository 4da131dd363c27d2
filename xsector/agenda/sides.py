"""Where the answers of one group stand on a scale: low, in the middle, high, or split."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from xsector.analysis.thresholds import Limits
from xsector.model.released import ReleasedItem


class Side(StrEnum):
    """Where a group stands; ``NONE`` is a group without an answer."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"
    SPLIT = "split"
    NONE = "none"


def low_share(counts: Sequence[int]) -> float:
    """The share of answers below the middle of the scale; 0 if there is no answer."""
    return _share(counts[: len(counts) // 2], of=counts)


def high_share(counts: Sequence[int]) -> float:
    """The share of answers above the middle of the scale; 0 if there is no answer."""
    return _share(counts[(len(counts) + 1) // 2 :], of=counts)


def smaller_side(counts: Sequence[int]) -> float:
    """The share of answers on the side of the middle that fewer people are on."""
    return min(low_share(counts), high_share(counts))


def mean_place(counts: Sequence[int]) -> float:
    """The mean answer as a place from 0 (lowest level) to 1 (highest level)."""
    total = sum(counts)
    if not total:
        raise ValueError("no answers, so no mean place")
    return sum(level * people for level, people in enumerate(counts)) / total / (len(counts) - 1)


def middle_level(counts: Sequence[int]) -> int:
    """The level of the middle answer when all are put in order; of two, the lower."""
    half = sum(counts) / 2
    reached = 0
    for level, people in enumerate(counts):
        reached += people
        if reached and reached >= half:
            return level
    raise ValueError("no answers, so no middle one")


def side_of(counts: Sequence[int], *, limits: Limits) -> Side:
    """Where a group stands by its mean, unless it is split; a group without an answer stands nowhere."""
    if not sum(counts):
        return Side.NONE
    if smaller_side(counts) >= limits.split_side:
        return Side.SPLIT
    place = mean_place(counts)
    if place >= 1 - limits.outer:
        return Side.HIGH
    return Side.LOW if place <= limits.outer else Side.MIDDLE


def shared_side(counts: Sequence[int], *, limits: Limits) -> Side:
    """The side of the middle that nearly all are on; ``NONE`` if there is no such side."""
    if high_share(counts) >= limits.nearly_all:
        return Side.HIGH
    return Side.LOW if low_share(counts) >= limits.nearly_all else Side.NONE


def everyone(item: ReleasedItem) -> tuple[int, ...]:
    """The counts of all blocks together."""
    return tuple(sum(level) for level in zip(*item.counts, strict=True))


def asks_agreement(item: ReleasedItem) -> bool:
    """Whether the scale runs from disagreeing to agreeing, so that its ends mean no and yes."""
    lowest, highest = item.levels[0].casefold(), item.levels[-1].casefold()
    if (lowest, highest) == ("no", "yes"):
        return True
    return "disagree" in lowest and "agree" in highest and "disagree" not in highest


def _share(part: Sequence[int], *, of: Sequence[int]) -> float:
    total = sum(of)
    return sum(part) / total if total else 0.0
