"""Ratings of everybody by everybody, fitted by least squares to the ratings there are.

``rating[i, j] = mean + perceiver[i] + target[j] + relationship[i, j]``, effects of those who gave a rating
and of those who got one summing to 0. With every rating there, these are Kenny's formulas.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xsector.analysis.tallies import Floats

ROUNDING: Final = 1e-9
"""Singular values and determinants below this, beside the largest, are nought."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fit:
    """What least squares does with one pattern of N ratings among n organisations.

    ``giver`` and ``receiver`` say who rated whom, ``back`` which rating answers it (-1: none). ``basis``, shape
    (N, rank), spans what mean and effects can explain; ``to_mean`` (N,), ``to_perceiver`` and ``to_target``
    (n, N) turn ratings into estimates. ``identified`` tells whether the ratings determine them all.
    """

    giver: NDArray[np.intp]
    receiver: NDArray[np.intp]
    back: NDArray[np.intp]
    basis: Floats
    to_mean: Floats
    to_perceiver: Floats
    to_target: Floats
    perceives: NDArray[np.bool_]
    perceived: NDArray[np.bool_]
    identified: bool

    @property
    def both_ways(self) -> int:
        """Organisations that both gave and got a rating."""
        return int((self.perceives & self.perceived).sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class Covariances:
    """Covariances of the parts of two ratings, or of one with itself; not clipped, nan if undefined.

    ``intrapersonal``: my two relationship effects toward you; ``interpersonal``: mine toward you and yours
    toward me. Of one rating with itself the first two and ``intrapersonal`` are variances,
    ``perceiver_target`` is generalized and ``interpersonal`` dyadic reciprocity.
    """

    perceiver_perceiver: float
    target_target: float
    perceiver_target: float
    target_perceiver: float
    intrapersonal: float
    interpersonal: float


UNDEFINED: Final = Covariances(
    perceiver_perceiver=math.nan,
    target_target=math.nan,
    perceiver_target=math.nan,
    target_perceiver=math.nan,
    intrapersonal=math.nan,
    interpersonal=math.nan,
)


def square(matrix: ArrayLike) -> Floats:
    """Ratings as a new float array of shape (n, n), its diagonal nan.

    Raises
    ------
    ValueError
        Not a square, or a rating that is no number.
    """
    given = np.array(matrix, dtype=np.float64)
    if given.ndim != 2 or given.shape[0] != given.shape[1]:
        raise ValueError(f"each organisation needs a row and a column, got ratings of shape {given.shape}")
    np.fill_diagonal(given, np.nan)
    if np.isinf(given).any():
        raise ValueError("a rating must be a finite number, or nan where there is none")
    return given


def fit_of(present: ArrayLike) -> Fit:
    """Least squares for the ratings that are *present*, shape (n, n) of bool; the diagonal counts for nothing."""
    there = np.array(present, dtype=np.bool_)
    np.fill_diagonal(there, False)
    size = len(there)
    giver, receiver = np.nonzero(there)
    number = np.full(there.shape, -1)
    number[giver, receiver] = np.arange(len(giver))
    design = np.hstack([np.ones((len(giver), 1)), np.eye(size)[giver], np.eye(size)[receiver]])
    basis, solver = _solved(design)
    perceives, perceived = np.asarray(there.any(axis=1)), np.asarray(there.any(axis=0))
    to_perceiver, perceiver_mean = _centred(solver[1 : size + 1], perceives)
    to_target, target_mean = _centred(solver[size + 1 :], perceived)
    return Fit(
        giver=giver,
        receiver=receiver,
        back=number[receiver, giver],
        basis=basis,
        to_mean=solver[0] + perceiver_mean + target_mean,
        to_perceiver=to_perceiver,
        to_target=to_target,
        perceives=perceives,
        perceived=perceived,
        # One piece: whoever rated and whoever was rated are linked by ratings, so that no effect can slide.
        identified=len(giver) > 0 and basis.shape[1] == perceives.sum() + perceived.sum() - 1,
    )


def covariances(fit: Fit, *, first: Floats, second: Floats) -> Covariances:
    """Unbiased covariances of the parts of two ratings, each shape (N,) in the order of the fit.

    Products of effects and of residuals are set equal to what they are on average. Residuals hold nothing
    but relationships, so two equations give both relationship covariances; effects hold these too, in a
    measure that the pattern of ratings fixes, and it is taken off. With every rating there the results are
    those of Warner, Kenny & Stoto.

    References
    ----------
    Warner, Kenny & Stoto (1979), *Journal of Personality and Social Psychology* 37, 1742-1757;
    Henderson (1953), *Biometrics* 9, 226-252 (method 3, for unequal numbers).
    """
    same, other = _relationship_covariances(fit, first=first, second=second)
    if not fit.identified or math.isnan(same):
        return UNDEFINED
    givers, receivers = int(fit.perceives.sum()), int(fit.perceived.sum())
    both = fit.both_ways
    crossed = both * (1 - 1 / givers - 1 / receivers + both / (givers * receivers))

    def parts(left: Floats, right: Floats, free: float) -> float:
        noise = same * float((left * right).sum()) + other * float((left * _answered(fit, right)).sum())
        return (float((left @ first) @ (right @ second)) - noise) / free if free > ROUNDING else math.nan

    return Covariances(
        perceiver_perceiver=parts(fit.to_perceiver, fit.to_perceiver, givers - 1),
        target_target=parts(fit.to_target, fit.to_target, receivers - 1),
        perceiver_target=parts(fit.to_perceiver, fit.to_target, crossed),
        target_perceiver=parts(fit.to_target, fit.to_perceiver, crossed),
        intrapersonal=same,
        interpersonal=other,
    )


def residuals(fit: Fit, ratings: Floats) -> Floats:
    """What mean and effects leave of ratings of shape (N,)."""
    return np.asarray(ratings - fit.basis @ (fit.basis.T @ ratings))


def _relationship_covariances(fit: Fit, *, first: Floats, second: Floats) -> tuple[float, float]:
    """Covariance of relationships with themselves and with the answering ones; nan where few answer each other."""
    spanned = fit.basis.T
    turned = spanned @ _answered(fit, spanned).T
    answered = fit.back >= 0
    free = len(fit.giver) - len(spanned)
    mixed = -float(np.trace(turned))
    twice = float(answered.sum() - 2 * (spanned[:, answered] ** 2).sum() + (turned**2).sum())
    left, right = residuals(fit, first), residuals(fit, second)
    along, across = float(left @ right), float(left @ _answered(fit, right))
    together = free * twice - mixed**2
    if together <= ROUNDING * max(1, len(fit.giver)) ** 2:
        return math.nan, math.nan
    return (along * twice - across * mixed) / together, (across * free - along * mixed) / together


def _answered(fit: Fit, values: Floats) -> Floats:
    """Values, shape (..., N), of the ratings that answer each rating; 0 where none does."""
    return np.where(fit.back >= 0, values[..., fit.back], 0.0)


def _solved(design: Floats) -> tuple[Floats, Floats]:
    """An orthonormal basis of the columns and the matrix that solves least squares with the shortest result."""
    left, sizes, right = np.linalg.svd(design, full_matrices=False)
    kept = sizes > ROUNDING * sizes.max(initial=0.0)
    return left[:, kept], (right[kept].T / sizes[kept]) @ left[:, kept].T


def _centred(solver: Floats, present: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Effects that sum to 0 over those present, and the mean that was taken off."""
    if not present.any():
        return solver, np.zeros(solver.shape[1])
    mean = solver[present].mean(axis=0)
    return np.where(present[:, None], solver - mean, 0.0), mean
