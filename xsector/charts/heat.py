"""The whole survey: one cell per statement and block, in five flat classes, always with its number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from xsector.charts.measuring import fits, fitting_size, text_width, wrapped
from xsector.charts.shares import answered_of, known_means
from xsector.charts.sheet import (
    LINE,
    Drawing,
    Entry,
    Stacked,
    Tile,
    figure_of,
    heading,
    key,
    note_line,
    tiles,
    together,
    words,
)
from xsector.charts.theme import BODY, BOLD, EDGE, LABEL, SEMIBOLD, SMALL, Theme, letters_on
from xsector.model.released import Release, ReleasedItem

PROJECTED_ROWS: Final = 7
_CLASSES: Final = 5
_TEXT_WIDTH: Final = 370
_GAP_WIDTH: Final = 64
_PAPER_ROW: Final = 58


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """Pixels of the cells."""

    left: float
    column: float
    top: float
    row: float


def heat_map(
    means: pd.DataFrame, gaps: pd.DataFrame, *, release: Release, headline: str, subtitle: str, theme: Theme,
    rows: int | None = PROJECTED_ROWS, note: str = "",
) -> go.Figure:  # fmt: skip
    """Draw the first *rows* statements of *gaps* in its order; None draws all, on a taller sheet for paper.

    *means* has item codes as index and block names as columns; a missing mean reads “–”. Classes are
    fifths of the scale, so that scales of different length share one key.
    """
    items = {item.code: item for item in release.items}
    chosen = [items[code] for code in gaps.index[:rows]]
    head = heading(headline, subtitle=subtitle, theme=theme)
    legend = _key(chosen, theme=theme, top=head.edge)
    left = EDGE + _text_width(chosen) + 16
    column = (theme.right - _GAP_WIDTH - left) / len(release.blocks)
    names = [_head_lines(block.name, column=column) for block in release.blocks]
    top = legend.edge + 10 + max(len(lines) for lines, _ in names) * LABEL * LINE
    paper = theme if rows is not None else replace(theme, height=round(top + len(chosen) * _PAPER_ROW + 60))
    foot = note_line(note, theme=paper, bottom=paper.height)
    row = min((foot.edge - 4 - top) / max(len(chosen), 1), 84)
    table = _Table(left=left, column=column, top=top, row=row)
    drawing = together(
        (
            head.drawing,
            legend.drawing,
            _heads(names, table=table, theme=paper),
            *(_row(item, means=known_means(means, code=item.code, release=release), place=place, release=release,
                   table=table, theme=paper) for place, item in enumerate(chosen)),
            foot.drawing,
        )
    )  # fmt: skip
    alt = _alt(chosen, means=means, headline=headline, release=release)
    return figure_of(drawing, theme=paper, headline=headline, alt=alt)


def _key(items: Sequence[ReleasedItem], *, theme: Theme, top: float) -> Stacked:
    scales = {item.levels for item in items}
    if len(scales) == 1:
        levels = scales.pop()
        step = (len(levels) - 1) / _CLASSES
        bounds = [f"{1 + place * step:.1f} – {1 + (place + 1) * step:.1f}" for place in range(_CLASSES)]
        labels = [f"{levels[0]} ({bounds[0]})", *bounds[1:-1], f"{levels[-1]} ({bounds[-1]})"]
    else:
        labels = ["lowest fifth of the scale", "low", "middle", "high", "highest fifth"]
    colours = theme.answers(_CLASSES)
    pairs = zip(labels, colours, strict=True)
    entries = [Entry(label=label, colour=colour, symbol="square") for label, colour in pairs]
    return key(entries, theme=theme, top=top)


def _class(mean: float, *, levels: int) -> int:
    # A mean of exactly 3.4 must not fall into the lower class because 2.4 / 4 * 5 is a hair below 3.
    return min(int((mean - 1) / (levels - 1) * _CLASSES + 1e-9), _CLASSES - 1)


def _text_width(items: Sequence[ReleasedItem]) -> float:
    """Pixels that the widest line of the statements needs."""
    lines = [line for item in items for line in wrapped(item.text, width=_TEXT_WIDTH, size=LABEL, most=2)]
    return max((text_width(line, size=LABEL) for line in lines), default=0)


def _head_lines(name: str, *, column: float) -> tuple[tuple[str, ...], int]:
    """A block's name above its column, and its size: two lines, three if it would be cut."""
    size = fitting_size(name, width=column - 8, sizes=(LABEL, SMALL), weight=BOLD)
    most = 2 if fits(name, width=column - 8, size=size, weight=BOLD) else 3
    return wrapped(name, width=column - 8, size=size, weight=BOLD, most=most), size


def _heads(names: Sequence[tuple[tuple[str, ...], int]], *, table: _Table, theme: Theme) -> Drawing:
    drawn = []
    for place, (lines, size) in enumerate(names):
        drawn.append(words(lines, x=table.left + (place + 0.5) * table.column, y=table.top - 6, size=size,
                           colour=theme.ink, weight=BOLD, anchor="center", stand="bottom"))  # fmt: skip
    drawn.append(words(("gap",), x=theme.right, y=table.top - 6, size=SMALL, colour=theme.muted, anchor="right",
                       stand="bottom"))  # fmt: skip
    return together(drawn)


def _row(
    item: ReleasedItem, *, means: Mapping[str, float], place: int, release: Release, table: _Table, theme: Theme
) -> Drawing:
    y = table.top + (place + 0.5) * table.row
    most = 2 if table.row < 78 else 3
    size = LABEL if fits(item.text, width=_TEXT_WIDTH, size=LABEL, most=most) else SMALL
    text = item.text if fits(item.text, width=_TEXT_WIDTH, size=size, most=most) else item.short
    lines = wrapped(text, width=_TEXT_WIDTH, size=size, most=most)
    gap = f"{max(means.values()) - min(means.values()):.1f}" if len(means) > 1 else "–"
    cells = [
        _cell(means.get(block.name), levels=len(item.levels), hover=f"{block.name}: {item.short}", y=y, place=column,
              table=table, theme=theme)
        for column, block in enumerate(release.blocks)
    ]  # fmt: skip
    return together(
        (
            words(lines, x=table.left - 14, y=y, size=size, colour=theme.ink, anchor="right"),
            *cells,
            words((gap,), x=theme.right, y=y, size=BODY, colour=theme.ink, weight=BOLD, anchor="right"),
        )
    )


def _cell(mean: float | None, *, levels: int, hover: str, y: float, place: int, table: _Table, theme: Theme) -> Drawing:
    middle = table.left + (place + 0.5) * table.column
    if mean is None:
        return words(("–",), x=middle, y=y, size=BODY, colour=theme.muted, anchor="center")
    found = _class(mean, levels=levels)
    fill = theme.answers(_CLASSES)[found]
    half = table.column / 2 - 2
    tile = Tile(left=middle - half, right=middle + half, top=y - table.row / 2 + 2, bottom=y + table.row / 2 - 2,
                fill=fill, hover=f"{hover}: {mean:.1f}")  # fmt: skip
    weight = BOLD if found in (0, _CLASSES - 1) else SEMIBOLD
    number = words((f"{mean:.1f}",), x=middle, y=y, size=BODY, colour=letters_on(fill), weight=weight, anchor="center")
    return together((tiles((tile,), line=theme.background), number))


def _alt(items: Sequence[ReleasedItem], *, means: pd.DataFrame, headline: str, release: Release) -> str:
    if not items:
        return f"{headline.rstrip('.')}. {answered_of(release)}."
    first = items[0]
    known = known_means(means, code=first.code, release=release)
    values = [f"{name} {mean:.1f}" for name, mean in known.items()]
    return (
        f"{headline.rstrip('.')}. Average answers to {len(items)} statements by {len(release.blocks)} groups; "
        f"“{first.short}”: {', '.join(values)}; {answered_of(release)}."
    )
