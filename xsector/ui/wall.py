"""The room's screen: one picture that fills it until there is a newer one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from xsector.ui import live, resources
from xsector.ui.board import Picture, board
from xsector.ui.qr import Code, qr_code, room_address


def wall(
    picture: Picture, *, revision: str, newest: Callable[[], str], clock: Callable[[], None] | None = None
) -> None:
    """Show *picture* of *revision* until *newest* tells another; *clock* draws what runs above it."""
    with st.container(key="wall"):
        board(picture, key="wall-board", height="100vh")
        if clock is not None:
            clock()
    live.keep_up("wall", mark=revision, newest=newest)


def invitation(partnership: str, *, room_code: str | None) -> str:
    """The line under the title: how to come in while the round is open, else whose round it is."""
    if room_code is None:
        return partnership
    host = resources.settings().address("/room").split("://", maxsplit=1)[-1]
    return f"Scan to come in, or type {spaced(room_code)} at {host}, or use your personal link."


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """How people come in: a sentence, the room code as it is read out, and the QR code that leads there."""

    sentence: str
    room_code: str
    code: Code | None

    @property
    def words(self) -> dict[str, object]:
        """The sentence and the code, as a board of its own words asks for them."""
        return {"subtitle": self.sentence, "code": self.code}


def door(round_id: int, *, partnership: str, room_code: str | None) -> Door:
    """The way into a room, as large as a wall has it; the partnership's name alone where nobody can come in."""
    return Door(
        sentence=invitation(partnership, room_code=room_code),
        room_code=spaced(room_code) if room_code else "",
        code=way_in(round_id, room_code=room_code),
    )


def way_in(round_id: int, *, room_code: str | None) -> Code | None:
    """The QR code that leads straight to the choice of a name; None where nobody can come in."""
    if room_code is None:
        return None
    return qr_code(room_address(round_id, room_code=room_code), alt="QR code of the room")


def spaced(room_code: str) -> str:
    """A room code in two halves, as people read it out."""
    return f"{room_code[:4]} {room_code[4:]}"
