"""How partners come in: by personal link, or by room code and name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from xsector.actions.tries import Budget
from xsector.errors import NameTakenError, UnknownCodeError, UnknownLinkError
from xsector.model.partner import Participant, Respondent, RoundFacts
from xsector.store import audit, partnerships, rosters, rounds
from xsector.store.crypto import room_code_from
from xsector.store.engine import Engine, Session, glancing, reading, tapping, writing

_PER_BROWSER = Budget(tries=10, minutes=1)
_ALL = Budget(tries=60, minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomNames:
    """What a right room code opens: the names that may still be chosen."""

    round_title: str
    partnership: str
    code: str
    names: tuple[tuple[int, str], ...]


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


def names_for_code(engine: Engine, *, typed: str, browser: str, now: datetime) -> RoomNames:
    """The names that may be chosen with a room code: people whose link nobody has opened.

    Raises
    ------
    UnknownCodeError, TooManyTriesError
        Wrong tries are counted for each browser and for all together, never by address: a whole
        room shares one. A right code opens however many wrong ones came before it.
    """
    with reading(engine) as session:
        round_ = _room(session, typed=typed, browser=browser, now=now)
        partnership = partnerships.get(session, round_.partnership_id)
        free = [one for one in _invited(session, round_) if not one.joined]
        names = tuple((one.id, f"{one.name} · {one.organisation}") for one in free)
        return RoomNames(
            round_title=round_.title, partnership=partnership.name, code=round_.room_code or "", names=names
        )


def claim_name(engine: Engine, *, typed: str, participant_id: int, browser: str, now: datetime) -> str:
    """Come in under a name from the roster; returns the token of a new personal link.

    Raises
    ------
    NameTakenError
        Somebody has come in under that name already.
    """
    with writing(engine) as session:
        round_ = _room(session, typed=typed, browser=browser, now=now)
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
        return rounds.by_wall_token(session, token)


def _room(session: Session, *, typed: str, browser: str, now: datetime) -> RoundFacts:
    round_ = rounds.by_room_code(session, room_code_from(typed[:40]))
    if round_ is None:
        # Only now: a flood of guesses must not keep out a room that types the right code. What makes
        # guessing hopeless is the length of the code, not the waiting.
        _PER_BROWSER.check(browser, now=now)
        _ALL.check("", now=now)
        _PER_BROWSER.fail(browser, now=now)
        _ALL.fail("", now=now)
        raise UnknownCodeError()
    return round_


def _invited(session: Session, round_: RoundFacts) -> list[Participant]:
    roster = rosters.everyone(session, partnership_id=round_.partnership_id)
    invited = rounds.invited(session, round_.id)
    return [one for one in roster if one.id in invited]
