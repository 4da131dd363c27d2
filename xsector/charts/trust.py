"""How far sectors trust each other: one cell a pair, given and received set apart, the most one-sided pair outlined.

Groups and sectors stand in the partnership's own order: nobody is ranked by how far they are trusted.

Where what is kept leaves a mean open, a cell shows its two ends, each in its own colour.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

from xsector.analysis.banded import Interval
from xsector.analysis.trust import OneSided, Trusted
from xsector.charts.measuring import fitting_size, text_width, wrapped
from xsector.charts.shares import answered_of
from xsector.charts.sheet import (
    LINE,
    Drawing,
    Entry,
    Tile,
    figure_of,
    frame,
    head_lines,
    heading,
    key,
    note_line,
    tiles,
    together,
    words,
)
from xsector.charts.theme import BODY, BOLD, EDGE, LABEL, REGULAR, SEMIBOLD, SMALL, Theme, letters_on
from xsector.model.released import WITHHELD, Release

GIVEN: Final = "Trust given"
RECEIVED: Final = "Trust received"
TOO_FEW: Final = "too few"
HIDDEN: Final = "hidden"
_CLASSES: Final = 5
_NAME_WIDTH: Final = 230
_APART: Final = 26
"""Pixels between the cells and what is given or received in all."""
_EXACT: Final = 0.05
"""Steps; below, both ends read the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summed:
    """Trust given by each block (its place), and received by each sector, in all."""

    given: Mapping[int, Interval | None]
    received: Mapping[str, Interval | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """Pixels of the cells, and the places of rows and columns in their order."""

    left: float
    column: float
    top: float
    row: float
    blocks: tuple[int, ...]
    sectors: tuple[str, ...]

    def x(self, place: int) -> float:
        """The middle of a column; the one after the last is what is given in all."""
        return self.left + (place + 0.5) * self.column + (_APART if place == len(self.sectors) else 0)

    def y(self, place: int) -> float:
        """The middle of a row; the one after the last is what is received in all."""
        return self.top + (place + 0.5) * self.row + (_APART / 2 if place == len(self.blocks) else 0)


def trust_matrix(
    cells: Mapping[tuple[int, str], Trusted], *, summed: Summed, pair: OneSided | None, release: Release,
    levels: Sequence[str], headline: str, subtitle: str, note: str, theme: Theme,
) -> go.Figure:  # fmt: skip
    """Draw how far each block trusts each rated sector, in the order of the partnership.

    *pair* is outlined. *levels* are those of the scale.
    """
    head = heading(headline, subtitle=subtitle, theme=theme)
    legend = key(list(_entries(levels, theme=theme)), theme=theme, top=head.edge)
    foot = note_line(note, theme=theme, bottom=theme.height)
    blocks, sectors = tuple(range(len(release.blocks))), _ordered(summed.received, release=release)
    names = [release.blocks[place].name for place in blocks]
    rows = [*names, RECEIVED]
    left = EDGE + max(text_width(line, size=LABEL) for name in rows for line in _row_lines(name)) + 16
    column = (theme.right - _APART - left) / (len(sectors) + 1)
    labels = {one.code: one.label for one in release.sectors}
    heads = [head_lines(name, column=column) for name in [*(labels[one] for one in sectors), GIVEN]]
    top = legend.edge + 6 + max(len(lines) for lines, _ in heads) * LABEL * LINE
    row = min((foot.edge - 4 - _APART / 2 - top) / (len(blocks) + 1), 92)
    grid = _Grid(left=left, column=column, top=top, row=row, blocks=blocks, sectors=sectors)
    drawing = together(
        (
            head.drawing,
            legend.drawing,
            *(words(lines, x=grid.x(place), y=top - 6, size=size, colour=theme.ink, weight=BOLD, anchor="center",
                    stand="bottom") for place, (lines, size) in enumerate(heads)),
            *(_row_name(name, y=grid.y(place), grid=grid, theme=theme) for place, name in enumerate(rows)),
            *_cells(cells, summed=summed, grid=grid, release=release, theme=theme),
            *_outlines(pair, grid=grid, release=release, theme=theme),
            foot.drawing,
        )
    )  # fmt: skip
    alt = _alt(cells, grid=grid, release=release, headline=headline)
    return figure_of(drawing, theme=theme, headline=headline, alt=alt)


def _ordered(sectors: Collection[str], *, release: Release) -> tuple[str, ...]:
    return tuple(one.code for one in release.sectors if one.code in sectors)


def _entries(levels: Sequence[str], *, theme: Theme) -> Iterator[Entry]:
    step = (len(levels) - 1) / _CLASSES
    for place, colour in enumerate(theme.answers(_CLASSES)):
        bounds = f"{1 + place * step:.1f} – {1 + (place + 1) * step:.1f}"
        named = {0: f"{levels[0]} ({bounds})", _CLASSES - 1: f"{levels[-1]} ({bounds})"}
        yield Entry(label=named.get(place, bounds), colour=colour, symbol="square")


def _row_lines(name: str) -> tuple[str, ...]:
    return wrapped(name, width=_NAME_WIDTH, size=LABEL, most=2)


def _row_name(name: str, *, y: float, grid: _Grid, theme: Theme) -> Drawing:
    weight = BOLD if name == RECEIVED else REGULAR
    return words(_row_lines(name), x=grid.left - 12, y=y, size=LABEL, colour=theme.ink, anchor="right", weight=weight)


def _cells(
    cells: Mapping[tuple[int, str], Trusted], *, summed: Summed, grid: _Grid, release: Release, theme: Theme
) -> Iterator[Drawing]:
    labels = {one.code: one.label for one in release.sectors}
    for row, block in enumerate(grid.blocks):
        name, y = release.blocks[block].name, grid.y(row)
        for column, sector in enumerate(grid.sectors):
            one, x = cells[block, sector], grid.x(column)
            if sector in release.blocks[block].sectors or one.mean is None:
                yield _text(_missing(one), x=x, y=y, grid=grid, theme=theme)
            else:
                yield _cell(one.mean, x=x, y=y, hover=f"{name} of {labels[sector]}", grid=grid, theme=theme)
        x = grid.x(len(grid.sectors))
        yield _whole(summed.given[block], x=x, y=y, hover=f"{name}: {GIVEN}", grid=grid, theme=theme)
    for column, sector in enumerate(grid.sectors):
        x, y = grid.x(column), grid.y(len(grid.blocks))
        yield _whole(summed.received[sector], x=x, y=y, hover=f"{labels[sector]}: {RECEIVED}", grid=grid, theme=theme)


def _missing(one: Trusted) -> str:
    """What stands where there is no colour: a sector's view of itself as numbers, or why there is nothing."""
    if one.mean is None:
        return HIDDEN if one.why == WITHHELD else TOO_FEW
    return told(one.mean)


def told(mean: Interval) -> str:
    """A mean, or its two ends."""
    if mean.high - mean.low < _EXACT:
        return f"{mean.low:.1f}"
    return f"{mean.low:.1f}–{mean.high:.1f}"


def _whole(mean: Interval | None, *, x: float, y: float, hover: str, grid: _Grid, theme: Theme) -> Drawing:
    if mean is None:
        return _text("–", x=x, y=y, grid=grid, theme=theme)
    return _cell(mean, x=x, y=y, hover=hover, grid=grid, theme=theme)


def _text(text: str, *, x: float, y: float, grid: _Grid, theme: Theme) -> Drawing:
    size = fitting_size(text, width=grid.column - 8, sizes=(LABEL, SMALL), most=1)
    lines = wrapped(text, width=grid.column - 8, size=size, most=1)
    return words(lines, x=x, y=y, size=size, colour=theme.muted, anchor="center")


def _cell(mean: Interval, *, x: float, y: float, hover: str, grid: _Grid, theme: Theme) -> Drawing:
    """One colour and number, or two halves with the lowest and the highest mean."""
    half, edges = grid.column / 2 - 3, (y - grid.row / 2 + 3, y + grid.row / 2 - 3)
    ends = (mean.low,) if mean.high - mean.low < _EXACT else (mean.low, mean.high)
    width = 2 * half / len(ends)
    drawn = []
    for place, end in enumerate(ends):
        left = x - half + place * width
        fill = theme.answers(_CLASSES)[min(int((end - 1) / 4 * _CLASSES + 1e-9), _CLASSES - 1)]
        tile = Tile(left=left, right=left + width, top=edges[0], bottom=edges[1], fill=fill,
                    hover=f"{hover}: {told(mean)}")  # fmt: skip
        drawn.append(tiles((tile,), line=theme.background))
        size = BODY if len(ends) == 1 else LABEL
        drawn.append(words((f"{end:.1f}",), x=left + width / 2, y=y, size=size, colour=letters_on(fill),
                           weight=SEMIBOLD, anchor="center"))  # fmt: skip
    return together(drawn)


def _outlines(pair: OneSided | None, *, grid: _Grid, release: Release, theme: Theme) -> Iterator[Drawing]:
    if pair is None:
        return
    places = {release.blocks[block].sectors: row for row, block in enumerate(grid.blocks)}
    for rater, rated in ((pair.high, pair.low), (pair.low, pair.high)):
        x, y = grid.x(grid.sectors.index(rated)), grid.y(places[(rater,)])
        half, tall = grid.column / 2 - 1, grid.row / 2 - 1
        yield frame(x=(x - half, x + half), y=(y - tall, y + tall), colour=theme.ink, width=4)


def _alt(cells: Mapping[tuple[int, str], Trusted], *, grid: _Grid, release: Release, headline: str) -> str:
    labels = {one.code: one.label for one in release.sectors}
    said = [
        f"{release.blocks[block].name} of {labels[sector]} {_missing(cells[block, sector])}"
        for block in grid.blocks
        for sector in grid.sectors
        if sector not in release.blocks[block].sectors
    ]
    return f"{headline.rstrip('.')}. Trust from 1 to 5: {'; '.join(said)}; {answered_of(release)}."
