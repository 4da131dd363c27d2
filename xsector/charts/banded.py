"""A sensitive question by block: counted where answers are mixed, “at least 4 of 6” where they are not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

from xsector.charts.measuring import fitting_size, text_width, wrapped
from xsector.charts.shares import answered_of
from xsector.charts.sheet import (
    LINE,
    Drawing,
    Stacked,
    Tile,
    figure_of,
    frame,
    heading,
    note_line,
    tiles,
    together,
    words,
)
from xsector.charts.theme import BODY, BOLD, EDGE, LABEL, SEMIBOLD, SMALL, Theme
from xsector.model.kept import kept_words, people_by_pole
from xsector.model.poles import NO_ANSWER, poles
from xsector.model.released import WITHHELD, Band, BandedItem, Release

_STRIPE: Final = 7.0
_NAME_WIDTH: Final = 260
_SAID_WIDTH: Final = 420


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """Pixels: left and right edge of the bars, top of the first row and height of each."""

    left: float
    right: float
    top: float
    row: float


def banded_bars(
    item: BandedItem, *, release: Release, headline: str, subtitle: str, caption: str, note: str, theme: Theme
) -> go.Figure:
    """Draw a bar for each block: low answers from the left, high ones from the right.

    A full bar is counted. A striped part stands for at least so many people; where the bar is empty, any
    answer is possible. *caption* is one line below the bars.
    """
    head = heading(headline, subtitle=subtitle, theme=theme)
    foot = note_line(note, theme=theme, bottom=theme.height)
    told = _caption(caption, theme=theme, bottom=foot.edge)
    names = [
        line
        for block in release.blocks
        for line in wrapped(block.name, width=_NAME_WIDTH, size=LABEL, weight=BOLD, most=2)
    ]
    left = EDGE + max(text_width(name, size=LABEL, weight=BOLD) for name in names) + 24
    top = head.edge + 24
    rows = _Rows(
        left=left,
        right=theme.right - _SAID_WIDTH - 24,
        top=top,
        row=min((told.edge - top) / max(len(release.blocks), 1), 96),
    )
    bars = [_bar(item, place=place, release=release, rows=rows, theme=theme) for place in range(len(release.blocks))]
    said = "; ".join(f"{block.name}: {kept_words(item, place=place)}" for place, block in enumerate(release.blocks))
    alt = f"{headline.rstrip('.')}. {said}; {answered_of(release)}. {caption}".rstrip()
    return figure_of(
        together((head.drawing, *bars, told.drawing, foot.drawing)), theme=theme, headline=headline, alt=alt
    )


def _caption(caption: str, *, theme: Theme, bottom: float) -> Stacked:
    """One line that a room can read, above the small print."""
    if not caption:
        return Stacked(drawing=Drawing(), edge=bottom)
    size = fitting_size(caption, width=theme.right - EDGE, sizes=(BODY, LABEL, SMALL), weight=SEMIBOLD, most=1)
    lines = wrapped(caption, width=theme.right - EDGE, size=size, weight=SEMIBOLD, most=1)
    drawing = words(lines, x=EDGE, y=bottom - 4, size=size, colour=theme.ink, weight=SEMIBOLD, stand="bottom")
    return Stacked(drawing=drawing, edge=bottom - 4 - size * LINE - 10)


def _bar(item: BandedItem, *, place: int, release: Release, rows: _Rows, theme: Theme) -> Drawing:
    y = rows.top + (place + 0.5) * rows.row
    half = min(rows.row * 0.3, 22)
    name = wrapped(release.blocks[place].name, width=_NAME_WIDTH, size=LABEL, weight=BOLD, most=2)
    said = wrapped(kept_words(item, place=place), width=_SAID_WIDTH, size=SMALL, most=3)
    band = item.bands[place]
    colours = _colours(item, theme=theme)
    parts = people_by_pole(item, place=place) if band is None else []
    pieces = [
        Tile(left=left, right=right, top=y - half, bottom=y + half, fill=colours[pole])
        for pole, left, right in _spans(parts, rows=rows)
    ]
    if band is not None and band.pole != WITHHELD:
        pieces = list(_stripes(band, rows=rows, y=(y - half, y + half), fill=colours[band.pole]))
    drawn = [
        tiles(pieces, line=theme.background),
        words(name, x=rows.left - 16, y=y, size=LABEL, colour=theme.ink, anchor="right", weight=BOLD),
        words(said, x=rows.right + 20, y=y, size=SMALL, colour=theme.ink),
    ]
    if band is not None:
        drawn.append(frame(x=(rows.left, rows.right), y=(y - half, y + half), colour=theme.muted, width=1.5))
    return together(drawn)


def _spans(parts: Sequence[tuple[str, int]], *, rows: _Rows) -> Iterator[tuple[str, float, float]]:
    everybody = sum(people for _, people in parts) or 1
    at = rows.left
    for pole, people in parts:
        width = people / everybody * (rows.right - rows.left)
        if people:
            yield pole, at, at + width
        at += width


def _stripes(band: Band, *, rows: _Rows, y: tuple[float, float], fill: str) -> Iterator[Tile]:
    """Upright stripes over the part that is sure: at the left for low answers, at the right for high ones."""
    whole = rows.right - rows.left
    width = band.at_least / band.people * whole
    start = {"low": rows.left, "high": rows.right - width}.get(band.pole, rows.left + (whole - width) / 2)
    number = int(width // (2 * _STRIPE))
    for stripe in range(number + 1):
        left = start + 2 * stripe * _STRIPE
        right = min(left + _STRIPE, start + width)
        if right > left:
            yield Tile(left=left, right=right, top=y[0], bottom=y[1], fill=fill)


def _colours(item: BandedItem, *, theme: Theme) -> dict[str, str]:
    if not item.ordered:
        marks = poles(len(item.levels), ordered=False)
        return {pole: theme.colours[number % len(theme.colours)] for number, pole in enumerate(marks)}
    low, _, middle, _, high = theme.answers(5)
    return {"low": low, "middle": middle, "high": high, NO_ANSWER: theme.grid}
