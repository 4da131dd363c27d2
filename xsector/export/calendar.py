"""Promises as entries of a calendar: each on its day, and its first step soon after the meeting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from xsector.agenda.record import Promised, Record
from xsector.charts.measuring import cleaned
from xsector.model.commitment import FIRST_STEP_DAYS, STATUS_WORDS, Status

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT: Final = "-//xsector//Promises of a meeting//EN"


def promises_ics(record: Record) -> bytes:
    """The promises of a meeting as iCalendar bytes; taken in again, they replace what stood there before.

    The same record gives the same bytes.
    """
    # The library takes long to load, and most visits need no calendar.
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", cleaned(f"{record.partnership}: our promises"))
    for promised in record.promises:
        for event in _events(promised, record=record):
            calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _events(promised: Promised, *, record: Record) -> Iterator[Event]:
    yield _event(promised, record=record, name="promise", day=promised.by_when, summary=promised.what)
    soon = record.began.date() + timedelta(days=FIRST_STEP_DAYS)
    if promised.first_step:
        day = min(soon, promised.by_when)
        yield _event(promised, record=record, name="first-step", day=day, summary=f"First step: {promised.first_step}")


def _event(promised: Promised, *, record: Record, name: str, day: date, summary: str) -> Event:
    from icalendar import Event

    event = Event()
    # The moment tells promises of one number in two installations apart.
    event.add("uid", f"{name}-{promised.id}-{record.began:%Y%m%d%H%M%S}@xsector")
    event.add("dtstamp", record.began)
    event.add("sequence", promised.version - 1)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", cleaned(f"{promised.who}: {summary}"))
    event.add("description", "\n".join(map(cleaned, _lines(promised, record=record))))
    event.add("status", "CANCELLED" if promised.status is Status.DROPPED else "CONFIRMED")
    return event


def _lines(promised: Promised, *, record: Record) -> Iterator[str]:
    yield f"Promised in “{record.title}” of {record.partnership}: {promised.what}"
    for said, text in (
        ("With", promised.with_whom),
        ("How we will know", promised.seen_by),
        ("First step", promised.first_step),
        ("From the question", " ".join(promised.questions)),
        ("What became of it", "" if promised.status is Status.OPEN else STATUS_WORDS[promised.status]),
    ):
        if text:
            yield f"{said}: {text}"
