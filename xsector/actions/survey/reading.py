"""Reads the people of a file of answers as rows of marks, and says what could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from xsector.actions.survey.answers_file import SurveyPlan
from xsector.actions.survey.items import UNREAD, ItemColumn
from xsector.actions.survey.modules.grounds import Read
from xsector.actions.survey.rows import Sifted, columns_of, sift
from xsector.actions.survey.table_file import Progress, blocks
from xsector.model.sheet import Layout, Mark

MOST_LISTED = 1_000
"""Skipped rows, and answers left out, that are listed one by one; the rest are only counted."""

Reasons = tuple[tuple[int, str], ...]
"""Row numbers as a spreadsheet shows them, each with a reason."""

RESCALED: Final = "gave points that are not 100 in steps of 5; they are rescaled to that, in the same shares"
OWN: Final = "rated their own organisation; that is not read"
NOTHING_OWN: Final = "no organisation is given, so what is said of its part, or of other organisations, is not read"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChunk:
    """Some thousand people of a file.

    ``sectors`` and ``organisations`` hold positions in the plan's tuples; ``marks`` has a row for
    each person and a column for each item, as in the layout of the plan's instrument. ``skipped``
    lists rows that were left out, ``unread`` single answers that count as skipped; beyond 1,000
    each in the whole file they are only counted. ``told`` counts people of whom a sentence is said below.
    """

    row_numbers: npt.NDArray[np.int64]
    sectors: npt.NDArray[np.int64]
    organisations: npt.NDArray[np.int64] | None
    marks: npt.NDArray[np.uint8]
    skipped: Reasons
    skipped_count: int
    unread: Reasons
    unread_count: int
    told: Counter[str]


def read_rows(path: Path, *, plan: SurveyPlan, progress: Progress | None = None) -> Iterator[RowChunk]:
    """Read the file a second time, as people and their marks in chunks of at most 20,000 rows."""
    if path != plan.table.path:
        raise ValueError(f"the plan was made for {plan.table.path}, not for {path}")
    width = len(plan.table.header)
    skipped_room = unread_room = MOST_LISTED
    for block in blocks(plan.table, progress=progress):
        sifted = sift(block, width=width, padded=plan.table.form is None)
        chunk = _chunk(sifted, plan, skipped_room=skipped_room, unread_room=unread_room)
        skipped_room -= len(chunk.skipped)
        unread_room -= len(chunk.unread)
        yield chunk


class _Filled:
    """Rows of marks as they fill, and what is wrong in them."""

    def __init__(self, plan: SurveyPlan, *, kept: npt.NDArray[np.bool_], room: int) -> None:
        layout = Layout.of(plan.instrument)
        self.places = {column.item.code: place for place, column in enumerate(layout.columns)}
        self.marks = np.full((len(kept), len(layout.columns)), Mark.SKIPPED, np.uint8)
        self.kept = kept
        self.problems: list[tuple[int, str]] = []
        self.problems_count = 0
        self.told: Counter[str] = Counter()
        self._room = room

    def add_problems(self, rows: npt.NDArray[np.int64], why: Callable[[int], str]) -> None:
        """Count what is wrong in *rows*, and word as much of it as is listed at the most."""
        self.problems_count += len(rows)
        self.problems += [(row, why(row)) for row in rows[: self._room].tolist()]

    def listed(self) -> list[tuple[int, str]]:
        """What is wrong, first rows first."""
        return sorted(self.problems, key=lambda one: one[0])[: self._room]


def _chunk(sifted: Sifted, plan: SurveyPlan, *, skipped_room: int, unread_room: int) -> RowChunk:
    columns = list(columns_of(sifted.rows, width=len(plan.table.header)))
    sectors = _looked_up(columns[plan.sector_place], plan.sector_of)
    kept = sectors >= 0
    organisations = None
    if plan.organisation_place is not None:
        organisations = _looked_up(columns[plan.organisation_place], plan.organisation_of)
    filled = _Filled(plan, kept=kept, room=unread_room)
    _fill_items(filled, columns, plan=plan, organisations=organisations)
    _fill_together(filled, columns, plan=plan)
    numbers = np.asarray(sifted.numbers, np.int64)
    skipped, skipped_count = _skipped(sifted, plan, kept=kept, room=skipped_room)
    return RowChunk(
        row_numbers=numbers[kept],
        sectors=sectors[kept],
        organisations=None if organisations is None else organisations[kept],
        marks=filled.marks if kept.all() else filled.marks[kept],
        skipped=skipped,
        skipped_count=skipped_count,
        unread=tuple((sifted.numbers[row], reason) for row, reason in filled.listed()),
        unread_count=filled.problems_count,
        told=filled.told,
    )


def _fill_items(
    filled: _Filled, columns: Sequence[Sequence[str]], *, plan: SurveyPlan, organisations: npt.NDArray[np.int64] | None
) -> None:
    """Put the answers of single columns in their places.

    Nobody rates their own organisation; and nobody speaks for an organisation, or rates one, whose own organisation
    isn't known.
    """
    ids, nowhere = _organisation_ids(plan, organisations, people=len(filled.kept))
    own, lost = np.zeros(len(filled.kept), bool), np.zeros(len(filled.kept), bool)
    for column in plan.items:
        cells, item = columns[column.place], column.item
        marks = np.frombuffer(bytes(map(column.marks.get, cells, repeat(UNREAD))), np.uint8)
        if item.about is not None or item.by_name:
            said = filled.kept & (marks != Mark.SKIPPED)
            lost |= said & nowhere
            own |= said & (ids == item.about)
            marks = np.where(nowhere | (ids == item.about), np.uint8(Mark.SKIPPED), marks)
        odd = marks == UNREAD
        filled.marks[:, filled.places[item.code]] = np.where(odd, np.uint8(Mark.SKIPPED), marks)
        filled.add_problems(np.flatnonzero(odd & filled.kept), partial(_odd_answer, column, cells))
    filled.add_problems(np.flatnonzero(lost), lambda _row: NOTHING_OWN)
    filled.told[OWN] += int(own.sum())


def _organisation_ids(
    plan: SurveyPlan, organisations: npt.NDArray[np.int64] | None, *, people: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Everybody's organisation as modules know it, and who has none."""
    if organisations is None or plan.grounds is None or not plan.grounds.wanted.names_organisations:
        return np.full(people, -1, np.int64), np.zeros(people, bool)
    known = np.array([one.id for one in plan.grounds.organisations], np.int64)
    nowhere = np.zeros(people, bool) if plan.grounds.nowhere is None else organisations == plan.grounds.nowhere
    return known[organisations], nowhere


def _fill_together(filled: _Filled, columns: Sequence[Sequence[str]], *, plan: SurveyPlan) -> None:
    """Put the answers in their places that several columns give together."""
    rescaled = np.zeros(len(filled.kept), bool)
    for group in plan.together:
        read = list(map(group.read, zip(*(columns[place] for place in group.places), strict=True)))
        marks = np.frombuffer(b"".join(one.marks for one in read), np.uint8).reshape(len(read), len(group.codes))
        filled.marks[:, [filled.places[code] for code in group.codes]] = marks
        rescaled |= filled.kept & np.fromiter((one.rescaled for one in read), bool, len(read))
        odd = np.fromiter((bool(one.reason) for one in read), bool, len(read)) & filled.kept
        filled.add_problems(np.flatnonzero(odd), partial(_reason, read))
    filled.told[RESCALED] += int(rescaled.sum())


def _reason(read: Sequence[Read], row: int) -> str:
    return read[row].reason


def _odd_answer(column: ItemColumn, cells: Sequence[str], row: int) -> str:
    levels = column.item.levels
    unlike = column.unlike or f"none of {levels[0]} to {levels[-1]}"
    return f"{column.name[:60] or column.item.code}: “{cells[row][:40]}” is {unlike}; it counts as skipped"


def _looked_up(cells: Sequence[str], known: Mapping[str, int]) -> npt.NDArray[np.int64]:
    return np.fromiter(map(known.get, cells, repeat(-1)), np.int64, len(cells))


def _skipped(sifted: Sifted, plan: SurveyPlan, *, kept: npt.NDArray[np.bool_], room: int) -> tuple[Reasons, int]:
    """The rows left out of this block, lowest first; blank rows below the last answers don't count."""
    reasons = [*sifted.uneven, *((number, "the row is blank") for number in sifted.blank if number < plan.last_row)]
    sector = plan.table.header[plan.sector_place][:60]
    for row in np.flatnonzero(~kept).tolist():
        blank = not any(map(str.strip, sifted.rows[row]))
        if not blank:
            reasons.append((sifted.numbers[row], f"it has no sector in column “{sector}”"))
        elif sifted.numbers[row] < plan.last_row:
            reasons.append((sifted.numbers[row], "the row is blank"))
    return tuple(sorted(reasons)[:room]), len(reasons)
