"""What bands leave open: the smallest and largest divergence and mean of a sensitive question.

Everything here follows from what is kept, bands and counts, and from nothing else. A band says that so many
people of a block stand in one pole; the others may stand anywhere, or have given no answer on the scale.
Of a withheld block everybody may stand anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from xsector.analysis.tallies import Floats, nominal_tallies, ratio
from xsector.model.poles import NO_ANSWER, poles
from xsector.model.released import WITHHELD, BandedItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """The smallest and the largest value that what is kept allows; both are reached by some answers."""

    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What is known of D and of the mean position (1 is the lowest level) of a block, or of all together.

    Both are None where nobody can have answered; ``mean`` is None without an order.
    """

    divergence: Interval | None
    mean: Interval | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Kept:
    """Where people stand: ``fixed`` by level, so many in the ``low`` or ``high`` pole, and ``free`` ones anywhere.

    Those who surely gave no answer are in none of them; a free person may have given none either.
    """

    fixed: Floats
    low: int = 0
    high: int = 0
    free: int = 0


def reach_of_everybody(item: BandedItem) -> Reach:
    """D and mean of all blocks together."""
    return _reach(kept_of(item, blocks=range(len(item.bands))), ordered=item.ordered)


def reach_by_block(item: BandedItem) -> tuple[Reach, ...]:
    """D and mean of each block, in the order of the item's bands."""
    return tuple(_reach(kept_of(item, blocks=(place,)), ordered=item.ordered) for place in range(len(item.bands)))


def kept_of(item: BandedItem, *, blocks: Iterable[int]) -> Kept:
    """What is kept of these blocks, added up.

    Raises
    ------
    ValueError
        A band names a pole that the item's scale hasn't got.
    """
    parts = poles(len(item.levels), ordered=item.ordered)
    fixed = np.zeros(len(item.levels))
    sides, free = {"low": 0, "high": 0}, 0
    for place in blocks:
        band = item.bands[place]
        if band is None:
            fixed += np.array(item.counts[place] or np.zeros_like(fixed), dtype=np.float64)
            continue
        free += band.people - band.at_least
        if band.pole in {WITHHELD, NO_ANSWER}:
            continue
        if not parts.get(band.pole):
            raise ValueError(f"item {item.code!r} has no pole {band.pole!r}")
        if band.pole in sides:
            sides[band.pole] += band.at_least
        else:
            # The middle of a scale, and each answer without an order, is one level.
            fixed[min(parts[band.pole])] += band.at_least
    return Kept(fixed=fixed, low=sides["low"], high=sides["high"], free=free)


def divergence_reach(kept: Kept) -> Interval | None:
    """The exact smallest and largest D of an ordered scale; None where nobody can have answered.

    Time and memory grow with ``free`` alone, one row of numbers for each free person.

    Notes
    -----
    *Smallest.* For each number of answers D is concave in the cumulative counts, so it is smallest where each
    pole's people stand at one level and the free ones at one level. With these levels given, D is a concave
    function of 1 over the number of answers, so it is smallest where none or all of the free answered.

    *Largest.* For each number of answers the sum over thresholds k of ``F(k) (1 - F(k))`` wants so many people
    at or below k that falls with k, while the number placed there can only rise. So it is one number for all
    thresholds inside the low pole, one for those inside the high pole, and one for those between. All three
    are the same unless a pole must hold more than that; then the others stand at the pole's edge.
    """
    answering = kept.fixed.sum() + kept.low + kept.high
    if answering + kept.free == 0:
        return None
    return Interval(low=_smallest(kept), high=_largest(kept))


def nominal_reach(kept: Kept) -> Interval | None:
    """The same for one choice among options without an order, ``C/(C-1) (1 - sum p**2)``; exact.

    Notes
    -----
    Smallest where all of the free, or none, chose one option; largest, for each number of answers, where each
    chose what fewest have.
    """
    people = kept.fixed.sum() + np.arange(kept.free + 1)
    if people[-1] == 0:
        return None
    options = len(kept.fixed)
    together = kept.fixed + np.concatenate([np.zeros((1, options)), kept.free * np.eye(options)])
    alike = (ratio(together, together.sum(axis=-1, keepdims=True)) ** 2).sum(axis=-1)
    scale = nominal_tallies(together).scale
    # One more where c are adds 2c + 1 to the sum of squares, so the cheapest places come first.
    dearer = np.sort((2 * (kept.fixed[:, None] + np.arange(kept.free)) + 1).ravel())[: kept.free]
    level = (kept.fixed**2).sum() + np.concatenate([[0.0], np.cumsum(dearer)])
    return Interval(
        low=float(scale * (1 - np.nanmax(alike))),
        high=float(np.nanmax(scale * (1 - ratio(level, people**2)))),
    )


def mean_reach(kept: Kept) -> Interval | None:
    """The lowest and the highest mean position, from 1; None where nobody can have answered.

    The free pull it furthest when all of them answered at one end.
    """
    positions = len(kept.fixed)
    people = kept.fixed.sum() + kept.low + kept.high + kept.free
    if people == 0:
        return None
    side = positions // 2
    known = float(kept.fixed @ np.arange(1, positions + 1))
    low = known + kept.low + kept.high * (positions - side + 1) + kept.free
    high = known + kept.low * side + (kept.high + kept.free) * positions
    return Interval(low=float(low / people), high=float(high / people))


def _reach(kept: Kept, *, ordered: bool) -> Reach:
    if not ordered:
        return Reach(divergence=nominal_reach(kept), mean=None)
    return Reach(divergence=divergence_reach(kept), mean=mean_reach(kept))


def _smallest(kept: Kept) -> float:
    levels = np.eye(len(kept.fixed))
    side = len(levels) // 2
    low = kept.low * levels[:side, None, None, :]
    high = kept.high * levels[None, -side:, None, :]
    free = kept.free * np.concatenate([np.zeros((1, len(levels))), levels])
    below = np.cumsum(kept.fixed + low + high + free, axis=-1)
    return float(np.nanmin(_divergence(below[..., :-1], people=below[..., -1])))


def _largest(kept: Kept) -> float:
    positions = len(kept.fixed)
    side = positions // 2
    below = np.cumsum(kept.fixed)[:-1]
    free = np.arange(kept.free + 1)
    people = kept.fixed.sum() + kept.low + kept.high + free
    inside_low, inside_high = below[: side - 1], below[positions - side :]
    wanted, wanted_low, wanted_high = (
        np.round(people / 2 - (part.mean() if part.size else 0)) for part in (below, inside_low, inside_high)
    )
    edge = kept.low + free
    between = np.clip(wanted, kept.low, edge)
    low = np.where(wanted < kept.low, np.clip(wanted_low, 0, kept.low), between)
    high = np.where(wanted > edge, np.clip(wanted_high, edge, edge + kept.high), between)
    parts = ((inside_low, low), (below[side - 1 : positions - side], between), (inside_high, high))
    reached = np.concatenate([placed[:, None] + part for part, placed in parts], axis=1)
    return float(np.nanmax(_divergence(reached, people=people)))


def _divergence(below: Floats, *, people: Floats) -> Floats:
    """D of many tables at once, given the people at or below each threshold; nan where nobody answered.

    ``divergence`` finds the parts within and between groups as well, which takes too long for so many tables.
    """
    share = ratio(below, people[..., None])
    return np.asarray(4 * (share * (1 - share)).mean(axis=-1))
