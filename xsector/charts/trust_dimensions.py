"""Trust in the partners beside trust in the partnership, by dimension: a bar from the lowest to the highest mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import plotly.graph_objects as go

from xsector.analysis.banded import Interval
from xsector.charts.measuring import text_width
from xsector.charts.shares import answered_of
from xsector.charts.sheet import (
    Drawing,
    Entry,
    Tile,
    figure_of,
    heading,
    key,
    note_line,
    rule,
    tiles,
    together,
    words,
)
from xsector.charts.theme import BODY, BOLD, EDGE, LABEL, SMALL, Theme
from xsector.charts.trust import told
from xsector.model.released import Release

NAMES: Final = ("Trust in partners", "Trust in the partnership")
UNKNOWN: Final = "not shown"
_THIN: Final = 10
_TOLD: Final = 110
"""Pixels for the numbers on the right."""


def dimension_bars(
    rows: Mapping[str, tuple[Interval | None, Interval | None]], *, levels: Sequence[str], release: Release,
    headline: str, subtitle: str, note: str, theme: Theme,
) -> go.Figure:  # fmt: skip
    """Draw one row a dimension (its name): the partners' bar above, the partnership's below."""
    head = heading(headline, subtitle=subtitle, theme=theme)
    entries = [Entry(label=name, colour=theme.colours[place], symbol="square") for place, name in enumerate(NAMES)]
    legend = key(entries, theme=theme, top=head.edge)
    foot = note_line(note, theme=theme, bottom=theme.height)
    left = EDGE + max(text_width(name, size=BODY, weight=BOLD) for name in rows) + 24
    axis = (left, theme.right - _TOLD)
    top, bottom = legend.edge + 12, foot.edge - 44
    height = (bottom - top) / len(rows)
    drawn = [
        _row(name, pair, y=top + (place + 0.5) * height, height=height, axis=axis, theme=theme)
        for place, (name, pair) in enumerate(rows.items())
    ]
    lines = [
        rule(x=(_x(level, axis=axis),) * 2, y=(top, bottom), colour=theme.grid) for level in range(1, len(levels) + 1)
    ]
    drawing = together((head.drawing, legend.drawing, *lines, *drawn, _axis(levels, y=bottom, axis=axis, theme=theme),
                        foot.drawing))  # fmt: skip
    alt = _alt(rows, headline=headline, release=release)
    return figure_of(drawing, theme=theme, headline=headline, alt=alt)


def _x(mean: float, *, axis: tuple[float, float]) -> float:
    return axis[0] + (mean - 1) / 4 * (axis[1] - axis[0])


def _row(
    name: str, pair: tuple[Interval | None, Interval | None], *, y: float, height: float, axis: tuple[float, float],
    theme: Theme,
) -> Drawing:  # fmt: skip
    drawn = [words((name,), x=axis[0] - 24, y=y, size=BODY, colour=theme.ink, weight=BOLD, anchor="right")]
    half = min(height * 0.17, 18)
    for place, mean in enumerate(pair):
        middle = y + (place - 0.5) * height * 0.46
        said = UNKNOWN if mean is None else told(mean)
        drawn.append(words((said,), x=axis[1] + _TOLD, y=middle, size=LABEL, colour=theme.ink, anchor="right"))
        if mean is not None:
            low, high = _x(mean.low, axis=axis), _x(mean.high, axis=axis)
            more = max(0.0, _THIN - (high - low)) / 2
            bar = Tile(left=low - more, right=high + more, top=middle - half, bottom=middle + half,
                       fill=theme.colours[place], hover=f"{name}, {NAMES[place]}: {said}")  # fmt: skip
            drawn.append(tiles((bar,), line=theme.background))
    return together(drawn)


def _axis(levels: Sequence[str], *, y: float, axis: tuple[float, float], theme: Theme) -> Drawing:
    """The numbers of the scale, and at its ends the answers they stand for."""
    last = len(levels)
    numbers = [
        words((str(level),), x=_x(level, axis=axis), y=y + 6, size=SMALL, colour=theme.muted, anchor="center",
              stand="top") for level in range(2, last)
    ]  # fmt: skip
    ends = (
        words((f"1 {levels[0]}",), x=axis[0], y=y + 6, size=SMALL, colour=theme.muted, stand="top"),
        words((f"{last} {levels[-1]}",), x=axis[1], y=y + 6, size=SMALL, colour=theme.muted, anchor="right",
              stand="top"),
    )  # fmt: skip
    return together((*numbers, *ends))


def _alt(rows: Mapping[str, tuple[Interval | None, Interval | None]], *, headline: str, release: Release) -> str:
    said = [
        f"{name}: partners {told(one) if one else UNKNOWN}, partnership {told(other) if other else UNKNOWN}"
        for name, (one, other) in rows.items()
    ]
    return f"{headline.rstrip('.')}. {'; '.join(said)}; {answered_of(release)}."
