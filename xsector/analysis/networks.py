"""Ties between organisations, such as "we have worked with them": how dense, how mutual, between which sectors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xsector.analysis.round_robin import square
from xsector.analysis.tallies import Floats, ratio


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Network:
    """A directed network; shares are nan where nothing is known.

    ``density`` is the share of possible ties that are there, ``arc_reciprocity`` the share of ties that are
    returned, over pairs of which both directions are known. ``mutual``, ``one_way`` and ``apart`` count these
    pairs. ``names`` and ``named_by`` (n,) are ties that go out and come in; ``alone`` are organisations
    with neither.
    """

    density: float
    arc_reciprocity: float
    mutual: int
    one_way: int
    apart: int
    names: Floats
    named_by: Floats
    alone: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Blocks:
    """Mean of the ratings or ties from each group (row) to each group (column), shape (G, G), and how many.

    ``means`` is nan where there is none; a group's own cell leaves out each organisation itself.
    """

    means: Floats
    numbers: Floats


def network(adjacency: ArrayLike) -> Network:
    """Density, reciprocity and the kinds of pairs of a directed network.

    Parameters
    ----------
    adjacency : array_like, shape (n, n)
        1 where the organisation of the row names that of the column, 0 where not, nan where it is not known;
        the diagonal counts for nothing.

    Raises
    ------
    ValueError
        Not square, or a tie that is neither 0 nor 1.

    References
    ----------
    Wasserman & Faust (1994), *Social Network Analysis*, chapters 4 and 13.

    Examples
    --------
    >>> found = network([[0, 1, 0], [1, 0, 1], [0, 0, 0]])
    >>> found.density, round(found.arc_reciprocity, 3), found.mutual, found.one_way, found.apart
    (0.5, 0.667, 1, 1, 1)
    """
    ties = square(adjacency)
    known = ~np.isnan(ties)
    if not np.isin(ties[known], (0, 1)).all():
        raise ValueError("a tie is there (1), not there (0), or not known (nan)")
    there = known & (ties == 1)
    pairs = np.triu(known & known.T, 1)
    mutual, one_way = int((pairs & there & there.T).sum()), int((pairs & (there ^ there.T)).sum())
    names, named_by = there.sum(axis=1), there.sum(axis=0)
    return Network(
        density=float(ratio(there.sum(), known.sum())),
        arc_reciprocity=float(ratio(2 * mutual, 2 * mutual + one_way)),
        mutual=mutual,
        one_way=one_way,
        apart=int(pairs.sum()) - mutual - one_way,
        names=names.astype(np.float64),
        named_by=named_by.astype(np.float64),
        alone=tuple(int(i) for i in np.flatnonzero(names + named_by == 0)),
    )


def sector_blocks(matrix: ArrayLike, *, groups: ArrayLike) -> Blocks:
    """Mean rating, or density of ties, from each group to each group.

    Parameters
    ----------
    matrix : array_like, shape (n, n)
        Ratings or ties, nan where there is none; the diagonal counts for nothing.
    groups : array_like of int, shape (n,)
        Each organisation's group, numbered from 0.

    Raises
    ------
    ValueError
        Not square, or *groups* does not fit.
    """
    ratings = square(matrix)
    labels = np.array(groups)
    if labels.shape != (len(ratings),) or not np.issubdtype(labels.dtype, np.integer) or (labels < 0).any():
        raise ValueError(f"{len(ratings)} organisations need a group each, numbered from 0, not {labels}")
    member = np.eye(int(labels.max(initial=-1)) + 1)[labels]
    known = ~np.isnan(ratings)
    numbers = member.T @ known @ member
    sums = member.T @ np.where(known, ratings, 0.0) @ member
    return Blocks(means=ratio(sums, numbers), numbers=np.asarray(numbers))
