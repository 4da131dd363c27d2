"""Ratings of organisations, before they are counted: whose count at all, and each person's one value for a sector.

A rating of one's own organisation never counts, nor one of an organisation without contact. What is left of a
person's ratings of a sector's organisations becomes their mean, rounded to the nearest answer, half down.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from xsector.model.instrument import Item, Kind
from xsector.model.modules import trust
from xsector.model.sheet import HIGHEST_LEVEL, Layout, Mark


def with_ratings_that_count(
    layout: Layout, marks: NDArray[np.uint8], *, organisations: Sequence[int | None]
) -> NDArray[np.uint8]:
    """Rows of marks without ratings that their authors' *organisations* weren't asked for, nor those without contact.

    Nobody is asked about their own.
    """
    rated = [(place, column.item) for place, column in enumerate(layout.columns) if column.item.about is not None]
    if not rated:
        return marks
    kept, homes = marks.copy(), np.array([-1 if one is None else one for one in organisations], dtype=np.int64)
    contact = {item.about: place for place, item in rated if item.parts[0] == trust.CONTACT}
    for place, item in rated:
        out = homes == item.about
        if item.raters:
            out |= ~np.isin(homes, item.raters)
        if item.about in contact and item.parts[0] != trust.CONTACT:
            out |= marks[:, contact[item.about]] == trust.NO_CONTACT
        kept[out, place] = Mark.NOT_APPLICABLE
    return kept


def averages(layout: Layout, marks: NDArray[np.uint8]) -> Iterator[NDArray[np.uint8]]:
    """For each question that averages others: everybody's mean of what they gave there, or why they have none."""
    places = {column.item.code: place for place, column in enumerate(layout.columns)}
    for column in layout.compared:
        if column.item.averages:
            yield _mean(marks[:, [places[code] for code in column.item.averages]])


def alone(layout: Layout) -> Iterator[tuple[int, Item]]:
    """Places and questions of the ratings that go to the rated organisation alone."""
    for place, column in enumerate(layout.columns):
        if column.item.kind is Kind.ROUND_ROBIN and column.item.parts[1] == trust.ALONE:
            yield place, column.item


def _mean(given: NDArray[np.uint8]) -> NDArray[np.uint8]:
    rated = given <= HIGHEST_LEVEL
    number = rated.sum(axis=1)
    total = np.where(rated, given, 0).astype(np.int64).sum(axis=1)
    # The smallest whole number that is at least the mean less a half: with whole numbers alone.
    level = -(-(2 * total - number) // np.maximum(2 * number, 1))
    why = np.where((given == Mark.CANNOT_JUDGE).any(axis=1), Mark.CANNOT_JUDGE, Mark.SKIPPED)
    why = np.where((given == Mark.NOT_APPLICABLE).all(axis=1), Mark.NOT_APPLICABLE, why)
    return np.where(number > 0, level, why).astype(np.uint8)
