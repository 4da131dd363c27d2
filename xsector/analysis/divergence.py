"""Divergence D: how far apart two people picked at random answer, and what of it lies between groups."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xsector.analysis.tallies import NOTHING, Floats, Tallies, counts_of, group_shares, ordered_tallies, ratio


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Split:
    """A divergence and its parts; every field has the leading shape of the counts.

    ``total = within + between``; ``share = between / total``. ``total_unbiased``, ``within_unbiased`` and
    ``between_unbiased`` estimate the same for pairs of different people; they are not clipped, so the last
    is negative where groups differ less than chance grouping would. ``share_adj_unclipped`` is
    ``between_unbiased / total_unbiased`` and ``share_adj`` the same, at least 0.
    """

    total: Floats
    within: Floats
    between: Floats
    share: Floats
    share_adj: Floats
    share_adj_unclipped: Floats
    total_unbiased: Floats
    within_unbiased: Floats
    between_unbiased: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Disco:
    """Distance components with index 1: dispersion in scale steps times people, and their F ratio."""

    total: Floats
    within: Floats
    between: Floats
    f: Floats


def divergence(counts: ArrayLike) -> Floats:
    """Divergence D, from 0 (all the same) to 1 (half and half at the two ends).

    Parameters
    ----------
    counts : array_like of int, shape (..., K)
        People at each of the K >= 2 scale positions, lowest first.

    Returns
    -------
    array of float, shape (...)
        ``4/(K-1) * sum_{k<K} F(k) (1 - F(k))``; nan where nobody answered.

    References
    ----------
    Blair & Lacy (2000), *Sociological Methods & Research* 28, 251-280 (D = 1 - l squared).

    Examples
    --------
    >>> float(divergence([3, 0, 0, 0, 3]))
    1.0
    """
    return split(ordered_tallies(counts_of(counts)[..., None, :])).total


def divergence_unbiased(counts: ArrayLike) -> Floats:
    """Mean distance between two different people, in units of D: ``D * N/(N-1)``, not clipped.

    It may exceed 1 where a few people stand half and half: 2 for two people at opposite ends.
    ``divergence_comparable`` is what is shown. nan below two answers.
    """
    return split(ordered_tallies(counts_of(counts)[..., None, :])).total_unbiased


def divergence_comparable(counts: ArrayLike) -> Floats:
    """D_u, for groups, rounds or items of different size: ``min(1, D * N/(N-1))``; nan below two answers."""
    return np.minimum(1.0, divergence_unbiased(counts))


def divergence_max_attainable(n: ArrayLike) -> Floats:
    """The largest D that n people can reach: 1 if n is even, ``1 - 1/n**2`` if odd, nan for nobody."""
    people = np.asarray(n, dtype=np.float64)
    odd = 1 - ratio(1.0, people * people)
    return np.where(people % 2 == 1, odd, np.where(people > 0, 1.0, np.nan))


def divergence_bounds(counts: ArrayLike, *, missing: ArrayLike) -> tuple[Floats, Floats]:
    """The smallest and the largest D if those who have not answered answered anything.

    Parameters
    ----------
    counts : array_like of int, shape (..., K)
    missing : array_like of int, shape (...)
        People who have not answered.

    Notes
    -----
    D is concave in the shares, so the smallest is reached with all missing answers at one position. For the
    largest they all go to the two ends: the best number below threshold k falls with k while the number
    placed there can only rise, so the best is one number for all thresholds. Both are exact.
    """
    here = counts_of(counts)
    absent = np.asarray(missing, dtype=np.float64)
    if (absent < 0).any():
        raise ValueError("fewer than 0 people are missing")
    positions = here.shape[-1]
    at_one = here[..., None, :] + absent[..., None, None] * np.eye(positions)
    lowest = divergence(at_one).min(axis=-1)
    below = np.cumsum(here, axis=-1)
    half = (below[..., -1] + absent) / 2
    low_end = np.clip(np.round(half - below[..., :-1].mean(axis=-1)), 0, absent)
    spread = here + np.zeros((*absent.shape, positions))
    spread[..., 0] += low_end
    spread[..., -1] += absent - low_end
    return lowest, divergence(spread)


def divergence_posterior_mean(counts: ArrayLike, *, prior_mass: float = 2.0) -> Floats:
    """Mean of D under a Dirichlet whose prior mass is spread evenly over the positions; exact, shape (...)."""
    here = counts_of(counts)
    if prior_mass <= 0:
        raise ValueError(f"prior_mass must be above 0, not {prior_mass}")
    positions = here.shape[-1]
    below = np.cumsum(here + prior_mass / positions, axis=-1)
    mass = below[..., -1:]
    moments = below[..., :-1] * (mass - below[..., :-1]) / (mass * (mass + 1))
    return np.asarray(4 * moments.mean(axis=-1))


def decompose(table: ArrayLike) -> Split:
    """Split D of an ordered scale within and between groups; everyone counts once.

    Parameters
    ----------
    table : array_like of int, shape (..., G, K)
        Groups without answers drop out.

    References
    ----------
    Rizzo & Szekely (2010), *Annals of Applied Statistics* 4, 1034-1055.
    """
    return split(ordered_tallies(table))


def decompose_by_sector(table: ArrayLike) -> Split:
    """Split D of an ordered scale, shape (..., G, K), with one voice for each group: weights 1/G."""
    return split_by_sector(ordered_tallies(table))


def disco(table: ArrayLike) -> Disco:
    """Distance components (index 1) of an ordered scale, shape (..., G, K), and their F ratio.

    ``total = N/2`` times the mean distance in steps. F is nan with one group, N <= G or no spread within.
    """
    tallies = ordered_tallies(table)
    parts = split(tallies)
    people = tallies.people.sum(axis=-1)
    groups = (tallies.people > 0).sum(axis=-1)
    steps = people / tallies.scale
    f = ratio(ratio(parts.between, groups - 1), ratio(parts.within, people - groups))
    return Disco(total=parts.total * steps, within=parts.within * steps, between=parts.between * steps, f=f)


def theme_share(between: ArrayLike, *, total: ArrayLike) -> float:
    """Share between groups over the items of a theme, ``sum B / sum D``; items with nan in either drop out."""
    lies, spread = np.asarray(between, np.float64), np.asarray(total, np.float64)
    known = ~(np.isnan(lies) | np.isnan(spread))
    return float(ratio(lies[known].sum(), spread[known].sum()))


def split(tallies: Tallies) -> Split:
    """Split any index of ``tallies`` within and between groups, each person with the same weight.

    ``between_unbiased = D N/(N-1) - W N/(N-G)``: the second term is the mean of the groups' own unbiased
    divergences with weights n_g - 1. It is 0 on average when answers are dealt to groups at random, and its
    ratio to ``total_unbiased`` is the adjusted share. nan where N <= G.
    """
    people = tallies.people.sum(axis=-1)
    groups = (tallies.people > 0).sum(axis=-1)
    own = group_shares(tallies)
    everyone = ratio(tallies.tallies.sum(axis=-2), people[..., None])
    weights = ratio(tallies.people, people[..., None])
    total = tallies.scale * (everyone * (1 - everyone)).sum(axis=-1)
    within = tallies.scale * (weights * (own * (1 - own)).sum(axis=-1)).sum(axis=-1)
    between = tallies.scale * (weights * ((own - everyone[..., None, :]) ** 2).sum(axis=-1)).sum(axis=-1)
    total_unbiased = total * ratio(people, people - 1)
    within_unbiased = within * ratio(people, people - groups)
    return _joined(total, within, between, total_unbiased=total_unbiased, within_unbiased=within_unbiased)


def split_by_sector(tallies: Tallies) -> Split:
    """Split any index of ``tallies`` with weight 1/G for each group that answered.

    A group's own unbiased divergence is ``D_g n_g/(n_g-1)``; a group of one borrows the pooled one,
    ``sum n_g D_g / (N - G)``. The unbiased total takes these on the diagonal of the group-by-group distances.
    """
    answered = tallies.people > 0
    groups = answered.sum(axis=-1)
    weights = ratio(answered.astype(np.float64), groups[..., None])
    own = group_shares(tallies)
    everyone = np.where(groups[..., None] > 0, (weights[..., None] * own).sum(axis=-2), np.nan)
    each = tallies.scale * (own * (1 - own)).sum(axis=-1)
    total = tallies.scale * (everyone * (1 - everyone)).sum(axis=-1)
    within = (weights * each).sum(axis=-1)
    between = tallies.scale * (weights * ((own - everyone[..., None, :]) ** 2).sum(axis=-1)).sum(axis=-1)
    free = tallies.people.sum(axis=-1) - groups
    pooled = ratio((tallies.people * each).sum(axis=-1), free)
    alone = each * ratio(tallies.people, tallies.people - 1)
    each_unbiased = np.where(answered, np.where(tallies.people > 1, alone, pooled[..., None]), 0.0)
    within_unbiased = (weights * each_unbiased).sum(axis=-1)
    total_unbiased = total + ratio(within_unbiased - within, groups)
    return _joined(total, within, between, total_unbiased=total_unbiased, within_unbiased=within_unbiased)


def _joined(
    total: Floats, within: Floats, between: Floats, *, total_unbiased: Floats, within_unbiased: Floats
) -> Split:
    between_unbiased = total_unbiased - within_unbiased
    share_adj = np.where(total > NOTHING, ratio(between_unbiased, total_unbiased), np.nan)
    return Split(
        total=total,
        within=within,
        between=between,
        # Two ways of summing may differ in the last digit.
        share=np.minimum(1.0, ratio(between, total)),
        share_adj=np.maximum(0.0, share_adj),
        share_adj_unclipped=share_adj,
        total_unbiased=total_unbiased,
        within_unbiased=within_unbiased,
        between_unbiased=between_unbiased,
    )
