"""The wall before the reveal: how many have answered, and nothing of what."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

from xsector.charts.measuring import fitting_size, text_width, wrapped
from xsector.charts.shares import number
from xsector.charts.sheet import Drawing, Spot, Tile, figure_of, heading, spots, tiles, together, words
from xsector.charts.theme import BODY, BOLD, EDGE, LABEL, NUMBER, SEMIBOLD, Theme

_SENTENCE: Final = 42
_BAR: Final = 26
_CODE: Final = 300
"""Side of a QR code: read from the last row of a room of ten metres."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """How many people of one sector have answered."""

    label: str
    look: int
    answered: int


def code_place(theme: Theme) -> Tile:
    """Where a QR code lies on the sheet when room is kept for one."""
    return Tile(
        left=theme.right - _CODE, right=theme.right, top=theme.height - EDGE - _CODE, bottom=theme.height - EDGE,
        fill="#FFFFFF",
    )  # fmt: skip


def waiting_wall(
    title: str, *, answered: int, invited: int, sectors: Sequence[Arrived], subtitle: str, theme: Theme,
    scan: str = "",
) -> go.Figure:  # fmt: skip
    """Draw “12 of 17 have answered” under the round's title; *sectors* may be empty.

    With *scan*, the words over a QR code, room is kept for that code at ``code_place``.
    """
    right = code_place(theme).left - EDGE if scan else theme.right
    head = heading(title, subtitle=subtitle, theme=theme)
    middle = head.edge + (60 if sectors else 150) + NUMBER / 2
    drawing = together(
        (
            head.drawing,
            _count(answered, invited=invited, y=middle, theme=theme),
            _progress(answered, invited=invited, top=middle + NUMBER / 2 + 14, right=right, theme=theme),
            _sectors(sectors, top=middle + NUMBER / 2 + 90, right=right, theme=theme),
            _scan(scan, theme=theme),
        )
    )
    parts = "; ".join(f"{sector.label} {number(sector.answered)}" for sector in sectors)
    alt = f"{title.rstrip('.')}: {number(answered)} of {number(invited)} have answered.{f' {parts}.' if parts else ''}"
    return figure_of(drawing, theme=theme, headline=title, alt=alt)


def _count(answered: int, *, invited: int, y: float, theme: Theme) -> Drawing:
    width = text_width(number(answered), size=NUMBER, weight=BOLD)
    sentence = f"of {number(invited)} have answered"
    return together(
        (
            words((number(answered),), x=EDGE, y=y, size=NUMBER, colour=theme.ink, weight=BOLD),
            words((sentence,), x=EDGE + width + 20, y=y + 18, size=_SENTENCE, colour=theme.ink, weight=SEMIBOLD),
        )
    )


def _scan(said: str, *, theme: Theme) -> Drawing:
    place = code_place(theme)
    size = fitting_size(said, width=_CODE, sizes=(BODY, LABEL), weight=SEMIBOLD)
    middle = (place.left + place.right) / 2
    return words((said,) if said else (), x=middle, y=place.top - size, size=size, colour=theme.ink, weight=SEMIBOLD,
                 anchor="center")  # fmt: skip


def _progress(answered: int, *, invited: int, top: float, right: float, theme: Theme) -> Drawing:
    share = min(answered / invited, 1.0) if invited else 0.0
    end = EDGE + share * (right - EDGE)
    track = Tile(left=EDGE, right=right, top=top, bottom=top + _BAR, fill=theme.grid)
    done = Tile(left=EDGE, right=end, top=top, bottom=top + _BAR, fill=theme.colours[0])
    return tiles((track, done) if answered else (track,), line=theme.background)


def _sectors(sectors: Sequence[Arrived], *, top: float, right: float, theme: Theme) -> Drawing:
    """One entry per sector, filled column by column."""
    columns = 1 if len(sectors) < 2 else 2
    lines = math.ceil(len(sectors) / columns)
    width = (right - EDGE) / columns
    height = min((theme.height - 20 - top) / max(lines, 1), 72)
    entries = [
        _sector(sector, x=EDGE + place // lines * width, y=top + (place % lines + 0.5) * height, width=width,
                theme=theme)
        for place, sector in enumerate(sectors)
    ]  # fmt: skip
    return together(entries)


def _sector(sector: Arrived, *, x: float, y: float, width: float, theme: Theme) -> Drawing:
    mark = Spot(x=x + 16, y=y, look=sector.look, colour=theme.colours[sector.look])
    size = fitting_size(sector.label, width=width - 140, sizes=(BODY + 4, BODY + 2, BODY, LABEL), most=1)
    label = wrapped(sector.label, width=width - 140, size=size, most=1)
    return together(
        (
            spots((mark,), size=30, line=theme.muted, line_width=0),
            words((number(sector.answered),), x=x + 104, y=y, size=36, colour=theme.ink, weight=BOLD, anchor="right"),
            words(label, x=x + 122, y=y, size=size, colour=theme.ink),
        )
    )
