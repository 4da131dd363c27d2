"""An address as a QR code that a telephone's camera reads from the screen."""

from __future__ import annotations

import io
from dataclasses import dataclass

import segno

from xsector.store.crypto import room_door
from xsector.ui import resources


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A QR code as a picture, dark on white whatever the page's colours."""

    svg: str
    alt: str
    ground: str = "#FFFFFF"


def room_address(round_id: int, *, room_code: str) -> str:
    """The address behind the QR code of an open round's room: its door, which nobody can guess."""
    door = room_door(room_code, round_id=round_id, key=resources.signing_key())
    return resources.settings().address(f"/room/{door}")


def qr_code(address: str, *, alt: str = "") -> Code:
    """The code that opens *address*; *alt* is said instead of the address where that is a secret."""
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
    return Code(svg=drawn.getvalue().decode(), alt=alt or f"QR code of {address}")
