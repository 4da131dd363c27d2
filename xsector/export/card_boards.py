"""The pictures of a brainstorm and of its rules for a screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

import plotly.graph_objects as go

from xsector.charts import cards as drawn
from xsector.charts.theme import FONT_STACK, Theme
from xsector.export.boards import Picture
from xsector.export.svg import svg_of
from xsector.model.cards import FEWEST_WRITERS, ON_SHOW, Brainstorm, Heap, Pile, Rule, Stage
from xsector.model.phrases import counted

WRITE: Final = "Write alone, on your own screen. As many as you like. One idea at a time."
_PROMISE: Final = (
    f"The room sees cards only if at least {FEWEST_WRITERS} people wrote, without names and in an order that says "
    "nothing. Leave out names of people and organisations."
)
_READING: Final = "The facilitator reads them for names first. Then we all see them."


class WallCards(Protocol):
    """One brainstorm as the room sees it."""

    @property
    def brainstorm(self) -> Brainstorm: ...
    @property
    def written(self) -> int: ...
    @property
    def took_part(self) -> int: ...
    @property
    def invited(self) -> int: ...
    @property
    def heaps(self) -> Sequence[Heap]: ...
    @property
    def top(self) -> Sequence[Pile]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockPlace:
    """Where a clock stands over a picture: in pixels of the picture, with its letters; and when its time is up."""

    width: int
    height: int
    x: float
    y: float
    size: float
    colour: str
    font: str
    ends_at: datetime
    anchor: str = "start"
    """Which end of the clock stands at ``x``, as SVG says it."""


def cards_board(found: WallCards, *, page: int, dark: bool) -> Picture:
    """The picture that fits how far the brainstorm is."""
    theme = Theme(dark=dark)
    return _picture(_figure(found, page=page, theme=theme), theme=theme)


def clock_on(found: WallCards, *, dark: bool) -> ClockPlace | None:
    """Where the clock stands on that picture; None where time doesn't matter."""
    if found.brainstorm.stage is not Stage.WRITING:
        return None
    theme = Theme(dark=dark)
    place = drawn.clock_place(found.brainstorm.prompt, theme=theme)
    return ClockPlace(
        width=theme.width, height=theme.height, x=place.x, y=place.y, size=place.size, colour=theme.ink,
        font=FONT_STACK, ends_at=found.brainstorm.ends_at,
    )  # fmt: skip


def wall_pages(found: WallCards) -> int:
    """How many pages the brainstorm has on the wall now; once votes are counted the first one shows them."""
    stage = found.brainstorm.stage
    if stage not in ON_SHOW or stage is Stage.VOTING:
        return 1
    return drawn.page_count(found.brainstorm.prompt, found.heaps, theme=Theme()) + (stage is Stage.COUNTED)


def rule_board(rule: Rule, *, page: int, of: int, dark: bool) -> Picture:
    """One rule, which is *page* (from 0) of so many."""
    theme = Theme(dark=dark)
    return _picture(drawn.rule_wall(rule, page=page, of=of, theme=theme), theme=theme)


def _figure(found: WallCards, *, page: int, theme: Theme) -> go.Figure:
    there = found.brainstorm
    wrote = f"from {counted(there.writers, 'person', 'people')}"
    if there.stage is Stage.WRITING:
        return drawn.writing_wall(
            there.prompt, written=found.written, people=found.took_part, invited=found.invited, ask=WRITE,
            note=_PROMISE, theme=theme,
        )  # fmt: skip
    if there.stage is Stage.SORTING:
        cards = "card" if found.written == 1 else "cards"
        return drawn.waiting_cards(
            there.prompt, said=_READING, figure=found.written, under=f"{cards} {wrote}", note="", theme=theme
        )
    if there.stage is Stage.VOTING:
        return drawn.waiting_cards(
            there.vote, said="Three dots each, on your own screen. Nobody sees who marks what.",
            figure=found.took_part, under=f"of {found.invited} people have voted",
            note=f"About the cards on: {there.prompt}", theme=theme,
        )  # fmt: skip
    if there.stage is Stage.COUNTED and page == 0:
        return drawn.top_wall(there.vote, top=found.top, voters=there.voters, theme=theme)
    behind = page - (there.stage is Stage.COUNTED)
    return drawn.card_wall(there.prompt, heaps=found.heaps, page=behind, took_part=wrote, theme=theme)


def _picture(figure: go.Figure, *, theme: Theme) -> Picture:
    return Picture(svg=svg_of(figure), alt=str(figure.layout.meta["alt"]), ground=theme.background)
