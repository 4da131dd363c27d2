"""What people promised, as a table on the wall: who, what, by when, and how others will see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import plotly.graph_objects as go

from xsector.charts.measuring import fits, wrapped
from xsector.charts.meeting import MARGIN
from xsector.charts.sheet import LINE, Drawing, Tile, figure_of, rule, tiles, together, words
from xsector.charts.theme import BODY, BOLD, REGULAR, SEMIBOLD, Theme
from xsector.model.commitment import ENCOURAGED, Commitment

HEADING: Final = "What we promise"
WISH_LIST: Final = "More than five is a wish list."
_HEADS: Final = ("Who", "Will do what", "By when", "How we will see it")
_SHARES: Final = (0.19, 0.40, 0.11, 0.30)
_MEANT: Final = (
    ("Who", "One person, by name. Not “all”, not “the group”."),
    ("What", "One thing that somebody does, so that others can see it is done."),
    ("By when", "One day, at most 90 days from now."),
)
_SIZES: Final = (30, 28, 26, 24, 22, 20)
_GAP: Final = 24.0
_PAD: Final = 11.0
_HEAD: Final = 116.0
_TOP: Final = 140.0
_FOOT: Final = 50.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """The promises that fit, their cells in lines, and how many stand above them unseen."""

    cells: tuple[tuple[tuple[str, ...], ...], ...]
    size: int
    unseen: int


def promises_wall(promises: Sequence[Commitment], *, theme: Theme) -> go.Figure:
    """Draw the promises in the order in which they were made, as large as they fit.

    Where not all fit at the smallest letters the newest are whole, and a line says how many are older.
    """
    if not promises:
        return _empty(theme=theme)
    table = _fitting(promises, theme=theme)
    quiet = WISH_LIST if len(promises) > ENCOURAGED else ""
    older = f"and {table.unseen} more, made before these" if table.unseen else ""
    bottom = theme.height - 26.0
    drawing = together(
        (
            _title(theme=theme),
            _heads(theme=theme),
            _rows(table, theme=theme),
            words((quiet,), x=MARGIN, y=bottom, size=BODY, colour=theme.muted),
            words((older,), x=theme.width - MARGIN, y=bottom, size=BODY, colour=theme.ink, weight=SEMIBOLD,
                  anchor="right"),
        )
    )  # fmt: skip
    said = " ".join(
        f"{one.draft.who.rstrip('.')}: {one.draft.what.rstrip('.')}, by {day(one.draft.by_when)}."
        for one in promises[table.unseen :]
    )
    alt = f"{HEADING}. {said} {older} {quiet}"
    return figure_of(drawing, theme=theme, headline=HEADING, alt=alt)


def day(when: date) -> str:
    """A day as the table has it: “12 May”."""
    return f"{when.day} {when:%b}"


def _title(*, theme: Theme) -> Drawing:
    return words((HEADING,), x=MARGIN, y=56, size=44, colour=theme.ink, weight=BOLD)


def _columns(theme: Theme) -> list[tuple[float, float]]:
    """Left edge and width of every column."""
    whole = theme.width - 2 * MARGIN - _GAP * (len(_SHARES) - 1)
    places, x = [], float(MARGIN)
    for share in _SHARES:
        places.append((x, share * whole))
        x += share * whole + _GAP
    return places


def _heads(*, theme: Theme) -> Drawing:
    drawn = [
        words((head,), x=x, y=_HEAD, size=BODY, colour=theme.muted, weight=SEMIBOLD)
        for head, (x, _) in zip(_HEADS, _columns(theme), strict=True)
    ]
    line = rule(x=(MARGIN, theme.width - MARGIN), y=(_TOP, _TOP), colour=theme.muted, width=2)
    return together((*drawn, line))


def _fitting(promises: Sequence[Commitment], *, theme: Theme) -> _Table:
    room = theme.height - _FOOT - _TOP
    size, cells = _SIZES[-1], [_cells(one, size=_SIZES[-1], theme=theme) for one in promises]
    for larger in _SIZES[:-1]:
        tried = [_cells(one, size=larger, theme=theme) for one in promises]
        if sum(_height(row, size=larger) for row in tried) <= room and _whole(promises, size=larger, theme=theme):
            size, cells = larger, tried
            break
    shown = 0
    for row in reversed(cells):
        room -= _height(row, size=size)
        if room < 0:
            break
        shown += 1
    kept = cells[len(cells) - max(shown, 1) :]
    return _Table(cells=tuple(kept), size=size, unseen=len(cells) - len(kept))


def _cells(promise: Commitment, *, size: int, theme: Theme) -> tuple[tuple[str, ...], ...]:
    return tuple(
        wrapped(text, width=width, size=size, weight=weight, most=16) if text else ()
        for text, weight, (_, width) in zip(_texts(promise), _WEIGHTS, _columns(theme), strict=True)
    )


_WEIGHTS: Final = (BOLD, REGULAR, SEMIBOLD, REGULAR)


def _texts(promise: Commitment) -> tuple[str, str, str, str]:
    draft = promise.draft
    return (draft.who, draft.what, day(draft.by_when), draft.seen_by)


def _whole(promises: Sequence[Commitment], *, size: int, theme: Theme) -> bool:
    """Whether no word must be broken at this size."""
    return all(
        fits(text, width=width, size=size, weight=weight, most=16)
        for one in promises
        for text, weight, (_, width) in zip(_texts(one), _WEIGHTS, _columns(theme), strict=True)
        if text
    )


def _height(row: Sequence[Sequence[str]], *, size: int) -> float:
    return max(len(cell) for cell in row) * size * LINE + 2 * _PAD


def _rows(table: _Table, *, theme: Theme) -> Drawing:
    drawn, y = [], _TOP
    colours = (theme.ink, theme.ink, theme.ink, theme.muted)
    for row in table.cells:
        drawn += [
            words(cell, x=x, y=y + _PAD, size=table.size, colour=colour, weight=weight, stand="top")
            for cell, (x, _), weight, colour in zip(row, _columns(theme), _WEIGHTS, colours, strict=True)
        ]
        y += _height(row, size=table.size)
        drawn.append(rule(x=(MARGIN, theme.width - MARGIN), y=(y, y), colour=theme.grid, width=1))
    return together(drawn)


def _empty(*, theme: Theme) -> go.Figure:
    """What a promise is, in the places of its parts."""
    drawn, y = [], 190.0
    for name, meant in _MEANT:
        lines = wrapped(meant, width=theme.width - 2 * MARGIN - 270, size=38, most=2)
        height = max(len(lines), 1) * 38 * LINE + 46
        ground = Tile(left=MARGIN, right=theme.width - MARGIN, top=y, bottom=y + height, fill=theme.card)
        mark = Tile(left=MARGIN, right=MARGIN + 12, top=y, bottom=y + height, fill=theme.colours[0])
        drawn.append(tiles((ground, mark), line=theme.background))
        drawn.append(words((name,), x=MARGIN + 44, y=y + height / 2, size=38, colour=theme.ink, weight=BOLD))
        drawn.append(words(lines, x=MARGIN + 240, y=y + height / 2, size=38, colour=theme.ink))
        y += height + 18
    foot = "Nobody has promised anything yet. Three to five promises are plenty."
    drawn.append(words((foot,), x=MARGIN, y=theme.height - 40, size=28, colour=theme.muted))
    said = " ".join(f"{name}: {meant}" for name, meant in _MEANT)
    return figure_of(together((_title(theme=theme), *drawn)), theme=theme, headline=HEADING,
                     alt=f"{HEADING}. A promise has three parts. {said} {foot}")  # fmt: skip
