"""How each block spreads over the scale: small bars side by side, a box around a block that is split inside."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

from xsector.analysis.thresholds import DEFAULT_LIMITS
from xsector.charts.measuring import fits, fitting_size, text_width, wrapped
from xsector.charts.shares import Row, answered_of, block_rows, number, percent, side_share, sides_of
from xsector.charts.sheet import (
    LINE,
    Drawing,
    Tile,
    figure_of,
    frame,
    heading,
    note_line,
    rule,
    tiles,
    together,
    words,
)
from xsector.charts.theme import BODY, BOLD, EDGE, LABEL, SEMIBOLD, SMALL, Theme
from xsector.model.phrases import listed
from xsector.model.released import Release, ReleasedItem

SPLIT: Final = 100 * DEFAULT_LIMITS.split_side
"""Percent that both sides must hold for a block to count as split."""
_CLEAR: Final = 67
_GAP: Final = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class _Panel:
    """The space of one block."""

    left: float
    top: float
    width: float
    height: float


def within_bars(
    item: ReleasedItem, *, release: Release, headline: str, subtitle: str, note: str, theme: Theme
) -> go.Figure:
    """Draw one small bar chart per block, the least agreeing first, all on one scale.

    A block is boxed as “split” when five people or more answered and both sides hold 30 %.
    """
    rows = sorted(block_rows(item, release=release), key=_mean)
    foot = note_line(note, theme=theme, bottom=theme.height)
    head = heading(headline, subtitle=subtitle, theme=theme)
    panels = _panels(len(rows), levels=len(item.levels), theme=theme, top=head.edge + 6, bottom=foot.edge)
    lines = 1 if all(_in_one_line(row.label, panel=panels[0]) for row in rows) else 2
    largest = max((share for row in rows for share in row.shares), default=100.0)
    drawing = together(
        (
            head.drawing,
            *(_block(row, item=item, panel=panel, lines=lines, largest=largest, theme=theme)
              for row, panel in zip(rows, panels, strict=True)),
            foot.drawing,
        )
    )  # fmt: skip
    return figure_of(drawing, theme=theme, headline=headline, alt=_alt(rows, headline=headline, release=release))


def is_split(row: Row) -> bool:
    """Whether five people or more answered and both sides of the scale hold at least 30 % of them."""
    sides = sides_of(len(row.counts))
    return (
        row.people >= DEFAULT_LIMITS.split_people
        and min(side_share(row, sides.low), side_share(row, sides.high)) >= SPLIT
    )


def _mean(row: Row) -> float:
    return sum(level * share for level, share in enumerate(row.shares))


def _verdict(row: Row) -> str:
    sides = sides_of(len(row.counts))
    if not row.shares:
        return "no answers"
    if is_split(row):
        return "split"
    if side_share(row, sides.high) >= _CLEAR:
        return "mostly high"
    return "mostly low" if side_share(row, sides.low) >= _CLEAR else "mixed"


def _panels(count: int, *, levels: int, theme: Theme, top: float, bottom: float) -> list[_Panel]:
    """One line of panels if a bar is then wide enough for its number, else two."""
    one_line = (theme.right - EDGE - (count - 1) * _GAP) / count
    columns = count if one_line / (levels + 0.6) >= 29 or count == 1 else math.ceil(count / 2)
    lines = math.ceil(count / columns)
    width = min((theme.right - EDGE - (columns - 1) * _GAP) / columns, 420)
    height = (bottom - top - (lines - 1) * 12) / lines
    left = EDGE + (theme.right - EDGE - columns * width - (columns - 1) * _GAP) / 2
    return [
        _Panel(left=left + (place % columns) * (width + _GAP), top=top + (place // columns) * (height + 12),
               width=width, height=height)
        for place in range(count)
    ]  # fmt: skip


def _in_one_line(label: str, *, panel: _Panel) -> bool:
    return fits(label, width=panel.width - 20, size=LABEL, weight=BOLD, most=1)


def _block(row: Row, *, item: ReleasedItem, panel: _Panel, lines: int, largest: float, theme: Theme) -> Drawing:
    middle = panel.left + panel.width / 2
    split = is_split(row)
    room = panel.width - 20
    size = fitting_size(row.label, width=room, sizes=(BODY, LABEL, SMALL), weight=BOLD, most=lines)
    name = wrapped(row.label, width=room, size=size, weight=BOLD, most=lines)
    under = panel.top + 8 + lines * BODY * LINE
    drawn = [
        words(name, x=middle, y=under, size=size, colour=theme.ink, weight=BOLD, anchor="center", stand="bottom"),
        words((f"{_verdict(row)}, n = {number(row.people)}",), x=middle, y=under, size=LABEL,
              colour=theme.ink if split else theme.muted, weight=BOLD if split else 400, anchor="center",
              stand="top"),
        _bars(row, item=item, panel=panel, top=under + 58, largest=largest, theme=theme),
    ]  # fmt: skip
    if split:
        drawn.append(frame(x=(panel.left - 8, panel.left + panel.width + 8),
                           y=(panel.top + 2, panel.top + panel.height - 2), colour=theme.ink, width=3))  # fmt: skip
    return together(drawn)


def _bars(row: Row, *, item: ReleasedItem, panel: _Panel, top: float, largest: float, theme: Theme) -> Drawing:
    levels = len(item.levels)
    pitch = min((panel.width - 16) / levels, 64)
    left = panel.left + (panel.width - pitch * levels) / 2
    ground = panel.top + panel.height - 36
    colours = theme.answers(levels)
    drawn = [rule(x=(left, left + pitch * levels), y=(ground, ground), colour=theme.muted, width=1.5)]
    placed = []
    for level in range(levels):
        x = left + (level + 0.5) * pitch
        drawn.append(words((str(level + 1),), x=x, y=ground + 16, size=SMALL, colour=theme.muted, anchor="center"))
        share = row.shares[level] if row.shares else 0.0
        if not share:
            continue
        y = ground - (ground - top) * share / largest
        placed.append(Tile(left=x - pitch * 0.44, right=x + pitch * 0.44, top=y, bottom=ground, fill=colours[level],
                           hover=f"{row.label}, {item.levels[level]}: {percent(share)}"))  # fmt: skip
        text = percent(share).removesuffix("%")
        if text_width(text, size=LABEL, weight=SEMIBOLD) <= pitch + 2:
            drawn.append(words((text,), x=x, y=y - 2, size=LABEL, colour=theme.ink, weight=SEMIBOLD, anchor="center",
                               stand="bottom"))  # fmt: skip
    return together((tiles(placed, line=theme.background), *drawn))


def _alt(rows: Sequence[Row], *, headline: str, release: Release) -> str:
    split = [row.label for row in rows if is_split(row)]
    finding = f"Split inside: {listed(split)}" if split else "No group is split inside"
    parts = [f"{row.label} {_verdict(row)} (n = {number(row.people)})" for row in rows]
    return f"{headline.rstrip('.')}. {finding}. {'; '.join(parts)}; {answered_of(release)}."
