"""The pictures of a meeting for the wall: what everybody sees now, and where the clock stands on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Final, Protocol

import plotly.graph_objects as go

from xsector.charts import meeting as drawn
from xsector.charts.ballots import ballot_clock
from xsector.charts.promises import day, promises_wall
from xsector.charts.theme import FONT_STACK, Theme
from xsector.export import boards, pictures
from xsector.export.boards import SCAN, Code, Picture, Results, with_code
from xsector.export.card_boards import ClockPlace
from xsector.export.svg import svg_of
from xsector.export.vote_boards import VoteShown, vote_figure
from xsector.model.commitment import Commitment, Status
from xsector.model.instrument import Item
from xsector.model.meeting import StageKind
from xsector.model.phrases import counted
from xsector.model.round import State

TALK: Final = (
    "Before we look, tell your neighbour what you expect: where do most of us stand, and how far apart are we?"
)
BLANK: Final = "The screen is blank."


class Room(Protocol):
    """What everybody in the room may see now."""

    @property
    def title(self) -> str: ...
    @property
    def blank(self) -> bool: ...
    @property
    def stage(self) -> StageKind: ...
    @property
    def heading(self) -> str: ...
    @property
    def lines(self) -> Sequence[str]: ...
    @property
    def question(self) -> Item | None: ...
    @property
    def promises(self) -> Sequence[Commitment]: ...
    @property
    def vote(self) -> VoteShown | None: ...
    @property
    def here(self) -> int: ...
    @property
    def listed(self) -> int: ...
    @property
    def ends_at(self) -> datetime | None: ...


class Door(Protocol):
    """How people come in: a sentence, the room code as it is read out, and the QR code that leads there."""

    @property
    def sentence(self) -> str: ...
    @property
    def room_code(self) -> str: ...
    @property
    def code(self) -> Code | None: ...


def meeting_board(room: Room, *, door: Door, today: date, dark: bool) -> Picture:
    """What the wall shows of a meeting, where that is no picture of results."""
    theme = Theme(dark=dark)
    figure = _figure(room, door=door, today=today, theme=theme)
    if room.blank:
        return Picture(svg=svg_of(figure), alt=BLANK, ground=theme.calm)
    picture = Picture(svg=svg_of(figure), alt=str(figure.layout.meta["alt"]), ground=theme.background)
    in_lobby = room.stage is StageKind.LOBBY and room.vote is None
    return with_code(picture, code=door.code, theme=theme) if in_lobby and door.code else picture


def result_board(view: str, *, found: Results, item: str | None, dark: bool) -> Picture:
    """The picture of results that *view* names; everybody's answers stand under the question alone.

    What was found is about sectors, and those come at a later stage.
    """
    if view != "people" or item is None:
        return boards.result_board(view, found=found, item=item, dark=dark)
    theme = Theme(dark=dark)
    figure = pictures.everybody(found.item(item), release=found.release, theme=theme)
    return Picture(svg=svg_of(figure), alt=str(figure.layout.meta["alt"]), ground=theme.background)


def clock_on(room: Room, *, dark: bool) -> ClockPlace | None:
    """Where the clock stands on that picture; None where no time runs, or nothing shall be seen."""
    theme = Theme(dark=dark)
    spot = _spot(room, theme=theme)
    if spot is None or room.blank or room.ends_at is None:
        return None
    return ClockPlace(
        width=theme.width, height=theme.height, x=spot.x, y=spot.y, size=spot.size, anchor=spot.anchor,
        colour=theme.ink, font=FONT_STACK, ends_at=room.ends_at,
    )  # fmt: skip


def _spot(room: Room, *, theme: Theme) -> drawn.ClockSpot | None:
    if room.vote is not None:
        return ballot_clock(theme) if room.vote.state is State.OPEN else None
    if room.stage is StageKind.BREAK:
        return drawn.break_clock(theme)
    return drawn.corner_clock(theme) if room.stage in _TIMED else None


_TIMED: Final = frozenset({StageKind.TITLE, StageKind.LINES, StageKind.QUESTION, StageKind.GUESS, StageKind.PROMISES})


def _figure(room: Room, *, door: Door, today: date, theme: Theme) -> go.Figure:
    if room.blank:
        return drawn.blank_wall(BLANK, theme=theme)
    if room.vote is not None:
        return vote_figure(room.vote, theme=theme)
    if room.stage is StageKind.LOBBY:
        return drawn.lobby_wall(
            room.title, subtitle=door.sentence, here=room.here, listed=room.listed, room_code=door.room_code,
            scan=SCAN if door.code else "", theme=theme,
        )  # fmt: skip
    if room.stage is StageKind.THANKS:
        return drawn.thanks_wall(
            "Thank you.", over=room.title, sentences=thanks(room.promises, today=today), theme=theme
        )
    return _STAGES.get(room.stage, _title)(room, theme)


def thanks(promises: Sequence[Commitment], *, today: date) -> tuple[str, ...]:
    """How many promises were made, and the next day on which something is due."""
    kept = standing(promises)
    if not kept:
        return ("We go without a promise today.",)
    made = f"We made {counted(len(kept), 'promise', 'promises')} to each other."
    coming = sorted(one.draft.by_when for one in kept if one.status is Status.OPEN and one.draft.by_when >= today)
    return (made, f"The next one is due on {coming[0]:%A}, {day(coming[0])}.") if coming else (made,)


def standing(promises: Sequence[Commitment]) -> tuple[Commitment, ...]:
    """The promises that were not dropped."""
    return tuple(one for one in promises if one.status is not Status.DROPPED)


def _title(room: Room, theme: Theme) -> go.Figure:
    over = room.title if room.title != room.heading else ""
    return drawn.title_wall(room.heading, over=over, theme=theme)


def _lines(room: Room, theme: Theme) -> go.Figure:
    return drawn.lines_wall(room.heading, sentences=room.lines, theme=theme)


def _question(room: Room, theme: Theme) -> go.Figure:
    if room.question is None:
        return _title(room, theme)
    talk = TALK if room.stage is StageKind.GUESS else ""
    return drawn.question_wall(room.question, over=room.heading, talk=talk, theme=theme)


def _break(_room: Room, theme: Theme) -> go.Figure:
    return drawn.break_wall("Break", under="We go on when the clock is at 0:00.", theme=theme)


def _promises(room: Room, theme: Theme) -> go.Figure:
    return promises_wall(standing(room.promises), theme=theme)


_STAGES: Final[dict[StageKind, Callable[[Room, Theme], go.Figure]]] = {
    StageKind.LINES: _lines,
    StageKind.QUESTION: _question,
    StageKind.GUESS: _question,
    StageKind.BREAK: _break,
    StageKind.PROMISES: _promises,
}
