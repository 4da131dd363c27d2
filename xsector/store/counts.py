"""Counting finished sheets, once, at the seal: the only place where answers of all are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from xsector.model.sheet import HIGHEST_LEVEL, Layout, Mark
from xsector.store import rounds, sheets
from xsector.store.averaging import alone, with_ratings_that_count
from xsector.store.settling import settled

MARKS = 256
Group = tuple[str, str, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Counts of one round's finished sheets.

    ``people[g, c, mark]`` is the number of people of group g with this mark in column c of the layout's
    ``counted``; a group is a past and a sector, and an organisation where that may be named. Nothing finer is
    counted, but ``said``: of the questions that are answered in an organisation's name, people by group,
    organisation, code and mark. ``raters`` are people by group, own organisation and the sector question that
    their ratings answer; ``alone`` are those whose rating goes to the rated organisation alone, by group, own
    organisation, code and mark.
    """

    groups: tuple[Group, ...]
    people: NDArray[np.int64]
    said: Counter[tuple[Group, int, str, int]]
    raters: Counter[tuple[Group, int | None, str]] = field(default_factory=Counter)
    alone: Counter[tuple[Group, int | None, str, int]] = field(default_factory=Counter)


def tally(session: Session, round_id: int, *, named: Collection[tuple[str, int]]) -> Tally:
    """Count a round's finished sheets that aren't sealed, in bounded memory.

    *named* are pasts with organisations that are counted by themselves.
    """
    layout = rounds.layout_of(session, round_id)
    # Groups are met on the way: to ask for them first would read every sheet twice.
    places: dict[Group, int] = {}
    said: Counter[tuple[Group, int, str, int]] = Counter()
    raters: Counter[tuple[Group, int | None, str]] = Counter()
    by_itself: Counter[tuple[Group, int | None, str, int]] = Counter()
    counted = np.zeros((0, len(layout.counted), MARKS), dtype=np.int64)
    for homes, marks in sheets.chunks(session, round_id):
        names = [(past, sector, where if (past, where) in named else None) for past, sector, where in homes]
        organisations = [where for _, _, where in homes]
        people = np.array([places.setdefault(name, len(places)) for name in names], dtype=np.int64)
        marks = with_ratings_that_count(layout, marks, organisations=organisations)
        as_counted = settled(layout, marks)
        more = _binned(people, as_counted, groups=len(places))
        more[: len(counted)] += counted
        counted = more
        said += _said(layout, marks, groups=names, organisations=organisations)
        raters += _raters(layout, as_counted, groups=names, organisations=organisations)
        by_itself += _alone(layout, marks, groups=names, organisations=organisations)
    groups = tuple(sorted(places, key=lambda group: (group[0], group[1], group[2] or 0)))
    return Tally(
        groups=groups, people=counted[[places[group] for group in groups]], said=said, raters=raters, alone=by_itself
    )


def _raters(
    layout: Layout, as_counted: NDArray[np.uint8], *, groups: list[Group], organisations: list[int | None]
) -> Counter[tuple[Group, int | None, str]]:
    """Who has a value for each sector."""
    found: Counter[tuple[Group, int | None, str]] = Counter()
    for place, column in enumerate(layout.counted):
        if column.item.averages:
            for row in np.flatnonzero(as_counted[:, place] <= HIGHEST_LEVEL):
                found[groups[row], organisations[row], column.item.code] += 1
    return found


def _alone(
    layout: Layout, marks: NDArray[np.uint8], *, groups: list[Group], organisations: list[int | None]
) -> Counter[tuple[Group, int | None, str, int]]:
    """Ratings that go to the rated organisation alone."""
    found: Counter[tuple[Group, int | None, str, int]] = Counter()
    for place, item in alone(layout):
        for row in np.flatnonzero(marks[:, place] <= HIGHEST_LEVEL):
            found[groups[row], organisations[row], item.code, int(marks[row, place])] += 1
    return found


def _said(
    layout: Layout, marks: NDArray[np.uint8], *, groups: list[Group], organisations: list[int | None]
) -> Counter[tuple[Group, int, str, int]]:
    """What is said in the name of each organisation."""
    by_name = [(place, column.item.code) for place, column in enumerate(layout.columns) if column.item.by_name]
    return Counter(
        (group, where, code, int(row[place]))
        for row, group, where in (zip(marks, groups, organisations, strict=True) if by_name else ())
        if where is not None
        for place, code in by_name
        if row[place] not in {Mark.SKIPPED, Mark.NOT_APPLICABLE}
    )


def _binned(groups_of_people: NDArray[np.int64], marks: NDArray[np.uint8], *, groups: int) -> NDArray[np.int64]:
    columns = marks.shape[1]
    cells = groups_of_people[:, None] * (columns * MARKS) + np.arange(columns) * MARKS + marks
    return np.bincount(cells.ravel(), minlength=groups * columns * MARKS).reshape(groups, columns, MARKS)
