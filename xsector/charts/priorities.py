"""What comes first for whom: a column of ranks for everybody and for each group, one option followed in colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

from xsector.analysis.priorities import Given, View, Weighed
from xsector.charts.measuring import fits, fitting_size, text_width, wrapped
from xsector.charts.shares import answered_of
from xsector.charts.sheet import (
    LINE,
    Anchor,
    Drawing,
    Spot,
    figure_of,
    heading,
    note_line,
    rule,
    spots,
    together,
    words,
)
from xsector.charts.theme import BODY, BOLD, EDGE, LABEL, REGULAR, SMALL, Theme, letters_on
from xsector.model.modules.kinds import Mode
from xsector.model.released import Release

EVERYBODY: Final = "All of us"
_LABEL_SHARE: Final = 0.3
"""Widest name of an option, as a share of the sheet."""
_LEAST_PITCH: Final = 92
"""Columns stand no closer, in pixels, however long the names beside them are."""
_GAP: Final = 12
_MOST_ROW: Final = 62
_FOLLOWED: Final = 2
"""Place in the palette of the one line in colour."""
_CIRCLE: Final = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """One group: its name, what it gives each option, and the row in which each of them stands."""

    name: str
    given: tuple[Given, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """Pixels: middle of each column, middle of each row, the size of a mark, and room for an option's name."""

    x: tuple[float, ...]
    y: tuple[float, ...]
    mark: float
    row: float
    label: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heads:
    """Names of the columns in lines, those in every second column a level higher where they need the room."""

    lines: tuple[tuple[str, ...], ...]
    size: int
    raised: bool

    @property
    def line(self) -> float:
        """Height of a line."""
        return self.size * LINE

    @property
    def level(self) -> float:
        """Height of one level."""
        return max(len(lines) for lines in self.lines) * self.line

    @property
    def height(self) -> float:
        """Height of all levels."""
        return self.level * (2 if self.raised else 1) + (8 if self.raised else 0)


def bump(
    view: View, *, followed: str, release: Release, headline: str, subtitle: str, note: str, theme: Theme
) -> go.Figure:
    """Draw the ranks that everybody and each group give, the option with the code *followed* in colour."""
    columns = _columns(view)
    head = heading(headline, subtitle=subtitle, theme=theme)
    foot = note_line(note, theme=theme, bottom=theme.height)
    sides = 2 if len(columns) > 1 else 1
    label = _label_width(view.options, columns=len(columns), sides=sides, theme=theme)
    left = EDGE + label + _GAP + 18
    pitch = (theme.right - left - (label + _GAP + 18 if sides > 1 else 40)) / max(len(columns) - 1, 1)
    heads = _heads([column.name for column in columns], pitch=pitch, left=left, theme=theme)
    top = head.edge + 4 + heads.height + 8
    row = min(_MOST_ROW, (foot.edge - top) / len(view.options))
    grid = _Grid(
        x=tuple(left + pitch * place for place in range(len(columns))),
        y=tuple(top + row * (place + 0.5) for place in range(len(view.options))),
        mark=min(42.0, row - 3),
        row=row,
        label=label,
    )
    drawing = together(
        (
            head.drawing,
            _head_row(heads, grid=grid, bottom=top - 8, theme=theme),
            *_lines(view, columns=columns, followed=followed, grid=grid, theme=theme),
            *_marks(view, columns=columns, followed=followed, grid=grid, theme=theme),
            *_names(view, columns=columns, followed=followed, grid=grid, theme=theme),
            foot.drawing,
        )
    )
    alt = _alt(view, followed=followed, headline=headline, release=release)
    return figure_of(drawing, theme=theme, headline=headline, alt=alt)


def widest(view: View) -> str:
    """The code of the option whose ranks lie furthest apart; of several, the one that we all put highest."""
    ranked = view.ranked()
    return max(ranked, key=lambda one: _reach(one.groups)).code


def _reach(given: Sequence[Given]) -> int:
    ranks = [one.rank for one in given] or [0]
    return max(ranks) - min(ranks)


def _columns(view: View) -> list[_Column]:
    order = {option.code: place for place, option in enumerate(view.ranked())}
    everybody = [option.everybody for option in view.options]
    groups = [[option.groups[place] for option in view.options] for place in range(len(view.groups))]
    codes = [option.code for option in view.options]
    made = []
    for name, given in zip((EVERYBODY, *(block.name for block in view.groups)), (everybody, *groups), strict=True):
        # Level options share a number, not a row: they stand in everybody's order.
        places = sorted(range(len(codes)), key=lambda place: (given[place].rank, order[codes[place]]))
        made.append(
            _Column(name=name, given=tuple(given), rows=tuple(places.index(place) for place in range(len(codes))))
        )
    return made


def _label_width(options: Sequence[Weighed], *, columns: int, sides: int, theme: Theme) -> float:
    """Room for the names: as much as the longest needs, as far as the columns leave it."""
    longest = max(text_width(option.short, size=LABEL, weight=BOLD) for option in options)
    left_over = (theme.right - EDGE - (columns - 1) * _LEAST_PITCH) / sides - _GAP - 18
    return max(60.0, min(longest, left_over, theme.width * _LABEL_SHARE))


def _heads(names: Sequence[str], *, pitch: float, left: float, theme: Theme) -> _Heads:
    """The names in at most two lines at one level, else at two levels in up to three lines."""
    whole = dict.fromkeys(names, pitch - 10) if len(names) > 1 else {names[0]: 2 * (left - EDGE)}
    for size in (LABEL, SMALL):
        if all(fits(name, width=width, size=size, weight=BOLD) for name, width in whole.items()):
            lines = tuple(wrapped(name, width=whole[name], size=size, weight=BOLD) for name in names)
            return _Heads(lines=lines, size=size, raised=False)
    # At the sides a name is centred over its column and must not leave the sheet.
    sides = 2 * (left - EDGE)
    width = min(2 * pitch - 14, sides)
    most = 2 if all(fits(name, width=width, size=SMALL, weight=BOLD) for name in names) else 3
    lines = tuple(wrapped(name, width=width, size=SMALL, weight=BOLD, most=most) for name in names)
    return _Heads(lines=lines, size=SMALL, raised=True)


def _head_row(heads: _Heads, *, grid: _Grid, bottom: float, theme: Theme) -> Drawing:
    drawn = []
    for place, (lines, x) in enumerate(zip(heads.lines, grid.x, strict=True)):
        high = heads.raised and place % 2 == 0
        y = bottom - (heads.level + 8 if high else 0)
        drawn.append(words(lines, x=x, y=y, size=heads.size, colour=theme.ink, weight=BOLD, anchor="center",
                           stand="bottom"))  # fmt: skip
    return together(drawn)


def _lines(view: View, *, columns: Sequence[_Column], followed: str, grid: _Grid, theme: Theme) -> list[Drawing]:
    """A line for every option through all columns, the followed one last, above the others."""
    order = sorted(range(len(view.options)), key=lambda place: view.options[place].code == followed)
    drawn = []
    for option in order:
        is_followed = view.options[option].code == followed
        colour, width = (theme.colours[_FOLLOWED], 8.0) if is_followed else (theme.band, 2.5)
        for place in range(len(columns) - 1):
            y = grid.y[columns[place].rows[option]], grid.y[columns[place + 1].rows[option]]
            drawn.append(rule(x=(grid.x[place], grid.x[place + 1]), y=y, colour=colour, width=width))
    return drawn


def _marks(view: View, *, columns: Sequence[_Column], followed: str, grid: _Grid, theme: Theme) -> list[Drawing]:
    """A circle with its rank for every option in every column."""
    plain: list[Spot] = []
    coloured: list[Spot] = []
    numbers: list[Drawing] = []
    fill = theme.colours[_FOLLOWED]
    for x, column in zip(grid.x, columns, strict=True):
        for option, given, row in zip(view.options, column.given, column.rows, strict=True):
            is_followed = option.code == followed
            spot = Spot(
                x=x, y=grid.y[row], look=_CIRCLE, colour=fill if is_followed else theme.background,
                hover=f"{column.name}: {option.short}, {told(given, mode=view.mode)}",
            )  # fmt: skip
            (coloured if is_followed else plain).append(spot)
            size = fitting_size(str(given.rank), width=grid.mark - 8, sizes=(BODY, LABEL, SMALL))
            numbers.append(
                words((str(given.rank),), x=x, y=grid.y[row], size=min(size, BODY), anchor="center",
                      colour=letters_on(fill) if is_followed else theme.ink, weight=BOLD if is_followed else REGULAR)
            )  # fmt: skip
    return [
        spots(plain, size=grid.mark - 3, line=theme.band, line_width=2.5),
        spots(coloured, size=grid.mark, line=fill, line_width=0),
        *numbers,
    ]


def told(given: Given, *, mode: Mode) -> str:
    """What one group gives an option, in words."""
    return f"{given.value:.0f} of 100 points" if mode is Mode.POINTS else f"{given.value:.0f} % among their first three"


def _names(view: View, *, columns: Sequence[_Column], followed: str, grid: _Grid, theme: Theme) -> list[Drawing]:
    """The options' names beside the first column, and beside the last in its order."""
    drawn = [_side(view, columns[0], followed=followed, x=grid.x[0] - grid.mark / 2 - _GAP, anchor="right",
                   grid=grid, theme=theme)]  # fmt: skip
    if len(columns) > 1:
        drawn.append(_side(view, columns[-1], followed=followed, x=grid.x[-1] + grid.mark / 2 + _GAP, anchor="left",
                           grid=grid, theme=theme))  # fmt: skip
    return drawn


def _side(
    view: View, column: _Column, *, followed: str, x: float, anchor: Anchor, grid: _Grid, theme: Theme
) -> Drawing:
    drawn = []
    for option, row in zip(view.options, column.rows, strict=True):
        is_followed = option.code == followed
        weight = BOLD if is_followed else REGULAR
        # Two lines of the smaller letters need their own height in the row.
        most = 2 if grid.row >= 2 * SMALL * LINE + 2 else 1
        size = fitting_size(option.short, width=grid.label, sizes=(LABEL, SMALL), weight=weight, most=most)
        lines = wrapped(option.short, width=grid.label, size=size, weight=weight, most=most)
        drawn.append(words(lines, x=x, y=grid.y[row], size=size, weight=weight, anchor=anchor,
                           colour=theme.ink if is_followed else theme.muted))  # fmt: skip
    return together(drawn)


def _alt(view: View, *, followed: str, headline: str, release: Release) -> str:
    ranked = view.ranked()
    first = ", ".join(f"{option.everybody.rank} {option.short}" for option in ranked)
    option = view.option(followed)
    parts = [f"{block.name} {given.rank}" for block, given in zip(view.groups, option.groups, strict=True)]
    by_group = f" “{option.short}” by group: {', '.join(parts)};" if parts else ""
    return f"{headline.rstrip('.')}. All of us: {first};{by_group} {answered_of(release)}."
