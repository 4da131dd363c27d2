"""Mean positions of blocks on an ordered scale, and the widest gap between two of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from xsector.analysis.students_t import t_quantile
from xsector.analysis.tallies import NOTHING, Floats, counts_of, ratio, table_of

ROUNDING: Final = 1 / 12
"""Variance of an answer within the half step around it: the least that answers of one level can have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Steps between the lowest and the highest mean, and the rows they stand in; None without a gap."""

    steps: float
    low: int | None
    high: int | None


def mean_positions(table: ArrayLike) -> Floats:
    """Mean position 1..K of each group, shape (..., G, K) to (..., G); nan for a group without answers."""
    counts = table_of(table)
    return ratio(counts @ np.arange(1, counts.shape[-1] + 1), counts.sum(axis=-1))


def widest_gap(table: ArrayLike) -> Gap:
    """The gap between the groups with the lowest and the highest mean, shape (G, K); the first ones on ties.

    Steps are nan with fewer than two groups that answered.
    """
    means = mean_positions(table)
    if (~np.isnan(means)).sum() < 2:
        return Gap(steps=math.nan, low=None, high=None)
    steps = float(np.nanmax(means) - np.nanmin(means))
    if steps < NOTHING:
        return Gap(steps=0.0, low=None, high=None)
    return Gap(steps=steps, low=int(np.nanargmin(means)), high=int(np.nanargmax(means)))


def difference_interval(one: ArrayLike, *, other: ArrayLike, level: float = 0.90) -> tuple[float, float]:
    """Between which two ends the mean of *one* less that of *other* lies, in steps; Welch's interval.

    An answer stands for all that lies within half a step of it, so that five people who answer alike don't make
    a mean certain: no variance is below 1/12.

    Parameters
    ----------
    one, other : array_like of int, shape (K,)
        People at each scale position, lowest first; different people.
    level : float
        Coverage, between 0 and 1.

    Returns
    -------
    tuple of float
        Endless both ways with fewer than two people in either.

    References
    ----------
    Welch (1947), *Biometrika* 34, 28-35, doi:10.1093/biomet/34.1-2.28

    Examples
    --------
    >>> [round(end, 2) for end in difference_interval([0, 0, 0, 3, 2], other=[2, 3, 0, 0, 0])]
    [2.16, 3.44]
    """
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, not {level}")
    first, second = counts_of(one), counts_of(other)
    if min(first.sum(), second.sum()) < 2:
        return -math.inf, math.inf
    (mean, error, people), (mean2, error2, people2) = _mean_and_error(first), _mean_and_error(second)
    both = error + error2
    freedom = both**2 / (error**2 / (people - 1) + error2**2 / (people2 - 1))
    half = _quantile((1 + level) / 2, df=max(1, math.floor(freedom))) * math.sqrt(both)
    return mean - mean2 - half, mean - mean2 + half


@lru_cache(maxsize=4096)
def _quantile(p: float, *, df: int) -> float:
    """The quantile, kept: a round of guesses asks for the same few again and again."""
    return t_quantile(p, df=df)


def _mean_and_error(counts: Floats) -> tuple[float, float, float]:
    """Mean position, its squared error, and people."""
    people = float(counts.sum())
    places = np.arange(1, len(counts) + 1)
    mean = float(counts @ places) / people
    variance = float(counts @ (places - mean) ** 2) / (people - 1)
    return mean, max(variance, ROUNDING) / people, people
