"""What the wall shows now, and the number that tells it to look again."""

from __future__ import annotations

from dataclasses import dataclass

from xsector.actions.leading_meetings import THANKS
from xsector.model.cards import WALL_VIEWS
from xsector.model.meeting import Meeting
from xsector.model.round import State
from xsector.reports.in_the_room import RoomView, room_in
from xsector.reports.meetings import mark_in
from xsector.reports.released import part_of, release_in, with_past
from xsector.reports.results import Results, results_of
from xsector.reports.turnout import SectorTurnout, counted
from xsector.reports.words import words_in
from xsector.store import meetings, partnerships, releases, rounds, walls
from xsector.store.engine import Engine, Session, reading


@dataclass(frozen=True, slots=True, kw_only=True)
class WallState:
    """The wall's content; before the reveal it is the number of answers and nothing else."""

    revision: str
    state: State
    title: str
    partnership: str
    room_code: str | None
    invited: int
    answered: int
    sectors: tuple[SectorTurnout, ...]
    view: str
    item: str | None
    page: int
    dark: bool
    part: int
    """How many times something was released of the round."""
    room: RoomView | None
    """What the meeting shows that goes on about the round."""


def wall_revision(engine: Engine, *, round_id: int) -> str:
    """What changes whenever the wall has something new to show; a few cheap queries."""
    with reading(engine) as session:
        return _revision(session, round_id, meeting=_meeting(session, round_id))


def _meeting(session: Session, round_id: int) -> Meeting | None:
    """The meeting that goes on; after its end it says thank you until the walls are told something else."""
    found = meetings.running(session, round_id=round_id)
    if found is None and walls.told(session, round_id).get("view") == THANKS:
        found = meetings.last_ended(session, round_id=round_id)
    return None if found is None else meetings.get(session, found)


def _revision(session: Session, round_id: int, *, meeting: Meeting | None) -> str:
    own = rounds.revision(session, round_id)
    return f"{own}" if meeting is None else f"{own} {mark_in(session, meeting)}"


def wall_state(engine: Engine, *, round_id: int) -> WallState:
    """What the wall was told to show; the caller holds the round's wall link or leads it."""
    with reading(engine) as session:
        round_ = rounds.get(session, round_id)
        meeting = _meeting(session, round_id)
        room = None if meeting is None else room_in(session, meeting, round_)
        told = walls.told(session, round_id)
        invited, answered, sectors = counted(session, round_)
        # Cards have a rule of their own for what the room sees; everything else waits for a release.
        free = round_.shown or told.get("view") in WALL_VIEWS
        told_view = "overview" if room is None and told.get("view") == THANKS else str(told.get("view", "waiting"))
        shown = (told_view, told.get("item")) if free else ("waiting", None)
        view, item = shown if room is None else _in_meeting(room, told=shown)
        return WallState(
            revision=_revision(session, round_id, meeting=meeting),
            state=round_.state,
            title=round_.title,
            partnership=partnerships.get(session, round_.partnership_id).name,
            room_code=round_.room_code,
            invited=invited,
            answered=answered,
            sectors=sectors,
            view=view,
            item=item,
            page=int(told.get("page", 0)),
            dark=bool(told.get("dark", False)),
            part=part_of(releases.of_round(session, round_id)),
            room=room,
        )


def _in_meeting(room: RoomView, *, told: tuple[str, str | None]) -> tuple[str, str | None]:
    """The picture that a meeting asks for: one of the results, cards that are being written or sorted, or its own."""
    if room.blank or room.vote is not None:
        return ("meeting", None)
    if room.view:
        return (room.view, room.item)
    return told if told[0] in WALL_VIEWS and room.cards else ("meeting", None)


def wall_results(engine: Engine, *, round_id: int) -> Results | None:
    """The results behind the wall, None where nothing was released."""
    with reading(engine) as session:
        round_ = rounds.get(session, round_id)
        release = release_in(session, round_)
        return None if release is None else results_of(with_past(session, round_, release=release))


def words_on_wall(engine: Engine, *, round_id: int, item: str) -> tuple[str, tuple[str, ...]]:
    """A question with what the facilitator let through of it; the caller holds the wall's link or leads the round."""
    with reading(engine) as session:
        found = next((one for one in words_in(session, rounds.get(session, round_id)) if one.code == item), None)
    return (found.text, tuple(word.text for word in found.let_through)) if found else ("", ())
