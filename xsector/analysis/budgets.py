"""Points that each person shared out over options, usually 100 of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xsector.analysis.divergence import Split, split
from xsector.analysis.tallies import Floats, Tallies, counts_of, ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetSplit:
    """Mean share of points to move between two people, scaled to 0..1, within and between groups."""

    total: float
    within: float
    between: float
    share: float
    share_adj: float


def budget_tv(first: ArrayLike, second: ArrayLike) -> float:
    """Share of the points that must move to turn one budget, shape (C,), into the other."""
    a, b = _shares(np.stack([np.asarray(first), np.asarray(second)]))
    return float(np.abs(a - b).sum() / 2)


def budget_divergence(budgets: ArrayLike, *, groups: ArrayLike) -> BudgetSplit:
    """Split the mean of ``budget_tv`` over pairs of people, times C/(C-1), within and between groups.

    Parameters
    ----------
    budgets : array_like, shape (m, C)
        Points of each person for each option; each row is divided by its own sum.
    groups : array_like of int, shape (m,)
        Each person's group.
    """
    shares = _shares(budgets)
    labels = np.asarray(groups)
    people, options = shares.shape
    if labels.shape != (people,):
        raise ValueError(f"{people} budgets do not fit groups of shape {labels.shape}")
    names, sizes = np.unique(labels, return_counts=True)
    scale = options / (options - 1)
    total = scale * _mean_to_move(shares)
    own = [scale * _mean_to_move(shares[labels == name]) for name in names]
    within = float((sizes / people) @ np.array(own))
    between = total - within
    share = float(ratio(between, total))
    share_adj = float(np.maximum(0.0, 1 - (1 - share) * ratio(people - 1, people - len(names))))
    return BudgetSplit(total=total, within=within, between=between, share=share, share_adj=share_adj)


def budget_divergence_from_counts(counts: ArrayLike) -> Split:
    """The split of ``budget_divergence`` for the same people, from how many gave each option how much.

    The mean absolute difference of an option's points is a sum over levels of ``2 F (1 - F)``, F the share of
    people at or below the level, so that people's whole budgets are not needed.

    Parameters
    ----------
    counts : array_like of int, shape (..., G, C, L)
        People of each group who gave each of the C >= 2 options each amount. The L >= 2 amounts rise in equal
        steps from nothing to all points, such as 0, 5, .., 100.

    Raises
    ------
    ValueError
        Negative counts, or options of a group that are not counted from the same people.

    Examples
    --------
    >>> all_on_first, all_on_second = [[0, 0, 2], [2, 0, 0]], [[2, 0, 0], [0, 0, 2]]
    >>> float(budget_divergence_from_counts([all_on_first, all_on_second]).between)
    1.0
    """
    given = counts_of(counts)
    if given.ndim < 3 or given.shape[-2] < 2:
        raise ValueError(f"counts need groups, at least two options, and levels, got shape {given.shape}")
    below = np.cumsum(given, axis=-1)
    people = below[..., -1]
    if (people != people[..., :1]).any():
        raise ValueError("every option of a group needs the same people")
    options, steps = given.shape[-2], given.shape[-1] - 1
    tallies = below[..., :-1].reshape(*given.shape[:-2], options * steps)
    return split(Tallies(tallies=tallies, people=people[..., 0], scale=options / (options - 1) / steps))


def _mean_to_move(shares: Floats) -> float:
    """Mean over all pairs, also with oneself; sorting makes the mean absolute difference a weighted sum."""
    people = len(shares)
    weights = 2 * np.arange(people) + 1 - people
    return float((weights @ np.sort(shares, axis=0)).sum() / people**2)


def _shares(budgets: ArrayLike) -> Floats:
    points = np.array(budgets, dtype=np.float64)
    if points.ndim != 2 or points.shape[0] < 1 or points.shape[1] < 2:
        raise ValueError(f"budgets need people and at least two options, got shape {points.shape}")
    sums = points.sum(axis=1, keepdims=True)
    if not (points >= 0).all() or not (sums > 0).all():
        raise ValueError("a budget shares out points, none of them below 0")
    return np.asarray(points / sums)
