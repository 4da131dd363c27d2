"""The record of a meeting as the bytes of a file in one of the formats."""

from __future__ import annotations

from typing import Final

from xsector.agenda.record import Record
from xsector.errors.common import UnknownFormatError
from xsector.export.record_parts import parts_of, title_of
from xsector.export.record_pictures import figures_of
from xsector.model.released import Release

FORMATS: Final = ("docx", "ics", "md", "pdf")


def record_file(record: Record, *, release: Release | None, kind: str) -> bytes:
    """The record as a Word, PDF or Markdown file, or its promises as a calendar.

    Raises
    ------
    UnknownFormatError
        *kind* is none of ``FORMATS``.
    """
    if kind not in FORMATS:
        raise UnknownFormatError(kind, paper="a record", formats=FORMATS)
    # Each format brings a large library; only the one that was asked for is loaded.
    if kind == "ics":
        from xsector.export.calendar import promises_ics

        return promises_ics(record)
    parts = parts_of(record, figures=figures_of(record, release=release))
    if kind == "docx":
        from xsector.export.docx import parts_docx

        return parts_docx(parts, title=title_of(record))
    if kind == "pdf":
        from xsector.export.pdf import parts_pdf

        return parts_pdf(parts, title=title_of(record))
    from xsector.export.markdown import parts_markdown

    return parts_markdown(parts)
