"""The sectors and organisations that the people of a file belong to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xsector.actions.survey.columns import code_for
from xsector.actions.survey.items import Meaning, Tally, compared, key_of
from xsector.actions.survey.mapping import SurveyMap
from xsector.actions.survey.table_file import squeezed
from xsector.errors.files import SurveyFileError
from xsector.model.sector import LOOKS, Sector

MOST_SECTORS = 12
MOST_ORGANISATIONS = 100_000
NO_ORGANISATION = "No organisation given"
_TOO_MANY = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The names found in a column, and which of them each cell text stands for (-1 for none).

    ``nowhere`` is the place of the name that those without an organisation share, if there are any.
    """

    names: tuple[str, ...]
    of_cell: Mapping[str, int]
    notes: tuple[str, ...] = ()
    nowhere: int | None = None


def find_sectors(tally: Tally, *, survey_map: SurveyMap) -> tuple[tuple[Sector, ...], Places]:
    """The sectors of the file numbers first, then by name, and the cells that stand for each.

    Raises
    ------
    SurveyFileError
        There are fewer than 2 or more than 12.
    """
    if tally.cells is None:
        raise _too_many(tally.name, "more than a thousand")
    renamed = {key_of(value): squeezed(label) for value, label in survey_map.sectors.items()}
    places = _grouped(tally.cells, renamed=renamed, missing=Meaning.of(survey_map).missing)
    count = len(places.names)
    if count > MOST_SECTORS:
        raise _too_many(tally.name, str(count)) if count > _TOO_MANY else _many(tally.name, count)
    if count < 2:
        found = f"only “{places.names[0][:60]}”" if places.names else "nothing"
        raise SurveyFileError(
            f"Column “{tally.name[:60]}” holds {found}, so there are no sectors to compare.",
            remedy="Choose the column that tells the sectors apart with --sector.",
        )
    notes = list(places.notes)
    if count > LOOKS:
        notes.append(f"There are {count} sectors; charts show {LOOKS}. Merge some with `sectors:` in the map.")
    unused = [value for value in renamed if value not in {key_of(cell) for cell in tally.cells}]
    if unused:
        notes.append(f"Nobody's sector is {', '.join(unused[:10])}, which the map names.")
    return _coded(places.names), Places(names=places.names, of_cell=places.of_cell, notes=tuple(notes))


def find_organisations(tally: Tally, *, survey_map: SurveyMap) -> Places:
    """The organisations of the file, people without one sharing a last one of their own."""
    if tally.cells is None:
        raise SurveyFileError(
            f"Column “{tally.name[:60]}” holds more than {MOST_ORGANISATIONS:,} different organisations.",
            remedy="Leave --organisation out: each person then counts as an organisation of their own.",
        )
    renamed = {key_of(value): squeezed(label) for value, label in survey_map.organisations.items()}
    places = _grouped(tally.cells, renamed=renamed, missing=Meaning.of(survey_map).missing)
    nowhere = [cell for cell, place in places.of_cell.items() if place < 0]
    if not nowhere:
        return places
    last = len(places.names)
    people = sum(tally.cells[cell] for cell in nowhere)
    note = f"{people:,} rows name no organisation; together they count as one (“{NO_ORGANISATION}”)."
    return Places(
        names=(*places.names, NO_ORGANISATION),
        of_cell={cell: last if place < 0 else place for cell, place in places.of_cell.items()},
        notes=(*places.notes, note),
        nowhere=last,
    )


def find_homes(
    pairs: Mapping[tuple[str, str], int], *, sectors: Places, organisations: Places
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """For each organisation the place of the sector in which most of its people stand, and a sentence on the others.

    *pairs* are people by cell of the organisation and of the sector.
    """
    people: dict[int, Counter[int]] = defaultdict(Counter)
    for (house, sector), times in pairs.items():
        if sectors.of_cell.get(sector, -1) >= 0:
            people[organisations.of_cell[house]][sectors.of_cell[sector]] += times
    several = [one for one, found in people.items() if len(found) > 1 and one != organisations.nowhere]
    torn = sorted(organisations.names[one] for one in several)
    homes = tuple(_largest(people[one]) for one in range(len(organisations.names)))
    told = f"In several sectors, and counted in the one with most of their people: {', '.join(torn[:10])}."
    return homes, (told,) if torn else ()


def _largest(people: Counter[int]) -> int:
    return min(people, key=lambda sector: (-people[sector], sector), default=0)


def spellings(names: Sequence[str], *, survey_map: SurveyMap) -> dict[str, int]:
    """Places among the organisations *names*, by each spelling of the file and of the map as it is compared."""
    places = {compared(name): place for place, name in enumerate(names)}
    known = {compared(spelling): compared(name) for spelling, name in survey_map.organisations.items()}
    return places | {spelling: places[name] for spelling, name in known.items() if name in places}


def _grouped(cells: Mapping[str, int], *, renamed: Mapping[str, str], missing: frozenset[str]) -> Places:
    """Cells that differ only in capitals and blanks make one place, named as most people wrote it."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    group: dict[str, str] = {}
    for cell, times in cells.items():
        key = key_of(cell)
        if key in missing and key not in renamed:
            continue
        label = renamed.get(key, squeezed(cell))
        group[cell] = key_of(label)
        spellings[key_of(label)][label] += times
    order = sorted(spellings, key=lambda key: (not key.isdecimal(), int(key) if key.isdecimal() else 0, key))
    names = tuple(spellings[key].most_common(1)[0][0][:120] for key in order)
    number = {key: place for place, key in enumerate(order)}
    merged = [names[number[key]] for key in order if len(spellings[key]) > 1]
    notes = (f"Written in several ways and read as one: {', '.join(merged[:10])}.",) if merged else ()
    return Places(names=names, of_cell={c: number[group[c]] if c in group else -1 for c in cells}, notes=notes)


def _coded(names: tuple[str, ...]) -> tuple[Sector, ...]:
    codes: list[str] = []
    for name in names:
        codes.append(code_for(name, taken=codes, stem="sector"))
    return tuple(
        Sector(code=code, label=name, look=place % LOOKS)
        for place, (code, name) in enumerate(zip(codes, names, strict=True))
    )


def _many(name: str, count: int) -> SurveyFileError:
    return SurveyFileError(
        f"Column “{name[:60]}” holds {count} sectors; up to {MOST_SECTORS} can be compared.",
        remedy="Merge them with `sectors:` in a map, such as `sectors: {city: Government, county: Government}`, "
        "or choose another column with --sector.",
    )


def _too_many(name: str, count: str) -> SurveyFileError:
    return SurveyFileError(
        f"Column “{name[:60]}” holds {count} different values, so it doesn't tell sectors.",
        remedy=f"Choose a column with 2 to {MOST_SECTORS} values with --sector.",
    )
