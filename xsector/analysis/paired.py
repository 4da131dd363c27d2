"""Tests of change: the same people before and after, and two groups where nobody can be matched.

``table[b][a]`` is how many of the same people answered at position b before and at position a after.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xsector.analysis.students_t import chi_squared_tail
from xsector.analysis.tallies import NOTHING, Floats, counts_of, ratio

Wholes: TypeAlias = NDArray[np.int64]

MOST_PAIRED: Final = 400
MOST_DEALT: Final = 200
"""People up to whom every outcome is counted, of the same people and of two groups; beyond that it takes seconds."""
RANK_NOISE: Final = 1e-9
"""Rank sums this near to the observed one are as far out as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChiSquared:
    """A chi squared statistic, its degrees of freedom, and the chance of one as large (nan without any)."""

    chi2: float
    df: int
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedRank:
    """Wilcoxon's signed rank test, two-sided and exact.

    ``v`` is the rank sum of those who went down, those who stayed left out before ranking.
    ``p_exact_pratt`` ranks them too and drops them afterwards, ``p_exact_drop_zeros`` before.
    """

    v: float
    p_exact_pratt: float
    p_exact_drop_zeros: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """Of the same people: how many answered twice, shares that went up, stayed, went down, and the mean step."""

    people: int
    up: float
    same: float
    down: float
    mean_step: float


def moves(table: ArrayLike) -> Moves:
    """Who went up, stayed or went down, of the same people; shares are nan for nobody.

    Parameters
    ----------
    table : array_like of int, shape (K, K)
        People by position before (row) and after (column), lowest first.

    Examples
    --------
    >>> moves([[1, 2], [0, 1]])
    Moves(people=4, up=0.5, same=0.5, down=0.0, mean_step=0.5)
    """
    counts = _square(table)
    people = counts.sum()
    steps = np.subtract.outer(np.arange(len(counts)), np.arange(len(counts))).T
    up, same, down = (float(ratio(counts[kind].sum(), people)) for kind in (steps > 0, steps == 0, steps < 0))
    mean_step = float(ratio((counts * steps).sum(), people))
    return Moves(people=int(people), up=up, same=same, down=down, mean_step=mean_step)


def wilcoxon_signed_rank(table: ArrayLike) -> SignedRank:
    """Exact test whether the same people moved one way, ties and people who stayed included.

    Parameters
    ----------
    table : array_like of int, shape (K, K)
        People by position before (row) and after (column), lowest first.

    Returns
    -------
    SignedRank
        p = 1 where nobody moved, all nan where nobody answered twice.

    Raises
    ------
    ValueError
        *table* is not square, or holds more than ``MOST_PAIRED`` people.

    References
    ----------
    Pratt (1959), *Journal of the American Statistical Association* 54, 655-667.

    Examples
    --------
    >>> wilcoxon_signed_rank([[1, 3, 0], [0, 2, 1], [0, 0, 1]]).p_exact_pratt
    0.125
    """
    counts = _square(table)
    if not counts.sum():
        return SignedRank(v=math.nan, p_exact_pratt=math.nan, p_exact_drop_zeros=math.nan)
    _few(counts.sum(), most=MOST_PAIRED)
    size = len(counts)
    down = np.array([np.trace(counts, offset=-step) for step in range(size)])
    up = np.array([np.trace(counts, offset=step) for step in range(size)])
    moved = np.concatenate([[0.0], (up + down)[1:]])
    stayed = np.concatenate([[counts.trace()], moved[1:]])
    dropped = _doubled_ranks(moved)
    return SignedRank(
        v=float(down[1:] @ dropped[1:] / 2),
        p_exact_pratt=_signed_p(_doubled_ranks(stayed)[1:], up[1:], down[1:]),
        p_exact_drop_zeros=_signed_p(dropped[1:], up[1:], down[1:]),
    )


def wilcoxon_exact_p(table: ArrayLike) -> float:
    """Chance that dealing the same answers to two groups gives rank sums as far apart; exact, two-sided.

    Parameters
    ----------
    table : array_like of int, shape (2, K)
        People of each group at each scale position, lowest first; ties are kept.

    Returns
    -------
    float
        nan where a group has no answer.

    Raises
    ------
    ValueError
        Not two groups, or more than ``MOST_DEALT`` people.

    References
    ----------
    Lehmann (1975), *Nonparametrics*, chapter 1, section 4 (ties).

    Examples
    --------
    >>> round(wilcoxon_exact_p([[2, 1, 0], [0, 1, 2]]), 9)
    0.2
    """
    counts = counts_of(table)
    if counts.ndim != 2 or len(counts) != 2:
        raise ValueError(f"two groups are compared, not a table of shape {counts.shape}")
    if not counts.sum(axis=1).all():
        return math.nan
    _few(counts.sum(), most=MOST_DEALT)
    both, smaller = counts.sum(axis=0), counts[counts.sum(axis=1).argmin()]
    # Only distances between ranks matter once the group's size is fixed, and smaller numbers are counted faster.
    ranks = _doubled_ranks(both).astype(np.int64)
    steps = ranks - ranks[both > 0].min()
    steps //= max(1, np.gcd.reduce(steps[both > 0]))
    deals = _deals(both.astype(np.int64), steps, size=int(smaller.sum()))
    middle = smaller.sum() * (both @ steps) / both.sum()
    off = np.abs(np.arange(len(deals)) - middle)
    return float(min(1.0, deals[off >= abs(smaller @ steps - middle) - RANK_NOISE].sum() / deals.sum()))


def mcnemar_exact(table: ArrayLike) -> float:
    """Chance of as uneven a change between yes and no if each who changed was as likely to go either way.

    Parameters
    ----------
    table : array_like of int, shape (2, 2)
        People by answer before (row) and after (column); those who stayed count for nothing.

    Returns
    -------
    float
        Two-sided and exact; 1 where nobody changed.

    References
    ----------
    McNemar (1947), *Psychometrika* 12, 153-157.

    Examples
    --------
    >>> mcnemar_exact([[9, 1], [8, 9]])
    0.0390625
    """
    counts = _square(table)
    if len(counts) != 2:
        raise ValueError(f"yes and no are two answers, not {len(counts)}")
    fewer, changed = int(min(counts[0, 1], counts[1, 0])), int(counts[0, 1] + counts[1, 0])
    tail = sum(math.comb(changed, number) for number in range(fewer + 1))
    # Whole numbers are divided, so that thousands of people neither overflow nor vanish.
    return float(min(1.0, 2 * tail / 2**changed))


def stuart_maxwell(table: ArrayLike) -> ChiSquared:
    """Whether the same people's answers are spread differently after than before.

    Categories without people, or between which nobody moved, take no degree of freedom: df is the number of
    categories less the number of pieces that moves tie together.

    Parameters
    ----------
    table : array_like of int, shape (K, K)
        People by answer before (row) and after (column).

    References
    ----------
    Stuart (1955), *Biometrika* 42, 412-416; Maxwell (1970), *British Journal of Psychiatry* 116, 651-655.

    Examples
    --------
    >>> found = stuart_maxwell([[3, 4], [1, 3]])
    >>> round(found.chi2, 9), found.df
    (1.8, 1)
    """
    counts = _square(table)
    lost = counts.sum(axis=1) - counts.sum(axis=0)
    moved = counts + counts.T
    np.fill_diagonal(moved, 0.0)
    spread, directions = np.linalg.eigh(np.diag(moved.sum(axis=1)) - moved)
    kept = spread > NOTHING * max(1.0, float(spread[-1])) * len(counts)
    return _chi_squared(float(((lost @ directions[:, kept]) ** 2 / spread[kept]).sum()), df=int(kept.sum()))


def bowker(table: ArrayLike) -> ChiSquared:
    """Whether moves from one answer to another are as many as moves back, pair by pair.

    ``df`` is the number of pairs of answers between which somebody moved.

    Parameters
    ----------
    table : array_like of int, shape (K, K)
        People by answer before (row) and after (column).

    References
    ----------
    Bowker (1948), *Journal of the American Statistical Association* 43, 572-574.

    Examples
    --------
    >>> bowker([[3, 4], [1, 3]]).chi2
    1.8
    """
    counts = _square(table)
    first, second = np.triu_indices(len(counts), 1)
    there, back = counts[first, second], counts[second, first]
    moved = there + back > 0
    chi2 = ((there - back)[moved] ** 2 / (there + back)[moved]).sum()
    return _chi_squared(float(chi2), df=int(moved.sum()))


def _chi_squared(chi2: float, *, df: int) -> ChiSquared:
    return ChiSquared(chi2=chi2, df=df, p=chi_squared_tail(chi2, df=df) if df else math.nan)


def _square(table: ArrayLike) -> Floats:
    counts = counts_of(table)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1]:
        raise ValueError(f"before and after stand on the same scale, not in a table of shape {counts.shape}")
    return counts


def _few(people: float, *, most: int) -> None:
    if people > most:
        raise ValueError(f"this exact test is for at most {most} people, not {people:.0f}")


def _doubled_ranks(counts: Floats) -> Floats:
    """Twice the mean rank of the people at each level, so that it is whole."""
    return np.asarray(2 * np.cumsum(counts) - counts + 1)


def _signed_p(ranks: Floats, up: Floats, down: Floats) -> float:
    """Two-sided chance of the signed ranks if everybody was as likely to go up as down."""
    people, steps = (up + down).astype(np.int64), ranks.astype(np.int64)
    sums = np.zeros(int(people @ steps) + 1)
    sums[0] = 1.0
    for number, step in zip(people, steps, strict=True):
        for _ in range(number):
            shifted = np.concatenate([np.zeros(step), sums[: len(sums) - step]])
            sums = (sums + shifted) / 2
    middle = (len(sums) - 1) / 2
    off = np.abs(np.arange(len(sums)) - middle)
    return float(min(1.0, sums[off >= abs(up @ ranks - middle) - RANK_NOISE].sum()))


def _deals(people: Wholes, ranks: Wholes, *, size: int) -> Floats:
    """Relative number of ways in which *size* of the people have each sum of ranks."""
    highest = int(np.sort(np.repeat(ranks, people))[-size:].sum())
    ways = np.zeros((size + 1, highest + 1))
    ways[0, 0] = 1.0
    for number, rank in zip(people, ranks, strict=True):
        for _ in range(number):
            ways[1:, rank:] += ways[:-1, : highest + 1 - rank]
        ways /= ways.max()
    return np.asarray(ways[size])
