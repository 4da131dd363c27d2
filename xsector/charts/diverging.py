"""How each block answers one item: shares to the left and right of one line, the neutral answer set apart."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

from xsector.charts.measuring import text_width, wrapped
from xsector.charts.shares import (
    EVERYONE,
    Row,
    Sides,
    answered_of,
    block_rows,
    everyone,
    net,
    number,
    percent,
    side_share,
    sides_of,
    unshown_sectors,
)
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
from xsector.charts.theme import BOLD, EDGE, LABEL, SEMIBOLD, SMALL, Theme, letters_on
from xsector.model.phrases import listed
from xsector.model.released import Release, ReleasedItem

_NAME_WIDTH: Final = 310
_COUNT_WIDTH: Final = 70
_PANEL_GAP: Final = 48
_LONG_NEUTRAL: Final = 180
_MOST_ROWS: Final = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class _Area:
    """Where shares are drawn: one scale of pixels per percent for both sides and the neutral panel."""

    name_right: float
    zero: float
    neutral: float
    per_cent: float
    low: int
    high: int
    middle: int
    top: float
    bottom: float
    row: float
    unit: str
    """“%” if every share that fits into its bar fits with it, else nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bar:
    """One level of one row: where it begins, how long it is, in pixels."""

    level: int
    left: float
    length: float


def answer_bars(
    item: ReleasedItem, *, release: Release, headline: str, subtitle: str, note: str, theme: Theme,
    side_names: tuple[str, str] | None = None,
) -> go.Figure:  # fmt: skip
    """Draw the answers to one item on an ordered scale of 2 to 10 levels.

    Everyone stands on top, then the blocks from the most to the least agreeing. Sectors that no block
    holds stand last as rows without bars, or in the note if there are too many. *side_names* stand above the two
    sides where the levels don't name them well.
    """
    whole = everyone(item, release=release)
    rows = [whole, *sorted(block_rows(item, release=release), key=net, reverse=True)]
    unshown = unshown_sectors(release)
    listed_below = len(rows) + len(unshown) > _MOST_ROWS
    head = heading(headline, subtitle=subtitle, theme=theme)
    legend = key(_entries(item, theme=theme), theme=theme, top=head.edge)
    missing = f"Not shown, fewer than {release.policy.k} people: {listed(unshown)}." if listed_below and unshown else ""
    foot = note_line(f"{note} {missing}".strip(), theme=theme, bottom=theme.height)
    blank = [] if listed_below else unshown
    area = _area(rows, blank=blank, theme=theme, top=legend.edge + _heads_height(item), bottom=foot.edge - 30)
    drawing = together(
        (
            head.drawing,
            legend.drawing,
            _grid(area, rows=len(rows), theme=theme),
            _heads(item, area=area, theme=theme, side_names=side_names),
            *(_row(row, item=item, place=place, area=area, theme=theme) for place, row in enumerate(rows)),
            *(_blank(name, place=len(rows) + place, area=area, k=release.policy.k, theme=theme)
              for place, name in enumerate(blank)),
            _zero(area, rows=len(rows), theme=theme),
            foot.drawing,
        )
    )  # fmt: skip
    return figure_of(drawing, theme=theme, headline=headline, alt=_alt(rows, headline=headline, release=release))


def _entries(item: ReleasedItem, *, theme: Theme) -> list[Entry]:
    sides = sides_of(len(item.levels))
    order = [*sides.low, *reversed(sides.high), *(() if sides.middle is None else (sides.middle,))]
    colours = theme.answers(len(item.levels))
    return [Entry(label=item.levels[level], colour=colours[level], symbol="square") for level in order]


def _area(rows: Sequence[Row], *, blank: Sequence[str], theme: Theme, top: float, bottom: float) -> _Area:
    sides = sides_of(len(rows[0].counts))
    low = _limit(max(side_share(row, sides.low) for row in rows))
    high = _limit(max(side_share(row, sides.high) for row in rows))
    middle = 0 if sides.middle is None else _limit(max(side_share(row, (sides.middle,)) for row in rows))
    names = [row.label for row in rows] + list(blank)
    lines = [line for name in names for line in wrapped(name, width=_NAME_WIDTH, size=LABEL)]
    name_right = EDGE + max(text_width(line, size=LABEL, weight=BOLD) for line in lines)
    left = name_right + _COUNT_WIDTH + 22
    gap = _PANEL_GAP if middle else 0
    per_cent = (theme.right - 16 - left - gap) / (low + high + middle)
    zero = left + low * per_cent
    count = len(rows) + len(blank)
    unit = _unit([share for row in rows for share in row.shares], per_cent=per_cent)
    return _Area(name_right=name_right, zero=zero, neutral=zero + high * per_cent + gap, per_cent=per_cent, low=low,
                 high=high, middle=middle, top=top, bottom=bottom,
                 row=min((bottom - top) / (count + 0.3), 96), unit=unit)  # fmt: skip


def _limit(share: float) -> int:
    """The next 10 percent above a share, at least 50 so that every panel has a second tick."""
    return max(50, min(100, 10 * math.ceil(share / 10)))


def _unit(shares: Sequence[float], *, per_cent: float) -> str:
    bare = [(percent(share).removesuffix("%"), share * per_cent) for share in shares]
    roomy = [(text, length) for text, length in bare if _holds(text, length=length)]
    return "%" if all(_holds(f"{text}%", length=length) for text, length in roomy) else ""


def _holds(text: str, *, length: float) -> bool:
    return text_width(text, size=LABEL, weight=SEMIBOLD) + 5 <= length


def _centre(place: int, *, area: _Area) -> float:
    """The middle of a row; the first one, everyone, stands a little apart."""
    return area.top + (place + 0.5 + (0.3 if place else 0)) * area.row


def _grid(area: _Area, *, rows: int, theme: Theme) -> Drawing:
    bottom = _centre(rows - 1, area=area) + area.row / 2
    drawn = []
    ticks = [(area.zero - share * area.per_cent, share) for share in range(area.low - area.low % 50, 0, -50)]
    ticks += [(area.zero + share * area.per_cent, share) for share in range(0, area.high + 1, 50)]
    ticks += [(area.neutral + share * area.per_cent, share) for share in range(0, area.middle + 1, 50) if area.middle]
    for x, share in ticks:
        drawn.append(rule(x=(x, x), y=(area.top, bottom), colour=theme.grid))
        drawn.append(words((f"{share}%" if share else "0",), x=x, y=bottom + 3, size=SMALL, colour=theme.muted,
                           anchor="center", stand="top"))  # fmt: skip
    return together(drawn)


def _zero(area: _Area, *, rows: int, theme: Theme) -> Drawing:
    bottom = _centre(rows - 1, area=area) + area.row / 2
    return rule(x=(area.zero, area.zero), y=(area.top - 4, bottom), colour=theme.ink, width=2.5, layer="above")


def _heads(item: ReleasedItem, *, area: _Area, theme: Theme, side_names: tuple[str, str] | None = None) -> Drawing:
    """What stands left, right and apart, above the bars."""
    sides = sides_of(len(item.levels))
    y = area.top - 20
    low, high = side_names or (
        _side_name(item.levels, sides=sides.low, width=area.low * area.per_cent - 30),
        _side_name(item.levels, sides=sides.high, width=area.high * area.per_cent - 30),
    )
    drawn = [
        words(("people",), x=area.name_right + _COUNT_WIDTH, y=y, size=SMALL, colour=theme.muted, anchor="right"),
        words((f"◄ {low}",), x=area.zero - 10, y=y, size=LABEL, colour=theme.ink, weight=BOLD, anchor="right"),
        words((f"{high} ►",), x=area.zero + 10, y=y, size=LABEL, colour=theme.ink, weight=BOLD),
    ]
    if sides.middle is not None:
        name = wrapped(item.levels[sides.middle], width=area.middle * area.per_cent + 12, size=LABEL, weight=BOLD)
        drawn.append(words(name, x=area.neutral, y=area.top - 7, size=LABEL, colour=theme.ink, weight=BOLD,
                           stand="bottom"))  # fmt: skip
    return together(drawn)


def _heads_height(item: ReleasedItem) -> float:
    """A long name of the neutral answer takes two lines."""
    middle = sides_of(len(item.levels)).middle
    long = middle is not None and text_width(item.levels[middle], size=LABEL, weight=BOLD) > _LONG_NEUTRAL
    return 60 if long else 34


def _side_name(levels: Sequence[str], *, sides: Sequence[int], width: float) -> str:
    """One name for the levels of a side: the words they all end with, else from … to."""
    endings = [label.lower().split()[::-1] for label in (levels[level] for level in sides)]
    shared = [words_[0] for words_ in itertools.takewhile(_alike, zip(*endings, strict=False))]
    ends = sorted({sides[0], sides[-1]})
    name = " ".join(reversed(shared)).capitalize() if shared and len(sides) > 1 else " … ".join(levels[k] for k in ends)
    return wrapped(name, width=width, size=LABEL, weight=BOLD, most=1)[0]


def _alike(parts: Sequence[str]) -> bool:
    return len(set(parts)) == 1


def _row(row: Row, *, item: ReleasedItem, place: int, area: _Area, theme: Theme) -> Drawing:
    y = _centre(place, area=area)
    drawn = [_name(row.label, y=y, area=area, theme=theme)]
    drawn.append(words((number(row.people),), x=area.name_right + _COUNT_WIDTH, y=y, size=LABEL, colour=theme.muted,
                       anchor="right"))  # fmt: skip
    if not row.shares:
        return together((*drawn, words(("no answers",), x=area.zero + 12, y=y, size=SMALL, colour=theme.muted)))
    half = min(area.row * 0.37, 30)
    colours = theme.answers(len(item.levels))
    bars = _bars(row, sides=sides_of(len(item.levels)), area=area)
    placed = [
        Tile(left=bar.left, right=bar.left + bar.length, top=y - half, bottom=y + half, fill=colours[bar.level],
             hover=f"{row.label}, {item.levels[bar.level]}: {percent(row.shares[bar.level])}")
        for bar in bars
    ]  # fmt: skip
    drawn.append(tiles(placed, line=theme.background, line_width=1.5))
    drawn += [_share(row, bar=bar, y=y, fill=colours[bar.level], unit=area.unit) for bar in bars]
    return together(drawn)


def _name(label: str, *, y: float, area: _Area, theme: Theme) -> Drawing:
    most = 2 if area.row >= 50 else 1
    return words(wrapped(label, width=_NAME_WIDTH, size=LABEL, most=most), x=area.name_right, y=y, size=LABEL,
                 colour=theme.ink, weight=BOLD if label == EVERYONE else 400, anchor="right")  # fmt: skip


def _bars(row: Row, *, sides: Sides, area: _Area) -> list[_Bar]:
    """Each side grows outwards from the line, mildest answer first."""
    bars = []
    left = right = area.zero
    for level in reversed(sides.low):
        length = row.shares[level] * area.per_cent
        left -= length
        bars.append(_Bar(level=level, left=left, length=length))
    for level in reversed(sides.high):
        length = row.shares[level] * area.per_cent
        bars.append(_Bar(level=level, left=right, length=length))
        right += length
    if sides.middle is not None:
        bars.append(_Bar(level=sides.middle, left=area.neutral, length=row.shares[sides.middle] * area.per_cent))
    return [bar for bar in bars if bar.length > 0]


def _share(row: Row, *, bar: _Bar, y: float, fill: str, unit: str) -> Drawing:
    """The share inside its bar, where it fits."""
    text = percent(row.shares[bar.level]).removesuffix("%") + unit
    if not _holds(text, length=bar.length):
        return Drawing()
    return words((text,), x=bar.left + bar.length / 2, y=y, size=LABEL, colour=letters_on(fill), weight=SEMIBOLD,
                 anchor="center")  # fmt: skip


def _blank(name: str, *, place: int, area: _Area, k: int, theme: Theme) -> Drawing:
    y = _centre(place, area=area) + 26
    return together(
        (
            _name(name, y=y, area=area, theme=theme),
            words((f"not shown: fewer than {k} people",), x=area.name_right + _COUNT_WIDTH + 22, y=y, size=SMALL,
                  colour=theme.muted),
        )
    )  # fmt: skip


def _alt(rows: Sequence[Row], *, headline: str, release: Release) -> str:
    sides = sides_of(len(rows[0].counts))
    parts = [
        f"{row.label} {percent(side_share(row, sides.high))} on the upper and {percent(side_share(row, sides.low))} "
        f"on the lower side (n = {number(row.people)})"
        for row in rows
    ]
    return f"{headline.rstrip('.')}. {'; '.join(parts)}; {answered_of(release)}."
