"""Tables in workbooks: rows of an XLSX sheet as text, read without trusting the file."""

from __future__ import annotations

import datetime
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook.workbook import Workbook

from xsector.actions.survey.workbook_parts import refuse_heavy_parts
from xsector.errors.files import SurveyFileError

MOST_ROWS = 1_048_576
MOST_COLUMNS = 2_000
_BLOCK_ROWS = 1_000
_BLOCK_CELLS = 50_000

_BROKEN = (
    # What openpyxl, zipfile and the XML parser were seen to raise for damaged workbooks.
    InvalidFileException,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    SyntaxError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    EOFError,
    OSError,
    RuntimeError,
)
_RESAVE = "Open it in your spreadsheet program, save it again as XLSX or CSV, then try that file."


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How large a file may be, packed and unpacked; a small workbook can unpack to a huge one."""

    file_bytes: int
    unpacked_bytes: int
    members: int
    ratio: int
    elements: int
    cells: int


OPERATOR_LIMITS = Limits(
    file_bytes=2_000_000_000,
    unpacked_bytes=200_000_000,
    members=2_000,
    ratio=200,
    elements=30_000_000,
    cells=100_000_000,
)
"""For a person at the server's own terminal."""

WEB_LIMITS = Limits(
    file_bytes=2 * 1024 * 1024, unpacked_bytes=20_000_000, members=200, ratio=100, elements=150_000, cells=2_000_000
)
"""For files that arrive through a browser."""


def workbook_rows(handle: BinaryIO, *, sheet: str | None, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """Every row of the named (or first visible) sheet with its number, cells as text.

    Formulas come as the value that was saved with them; macros are never looked at.
    """
    _refuse_bombs(handle, limits)
    book = _opened(handle)
    try:
        rows = _chosen(book, sheet)
        start, cells = 1, 0
        while block := _block(rows):
            if start + len(block) - 1 > MOST_ROWS:
                raise SurveyFileError(f"The sheet has more than {MOST_ROWS:,} rows.", remedy="Save it as CSV.")
            yield from ((number, _trimmed(row)) for number, row in enumerate(block, start))
            start, cells = start + len(block), cells + sum(map(len, block))
            if cells > limits.cells:
                # One filled cell far to the right makes a whole row of empty ones.
                raise SurveyFileError(
                    "The sheet is too wide and too long to be read here.", remedy="Delete the empty columns."
                )
    finally:
        book.close()


def _refuse_bombs(handle: BinaryIO, limits: Limits) -> None:
    try:
        handle.seek(0)
        with zipfile.ZipFile(handle) as archive:
            _refuse_bomb(archive, limits)
            refuse_heavy_parts(archive, elements=limits.elements)
    except _BROKEN as error:
        raise SurveyFileError("The workbook is damaged and can't be opened.", remedy=_RESAVE) from error


def _refuse_bomb(archive: zipfile.ZipFile, limits: Limits) -> None:
    members = archive.infolist()
    names = {member.filename for member in members}
    if "[Content_Types].xml" not in names:
        kind = "an OpenDocument file" if "mimetype" in names else "a ZIP archive"
        raise SurveyFileError(f"The file is {kind}, not an XLSX workbook.", remedy="Save the table as XLSX or CSV.")
    unpacked = sum(member.file_size for member in members)
    packed = max(sum(member.compress_size for member in members), 1)
    if unpacked > limits.unpacked_bytes or len(members) > limits.members or unpacked > limits.ratio * packed:
        raise SurveyFileError(
            f"The workbook unpacks to {unpacked / 1e6:,.0f} MB in {len(members):,} parts, more than is allowed here.",
            remedy="Save only the sheet with the answers, as CSV.",
        )


def _opened(handle: BinaryIO) -> Workbook:
    handle.seek(0)
    try:
        # openpyxl warns about styles and validations that don't matter for the values.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(handle, read_only=True, data_only=True, keep_links=False)
    except _BROKEN as error:
        raise SurveyFileError("The workbook is damaged and can't be opened.", remedy=_RESAVE) from error


def _chosen(book: Workbook, sheet: str | None) -> Iterator[tuple[object, ...]]:
    known = {each.title: each for each in book.worksheets}
    if not known:
        raise SurveyFileError("The workbook has no sheet with cells.", remedy="Choose another file.")
    if sheet is not None and sheet not in known:
        names = ", ".join(f"“{name}”" for name in list(known)[:10])
        raise SurveyFileError(f"The workbook has no sheet “{sheet}”.", remedy=f"Choose one of {names}.")
    visible = [each for each in book.worksheets if each.sheet_state == "visible"] or book.worksheets
    chosen = known[sheet] if sheet is not None else visible[0]
    # Some programs write a wrong size into the sheet, which would cut rows off.
    chosen.reset_dimensions()
    rows: Iterator[tuple[object, ...]] = chosen.iter_rows(values_only=True)
    return rows


def _block(rows: Iterator[tuple[object, ...]]) -> list[list[str]]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            block: list[list[str]] = []
            cells = 0
            while cells < _BLOCK_CELLS and len(block) < _BLOCK_ROWS and (row := next(rows, None)) is not None:
                block.append([_text(value) for value in row])
                cells += len(row)
            return block
    except _BROKEN as error:
        raise SurveyFileError("The sheet is damaged and can't be read.", remedy=_RESAVE) from error


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    return str(value)
