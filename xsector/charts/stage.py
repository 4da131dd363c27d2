"""The road of a partnership: signs seen and work done at each stage."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

from xsector.analysis.stage import Agreed, StageFinding, StageView, Station
from xsector.charts.measuring import wrapped
from xsector.charts.shares import answered_of
from xsector.charts.sheet import (
    LINE,
    Drawing,
    Spot,
    Tile,
    figure_of,
    frame,
    heading,
    note_line,
    rule,
    spots,
    tiles,
    together,
    words,
)
from xsector.charts.theme import BODY, BOLD, EDGE, LABEL, SMALL, SYMBOLS, Theme
from xsector.model.modules.kinds import Road
from xsector.model.released import Release

JUMP: Final = "the jump"
SKIPPED: Final = "skipped"
STUCK: Final = "stuck here"
QUIET: Final = "too quiet"
_GAP: Final = 14.0
_PAD: Final = 28.0
_ABOVE: Final = 118.0
"""Room above the tallest bar for its number and for the jump."""
_DOTS: Final = 34
_DOT: Final = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """Pixels of the columns: the first one's left edge, their width, and where 100 % and 0 % lie."""

    left: float
    column: float
    top: float
    bottom: float

    def y(self, share: float) -> float:
        """The height of a share."""
        return self.bottom - share * (self.bottom - self.top)

    def bar(self, place: int, *, second: bool) -> tuple[float, float]:
        """Left and right edge of a column's bar of signs, or of its *second* one, of work."""
        left = self.left + place * self.column + _PAD
        width = (self.column - 2 * _PAD - _GAP) / 2
        return (left + width + _GAP, left + 2 * width + _GAP) if second else (left, left + width)

    def work(self, place: int) -> float:
        """The middle of a column's bar of work."""
        return sum(self.bar(place, second=True)) / 2


def signs_and_work(
    view: StageView, *, names: Mapping[Road, str], release: Release, headline: str, subtitle: str, note: str,
    theme: Theme,
) -> go.Figure:  # fmt: skip
    """Draw two bars for each stage, signs and work, and the jump over work that was skipped where there is one."""
    head = heading(headline, subtitle=subtitle, theme=theme)
    foot = note_line(note, theme=theme, bottom=theme.height)
    column = (theme.right - EDGE) / len(Road)
    labels = [wrapped(names[stage], width=column - 16, size=LABEL, weight=BOLD) for stage in Road]
    below = SMALL * LINE + 8 + max(len(lines) for lines in labels) * LABEL * LINE + 8
    ground = _Ground(left=EDGE, column=column, top=head.edge + _ABOVE, bottom=foot.edge - below)
    drawn = [
        _column(station, lines=labels[place], place=place, ground=ground, theme=theme)
        for place, station in enumerate(view.stations)
    ]
    line = rule(x=(EDGE, theme.right), y=(ground.bottom, ground.bottom), colour=theme.ink, width=2.5, layer="above")
    marked = _marked(view, ground=ground, theme=theme)
    drawing = together((head.drawing, *drawn, line, marked, foot.drawing))
    return figure_of(drawing, theme=theme, headline=headline,
                     alt=_alt(view, names=names, headline=headline, release=release))  # fmt: skip


def _column(station: Station, *, lines: Sequence[str], place: int, ground: _Ground, theme: Theme) -> Drawing:
    middle = ground.left + (place + 0.5) * ground.column
    return together(
        (
            _bar(station.signs, place=place, second=False, label="signs", ground=ground, theme=theme),
            _bar(station.work, place=place, second=True, label="work done", ground=ground, theme=theme),
            words(lines, x=middle, y=ground.bottom + SMALL * LINE + 8, size=LABEL, colour=theme.ink, weight=BOLD,
                  anchor="center", stand="top"),
        )
    )  # fmt: skip


def _bar(agreed: Agreed | None, *, place: int, second: bool, label: str, ground: _Ground, theme: Theme) -> Drawing:
    left, right = ground.bar(place, second=second)
    middle = (left + right) / 2
    name = words((label,), x=middle, y=ground.bottom + 3, size=SMALL, colour=theme.ink if second else theme.muted,
                 anchor="center", stand="top")  # fmt: skip
    if agreed is None:
        return together((name, words(("–",), x=middle, y=ground.bottom - 16, size=LABEL, colour=theme.muted,
                                     anchor="center")))  # fmt: skip
    top = ground.y(agreed.share)
    fill = theme.answers(5)[4] if second else theme.band
    told = f"{agreed.share:.0%}"
    bar = Tile(left=left, right=right, top=top, bottom=ground.bottom, fill=fill, hover=f"{label}: {told}")
    empty = Tile(left=left, right=right, top=ground.top, bottom=ground.bottom, fill=theme.card)
    number = words((told,), x=middle, y=top - 3, size=BODY + 6 if second else LABEL,
                   colour=theme.ink if second else theme.muted, weight=BOLD if second else 400, anchor="center",
                   stand="bottom")  # fmt: skip
    return together((tiles((empty, bar) if second else (bar,), line=theme.background), name, number))


def _marked(view: StageView, *, ground: _Ground, theme: Theme) -> Drawing:
    """What was found, where it stands."""
    accent = theme.colours[2]
    if view.has(StageFinding.FAST_START):
        boxes = [_boxed(place, told=SKIPPED, ground=ground, colour=accent) for place in (1, 2)]
        return together((*boxes, _jump(view, ground=ground, colour=accent)))
    if view.has(StageFinding.STUCK_STORM):
        return _boxed(1, told=STUCK, ground=ground, colour=accent)
    if view.has(StageFinding.TOO_QUIET):
        return _boxed(0, told=QUIET, ground=ground, colour=accent, second=False)
    return Drawing()


def _boxed(place: int, *, told: str, ground: _Ground, colour: str, second: bool = True) -> Drawing:
    """A frame around a column's work, or its signs, and a word in it."""
    left, right = ground.bar(place, second=second)
    inside = words((told,), x=(left + right) / 2, y=ground.top + 6, size=LABEL, colour=colour, weight=BOLD,
                   anchor="center", stand="top")  # fmt: skip
    return together((frame(x=(left - 4, right + 4), y=(ground.top, ground.bottom), colour=colour, width=4), inside))


def _jump(view: StageView, *, ground: _Ground, colour: str) -> Drawing:
    """A dotted arc from the first stage's work over the two that were skipped to the last one's."""
    first, last = view.stations[0].work, view.stations[-1].work
    start = (ground.work(0), ground.y(first.share if first else 0) - 44)
    end = (ground.work(3), ground.y(last.share if last else 0) - 60)
    # Even where both ends stand at 100 % the way between them must look like a jump.
    peak = ground.top - _ABOVE + 24
    dots = []
    for dot in range(_DOTS):
        part = dot / (_DOTS - 1)
        straight = start[1] + part * (end[1] - start[1])
        # A parabola through both ends whose middle lies on the peak.
        rise = 4 * part * (1 - part) * ((start[1] + end[1]) / 2 - peak)
        dots.append(Spot(x=start[0] + part * (end[0] - start[0]), y=straight - rise, look=0, colour=colour))
    head = Spot(x=end[0], y=end[1] + 2, look=SYMBOLS.index("triangle-down"), colour=colour)
    label = words((JUMP,), x=(start[0] + end[0]) / 2, y=peak + 14, size=BODY, colour=colour, weight=BOLD,
                  anchor="center", stand="top")  # fmt: skip
    return together(
        (spots(dots, size=_DOT, line=colour, line_width=0), spots((head,), size=26, line=colour, line_width=0), label)
    )


def _alt(view: StageView, *, names: Mapping[Road, str], headline: str, release: Release) -> str:
    told = [
        f"“{names[one.stage]}”: signs {_percent(one.signs)}, work done {_percent(one.work)}" for one in view.stations
    ]
    return f"{headline.rstrip('.')}. {'; '.join(told)}; {answered_of(release)}."


def _percent(agreed: Agreed | None) -> str:
    return "not shown" if agreed is None or math.isnan(agreed.share) else f"{agreed.share:.0%}"
