"""A questionnaire cut into screens: at most eight questions each, and how far somebody is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from xsector.model.instrument import Instrument, Item, Kind, Section
from xsector.model.modules import priorities, trust
from xsector.model.modules.kinds import Ask, Module
from xsector.model.partner import RoundFacts
from xsector.model.round import TAKING
from xsector.model.sheet import Answer, Seen

MOST_QUESTIONS: Final = 8
"""More than eight questions at a time make the server slow when a whole room answers."""
TABLES: Final = frozenset({Module.ROLES.value, Module.PRIORITIES.value, Module.TRUST.value})


class GroupChange(Protocol):
    """How the partner's sector has changed on the list since an earlier round was shown."""

    @property
    def since(self) -> str: ...
    @property
    def left(self) -> int: ...
    @property
    def came(self) -> int: ...


class OwnForm(Protocol):
    """A partner's own form as a page reads it: what is asked and what they have answered."""

    @property
    def round(self) -> RoundFacts: ...
    @property
    def partnership(self) -> str: ...
    @property
    def promise(self) -> str: ...
    @property
    def instrument(self) -> Instrument: ...
    @property
    def seen(self) -> Seen | None: ...
    @property
    def answers(self) -> Mapping[str, Answer]: ...
    @property
    def texts(self) -> Mapping[str, tuple[str, bool]]: ...
    @property
    def comments(self) -> Mapping[str, tuple[str, bool]]: ...
    @property
    def started(self) -> bool: ...
    @property
    def submitted(self) -> bool: ...
    @property
    def sealed(self) -> bool: ...
    @property
    def finished_before(self) -> bool: ...
    @property
    def saved_at(self) -> datetime | None: ...
    @property
    def submitted_at(self) -> datetime | None: ...
    @property
    def receipt(self) -> str | None: ...
    @property
    def group_people(self) -> int: ...
    @property
    def group_change(self) -> GroupChange | None: ...
    @property
    def group_organisations(self) -> int: ...


def takes_answers(form: OwnForm) -> bool:
    """Whether the partner may answer now: also late, as long as they haven't been counted."""
    return form.round.state in TAKING and not form.round.over and not form.sealed and not form.finished_before


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPart:
    """The questions of one screen; ``first`` is the number of its first question."""

    title: str
    intro: str
    first: int
    items: tuple[Item, ...]
    code: str = ""
    module: str = ""

    @property
    def is_table(self) -> bool:
        """Whether its questions stand in one table of our own."""
        return self.module in TABLES

    def questions(self) -> tuple[tuple[Item, ...], ...]:
        """What counts as one question each: points given to all options are one, who else helps is none.

        All that is asked about one organisation is one, too.
        """
        if self.module == Module.PRIORITIES:
            return (self.items,)
        if self.module == Module.TRUST:
            rated = dict.fromkeys(item.about for item in self.items if item.about is not None)
            about = [tuple(item for item in self.items if item.about == one) for one in rated]
            return (*about, *((item,) for item in self.items if item.about is None))
        return tuple((item,) for item in self.items if item.module != Module.ROLES or item.parts[1] != Ask.HELPS)


def form_parts(instrument: Instrument, *, sector: str, organisation: int = 0) -> tuple[FormPart, ...]:
    """The screens for a partner of *sector* and *organisation*; long sections are cut into parts of like length."""
    parts: list[FormPart] = []
    first = 1
    for section in instrument.sections:
        for title, items in _cut(section, sector=sector, organisation=organisation):
            part = FormPart(
                title=title, intro=section.intro, first=first, items=items, code=section.code, module=section.module
            )
            parts.append(part)
            first += len(part.questions())
    return tuple(parts)


def _cut(section: Section, *, sector: str, organisation: int) -> Iterator[tuple[str, tuple[Item, ...]]]:
    items = tuple(
        item for item in section.items if item.asked and item.is_asked_of(sector=sector, organisation=organisation)
    )
    screens = min(len(items), 1) if section.module in TABLES else -(-len(items) // MOST_QUESTIONS)
    start = 0
    for screen in range(screens):
        count = -(-(len(items) - start) // (screens - screen))
        title = section.title if screen == 0 else f"{section.title} (continued)"
        yield title, items[start : start + count]
        start += count


def is_answered(question: tuple[Item, ...], *, form: OwnForm) -> bool:
    """Whether the partner has answered *question*; “I can't judge” is an answer."""
    if question[0].module == Module.PRIORITIES:
        return priorities.is_complete(question, form.answers)
    if question[0].about is not None and form.answers.get(question[0].code) == trust.NO_CONTACT:
        return True
    return all(item.code in (form.texts if item.kind is Kind.TEXT else form.answers) for item in question)


def open_questions(part: FormPart, *, form: OwnForm) -> int:
    """How many questions of *part* have no answer yet."""
    return sum(not is_answered(question, form=form) for question in part.questions())


def first_open(parts: tuple[FormPart, ...], *, form: OwnForm) -> int:
    """The place of the first screen with an unanswered question; past the end if there is none."""
    return next((place for place, part in enumerate(parts) if open_questions(part, form=form)), len(parts))


def counted(parts: tuple[FormPart, ...], *, form: OwnForm) -> tuple[int, int]:
    """How many questions are answered, and how many there are."""
    every = sum(len(part.questions()) for part in parts)
    return every - sum(open_questions(part, form=form) for part in parts), every
