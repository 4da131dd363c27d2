"""What a sector says, and what the others guess that it says: a line per question and sector, the widest gap first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import plotly.graph_objects as go

from xsector.analysis.guesses import ABOUT_RIGHT, Guess, Guessed
from xsector.analysis.perceived import Case
from xsector.charts.measuring import fits, fitting_size, text_width, wrapped
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
from xsector.charts.theme import BOLD, EDGE, LABEL, REGULAR, SMALL, SYMBOLS, Theme
from xsector.model.released import Release

MOST_ROWS: Final = 7
SHORT: Final = {
    Case.HIDDEN: "hidden: we think we agree",
    Case.IMAGINED: "imagined: we think we differ",
    Case.REAL: "we differ, and know it",
    Case.SHARED: "we agree, and know it",
}
WRONG_WAY: Final = "we differ the other way round"
NEAR: Final = "near us, but guessed wrong"
MARKS: Final = ("they say", "others guess", "others say")
"""What stands above the marks of the first row: the sector's answer, the guess, and the guessers' own answer."""
_SAID, _GUESSED, _OWN = range(3)
_TEXT_WIDTH: Final = 380
_WORDS_WIDTH: Final = 276
_LEAST_ROW: Final = 58
_ROOM_ABOVE: Final = 34
_MOST_LABELS: Final = 5
_DOT: Final = 26
_RING: Final = 22


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    """Pixels of the scale and of the rows."""

    left: float
    right: float
    top: float
    row: float
    rows: int

    @property
    def bottom(self) -> float:
        return self.top + self.row * self.rows

    def x(self, place: float, *, levels: int) -> float:
        """Where a place on the scale, 1 for the lowest answer, stands."""
        return self.left + (place - 1) / (levels - 1) * (self.right - self.left)


def guess_dumbbells(
    found: Sequence[Guessed], *, release: Release, headline: str, subtitle: str, note: str, theme: Theme
) -> go.Figure:
    """Draw the first seven that can be compared, in the order of *found*; how far off stands beside each line."""
    compared = [one for one in found if one.others is not None]
    head = heading(headline, subtitle=subtitle, theme=theme)
    foot = note_line(note, theme=theme, bottom=theme.height)
    top, bottom = head.edge + _ROOM_ABOVE, foot.edge - _axis_height(compared)
    shown = compared[: max(1, min(MOST_ROWS, int((bottom - top) / _LEAST_ROW)))]
    left = EDGE + max((_width(one) for one in shown), default=0)
    field = _Field(left=left + 46, right=theme.right - _WORDS_WIDTH - 40, top=top,
                   row=min((bottom - top) / max(len(shown), 1), 96), rows=len(shown))  # fmt: skip
    drawn = [_row(one, place=place, field=field, theme=theme) for place, one in enumerate(shown)]
    drawing = together((head.drawing, _axis(shown, field=field, theme=theme), *drawn, foot.drawing))
    return figure_of(drawing, theme=theme, headline=headline, alt=_alt(shown, headline=headline, release=release))


def _axis_height(found: Sequence[Guessed]) -> float:
    return 2 * SMALL * LINE + 10 if found else 0


def _axis(shown: Sequence[Guessed], *, field: _Field, theme: Theme) -> Drawing:
    """A line for each answer of the scale; where the questions have different scales, only its two ends."""
    scales = {one.levels for one in shown}
    if not scales:
        return Drawing()
    levels = next(iter(scales)) if len(scales) == 1 else ("lowest answer", "highest answer")
    step = (field.right - field.left) / (len(levels) - 1)
    drawn = []
    for place, label in enumerate(levels):
        x = field.left + place * step
        drawn.append(rule(x=(x, x), y=(field.top - 4, field.bottom), colour=theme.grid))
        if len(levels) <= _MOST_LABELS or place in (0, len(levels) - 1):
            room = step - 10 if len(levels) <= _MOST_LABELS else 230
            drawn.append(words(wrapped(label, width=min(room, 230), size=SMALL), x=x, y=field.bottom + 4, size=SMALL,
                               colour=theme.muted, anchor="center", stand="top"))  # fmt: skip
    return together(drawn)


def _row(one: Guessed, *, place: int, field: _Field, theme: Theme) -> Drawing:
    guess = one.others
    if guess is None:
        return Drawing()
    y = field.top + (place + 0.5) * field.row
    said, guessed, own = (field.x(mean, levels=len(one.levels)) for mean in (one.actual, guess.guess, guess.own))
    half = min(field.row * 0.36, 24)
    bar = Tile(left=min(said, guessed), right=max(said, guessed), top=y - 5, bottom=y + 5, fill=theme.band)
    tick = Tile(left=own - 3, right=own + 3, top=y - half, bottom=y + half, fill=theme.colours[2],
                hover=f"The others say {guess.own:.1f} themselves")  # fmt: skip
    ring = Spot(x=guessed, y=y, look=0, colour=theme.background, hover=f"Others guessed {guess.guess:.1f}")
    mark = Spot(x=said, y=y, look=SYMBOLS.index("diamond"), colour=theme.colours[0],
                hover=f"{one.label} says {one.actual:.1f}")  # fmt: skip
    return together(
        (
            _name(one, x=field.left - 46, y=y, theme=theme),
            tiles((bar, tick), line=theme.background),
            spots((ring,), size=_RING + 6, line=theme.ink, line_width=5),
            spots((mark,), size=_DOT - 4, line=theme.background, line_width=1.5),
            _told(one, guess=guess, y=y, theme=theme),
            _first_labels((said, guessed, own), y=y - half, field=field, theme=theme) if place == 0 else Drawing(),
        )
    )


def _width(one: Guessed) -> float:
    sector, statement, size = _lines(one)
    return max(text_width(sector, size=size, weight=BOLD), text_width(statement, size=SMALL))


def _lines(one: Guessed) -> tuple[str, str, int]:
    """The sector, what it was asked (the statement where it fits, else its short name), and the sector's size."""
    text = one.text.strip().removesuffix(".")
    said = text if fits(text, width=_TEXT_WIDTH, size=SMALL, most=1) else one.short
    size = fitting_size(one.label, width=_TEXT_WIDTH, sizes=(LABEL, SMALL), weight=BOLD, most=1)
    return (
        wrapped(one.label, width=_TEXT_WIDTH, size=size, weight=BOLD, most=1)[0],
        wrapped(said, width=_TEXT_WIDTH, size=SMALL, most=1)[0],
        size,
    )


def _name(one: Guessed, *, x: float, y: float, theme: Theme) -> Drawing:
    sector, statement, size = _lines(one)
    return together(
        (
            words((sector,), x=x, y=y + 1, size=size, colour=theme.ink, weight=BOLD, anchor="right", stand="bottom"),
            words((statement,), x=x, y=y + 1, size=SMALL, colour=theme.muted, anchor="right", stand="top"),
        )
    )


def _told(one: Guessed, *, guess: Guess, y: float, theme: Theme) -> Drawing:
    """How far off, and what that means, in words."""
    x = theme.right - _WORDS_WIDTH
    case = guess.perceived.case
    meaning = "" if case is None else WRONG_WAY if guess.perceived.wrong_way else SHORT[case]
    if case is Case.SHARED and guess.is_off:
        meaning = NEAR
    return together(
        (
            words((_off(one.gap, clear=guess.clear),), x=x, y=y + 1, size=LABEL, stand="bottom",
                  colour=theme.ink if guess.clear else theme.muted,
                  weight=BOLD if guess.is_off and guess.clear else REGULAR),
            words((meaning,), x=x, y=y + 1, size=SMALL, colour=theme.muted, stand="top"),
        )
    )  # fmt: skip


def _off(gap: float, *, clear: bool) -> str:
    """How far off; what may be only the few who answered is said with care."""
    if abs(gap) < ABOUT_RIGHT:
        return "guessed about right"
    return f"{'others guessed' if clear else 'perhaps'} {abs(gap):.1f} too {'high' if gap > 0 else 'low'}"


def _first_labels(places: tuple[float, float, float], *, y: float, field: _Field, theme: Theme) -> Drawing:
    """What each mark is, above the first row, each joined to its mark by a thin line."""
    order = sorted(range(3), key=lambda mark: (places[mark], mark))
    widths = [text_width(MARKS[mark], size=SMALL, weight=BOLD) for mark in order]
    centres = _spread([places[mark] for mark in order], widths=widths, left=field.left - 40, right=field.right + 40)
    colours = {_SAID: theme.colours[0], _GUESSED: theme.ink, _OWN: theme.colours[2]}
    foot = field.top - 8
    drawn = []
    for mark, centre in zip(order, centres, strict=True):
        drawn.append(rule(x=(centre, places[mark]), y=(foot, y + (0 if mark == _OWN else 12)), colour=theme.faded,
                          width=1.5))  # fmt: skip
        drawn.append(words((MARKS[mark],), x=centre, y=foot, size=SMALL, colour=colours[mark], weight=BOLD,
                           anchor="center", stand="bottom"))  # fmt: skip
    return together(drawn)


def _spread(wanted: Sequence[float], *, widths: Sequence[float], left: float, right: float) -> list[float]:
    """Centres as near to those *wanted*, in rising order, as labels of these widths can stand without touching."""
    apart = [(one + other) / 2 + 14 for one, other in pairwise(widths)]
    found = [max(wanted[0], left + widths[0] / 2)]
    for place, distance in zip(wanted[1:], apart, strict=True):
        found.append(max(place, found[-1] + distance))
    # Half of the push goes back to the left, so that labels stand around their marks.
    pushed = max(one - place for one, place in zip(found, wanted, strict=True))
    shift = max(pushed / 2, found[-1] + widths[-1] / 2 - right)
    found = [one - shift for one in found]
    found[0] = max(left + widths[0] / 2, found[0])
    for place, distance in enumerate(apart, start=1):
        found[place] = max(found[place], found[place - 1] + distance)
    return found


def _alt(shown: Sequence[Guessed], *, headline: str, release: Release) -> str:
    parts = [
        f"{one.label}, {one.short}: says {one.actual:.1f}, others guess {one.others.guess:.1f} and say "
        f"{one.others.own:.1f} ({_off(one.gap, clear=one.others.clear)})"
        for one in shown
        if one.others
    ]
    return f"{headline.rstrip('.')}. {'; '.join(parts) or 'Nothing to compare'}; {answered_of(release)}."
