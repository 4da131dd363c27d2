"""A vote that goes on in a meeting: what is asked, between what, how many have voted, and how long it still takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

from xsector.charts.measuring import wrapped
from xsector.charts.meeting import MARGIN, ClockSpot, fitted, kicker, options, scale
from xsector.charts.shares import number
from xsector.charts.sheet import Drawing, rule, together, words
from xsector.charts.sheet import figure_of as figure
from xsector.charts.theme import BOLD, SEMIBOLD, Theme
from xsector.model.instrument import Item, Kind

_QUESTION: Final = (60, 56, 52, 48, 44, 40, 36, 34, 32, 30, 28)
_BAND: Final = 566.0
_MIDDLE: Final = 642.0
_COUNT_AT: Final = 392


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """What is asked, and from what people choose: the levels of one question, or several statements."""

    over: str
    text: str
    choices: tuple[str, ...]
    item: Item | None = None
    """The question, where its scale is to be drawn instead of a list."""


def ballot_clock(theme: Theme) -> ClockSpot:
    """Where the clock of an open vote stands."""
    return ClockSpot(x=MARGIN, y=_MIDDLE, size=128, anchor="start")


def ballot_wall(ballot: Ballot, *, voted: int, invited: int, waiting: str, note: str, theme: Theme) -> go.Figure:
    """Draw an open vote, with room for the clock at ``ballot_clock``.

    *waiting* stands in the clock's place where time doesn't run any more; *note* says who sees what.
    """
    as_scale = ballot.item is not None and ballot.item.ordered and ballot.item.kind is not Kind.CHOICES
    height = 260 if as_scale else 150 if len(ballot.choices) <= 6 else 116
    width = theme.width - 2 * MARGIN
    lines, size = fitted(ballot.text, width=width, height=height, sizes=_QUESTION, weight=BOLD)
    top = 96.0
    if as_scale and ballot.item is not None:
        asked = words(lines, x=MARGIN, y=top + height / 2, size=size, colour=theme.ink, weight=BOLD)
        choices = scale(ballot.item, y=420, theme=theme)
    else:
        asked = words(lines, x=MARGIN, y=top, size=size, colour=theme.ink, weight=BOLD, stand="top")
        choices = options(ballot.choices, top=max(top + len(lines) * size * 1.3 + 22, 210), bottom=_BAND - 20,
                          theme=theme)  # fmt: skip
    foot = _foot(voted, invited=invited, waiting=waiting, note=note, theme=theme)
    said = f"{number(voted)} of {number(invited)} have voted."
    chosen = ", ".join(f"“{one}”" for one in ballot.choices)
    alt = f"{ballot.text.rstrip('.')}. {ballot.over}: {chosen}. {said} {waiting} {note}"
    return figure(together((kicker(ballot.over, theme=theme), asked, choices, foot)), theme=theme,
                  headline=ballot.text, alt=alt)  # fmt: skip


def _foot(voted: int, *, invited: int, waiting: str, note: str, theme: Theme) -> Drawing:
    width = theme.width - MARGIN - _COUNT_AT
    said = wrapped(f"{number(voted)} of {number(invited)} have voted", width=width, size=52, weight=BOLD, most=1)
    return together(
        (
            rule(x=(MARGIN, theme.width - MARGIN), y=(_BAND, _BAND), colour=theme.grid, width=2),
            words((waiting,), x=MARGIN, y=_MIDDLE, size=54, colour=theme.ink, weight=BOLD),
            words(said, x=_COUNT_AT, y=_MIDDLE - 22, size=52, colour=theme.ink, weight=BOLD),
            words(wrapped(note, width=width, size=28, most=1), x=_COUNT_AT, y=_MIDDLE + 34, size=28,
                  colour=theme.muted, weight=SEMIBOLD),
        )
    )  # fmt: skip
