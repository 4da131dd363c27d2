"""A meeting on the wall where it shows no result: the lobby, a step's name, a question, a break, thanks, nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

from xsector.charts.measuring import fits, fitting_size, shortened, text_width, wrapped
from xsector.charts.shares import number
from xsector.charts.sheet import LINE, Drawing, Spot, Tile, figure_of, rule, spots, tiles, together, words
from xsector.charts.theme import BODY, BOLD, LABEL, SEMIBOLD, SMALL, Theme
from xsector.charts.waiting import code_place
from xsector.model.instrument import Item, Kind

MARGIN: Final = 64
"""Empty pixels left and right of boards that are words alone."""
TOP: Final = 56.0
"""The middle of the line on top."""
_KICKER: Final = 30
_INVITED: Final = 30
_CLOCK: Final = 48
_CLOCK_ROOM: Final = 190
_HUGE: Final = (128, 116, 104, 96, 88, 80, 72, 66, 60, 54, 48)
_LARGE: Final = (68, 64, 60, 56, 52, 48, 44, 40, 36, 32, 28)
_SENTENCES: Final = (54, 50, 48, 46, 44, 42, 40, 38, 36, 34, 32, 30, 28, 26, 24, 22)
_GAPS: Final = (0.62, 0.4, 0.22, 0.06)
"""Distance of two texts in a list, in letter sizes: less before the letters become smaller."""
_COUNT: Final = 150
_SPOT: Final = 40
_FEW: Final = 6
"""Answers beside which a question may stand in large letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockSpot:
    """Where the time that is left stands: one end or the middle of it, and the size of its figures."""

    x: float
    y: float
    size: float
    anchor: str


def corner_clock(theme: Theme) -> ClockSpot:
    """Where the clock of a step stands: right above, where boards of a meeting keep room for it."""
    return ClockSpot(x=theme.width - MARGIN, y=TOP, size=_CLOCK, anchor="end")


def break_clock(theme: Theme) -> ClockSpot:
    """Where the clock of a break stands."""
    return ClockSpot(x=theme.width / 2, y=theme.height * 0.53, size=330, anchor="middle")


def kicker(text: str, *, theme: Theme) -> Drawing:
    """The line on top, which leaves room for the clock."""
    room = theme.width - 2 * MARGIN - _CLOCK_ROOM
    line = wrapped(text, width=room, size=_KICKER, weight=SEMIBOLD, most=1) if text else ()
    return words(line, x=MARGIN, y=TOP, size=_KICKER, colour=theme.muted, weight=SEMIBOLD)


def lobby_wall(
    title: str, *, subtitle: str, here: int, listed: int, room_code: str, scan: str, theme: Theme
) -> go.Figure:
    """Draw “5 of 18 are here” under the meeting's title; with *scan*, room is kept for a QR code at ``code_place``."""
    right = code_place(theme).left - MARGIN if scan else theme.width - MARGIN
    lines, size = fitted(title, width=theme.width - 2 * MARGIN, height=190, sizes=_LARGE, weight=BOLD)
    top = 44 + len(lines) * size * LINE
    under = wrapped(subtitle, width=theme.width - 2 * MARGIN, size=_INVITED) if subtitle else ()
    middle = 395.0
    count = number(here)
    beside = MARGIN + text_width(count, size=_COUNT, weight=BOLD) + 26
    bar = Tile(left=MARGIN, right=right, top=middle + 88, bottom=middle + 112, fill=theme.grid)
    share = min(here / listed, 1.0) if listed else 0.0
    done = Tile(left=MARGIN, right=MARGIN + share * (right - MARGIN), top=bar.top, bottom=bar.bottom,
                fill=theme.colours[0])  # fmt: skip
    drawing = together(
        (
            words(lines, x=MARGIN, y=44, size=size, colour=theme.ink, weight=BOLD, stand="top"),
            words(under, x=MARGIN, y=top + 8, size=_INVITED, colour=theme.muted, stand="top"),
            words((count,), x=MARGIN, y=middle, size=_COUNT, colour=theme.ink, weight=BOLD),
            words((f"of {number(listed)} are here",), x=beside, y=middle + 28, size=52, colour=theme.ink,
                  weight=SEMIBOLD),
            tiles((bar, done) if here else (bar,), line=theme.background),
            _room_code(room_code, theme=theme),
            _scan(scan, theme=theme),
        )
    )  # fmt: skip
    alt = f"{title.rstrip('.')}. {count} of {number(listed)} are here. {subtitle}"
    return figure_of(drawing, theme=theme, headline=title, alt=alt)


def title_wall(heading: str, *, over: str, theme: Theme) -> go.Figure:
    """Draw a step's name as large as it can be, under the line *over* it."""
    width = theme.width - 2 * MARGIN - 44
    lines, size = fitted(heading, width=width, height=430, sizes=_HUGE, weight=BOLD)
    middle = theme.height / 2 + 16
    half = len(lines) * size * LINE / 2
    mark = Tile(left=MARGIN, right=MARGIN + 12, top=middle - half, bottom=middle + half, fill=theme.colours[0])
    drawing = together(
        (
            kicker(over, theme=theme),
            tiles((mark,), line=theme.background),
            words(lines, x=MARGIN + 44, y=middle, size=size, colour=theme.ink, weight=BOLD),
        )
    )
    return figure_of(drawing, theme=theme, headline=heading, alt=f"{heading.rstrip('.')}. {over}")


def lines_wall(heading: str, *, sentences: Sequence[str], theme: Theme) -> go.Figure:
    """Draw sentences one below the other, as large as all of them fit."""
    top, bottom, indent = 148.0, theme.height - 18.0, 40
    width = theme.width - 2 * MARGIN
    head = fitting_size(heading, width=width - _CLOCK_ROOM, sizes=(56, 52, 48, 44, 40, 36, 32), weight=BOLD, most=1)
    title = wrapped(heading, width=width - _CLOCK_ROOM, size=head, weight=BOLD, most=2)
    blocks, size, gap = stacked_texts(sentences, width=width - indent, height=bottom - top)
    drawn, y = [], top
    # Few short sentences would stand far apart over the whole height: so they only take what is theirs.
    for block in blocks:
        drawn.append(words(block, x=MARGIN + indent, y=y, size=size, colour=theme.ink, stand="top"))
        middle = y + size * LINE / 2
        mark = Tile(left=MARGIN, right=MARGIN + 12, top=middle - 6, bottom=middle + 6, fill=theme.colours[0])
        drawn.append(tiles((mark,), line=theme.background))
        y += len(block) * size * LINE + gap
    line = words(title, x=MARGIN, y=TOP + 4, size=head, colour=theme.ink, weight=BOLD)
    said = " ".join(f"{sentence.rstrip('.')}." for sentence in sentences)
    alt = f"{heading.rstrip('.')}. {said}"
    return figure_of(together((line, *drawn)), theme=theme, headline=heading, alt=alt)


def question_wall(item: Item, *, over: str, talk: str, theme: Theme) -> go.Figure:
    """Draw one question and its scale; *talk* is what the room is asked to do meanwhile, or nothing.

    Question and scale stand where they stand without it, so that nothing jumps when it comes.
    """
    width = theme.width - 2 * MARGIN
    listed = bool(item.levels) and (not item.ordered or item.kind is Kind.CHOICES)
    height = 300 if not listed else 190 if len(item.levels) <= _FEW else 130
    text, size = fitted(item.text, width=width, height=height, sizes=_LARGE, weight=BOLD)
    top = 106 + height + 14
    drawing = together(
        (
            kicker(over, theme=theme),
            words(text, x=MARGIN, y=106 + height / 2, size=size, colour=theme.ink, weight=BOLD),
            options(item.levels, top=top, bottom=566, theme=theme) if listed else scale(item, y=450, theme=theme),
            _talk(talk, theme=theme),
        )
    )
    ends = _ends_said(item, listed=listed)
    return figure_of(drawing, theme=theme, headline=item.text, alt=f"{item.text.rstrip('.')}. {ends} {talk}".rstrip())


def break_wall(said: str, *, under: str, theme: Theme) -> go.Figure:
    """Draw that there is a break; room is kept for the clock at ``break_clock``."""
    middle = theme.width / 2
    drawing = together(
        (
            words((said,), x=middle, y=110, size=84, colour=theme.ink, weight=BOLD, anchor="center"),
            words((under,), x=middle, y=634, size=34, colour=theme.muted, anchor="center"),
        )
    )
    return figure_of(drawing, theme=theme, headline=said, alt=f"{said}. {under}")


def thanks_wall(said: str, *, over: str, sentences: Sequence[str], theme: Theme) -> go.Figure:
    """Draw thanks, and below them a few sentences."""
    lines = [line for one in sentences for line in wrapped(one, width=theme.width - 2 * MARGIN - 44, size=40, most=2)]
    middle = theme.height / 2 + 16
    half = (120 * LINE + 24 + len(lines) * 40 * LINE) / 2
    mark = Tile(left=MARGIN, right=MARGIN + 12, top=middle - half, bottom=middle + half, fill=theme.colours[0])
    drawing = together(
        (
            kicker(over, theme=theme),
            tiles((mark,), line=theme.background),
            words((said,), x=MARGIN + 44, y=middle - half, size=120, colour=theme.ink, weight=BOLD, stand="top"),
            words(lines, x=MARGIN + 44, y=middle + half, size=40, colour=theme.ink, stand="bottom"),
        )
    )
    return figure_of(drawing, theme=theme, headline=said, alt=f"{said.rstrip('.')}. {' '.join(sentences)}")


def blank_wall(said: str, *, theme: Theme) -> go.Figure:
    """Draw nothing but a calm ground; *said* is for people who can't see that."""
    figure = figure_of(Drawing(), theme=theme, headline=said, alt=said)
    return figure.update_layout(paper_bgcolor=theme.calm, plot_bgcolor=theme.calm)


def fitted(text: str, *, width: float, height: float, sizes: Sequence[int], weight: int) -> tuple[tuple[str, ...], int]:
    """The text in lines at the largest of *sizes* at which all of it fits into a box, and that size."""
    for size in sizes:
        most = max(1, int(height // (size * LINE)))
        if fits(text, width=width, size=size, weight=weight, most=most):
            break
    return wrapped(text, width=width, size=size, weight=weight, most=most), size


def stacked_texts(
    texts: Sequence[str], *, width: float, height: float, sizes: Sequence[int] = _SENTENCES
) -> tuple[list[tuple[str, ...]], int, float]:
    """Texts one below the other at the largest size at which all fit: lines of each, the size, and the gap between.

    At the smallest size each keeps its share of the height.
    """
    for size in sizes:
        blocks = [wrapped(text, width=width, size=size, most=9) for text in texts]
        needed = sum(len(block) * size * LINE for block in blocks)
        for part in _GAPS:
            gap = size * part
            if needed + gap * (len(blocks) - 1) <= height:
                return blocks, size, gap
    share = max(1, int(height / max(len(texts), 1) // (size * LINE)))
    return [wrapped(text, width=width, size=size, most=share) for text in texts], size, 0.0


def scale(item: Item, *, y: float, theme: Theme) -> Drawing:
    """The levels of a question as spots on a line with their labels; the ends alone where not all labels fit."""
    count = len(item.levels)
    if not count:
        return Drawing()
    column = (theme.width - 2 * MARGIN) / count
    middles = [MARGIN + (place + 0.5) * column for place in range(count)]
    colours = theme.answers(count)
    marks = [Spot(x=x, y=y, look=0, colour=colour) for x, colour in zip(middles, colours, strict=True)]
    drawn = [
        rule(x=(middles[0], middles[-1]), y=(y, y), colour=theme.band, width=4),
        spots(marks, size=_SPOT, line=theme.muted, line_width=1.5),
    ]
    sizes = [size for size in (28, 26, 24, BODY, LABEL)
             if all(fits(label, width=column - 16, size=size, most=2) for label in item.levels)]  # fmt: skip
    if sizes:
        drawn += [
            words(wrapped(label, width=column - 16, size=sizes[0], most=2), x=x, y=y + 34, size=sizes[0],
                  colour=theme.ink, anchor="center", stand="top")
            for x, label in zip(middles, item.levels, strict=True)
        ]  # fmt: skip
        return together(drawn)
    room = (theme.width - 2 * MARGIN) / 2 - 24
    for label, x, anchor in ((item.levels[0], float(MARGIN), "left"),
                             (item.levels[-1], float(theme.width - MARGIN), "right")):  # fmt: skip
        size = fitting_size(label, width=room, sizes=(28, 26, 24, BODY, LABEL, SMALL))
        drawn.append(words(wrapped(label, width=room, size=size), x=x, y=y + 34, size=size, colour=theme.ink,
                           anchor="left" if anchor == "left" else "right", stand="top"))  # fmt: skip
    return together(drawn)


def options(texts: Sequence[str], *, top: float, bottom: float, theme: Theme) -> Drawing:
    """Answers to choose from as a list in one column, or in two where that allows larger letters."""
    width = theme.width - 2 * MARGIN
    half = -(-len(texts) // 2)
    one = stacked_texts(texts, width=width - 40, height=bottom - top, sizes=_OPTIONS)
    columns: list[tuple[Sequence[str], float]] = [(texts, float(MARGIN))]
    blocks = [one]
    if len(texts) > 3:
        size = width / 2 - 20 - 40
        two = [stacked_texts(part, width=size, height=bottom - top, sizes=_OPTIONS)
               for part in (texts[:half], texts[half:])]  # fmt: skip
        smaller = min(part[1] for part in two)
        if smaller > one[1]:
            columns = [(texts[:half], float(MARGIN)), (texts[half:], MARGIN + width / 2 + 20)]
            same = [s for s in _OPTIONS if s <= smaller]
            blocks = [stacked_texts(part, width=size, height=bottom - top, sizes=same) for part, _ in columns]
    return together(
        _option_column(placed, x=x, top=top, theme=theme) for placed, (_, x) in zip(blocks, columns, strict=True)
    )


_OPTIONS: Final = (44, 40, 36, 34, 32, 30, 28, 26, 24, 22, 20, SMALL)


def _option_column(placed: tuple[list[tuple[str, ...]], int, float], *, x: float, top: float, theme: Theme) -> Drawing:
    blocks, size, gap = placed
    drawn, y = [], top
    for block in blocks:
        middle = y + size * LINE / 2
        mark = Tile(left=x, right=x + 16, top=middle - 8, bottom=middle + 8, fill=theme.band)
        drawn.append(tiles((mark,), line=theme.muted, line_width=1))
        drawn.append(words(block, x=x + 40, y=y, size=size, colour=theme.ink, stand="top"))
        y += len(block) * size * LINE + gap
    return together(drawn)


def _ends_said(item: Item, *, listed: bool) -> str:
    if not item.levels:
        return ""
    if listed:
        return f"Answers: {', '.join(f'“{label}”' for label in item.levels)}."
    return f"From “{item.levels[0]}” to “{item.levels[-1]}”."


def _talk(said: str, *, theme: Theme) -> Drawing:
    if not said:
        return Drawing()
    left, right, top, bottom = MARGIN, theme.width - MARGIN, 582.0, theme.height - 28.0
    ground = Tile(left=left, right=right, top=top, bottom=bottom, fill=theme.card)
    mark = Tile(left=left, right=left + 12, top=top, bottom=bottom, fill=theme.colours[0])
    size = fitting_size(said, width=right - left - 76, sizes=(34, 32, 30, 28), weight=SEMIBOLD)
    lines = wrapped(said, width=right - left - 76, size=size, weight=SEMIBOLD)
    return together(
        (
            tiles((ground, mark), line=theme.background),
            words(lines, x=left + 44, y=(top + bottom) / 2, size=size, colour=theme.ink, weight=SEMIBOLD),
        )
    )


def _room_code(code: str, *, theme: Theme) -> Drawing:
    if not code:
        return Drawing()
    return together(
        (
            words(("Room code",), x=MARGIN, y=580, size=BODY + 4, colour=theme.muted),
            words((shortened(code, width=600, size=76, weight=BOLD),), x=MARGIN, y=642, size=76, colour=theme.ink,
                  weight=BOLD),
        )
    )  # fmt: skip


def _scan(said: str, *, theme: Theme) -> Drawing:
    place = code_place(theme)
    return words((said,) if said else (), x=(place.left + place.right) / 2, y=place.top - 24, size=BODY + 4,
                 colour=theme.ink, weight=SEMIBOLD, anchor="center")  # fmt: skip
