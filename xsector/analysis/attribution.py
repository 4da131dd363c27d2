"""Agreement of people who each put the same things into categories, such as functions to who leads them.

``table[i][c]`` is how many put thing i into category c.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from xsector.analysis.tallies import Floats, ratio, table_of


def gwet_ac1(table: ArrayLike) -> float:
    """Gwet's AC1: agreement beyond chance that does not collapse where nearly all choose one category.

    Parameters
    ----------
    table : array_like of int, shape (things, C)
        People who put each thing into each of the C >= 2 categories; their number may differ by thing. Things
        that nobody judged drop out; things that one person judged count for how common categories are.

    Returns
    -------
    float
        Unitless, 1 is full agreement, 0 what chance gives; nan if nothing was judged twice.

    References
    ----------
    Gwet (2008), *British Journal of Mathematical and Statistical Psychology* 61, 29-48.

    Examples
    --------
    >>> round(gwet_ac1([[9, 1], [10, 0]]), 3)
    0.89
    """
    judged = _judged(table)
    common = _commonness(judged)
    by_chance = (common * (1 - common)).sum() / (judged.shape[1] - 1)
    return _beyond(_observed(judged), by_chance=float(by_chance))


def fleiss_kappa(table: ArrayLike) -> float:
    """Fleiss' kappa of a table as in ``gwet_ac1``; nan too where all chose one category throughout.

    References
    ----------
    Fleiss (1971), *Psychological Bulletin* 76, 378-382; Gwet (2014), *Handbook of Inter-Rater Reliability*,
    chapter 2 (numbers of people that differ).
    """
    judged = _judged(table)
    return _beyond(_observed(judged), by_chance=float((_commonness(judged) ** 2).sum()))


def _judged(table: ArrayLike) -> Floats:
    counts = table_of(table)
    if counts.ndim != 2:
        raise ValueError(f"a table of things and categories is needed, not shape {counts.shape}")
    return np.asarray(counts[counts.sum(axis=1) > 0])


def _observed(judged: Floats) -> float:
    """Mean over things of the share of pairs of people who agree."""
    people = judged.sum(axis=1)
    agree = ratio((judged * (judged - 1)).sum(axis=1), people * (people - 1))
    return float(ratio(agree[people > 1].sum(), (people > 1).sum()))


def _commonness(judged: Floats) -> Floats:
    """Mean over things of the share that chose each category."""
    return ratio((judged / judged.sum(axis=1, keepdims=True)).sum(axis=0), len(judged))


def _beyond(observed: float, *, by_chance: float) -> float:
    return float(ratio(observed - by_chance, 1 - by_chance))
