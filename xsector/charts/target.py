"""The way to a chosen profile: what each group says today as dots, what is wished for as a hollow mark."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

from xsector.analysis.target import Distance, FromTarget
from xsector.charts.measuring import wrapped
from xsector.charts.shares import answered_of, number
from xsector.charts.sheet import (
    Drawing,
    Entry,
    Spot,
    Tile,
    figure_of,
    frame,
    heading,
    key,
    note_line,
    rule,
    spots,
    tiles,
    together,
    words,
)
from xsector.charts.theme import BOLD, EDGE, LABEL, SEMIBOLD, SMALL, SYMBOLS, Theme
from xsector.model.released import Release

_TEXT_WIDTH: Final = 470
_PILL: Final = 76
_TALLEST: Final = 96
_DOT: Final = 20
_CLOSE: Final = 22
"""Dots nearer than this would hide each other."""
_MARK: Final = 19
"""Half the side of the hollow mark."""
WANTED: Final = "Wanted"
AWAY: Final = "steps away"
_NEAR: Final = 0.5
"""Up to so many steps away a figure is muted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    """Where the first and the last answer of a scale lie, in pixels, and the height of a row."""

    low: float
    high: float
    row: float

    def at(self, level: float, *, levels: int) -> float:
        """Where a level lies."""
        return self.low + level / (levels - 1) * (self.high - self.low)


def target_dots(
    found: FromTarget, *, today: Sequence[str], release: Release, headline: str, subtitle: str, note: str, theme: Theme
) -> go.Figure:
    """Draw a row per question, furthest from the wish first; *today* says what most of us answer, in that order.

    Dots are average answers of the groups; the figure at the end is how far an answer lies from the wish on average.
    """
    head = heading(headline, subtitle=subtitle, theme=theme)
    entries = [
        Entry(label=block.name, colour=theme.colours[block.look], symbol=SYMBOLS[block.look])
        for block in release.blocks
    ]
    legend = key(entries, theme=theme, top=head.edge)
    foot = note_line(note, theme=theme, bottom=theme.height)
    top = legend.edge + 30
    height = min((foot.edge - 6 - top) / max(len(found.distances), 1), _TALLEST)
    field = _Field(low=EDGE + _TEXT_WIDTH + 60, high=theme.right - _PILL - 76, row=height)
    drawing = together(
        (
            head.drawing,
            legend.drawing,
            _heads(field, y=top - 8, theme=theme) if found.distances else Drawing(),
            *(
                _row(one, said=said, y=top + (place + 0.5) * height, field=field, release=release, theme=theme)
                for place, (one, said) in enumerate(zip(found.distances, today, strict=True))
            ),
            foot.drawing,
        )
    )
    return figure_of(drawing, theme=theme, headline=headline, alt=_alt(found, headline=headline, release=release))


def _heads(field: _Field, *, y: float, theme: Theme) -> Drawing:
    ends = [words((text,), x=x, y=y, size=SMALL, colour=theme.muted, anchor="center", stand="bottom")
            for text, x in (("first answer", field.low), ("last answer", field.high))]  # fmt: skip
    away = words((AWAY,), x=theme.right, y=y, size=SMALL, colour=theme.muted, anchor="right", stand="bottom")
    return together((*ends, away))


def _row(one: Distance, *, said: str, y: float, field: _Field, release: Release, theme: Theme) -> Drawing:
    return together(
        (
            rule(x=(EDGE, theme.right), y=(y - field.row / 2, y - field.row / 2), colour=theme.grid),
            _text(one, said=said, y=y, field=field, theme=theme),
            _scale(one, y=y, field=field, theme=theme),
            _dots(one, y=y, field=field, release=release, theme=theme),
            _pill(one, y=y, field=field, theme=theme),
        )
    )


def _text(one: Distance, *, said: str, y: float, field: _Field, theme: Theme) -> Drawing:
    """Short name, the wished-for answer and today's, in as many lines as the row holds."""
    most = max(1, min(3, int(field.row // 25)))
    lines = (f"{WANTED}: “{one.item.levels[one.wanted]}”", said)[: most - 1]
    first = y - len(lines) * 12.5
    kept = [wrapped(line, width=_TEXT_WIDTH, size=SMALL, most=1)[0] for line in lines]
    name = wrapped(one.item.short, width=_TEXT_WIDTH, size=LABEL, weight=BOLD, most=1)
    drawn = [words(name, x=EDGE, y=first, size=LABEL, colour=theme.ink, weight=BOLD)]
    drawn += [
        words((line,), x=EDGE, y=first + place * 25, size=SMALL, colour=theme.ink if place == 1 else theme.muted)
        for place, line in enumerate(kept, start=1)
    ]
    return together(drawn)


def _scale(one: Distance, *, y: float, field: _Field, theme: Theme) -> Drawing:
    """The line of answers with a tick for each, and the hollow mark at the wished-for one."""
    levels = len(one.item.levels)
    ticks = [field.at(level, levels=levels) for level in range(levels)]
    marked = field.at(one.wanted, levels=levels)
    half = min(_MARK, field.row / 2 - 4)
    return together(
        (
            rule(x=(field.low, field.high), y=(y, y), colour=theme.band, width=3),
            *(rule(x=(x, x), y=(y - 8, y + 8), colour=theme.band, width=3) for x in ticks),
            frame(x=(marked - half, marked + half), y=(y - half, y + half), colour=theme.ink, width=3),
        )
    )


def _dots(one: Distance, *, y: float, field: _Field, release: Release, theme: Theme) -> Drawing:
    levels = len(one.item.levels)
    known = sorted(
        ((one.wanted + steps, block) for block, steps in zip(release.blocks, one.by_block, strict=True)
         if steps is not None),
        key=lambda pair: pair[0],
    )  # fmt: skip
    xs = [field.at(level, levels=levels) for level, _ in known]
    placed = [
        Spot(x=x, y=y + lane, look=block.look, colour=theme.colours[block.look],
             hover=f"{block.name}: {level - one.wanted:+.1f} steps")
        for (x, lane), (level, block) in zip(_apart(xs, field=field), known, strict=True)
    ]  # fmt: skip
    return spots(placed, size=_DOT, line=theme.background, line_width=2)


def _apart(xs: Sequence[float], *, field: _Field) -> list[tuple[float, float]]:
    """Where each dot goes and how far up or down: near ones move apart, aside only where no lane is free."""
    lane = min(float(_CLOSE), field.row / 2 - 12)
    moves = [(aside, up) for aside in (0.0, _CLOSE, -_CLOSE, 2 * _CLOSE, -2 * _CLOSE) for up in (0.0, -lane, lane)]
    settled: list[tuple[float, float]] = []
    for x in xs:
        places = [(x + aside, up) for aside, up in moves if not aside or field.low <= x + aside <= field.high]
        rooms = [min((math.dist(place, other) for other in settled), default=_CLOSE) for place in places]
        # Some rounding, for lanes of a low row are a little less than a dot apart.
        free = [place for place, room in zip(places, rooms, strict=True) if room >= lane - 1]
        settled.append(free[0] if free else places[rooms.index(max(rooms))])
    return settled


def _pill(one: Distance, *, y: float, field: _Field, theme: Theme) -> Drawing:
    """How far an answer lies from the wish on average."""
    middle = theme.right - _PILL / 2
    half = min(19.0, field.row / 2 - 3)
    box = Tile(left=middle - _PILL / 2, right=middle + _PILL / 2, top=y - half, bottom=y + half, fill=theme.grid)
    far = one.away > _NEAR
    return together(
        (
            tiles((box,), line=theme.grid),
            words((f"{one.away:.1f}",), x=middle, y=y, size=23, colour=theme.ink if far else theme.muted,
                  weight=BOLD if far else SEMIBOLD, anchor="center"),
        )
    )  # fmt: skip


def _alt(found: FromTarget, *, headline: str, release: Release) -> str:
    said = [
        f"“{one.item.short}”: wanted “{one.item.levels[one.wanted]}”, answers {one.away:.1f} steps from it on average, "
        f"{number(one.there)} of {number(one.n)} there"
        for one in found.distances
    ]
    rows = f" {'; '.join(said)}." if said else ""
    return f"{headline.rstrip('.')}.{rows} {answered_of(release)}."
