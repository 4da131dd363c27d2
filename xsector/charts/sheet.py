"""Pieces of a picture, placed in pixels on the sheet, and the figure they make together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import plotly.graph_objects as go

from xsector.charts.measuring import cleaned, fitting_size, inert, text_width, wrapped
from xsector.charts.theme import (
    BOLD,
    EDGE,
    FONT_STACK,
    HEADLINE_SIZES,
    LABEL,
    REGULAR,
    SMALL,
    SUBTITLE_SIZES,
    SYMBOLS,
    Theme,
    symbol_size,
)

LINE: Final = 1.3
"""Distance of two lines of text, in letter sizes; Plotly has the same."""

_KEY_TRIES: Final = ((600, 2), (420, 3), (360, 3), (280, 3), (230, 3), (190, 3), (150, 3), (110, 3))
"""Widest label in pixels, and the rows that may hold the key at that width."""

# Plotly takes its parts as dictionaries of mixed values.
Part = dict[str, Any]
Anchor = Literal["left", "center", "right"]
Stand = Literal["top", "middle", "bottom"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Parts of a figure: what lies below, the marks, and the text above them."""

    traces: tuple[Part, ...] = ()
    shapes: tuple[Part, ...] = ()
    texts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stacked:
    """A drawing and the first free pixel below it (or, for a note, above it)."""

    drawing: Drawing
    edge: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One mark: its place, its look, and what a pointer resting on it reads."""

    x: float
    y: float
    look: int
    colour: str
    hover: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One filled rectangle: its place, and what a pointer resting on it reads."""

    left: float
    right: float
    top: float
    bottom: float
    fill: str
    hover: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a key: a shape of its colour, and what it stands for."""

    label: str
    colour: str
    symbol: str


def together(drawings: Iterable[Drawing]) -> Drawing:
    """All drawings as one, the first at the bottom."""
    parts = list(drawings)
    return Drawing(
        traces=tuple(trace for part in parts for trace in part.traces),
        shapes=tuple(shape for part in parts for shape in part.shapes),
        texts=tuple(text for part in parts for text in part.texts),
    )


def words(
    lines: Sequence[str], *, x: float, y: float, size: float, colour: str, weight: int = REGULAR,
    anchor: Anchor = "left", stand: Stand = "middle",
) -> Drawing:  # fmt: skip
    """Lines of plain text; this is the only door through which text enters a figure."""
    font = {"size": size, "color": colour, "weight": weight, "family": FONT_STACK}
    text: Part = {
        "text": "<br>".join(inert(line) for line in lines),
        "x": round(x, 2), "y": round(y, 2), "xref": "x", "yref": "y",
        "xanchor": anchor, "yanchor": stand, "align": anchor,
        "font": font, "showarrow": False, "borderpad": 0,
    }  # fmt: skip
    return Drawing(texts=(text,)) if any(lines) else Drawing()


def rule(
    *, x: tuple[float, float], y: tuple[float, float], colour: str, width: float = 1,
    layer: Literal["below", "above"] = "below",
) -> Drawing:  # fmt: skip
    """A straight line, below the marks unless it must not be covered."""
    shape: Part = {
        "type": "line", "x0": round(x[0], 2), "x1": round(x[1], 2), "y0": round(y[0], 2), "y1": round(y[1], 2),
        "line": {"color": colour, "width": width}, "layer": layer,
    }  # fmt: skip
    return Drawing(shapes=(shape,))


def frame(*, x: tuple[float, float], y: tuple[float, float], colour: str, width: float) -> Drawing:
    """An empty box above the marks."""
    shape: Part = {
        "type": "rect", "x0": round(x[0], 2), "x1": round(x[1], 2), "y0": round(y[0], 2), "y1": round(y[1], 2),
        "line": {"color": colour, "width": width}, "layer": "above",
    }  # fmt: skip
    return Drawing(shapes=(shape,))


def tiles(placed: Sequence[Tile], *, line: str, line_width: float = 0) -> Drawing:
    """Filled rectangles, drawn as bars so that a pointer can read them."""
    if not placed:
        return Drawing()
    trace: Part = {
        "type": "bar", "orientation": "h",
        "x": [round(tile.right - tile.left, 2) for tile in placed],
        "y": [round((tile.top + tile.bottom) / 2, 2) for tile in placed],
        "base": [round(tile.left, 2) for tile in placed],
        "width": [round(tile.bottom - tile.top, 2) for tile in placed],
        "marker": {"color": [tile.fill for tile in placed], "line": {"color": line, "width": line_width}},
    }  # fmt: skip
    return Drawing(traces=({**trace, **_hover([tile.hover for tile in placed])},))


def spots(placed: Sequence[Spot], *, size: float, line: str, line_width: float) -> Drawing:
    """Marks in the shapes of their looks."""
    if not placed:
        return Drawing()
    marker = {
        "symbol": [SYMBOLS[spot.look] for spot in placed],
        "size": [symbol_size(spot.look, size=size) for spot in placed],
        "color": [spot.colour for spot in placed],
        "line": {"color": line, "width": line_width},
        "opacity": 1,
    }
    trace: Part = {
        "type": "scatter", "mode": "markers", "cliponaxis": False, "marker": marker,
        "x": [round(spot.x, 2) for spot in placed], "y": [round(spot.y, 2) for spot in placed],
    }  # fmt: skip
    return Drawing(traces=({**trace, **_hover([spot.hover for spot in placed])},))


def heading(headline: str, *, subtitle: str, theme: Theme) -> Stacked:
    """Headline in at most two lines and the sentence under it; without a headline the sentence stands on top."""
    room = theme.right - EDGE
    size = fitting_size(headline, width=room, sizes=HEADLINE_SIZES, weight=BOLD)
    lines = wrapped(headline, width=room, size=size, weight=BOLD) if headline else ()
    middle = 18 + len(lines) * size * LINE + 2
    small = fitting_size(subtitle, width=room, sizes=SUBTITLE_SIZES)
    under = wrapped(subtitle, width=room, size=small)
    drawing = together(
        (
            words(lines, x=EDGE, y=18, size=size, colour=theme.ink, weight=BOLD, stand="top"),
            words(under, x=EDGE, y=middle, size=small, colour=theme.muted, stand="top"),
        )
    )
    return Stacked(drawing=drawing, edge=middle + (len(under) * small * LINE if subtitle else 0) + 8)


def note_line(note: str, *, theme: Theme, bottom: float) -> Stacked:
    """Small print at the foot of the sheet; its edge is the first free pixel above."""
    if not note:
        return Stacked(drawing=Drawing(), edge=bottom - 12)
    lines = wrapped(note, width=theme.right - EDGE, size=SMALL)
    drawing = words(lines, x=EDGE, y=bottom - 10, size=SMALL, colour=theme.muted, stand="bottom")
    return Stacked(drawing=drawing, edge=bottom - 10 - len(lines) * SMALL * LINE - 6)


def key(entries: Sequence[Entry], *, theme: Theme, top: float) -> Stacked:
    """Our own key in two or, with long names, three lines; symbols of Plotly's legend stay too small for a room."""
    places = _key_places(entries, theme=theme)
    drawn = []
    for entry, (label, x, row) in zip(entries, places, strict=True):
        y = top + 18 + row * 32
        drawn.append(_key_mark(entry, x=x + 10, y=y, theme=theme))
        drawn.append(words((label,), x=x + 30, y=y, size=SMALL, colour=theme.ink))
    rows = 1 + max((row for _, _, row in places), default=-1)
    return Stacked(drawing=together(drawn), edge=top + rows * 32 + 8)


def head_lines(name: str, *, column: float) -> tuple[tuple[str, ...], int]:
    """A name above a *column* of so many pixels, in at most two lines, and its size."""
    size = fitting_size(name, width=column - 8, sizes=(LABEL, SMALL), weight=BOLD)
    return wrapped(name, width=column - 8, size=size, weight=BOLD, most=2), size


def figure_of(drawing: Drawing, *, theme: Theme, headline: str, alt: str) -> go.Figure:
    """The figure; ``layout.meta`` holds its title and the text for people who can't see it."""
    hidden = {"visible": False, "fixedrange": True, "domain": [0, 1]}
    layout = {
        "width": theme.width, "height": theme.height, "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
        "xaxis": {**hidden, "range": [0, theme.width]}, "yaxis": {**hidden, "range": [theme.height, 0]},
        "paper_bgcolor": theme.background, "plot_bgcolor": theme.background,
        "barmode": "overlay", "showlegend": False, "dragmode": False,
        "hoverlabel": {"font": {"size": SMALL, "family": FONT_STACK}},
        "shapes": drawing.shapes, "annotations": drawing.texts,
        "meta": {"title": cleaned(headline), "alt": cleaned(alt.removeprefix(". "))},
    }  # fmt: skip
    # An own empty template: Plotly's default adds colours and grids that nothing here uses.
    return go.Figure(data=drawing.traces or ({"type": "scatter", "x": [], "y": []},),
                     layout={**layout, "template": go.layout.Template()})  # fmt: skip


def _hover(sentences: Sequence[str]) -> Part:
    if not any(sentences):
        return {"hoverinfo": "skip"}
    texts = [inert(sentence) for sentence in sentences]
    return {"customdata": texts, "hovertemplate": "%{customdata}<extra></extra>"}


def _key_mark(entry: Entry, *, x: float, y: float, theme: Theme) -> Drawing:
    spot = Spot(x=x, y=y, look=SYMBOLS.index(entry.symbol), colour=entry.colour)
    return spots((spot,), size=20, line=theme.muted, line_width=0)


def _key_places(entries: Sequence[Entry], *, theme: Theme) -> list[tuple[str, float, int]]:
    """Label, left edge and row of every entry: whole labels if the rows hold them, else shorter ones."""
    places: list[tuple[str, float, int]] = []
    for widest, rows in _KEY_TRIES:
        places = _key_rows([_short_label(entry, width=widest) for entry in entries], theme=theme)
        if all(row < rows for _, _, row in places):
            break
    return places


def _short_label(entry: Entry, *, width: float) -> str:
    return wrapped(entry.label, width=width, size=SMALL, most=1)[0]


def _key_rows(labels: Sequence[str], *, theme: Theme) -> list[tuple[str, float, int]]:
    places, x, row = [], float(EDGE), 0
    for label in labels:
        width = 30 + text_width(label, size=SMALL)
        if x > EDGE and x + width > theme.right:
            x, row = float(EDGE), row + 1
        places.append((label, x, row))
        x += width + 26
    return places
