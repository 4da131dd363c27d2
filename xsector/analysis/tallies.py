"""Counts brought into the one form that every index here is computed from.

Each index is ``scale * sum_j q_j (1 - q_j)``, where q_j is the share of people to whom statement j
applies. Ordered scale: "answered at or below position j", scale 4/(K-1). Options of one choice:
"chose option j", scale C/(C-1). Ticked options: "ticked option j", scale 4/C. Pairs of ranked options:
"put i above j", scale 4 over the number of pairs. So one decomposition serves them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]

NOTHING: Final = 1e-12
"""Below this a divergence is nought: one dissenter among a thousand million still weighs more."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tallies:
    """``tallies[..., g, j]`` people of group g to whom statement j applies, out of ``people[..., g]``."""

    tallies: Floats
    people: Floats
    scale: float


def counts_of(counts: ArrayLike) -> Floats:
    """Counts as a new float array of shape (..., K).

    Raises
    ------
    ValueError
        Fewer than two positions, or a negative or missing count.
    """
    array = np.array(counts, dtype=np.float64)
    if array.ndim < 1 or array.shape[-1] < 2:
        raise ValueError(f"a scale needs at least two positions, got counts of shape {array.shape}")
    if not (array >= 0).all():
        raise ValueError("counts must be numbers of people, 0 or more")
    return array


def table_of(table: ArrayLike) -> Floats:
    """Counts by group as a new float array of shape (..., G, K); raises as ``counts_of`` does."""
    array = counts_of(table)
    if array.ndim < 2:
        raise ValueError(f"a table needs groups and positions, got shape {array.shape}")
    return array


def ordered_tallies(table: ArrayLike) -> Tallies:
    """Tallies of an ordered scale, shape (..., G, K)."""
    counts = table_of(table)
    # Counts are cumulated before they are divided, so that a share of everybody is exactly 1.
    below = np.cumsum(counts, axis=-1)
    return Tallies(tallies=below[..., :-1], people=below[..., -1], scale=4 / (counts.shape[-1] - 1))


def nominal_tallies(table: ArrayLike) -> Tallies:
    """Tallies of one choice among options without order, shape (..., G, C)."""
    counts = table_of(table)
    options = counts.shape[-1]
    return Tallies(tallies=counts, people=counts.sum(axis=-1), scale=options / (options - 1))


def ticked_tallies(ticks: ArrayLike, *, people: ArrayLike) -> Tallies:
    """Tallies of ticked options: ``ticks`` (..., G, C) out of ``people`` (..., G)."""
    ticked = np.array(ticks, dtype=np.float64)
    answered = np.array(people, dtype=np.float64)
    if ticked.ndim < 2 or ticked.shape[-1] < 1 or answered.shape != ticked.shape[:-1]:
        raise ValueError(f"ticks of shape {ticked.shape} do not fit people of shape {answered.shape}")
    if not (ticked >= 0).all() or (ticked > answered[..., None]).any():
        raise ValueError("an option can't be ticked by fewer than 0 people or by more than answered")
    return Tallies(tallies=ticked, people=answered, scale=4 / ticked.shape[-1])


def group_shares(tallies: Tallies) -> Floats:
    """Share of each group, shape (..., G, J); 0 in a group without people."""
    people = tallies.people[..., None]
    empty = np.zeros_like(tallies.tallies)
    return np.divide(tallies.tallies, people, out=empty, where=people > 0)


def ratio(above: ArrayLike, below: ArrayLike) -> Floats:
    """``above / below``, and nan wherever *below* is 0 or less."""
    over, under = np.broadcast_arrays(np.asarray(above, np.float64), np.asarray(below, np.float64))
    return np.asarray(np.divide(over, under, out=np.full(over.shape, np.nan), where=under > NOTHING))
