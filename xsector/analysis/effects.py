"""Differences between two groups, or each pair of them, on one ordered scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from xsector.analysis.tallies import Floats, group_shares, ordered_tallies, ratio, table_of


def cliffs_delta(table: ArrayLike) -> Floats:
    """How much oftener the first of two groups answers higher than lower, shape (..., 2, K), from -1 to 1.

    References
    ----------
    Cliff (1993), *Psychological Bulletin* 114, 494-509.
    """
    counts = _two_groups(table)
    first, second = counts[..., 0, :], counts[..., 1, :]
    lower = np.cumsum(second, axis=-1) - second
    higher = second.sum(axis=-1, keepdims=True) - lower - second
    return ratio((first * (lower - higher)).sum(axis=-1), first.sum(axis=-1) * second.sum(axis=-1))


def wasserstein1(table: ArrayLike) -> Floats:
    """Mean steps that answers must move to turn one of two groups into the other, shape (..., 2, K)."""
    below = _below(_two_groups(table))
    return np.asarray(np.abs(below[..., 0, :] - below[..., 1, :]).sum(axis=-1))


def energy_distance(table: ArrayLike) -> Floats:
    """``2 E|X-Y| - E|X-X'| - E|Y-Y'|`` in scale steps, shape (..., 2, K); 0 only for equal distributions."""
    below = _below(_two_groups(table))
    return np.asarray(2 * ((below[..., 0, :] - below[..., 1, :]) ** 2).sum(axis=-1))


def sector_pair_distance(table: ArrayLike) -> Floats:
    """Mean distance between a person of one group and one of another, as a share of the scale.

    Shape (..., G, K) to (..., G, G). The diagonal is the mean distance within a group, everybody paired with
    everybody and themselves. nan for groups without answers.
    """
    below = _below(table_of(table))
    above = 1 - below
    one_way = below @ np.swapaxes(above, -1, -2)
    return np.asarray((one_way + np.swapaxes(one_way, -1, -2)) / below.shape[-1])


def _two_groups(table: ArrayLike) -> Floats:
    counts = table_of(table)
    if counts.shape[-2] != 2:
        raise ValueError(f"two groups are compared, not {counts.shape[-2]}")
    return counts


def _below(counts: Floats) -> Floats:
    """Share of each group at or below each position but the last; nan for a group without answers."""
    tallies = ordered_tallies(counts)
    return np.where(tallies.people[..., None] > 0, group_shares(tallies), np.nan)
