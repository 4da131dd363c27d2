"""What people wrote about one question, as cards for the room: no names, no order that tells anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import plotly.graph_objects as go

from xsector.charts.measuring import wrapped
from xsector.charts.sheet import LINE, Drawing, Tile, figure_of, heading, tiles, together, words
from xsector.charts.theme import BODY, EDGE, Theme

COLUMNS: Final = 2
MOST_LINES: Final = 14
_GAP: Final = 18.0
_PAD: Final = 16.0
_SIZES: Final = (BODY + 12, BODY + 8, BODY + 5, BODY + 1)


def word_cards(question: str, *, texts: Sequence[str], page: int, answered: str, theme: Theme) -> go.Figure:
    """Draw the cards of one page (from 0); *answered* says how many took part, as a clause."""
    size = _size(question, texts, theme=theme)
    pages = _pages(question, texts, size=size, theme=theme)
    at = max(0, min(page, len(pages) - 1))
    where = f" Page {at + 1} of {len(pages)}." if len(pages) > 1 else ""
    head = heading(_headline(question), subtitle=f"{_SAID}{where}", theme=theme)
    placed = _placed(pages[at] if pages else (), size=size, top=head.edge + 8, theme=theme)
    drawing = together((head.drawing, *(_card(lines, x=x, y=y, size=size, theme=theme) for lines, x, y in placed)))
    said = " ".join(f"“{text}”" for text in (pages[at] if pages else ()))
    alt = f"{_headline(question).rstrip('.')}. {_SAID}{where} {said} {answered}."
    return figure_of(drawing, theme=theme, headline=_headline(question), alt=alt)


_SAID: Final = "What people wrote, in an order that says nothing."


def _headline(question: str) -> str:
    return f"“{question.rstrip('.')}”"


def paged(question: str, texts: Sequence[str], *, theme: Theme) -> list[tuple[str, ...]]:
    """*texts* in pages that fit the wall, in their order."""
    return _pages(question, texts, size=_size(question, texts, theme=theme), theme=theme)


def _size(question: str, texts: Sequence[str], *, theme: Theme) -> int:
    """The largest letters at which one page holds everything, or the smallest."""
    fitting = (size for size in _SIZES if len(_pages(question, texts, size=size, theme=theme)) < 2)
    return next(fitting, _SIZES[-1])


def _pages(question: str, texts: Sequence[str], *, size: int, theme: Theme) -> list[tuple[str, ...]]:
    top = heading(_headline(question), subtitle=_SAID, theme=theme).edge + 8
    pages: list[tuple[str, ...]] = []
    for text in texts:
        if pages and len(_placed((*pages[-1], text), size=size, top=top, theme=theme)) > len(pages[-1]):
            pages[-1] = (*pages[-1], text)
        else:
            pages.append((text,))
    return pages


def _width(theme: Theme) -> float:
    return (theme.right - EDGE - _GAP * (COLUMNS - 1)) / COLUMNS


def _placed(texts: Sequence[str], *, size: int, top: float, theme: Theme) -> list[tuple[tuple[str, ...], float, float]]:
    """Lines, left edge and top of each card, column by column; those that find no room are left out."""
    found: list[tuple[tuple[str, ...], float, float]] = []
    column, y = 0, top
    for text in texts:
        lines = wrapped(text, width=_width(theme) - 2 * _PAD, size=size, most=MOST_LINES)
        if y + _height(lines, size=size) > theme.height - 16 and y > top:
            column, y = column + 1, top
        if column == COLUMNS:
            break
        found.append((lines, EDGE + column * (_width(theme) + _GAP), y))
        y += _height(lines, size=size) + _GAP
    return found


def _height(lines: Sequence[str], *, size: int) -> float:
    return len(lines) * size * LINE + 2 * _PAD


def _card(lines: tuple[str, ...], *, x: float, y: float, size: int, theme: Theme) -> Drawing:
    ground = Tile(left=x, right=x + _width(theme), top=y, bottom=y + _height(lines, size=size), fill=theme.card)
    text = words(lines, x=x + _PAD, y=y + _PAD, size=size, colour=theme.ink, stand="top")
    return together((tiles((ground,), line=theme.grid, line_width=1), text))
