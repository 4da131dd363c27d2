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
    rows: Sequence[Twice], *, levels: Sequence[str], ordered: bool, headline: str, subtitle: str, note: str,
    theme: Theme,
) -> go.Figure:  # fmt: skip
    """Draw two thin bars for each row, first above now, and beside them where the group went."""
    head = heading(headline, subtitle=subtitle, theme=theme)
    looks = theme.colours
    fills = theme.answers(len(levels)) if ordered else tuple(looks[k % len(looks)] for k in range(len(levels)))
    entries = [Entry(label=label, colour=fill, symbol="square") for label, fill in zip(levels, fills, strict=True)]
    legend = key(entries, theme=theme, top=head.edge)
    foot = note_line(note, theme=theme, bottom=theme.height)
    height = min((foot.edge - legend.edge - 8) / max(len(rows), 1), _ROW)
    drawn = [
        _twice(row, top=legend.edge + 8 + place * height, height=height, fills=fills, first=place == 0, theme=theme)
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
    sizes = (26, 24, BODY, LABEL, SMALL)
    size = min((fitting_size(text, width=width, sizes=sizes, most=max(1, most - 1)) for text in texts), default=SMALL)
    drawn = [
        words((name,), x=x, y=head.edge + 22, size=BODY, colour=theme.muted, weight=SEMIBOLD)
        for name, x in zip(("First", "Now"), columns[1:], strict=True)
    ]
    for place, row in enumerate(rows):
        y = top + (place + 0.5) * height
        line = top + place * height
        drawn.append(rule(x=(EDGE, theme.right), y=(line, line), colour=theme.grid))
        drawn.append(words(wrapped(row.label, width=_NAME, size=LABEL, weight=BOLD), x=EDGE, y=y, size=LABEL,
                           colour=theme.ink, weight=BOLD))  # fmt: skip
        for text, x in zip((row.first, row.now), columns[1:], strict=True):
            lines = max(1, int((height - 8) // (size * LINE)))
            drawn.append(words(wrapped(text, width=width, size=size, most=lines), x=x, y=y, size=size,
                               colour=theme.ink))  # fmt: skip
    said = " ".join(f"{row.label.rstrip('.')}: first {row.first}; now {row.now}." for row in rows)
    return figure_of(together((head.drawing, *drawn, foot.drawing)), theme=theme, headline=headline,
                     alt=f"{headline.rstrip('.')}. {subtitle} {said} {note}")  # fmt: skip


def _twice(row: Twice, *, top: float, height: float, fills: Sequence[str], first: bool, theme: Theme) -> Drawing:
    left, right = EDGE + _NAME + _WHEN + 24, theme.right - (_WORD + 24)
    middle = top + height / 2
    half = min(height * 0.19, 20)
    name = wrapped(row.label, width=_NAME, size=LABEL, weight=BOLD, most=2)
    size = fitting_size(row.said, width=_WORD - 44, sizes=(26, 24, BODY, LABEL, SMALL), weight=SEMIBOLD)
    said = wrapped(row.said, width=_WORD - 44, size=size, weight=SEMIBOLD) if row.said else ()
    drawn = [] if first else [rule(x=(EDGE, theme.right), y=(top, top), colour=theme.grid)]
    for label, counts, y in (("first", row.first, middle - half - 1), ("now", row.now, middle + half + 1)):
        drawn.append(words((label,), x=left - 12, y=y, size=SMALL, colour=theme.muted, anchor="right"))
        drawn.append(share_bar(counts, left=left, right=right, y=y, half=half - 1, fills=fills, theme=theme))
    drawn.append(words(name, x=EDGE, y=middle, size=LABEL, colour=theme.ink, weight=BOLD))
    drawn.append(words((row.arrow,), x=right + 38, y=middle, size=24, colour=theme.ink, weight=BOLD, anchor="center"))
    drawn.append(words(said, x=right + 66, y=middle, size=size, colour=theme.ink, weight=SEMIBOLD))
    return together(drawn)


def _told(counts: Sequence[int]) -> str:
    return ", ".join(map(number, counts))
