"""Tables as text: which encoding, which separator, and the rows themselves."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from xsector.errors.files import SurveyFileError

SEPARATORS = "\t;|,"
"""The rarer a sign is within cells, the earlier it stands; commas are in many."""

LONGEST_LINE = 1_000_000
_STRETCH = 1 << 19
_SAMPLE = 1 << 16
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ENCODING_NAMES = {"utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "utf-32": "UTF-32"}
_RESAVE = "Save it from your spreadsheet program as “CSV UTF-8”, then try again."


@dataclass(frozen=True, slots=True, kw_only=True)
class TextForm:
    """How a table was written down: its encoding and separator, and what to tell about them."""

    encoding: str
    separator: str
    notes: tuple[str, ...] = ()


def text_form(handle: BinaryIO) -> TextForm:
    """The encoding and separator of the table in *handle*, which is read to its end and rewound."""
    encoding, notes = _encoding(handle)
    handle.seek(0)
    sample = codecs.getincrementaldecoder(encoding)("strict").decode(handle.read(_SAMPLE))
    handle.seek(0)
    if not sample.strip():
        raise SurveyFileError("The file is empty.", remedy="Choose the file that holds the answers.")
    separator = best_separator(sample, whole=len(sample) < _SAMPLE // 4)
    if separator is None:
        raise SurveyFileError(
            "No columns were found in the file.",
            remedy="Separate columns by commas, semicolons, tabs or “|”, with no title above the names of the columns.",
        )
    return TextForm(encoding=encoding, separator=separator, notes=notes)


def best_separator(sample: str, *, whole: bool) -> str | None:
    """The separator that cuts the first lines most evenly; None if none cuts them at all.

    The last line of *sample* counts only if it's *whole*.
    """
    if sample[:4].casefold() == "sep=" and sample[4:5] in SEPARATORS and sample[5:6] in "\r\n":
        return sample[4]
    lines = sample.splitlines(keepends=True)
    if not whole and len(lines) > 1:
        lines.pop()
    scores = {separator: _evenness(lines, separator) for separator in SEPARATORS}
    even = [separator for separator, (evenness, _) in scores.items() if evenness == 1.0]
    best = even[0] if even else max(scores, key=lambda separator: scores[separator])
    return best if scores[best] > (0.0, 1) else None


def _evenness(lines: list[str], separator: str) -> tuple[float, int]:
    try:
        rows = [row for row in islice(csv.reader(lines, delimiter=separator, skipinitialspace=True), 60) if any(row)]
    except csv.Error:
        return 0.0, 0
    width = len(rows[0]) if rows else 0
    if width < 2:
        return 0.0, 0
    return sum(len(row) == width for row in rows) / len(rows), width


def text_rows(handle: BinaryIO, *, form: TextForm) -> Iterator[tuple[int, list[str]]]:
    """Every row with its number as a spreadsheet shows it, blank rows as empty lists."""
    # No `with`: closing belongs to whoever opened the handle, so the wrapper lets go of it at the end.
    text = io.TextIOWrapper(handle, encoding=form.encoding, newline="")
    number = 0
    try:
        reader = csv.reader(text, delimiter=form.separator, skipinitialspace=True, strict=True)
        for number, row in enumerate(reader, 1):
            yield number, [] if number == 1 and _names_the_separator(row) else row
    except csv.Error as error:
        raise _quoting(number + 1, error) from error
    except UnicodeError as error:
        raise SurveyFileError(f"Row {number + 1} holds characters that can't be read.", remedy=_RESAVE) from error
    finally:
        if not handle.closed:
            text.detach()


def _names_the_separator(row: list[str]) -> bool:
    return len(row) == 2 and row[0].casefold() == "sep=" and not row[1]


def _quoting(number: int, error: csv.Error) -> SurveyFileError:
    if "field larger" in str(error):
        return SurveyFileError(
            f"Row {number} holds a cell of more than {csv.field_size_limit():,} characters.",
            remedy="Shorten the cell, or close the quotation mark that was left open in or above that row.",
        )
    return SurveyFileError(
        f"A quotation mark in row {number} or below is not closed, or has text right behind it.",
        remedy='Write a quotation mark within a cell twice (""), and close each cell that opens with one.',
    )


def _encoding(handle: BinaryIO) -> tuple[str, tuple[str, ...]]:
    head = handle.read(4096)
    for mark, marked in _BOMS:
        if head.startswith(mark):
            return _sure(handle, marked)
    if silent := _silent_utf16(head):
        return _sure(handle, silent)
    fault = _undecodable_line(handle, "utf-8")
    if fault is None:
        return "utf-8", ()
    if (other := _undecodable_line(handle, "cp1252")) is not None:
        raise SurveyFileError(f"Line {other} holds bytes that are no text in a known encoding.", remedy=_RESAVE)
    note = f"Line {fault} is not UTF-8, so the file was read as Windows-1252 (Western European)."
    return "cp1252", (note + " If names look wrong, save it as “CSV UTF-8” and import it again.",)


def _sure(handle: BinaryIO, encoding: str) -> tuple[str, tuple[str, ...]]:
    name = _ENCODING_NAMES.get(encoding, "UTF-8")
    if (line := _undecodable_line(handle, encoding)) is not None:
        raise SurveyFileError(f"The file begins as {name}, but line {line} is not.", remedy=_RESAVE)
    return encoding, (f"The file was read as {name}.",) if encoding in _ENCODING_NAMES else ()


def _silent_utf16(head: bytes) -> str:
    """UTF-16 without a mark: Latin text then has a zero in every second byte."""
    half = len(head) // 2
    if half and head[1::2].count(0) > 0.4 * half and not head[0::2].count(0):
        return "utf-16-le"
    if half and head[0::2].count(0) > 0.4 * half and not head[1::2].count(0):
        return "utf-16-be"
    return ""


def _undecodable_line(handle: BinaryIO, encoding: str) -> int | None:
    """The first line that *encoding* can't read, or None; refuses what can't be a table at all."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    handle.seek(0)
    line, length = 1, 0
    while True:
        block = handle.read(_STRETCH)
        try:
            text = decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            return line + block[: error.start].count(b"\n")
        _refuse_odd(text, line)
        last = max(text.rfind("\n"), text.rfind("\r"))
        length = length + len(text) if last < 0 else len(text) - last - 1
        if length > LONGEST_LINE:
            raise SurveyFileError(
                f"Line {line + text.count(chr(10))} is longer than {LONGEST_LINE:,} characters.",
                remedy="Leave out the column with the long texts, then try again.",
            )
        line += text.count("\n")
        if not block:
            return None


def _refuse_odd(text: str, line: int) -> None:
    if (place := text.find("\0")) >= 0:
        raise SurveyFileError(f"Line {line + text.count(chr(10), 0, place)} holds zero bytes.", remedy=_RESAVE)
    if line == 1 and sum(c < " " and c not in "\t\r\n\f" for c in text[:2000]) > max(len(text[:2000]) // 20, 5):
        raise SurveyFileError("The file holds no text.", remedy="Choose a CSV or XLSX file.")
