"""A question that was asked again after talk: for each group what it said first, what it says now, and its way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

from xsector.charts.measuring import fitting_size, wrapped
from xsector.charts.shares import number
from xsector.charts.sheet import LINE, Drawing, Entry, figure_of, heading, key, note_line, rule, together, words
from xsector.charts.theme import BODY, BOLD, EDGE, LABEL, SEMIBOLD, SMALL, Theme
from xsector.charts.votes import share_bar

_NAME: Final = 240
_WHEN: Final = 62
_WORD: Final = 300
_ROW: Final = 118
_HIGH: Final = 76
"""Height of a row from which it holds two lines of larger letters."""
_NAMES: Final = (26, 24, BODY, LABEL, SMALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Twice:
    """One group, or one option: people by answer first and now, and what is said of the way between."""

    label: str
    first: tuple[int, ...]
    now: tuple[int, ...]
    said: str = ""
    arrow: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TwiceSaid:
    """One group of a sensitive question: what is told of it first and now, in words."""

    label: str
    first: str
    now: str


def again_wall(
    rows: Sequence[Twice], *, levels: Sequence[str], fills: Sequence[str], headline: str, subtitle: str, note: str,
    theme: Theme,
) -> go.Figure:  # fmt: skip
    """Draw two thin bars for each row, first above now, and beside them where the group went.

    *fills* are the colours of the levels.
    """
    head = heading(headline, subtitle=subtitle, theme=theme)
    entries = [Entry(label=label, colour=fill, symbol="square") for label, fill in zip(levels, fills, strict=True)]
    legend = key(entries, theme=theme, top=head.edge)
    foot = note_line(note, theme=theme, bottom=theme.height)
    height = min((foot.edge - legend.edge - 8) / max(len(rows), 1), _ROW)
    look = _look(rows, height=height, theme=theme)
    drawn = [
        _twice(row, top=legend.edge + 8 + place * height, look=look, fills=fills, first=place == 0, theme=theme)
        for place, row in enumerate(rows)
    ]
    said = " ".join(
        f"{row.label.rstrip('.')}: first {_told(row.first)}, now {_told(row.now)}{f', {row.said}' if row.said else ''}."
        for row in rows
    )
    alt = f"{headline.rstrip('.')}. {subtitle} {said} {note}"
    return figure_of(together((head.drawing, legend.drawing, *drawn, foot.drawing)), theme=theme, headline=headline,
                     alt=alt)  # fmt: skip


def again_words(rows: Sequence[TwiceSaid], *, headline: str, subtitle: str, note: str, theme: Theme) -> go.Figure:
    """Write for each group what is told of it first and now; of some only “at least so many” is."""
    head = heading(headline, subtitle=subtitle, theme=theme)
    foot = note_line(note, theme=theme, bottom=theme.height)
    width = (theme.right - EDGE - _NAME - 2 * 24) / 2
    columns = (float(EDGE), EDGE + _NAME + 24.0, EDGE + _NAME + 24 + width + 24)
    top = head.edge + 44
    height = min((foot.edge - top) / max(len(rows), 1), _ROW)
    most = max(1, int((height - 8) // (SMALL * LINE)))
    texts = [text for row in rows for text in (row.first, row.now)]
    size = min((fitting_size(text, width=width, sizes=_NAMES, most=max(1, most - 1)) for text in texts), default=SMALL)
    drawn = [
        words((name,), x=x, y=head.edge + 22, size=BODY, colour=theme.muted, weight=SEMIBOLD)
        for name, x in zip(("First", "Now"), columns[1:], strict=True)
    ]
    for place, row in enumerate(rows):
        y = top + (place + 0.5) * height
        line = top + place * height
        drawn.append(rule(x=(EDGE, theme.right), y=(line, line), colour=theme.grid))
        tall = fitting_size(row.label, width=_NAME, sizes=_NAMES if height > _HIGH else _NAMES[-2:], weight=BOLD)
        drawn.append(words(wrapped(row.label, width=_NAME, size=tall, weight=BOLD), x=EDGE, y=y, size=tall,
                           colour=theme.ink, weight=BOLD))  # fmt: skip
        for text, x in zip((row.first, row.now), columns[1:], strict=True):
            lines = max(1, int((height - 8) // (size * LINE)))
            drawn.append(words(wrapped(text, width=width, size=size, most=lines), x=x, y=y, size=size,
                               colour=theme.ink))  # fmt: skip
    said = " ".join(f"{row.label.rstrip('.')}: first {row.first}; now {row.now}." for row in rows)
    return figure_of(together((head.drawing, *drawn, foot.drawing)), theme=theme, headline=headline,
                     alt=f"{headline.rstrip('.')}. {subtitle} {said} {note}")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """What all rows share: their height, the right edge of the bars, and the size of names and of words."""

    height: float
    right: float
    name: int
    said: int


def _look(rows: Sequence[Twice], *, height: float, theme: Theme) -> _Look:
    lines = 2 if height > _HIGH else 1
    names = _NAMES if lines > 1 else _NAMES[-2:]
    told = [row.said for row in rows if row.said]
    return _Look(
        height=height,
        right=theme.right - (_WORD + 24 if told else 0),
        name=min((fitting_size(row.label, width=_NAME, sizes=names, weight=BOLD) for row in rows), default=SMALL),
        said=min((fitting_size(text, width=_WORD - 44, sizes=_NAMES, weight=SEMIBOLD, most=lines) for text in told),
                 default=SMALL),
    )  # fmt: skip


def _twice(row: Twice, *, top: float, look: _Look, fills: Sequence[str], first: bool, theme: Theme) -> Drawing:
    left, right = EDGE + _NAME + _WHEN + 24, look.right
    middle = top + look.height / 2
    half = min(look.height * 0.19, 20)
    name = wrapped(row.label, width=_NAME, size=look.name, weight=BOLD, most=2)
    said = wrapped(row.said, width=_WORD - 44, size=look.said, weight=SEMIBOLD) if row.said else ()
    drawn = [] if first else [rule(x=(EDGE, theme.right), y=(top, top), colour=theme.grid)]
    for label, counts, y in (("first", row.first, middle - half - 1), ("now", row.now, middle + half + 1)):
        drawn.append(words((label,), x=left - 12, y=y, size=SMALL, colour=theme.muted, anchor="right"))
        drawn.append(share_bar(counts, left=left, right=right, y=y, half=half - 1, fills=fills, theme=theme))
    drawn.append(words(name, x=EDGE, y=middle, size=look.name, colour=theme.ink, weight=BOLD))
    drawn.append(words((row.arrow,), x=right + 38, y=middle, size=24, colour=theme.ink, weight=BOLD, anchor="center"))
    drawn.append(words(said, x=right + 66, y=middle, size=look.said, colour=theme.ink, weight=SEMIBOLD))
    return together(drawn)


def _told(counts: Sequence[int]) -> str:
    return ", ".join(map(number, counts))
