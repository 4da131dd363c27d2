"""What the wall shows now, and the number that tells it to look again."""

from __future__ import annotations

from dataclasses import dataclass

from xsector.model.cards import WALL_VIEWS
from xsector.model.round import State
from xsector.reports.released import part_of, release_in, with_past
from xsector.reports.results import Results, results_of
from xsector.reports.turnout import SectorTurnout, counted
from xsector.reports.words import words_in
from xsector.store import partnerships, releases, rounds, walls
from xsector.store.engine import Engine, reading


@dataclass(frozen=True, slots=True, kw_only=True)
class WallState:
    """The wall's content; before the reveal it is the number of answers and nothing else."""

    revision: int
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


def wall_revision(engine: Engine, *, round_id: int) -> int:
    """A number that grows whenever the wall has something new to show; one cheap query."""
    with reading(engine) as session:
        return rounds.revision(session, round_id)


def wall_state(engine: Engine, *, round_id: int) -> WallState:
    """What the wall was told to show; the caller holds the round's wall link or leads it."""
    with reading(engine) as session:
        round_ = rounds.get(session, round_id)
        told = walls.told(session, round_id)
        invited, answered, sectors = counted(session, round_)
        # Cards have a rule of their own for what the room sees; everything else waits for a release.
        free = round_.shown or told.get("view") in WALL_VIEWS
        return WallState(
            revision=round_.revision,
            state=round_.state,
            title=round_.title,
            partnership=partnerships.get(session, round_.partnership_id).name,
            room_code=round_.room_code,
            invited=invited,
            answered=answered,
            sectors=sectors,
            view=str(told.get("view", "waiting")) if free else "waiting",
            item=told.get("item") if free else None,
            page=int(told.get("page", 0)),
            dark=bool(told.get("dark", False)),
            part=part_of(releases.of_round(session, round_id)),
        )


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
