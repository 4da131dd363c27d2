"""Counting finished sheets, once, at the seal: the only place where answers of all are read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from xsector.store import rounds, sheets

MARKS = 256
MOST_UNITS = 2_000
"""Above so many organisations, single people are re-dealt instead: the difference is nil, the cost isn't."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Counts of one round's finished sheets.

    ``by_sector[s, c, mark]`` is the number of people of sector s with this mark in column c of
    the layout. ``by_unit`` has the same for each organisation within a sector (``unit_sectors``
    gives the sector's place); it is None where no organisation is known or there are too many.
    """

    sectors: tuple[str, ...]
    by_sector: NDArray[np.int64]
    by_unit: NDArray[np.int64] | None
    unit_sectors: NDArray[np.int64]


def tally(session: Session, round_id: int) -> Tally:
    """Count a round's finished sheets, in bounded memory."""
    columns = len(rounds.layout_of(session, round_id).columns)
    membership = sheets.membership(session, round_id)
    sectors = tuple(sorted({sector for sector, _, _ in membership}))
    units = _Units.of(membership, sectors=sectors)
    by_sector = np.zeros((len(sectors), columns, MARKS), dtype=np.int64)
    by_unit = np.zeros((len(units.sectors), columns, MARKS), dtype=np.int64) if units.sectors else None
    for names, organisations, marks in sheets.chunks(session, round_id):
        places = np.array([sectors.index(name) for name in names], dtype=np.int64)
        by_sector += _binned(places, marks, groups=len(sectors))
        if by_unit is not None:
            own = np.array([units.place(*one) for one in zip(names, organisations, strict=True)], dtype=np.int64)
            by_unit += _binned(own, marks, groups=len(units.sectors))
    unit_sectors = np.array([sectors.index(sector) for sector in units.sectors], dtype=np.int64)
    return Tally(sectors=sectors, by_sector=by_sector, by_unit=by_unit, unit_sectors=unit_sectors)


class _Units:
    """Organisations within sectors, and people on their own; hands out the latter one by one."""

    def __init__(self, known: dict[tuple[str, int], int], alone: dict[str, list[int]], sectors: list[str]) -> None:
        self._known = known
        self._alone = alone
        self.sectors = sectors

    @classmethod
    def of(cls, membership: list[tuple[str, int | None, int]], *, sectors: tuple[str, ...]) -> _Units:
        """The units behind *membership*; none where organisations are unknown or too many."""
        total = sum(1 if organisation is not None else people for _, organisation, people in membership)
        if total > MOST_UNITS or all(organisation is None for _, organisation, _ in membership):
            return cls({}, {}, [])
        known: dict[tuple[str, int], int] = {}
        alone: dict[str, list[int]] = {sector: [] for sector in sectors}
        places: list[str] = []
        for sector, organisation, people in membership:
            if organisation is not None:
                known[sector, organisation] = len(places)
                places.append(sector)
            else:
                alone[sector] += range(len(places), len(places) + people)
                places += [sector] * people
        return cls(known, alone, places)

    def place(self, sector: str, organisation: int | None) -> int:
        """The place of one person's unit."""
        return self._alone[sector].pop() if organisation is None else self._known[sector, organisation]


def _binned(groups_of_people: NDArray[np.int64], marks: NDArray[np.uint8], *, groups: int) -> NDArray[np.int64]:
    columns = marks.shape[1]
    cells = groups_of_people[:, None] * (columns * MARKS) + np.arange(columns) * MARKS + marks
    return np.bincount(cells.ravel(), minlength=groups * columns * MARKS).reshape(groups, columns, MARKS)
