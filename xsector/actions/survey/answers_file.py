"""Finds out what a file of answers from another survey tool holds: its questions, scales, sectors, organisations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from xsector.actions.survey.columns import code_for, item_places, place_of
from xsector.actions.survey.items import ItemColumn, Meaning, Tally, find_items
from xsector.actions.survey.levels import levels_asked
from xsector.actions.survey.mapping import ImportOptions, SurveyMap, map_fault, read_map
from xsector.actions.survey.modules.grounds import Grounds, Together
from xsector.actions.survey.modules.whole import module_notes, with_modules
from xsector.actions.survey.rows import Sifted, columns_of, sift
from xsector.actions.survey.sectors import (
    MOST_ORGANISATIONS,
    Places,
    find_homes,
    find_organisations,
    find_sectors,
    spellings,
)
from xsector.actions.survey.table_file import Progress, Table, blocks, open_table
from xsector.actions.survey.workbook_table import OPERATOR_LIMITS, Limits
from xsector.errors.files import SurveyFileError
from xsector.model.instrument import Instrument, Section
from xsector.model.modules.kinds import Organisation
from xsector.model.sector import Sector

MOST_ITEMS = 500
_MOST_TEXTS = 1_000
_LONGEST_TEXT = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyPlan:
    """What a file of answers holds and how its rows are to be read.

    ``rows`` counts all rows below the header up to the last that isn't blank.
    ``organisations`` is empty where each person counts as an organisation of their own; ``homes`` are the sectors in
    which they stand, as positions. ``together`` are columns that answer several questions at once. Where the map
    speaks of modules, ``grounds`` is what their answers are read from, and ``plain`` the questions beside them.
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
    homes: tuple[int, ...]
    plain: Instrument
    together: tuple[Together, ...] = ()
    grounds: Grounds | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Survey:
    tallies: tuple[Tally, ...]
    pairs: Counter[tuple[str, str]]
    rows: int
    last_row: int


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
    taken = _taken(table.header, options, survey_map, groups={sector_place, organisation_place})
    named, candidates = _candidates(table.header, options, survey_map, taken=taken)
    beside = sector_place if survey_map.modules else None
    survey = _surveyed(table, organisation=organisation_place, sector=beside, progress=progress)
    sectors, sector_places = find_sectors(survey.tallies[sector_place], survey_map=survey_map)
    organisations = _organisations(survey, organisation_place, survey_map)
    tallies = [survey.tallies[place] for place in candidates]
    items, item_notes = find_items(tallies, named=named, survey_map=survey_map, levels=levels)
    homes, home_notes = find_homes(survey.pairs, sectors=sector_places, organisations=organisations)
    found = (*sector_places.notes, *organisations.notes, *home_notes)
    plan = SurveyPlan(
        instrument=(plain := _instrument(path, items=items, title=survey_map.title)), plain=plain, items=items,
        sectors=sectors, organisations=organisations.names, homes=homes,
        notes=(*table.notes, *item_notes, *_others(table.header, asked=taken | set(candidates)), *found),
        rows=survey.rows, options=options, table=table, last_row=survey.last_row,
        sector_place=sector_place, sector_of=sector_places.of_cell,
        organisation_place=organisation_place, organisation_of=organisations.of_cell,
    )  # fmt: skip
    return _with_grounds(plan, survey=survey, survey_map=survey_map, nowhere=organisations.nowhere)


def asking_modules(plan: SurveyPlan, *, organisations: Sequence[Organisation]) -> SurveyPlan:
    """*plan* with the questions of its modules about *organisations*, which stand as its own do; itself without any."""
    if plan.grounds is None:
        return plan
    grounds = replace(plan.grounds, organisations=tuple(organisations))
    found = with_modules(plan.plain, grounds)
    return replace(
        plan,
        instrument=found.instrument,
        items=(*grounds.items, *found.columns),
        together=found.together,
        grounds=grounds,
    )


def _with_grounds(plan: SurveyPlan, *, survey: _Survey, survey_map: SurveyMap, nowhere: int | None) -> SurveyPlan:
    """*plan* with its modules, if it has any, about organisations that have no place in a partnership yet."""
    if survey_map.modules is None:
        return plan
    grounds = Grounds(
        map_name=plan.options.map_file.name if plan.options.map_file else "",
        wanted=survey_map.modules,
        header=plan.table.header,
        tallies=survey.tallies,
        items=plan.items,
        sectors=plan.sectors,
        organisations=(),
        spelled=spellings(plan.organisations, survey_map=survey_map),
        nowhere=nowhere,
        meaning=Meaning.of(survey_map),
    )
    there = [
        Organisation(id=place + 1, name=name, sector=plan.sectors[home].code)
        for place, (name, home) in enumerate(zip(plan.organisations, plan.homes, strict=True))
    ]
    made = asking_modules(replace(plan, grounds=grounds), organisations=there)
    return replace(made, notes=(*plan.notes, *module_notes(made.instrument, made.grounds)))


def _taken(
    header: Sequence[str], options: ImportOptions, survey_map: SurveyMap, *, groups: set[int | None]
) -> frozenset[int]:
    """Columns that are no items: those that tell sector and organisation, and those of modules."""
    found = {place for place in groups if place is not None}
    name = options.map_file.name if options.map_file else ""
    for at, column in survey_map.modules.columns() if survey_map.modules else ():
        place = place_of(column, header=header, use=f"{' → '.join(at)} of the map {name}")
        if place in groups:
            raise map_fault(
                name, at, f"the column “{column[:60]}” tells the sector or organisation", remedy="Name another column."
            )
        found.add(place)
    return frozenset(found)


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
    header: Sequence[str], options: ImportOptions, survey_map: SurveyMap, *, taken: frozenset[int]
) -> tuple[frozenset[int], list[int]]:
    """The columns named as items, and all that may be items."""
    mapped = {place_of(name, header=header, use="an item of the map") for name in survey_map.items}
    asked = item_places(options.items, header=header) if options.items else []
    named = frozenset(asked) or frozenset(mapped)
    if both := [header[place] for place in sorted(named) if place in taken]:
        raise SurveyFileError(
            f"“{both[0][:60]}” tells the sector or organisation, or belongs to a module, and can't be an item too.",
            remedy="Take it out of the items.",
        )
    candidates = asked or [place for place in range(len(header)) if place not in taken]
    if len(asked) > MOST_ITEMS:
        raise SurveyFileError(f"{len(asked):,} items are too many.", remedy=f"Name up to {MOST_ITEMS} items.")
    return named, candidates


def _others(header: Sequence[str], *, asked: Collection[int]) -> tuple[str, ...]:
    others = len(header) - len(asked)
    return (f"{others} other columns were not asked for.",) if others else ()


def _surveyed(table: Table, *, organisation: int | None, sector: int | None, progress: Progress | None) -> _Survey:
    """How often each cell text stands in each column, and how even the rows are.

    Where a *sector* column is given, also how often each of its texts stands beside each of the organisations'.
    """
    width = len(table.header)
    counts: list[Counter[str] | None] = [Counter() for _ in table.header]
    pairs: Counter[tuple[str, str]] = Counter()
    last_row, uneven, first = table.header_row, 0, ""
    for block in blocks(table, progress=progress):
        sifted = sift(block, width=width, padded=table.form is None)
        if sifted.uneven and not first:
            first = f"row {sifted.uneven[0][0]}: {sifted.uneven[0][1]}"
        uneven += len(sifted.uneven)
        last_row = max(last_row, _last_filled(sifted))
        columns = list(columns_of(sifted.rows, width=width))
        for place, cells in enumerate(columns):
            most = MOST_ORGANISATIONS if place == organisation else _MOST_TEXTS
            counts[place] = _counted(counts[place], cells, most=most)
        if organisation is not None and sector is not None:
            pairs.update(zip(columns[organisation], columns[sector], strict=True))
    _refuse_uneven(uneven, rows=last_row - table.header_row, first=first)
    if last_row == table.header_row:
        raise SurveyFileError("There are no answers below the names of the columns.", remedy="Choose another file.")
    tallies = tuple(Tally(place=place, name=name, cells=counts[place]) for place, name in enumerate(table.header))
    return _Survey(tallies=tallies, pairs=pairs, rows=last_row - table.header_row, last_row=last_row)


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


def _refuse_uneven(uneven: int, *, rows: int, first: str) -> None:
    if uneven * 2 > rows:
        raise SurveyFileError(
            f"{uneven:,} of {rows:,} rows don't fit the names of the columns ({first}).",
            remedy="Delete titles above the names of the columns, and check that each column has a name.",
        )


def _organisations(survey: _Survey, place: int | None, survey_map: SurveyMap) -> Places:
    if place is None:
        note = "There is no organisation column: each person counts as an organisation of their own."
        return Places(names=(), of_cell={}, notes=(note,))
    return find_organisations(survey.tallies[place], survey_map=survey_map)


def _instrument(path: Path, *, items: Sequence[ItemColumn], title: str) -> Instrument:
    if len(items) > MOST_ITEMS:
        raise SurveyFileError(
            f"{len(items):,} columns look like items.", remedy=f"Name up to {MOST_ITEMS} of them with --items."
        )
    name = title or path.stem[:80]
    section = Section(code="answers", title=name, items=tuple(each.item for each in items))
    code = code_for(name, taken=(), stem="survey")
    sections = (section,) if items else ()
    return Instrument(code=code, title=name, version="1", minutes=max(1, len(items) // 6), sections=sections)
