"""Which statements divide us: one line per statement, from the lowest to the highest block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from xsector.charts.measuring import fits, text_width, wrapped
from xsector.charts.shares import answered_of, known_means
from xsector.charts.sheet import (
    Drawing,
    Entry,
    Spot,
    Stacked,
    Tile,
    figure_of,
    heading,
    key,
    note_line,
    rule,
    spots,
    tiles,
    together,
    words,
)
from xsector.charts.theme import BODY, BOLD, EDGE, LABEL, SEMIBOLD, SMALL, SYMBOLS, Theme
from xsector.model import columns
from xsector.model.released import Block, Release, ReleasedItem

MOST_ROWS: Final = 6
_TEXT_WIDTH: Final = 340
_WIDEST_PAD: Final = 176
_PILL_WIDTH: Final = 68
_DOT: Final = 22
_TALLEST: Final = 110
_CLOSE: Final = 25
"""Dots nearer than this would hide each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Label:
    """A statement as it is printed."""

    lines: tuple[str, ...]
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One statement's row: where it stands and where each block's dot goes (pixels)."""

    item: ReleasedItem
    y: float
    height: float
    firm: bool
    label: _Label
    places: tuple[tuple[Block, float, float], ...]
    """Block, its mean, and the x of its dot; lowest mean first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    """The area of the dots: outer limits for names, and the two ends of the scale."""

    limit_left: float
    low: float
    high: float
    limit_right: float
    top: float
    bottom: float


def gap_dots(
    means: pd.DataFrame, gaps: pd.DataFrame, *, release: Release, headline: str, subtitle: str, theme: Theme,
    note: str = "",
) -> go.Figure:  # fmt: skip
    """Draw the first six statements of *gaps*, in its order.

    *means* has item codes as index and block names as columns. *gaps* has item codes as index; where
    its column ``firm`` is False the row is grey, for its gap may be chance. Positions are drawn from
    the lowest to the highest answer, so that scales of different length share one axis.
    """
    codes = list(gaps.index[:MOST_ROWS])
    items = {item.code: item for item in release.items}
    chosen = [items[code] for code in codes]
    head = heading(headline, subtitle=subtitle, theme=theme)
    legend = _key(release.blocks, theme=theme, top=head.edge)
    doubtful = not all(gaps.loc[codes, columns.FIRM])
    grey = "Grey: this gap is no larger than chance would make it." if doubtful else ""
    foot = note_line(f"{grey} {note}".strip(), theme=theme, bottom=theme.height)
    top, bottom = legend.edge + 26, foot.edge - 54
    labels = _labels(chosen, height=min((bottom - top) / max(len(chosen), 1), _TALLEST))
    field = _field(chosen, means=means, release=release, text_right=_text_right(labels), theme=theme, top=top,
                   bottom=bottom)  # fmt: skip
    lines = _lines(chosen, means=means, firm=[bool(gaps.loc[code, columns.FIRM]) for code in codes], labels=labels,
                   release=release, field=field)  # fmt: skip
    if not lines:
        drawing = together((head.drawing, legend.drawing, foot.drawing))
        return figure_of(drawing, theme=theme, headline=headline, alt=_alt(lines, headline=headline, release=release))
    drawing = together(
        (
            head.drawing,
            legend.drawing,
            _axis(chosen, field=field, theme=theme),
            words(("gap",), x=_pill_middle(theme), y=field.top - 4, size=SMALL, colour=theme.muted, anchor="center",
                  stand="bottom"),
            *(_row(line, field=field, theme=theme) for line in lines),
            foot.drawing,
        )
    )  # fmt: skip
    return figure_of(drawing, theme=theme, headline=headline, alt=_alt(lines, headline=headline, release=release))


def _key(blocks: Sequence[Block], *, theme: Theme, top: float) -> Stacked:
    entries = [
        Entry(label=block.name, colour=theme.colours[block.look], symbol=SYMBOLS[block.look]) for block in blocks
    ]
    return key(entries, theme=theme, top=top)


def _pill_middle(theme: Theme) -> float:
    return theme.right - _PILL_WIDTH / 2


def _field(
    items: Sequence[ReleasedItem], *, means: pd.DataFrame, release: Release, text_right: float, theme: Theme,
    top: float, bottom: float,
) -> _Field:  # fmt: skip
    """The widest scale that leaves the names beside the outermost dots their room."""
    left = text_right + 16
    right = _pill_middle(theme) - _PILL_WIDTH / 2 - 12
    needs = [need for item in items for need in _needs(item, means=means, release=release)]
    for pad in range(64, _WIDEST_PAD, 6):
        reach = right - left - 2 * pad
        if all(width + 20 <= pad + place * reach for place, width in needs):
            break
    return _Field(limit_left=left, low=left + pad, high=right - pad, limit_right=right, top=top, bottom=bottom)


def _needs(item: ReleasedItem, *, means: pd.DataFrame, release: Release) -> list[tuple[float, float]]:
    """For the two outermost dots: distance from their end of the scale, 0 to 1, and width of their name."""
    known = known_means(means, code=item.code, release=release)
    if not known:
        return []
    span = len(item.levels) - 1
    lowest, highest = min(known, key=known.__getitem__), max(reversed(known), key=known.__getitem__)
    return [
        ((known[lowest] - 1) / span, _name_width(lowest)),
        (1 - (known[highest] - 1) / span, _name_width(highest)),
    ]


def _name_width(name: str) -> float:
    lines = wrapped(name, width=230, size=SMALL, weight=BOLD)
    return max(text_width(line, size=SMALL, weight=BOLD) for line in lines)


def _labels(items: Sequence[ReleasedItem], *, height: float) -> list[_Label]:
    """Whole statements where they fit into their rows, else their short forms."""
    most = max(1, int(height // 27))
    labels = []
    for item in items:
        size = BODY if fits(item.text, width=_TEXT_WIDTH, size=BODY, most=min(most, 2)) else LABEL
        whole = item.text if fits(item.text, width=_TEXT_WIDTH, size=size, most=most) else item.short
        labels.append(_Label(lines=wrapped(whole, width=_TEXT_WIDTH, size=size, most=most), size=size))
    return labels


def _text_right(labels: Sequence[_Label]) -> float:
    widths = [text_width(line, size=label.size) for label in labels for line in label.lines]
    return EDGE + max(widths, default=0)


def _lines(
    items: Sequence[ReleasedItem], *, means: pd.DataFrame, firm: Sequence[bool],
    labels: Sequence[_Label], release: Release, field: _Field,
) -> list[_Line]:  # fmt: skip
    height = min((field.bottom - field.top) / max(len(items), 1), _TALLEST)
    lines = []
    for place, item in enumerate(items):
        found = known_means(means, code=item.code, release=release)
        known = sorted(
            ((block, found[block.name]) for block in release.blocks if block.name in found), key=lambda pair: pair[1]
        )
        span = len(item.levels) - 1
        places = tuple((block, mean, field.low + (mean - 1) / span * (field.high - field.low)) for block, mean in known)
        y = field.top + (place + 0.5) * height
        lines.append(_Line(item=item, y=y, height=height, firm=firm[place], label=labels[place], places=places))
    return lines


def _axis(items: Sequence[ReleasedItem], *, field: _Field, theme: Theme) -> Drawing:
    """Grid lines with the answers under them, or only the two ends where scales differ."""
    scales = {item.levels for item in items}
    shared = scales.pop() if len(scales) == 1 else ("Lowest answer", "Highest answer")
    step = (field.high - field.low) / (len(shared) - 1)
    every = 1 if step > 95 else len(shared) - 1
    drawn = []
    for level, label in enumerate(shared):
        x = field.low + level * step
        drawn.append(rule(x=(x, x), y=(field.top, field.bottom), colour=theme.grid))
        if level % every == 0:
            lines = wrapped(label, width=min(step * every, 180) - 10, size=SMALL)
            drawn.append(words(lines, x=x, y=field.bottom + 4, size=SMALL, colour=theme.ink, anchor="center",
                               stand="top"))  # fmt: skip
    return together(drawn)


def _row(line: _Line, *, field: _Field, theme: Theme) -> Drawing:
    ink = theme.ink if line.firm else theme.muted
    return together(
        (
            words(
                line.label.lines, x=field.limit_left - 16, y=line.y, size=line.label.size, colour=ink, anchor="right"
            ),
            _dots(line, theme=theme),
            _ends(line, field=field, theme=theme),
            _pill(line, theme=theme),
        )
    )


def _dots(line: _Line, *, theme: Theme) -> Drawing:
    if not line.places:
        return Drawing()
    shifts = _shifts([x for _, _, x in line.places], reach=line.height / 2 - 13)
    placed = [
        Spot(x=x, y=line.y + shift, look=block.look,
             colour=theme.colours[block.look] if line.firm else theme.faded,
             hover=f"{block.name}: {mean:.1f}")
        for (block, mean, x), shift in zip(line.places, shifts, strict=True)
    ]  # fmt: skip
    ends = (line.places[0][2], line.places[-1][2])
    band = rule(x=ends, y=(line.y, line.y), colour=theme.band, width=10)
    return together((band, spots(placed, size=_DOT, line=theme.background, line_width=2)))


def _shifts(xs: Sequence[float], *, reach: float) -> list[float]:
    """How far each dot moves up or down so that near ones don't hide each other; the two ends stay."""
    order = [0, len(xs) - 1, *range(1, len(xs) - 1)][: len(xs)]
    lanes = [0.0] + [sign * min(step * _CLOSE, reach) for step in (1, 0.5) for sign in (-1, 1)]
    settled: dict[int, float] = {}
    for place in dict.fromkeys(order):
        distances = [
            min((((xs[place] - xs[other]) ** 2 + (lane - shift) ** 2) ** 0.5 for other, shift in settled.items()),
                default=_CLOSE)
            for lane in lanes
        ]  # fmt: skip
        roomy = [lane for lane, distance in zip(lanes, distances, strict=True) if distance >= _CLOSE]
        settled[place] = roomy[0] if roomy else lanes[distances.index(max(distances))]
    return [settled[place] for place in range(len(xs))]


def _ends(line: _Line, *, field: _Field, theme: Theme) -> Drawing:
    """The names of the lowest and the highest block, outside their dots."""
    if not line.places:
        return words(("not enough answers",), x=field.low, y=line.y, size=SMALL, colour=theme.muted)
    colour = theme.ink if line.firm else theme.muted
    most = max(1, int(line.height // 25))
    low, _, left = line.places[0]
    high, _, right = line.places[-1]
    names = words(
        _name(high.name, width=field.limit_right - right - 18, most=most),
        x=right + 18, y=line.y, size=SMALL, colour=colour, weight=BOLD,
    )  # fmt: skip
    if len(line.places) == 1:
        return names
    lowest = words(
        _name(low.name, width=left - 18 - field.limit_left, most=most),
        x=left - 18, y=line.y, size=SMALL, colour=colour, weight=BOLD, anchor="right",
    )  # fmt: skip
    return together((names, lowest))


def _name(name: str, *, width: float, most: int) -> tuple[str, ...]:
    return wrapped(name, width=min(width, 260), size=SMALL, weight=BOLD, most=most)


def _pill(line: _Line, *, theme: Theme) -> Drawing:
    middle = _pill_middle(theme)
    gap = line.places[-1][1] - line.places[0][1] if len(line.places) > 1 else None
    half = min(19.0, line.height / 2 - 3)
    box = Tile(left=middle - _PILL_WIDTH / 2, right=middle + _PILL_WIDTH / 2, top=line.y - half,
               bottom=line.y + half, fill=theme.grid)  # fmt: skip
    text = "–" if gap is None else f"{gap:.1f}"
    return together(
        (
            tiles((box,), line=theme.grid),
            words((text,), x=middle, y=line.y, size=23, colour=theme.ink if line.firm else theme.muted,
                  weight=BOLD if line.firm else SEMIBOLD, anchor="center"),
        )
    )  # fmt: skip


def _alt(lines: Sequence[_Line], *, headline: str, release: Release) -> str:
    gaps = [
        f"“{line.item.short}” from {line.places[0][1]:.1f} ({line.places[0][0].name}) "
        f"to {line.places[-1][1]:.1f} ({line.places[-1][0].name})"
        for line in lines[:3]
        if len(line.places) > 1
    ]
    averages = f" Average answers: {'; '.join(gaps)}." if gaps else ""
    return f"{headline.rstrip('.')}.{averages} {answered_of(release)}."
