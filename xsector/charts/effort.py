"""Whether effort follows words: for each option a dot for what should come first and one for where effort goes now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

from xsector.analysis.priorities import View, Weighed
from xsector.charts.measuring import fits, text_width, wrapped
from xsector.charts.shares import answered_of
from xsector.charts.sheet import (
    LINE,
    Drawing,
    Entry,
    Spot,
    figure_of,
    heading,
    key,
    note_line,
    rule,
    spots,
    together,
    words,
)
from xsector.charts.theme import BOLD, EDGE, LABEL, REGULAR, SMALL, SYMBOLS, Theme
from xsector.model.released import Release

SAID: Final = "What should come first"
DONE: Final = "Where effort goes now"
_SAID_LOOK, _DONE_LOOK = 0, 2
_LABEL_SHARE: Final = 0.28
_WORDS_WIDTH: Final = 190
_MOST_ROW: Final = 74
_NUMBER: Final = 46
"""Room for a number beside a dot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Axis:
    """Pixels of no points and of the most that is drawn, and the size of a dot and a row."""

    left: float
    right: float
    most: float
    mark: float
    row: float

    def x(self, value: float) -> float:
        """Where *value* lies."""
        return self.left + (self.right - self.left) * value / self.most


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """One option with what is said and what is done."""

    option: Weighed
    said: float
    done: float

    @property
    def gap(self) -> float:
        """How much more is said than done."""
        return self.said - self.done


def effort(
    should: View, now: View, *, release: Release, headline: str, subtitle: str, note: str, least: float, theme: Theme
) -> go.Figure:
    """Draw a row for each option, the widest gap first; gaps of at least *least* are in bold."""
    pairs = sorted(_pairs(should, now), key=lambda one: -abs(one.gap))
    head = heading(headline, subtitle=subtitle, theme=theme)
    legend = key(
        [
            Entry(label=SAID, colour=theme.colours[_SAID_LOOK], symbol=SYMBOLS[_SAID_LOOK]),
            Entry(label=DONE, colour=theme.colours[_DONE_LOOK], symbol=SYMBOLS[_DONE_LOOK]),
        ],
        theme=theme,
        top=head.edge,
    )
    foot = note_line(note, theme=theme, bottom=theme.height)
    row = min(_MOST_ROW, (foot.edge - legend.edge - 4) / len(pairs))
    label = min(theme.width * _LABEL_SHARE, max(text_width(pair.option.text, size=LABEL) for pair in pairs))
    axis = _Axis(
        left=EDGE + label + 16 + _NUMBER,
        right=theme.right - _WORDS_WIDTH - _NUMBER,
        most=max(max(pair.said, pair.done) for pair in pairs) or 1.0,
        mark=min(26.0, row - 10),
        row=row,
    )
    drawn = [
        _row(pair, y=legend.edge + 4 + row * (place + 0.5), axis=axis, label=label, least=least, theme=theme)
        for place, pair in enumerate(pairs)
    ]
    drawing = together((head.drawing, legend.drawing, *drawn, foot.drawing))
    alt = _alt(pairs, headline=headline, release=release)
    return figure_of(drawing, theme=theme, headline=headline, alt=alt)


def _pairs(should: View, now: View) -> list[_Pair]:
    return [
        _Pair(option=option, said=option.everybody.value, done=now.option(option.code).everybody.value)
        for option in should.options
    ]


def _row(pair: _Pair, *, y: float, axis: _Axis, label: float, least: float, theme: Theme) -> Drawing:
    is_wide = abs(pair.gap) >= least
    ends = axis.x(pair.said), axis.x(pair.done)
    bar = rule(x=(min(ends), max(ends)), y=(y, y), colour=theme.ink if is_wide else theme.band, width=6)
    ground = rule(x=(axis.x(0), axis.right), y=(y, y), colour=theme.grid)
    dots = spots(
        (
            Spot(x=ends[1], y=y, look=_DONE_LOOK, colour=theme.colours[_DONE_LOOK], hover=f"{DONE}: {pair.done:.0f}"),
            Spot(x=ends[0], y=y, look=_SAID_LOOK, colour=theme.colours[_SAID_LOOK], hover=f"{SAID}: {pair.said:.0f}"),
        ),
        size=axis.mark,
        line=theme.background,
        line_width=1,
    )
    parts = (_name(pair, y=y, row=axis.row, label=label, theme=theme), ground, bar, dots)
    return together((*parts, _numbers(pair, y=y, axis=axis, theme=theme), _gap(pair, y=y, least=least, theme=theme)))


def _name(pair: _Pair, *, y: float, row: float, label: float, theme: Theme) -> Drawing:
    most = 2 if row >= 2 * LABEL * LINE + 2 else 1
    text = pair.option.text if fits(pair.option.text, width=label, size=LABEL, most=most) else pair.option.short
    lines = wrapped(text, width=label, size=LABEL, most=most)
    return words(lines, x=EDGE + label, y=y, size=LABEL, colour=theme.ink, anchor="right")


def _numbers(pair: _Pair, *, y: float, axis: _Axis, theme: Theme) -> Drawing:
    """Both figures, outside of their dots; one where they are the same."""
    low, high = sorted((pair.said, pair.done))
    beside = axis.mark / 2 + 6
    right = words((f"{high:.0f}",), x=axis.x(high) + beside, y=y, size=LABEL, colour=theme.ink)
    if f"{low:.0f}" == f"{high:.0f}":
        return right
    left = words((f"{low:.0f}",), x=axis.x(low) - beside, y=y, size=LABEL, colour=theme.ink, anchor="right")
    return together((left, right))


def _gap(pair: _Pair, *, y: float, least: float, theme: Theme) -> Drawing:
    colour, weight = (theme.ink, BOLD) if abs(pair.gap) >= least else (theme.muted, REGULAR)
    told = _told(pair, least=least)
    return words((told,), x=theme.right, y=y, size=SMALL, colour=colour, weight=weight, anchor="right")


def _told(pair: _Pair, *, least: float) -> str:
    """The gap between the two numbers that stand there, with a decimal where it is on the other side of *least*."""
    gap = abs(round(pair.said) - round(pair.done))
    crosses = (gap >= least) is not (abs(pair.gap) >= least)
    if gap == 0 and not crosses:
        return "as said"
    wide = f"{abs(pair.gap):.1f}" if crosses else f"{gap}"
    return f"{wide} {'less' if pair.gap > 0 else 'more'} than said"


def _alt(pairs: list[_Pair], *, headline: str, release: Release) -> str:
    told = "; ".join(f"{pair.option.short} {pair.said:.0f} said, {pair.done:.0f} done" for pair in pairs)
    return f"{headline.rstrip('.')}. {told}; {answered_of(release)}."
