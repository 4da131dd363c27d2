"""What is asked: items on their scales, in sections, as one instrument."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from xsector.model.modules.kinds import NO_MODULES, Modules, Organisation
from xsector.model.sector import Sector


class Kind(StrEnum):
    """The kinds of question."""

    RATING = "rating"
    CHOICE = "choice"
    CHOICES = "choices"
    POINTS = "points"
    RANK = "rank"
    ROLES = "roles"
    ROUND_ROBIN = "round_robin"
    TEXT = "text"
    GUESS = "guess"


COUNTED_KINDS = frozenset({Kind.RATING, Kind.CHOICE, Kind.CHOICES})
"""Kinds whose answers are counted by level or option and released."""
MARKED_KINDS = COUNTED_KINDS | {Kind.ROUND_ROBIN}
"""Kinds whose answers stand in a row of marks; those of a round robin are never counted as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question.

    ``code`` is permanent: stored answers point at it, so a reworded item keeps its code and an
    item with a new meaning gets a new one. ``levels`` are the labels of the scale points
    (lowest first), or of the options. ``cannot_judge`` and ``not_applicable`` hold the labels of
    those two answers, or None where they can't happen. ``context`` items describe the person and
    are never ranked. ``reverse``: a high level is the bad end. ``who`` names the sectors asked; empty is everybody.
    ``module`` is the module that the question belongs to, and ``parts`` its place there (see ``model.modules``).
    ``by_name``: what people say is shown under their organisation's name. ``compares`` holds the codes of two
    questions of which the higher answer counts, ``averages`` those of which the mean does; nobody is asked such a
    question. ``about`` is the organisation that the question is about, whose own people are not asked; of the
    others those of the organisations ``raters`` are, or everybody where it is empty.
    """

    code: str
    kind: Kind
    text: str
    short: str
    theme: str = ""
    levels: tuple[str, ...] = ()
    ordered: bool = True
    cannot_judge: str | None = None
    not_applicable: str | None = None
    sensitive: bool = False
    context: bool = False
    reverse: bool = False
    max_chars: int = 0
    who: tuple[str, ...] = ()
    asked: bool = True
    own: bool = False
    source: str = ""
    module: str = ""
    parts: tuple[str, ...] = ()
    by_name: bool = False
    compares: tuple[str, ...] = ()
    averages: tuple[str, ...] = ()
    about: int | None = None
    raters: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.kind in MARKED_KINDS and len(self.levels) < 2:
            raise ValueError(f"item {self.code!r} needs at least two answers to choose from")
        if self.kind is Kind.TEXT and self.max_chars < 1:
            raise ValueError(f"text item {self.code!r} needs max_chars")

    def is_asked_of(self, *, sector: str, organisation: int) -> bool:
        """Whether somebody of this sector and organisation is asked."""
        if self.who and sector not in self.who:
            return False
        return organisation != self.about and (not self.raters or organisation in self.raters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Items that stand on one page under one title."""

    code: str
    title: str
    intro: str = ""
    items: tuple[Item, ...]
    module: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A whole questionnaire; ``bank`` holds extra items that a convener may switch on.

    ``modules`` are what a convener chose beside it; once a round is open they stand in ``sections`` as questions,
    about the ``organisations`` that can be named, and ``compared`` holds the questions that follow from others.
    """

    code: str
    title: str
    version: str
    form: str = "standard"
    minutes: int = 10
    sections: tuple[Section, ...]
    bank: tuple[Item, ...] = ()
    modules: Modules = NO_MODULES
    organisations: tuple[Organisation, ...] = ()
    sectors: tuple[Sector, ...] = ()
    """The partnership's sectors as they were called when the round was opened."""
    compared: tuple[Item, ...] = ()

    def items(self) -> Iterator[Item]:
        """Every item that is asked, in order."""
        return (item for section in self.sections for item in section.items if item.asked)

    def of_one(self) -> tuple[Item, ...]:
        """What one person is asked: of the questions about organisations those that the first one's people are."""
        first = self.organisations[0].id if self.organisations else None
        return tuple(
            item
            for item in self.items()
            if item.about is None or (item.about != first and (not item.raters or first in item.raters))
        )

    @property
    def questions(self) -> int:
        """How many questions one person is asked; an organisation to rate is one."""
        asked = self.of_one()
        return sum(item.about is None for item in asked) + len({item.about for item in asked} - {None})

    def counted(self) -> Iterator[Item]:
        """Every item whose answers may be shown, then those that follow from several answers."""
        yield from (item for item in self.items() if item.kind is not Kind.ROUND_ROBIN)
        yield from self.compared

    @property
    def is_by_name(self) -> bool:
        """Whether organisations are asked for something that is shown under their name."""
        return any(item.by_name for item in self.items())

    @property
    def rates_organisations(self) -> bool:
        """Whether organisations are rated by people of others."""
        return any(item.about is not None for item in self.items())

    def item(self, code: str) -> Item:
        """The asked item with this code; LookupError if there is none."""
        for item in self.items():
            if item.code == code:
                return item
        raise LookupError(f"instrument {self.code!r} asks no item {code!r}")
