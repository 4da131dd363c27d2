"""What stands in the parts of a workbook, counted while nothing is built of it yet."""

from __future__ import annotations

import zipfile
from typing import IO, Final
from xml.parsers import expat

from xsector.errors.files import SurveyFileError

LONGEST_CELL: Final = 100_000
"""Characters; spreadsheet programs stop at 32,767."""
MOST_IN_ROW: Final = 50_000
"""Elements within one row or one text; a row of all 16,384 columns has two or three for each cell."""
DEEPEST: Final = 50
_LONGEST_TAG: Final = 500_000
"""Bytes that may wait for the end of a tag; text doesn't wait."""
_ROW_DEPTH: Final = 3
_BLOCK: Final = 1 << 16
_USUAL: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_FOREIGN_LETTERS: Final = frozenset({18, 19})
"""Expat's numbers for an encoding that it doesn't know, or that isn't what it says."""
_RESAVE: Final = "Open it in your spreadsheet program, save it again as XLSX or CSV, then try that file."


def refuse_heavy_parts(archive: zipfile.ZipFile, *, elements: int) -> None:
    """Raise SurveyFileError if any part would grow in memory: too many elements, endless text, or XML entities.

    Small files can be made to take gigabytes; a library notices only when it has built them.
    """
    left = elements
    for member in archive.infolist():
        if member.compress_type not in _USUAL:
            raise SurveyFileError("The workbook is packed in an unusual way.", remedy=_RESAVE)
        with archive.open(member) as part:
            left -= _counted(part, most=left)


def _counted(part: IO[bytes], *, most: int) -> int:
    """How many elements the part has, up to where it stops being XML: no reader comes further than that."""
    tally = _Tally(most)
    fed = 0
    try:
        while block := part.read(_BLOCK):
            tally.parser.Parse(block, False)
            fed += len(block)
            if fed - tally.parser.CurrentByteIndex > _LONGEST_TAG:
                raise _damaged()
    except expat.ExpatError as error:
        if error.code in _FOREIGN_LETTERS:
            raise _damaged() from error
    return tally.elements


class _Tally:
    """What a parser has met so far; a class because expat calls back into what it counts."""

    def __init__(self, most: int) -> None:
        self.elements = self._depth = self._in_row = self._letters = 0
        self._most = most
        self.parser = expat.ParserCreate()
        self.parser.ordered_attributes = self.parser.buffer_text = True
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self.parser.CharacterDataHandler, self.parser.StartDoctypeDeclHandler = self._text, self._doctype

    def _start(self, _name: str, attributes: list[str]) -> None:
        self.elements, self._depth, self._letters = self.elements + 1, self._depth + 1, 0
        self._in_row = self._in_row + 1 if self._depth > _ROW_DEPTH else 0
        if self.elements > self._most or self._in_row > MOST_IN_ROW:
            raise SurveyFileError(
                "The workbook has more cells than are read here.",
                remedy="Save only the sheet that is needed, without empty rows and columns, as CSV.",
            )
        if self._depth > DEEPEST or (attributes and sum(map(len, attributes)) > LONGEST_CELL):
            raise _damaged()

    def _end(self, _name: str) -> None:
        self._depth -= 1

    def _text(self, piece: str) -> None:
        self._letters += len(piece)
        if self._letters > LONGEST_CELL:
            raise SurveyFileError(
                f"The workbook holds a text of more than {LONGEST_CELL:,} characters.", remedy="Shorten it, then save."
            )

    def _doctype(self, *_declared: object) -> None:
        raise SurveyFileError("The workbook declares entities, which no spreadsheet program does.", remedy=_RESAVE)


def _damaged() -> SurveyFileError:
    return SurveyFileError("The workbook is damaged and can't be opened.", remedy=_RESAVE)
