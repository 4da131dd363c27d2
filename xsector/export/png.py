"""A chart as a PNG picture."""

from __future__ import annotations

from typing import Final

import plotly.graph_objects as go

from xsector.charts.measuring import FONT_FOLDER
from xsector.charts.theme import FAMILY
from xsector.export.svg import svg_of

_PAGE: Final = """
#set page(width: {width}pt, height: {height}pt, margin: 0pt)
#set text(font: "{family}")
#image(bytes(sys.inputs.svg), format: "svg", width: {width}pt)
"""


def png_of(figure: go.Figure, *, zoom: float = 2.0) -> bytes:
    """The figure as PNG bytes, *zoom* pixels for every pixel of the sheet."""
    # The compiler takes long to load, and most visits need no picture file.
    import typst

    page = _PAGE.format(width=figure.layout.width, height=figure.layout.height, family=FAMILY)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONT_FOLDER)])
    return typst.compile(
        page.encode(), format="png", ppi=72 * zoom, font_paths=fonts, sys_inputs={"svg": svg_of(figure)}
    )
