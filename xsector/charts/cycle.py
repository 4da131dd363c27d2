"""The trust building cycle: a road of four stations that leads back to the first, and where each round stood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import plotly.graph_objects as go

from xsector.analysis.stage import Place, Standing, step_of
from xsector.charts.measuring import text_width, wrapped
from xsector.charts.shares import answered_of
from xsector.charts.sheet import (
    LINE,
    Drawing,
    Spot,
    Tile,
    figure_of,
    heading,
    note_line,
    rule,
    spots,
    tiles,
    together,
    words,
)
from xsector.charts.theme import BODY, BOLD, EDGE, LABEL, REGULAR, SMALL, SYMBOLS, Theme, letters_on
from xsector.model.modules.kinds import Road
from xsector.model.phrases import counted
from xsector.model.released import Release

MOST_ROUNDS: Final = 6
AGAIN: Final = "round again: new people, new money, a new goal"
HERE: Final = "here"
SOMEWHERE: Final = "somewhere here"
NOW: Final = "now"
_NAME_WIDTH: Final = 230
_STATION: Final = 30
_ROAD: Final = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Loop:
    """Pixels of the road: its two sides, its upper and lower stretch, and the rows of the rounds between them."""

    left: float
    right: float
    top: float
    bottom: float
    row: float

    @property
    def column(self) -> float:
        """Width of one stage."""
        return (self.right - self.left) / len(Road)

    def x(self, step: float) -> float:
        """The middle of a stage."""
        return self.left + (step + 0.5) * self.column

    def y(self, place: int) -> float:
        """The middle of a round's row."""
        return self.top + _STATION / 2 + 12 + (place + 0.5) * self.row


def trust_cycle(
    standings: Sequence[Standing], *, names: Mapping[Road, str], release: Release, headline: str, subtitle: str,
    note: str, theme: Theme,
) -> go.Figure:  # fmt: skip
    """Draw where the last six rounds stood, oldest on top; a round that can't be told apart spans its stages."""
    shown = standings[-MOST_ROUNDS:]
    left_out = len(standings) - len(shown)
    earlier = f"{counted(left_out, 'earlier round is', 'earlier rounds are')} not drawn." if left_out else ""
    head = heading(headline, subtitle=subtitle, theme=theme)
    foot = note_line(f"{note} {earlier}".strip(), theme=theme, bottom=theme.height)
    loop, labels = _loop(shown, names=names, theme=theme, top=head.edge, bottom=foot.edge)
    drawing = together(
        (
            head.drawing,
            *(rule(x=(loop.x(stage), loop.x(stage)), y=(loop.top, loop.bottom), colour=theme.grid, width=2)
              for stage in range(len(Road))),
            _road(loop, theme=theme),
            *(_station(place, lines=lines, loop=loop, theme=theme) for place, lines in enumerate(labels)),
            _way(shown, loop=loop, theme=theme),
            *(_round(one, place=place, is_last=place == len(shown) - 1, loop=loop, theme=theme)
              for place, one in enumerate(shown)),
            foot.drawing,
        )
    )  # fmt: skip
    alt = _alt(shown, names=names, headline=headline, release=release)
    return figure_of(drawing, theme=theme, headline=headline, alt=alt)


def _loop(
    shown: Sequence[Standing], *, names: Mapping[Road, str], theme: Theme, top: float, bottom: float
) -> tuple[_Loop, list[tuple[str, ...]]]:
    titles = [line for one in shown for line in _title(one)]
    left = EDGE + max((text_width(line, size=LABEL, weight=BOLD) for line in titles), default=0) + 40
    right = theme.right - _ROAD
    column = (right - left) / len(Road)
    labels = [wrapped(names[stage], width=column - 14, size=LABEL, weight=BOLD, most=3) for stage in Road]
    above = max(len(lines) for lines in labels) * LABEL * LINE
    road, end = top + 8 + above + _STATION / 2 + 8, bottom - SMALL * LINE - 14
    row = (end - 14 - road - _STATION / 2 - 12) / max(len(shown), 1)
    return _Loop(left=left, right=right, top=road, bottom=end, row=row), labels


def _title(one: Standing) -> tuple[str, ...]:
    return wrapped(one.title, width=_NAME_WIDTH, size=LABEL, weight=BOLD)


def _road(loop: _Loop, *, theme: Theme) -> Drawing:
    """The four sides of the loop, an arrow on each, and why one goes round again."""
    corners = ((loop.left, loop.top), (loop.right, loop.top), (loop.right, loop.bottom), (loop.left, loop.bottom))
    half = _ROAD / 2
    drawn = [
        # Half a width further at both ends, or the corners would have notches.
        rule(x=(min(one[0], other[0]) - half, max(one[0], other[0]) + half), y=(one[1], other[1]), colour=theme.band,
             width=_ROAD)
        if one[1] == other[1]
        else rule(x=(one[0], other[0]), y=(one[1], other[1]), colour=theme.band, width=_ROAD)
        for one, other in zip(corners, (*corners[1:], corners[0]), strict=True)
    ]  # fmt: skip
    up = Spot(x=loop.left, y=(loop.top + loop.bottom) / 2, look=SYMBOLS.index("triangle-up"), colour=theme.faded)
    down = Spot(x=loop.right, y=(loop.top + loop.bottom) / 2, look=SYMBOLS.index("triangle-down"), colour=theme.faded)
    again = words((f"◄ {AGAIN}",), x=(loop.left + loop.right) / 2, y=loop.bottom + 8, size=SMALL, colour=theme.muted,
                  anchor="center", stand="top")  # fmt: skip
    return together((*drawn, spots((up, down), size=24, line=theme.faded, line_width=0), again))


def _station(place: int, *, lines: Sequence[str], loop: _Loop, theme: Theme) -> Drawing:
    x = loop.x(place)
    disc = Spot(x=x, y=loop.top, look=0, colour=theme.background)
    return together(
        (
            spots((disc,), size=_STATION, line=theme.ink, line_width=5),
            words(lines, x=x, y=loop.top - _STATION / 2 - 8, size=LABEL, colour=theme.ink, weight=BOLD,
                  anchor="center", stand="bottom"),
        )
    )  # fmt: skip


def _way(shown: Sequence[Standing], *, loop: _Loop, theme: Theme) -> Drawing:
    """A line from each round to the next."""
    places = [(loop.x(one.place.middle), loop.y(row)) for row, one in enumerate(shown)]
    return together(
        rule(x=(one[0], other[0]), y=(one[1], other[1]), colour=theme.faded, width=3) for one, other in pairwise(places)
    )


def _round(one: Standing, *, place: int, is_last: bool, loop: _Loop, theme: Theme) -> Drawing:
    y, half = loop.y(place), min(loop.row * 0.34, 34)
    first, last = step_of(one.place.first), step_of(one.place.last)
    fill = theme.answers(5)[4] if is_last else theme.band
    box = Tile(left=loop.x(first) - loop.column * 0.4, right=loop.x(last) + loop.column * 0.4, top=y - half,
               bottom=y + half, fill=fill, hover=f"{one.title}: {_where(one.place, is_last=is_last)}")  # fmt: skip
    lines = _title(one) if loop.row >= 2 * LABEL * LINE else _title(one)[:1]
    return together(
        (
            words(lines, x=loop.left - 28, y=y, size=LABEL, colour=theme.ink if is_last else theme.muted,
                  weight=BOLD if is_last else REGULAR, anchor="right"),
            tiles((box,), line=theme.background),
            words((_where(one.place, is_last=is_last),), x=loop.x(one.place.middle), y=y,
                  size=BODY if is_last else LABEL, colour=letters_on(fill), weight=BOLD if is_last else REGULAR,
                  anchor="center"),
        )
    )  # fmt: skip


def _where(place: Place, *, is_last: bool) -> str:
    told = HERE if place.is_certain else SOMEWHERE
    return f"{told} {NOW}" if is_last else told


def _alt(shown: Sequence[Standing], *, names: Mapping[Road, str], headline: str, release: Release) -> str:
    told = [
        f"{one.title}: {names[one.place.first]}" + ("" if one.place.is_certain else f" to {names[one.place.last]}")
        for one in shown
    ]
    return f"{headline.rstrip('.')}. {'; '.join(told) or 'No round can be placed'}; {answered_of(release)}."
