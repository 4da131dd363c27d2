"""Points that each person shared out over options, usually 100 of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xsector.analysis.tallies import Floats, ratio


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
