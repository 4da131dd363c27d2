"""Kenny's Social Relations Model: what each organisation gives, receives, and keeps for one other.

``matrix[i][j]`` is "i rates j" in scale steps, nan where there is no rating; the diagonal counts for nothing.
A rating is mean + perceiver effect of i + target effect of j + relationship of i with j.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xsector.analysis import round_robin
from xsector.analysis.round_robin import Covariances, Fit
from xsector.analysis.tallies import NOTHING, Floats, ratio
from xsector.analysis.thresholds import DEFAULT_ROUND_ROBIN, RoundRobinLimits


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SocialRelations:
    """The parts of one round robin; everything that is undefined is nan.

    ``perceiver``, ``target`` (n,) and ``relationship`` (n, n) are in scale steps; ``organisations`` is how many
    both rated and were rated. Variances and covariances are in squared steps and not clipped, so a variance
    may be negative. Shares are of the variances with negative ones at 0. ``generalized_reciprocity``
    correlates what organisations give with what they receive, ``dyadic_reciprocity`` the two relationships
    of a pair, both cut at -1 and 1. ``reliability_*`` is the share of the variance of the effects that would
    be the same with other partners.
    """

    organisations: int
    mean: float
    perceiver: Floats
    target: Floats
    relationship: Floats
    var_perceiver: float
    var_target: float
    var_relationship: float
    cov_generalized: float
    cov_dyadic: float
    share_perceiver: float
    share_target: float
    share_relationship: float
    generalized_reciprocity: float
    dyadic_reciprocity: float
    reliability_perceiver: float
    reliability_target: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardErrors:
    """Standard errors of the variances and covariances of the same names in ``SocialRelations``."""

    var_perceiver: float
    var_target: float
    var_relationship: float
    cov_generalized: float
    cov_dyadic: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossRelations:
    """How the parts of two ratings of the same organisations go together, as covariances and correlations."""

    covariances: Covariances
    correlations: Covariances


def social_relations(
    matrix: ArrayLike, *, questions: int = 1, limits: RoundRobinLimits = DEFAULT_ROUND_ROBIN
) -> SocialRelations:
    """Split the ratings of one round robin into mean, perceivers, targets and relationships.

    Missing ratings are left out, never filled in: effects are least squares over the ratings there are. Who
    rated nobody has no perceiver effect, who was rated by nobody no target effect. Nothing is defined where
    fewer than ``limits.fewest_for_effects`` organisations both rated and were rated, or where the ratings
    fall into pieces without a common rater or rated; shares, reciprocity and reliability need more.

    Parameters
    ----------
    matrix : array_like, shape (n, n)
        Ratings in scale steps; nan or None where there is none.
    questions : int
        Questions that were averaged into *matrix*.
    limits : RoundRobinLimits
        How many organisations it takes.

    Raises
    ------
    ValueError
        *matrix* is not square.

    References
    ----------
    Kenny, Kashy & Cook (2006), *Dyadic Data Analysis*, chapter 8; Bonito & Kenny (2010), *Personal
    Relationships* 17, 235-251 (reliability).

    Examples
    --------
    >>> gives, gets = [1, 0, 0, -1], [0, 1, -1, 0]
    >>> found = social_relations([[4 + a + b for b in gets] for a in gives])
    >>> [round(float(effect), 9) + 0.0 for effect in found.target]
    [0.0, 1.0, -1.0, 0.0]
    """
    ratings = round_robin.square(matrix)
    fit = round_robin.fit_of(~np.isnan(ratings))
    values = ratings[fit.giver, fit.receiver]
    if not fit.identified or fit.both_ways < limits.fewest_for_effects:
        return _joined(ratings, fit, values, found=round_robin.UNDEFINED, speaks=False, shares=False)
    found = round_robin.covariances(fit, first=values, second=values)
    return _joined(ratings, fit, values, found=found, speaks=True, shares=_shares_speak(fit, questions, limits))


def average_over_questions(matrices: ArrayLike, *, limits: RoundRobinLimits = DEFAULT_ROUND_ROBIN) -> Floats:
    """One matrix of ratings, shape (n, n), from those of several questions, shape (Q, n, n).

    Each question's mean is first brought to the mean of all, so that skipping a harsh question does not make a
    rating look kind. A pair with fewer than ``limits.questions_answered`` of the questions is nan.
    """
    given = np.array(matrices, dtype=np.float64)
    if given.ndim != 3 or given.shape[1] != given.shape[2] or not len(given):
        raise ValueError(f"questions with a row and a column for each organisation are averaged, not {given.shape}")
    given[:, np.eye(given.shape[1], dtype=bool)] = np.nan
    there = ~np.isnan(given)
    known = np.where(there, given, 0.0)
    answers = there.sum(axis=(1, 2))
    means = ratio(known.sum(axis=(1, 2)), answers)
    asked = answers > 0
    shift = np.where(asked, means[asked].mean() if asked.any() else math.nan, 0.0) - np.where(asked, means, 0.0)
    number = there.sum(axis=0)
    summed = np.where(there, given + shift[:, None, None], 0.0).sum(axis=0)
    return np.where(number >= limits.questions_answered * len(given), ratio(summed, number), np.nan)


def standard_errors(found: SocialRelations) -> StandardErrors:
    """Standard errors of the variances and covariances; nan unless every rating is there.

    The effects' mean squares and products have n - 1 degrees of freedom, sums of the two relationships of a
    pair n(n-3)/2, their differences (n-1)(n-2)/2, all independent under normality; each variance of a mean
    square is replaced by its unbiased estimate.

    References
    ----------
    Bond & Lashley (1996), *Psychometrika* 61, 303-311.
    """
    n = len(found.perceiver)
    if np.isnan(found.relationship).sum() > n or n < 4:
        return StandardErrors(**dict.fromkeys(StandardErrors.__dataclass_fields__, math.nan))
    own, cross = _noise(n, found.var_relationship, found.cov_dyadic)
    giving, getting, both = found.var_perceiver + own, found.var_target + own, found.cov_generalized + cross
    alike = 2 * (found.var_relationship + found.cov_dyadic) ** 2 / (n * (n - 3) / 2 + 2)
    apart = 2 * (found.var_relationship - found.cov_dyadic) ** 2 / ((n - 1) * (n - 2) / 2 + 2)
    leaked = alike / (2 * (n - 2)) ** 2 + apart / (2 * n) ** 2
    product = ((n - 1) * giving * getting + (n - 3) * both**2) / ((n + 1) * (n - 2))
    relationship = math.sqrt((alike + apart) / 4)
    return StandardErrors(
        var_perceiver=math.sqrt(2 * giving**2 / (n + 1) + leaked),
        var_target=math.sqrt(2 * getting**2 / (n + 1) + leaked),
        var_relationship=relationship,
        cov_generalized=math.sqrt(product + leaked),
        cov_dyadic=relationship,
    )


def cross_relations(
    first: ArrayLike, second: ArrayLike, *, limits: RoundRobinLimits = DEFAULT_ROUND_ROBIN
) -> CrossRelations:
    """How two ratings of the same organisations go together, part by part, over the ratings that are in both.

    With "how I trust you" and "how I think you trust me" the correlation of perceiver with target is how well
    organisations know what they are given. Correlations are cut at -1 and 1 and nan where a variance is not
    above 0, or where fewer than ``limits.fewest_for_shares`` organisations both rated and were rated.

    Parameters
    ----------
    first, second : array_like, shape (n, n)

    References
    ----------
    Kenny (1994), *Interpersonal Perception*, chapter 2 and appendix B.
    """
    one, other = round_robin.square(first), round_robin.square(second)
    if one.shape != other.shape:
        raise ValueError(f"ratings of {len(one)} and of {len(other)} organisations can't be compared")
    fit = round_robin.fit_of(~(np.isnan(one) | np.isnan(other)))
    if not fit.identified or fit.both_ways < limits.fewest_for_effects:
        return CrossRelations(covariances=round_robin.UNDEFINED, correlations=round_robin.UNDEFINED)
    x, y = (ratings[fit.giver, fit.receiver] for ratings in (one, other))
    found = round_robin.covariances(fit, first=x, second=y)
    if not _shares_speak(fit, 1, limits):
        return CrossRelations(covariances=found, correlations=round_robin.UNDEFINED)
    of_x, of_y = (round_robin.covariances(fit, first=values, second=values) for values in (x, y))
    return CrossRelations(covariances=found, correlations=_correlations(found, of_x, of_y))


def _joined(
    ratings: Floats, fit: Fit, values: Floats, *, found: Covariances, speaks: bool, shares: bool
) -> SocialRelations:
    unknown = math.nan
    perceiver = np.where(fit.perceives & speaks, fit.to_perceiver @ values, unknown)
    target = np.where(fit.perceived & speaks, fit.to_target @ values, unknown)
    relationship = np.full(ratings.shape, unknown)
    if speaks:
        relationship[fit.giver, fit.receiver] = round_robin.residuals(fit, values)
    parts = (found.perceiver_perceiver, found.target_target, found.intrapersonal)
    above = [max(0.0, part) if shares else unknown for part in parts]
    share_perceiver, share_target, share_relationship = (float(ratio(part, sum(above))) for part in above)
    return SocialRelations(
        organisations=fit.both_ways,
        mean=float(fit.to_mean @ values) if speaks else unknown,
        perceiver=perceiver,
        target=target,
        relationship=relationship,
        var_perceiver=parts[0],
        var_target=parts[1],
        var_relationship=parts[2],
        cov_generalized=found.perceiver_target,
        cov_dyadic=found.interpersonal,
        share_perceiver=share_perceiver,
        share_target=share_target,
        share_relationship=share_relationship,
        generalized_reciprocity=_correlation(found.perceiver_target, above[0], above[1]),
        dyadic_reciprocity=_correlation(found.interpersonal, above[2], above[2]),
        reliability_perceiver=_reliability(above[0], perceiver),
        reliability_target=_reliability(above[1], target),
    )


def _shares_speak(fit: Fit, questions: int, limits: RoundRobinLimits) -> bool:
    averaged = questions >= limits.questions_for_averaged
    return fit.both_ways >= (limits.fewest_for_shares_averaged if averaged else limits.fewest_for_shares)


def _noise(n: int, var_relationship: float, cov_dyadic: float) -> tuple[float, float]:
    """What relationships add to variances and to the covariance of effects when every rating is there."""
    own = ((n - 1) * var_relationship + cov_dyadic) / (n * (n - 2))
    cross = ((n - 1) * cov_dyadic + var_relationship) / (n * (n - 2))
    return own, cross


def _reliability(variance: float, effects: Floats) -> float:
    known = effects[~np.isnan(effects)]
    return float(ratio(variance, known.var(ddof=1))) if len(known) > 1 else math.nan


def _correlation(covariance: float, first: float, second: float) -> float:
    if math.isnan(covariance) or not min(first, second) > NOTHING:
        return math.nan
    return max(-1.0, min(1.0, covariance / math.sqrt(first * second)))


def _correlations(found: Covariances, first: Covariances, second: Covariances) -> Covariances:
    return Covariances(
        perceiver_perceiver=_correlation(
            found.perceiver_perceiver, first.perceiver_perceiver, second.perceiver_perceiver
        ),
        target_target=_correlation(found.target_target, first.target_target, second.target_target),
        perceiver_target=_correlation(found.perceiver_target, first.perceiver_perceiver, second.target_target),
        target_perceiver=_correlation(found.target_perceiver, first.target_target, second.perceiver_perceiver),
        intrapersonal=_correlation(found.intrapersonal, first.intrapersonal, second.intrapersonal),
        interpersonal=_correlation(found.interpersonal, first.intrapersonal, second.intrapersonal),
    )
