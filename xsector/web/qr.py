"""An address as a QR code that a telephone's camera reads."""

from __future__ import annotations

import segno


def code_for(address: str) -> str:
    """SVG markup of the code, dark on white whatever the page's colours, to be put into a page."""
    markup: str = segno.make(address, error="m", micro=False).svg_inline(
        border=4, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None
    )
    return markup
