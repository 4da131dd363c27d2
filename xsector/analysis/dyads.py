"""Pairs of organisations that rate each other: how one-sided they are.

``matrix[i][j]`` is "i rates j" in scale steps, nan where there is no rating; the diagonal counts for nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xsector.analysis.round_robin import square
from xsector.analysis.tallies import NOTHING, Floats, ratio


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DyadGaps:
    """Pairs that rated each other, most one-sided first, ties in the order of the organisations.

    ``gaps`` (pairs,) are steps by which the rating of ``givers`` exceeds the one they got from ``receivers``,
    never negative. ``mean_abs_gap`` is nan without a pair.
    """

    pairs: int
    mean_abs_gap: float
    givers: NDArray[np.intp]
    receivers: NDArray[np.intp]
    gaps: Floats

    @property
    def most_one_sided(self) -> tuple[int, int] | None:
        """Who gives more and who gives less in the widest pair; None if no pair differs."""
        if not self.pairs or self.gaps[0] < NOTHING:
            return None
        return int(self.givers[0]), int(self.receivers[0])


def dyad_gap(matrix: ArrayLike) -> DyadGaps:
    """How far apart the two ratings of each pair are, in scale steps.

    Parameters
    ----------
    matrix : array_like, shape (n, n)
        Ratings; a pair counts when both are there.

    Raises
    ------
    ValueError
        *matrix* is not square.

    References
    ----------
    Kenny, Kashy & Cook (2006), *Dyadic Data Analysis*, chapter 8.

    Examples
    --------
    >>> found = dyad_gap([[None, 5, 3], [2, None, None], [3, 4, None]])
    >>> found.pairs, found.mean_abs_gap, found.most_one_sided
    (2, 1.5, (0, 1))
    """
    ratings = square(matrix)
    first, second = _pairs(ratings)
    apart = ratings[first, second] - ratings[second, first]
    gives_more = apart >= 0
    # Rounding by 1e-12 keeps noise of the last digit from deciding a tie.
    order = np.argsort(-np.round(np.abs(apart), 12), kind="stable")
    return DyadGaps(
        pairs=len(first),
        mean_abs_gap=float(np.abs(apart).mean()) if len(first) else math.nan,
        givers=np.where(gives_more, first, second)[order],
        receivers=np.where(gives_more, second, first)[order],
        gaps=np.abs(apart)[order],
    )


def rating_reciprocity(matrix: ArrayLike) -> float:
    """Correlation of the two ratings of a pair, each pair entered both ways; from -1 to 1.

    It holds what organisations give and receive in general too; ``srm.SocialRelations.dyadic_reciprocity``
    is free of it. nan with fewer than two pairs, or if all ratings are alike.

    Parameters
    ----------
    matrix : array_like, shape (n, n)

    References
    ----------
    Fisher (1925), *Statistical Methods for Research Workers*, chapter 7 (intraclass correlation).
    """
    ratings = square(matrix)
    first, second = _pairs(ratings)
    if len(first) < 2:
        return math.nan
    given, returned = ratings[first, second], ratings[second, first]
    middle = np.concatenate([given, returned]).mean()
    spread = ((given - middle) ** 2 + (returned - middle) ** 2).sum() / 2
    return float(ratio(((given - middle) * (returned - middle)).sum(), spread))


def _pairs(ratings: Floats) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    both = ~np.isnan(ratings) & ~np.isnan(ratings.T)
    first, second = np.nonzero(np.triu(both, 1))
    return first, second
