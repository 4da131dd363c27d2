"""Options that each person put in order: how much the orders agree, and what they add up to.

``rankings[r][i]`` is the rank that person r gave option i; 1 is the top.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import ArrayLike

from xsector.analysis.divergence import Split, split
from xsector.analysis.students_t import chi_squared_tail
from xsector.analysis.tallies import Floats, Tallies

MOST_FOR_KEMENY = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Concordance:
    """Kendall's W corrected for ties, its chi squared and the chance of one as large; nan if undefined."""

    w: float
    chi_squared: float
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Kemeny:
    """The orders (top option first) with the fewest disagreements, and that number."""

    distance: float
    orders: tuple[tuple[int, ...], ...]


def kendall_w(rankings: ArrayLike) -> Concordance:
    """Agreement of m people on n options, rankings or ratings of shape (m, n); 1 is one order for all.

    References
    ----------
    Kendall & Babington Smith (1939), *Annals of Mathematical Statistics* 10, 275-287.
    """
    given = _rankings(rankings)
    people, options = given.shape
    lower = (given[:, None, :] < given[:, :, None]).sum(axis=-1)
    alike = (given[:, None, :] == given[:, :, None]).sum(axis=-1)
    sums = (lower + (alike + 1) / 2).sum(axis=0)
    ties = (alike.astype(np.float64) ** 2 - 1).sum()
    most = people**2 * (options**3 - options) - people * ties
    if most <= 0:
        return Concordance(w=math.nan, chi_squared=math.nan, p=math.nan)
    w = float(12 * ((sums - sums.mean()) ** 2).sum() / most)
    chi_squared = people * (options - 1) * w
    return Concordance(w=w, chi_squared=chi_squared, p=chi_squared_tail(chi_squared, df=options - 1))


def ranking_divergence(rankings: ArrayLike, *, groups: ArrayLike) -> Split:
    """Split the mean over pairs of options of ``4 p (1 - p)``, p the share who rank one above the other.

    Parameters
    ----------
    rankings : array_like, shape (m, n)
        Ties count half.
    groups : array_like of int, shape (m,)
        Each person's group.
    """
    above = _pairs_above(_rankings(rankings))
    _, labels = np.unique(np.asarray(groups), return_inverse=True)
    member = np.eye(int(labels.max()) + 1)[labels]
    tallies = Tallies(tallies=member.T @ above, people=member.sum(axis=0), scale=4 / above.shape[-1])
    return split(tallies)


def borda(rankings: ArrayLike) -> Floats:
    """Borda points of each option, n minus its rank, summed over people: shape (m, n) to (n,)."""
    given = _rankings(rankings)
    return np.asarray((given.shape[1] - given).sum(axis=0))


def kendall_tau_distance(first: ArrayLike, second: ArrayLike) -> int:
    """Pairs of options that two rankings, shape (n,), put in opposite order; a tie opposes nothing."""
    a, b = _rankings(np.stack([np.asarray(first), np.asarray(second)]))
    apart = np.sign(a[:, None] - a[None, :]) * np.sign(b[:, None] - b[None, :])
    return int((apart < 0).sum() // 2)


def spearman_footrule(first: ArrayLike, second: ArrayLike) -> float:
    """Ranks that options of one ranking, shape (n,), must move to make the other."""
    a, b = _rankings(np.stack([np.asarray(first), np.asarray(second)]))
    return float(np.abs(a - b).sum())


def kemeny(rankings: ArrayLike) -> Kemeny:
    """All orders with the fewest disagreements with the rankings, shape (m, n), by trying every one.

    Raises
    ------
    ValueError
        More than 8 options: there are too many orders to try.
    """
    given = _rankings(rankings)
    options = given.shape[1]
    if options > MOST_FOR_KEMENY:
        raise ValueError(f"at most {MOST_FOR_KEMENY} options can be put in Kemeny's order, not {options}")
    against = (given[:, :, None] > given[:, None, :]).sum(axis=0)
    orders = np.array(list(permutations(range(options))))
    first, second = np.triu_indices(options, 1)
    distances = against[orders[:, first], orders[:, second]].sum(axis=-1)
    best = orders[distances == distances.min()]
    return Kemeny(distance=float(distances.min()), orders=tuple(tuple(int(i) for i in order) for order in best))


def _rankings(rankings: ArrayLike) -> Floats:
    given = np.array(rankings, dtype=np.float64)
    if given.ndim != 2 or given.shape[0] < 1 or given.shape[1] < 2:
        raise ValueError(f"rankings need people and at least two options, got shape {given.shape}")
    return given


def _pairs_above(given: Floats) -> Floats:
    """1 where a person ranks the first option of a pair above the second, 1/2 for a tie, shape (m, pairs)."""
    first, second = np.triu_indices(given.shape[1], 1)
    return np.asarray((1 + np.sign(given[:, second] - given[:, first])) / 2)
