"""How far what people say today lies from the profile that they wish for, question by question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xsector.analysis.profile import Unread, everybody, profile_items, typical_level
from xsector.analysis.thresholds import DEFAULT_LIMITS, Limits
from xsector.model.released import Release, ReleasedItem
from xsector.model.taxonomy import TargetProfile


@dataclass(frozen=True, slots=True, kw_only=True)
class Distance:
    """One question: the wished-for level (0 is the first), and how far answers lie from it, in steps of the scale.

    ``away`` is the mean distance of an answer, so that too high and too low don't cancel out; ``by_block`` says for
    each block of the release how far its average answer lies above (or, below 0, under) the wish, None for a block
    without an answer. ``there`` of ``n`` people answer as wished; ``typical`` is the level that at least half chose.
    """

    item: ReleasedItem
    wanted: int
    n: int
    there: int
    typical: int | None
    away: float
    by_block: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FromTarget:
    """A wished-for profile and the distance on each question that can be read, furthest first.

    Never added up: there is no distance from the whole profile. ``unread`` has the other questions by code.
    """

    target: TargetProfile
    distances: tuple[Distance, ...]
    unread: Mapping[str, Unread]


def from_target(release: Release, *, target: TargetProfile, limits: Limits = DEFAULT_LIMITS) -> FromTarget:
    """The distance of today's answers from *target*, for each question that it has a wish for."""
    items = profile_items(release, limits=limits)
    wished = {code: items.get(code, Unread.NOT_ASKED) for code in target.wanted}
    found = {code: _readable(item, wanted=target.wanted[code]) for code, item in wished.items()}
    distances = [
        _distance(item, wanted=target.wanted[code]) for code, item in found.items() if not isinstance(item, Unread)
    ]
    # Rounding keeps noise of the last digit from deciding a tie.
    distances.sort(key=lambda one: (-round(one.away, 12), one.item.code))
    unread = {code: item for code, item in found.items() if isinstance(item, Unread)}
    return FromTarget(target=target, distances=tuple(distances), unread=unread)


def _readable(item: ReleasedItem | Unread, *, wanted: int) -> ReleasedItem | Unread:
    """The item, unless its scale has no such level: then it isn't the question that the profile speaks of."""
    if isinstance(item, Unread):
        return item
    return item if wanted < len(item.levels) else Unread.NOT_ASKED


def _distance(item: ReleasedItem, *, wanted: int) -> Distance:
    counts = everybody(item)
    return Distance(
        item=item,
        wanted=wanted,
        n=sum(counts),
        there=counts[wanted],
        typical=typical_level(counts),
        away=sum(abs(level - wanted) * people for level, people in enumerate(counts)) / sum(counts),
        by_block=tuple(_mean(block) - wanted if sum(block) else None for block in item.counts),
    )


def _mean(counts: Sequence[int]) -> float:
    return sum(level * people for level, people in enumerate(counts)) / sum(counts)
