"""What a vote in a meeting brought: fist to five, dots, whether minds moved, how the meeting was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

from xsector.charts.measuring import fits, fitting_size, text_width, wrapped
from xsector.charts.shares import number
from xsector.charts.sheet import (
    LINE,
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
from xsector.charts.theme import BODY, BOLD, EDGE, LABEL, REGULAR, SEMIBOLD, SMALL, Theme, letters_on

_SIZES: Final = (32, 30, 28, 26, 24, BODY, LABEL, SMALL)
_HIGH_ROWS: Final = 8
_GROUPS: Final = 0.31
"""Part of the sheet for the names of groups."""
_SAID: Final = (32, 30, 28, 26, 24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One answer, how many gave it, and what stands before it."""

    label: str
    people: int
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One group's, or everybody's, people by level."""

    label: str
    counts: tuple[int, ...]
    beside: str = ""
    """What stands right of its bar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The words of a vote's picture: what it was, what came out in one sentence, who voted, and small print."""

    headline: str
    sentence: str
    took_part: str
    note: str = ""

    @property
    def alt(self) -> str:
        """The words that stand for the picture, before its figures."""
        return f"{self.headline.rstrip('.')}. {self.sentence} {self.took_part}"


def fist_wall(bars: Sequence[Bar], *, told: Told, carried_from: int, theme: Theme) -> go.Figure:
    """Draw fist to five, the highest on top; below a line stand the votes that stop a proposal."""
    top, bottom, frames = _framed(told, theme=theme)
    colours = theme.answers(len(bars))
    fills = [colours[level] for level in range(len(bars))]
    rows = _bars(bars[::-1], fills=fills[::-1], top=top, bottom=bottom, wide=0.34, theme=theme)
    y = top + (len(bars) - carried_from) * (bottom - top) / len(bars)
    line = rule(x=(EDGE, theme.right), y=(y, y), colour=theme.muted, width=2)
    return _figure((*frames, rows, line), told=told, parts=_spoken(bars[::-1]), theme=theme)


def dots_wall(bars: Sequence[Bar], *, told: Told, theme: Theme) -> go.Figure:
    """Draw what was marked most on top."""
    top, bottom, frames = _framed(told, theme=theme)
    fills = [theme.colours[0]] * len(bars)
    # Two choices on the whole sheet would be two slabs.
    bottom = min(bottom, top + len(bars) * 104)
    # In low rows a label has one line, which must then be long.
    wide = 0.5 if len(bars) <= _HIGH_ROWS else 0.62
    rows = _bars(bars, fills=fills, top=top, bottom=bottom, wide=wide, theme=theme)
    return _figure((*frames, rows), told=told, parts=_spoken(bars), theme=theme)


def moved_wall(bars: Sequence[Bar], *, groups: Sequence[Group], told: Told, theme: Theme) -> go.Figure:
    """Draw how many see it as before, a little and quite differently: everybody, and then each group."""
    top, bottom, frames = _framed(told, theme=theme)
    fills = theme.steps(len(bars) + 1)[1:]
    if len(groups) < 2:
        rows = _bars(bars, fills=fills, top=top, bottom=min(bottom, top + 330), wide=_GROUPS, theme=theme)
        return _figure((*frames, rows), told=told, parts=_spoken(bars), theme=theme)
    split = top + max(174, (bottom - top) * 0.4)
    rows = _bars(bars, fills=fills, top=top, bottom=split, wide=_GROUPS, theme=theme)
    below = stacked(groups, fills=fills, top=split + 26, bottom=bottom, wide=_GROUPS, most=56, theme=theme)
    return _figure((*frames, rows, below), told=told, parts=f"{_spoken(bars)} {_said(groups)}", theme=theme)


def exit_wall(groups: Sequence[Group], *, levels: Sequence[str], told: Told, theme: Theme) -> go.Figure:
    """Draw how the meeting was: one bar for each statement, everybody together."""
    top, bottom, frames = _framed(told, theme=theme)
    fills = theme.answers(len(levels))
    entries = [Entry(label=label, colour=fill, symbol="square") for label, fill in zip(levels, fills, strict=True)]
    legend = key(entries, theme=theme, top=top - 6)
    rows = stacked(groups, fills=fills, top=legend.edge + 10, bottom=bottom, wide=0.36, most=112, theme=theme)
    return _figure((*frames, legend.drawing, rows), told=told, parts=_said(groups), theme=theme)


def stacked(
    groups: Sequence[Group], *, fills: Sequence[str], top: float, bottom: float, wide: float, most: float, theme: Theme
) -> Drawing:
    """One bar of shares for each group, people in figures; labels take the share *wide* of the sheet."""
    beside = max((text_width(one.beside, size=BODY, weight=SEMIBOLD) for one in groups), default=0.0)
    left = EDGE + wide * (theme.right - EDGE)
    right = theme.right - (beside + 18 if beside else 0)
    height = min((bottom - top) / max(len(groups), 1), most)
    names = [group.label for group in groups]
    size = label_size(names, width=left - EDGE - 20, height=height, weight=SEMIBOLD)
    drawn = []
    for place, group in enumerate(groups):
        y = top + (place + 0.5) * height
        drawn.append(_label(group.label, y=y, size=size, width=left - EDGE - 20, height=height, weight=SEMIBOLD,
                            theme=theme))  # fmt: skip
        drawn.append(share_bar(group.counts, left=left, right=right, y=y, half=min(height * 0.36, 32), fills=fills,
                               theme=theme))  # fmt: skip
        drawn.append(words((group.beside,), x=theme.right, y=y, size=BODY, colour=theme.ink, weight=SEMIBOLD,
                           anchor="right"))  # fmt: skip
    return together(drawn)


def share_bar(
    counts: Sequence[int], *, left: float, right: float, y: float, half: float, fills: Sequence[str], theme: Theme
) -> Drawing:
    """A bar over the whole width, divided by level, with the number of people where it fits."""
    everybody = sum(counts)
    if not everybody:
        return words(("no answers",), x=left, y=y, size=SMALL, colour=theme.muted)
    size = LABEL if half >= 13 else SMALL
    pieces, figures, at = [], [], left
    for count, fill in zip(counts, fills, strict=True):
        width = count / everybody * (right - left)
        if count:
            pieces.append(Tile(left=at, right=at + width, top=y - half, bottom=y + half, fill=fill))
        if count and text_width(number(count), size=size, weight=SEMIBOLD) + 6 <= width:
            figures.append(words((number(count),), x=at + width / 2, y=y, size=size, colour=letters_on(fill),
                                 weight=SEMIBOLD, anchor="center"))  # fmt: skip
        at += width
    return together((tiles(pieces, line=theme.background, line_width=1.5), *figures))


def _framed(told: Told, *, theme: Theme) -> tuple[float, float, tuple[Drawing, ...]]:
    """Headline, sentence and small print, and what they leave free between them."""
    head = heading(told.headline, subtitle=told.took_part, theme=theme)
    size = fitting_size(told.sentence, width=theme.right - EDGE, sizes=_SAID, weight=BOLD, most=1)
    lines = wrapped(told.sentence, width=theme.right - EDGE, size=size, weight=BOLD) if told.sentence else ()
    said = words(lines, x=EDGE, y=head.edge + 10, size=size, colour=theme.ink, weight=BOLD, stand="top")
    foot = note_line(told.note, theme=theme, bottom=theme.height)
    return head.edge + 26 + len(lines) * size * LINE, foot.edge - 8, (head.drawing, said, foot.drawing)


def _bars(
    bars: Sequence[Bar], *, fills: Sequence[str], top: float, bottom: float, wide: float, theme: Theme
) -> Drawing:
    """Labels on the left, bars of people on the right, all from one line."""
    height = (bottom - top) / max(len(bars), 1)
    before = 62.0 if any(bar.place for bar in bars) else 0.0
    left = EDGE + before + wide * (theme.right - EDGE - before)
    most = max((bar.people for bar in bars), default=0) or 1
    room = theme.right - left - 90
    half = min(height * 0.34, 34)
    size = min(44, max(BODY, int(height * 0.6)))
    label = label_size([bar.label for bar in bars], width=left - EDGE - before - 20, height=height)
    drawn = []
    for place, (bar, fill) in enumerate(zip(bars, fills, strict=True)):
        y = top + (place + 0.5) * height
        end = left + bar.people / most * room
        piece = Tile(left=left, right=end, top=y - half, bottom=y + half, fill=fill)
        drawn += [
            words((bar.place,), x=EDGE, y=y, size=min(size, 30), colour=theme.muted, weight=SEMIBOLD),
            _label(bar.label, y=y, size=label, x=EDGE + before, width=left - EDGE - before - 20, height=height,
                   theme=theme),
            tiles((piece,) if bar.people else (), line=theme.background),
            words((number(bar.people),), x=end + 14, y=y, size=size, weight=BOLD,
                  colour=theme.ink if bar.people else theme.muted),
        ]  # fmt: skip
    line = rule(x=(left, left), y=(top, bottom), colour=theme.muted, width=2)
    return together((*drawn, line))


def label_size(texts: Sequence[str], *, width: float, height: float, weight: int = REGULAR) -> int:
    """The largest size at which all labels fit into their rows, so that none looks more important."""
    fitting = (
        size for size in _SIZES
        if size * LINE <= height
        and all(fits(text, width=width, size=size, weight=weight, most=int(height // (size * LINE))) for text in texts)
    )  # fmt: skip
    return next(fitting, SMALL)


def _label(
    text: str, *, y: float, size: int, width: float, height: float, theme: Theme, x: float = EDGE,
    weight: int = REGULAR,
) -> Drawing:  # fmt: skip
    """A label in as many lines as its row holds."""
    lines = wrapped(text, width=width, size=size, weight=weight, most=max(1, int(height // (size * LINE))))
    return words(lines, x=x, y=y, size=size, colour=theme.ink, weight=weight)


def _figure(parts_drawn: Sequence[Drawing], *, told: Told, parts: str, theme: Theme) -> go.Figure:
    alt = f"{told.alt} {parts} {told.note}".rstrip()
    return figure_of(together(parts_drawn), theme=theme, headline=told.headline, alt=alt)


def _spoken(bars: Sequence[Bar]) -> str:
    return " ".join(f"“{bar.label.rstrip('.')}”: {number(bar.people)}." for bar in bars)


def _said(groups: Sequence[Group]) -> str:
    return " ".join(f"{group.label.rstrip('.')}: {', '.join(map(number, group.counts))}." for group in groups)
