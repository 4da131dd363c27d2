"""An address as a QR code that a telephone's camera reads from the screen."""

from __future__ import annotations

import io
from dataclasses import dataclass

import segno


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A QR code as a picture, dark on white whatever the page's colours."""

    svg: str
    alt: str
    ground: str = "#FFFFFF"


def qr_code(address: str) -> Code:
    """The code that opens *address*."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn,
        kind="svg",
        xmldecl=False,
        border=4,
        dark="#000",
        light="#fff",
        omitsize=True,
        svgclass=None,
        lineclass=None,
    )
    return Code(svg=drawn.getvalue().decode(), alt=f"QR code of {address}")
