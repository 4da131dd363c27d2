"""Divergence of answers without an order: one option out of several, or any number of ticked options."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from xsector.analysis.divergence import Split, split
from xsector.analysis.tallies import Floats, counts_of, nominal_tallies, ticked_tallies


def nominal_divergence(table: ArrayLike) -> Split:
    """Split ``C/(C-1) (1 - sum p**2)``, the scaled chance that two people chose differently.

    Parameters
    ----------
    table : array_like of int, shape (..., G, C)
        People of each group who chose each option.
    """
    return split(nominal_tallies(table))


def ticked_divergence(ticks: ArrayLike, *, people: ArrayLike) -> Split:
    """Split the mean over options of ``4 p (1 - p)``, p the share of people who ticked the option.

    Parameters
    ----------
    ticks : array_like of int, shape (..., G, C)
        People of each group who ticked each option.
    people : array_like of int, shape (..., G)
        People of each group who answered.
    """
    return split(ticked_tallies(ticks, people=people))


def nominal_bounds(counts: ArrayLike, *, missing: int) -> tuple[float, float]:
    """The smallest and the largest nominal divergence, shape (C,), if those missing chose any option.

    The smallest has them all at the option chosen most; for the largest each goes where fewest are.
    """
    here = counts_of(counts)
    most = here.copy()
    most[int(here.argmax())] += missing
    lowest, highest = (nominal_divergence(filled[None, :]).total for filled in (most, _levelled(here, missing=missing)))
    return float(lowest), float(highest)


def ticked_bounds(ticks: ArrayLike, *, people: int, missing: int) -> tuple[float, float]:
    """The smallest and the largest multi-select divergence, ticks of shape (C,), if those missing ticked anything."""
    ticked = np.array(ticks, dtype=np.float64)
    everyone = people + missing
    best = np.clip(np.round(everyone / 2 - ticked), 0, missing)
    # 4p(1-p) is concave, so the smallest is reached where nobody or everybody of the missing ticks.
    ends = np.stack([ticked, ticked + missing])
    each = 4 * (ends / everyone) * (1 - ends / everyone) if everyone else np.full(ends.shape, np.nan)
    highest = ticked_divergence((ticked + best)[None, :], people=[everyone]).total
    return float(each.min(axis=0).mean()), float(highest)


def _levelled(counts: Floats, *, missing: int) -> Floats:
    """Counts after *missing* people went, one by one, where fewest are."""
    order = np.sort(counts)
    places = np.arange(1, len(order) + 1)
    to_fill = order * places - np.cumsum(order)
    reached = int((to_fill <= missing).sum())
    level, rest = divmod(order[:reached].sum() + missing, reached)
    filled = order.copy()
    filled[:reached] = level
    filled[: int(rest)] += 1
    return filled
