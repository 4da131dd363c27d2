"""Reads a roster, pasted or as CSV or XLSX: who takes part, for which organisation, in which sector."""

from __future__ import annotations

import difflib
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from xsector.actions.setting_up import MOST_PEOPLE
from xsector.actions.survey.table_file import NumberedRow, form_of, rows_of, squeezed
from xsector.actions.survey.workbook_table import WEB_LIMITS, Limits
from xsector.errors.common import XsectorError
from xsector.errors.files import SurveyFileError
from xsector.model.names import clean_name, name_key
from xsector.model.sector import Sector

_SYNONYMS = {
    "name": "name fullname participant participants person people contact contactname contactperson partner member",
    "first": "firstname givenname forename",
    "last": "lastname surname familyname",
    "organisation": "organisation organization org organisationname organizationname orgname agency company employer "
    "affiliation institution association body",
    "sector": "sector sectors type category group sectorname",
    "email": "email emails mail emailaddress mailaddress address",
}
_USES = {word: use for use, words in _SYNONYMS.items() for word in words.split()}
_ORDER = {"name": 0, "organisation": 1, "sector": 2, "email": 3}
_EMAIL = re.compile(r"[^@\s<>,;]{1,64}@[^@\s<>,;]{1,180}\.[^@\s<>,;.]{2,60}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRow:
    """One person as they can be put on the roster; ``sector`` is a code."""

    row: int
    name: str
    organisation: str
    sector: str
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterProblem:
    """Why a row can't be taken, and what to do."""

    row: int
    problem: str
    remedy: str

    def sentence(self) -> str:
        """The row, the problem and the remedy as one short text."""
        return f"Row {self.row}: {self.problem} {self.remedy}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterDraft:
    """The people found, and the rows that need mending before they can be taken."""

    filename: str
    rows: tuple[RosterRow, ...]
    errors: tuple[RosterProblem, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What earlier rows said, so that later ones can be held against it."""

    people: dict[tuple[str, str], int] = field(default_factory=dict)
    sectors: dict[str, tuple[str, int]] = field(default_factory=dict)


def read_roster(
    content: str | bytes, *, filename: str = "", sectors: Sequence[Sector], limits: Limits = WEB_LIMITS
) -> RosterDraft:
    """The people in a pasted list or in the bytes of a CSV or XLSX file, row by row.

    Raises
    ------
    SurveyFileError
        The whole file can't be read. A row that can't be taken is no exception but a problem.
    """
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    handle = io.BytesIO(data)
    form = form_of(handle, size=len(data), limits=limits)
    filled = [(n, row) for n, row in _some(rows_of(handle, form=form, sheet=None, limits=limits)) if any(row)]
    if not filled:
        raise SurveyFileError("The roster is empty.", remedy="Give one person a row: name, organisation, sector.")
    columns = _columns(filled[0][1])
    if lacking := _lacking(columns):
        problem = f"There is no column for the {lacking}."
        remedy = "Name the columns Name, Organisation, Sector and, if you like, Email."
        return RosterDraft(
            filename=filename, rows=(), errors=(RosterProblem(row=filled[0][0], problem=problem, remedy=remedy),)
        )
    people = filled[1:] if columns is not _ORDER else filled
    return _draft(people, columns=columns, sectors=sectors, filename=filename)


def _some(rows: Iterable[NumberedRow]) -> Iterable[NumberedRow]:
    """The rows with tidy cells, up to as many as tell that there are too many."""
    filled = 0
    for number, row in rows:
        # Cells keep their control characters here: clean_name has to see and refuse them.
        cells = [cell.strip() for cell in row]
        filled += any(cells)
        yield number, cells
        if filled > MOST_PEOPLE + 1:
            return


def _columns(first: Sequence[str]) -> Mapping[str, int]:
    """Where each use stands according to the first row; the usual order if that is a person already."""
    uses = [_USES.get(re.sub(r"[\W_]+", "", cell.casefold()), "") for cell in first]
    found = {use: uses.index(use) for use in _SYNONYMS if use in uses}
    sure = len(found) >= 2 or (len(first) == 1 and found)
    return found if sure else _ORDER


def _lacking(columns: Mapping[str, int]) -> str:
    if "name" not in columns and "last" not in columns:
        return "name"
    return next((use for use in ("organisation", "sector") if use not in columns), "")


def _draft(
    people: Sequence[NumberedRow], *, columns: Mapping[str, int], sectors: Sequence[Sector], filename: str
) -> RosterDraft:
    rows: list[RosterRow] = []
    problems: list[RosterProblem] = []
    seen = _Seen()
    for number, cells in people[:MOST_PEOPLE]:
        found = _person(number, cells, columns=columns, sectors=sectors)
        if isinstance(found, RosterRow):
            found = _unlike(found, seen)
        if isinstance(found, RosterRow):
            rows.append(found)
        else:
            problems.append(found)
    if len(people) > MOST_PEOPLE:
        problem = f"The roster has more than {MOST_PEOPLE} people; the rest was not read."
        problems.append(RosterProblem(row=people[MOST_PEOPLE][0], problem=problem, remedy="Cut the list in parts."))
    return RosterDraft(filename=filename, rows=tuple(rows), errors=tuple(problems))


def _person(
    number: int, cells: Sequence[str], *, columns: Mapping[str, int], sectors: Sequence[Sector]
) -> RosterRow | RosterProblem:
    """The person of that row taken alone, or its first problem."""
    name = _cell(cells, columns, "name") or f"{_cell(cells, columns, 'first')} {_cell(cells, columns, 'last')}".strip()
    organisation, email = _cell(cells, columns, "organisation"), _cell(cells, columns, "email")
    for what, value in (("name", name), ("organisation", organisation)):
        if not value:
            return RosterProblem(row=number, problem=f"The {what} is missing.", remedy=f"Fill in the {what}.")
    sector = _sector(number, _cell(cells, columns, "sector"), sectors)
    if isinstance(sector, RosterProblem):
        return sector
    if email and not _EMAIL.fullmatch(email):
        return RosterProblem(
            row=number, problem=f"“{_short(email)}” is no email address.", remedy="Correct it or leave it out."
        )
    try:
        return RosterRow(
            row=number,
            name=clean_name(name),
            organisation=clean_name(organisation),
            sector=sector.code,
            email=email,
        )
    except XsectorError as error:
        return RosterProblem(row=number, problem=str(error), remedy=error.remedy)


def _cell(cells: Sequence[str], columns: Mapping[str, int], use: str) -> str:
    place = columns.get(use)
    return cells[place] if place is not None and place < len(cells) else ""


def _sector(number: int, text: str, sectors: Sequence[Sector]) -> Sector | RosterProblem:
    known = {name_key(word): sector for sector in sectors for word in (sector.code, sector.label)}
    if found := known.get(name_key(text)):
        return found
    labels = ", ".join(sector.label for sector in sectors)
    if not text:
        return RosterProblem(row=number, problem="The sector is missing.", remedy=f"Choose one of {labels}.")
    close = difflib.get_close_matches(name_key(text), known, n=1, cutoff=0.5)
    guess = f"Did you mean {known[close[0]].label}? " if close else ""
    return RosterProblem(
        row=number, problem=f"“{_short(text)}” is none of the sectors.", remedy=f"{guess}Choose one of {labels}."
    )


def _unlike(person: RosterRow, seen: _Seen) -> RosterRow | RosterProblem:
    """The person, unless an earlier row has them already or has their organisation in another sector."""
    organisation = name_key(person.organisation)
    sector, row = seen.sectors.setdefault(organisation, (person.sector, person.row))
    if sector != person.sector:
        return RosterProblem(
            row=person.row,
            problem=f"“{person.organisation}” stands in another sector in row {row}.",
            remedy="Give an organisation the same sector in all its rows.",
        )
    earlier = seen.people.setdefault((name_key(person.name), organisation), person.row)
    if earlier != person.row:
        return RosterProblem(
            row=person.row,
            problem=f"“{person.name}” of “{person.organisation}” stands in row {earlier} already.",
            remedy="Delete one of the rows, or tell two people of the same name apart by an initial.",
        )
    return person


def _short(text: str) -> str:
    return squeezed(text)[:60]
