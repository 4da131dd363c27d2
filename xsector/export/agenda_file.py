"""An agenda as the bytes of a file in one of the formats."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import plotly.graph_objects as go

from xsector.agenda.document import Agenda
from xsector.errors.common import UnknownFormatError

FORMATS: Final = ("docx", "md", "pdf")


def agenda_file(agenda: Agenda, *, figures: Mapping[str, go.Figure], kind: str) -> bytes:
    """The agenda as a Word, PDF or Markdown file.

    Raises
    ------
    UnknownFormatError
        *kind* is none of ``FORMATS``.
    """
    # Each format brings a large library; only the one that was asked for is loaded.
    if kind == "docx":
        from xsector.export.docx import agenda_docx

        return agenda_docx(agenda, figures=figures)
    if kind == "pdf":
        from xsector.export.pdf import agenda_pdf

        return agenda_pdf(agenda, figures=figures)
    if kind == "md":
        from xsector.export.markdown import agenda_markdown

        return agenda_markdown(agenda, figures=figures)
    raise UnknownFormatError(kind)
