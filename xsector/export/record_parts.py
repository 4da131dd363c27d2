"""The record of a meeting as the parts of a paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

import plotly.graph_objects as go

from xsector.agenda.document import Row
from xsector.agenda.record import Promised, Record, RecordStep, Voted
from xsector.charts.measuring import cleaned
from xsector.export import paper
from xsector.export.parts import Bullets, Heading, Line, Look, Part, Picture, Sideways, Table
from xsector.export.record_pictures import key_of
from xsector.model.commitment import STATUS_WORDS, Status
from xsector.model.phrases import counted, listed

KIND_OF_PAPER: Final = "Record of our meeting"
STEPS: Final = "What took place"
TALKS: Final = "Step by step"
HEARD: Final = "What was heard"
VOTES: Final = "Other votes"
PARKED: Final = "Kept for later"
PROMISES: Final = "Our promises"
NO_PROMISES: Final = "No promise was written down."
LEFT_OUT: Final = "Who came, who said what, and who answered or voted what is not in this record."
STEP_HEADS: Final = ("Step", "Planned", "Took")
PARKED_HEADS: Final = ("Thought", "Did we come back to it?")
PROMISE_HEADS: Final = ("Who", "What", "With whom", "By when", "How we will know", "First step", "From the question")


def title_of(record: Record) -> str:
    """The title of the paper: the partnership and the meeting."""
    return cleaned(f"{record.partnership} – {record.title}")


def parts_of(record: Record, *, figures: Mapping[str, go.Figure]) -> tuple[Part, ...]:
    """Everything that stands in the papers of a record; *figures* are its pictures by step and view."""
    return (
        *_front(record),
        *_took_place(record),
        *_talks(record, figures=figures),
        *_parked(record),
        *_promises(record),
    )


def day_of(day: date) -> str:
    """“6 May 2030”."""
    return f"{day.day} {day:%B %Y}"


def minutes_of(seconds: int) -> str:
    """How long something took, in whole minutes."""
    minutes = round(seconds / 60)
    return counted(minutes, "minute", "minutes") if minutes else "less than a minute"


def _line(text: str, *, look: Look = Look.PLAIN) -> Line:
    return Line(text=cleaned(text), look=look)


def _table(rows: Sequence[Row]) -> Table:
    return Table(rows=tuple(tuple(cleaned(cell) for cell in row) for row in rows))


def _front(record: Record) -> Iterator[Part]:
    yield _line(KIND_OF_PAPER, look=Look.LABEL)
    yield Line(text=title_of(record), look=Look.TITLE)
    took = minutes_of(record.seconds)
    planned = counted(record.minutes, "minute", "minutes")
    yield _line(f"{day_of(record.began)}, about “{record.round_title}”. Planned: {planned}. It took {took}.")
    if record.led_by:
        yield _line(f"Our facilitators and conveners: {listed(record.led_by)}.")
    made = counted(len(record.promises), "promise was", "promises were")
    yield _line(f"{made} made; they stand on the last page." if record.promises else NO_PROMISES, look=Look.STRONG)
    if record.based_on:
        yield _line(record.based_on, look=Look.SMALL)
    yield _line(LEFT_OUT, look=Look.SMALL)


def _took_place(record: Record) -> Iterator[Part]:
    yield Heading(level=1, text=STEPS)
    yield _table(
        [
            STEP_HEADS,
            *((step.title, counted(step.planned, "minute", "minutes"), minutes_of(step.seconds))
              for step in record.steps),
        ]
    )  # fmt: skip
    for said, titles in (("Skipped", record.skipped), ("Not reached", record.not_reached)):
        if titles:
            yield _line(f"{said}: {listed(titles)}.", look=Look.SMALL)


def _talks(record: Record, *, figures: Mapping[str, go.Figure]) -> Iterator[Part]:
    told = [step for step in record.steps if step.tells_more]
    if told:
        yield Heading(level=1, text=TALKS)
    for step in told:
        yield from _step(step, figures=figures)
    if record.other_votes:
        yield Heading(level=1, text=VOTES)
    for vote in record.other_votes:
        yield from _vote(vote)


def _step(step: RecordStep, *, figures: Mapping[str, go.Figure]) -> Iterator[Part]:
    yield Heading(level=2, text=cleaned(step.title))
    if step.question:
        yield _line(f"“{step.question}”", look=Look.QUESTION)
    if step.finding:
        yield _line(step.finding, look=Look.FINDING)
    for shown in step.shown:
        figure = figures.get(key_of(step, shown))
        if figure is not None:
            alt = paper.described(figure, otherwise=cleaned(f"Chart: {step.question or step.title}"))
            yield Picture(figure=figure, alt=alt)
    if step.how_sure:
        yield _line(f"{paper.HOW_SURE} {step.how_sure}", look=Look.SMALL)
    if step.note:
        yield _line(step.note, look=Look.SMALL)
    if step.heard:
        yield _line(HEARD, look=Look.LABEL)
        yield from (_line(line) for line in step.heard.splitlines() if line.strip())
    for vote in step.votes:
        yield from _vote(vote)


def _vote(vote: Voted) -> Iterator[Part]:
    yield _line(vote.title, look=Look.LABEL)
    if vote.question:
        yield _line(vote.question, look=Look.QUESTION)
    if len(vote.said) == 1:
        yield _line(vote.said[0], look=Look.STRONG)
    else:
        yield Bullets(entries=tuple(map(cleaned, vote.said)))
    yield from (_table(rows) for rows in vote.tables)
    yield _line(vote.note, look=Look.SMALL)


def _parked(record: Record) -> Iterator[Part]:
    if record.parked:
        yield Heading(level=1, text=PARKED)
        yield _table([PARKED_HEADS, *((text, "yes" if done else "not yet") for text, done in record.parked)])


def _promises(record: Record) -> Iterator[Part]:
    if record.promises:
        yield Sideways()
        yield Heading(level=1, text=PROMISES)
        yield _table([PROMISE_HEADS, *(_promise(one) for one in record.promises)])


def _promise(one: Promised) -> Row:
    became = "" if one.status is Status.OPEN else f" ({STATUS_WORDS[one.status]})"
    by_when = f"{day_of(one.by_when)}{became}"
    return one.who, one.what, one.with_whom, by_when, one.seen_by, one.first_step, " ".join(one.questions)
