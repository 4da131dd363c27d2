"""A brainstorm on the wall: numbers while partners write or vote, then cards by theme, what got dots, and rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

from xsector.charts.measuring import cleaned, fitting_size, shortened, text_width, wrapped
from xsector.charts.shares import number
from xsector.charts.sheet import LINE, Drawing, Spot, Tile, figure_of, heading, spots, tiles, together, words
from xsector.charts.theme import BODY, BOLD, EDGE, SEMIBOLD, SUBTITLE_SIZES, Theme
from xsector.model.cards import Heap, Pile, Rule
from xsector.model.phrases import counted

COLUMNS: Final = 2
MOST_TOP: Final = 6
"""Cards with dots that stand on the wall: more than become rules."""
_ASKED: Final = (60, 54, 48, 44, 40, 36)
_FIGURE: Final = 150
MOST_LINES: Final = 6
_CARD_SIZES: Final = (32, 29, 26, 24)
_GAP: Final = 12.0
_PAD: Final = 12.0
_EDGE_MARK: Final = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Where the time that is left stands on the sheet: left edge, middle, and size of its letters."""

    x: float
    y: float
    size: float


def clock_place(prompt: str, *, theme: Theme) -> Clock:
    """Where the clock stands while partners write."""
    return Clock(x=EDGE, y=_below(prompt, theme=theme) + 40 + _FIGURE / 2, size=_FIGURE)


def writing_wall(
    prompt: str, *, written: int, people: int, invited: int, ask: str, note: str, theme: Theme
) -> go.Figure:
    """Draw the prompt and how many cards there are; room is kept for the clock at ``clock_place``."""
    clock = clock_place(prompt, theme=theme)
    said = f"{'card' if written == 1 else 'cards'} from {number(people)} of {number(invited)} people"
    drawing = together(
        (
            _asked(prompt, theme=theme),
            _big(number(written), x=theme.width / 2, y=clock.y, under=said, theme=theme),
            words(("minutes left",), x=EDGE, y=clock.y + 110, size=30, colour=theme.muted),
            _foot(ask, note=note, theme=theme),
        )
    )
    alt = f"{prompt.rstrip('.')}. {number(written)} {said} who were invited. {ask}"
    return figure_of(drawing, theme=theme, headline=prompt, alt=alt)


def waiting_cards(prompt: str, *, said: str, figure: int, under: str, note: str, theme: Theme) -> go.Figure:
    """Draw the prompt, one number and what it counts, and what happens now."""
    y = _below(prompt, theme=theme) + 40 + _FIGURE / 2
    drawing = together(
        (
            _asked(prompt, theme=theme),
            _big(number(figure), x=EDGE, y=y, under=under, theme=theme),
            _foot(said, note=note, theme=theme),
        )
    )
    alt = f"{prompt.rstrip('.')}. {number(figure)} {under}. {said}"
    return figure_of(drawing, theme=theme, headline=prompt, alt=alt)


def card_wall(prompt: str, *, heaps: Sequence[Heap], page: int, took_part: str, theme: Theme) -> go.Figure:
    """Draw one page (from 0) of the cards by theme; *took_part* says how many wrote, as a clause."""
    pages = _pages(prompt, heaps, theme=theme)
    at = max(0, min(page, len(pages) - 1))
    many = sum(heap.count for heap in heaps)
    where = f" Page {at + 1} of {len(pages)}." if len(pages) > 1 else ""
    subtitle = f"{counted(many, 'card', 'cards')}, {took_part}; the largest group first.{where}"
    placed = pages[at] if pages else ()
    drawing = together(
        (heading(_quoted(prompt), subtitle=subtitle, theme=theme).drawing, *(one.drawn(theme) for one in placed))
    )
    said = " ".join(one.spoken for one in placed)
    return figure_of(drawing, theme=theme, headline=_quoted(prompt), alt=f"{_quoted(prompt)}. {subtitle} {said}")


def page_count(prompt: str, heaps: Sequence[Heap], *, theme: Theme) -> int:
    """How many pages the cards make."""
    return max(1, len(_pages(prompt, heaps, theme=theme)))


def top_wall(vote: str, *, top: Sequence[Pile], voters: int, theme: Theme) -> go.Figure:
    """Draw the cards with the most dots, one below the other; *vote* is what was asked."""
    subtitle = f"{counted(voters, 'person', 'people')} voted."
    head = heading(_quoted(vote), subtitle=subtitle, theme=theme)
    shown = top[:MOST_TOP]
    height = min((theme.height - head.edge - 24) / max(len(shown), 1), 130.0)
    most = max((pile.head.dots for pile in shown), default=1)
    rows = [
        _top_row(pile, top=head.edge + 8 + place * height, height=height - 14, most=most, theme=theme)
        for place, pile in enumerate(shown)
    ]
    said = " ".join(f"“{pile.head.text}”: {counted(pile.head.dots, 'dot', 'dots')}." for pile in shown)
    alt = f"{_quoted(vote)}. {subtitle} {said or 'No card got a dot.'}"
    return figure_of(together((head.drawing, *rows)), theme=theme, headline=_quoted(vote), alt=alt)


def rule_wall(rule: Rule, *, page: int, of: int, theme: Theme) -> go.Figure:
    """Draw one rule as large as it can be, under the card that it answers."""
    room = theme.right - EDGE
    where = f"Rule {page + 1} of {of}" if of > 1 else "Our rule"
    because = wrapped(f"“{rule.because}”", width=room - 2 * _PAD, size=30, most=3) if rule.because else ()
    top = 96.0
    bottom = top + len(because) * 30 * LINE + 2 * _PAD
    ground = (Tile(left=EDGE, right=theme.right, top=top, bottom=bottom, fill=theme.card),) if because else ()
    size = fitting_size(rule.sentence, width=room, sizes=(76, 70, 64, 58, 52, 46), weight=BOLD, most=5)
    lines = wrapped(rule.sentence, width=room, size=size, weight=BOLD, most=6)
    middle = ((bottom if because else 60.0) + theme.height) / 2
    drawing = together(
        (
            words((where,), x=EDGE, y=50, size=30, colour=theme.muted, weight=SEMIBOLD),
            tiles(ground, line=theme.grid, line_width=1),
            words(because, x=EDGE + _PAD, y=top + _PAD, size=30, colour=theme.ink, stand="top"),
            words(lines, x=EDGE, y=middle, size=size, colour=theme.ink, weight=BOLD),
        )
    )
    answers = f" It answers the card “{rule.because}”." if rule.because else ""
    return figure_of(drawing, theme=theme, headline=rule.sentence, alt=f"{rule.sentence} {where}.{answers}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """A heading or a card with its place on the sheet."""

    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    size: int
    look: int
    """Place of the theme's colour; −1 where there is no theme."""
    heads: bool = False
    count: int = 1

    @property
    def height(self) -> float:
        return _height(self.lines, size=self.size)

    @property
    def spoken(self) -> str:
        text = " ".join(self.lines)
        return f"{text}:" if self.heads else f"“{text}”{f' ({self.count} cards)' if self.count > 1 else ''}"

    def drawn(self, theme: Theme) -> Drawing:
        colour = theme.faded if self.look < 0 else theme.colours[self.look % len(theme.colours)]
        if self.heads:
            line = words(self.lines, x=self.x + _EDGE_MARK + _PAD, y=self.y + self.height / 2, size=self.size,
                         colour=theme.ink, weight=BOLD)  # fmt: skip
            return together((tiles((self._mark(colour, top=6, bottom=6),), line=colour), line))
        ground = Tile(left=self.x, right=self.x + self.width, top=self.y, bottom=self.y + self.height, fill=theme.card)
        text = words(self.lines, x=self.x + _EDGE_MARK + _PAD, y=self.y + _PAD, size=self.size, colour=theme.ink,
                     stand="top")  # fmt: skip
        badge = words((f"×{self.count}",) if self.count > 1 else (), x=self.x + self.width - _PAD,
                      y=self.y + self.height / 2, size=self.size, colour=theme.ink, weight=BOLD,
                      anchor="right")  # fmt: skip
        mark = tiles((self._mark(colour, top=0, bottom=0),), line=colour)
        return together((tiles((ground,), line=theme.grid, line_width=1), mark, text, badge))

    def _mark(self, colour: str, *, top: float, bottom: float) -> Tile:
        return Tile(left=self.x, right=self.x + _EDGE_MARK, top=self.y + top, bottom=self.y + self.height - bottom,
                    fill=colour)  # fmt: skip


def _pages(prompt: str, heaps: Sequence[Heap], *, theme: Theme) -> list[tuple[_Placed, ...]]:
    """The cards at the largest letters at which one page holds everything, or at the smallest."""
    found: list[tuple[_Placed, ...]] = []
    lines = sum(len(heap.piles) + 1 for heap in heaps)
    for size in _CARD_SIZES:
        # To measure many cards at letters that can't do takes longer than a room waits.
        if size != _CARD_SIZES[-1] and lines > _most_lines(size, theme=theme):
            continue
        found = _flowed(prompt, heaps, size=size, theme=theme)
        if len(found) < 2:
            break
    return found


def _flowed(prompt: str, heaps: Sequence[Heap], *, size: int, theme: Theme) -> list[tuple[_Placed, ...]]:
    """Headings and cards from top to bottom, column by column; a heading stands on top of each column again."""
    subtitle = "Page 1 of 1."
    top = heading(_quoted(prompt), subtitle=subtitle, theme=theme).edge + 4
    width = (theme.right - EDGE - 2 * _GAP * (COLUMNS - 1)) / COLUMNS
    pages: list[list[_Placed]] = []
    column, y = COLUMNS, top
    for look, heap in enumerate(heaps):
        name = f"{heap.label or 'No theme yet'} · {heap.count}"
        title = (shortened(name, width=width - _EDGE_MARK - 2 * _PAD, size=size, weight=BOLD),)
        colour = -1 if heap.number is None else look
        for place, pile in enumerate(heap.piles):
            lines = _card_lines(pile, width=width, size=size)
            needed = _height(lines, size=size) + (0 if place else _height(title, size=size) + _GAP)
            fresh = y + needed > theme.height - 14 and y > top
            if fresh or column == COLUMNS:
                column, y = (0 if column >= COLUMNS - 1 else column + 1), top
                if column == 0:
                    pages.append([])
            x = EDGE + column * (width + 2 * _GAP)
            if place == 0 or y == top:
                pages[-1].append(_Placed(lines=title, x=x, y=y, width=width, size=size, look=colour, heads=True))
                y += _height(title, size=size) + _GAP / 2
            pages[-1].append(_Placed(lines=lines, x=x, y=y, width=width, size=size, look=colour, count=pile.count))
            y += _height(lines, size=size) + _GAP
    return [tuple(page) for page in pages]


def _most_lines(size: int, *, theme: Theme) -> int:
    """How many headings and cards of one line a page might hold."""
    return COLUMNS * int(theme.height / (_height(("",), size=size) + _GAP / 2))


def _card_lines(pile: Pile, *, width: float, size: int) -> tuple[str, ...]:
    badge = text_width(f"×{pile.count}", size=size, weight=BOLD) + _PAD if pile.count > 1 else 0
    return _filled(pile.head.text, width=width - _EDGE_MARK - 2 * _PAD - badge, size=size)


def _filled(text: str, *, width: float, size: int) -> tuple[str, ...]:
    """The text in lines of at most *width*, word by word: far quicker than lines of equal width, for many cards."""
    words_ = cleaned(text).split(" ")
    space = text_width(" ", size=size)
    wide = [text_width(word, size=size) for word in words_]
    if max(wide) > width:
        return wrapped(text, width=width, size=size, most=MOST_LINES)
    lines: list[list[str]] = [[]]
    used = 0.0
    for word, needed in zip(words_, wide, strict=True):
        if lines[-1] and used + space + needed > width - 2:
            lines.append([])
            used = 0.0
        used += needed + (space if lines[-1] else 0.0)
        lines[-1].append(word)
    return tuple(" ".join(line) for line in lines)


def _height(lines: Sequence[str], *, size: int) -> float:
    return len(lines) * size * LINE + 2 * _PAD


def _quoted(prompt: str) -> str:
    return f"“{prompt.rstrip('.')}”"


def _asked_lines(prompt: str, *, theme: Theme) -> tuple[tuple[str, ...], int]:
    room = theme.right - EDGE
    size = fitting_size(prompt, width=room, sizes=_ASKED, weight=BOLD, most=3)
    return wrapped(prompt, width=room, size=size, weight=BOLD, most=4), size


def _below(prompt: str, *, theme: Theme) -> float:
    lines, size = _asked_lines(prompt, theme=theme)
    return 34 + len(lines) * size * LINE


def _asked(prompt: str, *, theme: Theme) -> Drawing:
    lines, size = _asked_lines(prompt, theme=theme)
    return words(lines, x=EDGE, y=34, size=size, colour=theme.ink, weight=BOLD, stand="top")


def _big(figure: str, *, x: float, y: float, under: str, theme: Theme) -> Drawing:
    return together(
        (
            words((figure,), x=x, y=y, size=_FIGURE, colour=theme.ink, weight=BOLD),
            words((under,), x=x, y=y + 110, size=30, colour=theme.muted),
        )
    )


def _foot(said: str, *, note: str, theme: Theme) -> Drawing:
    room = theme.right - EDGE
    small = SUBTITLE_SIZES[0]
    notes = wrapped(note, width=room, size=small) if note else ()
    bottom = theme.height - 24
    size = fitting_size(said, width=room, sizes=(34, 32, 30, 28, 26), weight=SEMIBOLD, most=1)
    lines = wrapped(said, width=room, size=size, weight=SEMIBOLD)
    return together(
        (
            words(notes, x=EDGE, y=bottom, size=small, colour=theme.muted, stand="bottom"),
            words(lines, x=EDGE, y=bottom - len(notes) * small * LINE - 12, size=size, colour=theme.ink,
                  weight=SEMIBOLD, stand="bottom"),
        )
    )  # fmt: skip


def _top_row(pile: Pile, *, top: float, height: float, most: int, theme: Theme) -> Drawing:
    """A card on the left, its dots on the right; many dots stand as one bar of dots up to the largest number."""
    left = theme.width * 0.58
    middle = top + height / 2
    width = left - EDGE - _EDGE_MARK - 2 * _PAD
    size = fitting_size(pile.head.text, width=width, sizes=(32, 29, 26, 24, BODY), most=max(1, int(height // 36)))
    lines = wrapped(pile.head.text, width=width, size=size, most=max(1, int(height // (size * LINE))))
    ground = Tile(left=EDGE, right=left, top=top, bottom=top + height, fill=theme.card)
    mark = Tile(left=EDGE, right=EDGE + _EDGE_MARK, top=top, bottom=top + height, fill=theme.colours[0])
    figure = words((number(pile.head.dots),), x=left + 76, y=middle, size=44, colour=theme.ink, weight=BOLD,
                   anchor="right")  # fmt: skip
    return together(
        (
            tiles((ground,), line=theme.grid, line_width=1),
            tiles((mark,), line=theme.colours[0]),
            words(lines, x=EDGE + _EDGE_MARK + _PAD, y=middle, size=size, colour=theme.ink),
            figure,
            _dots(pile.head.dots, x=left + 96, y=middle, height=height, most=most, theme=theme),
        )
    )


def _dots(dots: int, *, x: float, y: float, height: float, most: int, theme: Theme) -> Drawing:
    """As many dots as were given, in rows that all fit beside the card."""
    room = theme.right - x
    rows = next((rows for rows in (1, 2, 3, 4) if room / -(-most // rows) >= min(24.0, height / rows)), 5)
    across = max(1, -(-most // rows))
    step = min(room / across, height / rows, 44.0)
    used = -(-dots // across)
    placed = [
        Spot(
            x=x + step * (place % across + 0.5),
            y=y + step * (place // across - (used - 1) / 2),
            look=0,
            colour=theme.colours[0],
        )
        for place in range(dots)
    ]
    return spots(placed, size=step * 0.72, line=theme.background, line_width=0)
