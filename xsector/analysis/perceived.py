"""What a group believes others answer, beside what they do answer: gaps, four cases, and projection."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from xsector.analysis.effects import wasserstein1
from xsector.analysis.gaps import mean_positions
from xsector.analysis.tallies import NOTHING, Floats, counts_of, ratio
from xsector.analysis.thresholds import DEFAULT_GUESSES, GuessLimits


class Case(StrEnum):
    """Whether two groups are apart, and whether the one that guessed believes so."""

    SHARED = "shared and known"
    REAL = "real and known"
    HIDDEN = "hidden gap"
    IMAGINED = "imagined gap"


@dataclass(frozen=True, slots=True, kw_only=True)
class PerceptionGap:
    """Mean guess less mean answer in steps, its size, and the steps guesses must move to become the answers."""

    gap: float
    abs_gap: float
    w1: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Perceived:
    """One group's guess about another beside its own answers; steps are signed, from its own mean.

    ``real`` is how far above the group the others answer, ``believed`` how far above it thinks they do, ``gap``
    is believed less real. ``wrong_way`` marks groups that are apart and know it, but in the other direction.
    ``projection`` is how far the guess slid from the others' true mean (0) toward the group's own (1); nan
    unless the groups are apart. Too few answers: case None, steps nan.
    """

    case: Case | None
    real: float
    believed: float
    gap: float
    wrong_way: bool
    projection: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """How many people guessed that others answer as they do themselves.

    ``same`` is their share, ``by_chance`` the share if guesses were dealt out at random among them, ``beyond``
    the excess as a share of what is possible (1: everybody guessed their own answer).
    """

    same: float
    by_chance: float
    beyond: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SurprisinglyPopular:
    """Share of each option less the share that was predicted, shape (C,), and the option that exceeds most."""

    gaps: Floats
    option: int | None


def perception_gap(guesses: ArrayLike, *, actual: ArrayLike) -> PerceptionGap:
    """How far guesses about a group are from its answers, in scale steps.

    Parameters
    ----------
    guesses, actual : array_like of int, shape (K,)
        Guesses, and people of the group that was guessed about, at each scale position, lowest first.

    Returns
    -------
    PerceptionGap
        nan where nobody guessed or nobody answered.

    Raises
    ------
    ValueError
        The scales differ in length.

    Examples
    --------
    >>> perception_gap([0, 2, 0, 0, 0], actual=[0, 0, 0, 2, 2]).gap
    -2.5
    """
    guessed, answered = _same_scale(guesses, actual)
    gap = float(mean_positions(guessed[None])[0] - mean_positions(answered[None])[0])
    return PerceptionGap(gap=gap, abs_gap=abs(gap), w1=float(wasserstein1(np.stack([guessed, answered]))))


def perceived_case(
    own: ArrayLike, *, guesses: ArrayLike, actual: ArrayLike, limits: GuessLimits = DEFAULT_GUESSES
) -> Perceived:
    """Which of the four cases a group's guess about another is.

    Groups count as apart from ``limits.gap`` of the scale on. Apart and believed so is real and known, apart
    and not believed so a hidden gap, believed apart without being so an imagined gap, else shared and known.

    Parameters
    ----------
    own, guesses, actual : array_like of int, shape (K,)
        The group's own answers, its guesses about the others, and the others' answers, counted by scale
        position, lowest first.
    limits : GuessLimits
        What counts as apart, and how many answers it takes.

    Raises
    ------
    ValueError
        The scales differ in length.

    References
    ----------
    Ross, Greene & House (1977), *Journal of Experimental Social Psychology* 13, 279-301 (false consensus).

    Examples
    --------
    >>> str(perceived_case([0, 0, 0, 4, 0], guesses=[0, 4, 0, 0, 0], actual=[0, 0, 0, 3, 1]).case)
    'imagined gap'
    """
    counts = np.stack(_same_scale(own, guesses, actual))
    if counts.sum(axis=-1).min() < limits.fewest_answers:
        return Perceived(
            case=None, real=math.nan, believed=math.nan, gap=math.nan, wrong_way=False, projection=math.nan
        )
    ours, guessed, theirs = (float(mean) for mean in mean_positions(counts))
    real, believed = theirs - ours, guessed - ours
    apart = limits.gap * (counts.shape[-1] - 1) - NOTHING
    is_real, is_believed = abs(real) >= apart, abs(believed) >= apart
    return Perceived(
        case=_case(is_real, is_believed),
        real=real,
        believed=believed,
        gap=guessed - theirs,
        wrong_way=is_real and is_believed and real * believed < 0,
        projection=(theirs - guessed) / real if is_real else math.nan,
    )


def projection(table: ArrayLike) -> Projection:
    """How many people guess their own answer for the others, beyond chance.

    Parameters
    ----------
    table : array_like of int, shape (K, K)
        People by their own answer (row) and their guess (column).

    Returns
    -------
    Projection
        nan where nobody did both; ``beyond`` also where all chose the same position for both.

    Raises
    ------
    ValueError
        *table* is not square.

    References
    ----------
    Cohen (1960), *Educational and Psychological Measurement* 20, 37-46 (``beyond`` is his kappa);
    Krueger & Clement (1994), *Journal of Personality and Social Psychology* 67, 596-610.

    Examples
    --------
    >>> projection([[3, 1], [1, 3]])
    Projection(same=0.75, by_chance=0.5, beyond=0.5)
    """
    counts = counts_of(table)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1]:
        raise ValueError(f"answers and guesses stand on the same scale, not in a table of shape {counts.shape}")
    people = counts.sum()
    same = float(ratio(np.trace(counts), people))
    by_chance = float(ratio((counts.sum(axis=0) * counts.sum(axis=1)).sum(), people**2))
    return Projection(same=same, by_chance=by_chance, beyond=float(ratio(same - by_chance, 1 - by_chance)))


def surprisingly_popular(votes: ArrayLike, *, predicted: ArrayLike) -> SurprisinglyPopular:
    """The option that more people chose than people predicted.

    Parameters
    ----------
    votes, predicted : array_like, shape (C,)
        What each option got and the mean of what people thought it would get; each is divided by its own sum.

    Returns
    -------
    SurprisinglyPopular
        ``option`` is None where two exceed alike or every prediction was right.

    Raises
    ------
    ValueError
        The two do not fit each other.

    References
    ----------
    Prelec, Seung & McCoy (2017), *Nature* 541, 532-535, doi:10.1038/nature21054

    Examples
    --------
    >>> surprisingly_popular([66, 34], predicted=[75, 25]).option
    1
    """
    chosen, expected = _same_scale(votes, predicted)
    gaps = ratio(chosen, chosen.sum()) - ratio(expected, expected.sum())
    first, *others = np.argsort(-gaps, kind="stable")
    clear = gaps[first] > NOTHING and gaps[first] - gaps[others[0]] > NOTHING
    return SurprisinglyPopular(gaps=gaps, option=int(first) if clear else None)


def _same_scale(*counts: ArrayLike) -> list[Floats]:
    given = [counts_of(one) for one in counts]
    if len({one.shape for one in given}) > 1 or given[0].ndim != 1:
        raise ValueError(f"counts of one scale are compared, not of shapes {[one.shape for one in given]}")
    return given


def _case(is_real: bool, is_believed: bool) -> Case:
    if is_real:
        return Case.REAL if is_believed else Case.HIDDEN
    return Case.IMAGINED if is_believed else Case.SHARED
