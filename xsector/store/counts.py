"""Counting finished sheets, once, at the seal: the only place where answers of all are read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from xsector.store import rounds, sheets

MARKS = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Counts of one round's finished sheets.

    ``people[g, c, mark]`` is the number of people of group g with this mark in column c of the
    layout; a group is a past and a sector. Nothing finer is ever counted.
    """

    groups: tuple[tuple[str, str], ...]
    people: NDArray[np.int64]


def tally(session: Session, round_id: int) -> Tally:
    """Count a round's finished sheets, in bounded memory."""
    columns = len(rounds.layout_of(session, round_id).columns)
    # Groups are met on the way: to ask for them first would read every sheet twice.
    places: dict[tuple[str, str], int] = {}
    counted = np.zeros((0, columns, MARKS), dtype=np.int64)
    for names, marks in sheets.chunks(session, round_id):
        people = np.array([places.setdefault(name, len(places)) for name in names], dtype=np.int64)
        more = _binned(people, marks, groups=len(places))
        more[: len(counted)] += counted
        counted = more
    groups = tuple(sorted(places))
    return Tally(groups=groups, people=counted[[places[group] for group in groups]])


def _binned(groups_of_people: NDArray[np.int64], marks: NDArray[np.uint8], *, groups: int) -> NDArray[np.int64]:
    columns = marks.shape[1]
    cells = groups_of_people[:, None] * (columns * MARKS) + np.arange(columns) * MARKS + marks
    return np.bincount(cells.ravel(), minlength=groups * columns * MARKS).reshape(groups, columns, MARKS)
