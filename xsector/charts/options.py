"""How each block chose among options: a table of bars, one column per block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

from xsector.charts.measuring import fits, fitting_size, text_width, wrapped
from xsector.charts.shares import EVERYONE, Row, answered_of, block_rows, everyone, number, percent
from xsector.charts.sheet import LINE, Drawing, Tile, figure_of, heading, note_line, rule, tiles, together, words
from xsector.charts.theme import BOLD, EDGE, LABEL, REGULAR, SMALL, Theme
from xsector.model.released import Release, ReleasedItem

MOST_OPTIONS: Final = 10
_TEXT_WIDTH: Final = 300
_GUTTER: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """Pixels of the table: left edge of the first column, width of a column, top and height of a row."""

    left: float
    column: float
    top: float
    row: float
    longest: float
    """Pixels of the largest share; every column has the same scale."""
    largest: float


def option_bars(
    item: ReleasedItem, *, release: Release, headline: str, subtitle: str, note: str, theme: Theme
) -> go.Figure:
    """Draw the ten options chosen most, everyone first and then one column per block.

    Shares are of the people who answered; where several options may be ticked they add up to more than 100 %.
    """
    whole = everyone(item, release=release)
    groups = [whole, *block_rows(item, release=release)]
    order = _order(item, counts=whole.counts)
    left_out = len(item.levels) - len(order)
    sentences = [note, f"{left_out} options chosen less often are not drawn." if left_out else ""]
    foot = note_line(" ".join(sentence for sentence in sentences if sentence), theme=theme, bottom=theme.height)
    head = heading(headline, subtitle=subtitle, theme=theme)
    table = _table(item, groups=groups, order=order, theme=theme, top=head.edge, bottom=foot.edge)
    drawing = together(
        (
            head.drawing,
            *(_head(group, place=place, table=table, theme=theme) for place, group in enumerate(groups)),
            *(_label(item.levels[level], place=place, table=table, theme=theme) for place, level in enumerate(order)),
            *(_column(group, place=place, item=item, order=order, table=table, theme=theme)
              for place, group in enumerate(groups)),
            foot.drawing,
        )
    )  # fmt: skip
    alt = _alt(whole, item=item, order=order, headline=headline, release=release)
    return figure_of(drawing, theme=theme, headline=headline, alt=alt)


def _order(item: ReleasedItem, *, counts: Sequence[int]) -> list[int]:
    """Levels from top to bottom: the most chosen first, unless they have an order of their own."""
    most = sorted(range(len(counts)), key=lambda level: -counts[level])[:MOST_OPTIONS]
    return sorted(most) if item.ordered else most


def _table(
    item: ReleasedItem, *, groups: Sequence[Row], order: Sequence[int], theme: Theme, top: float, bottom: float
) -> _Table:
    lines = [line for level in order for line in wrapped(item.levels[level], width=_TEXT_WIDTH, size=LABEL, most=2)]
    left = EDGE + max(text_width(line, size=LABEL) for line in lines) + 24
    column = (theme.right - left) / len(groups)
    largest = max((share for group in groups for share in group.shares), default=100.0) or 100.0
    lines_above = max(len(_head_lines(group.label, column=column)[0]) for group in groups)
    top += 16 + lines_above * LABEL * LINE + SMALL * LINE
    room = column - _GUTTER - text_width("100%", size=LABEL) - 6
    return _Table(left=left, column=column, top=top, row=min((bottom - top) / len(order), 76), longest=max(room, 20),
                  largest=max(largest, 25.0))  # fmt: skip


def _head(group: Row, *, place: int, table: _Table, theme: Theme) -> Drawing:
    """The block's name and how many of it answered, at the foot of the space above the column."""
    x = table.left + place * table.column
    lines, size = _head_lines(group.label, column=table.column)
    return together(
        (
            words(lines, x=x, y=table.top - 32, size=size, colour=theme.ink, weight=BOLD, stand="bottom"),
            words((f"n = {number(group.people)}",), x=x, y=table.top - 6, size=SMALL, colour=theme.muted,
                  stand="bottom"),
        )
    )  # fmt: skip


def _head_lines(name: str, *, column: float) -> tuple[tuple[str, ...], int]:
    """A group's name above its column, and its size: two lines, three if it would be cut."""
    width = column - _GUTTER
    size = fitting_size(name, width=width, sizes=(LABEL, SMALL), weight=BOLD)
    most = 2 if fits(name, width=width, size=size, weight=BOLD) else 3
    return wrapped(name, width=width, size=size, weight=BOLD, most=most), size


def _label(label: str, *, place: int, table: _Table, theme: Theme) -> Drawing:
    y = table.top + (place + 0.5) * table.row
    most = 2 if table.row >= 50 else 1
    size = LABEL if fits(label, width=_TEXT_WIDTH, size=LABEL, most=most) else SMALL
    lines = wrapped(label, width=_TEXT_WIDTH, size=size, most=most)
    line = rule(x=(EDGE, theme.right), y=(y - table.row / 2, y - table.row / 2), colour=theme.grid)
    return together((line, words(lines, x=table.left - 24, y=y, size=size, colour=theme.ink, anchor="right")))


def _column(
    group: Row, *, place: int, item: ReleasedItem, order: Sequence[int], table: _Table, theme: Theme
) -> Drawing:
    x = table.left + place * table.column
    fill = theme.ink if group.look is None else theme.colours[group.look]
    if not group.shares:
        return words(("–",), x=x, y=table.top + table.row / 2, size=LABEL, colour=theme.muted)
    half = min(table.row * 0.28, 15)
    placed, drawn = [], []
    for line, level in enumerate(order):
        y = table.top + (line + 0.5) * table.row
        end = x + group.shares[level] / table.largest * table.longest
        if group.shares[level]:
            hover = f"{group.label}, {item.levels[level]}: {percent(group.shares[level])}"
            placed.append(Tile(left=x, right=end, top=y - half, bottom=y + half, fill=fill, hover=hover))
        weight = BOLD if group.label == EVERYONE else REGULAR
        drawn.append(words((percent(group.shares[level]),), x=end + 6, y=y, size=LABEL,
                           colour=theme.ink if group.shares[level] else theme.muted, weight=weight))  # fmt: skip
    return together((tiles(placed, line=theme.background), *drawn))


def _alt(whole: Row, *, item: ReleasedItem, order: Sequence[int], headline: str, release: Release) -> str:
    shares = "; ".join(f"“{item.levels[level]}” {percent(whole.shares[level])}" for level in order[:4] if whole.shares)
    return f"{headline.rstrip('.')}. Of {number(whole.people)} answers: {shares}; {answered_of(release)}."
