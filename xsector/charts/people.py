"""How the whole group answers one item: one dot a person, never by sector."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

from xsector.charts.measuring import wrapped
from xsector.charts.shares import Row, answered_of, everyone, number
from xsector.charts.sheet import Drawing, Spot, figure_of, heading, rule, spots, together, words
from xsector.charts.theme import BODY, BOLD, EDGE, LABEL, SMALL, Theme
from xsector.model.released import Release, ReleasedItem

MOST_DOTS: Final = 120
_LARGEST: Final = 62
_PITCH: Final = 1.14
"""Distance of two dots, in dots."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pile:
    """The dots of one level: how many, and where they stand."""

    level: int
    dots: int
    left: float
    width: float
    ground: float
    size: float
    abreast: int


def person_dots(item: ReleasedItem, *, release: Release, headline: str, subtitle: str, theme: Theme) -> go.Figure:
    """Draw everyone's answers; above 120 people one dot stands for several, and the subtitle says so."""
    whole = everyone(item, release=release)
    each = people_per_dot(whole.people)
    sentence = "One dot is one person." if each == 1 else f"One dot is about {number(each)} people."
    head = heading(headline, subtitle=f"{subtitle} {sentence}".strip(), theme=theme)
    piles = _piles(whole, each=each, theme=theme, top=head.edge + 54)
    drawing = together((head.drawing, *(_pile(pile, whole=whole, item=item, theme=theme) for pile in piles)))
    alt = _alt(whole, levels=item.levels, headline=headline, release=release)
    return figure_of(drawing, theme=theme, headline=headline, alt=alt)


def people_per_dot(people: int) -> int:
    """1, 2 or 5 times a power of ten: the least that needs no more than 120 dots."""
    power = 1
    while people > 5 * power * MOST_DOTS:
        power *= 10
    return next(step for step in (power, 2 * power, 5 * power) if people <= step * MOST_DOTS)


def _piles(whole: Row, *, each: int, theme: Theme, top: float) -> list[_Pile]:
    levels = len(whole.counts)
    width = (theme.right - EDGE) / levels
    ground = theme.height - 76.0
    # A level that someone chose keeps a dot, however many people one dot stands for.
    dots = [max(round(count / each), 1) if count else 0 for count in whole.counts]
    size, abreast = _packing(max(dots), width=width * 0.84, height=ground - top)
    return [
        _Pile(level=level, dots=dots[level], left=EDGE + level * width, width=width, ground=ground, size=size,
              abreast=abreast)
        for level in range(levels)
    ]  # fmt: skip


def _packing(most: int, *, width: float, height: float) -> tuple[float, int]:
    """The largest dot at which the highest pile stays below the top, and how many stand side by side."""
    for size in range(_LARGEST, 5, -1):
        abreast = min(max(int(width // (size * _PITCH)), 1), 6)
        if math.ceil(most / abreast) * size * _PITCH <= height and abreast * size * _PITCH <= width + size:
            return float(size), abreast
    return 5.0, int(width // 6)


def _pile(pile: _Pile, *, whole: Row, item: ReleasedItem, theme: Theme) -> Drawing:
    middle = pile.left + pile.width / 2
    step = pile.size * _PITCH
    start = middle - (pile.abreast - 1) / 2 * step
    colour = theme.answers(len(item.levels))[pile.level]
    placed = [
        Spot(x=start + dot % pile.abreast * step, y=pile.ground - (dot // pile.abreast + 0.5) * step, look=0,
             colour=colour)
        for dot in range(pile.dots)
    ]  # fmt: skip
    top = pile.ground - math.ceil(pile.dots / pile.abreast) * step
    label = wrapped(item.levels[pile.level], width=pile.width - 10, size=LABEL if pile.width > 150 else SMALL, most=2)
    return together(
        (
            rule(x=(pile.left + 8, pile.left + pile.width - 8), y=(pile.ground + 3, pile.ground + 3),
                 colour=theme.grid, width=2),
            spots(placed, size=pile.size, line=theme.muted, line_width=1),
            words((number(whole.counts[pile.level]),), x=middle, y=top - 4, size=BODY + 10, colour=theme.ink,
                  weight=BOLD, anchor="center", stand="bottom"),
            words(label, x=middle, y=pile.ground + 12, size=LABEL if pile.width > 150 else SMALL, colour=theme.ink,
                  anchor="center", stand="top"),
        )
    )  # fmt: skip


def _alt(whole: Row, *, levels: Sequence[str], headline: str, release: Release) -> str:
    parts = ", ".join(f"{number(count)} “{label}”" for count, label in zip(whole.counts, levels, strict=True))
    return f"{headline.rstrip('.')}. Of {number(whole.people)} answers: {parts}; {answered_of(release)}."
