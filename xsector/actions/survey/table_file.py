"""Opens a table that people have, CSV or XLSX, and hands out its rows in blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from xsector.actions.survey.text_table import TextForm, text_form, text_rows
from xsector.actions.survey.workbook_table import MOST_COLUMNS, Limits, workbook_rows
from xsector.errors.files import SurveyFileError

Progress = Callable[[float], None]
"""Told the share of the file that was read, from 0 to 1."""

NumberedRow = tuple[int, list[str]]

_BLOCK_ROWS = 20_000
_BLOCK_BYTES = 16_000_000
_STEP = 100

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "an SQLite database"),
    (b"$FL2", "an SPSS file"),
    (b"$FL3", "an SPSS file"),
    (b"<stata_dta>", "a Stata file"),
    (b"RDX", "an R data file"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table found in a file: the names of its columns and how to read the rows below them."""

    path: Path
    header: tuple[str, ...]
    header_row: int
    form: TextForm | None
    sheet: str | None
    limits: Limits
    notes: tuple[str, ...]


def open_table(path: Path, *, sheet: str | None, limits: Limits) -> Table:
    """The table in the file, after all its bytes were checked and its column names were read."""
    try:
        with path.open("rb") as handle:
            form = form_of(handle, size=path.stat().st_size, limits=limits)
            rows = rows_of(handle, form=form, sheet=sheet, limits=limits)
            number, names = _first_filled(rows)
    except OSError as error:
        reason = error.strerror or "it can't be read"
        raise SurveyFileError(f"The file {path.name} can't be opened: {reason}.", remedy="Check its name.") from error
    return Table(
        path=path,
        header=_checked_header(names, number),
        header_row=number,
        form=form,
        sheet=sheet,
        limits=limits,
        notes=form.notes if form else (),
    )


def form_of(handle: BinaryIO, *, size: int, limits: Limits) -> TextForm | None:
    """How the text in *handle* was written, or None for an XLSX workbook."""
    if size > limits.file_bytes:
        raise SurveyFileError(
            f"The file has {size / 1e6:,.1f} MB; up to {limits.file_bytes / 1e6:,.1f} MB are read here.",
            remedy="Leave out columns that aren't needed, then try again.",
        )
    head = handle.read(64)
    handle.seek(0)
    if head.startswith(_ZIP):
        return None
    _refuse_foreign(head)
    return text_form(handle)


def rows_of(handle: BinaryIO, *, form: TextForm | None, sheet: str | None, limits: Limits) -> Iterator[NumberedRow]:
    """Every row of the table in *handle* with its number."""
    handle.seek(0)
    if form is None:
        return workbook_rows(handle, sheet=sheet, limits=limits)
    if sheet is not None:
        raise SurveyFileError("A CSV file has no sheets to choose from.", remedy="Leave the sheet out.")
    return text_rows(handle, form=form)


def blocks(table: Table, *, progress: Progress | None) -> Iterator[list[NumberedRow]]:
    """The rows below the header in blocks of bounded size."""
    size = max(table.path.stat().st_size, 1)
    with table.path.open("rb") as handle:
        rows = rows_of(handle, form=table.form, sheet=table.sheet, limits=table.limits)
        rows = (row for row in rows if row[0] > table.header_row)
        while block := _block(rows, handle):
            yield block
            if progress is not None:
                progress(min(handle.tell() / size, 1.0))


def _block(rows: Iterator[NumberedRow], handle: BinaryIO) -> list[NumberedRow]:
    start = handle.tell()
    block: list[NumberedRow] = []
    while len(block) < _BLOCK_ROWS and handle.tell() - start < _BLOCK_BYTES:
        step = list(islice(rows, _STEP))
        block += step
        if len(step) < _STEP:
            break
    return block


def _refuse_foreign(head: bytes) -> None:
    if head.startswith(_OLE):
        raise SurveyFileError(
            "The file is an old .xls workbook, or a workbook locked with a password.",
            remedy="Open it in your spreadsheet program, take the password off, and save it as XLSX or CSV.",
        )
    start = head.lstrip().lower()
    foreign = [name for magic, name in _FOREIGN if head.startswith(magic)]
    if start.startswith((b"<!doctype html", b"<html", b"<table")):
        foreign.append("a web page")
    elif start.startswith(b"<?xml"):
        foreign.append("an XML file")
    elif start.startswith((b"[{", b'{"', b"{\r", b"{\n")):
        foreign.append("a JSON file")
    if foreign:
        raise SurveyFileError(
            f"The file is {foreign[0]}, not a table.", remedy="Export the answers as CSV or XLSX and choose that file."
        )


def _first_filled(rows: Iterator[NumberedRow]) -> NumberedRow:
    for number, row in islice(rows, 100):
        if any(cell.strip() for cell in row):
            return number, row
    raise SurveyFileError("The file has no rows.", remedy="Choose the file (or the sheet) that holds the answers.")


def _checked_header(cells: Sequence[str], number: int) -> tuple[str, ...]:
    names = [squeezed(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > MOST_COLUMNS:
        raise SurveyFileError(
            f"The table has more than {MOST_COLUMNS:,} columns.", remedy="Leave out columns that aren't needed."
        )
    filled = [name for name in names if name]
    if sum(_is_number(name) for name in filled) * 2 > len(filled):
        raise SurveyFileError(
            f"Row {number} holds numbers, not the names of columns.",
            remedy="Put a row with a name for each column on top of the answers.",
        )
    names = [name or f"column {place}" for place, name in enumerate(names, 1)]
    for name, times in Counter(names).items():
        if times > 1:
            places = " and ".join(str(place) for place, other in enumerate(names, 1) if other == name)
            raise SurveyFileError(
                f"{times} columns have the same name “{name[:60]}” (columns {places[:60]}).",
                remedy="Give each column a name of its own.",
            )
    return tuple(names)


def squeezed(cell: str) -> str:
    """The cell without outer, repeated or invisible blanks and control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in cell).split())


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return text.casefold() not in {"nan", "inf", "infinity"}
