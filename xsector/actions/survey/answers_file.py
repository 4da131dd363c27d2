"""Turns a file of answers from another survey tool into an instrument and rows of marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

import numpy as np
import numpy.typing as npt

from xsector.actions.survey.columns import code_for, item_places, place_of
from xsector.actions.survey.items import UNREAD, ItemColumn, Meaning, Tally, find_items
from xsector.actions.survey.levels import levels_asked
from xsector.actions.survey.mapping import ImportOptions, SurveyMap, read_map
from xsector.actions.survey.rows import Sifted, columns_of, sift
from xsector.actions.survey.sectors import MOST_ORGANISATIONS, Places, find_organisations, find_sectors
from xsector.actions.survey.table_file import Progress, Table, blocks, open_table
from xsector.actions.survey.workbook_table import OPERATOR_LIMITS, Limits
from xsector.errors.files import SurveyFileError
from xsector.model.instrument import Instrument, Section
from xsector.model.sector import Sector
from xsector.model.sheet import Mark

MOST_LISTED = 1_000
"""Skipped rows, and answers left out, that are listed one by one; the rest are only counted."""

MOST_ITEMS = 500
_MOST_TEXTS = 1_000
_LONGEST_TEXT = 500

Reasons = tuple[tuple[int, str], ...]
"""Row numbers as a spreadsheet shows them, each with a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyPlan:
    """What a file of answers holds and how its rows are to be read.

    ``rows`` counts all rows below the header up to the last that isn't blank.
    ``organisations`` is empty where each person counts as an organisation of their own.
    """

    instrument: Instrument
    sectors: tuple[Sector, ...]
    organisations: tuple[str, ...]
    notes: tuple[str, ...]
    rows: int
    options: ImportOptions
    table: Table
    last_row: int
    items: tuple[ItemColumn, ...]
    sector_place: int
    sector_of: Mapping[str, int]
    organisation_place: int | None
    organisation_of: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChunk:
    """Some thousand people of a file.

    ``sectors`` and ``organisations`` hold positions in the plan's tuples; ``marks`` has a row for
    each person and a column for each item, as in the layout of the plan's instrument. ``skipped``
    lists rows that were left out, ``unread`` single answers that count as skipped; beyond 1,000
    each in the whole file they are only counted.
    """

    row_numbers: npt.NDArray[np.int64]
    sectors: npt.NDArray[np.int64]
    organisations: npt.NDArray[np.int64] | None
    marks: npt.NDArray[np.uint8]
    skipped: Reasons
    skipped_count: int
    unread: Reasons
    unread_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Survey:
    tallies: tuple[Tally, ...]
    rows: int
    last_row: int
    uneven: int
    first_uneven: str


def inspect_survey(
    path: Path, *, options: ImportOptions, limits: Limits = OPERATOR_LIMITS, progress: Progress | None = None
) -> SurveyPlan:
    """Read the whole file once and find its items, scales, sectors and organisations.

    Raises
    ------
    SurveyFileError
        The file is no table, or can't be understood; the sentence says why and what to do.
    """
    survey_map = read_map(options.map_file)
    levels = levels_asked(options.levels) or levels_asked(survey_map.levels)
    table = open_table(path, sheet=options.sheet, limits=limits)
    sector_place, organisation_place = _group_places(table.header, options, survey_map)
    named, candidates = _candidates(table.header, options, survey_map, taken={sector_place, organisation_place})
    survey = _surveyed(table, wide=organisation_place, progress=progress)
    _refuse_uneven(survey)
    missing = Meaning.of(survey_map).missing
    sectors, sector_places = find_sectors(survey.tallies[sector_place], survey_map=survey_map, missing=missing)
    organisations, organisation_note = _organisations(survey, organisation_place, missing=missing)
    tallies = [survey.tallies[place] for place in candidates]
    items, item_notes = find_items(tallies, named=named, survey_map=survey_map, levels=levels)
    others = len(table.header) - len(candidates) - (1 if organisation_place is None else 2)
    return SurveyPlan(
        instrument=_instrument(path, items=items, title=survey_map.title),
        sectors=sectors,
        organisations=organisations.names,
        notes=(
            *table.notes,
            *item_notes,
            *([f"{others} other columns were not asked for."] if others else []),
            *sector_places.notes,
            *organisations.notes,
            *organisation_note,
        ),
        rows=survey.rows,
        options=options,
        table=table,
        last_row=survey.last_row,
        items=items,
        sector_place=sector_place,
        sector_of=sector_places.of_cell,
        organisation_place=organisation_place,
        organisation_of=organisations.of_cell,
    )


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


def _group_places(header: Sequence[str], options: ImportOptions, survey_map: SurveyMap) -> tuple[int, int | None]:
    sector = options.sector or survey_map.sector
    if not sector:
        columns = ", ".join(name[:40] for name in header[:20])
        raise SurveyFileError(
            "It's not said which column tells a person's sector.", remedy=f"Name it with --sector. Columns: {columns}."
        )
    sector_place = place_of(sector, header=header, use="the sector")
    organisation = options.organisation or survey_map.organisation
    if not organisation:
        return sector_place, None
    organisation_place = place_of(organisation, header=header, use="the organisation")
    if organisation_place == sector_place:
        raise SurveyFileError(
            f"“{sector}” can't be both the sector and the organisation.", remedy="Name another column for one of them."
        )
    return sector_place, organisation_place


def _candidates(
    header: Sequence[str], options: ImportOptions, survey_map: SurveyMap, *, taken: set[int | None]
) -> tuple[frozenset[int], list[int]]:
    """The columns named as items, and all that may be items."""
    mapped = {place_of(name, header=header, use="an item of the map") for name in survey_map.items}
    asked = item_places(options.items, header=header) if options.items else []
    named = frozenset(asked) or frozenset(mapped)
    if both := [header[place] for place in sorted(named) if place in taken]:
        raise SurveyFileError(
            f"“{both[0][:60]}” tells the sector or organisation and can't be an item too.",
            remedy="Take it out of the items.",
        )
    candidates = asked or [place for place in range(len(header)) if place not in taken]
    if len(asked) > MOST_ITEMS:
        raise SurveyFileError(f"{len(asked):,} items are too many.", remedy=f"Name up to {MOST_ITEMS} items.")
    return named, candidates


def _surveyed(table: Table, *, wide: int | None, progress: Progress | None) -> _Survey:
    """How often each cell text stands in each column, and how even the rows are."""
    width = len(table.header)
    counts: list[Counter[str] | None] = [Counter() for _ in table.header]
    last_row, uneven, first = table.header_row, 0, ""
    for block in blocks(table, progress=progress):
        sifted = sift(block, width=width, padded=table.form is None)
        if sifted.uneven and not first:
            first = f"row {sifted.uneven[0][0]}: {sifted.uneven[0][1]}"
        uneven += len(sifted.uneven)
        last_row = max(last_row, _last_filled(sifted))
        for place, cells in enumerate(columns_of(sifted.rows, width=width)):
            counts[place] = _counted(counts[place], cells, most=MOST_ORGANISATIONS if place == wide else _MOST_TEXTS)
    if last_row == table.header_row:
        raise SurveyFileError("There are no answers below the names of the columns.", remedy="Choose another file.")
    tallies = tuple(Tally(place=place, name=name, cells=counts[place]) for place, name in enumerate(table.header))
    return _Survey(
        tallies=tallies, rows=last_row - table.header_row, last_row=last_row, uneven=uneven, first_uneven=first
    )


def _last_filled(sifted: Sifted) -> int:
    """The number of the last row that isn't blank, 0 if all are."""
    pairs = zip(reversed(sifted.numbers), reversed(sifted.rows), strict=True)
    even = next((number for number, row in pairs if any(map(str.strip, row))), 0)
    return max(even, sifted.uneven[-1][0] if sifted.uneven else 0)


def _counted(count: Counter[str] | None, cells: Sequence[str], *, most: int) -> Counter[str] | None:
    """*count* with *cells* added, or None once it would grow without bounds."""
    if count is None:
        return None
    count.update(cells)
    if len(count) > most or (len(count) > 50 and max(map(len, count)) > _LONGEST_TEXT):
        return None
    return count


def _refuse_uneven(survey: _Survey) -> None:
    if survey.uneven * 2 > survey.rows:
        raise SurveyFileError(
            f"{survey.uneven:,} of {survey.rows:,} rows don't fit the names of the columns ({survey.first_uneven}).",
            remedy="Delete titles above the names of the columns, and check that each column has a name.",
        )


def _organisations(survey: _Survey, place: int | None, *, missing: frozenset[str]) -> tuple[Places, tuple[str, ...]]:
    if place is None:
        note = "There is no organisation column: each person counts as an organisation of their own."
        return Places(names=(), of_cell={}), (note,)
    return find_organisations(survey.tallies[place], missing=missing), ()


def _instrument(path: Path, *, items: Sequence[ItemColumn], title: str) -> Instrument:
    if len(items) > MOST_ITEMS:
        raise SurveyFileError(
            f"{len(items):,} columns look like items.", remedy=f"Name up to {MOST_ITEMS} of them with --items."
        )
    name = title or path.stem[:80]
    section = Section(code="answers", title=name, items=tuple(each.item for each in items))
    code = code_for(name, taken=(), stem="survey")
    return Instrument(code=code, title=name, version="1", minutes=max(1, len(items) // 6), sections=(section,))


def _chunk(sifted: Sifted, plan: SurveyPlan, *, skipped_room: int, unread_room: int) -> RowChunk:
    columns = list(columns_of(sifted.rows, width=len(plan.table.header)))
    sectors = _looked_up(columns[plan.sector_place], plan.sector_of)
    kept = sectors >= 0
    marks = np.empty((len(sifted.rows), len(plan.items)), np.uint8)
    for column, item in enumerate(plan.items):
        marks[:, column] = np.frombuffer(bytes(map(item.marks.get, columns[item.place], repeat(UNREAD))), np.uint8)
    numbers = np.asarray(sifted.numbers, np.int64)
    skipped, skipped_count = _skipped(sifted, plan, kept=kept, room=skipped_room)
    organisations = None
    if plan.organisation_place is not None:
        organisations = _looked_up(columns[plan.organisation_place], plan.organisation_of)[kept]
    odd = np.argwhere((marks == UNREAD) & kept[:, None])
    listed = odd[:unread_room].tolist()
    unread = tuple((sifted.numbers[row], _odd_answer(plan.items[item], sifted.rows[row])) for row, item in listed)
    marks[marks == UNREAD] = Mark.SKIPPED
    return RowChunk(
        row_numbers=numbers[kept],
        sectors=sectors[kept],
        organisations=organisations,
        marks=marks if kept.all() else marks[kept],
        skipped=skipped,
        skipped_count=skipped_count,
        unread=unread,
        unread_count=len(odd),
    )


def _looked_up(cells: Sequence[str], known: Mapping[str, int]) -> npt.NDArray[np.int64]:
    return np.fromiter(map(known.get, cells, repeat(-1)), np.int64, len(cells))


def _odd_answer(item: ItemColumn, row: Sequence[str]) -> str:
    levels = item.item.levels
    return f"{item.item.code}: “{row[item.place][:40]}” is none of {levels[0]} to {levels[-1]}; it counts as skipped"


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
