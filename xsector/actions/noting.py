"""What is written down while a meeting goes on: what was heard, private notes, the parking lot."""

from __future__ import annotations

from datetime import datetime

from xsector.actions.leading_meetings import led
from xsector.errors.common import SetUpError
from xsector.model.meeting import LONGEST_NOTE, LONGEST_PARKED, MOST_PARKED
from xsector.model.names import clean_line, clean_text
from xsector.store import meetings
from xsector.store.accounts import Account
from xsector.store.engine import Engine, writing


def write_heard(engine: Engine, *, account: Account, meeting_id: int, step_id: str, text: str, now: datetime) -> None:
    """Keep what was said in a step, for the record; an empty text takes it out."""
    heard = clean_text(text, longest=LONGEST_NOTE) if text.strip() else ""
    with writing(engine) as session:
        led(session, account=account, meeting_id=meeting_id)
        meetings.change_step(session, meeting_id, step_id, heard=heard)


def write_aside(engine: Engine, *, account: Account, meeting_id: int, step_id: str, text: str, now: datetime) -> None:
    """Keep a note for those who lead; it is in no record and on no wall."""
    aside = clean_text(text, longest=LONGEST_NOTE) if text.strip() else ""
    with writing(engine) as session:
        led(session, account=account, meeting_id=meeting_id)
        meetings.change_step(session, meeting_id, step_id, aside=aside)


def park(engine: Engine, *, account: Account, meeting_id: int, text: str, now: datetime) -> int:
    """Keep a thought that the room will come back to; returns its number.

    Raises
    ------
    SetUpError, UnusableTextError
    """
    thought = clean_line(text, longest=LONGEST_PARKED, what="thought")
    with writing(engine) as session:
        led(session, account=account, meeting_id=meeting_id)
        if len(meetings.parked(session, meeting_id)) >= MOST_PARKED:
            raise SetUpError(f"{MOST_PARKED} thoughts are parked already.", remedy="Tick or remove some first.")
        number = meetings.park(session, meeting_id, text=thought)
        meetings.change(session, meeting_id)
        return number


def tick_parked(engine: Engine, *, account: Account, meeting_id: int, number: int, done: bool, now: datetime) -> None:
    """Note whether the room came back to a parked thought."""
    with writing(engine) as session:
        led(session, account=account, meeting_id=meeting_id)
        meetings.tick_parked(session, meeting_id, number=number, done=done)
        meetings.change(session, meeting_id)


def remove_parked(engine: Engine, *, account: Account, meeting_id: int, number: int, now: datetime) -> None:
    """Throw a parked thought away."""
    with writing(engine) as session:
        led(session, account=account, meeting_id=meeting_id)
        meetings.drop_parked(session, meeting_id, number=number)
        meetings.change(session, meeting_id)
