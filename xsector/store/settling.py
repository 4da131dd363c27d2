"""Answers that belong together, before they are counted.

Half-given points count as no answer, pairs are compared, “same as today” becomes what is said of today, and ratings
of organisations become one value for their sector. The ratings themselves are not counted.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from xsector.model.instrument import Kind
from xsector.model.modules import priorities, roles
from xsector.model.modules.kinds import Ask, Mode, Module
from xsector.model.sheet import HIGHEST_LEVEL, Layout, Mark
from xsector.store.averaging import averages

BELOW, LEVEL, ABOVE = range(3)
"""What the first of a pair of answers is to the second."""


def settled(layout: Layout, marks: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Rows of marks, shape (people, columns), as they are counted: shape (people, ``layout.counted``)."""
    together, same = list(_together(layout)), list(_same(layout))
    shown = [column.item.kind is not Kind.ROUND_ROBIN for column in layout.columns]
    if not together and not same and all(shown):
        return marks
    kept = marks.copy()
    for now, should in same:
        kept[:, should] = _resolved(kept, now=now, should=should, layout=layout)
    for places in together:
        whole = fitting(kept[:, places], levels=len(layout.columns[places[0]].item.levels))
        kept[:, places] = np.where(whole[:, None], kept[:, places], np.uint8(Mark.SKIPPED))
    pairs = [_compared(kept, *pair) for pair in _pairs(layout)]
    return np.column_stack([kept[:, shown], *pairs, *averages(layout, kept)])


def fitting(given: NDArray[np.uint8], *, levels: int) -> NDArray[np.bool_]:
    """Which rows of *given* levels, shape (people, options), ``priorities.fits``: all of them at once."""
    if levels == len(priorities.LEVELS[Mode.POINTS]):
        whole: NDArray[np.bool_] = given.astype(np.int64).sum(axis=1) == priorities.POINTS // priorities.STEP
        return whole
    chosen = range(1, min(priorities.TOP, given.shape[1]) + 1)
    once = [(given == level).sum(axis=1) == 1 for level in chosen]
    rest = (given == 0).sum(axis=1) == given.shape[1] - len(chosen)
    fits: NDArray[np.bool_] = np.all([*once, rest], axis=0)
    return fits


def _together(layout: Layout) -> Iterator[list[int]]:
    """Places of the columns of each point of view from which priorities are given."""
    found: dict[str, list[int]] = {}
    for place, column in enumerate(layout.columns):
        if column.item.module == Module.PRIORITIES:
            found.setdefault(column.item.parts[0], []).append(place)
    yield from found.values()


def _same(layout: Layout) -> Iterator[tuple[int, int]]:
    """Places of the two questions of each job: who leads today, and who should."""
    found = {column.item.parts: place for place, column in enumerate(layout.columns) if column.item.parts}
    for parts, place in found.items():
        if parts[-1] == Ask.SHOULD and (parts[0], Ask.NOW.value) in found:
            yield found[parts[0], Ask.NOW.value], place


def _resolved(marks: NDArray[np.uint8], *, now: int, should: int, layout: Layout) -> NDArray[np.uint8]:
    """Who should lead: where somebody says “same as today”, whom they name today, if they name anybody."""
    today, tomorrow = layout.columns[now].item.levels, layout.columns[should].item.levels
    named = len(today) - len(roles.beside(Ask.NOW))
    shared, together = named + roles.beside(Ask.NOW).index(roles.SHARED), tomorrow.index(roles.SHOULD_SHARE, named)
    is_same = marks[:, should] == tomorrow.index(roles.SAME, named)
    said = np.where(marks[:, now] == shared, np.uint8(together), marks[:, now])
    return np.where(is_same & (marks[:, now] <= shared), said, marks[:, should])


def _pairs(layout: Layout) -> Iterator[tuple[int, int]]:
    places = {column.item.code: place for place, column in enumerate(layout.columns)}
    for first, second in (column.item.compares for column in layout.compared if column.item.compares):
        yield places[first], places[second]


def _compared(marks: NDArray[np.uint8], first: int, second: int) -> NDArray[np.uint8]:
    one, other = marks[:, first].astype(np.int16), marks[:, second].astype(np.int16)
    side = np.select([one < other, one == other], [BELOW, LEVEL], default=ABOVE)
    unanswered = (one > HIGHEST_LEVEL) | (other > HIGHEST_LEVEL)
    return np.where(unanswered, int(Mark.SKIPPED), side).astype(np.uint8)
