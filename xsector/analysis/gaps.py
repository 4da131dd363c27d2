"""Mean positions of blocks on an ordered scale, and the widest gap between two of them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xsector.analysis.tallies import NOTHING, Floats, ratio, table_of


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
