"""How sure we are of the share between sectors, and of many items at once."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xsector.analysis.divergence import split
from xsector.analysis.students_t import t_quantile
from xsector.analysis.tallies import Floats, Tallies, nominal_tallies, ordered_tallies, table_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareInterval:
    """The adjusted share before clipping, its jackknife standard error, and the interval clipped to 0..1."""

    share_adj_unclipped: float
    se: float
    low: float
    high: float


def share_adj_jackknife(table: ArrayLike, *, level: float = 0.90) -> ShareInterval:
    """Interval of the adjusted share of an ordered scale, by leaving out one person at a time.

    Parameters
    ----------
    table : array_like of int, shape (G, K)
    level : float
        Coverage aimed at.

    Returns
    -------
    ShareInterval
        nan where the share or its error is undefined.

    Notes
    -----
    People of one group at one position are interchangeable, so at most G*K cases are computed. A case whose
    share is undefined (nobody differs any more) is left out; t has N - G degrees of freedom.
    """
    counts = table_of(table)
    positions = counts.shape[-1]
    return _jackknife(counts, ordered_tallies(counts), step=np.triu(np.ones((positions, positions - 1))), level=level)


def nominal_share_adj_jackknife(table: ArrayLike, *, level: float = 0.90) -> ShareInterval:
    """Interval of the adjusted share of one choice among options, shape (G, C), as ``share_adj_jackknife``."""
    counts = table_of(table)
    return _jackknife(counts, nominal_tallies(counts), step=np.eye(counts.shape[-1]), level=level)


def benjamini_hochberg(p: ArrayLike) -> Floats:
    """P values of m items adjusted for looking at them all, in the same order; nan stays nan and isn't counted.

    References
    ----------
    Benjamini & Hochberg (1995), *Journal of the Royal Statistical Society B* 57, 289-300.
    """
    values = np.atleast_1d(np.array(p, dtype=np.float64))
    adjusted = np.full(values.shape, np.nan)
    known = np.flatnonzero(~np.isnan(values))
    falling = known[np.argsort(-values[known], kind="stable")]
    places = np.arange(len(falling), 0, -1)
    adjusted[falling] = np.minimum(1.0, np.minimum.accumulate(values[falling] * len(falling) / places))
    return adjusted


def _jackknife(counts: Floats, tallies: Tallies, *, step: Floats, level: float) -> ShareInterval:
    """Jackknife where leaving out a person at position k takes ``step[k]`` from the tallies of the group."""
    whole = float(split(tallies).share_adj_unclipped)
    groups, positions = np.nonzero(counts)
    case = np.arange(len(groups))
    left = np.repeat(tallies.tallies[None], len(groups), axis=0)
    left[case, groups] -= step[positions]
    people = np.repeat(tallies.people[None], len(groups), axis=0)
    people[case, groups] -= 1
    shares = split(Tallies(tallies=left, people=people, scale=tallies.scale)).share_adj_unclipped
    known = ~np.isnan(shares)
    weights = counts[groups, positions][known]
    free = int(tallies.people.sum() - (tallies.people > 0).sum())
    if math.isnan(whole) or weights.sum() < 2:
        return ShareInterval(share_adj_unclipped=whole, se=math.nan, low=math.nan, high=math.nan)
    centre = np.average(shares[known], weights=weights)
    spread = (weights * (shares[known] - centre) ** 2).sum()
    se = math.sqrt(spread * (weights.sum() - 1) / weights.sum())
    half = t_quantile((1 + level) / 2, df=free) * se
    low, high = (min(1.0, max(0.0, end)) for end in (whole - half, whole + half))
    return ShareInterval(share_adj_unclipped=whole, se=se, low=low, high=high)
