"""How groups moved between two votes on the same question: toward the others, away, across, or not clearly."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from xsector.analysis.tallies import Floats, table_of
from xsector.analysis.thresholds import DEFAULT_MOVEMENT_LIMITS, MovementLimits
from xsector.model.released import Block

_NOISE: Final = 1e-9
"""So near to a limit counts as there: means of few people are short fractions."""


class Way(StrEnum):
    """Where a group went, as seen from where the others stood first."""

    TOWARD = "toward"
    AWAY = "away"
    CROSSED = "crossed"
    UP = "up"
    """To the upper end of the scale, where there is nobody else."""
    DOWN = "down"
    GATHERED = "gathered"
    """Its middle stays, and its people stand closer to one another."""
    SCATTERED = "scattered"
    NONE = "none"
    """Too little to tell from nothing."""
    OPEN = "open"
    """Enough to see, but those who voted only once may be all of it."""


STAYED: Final = frozenset({Way.NONE, Way.OPEN, Way.GATHERED, Way.SCATTERED})
"""Ways of groups whose middle hasn't clearly moved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One group's way, and its mean level (0 is the lowest) first and now; nan where nobody answered."""

    way: Way
    first: float
    now: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """Every group's move, everybody's, and how far apart the outermost groups' means were and are."""

    groups: tuple[Move, ...]
    everybody: Move
    apart_first: float
    apart_now: float
    together: int
    """1 where the groups stand clearly closer than before, −1 where they stand clearly further apart, else 0."""


def movement_of(first: ArrayLike, now: ArrayLike, *, limits: MovementLimits = DEFAULT_MOVEMENT_LIMITS) -> Movement:
    """How each group moved between two counts of the same question.

    Parameters
    ----------
    first, now : array_like of int, shape (G, K)
        People of each group at each of the K levels of an ordered scale, lowest first; the same groups both times.
    limits : MovementLimits
        How much it takes before a group is said to have moved.

    Returns
    -------
    Movement
        Means are levels from 0 to K − 1.

    Raises
    ------
    ValueError
        The two tables differ in shape, or hold something else than people.

    Notes
    -----
    A group whose mean stays may still gather or scatter: that is told where the steps that it takes to bring everybody
    to one level have clearly changed, and as many voted both times.

    Nobody is followed: only counts are known. Where fewer voted one time than the other, a move is clear only if it
    would be one whoever of the larger number had stayed away. Where as many voted, they are taken for the same people.

    A group moves toward the others, or away, as seen from where the others stood *first*: so two groups that meet
    halfway have both moved toward the others. It crossed if it clearly stood on one side of them and now clearly
    stands on the other.

    References
    ----------
    Gustafson, Shukla, Delbecq and Walster (1973), *Organizational Behavior and Human Performance* 9, 280-291,
    doi:10.1016/0030-5073(73)90052-4 (estimate, talk, estimate).
    Lorenz, Rauhut, Schweitzer and Helbing (2011), *PNAS* 108, 9020-9025, doi:10.1073/pnas.1008636108 (people who
    hear of each other come closer, and no nearer to the truth).

    Examples
    --------
    >>> found = movement_of([[0, 0, 0, 0, 6], [6, 0, 0, 0, 0]], [[0, 0, 0, 3, 3], [6, 0, 0, 0, 0]])
    >>> [move.way.value for move in found.groups], found.apart_first, found.apart_now, found.together
    (['toward', 'none'], 4.0, 3.5, 1)
    """
    before, after = table_of(first), table_of(now)
    if before.ndim != 2 or before.shape != after.shape:
        raise ValueError(f"two votes of the same groups have tables of one shape, not {before.shape} and {after.shape}")
    groups = tuple(_move(before, after, place=place, limits=limits) for place in range(len(before)))
    everybody = _alone(before.sum(axis=0), after.sum(axis=0), limits=limits)
    apart = _apart([one.first for one in groups]), _apart([one.now for one in groups])
    clear = any(one.way not in STAYED for one in groups)
    far = clear and abs(apart[1] - apart[0]) >= limits.least * (before.shape[1] - 1) - _NOISE
    return Movement(
        groups=groups,
        everybody=everybody,
        apart_first=apart[0],
        apart_now=apart[1],
        together=int(np.sign(apart[0] - apart[1])) if far else 0,
    )


def paired_blocks(first: Sequence[Block], now: Sequence[Block]) -> list[tuple[int, int]]:
    """The places of the blocks that both votes have, in the order of the second one."""
    there = {(block.sectors, block.organisation): place for place, block in enumerate(first)}
    keys = [(block.sectors, block.organisation) for block in now]
    return [(there[key], place) for place, key in enumerate(keys) if key in there]


def _move(before: Floats, after: Floats, *, place: int, limits: MovementLimits) -> Move:
    alone = _alone(before[place], after[place], limits=limits)
    others = np.delete(before, place, axis=0).sum(axis=0)
    if alone.way not in {Way.UP, Way.DOWN} or not others.sum():
        return alone
    there = _mean(others)
    first, now = alone.first - there, alone.now - there
    enough = _needed(before[place], after[place], limits=limits) - _NOISE
    if first * now < 0 and min(abs(first), abs(now)) >= enough:
        way = Way.CROSSED
    elif abs(abs(now) - abs(first)) <= _NOISE:
        return alone  # as far on the other side as it was on this one
    else:
        way = Way.TOWARD if abs(now) < abs(first) else Way.AWAY
    return Move(way=way, first=alone.first, now=alone.now)


def _alone(before: Floats, after: Floats, *, limits: MovementLimits) -> Move:
    """A group's move along the scale, whatever others do."""
    first, now = _mean(before), _mean(after)
    both = int(min(before.sum(), after.sum()))
    if not both:
        return Move(way=Way.OPEN, first=first, now=now)
    enough = _needed(before, after, limits=limits) - _NOISE
    (low_first, high_first), (low_now, high_now) = _reach(before, people=both), _reach(after, people=both)
    if low_now - high_first >= enough:
        way = Way.UP
    elif low_first - high_now >= enough:
        way = Way.DOWN
    elif abs(now - first) >= enough:
        way = Way.OPEN
    else:
        way = _inside(before, after, enough=enough)
    return Move(way=way, first=first, now=now)


def _inside(before: Floats, after: Floats, *, enough: float) -> Way:
    if before.sum() != after.sum():
        return Way.NONE
    change = (_to_one_level(after) - _to_one_level(before)) / float(before.sum())
    if abs(change) < enough:
        return Way.NONE
    return Way.GATHERED if change < 0 else Way.SCATTERED


def _to_one_level(counts: Floats) -> float:
    """Steps that it takes, all added up, to bring everybody to one level."""
    levels = np.arange(len(counts))
    return float(min(counts @ abs(levels - level) for level in levels))


def _needed(before: Floats, after: Floats, *, limits: MovementLimits) -> float:
    """Steps by which a mean must differ."""
    both = min(before.sum(), after.sum())
    return max(limits.least * (len(before) - 1), limits.person_steps / float(both))


def _reach(counts: Floats, *, people: int) -> tuple[float, float]:
    """The lowest and the highest mean level that so many of these people can have."""
    levels = np.repeat(np.arange(len(counts)), counts.astype(np.int64))
    return float(levels[:people].mean()), float(levels[len(levels) - people :].mean())


def _mean(counts: Floats) -> float:
    people = float(counts.sum())
    return float(counts @ np.arange(len(counts))) / people if people else math.nan


def _apart(means: Sequence[float]) -> float:
    known = [mean for mean in means if not math.isnan(mean)]
    return max(known) - min(known) if known else 0.0
