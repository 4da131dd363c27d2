"""How partners come in: by personal link, or by room code and name."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from datetime import datetime

from xsector.actions import notices
from xsector.actions.tries import Gate, Line
from xsector.errors.access import (
    NameTakenError,
    RoomBusyError,
    TooManyTriesError,
    UnknownCodeError,
    UnknownDoorError,
    UnknownLinkError,
)
from xsector.errors.common import NotFoundError
from xsector.model.partner import Participant, Respondent, RoundFacts
from xsector.model.round import State
from xsector.store import audit, invitations, meetings, partnerships, rosters, rounds, walls
from xsector.store.crypto import room_code_from, room_door, same
from xsector.store.engine import Engine, Session, glancing, reading, tapping, writing

# Wrong codes that are looked up at most, before each pause. Browsers that bring no name of ours share a part of
# what all may try together, so that a plain flood leaves the rest to people who came through our page.
_PER_BROWSER = Gate(tries=10, minutes=1, longest=16)
_NAMELESS = Gate(tries=5, minutes=1, longest=2)
_ALL = Gate(tries=10, minutes=1, longest=2)
_IN_TURN = Line(longest=32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Browser:
    """What a browser brings to the room's door: the random name we gave it, and the door it has found before."""

    name: str = ""
    door: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomNames:
    """What a room's door opens: the names that may still be chosen."""

    round_title: str
    partnership: str
    door: str
    names: tuple[tuple[int, str], ...]
    meeting: bool
    """Whether a meeting goes on, so that people come in to follow it."""


def look_at_link(engine: Engine, *, token: str) -> str:
    """The name of the partnership that a personal link belongs to; changes nothing."""
    respondent = respondent_of(engine, token=token)
    if respondent is None:
        raise UnknownLinkError()
    with reading(engine) as session:
        return partnerships.get(session, respondent.partnership_id).name


def join(engine: Engine, *, token: str) -> Respondent:
    """Come in with a personal link."""
    with tapping(engine) as line:
        respondent = rosters.behind_link(line, token=token)
        if respondent is None:
            raise UnknownLinkError()
        rosters.set_joined(line, token=token)
        return respondent


def respondent_of(engine: Engine, *, token: str) -> Respondent | None:
    """Who holds this token now; None if the link was replaced or never was."""
    with glancing(engine) as line:
        return rosters.behind_link(line, token=token)


def door_of(round_: RoundFacts, *, key: bytes) -> str | None:
    """The secret behind the QR code of a round's room, made with the signing *key*; None without a room code."""
    return None if round_.room_code is None else room_door(round_.room_code, round_id=round_.id, key=key)


def names_behind(engine: Engine, *, door: str, key: bytes) -> RoomNames:
    """The names that may be chosen by whoever has scanned the room's QR code: people whose link nobody has opened.

    Raises
    ------
    UnknownDoorError
        No round that lets people in has this door. Nobody is ever slowed here: a door can't be guessed.
    """
    with reading(engine) as session:
        round_ = _behind(session, door=door, key=key)
        partnership = partnerships.get(session, round_.partnership_id)
        free = [one for one in _invited(session, round_) if not one.joined]
        names = tuple((one.id, f"{one.name} · {one.organisation}") for one in free)
        goes_on = meetings.running(session, round_id=round_.id) is not None
        return RoomNames(
            round_title=round_.title, partnership=partnership.name, door=door, names=names, meeting=goes_on
        )


def door_for_code(engine: Engine, *, typed: str, browser: Browser, key: bytes, now: datetime) -> str:
    """The door that a typed room code stands for.

    Raises
    ------
    UnknownCodeError
        No round that lets people in has this code.
    RoomBusyError
        The code was not looked up: there were too many wrong ones, from this browser or from all together.
        A code whose door the browser holds opens all the same.
    """
    code = room_code_from(typed[:40])
    if browser.door and _opens(engine, door=browser.door, code=code, key=key):
        return browser.door
    try:
        _refuse_while_shut(browser, now=now)
        # One after the other: what many send at the same moment must not get past the count together.
        with _IN_TURN.turn():
            _refuse_while_shut(browser, now=now)
            return _looked_up(engine, code=code, browser=browser, key=key, now=now)
    except TooManyTriesError as problem:
        notices.count(actor=notices.SOMEBODY, action="room code not looked up")
        raise RoomBusyError(problem.wait_seconds) from None


def claim_name(engine: Engine, *, door: str, participant_id: int, key: bytes, now: datetime) -> str:
    """Come in under a name from the roster; returns the token of a new personal link.

    Raises
    ------
    UnknownDoorError
    NameTakenError
        Somebody has come in under that name already.
    """
    with writing(engine) as session:
        round_ = _behind(session, door=door, key=key)
        chosen = next((one for one in _invited(session, round_) if one.id == participant_id), None)
        if chosen is None or rosters.hold(session, participant_id=participant_id).joined:
            raise NameTakenError()
        tokens = rosters.issue_links(
            session, partnership_id=round_.partnership_id, participant_ids=[participant_id], joined=True
        )
        # Without the name: this is the minute in which somebody's sheet begins, and both have a time.
        audit.note(session, actor="room code", action="link issued", now=now, partnership_id=round_.partnership_id)
        return tokens[participant_id]


def wall_of_token(engine: Engine, *, token: str) -> RoundFacts | None:
    """The round whose wall link holds this token."""
    with reading(engine) as session:
        return walls.by_token(session, token)


def _behind(session: Session, *, door: str, key: bytes) -> RoundFacts:
    """The round with this door, if people may come in: it is open, or a meeting about it goes on."""
    number = door.partition("-")[0]
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        raise UnknownDoorError()
    try:
        round_ = rounds.get(session, int(number))
    except NotFoundError:
        raise UnknownDoorError() from None
    right = door_of(round_, key=key)
    if right is None or not same(door, right) or not _lets_in(session, round_):
        raise UnknownDoorError()
    return round_


def _lets_in(session: Session, round_: RoundFacts) -> bool:
    return round_.state is State.OPEN or meetings.running(session, round_id=round_.id) is not None


def _opens(engine: Engine, *, door: str, code: str, key: bytes) -> bool:
    """Whether *door*, which a browser holds, is that of the open round with *code*."""
    with reading(engine) as session, contextlib.suppress(UnknownDoorError):
        return same(_behind(session, door=door, key=key).room_code or "", code)
    return False


def _refuse_while_shut(browser: Browser, *, now: datetime) -> None:
    wait = max(gate.wait_seconds(name, now=now) for gate, name in _gates(browser))
    if wait:
        raise TooManyTriesError(wait)


def _looked_up(engine: Engine, *, code: str, browser: Browser, key: bytes, now: datetime) -> str:
    with reading(engine) as session:
        round_ = rounds.by_room_code(session, code)
        door = door_of(round_, key=key) if round_ is not None and _lets_in(session, round_) else None
    if door is None:
        for gate, name in _gates(browser):
            gate.fail(name, now=now)
        raise UnknownCodeError()
    return door


def _gates(browser: Browser) -> tuple[tuple[Gate, str], ...]:
    mine = (_PER_BROWSER, browser.name) if browser.name else (_NAMELESS, "")
    return (mine, (_ALL, ""))


def _invited(session: Session, round_: RoundFacts) -> list[Participant]:
    """Who may come in: those who are asked in the round, and to a meeting everybody on the list."""
    roster = rosters.everyone(session, partnership_id=round_.partnership_id)
    if round_.state is not State.OPEN:
        return roster
    invited = invitations.invited(session, round_.id)
    return [one for one in roster if one.id in invited]
