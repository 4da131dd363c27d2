"""Options that each person put in order: how much the orders agree, and what they add up to.

``rankings[r][i]`` is the rank that person r gave option i; 1 is the top. What a release holds are pairs:
``wins[i][j]`` people put option i above option j, ``ties[i][j]`` put them level, in a leading row for each block
where blocks are told apart.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations, permutations

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
    people = len(given)
    lower = (given[:, None, :] < given[:, :, None]).sum(axis=-1)
    alike = (given[:, None, :] == given[:, :, None]).sum(axis=-1)
    sums = (lower + (alike + 1) / 2).sum(axis=0)
    ties = (alike.astype(np.float64) ** 2 - 1).sum()
    return _concordance(sums, people=people, tie_term=float(ties))


def kendall_w_from_pairs(wins: ArrayLike, *, ties: ArrayLike, tie_term: float) -> Concordance:
    """Kendall's W of the same people as ``kendall_w``, from pair counts summed over blocks.

    Parameters
    ----------
    wins, ties : array_like of int, shape (n, n)
        People who put option i (row) above, and level with, option j; the diagonals count for nothing.
    tie_term : float
        Sum over people, and over each set of t options that one of them put level, of ``t**3 - t``: 0 if
        nobody tied any.

    Returns
    -------
    Concordance
        nan for nobody, or where everybody tied everything.

    Raises
    ------
    ValueError
        The counts are no pair counts, or not of the same people for every pair.

    Examples
    --------
    >>> kendall_w_from_pairs([[0, 3, 3], [0, 0, 3], [0, 0, 0]], ties=[[0] * 3] * 3, tie_term=0).w
    1.0
    """
    above, level, people = _one_block(wins, ties)
    if not 0 <= tie_term <= people * (len(above) ** 3 - len(above)):
        raise ValueError(f"{people} people can't tie as much as {tie_term}")
    sums = people + (above + level / 2).sum(axis=0)
    return _concordance(sums, people=people, tie_term=tie_term)


def tie_term_bounds(ties: ArrayLike, *, people: int) -> tuple[float, float]:
    """The smallest and the largest ``tie_term`` that *people* with these tied pairs can have.

    Pairs tell how many people put two options level, not whether they put a third one there as well. A set of t
    level options has ``t (t-1)/2`` pairs and ``t (t-1) (t-2)/6`` triples, and ``t**3 - t`` is six times their
    sum, so only the tied triples are open: of three options no more people tie all than tie the rarest pair,
    and no fewer than two of the pairs must share.

    Parameters
    ----------
    ties : array_like of int, shape (n, n)
        As in ``kendall_w_from_pairs``.

    Examples
    --------
    >>> tie_term_bounds([[0, 1, 1], [1, 0, 1], [1, 1, 0]], people=1)
    (24.0, 24.0)
    """
    level = np.array(ties, dtype=np.float64)
    if level.ndim != 2 or level.shape[0] != level.shape[1]:
        raise ValueError(f"ties need a row and a column for each option, not {level.shape}")
    pairs = level[np.triu_indices(len(level), 1)].sum()
    low = high = 0.0
    for one, two, three in combinations(range(len(level)), 3):
        rarest = min((level[one, two], level[one, three], level[two, three]))
        high += rarest
        most_in_common = level[one, two] + level[one, three] + level[two, three] - rarest
        low += max(0.0, most_in_common - people)
    return float(6 * (pairs + low)), float(6 * (pairs + high))


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


def pair_divergence(wins: ArrayLike, *, ties: ArrayLike) -> Split:
    """Split the divergence of ``ranking_divergence`` between and within blocks, from pair counts.

    Parameters
    ----------
    wins, ties : array_like of int, shape (..., G, n, n)
        People of each block who put option i (row) above, and level with, option j; the diagonals count for nothing.

    Raises
    ------
    ValueError
        The counts are no pair counts, or not of the same people for every pair of options in a block.

    Examples
    --------
    >>> wins = [[[0, 4], [0, 0]], [[0, 0], [4, 0]]]
    >>> float(pair_divergence(wins, ties=[[[0, 0], [0, 0]]] * 2).between)
    1.0
    """
    above, level, people = _pair_counts(wins, ties)
    if above.ndim < 3:
        raise ValueError(f"pair counts are split by block, not of shape {above.shape}")
    first, second = np.triu_indices(above.shape[-1], 1)
    higher = (above + level / 2)[..., first, second]
    return split(Tallies(tallies=higher, people=people, scale=4 / len(first)))


def borda(rankings: ArrayLike) -> Floats:
    """Borda points of each option, n minus its rank, summed over people: shape (m, n) to (n,)."""
    given = _rankings(rankings)
    return np.asarray((given.shape[1] - given).sum(axis=0))


def borda_from_pairs(wins: ArrayLike, *, ties: ArrayLike) -> Floats:
    """Borda points of each option, shape (..., n): how often it stands above another, ties half.

    Equal to ``borda`` of the same people when tied options carry their mean rank.

    Parameters
    ----------
    wins, ties : array_like of int, shape (..., n, n)
        As in ``kendall_w_from_pairs``.

    Examples
    --------
    >>> borda_from_pairs([[0, 2], [1, 0]], ties=[[0, 1], [1, 0]]).tolist()
    [2.5, 1.5]
    """
    above, level, _ = _pair_counts(wins, ties)
    return np.asarray((above + level / 2).sum(axis=-1))


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
    return _least_against((given[:, :, None] > given[:, None, :]).sum(axis=0))


def kemeny_from_pairs(wins: ArrayLike, *, ties: ArrayLike) -> Kemeny:
    """The orders of ``kemeny`` for the same people, from pair counts summed over blocks.

    Parameters
    ----------
    wins, ties : array_like of int, shape (n, n)
        As in ``kendall_w_from_pairs``; a tie opposes no order.

    Raises
    ------
    ValueError
        More than 8 options, or counts that are no pair counts.

    Examples
    --------
    >>> kemeny_from_pairs([[0, 2], [1, 0]], ties=[[0, 0], [0, 0]])
    Kemeny(distance=1.0, orders=((0, 1),))
    """
    above, _, _ = _one_block(wins, ties)
    return _least_against(above.T)


def _least_against(against: ArrayLike) -> Kemeny:
    """The orders with the smallest sum of ``against[i, j]``, people who object to i above j."""
    objections = np.asarray(against)
    options = len(objections)
    if options > MOST_FOR_KEMENY:
        raise ValueError(f"at most {MOST_FOR_KEMENY} options can be put in Kemeny's order, not {options}")
    orders = np.array(list(permutations(range(options))))
    first, second = np.triu_indices(options, 1)
    distances = objections[orders[:, first], orders[:, second]].sum(axis=-1)
    best = orders[distances == distances.min()]
    return Kemeny(distance=float(distances.min()), orders=tuple(tuple(int(i) for i in order) for order in best))


def _concordance(sums: Floats, *, people: int, tie_term: float) -> Concordance:
    options = len(sums)
    most = people**2 * (options**3 - options) - people * tie_term
    if most <= 0:
        return Concordance(w=math.nan, chi_squared=math.nan, p=math.nan)
    w = float(12 * ((sums - sums.mean()) ** 2).sum() / most)
    chi_squared = people * (options - 1) * w
    return Concordance(w=w, chi_squared=chi_squared, p=chi_squared_tail(chi_squared, df=options - 1))


def _rankings(rankings: ArrayLike) -> Floats:
    given = np.array(rankings, dtype=np.float64)
    if given.ndim != 2 or given.shape[0] < 1 or given.shape[1] < 2:
        raise ValueError(f"rankings need people and at least two options, got shape {given.shape}")
    return given


def _pairs_above(given: Floats) -> Floats:
    """1 where a person ranks the first option of a pair above the second, 1/2 for a tie, shape (m, pairs)."""
    first, second = np.triu_indices(given.shape[1], 1)
    return np.asarray((1 + np.sign(given[:, second] - given[:, first])) / 2)


def _pair_counts(wins: ArrayLike, ties: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Wins and ties, shape (..., n, n), diagonals 0, and the people of each block, shape (...)."""
    above, level = np.array(wins, dtype=np.float64), np.array(ties, dtype=np.float64)
    if above.ndim < 2 or above.shape != level.shape or above.shape[-2] != above.shape[-1] or above.shape[-1] < 2:
        raise ValueError(f"wins and ties need a row and a column for each option, not {above.shape}, {level.shape}")
    options = np.arange(above.shape[-1])
    above[..., options, options] = level[..., options, options] = 0
    if not (above >= 0).all() or not (level >= 0).all() or (level != np.swapaxes(level, -1, -2)).any():
        raise ValueError("wins and ties are numbers of people, and a tie counts both ways")
    first, second = np.triu_indices(len(options), 1)
    people = (above + np.swapaxes(above, -1, -2) + level)[..., first, second]
    if (people != people[..., :1]).any():
        raise ValueError("every pair of options needs the same people")
    return above, level, np.asarray(people[..., 0])


def _one_block(wins: ArrayLike, ties: ArrayLike) -> tuple[Floats, Floats, int]:
    above, level, people = _pair_counts(wins, ties)
    if above.ndim != 2:
        raise ValueError(f"pair counts of everybody together have two dimensions, not {above.ndim}")
    return above, level, int(people)
