"""What a convener chooses of each module, before it is turned into questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Module(StrEnum):
    """The modules a round can have beside its questionnaire."""

    ROLES = "roles"
    PRIORITIES = "priorities"
    STAGE = "stage"
    GUESSES = "guesses"
    TRUST = "trust"


class Ask(StrEnum):
    """What the roles module asks about each function."""

    NOW = "now"
    SHOULD = "should"
    HELPS = "helps"
    PART = "part"


class Mode(StrEnum):
    """How priorities are given."""

    POINTS = "points"
    TOP = "top"


class Pass(StrEnum):
    """From which point of view priorities are given."""

    SHOULD = "should"
    NOW = "now"
    OWN = "own"


class Road(StrEnum):
    """The stages of a partnership, first to last."""

    FORM = "form"
    STORM = "storm"
    NORM = "norm"
    PERFORM = "perform"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A function of the roles module, or an option of the priorities: permanent code, words, and their source."""

    code: str
    text: str
    short: str
    source: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """Who does what: the functions and what is asked about each."""

    functions: tuple[Entry, ...]
    asks: tuple[Ask, ...] = (Ask.NOW, Ask.SHOULD, Ask.PART)


@dataclass(frozen=True, slots=True, kw_only=True)
class Priorities:
    """What comes first: the options, how they are weighed, and from which points of view."""

    options: tuple[Entry, ...]
    mode: Mode = Mode.POINTS
    passes: tuple[Pass, ...] = (Pass.SHOULD, Pass.NOW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sign that is seen, or work that is done, at one stage of the road."""

    code: str
    text: str
    short: str
    stage: Road
    is_work: bool
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Where the partnership is on its road: statements, and one picture to choose."""

    statements: tuple[Statement, ...]
    scale: tuple[str, ...]
    cannot_judge: str
    pictures: tuple[str, ...]
    """One for each stage, in the order of ``Road``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guesses:
    """Which answers of which sectors everybody guesses: codes of rated questions, codes of sectors."""

    items: tuple[str, ...]
    sectors: tuple[str, ...]


class Dimension(StrEnum):
    """What trust is made of, and all of it together."""

    RELIABILITY = "reliability"
    TRUTH = "truth"
    ABILITY = "ability"
    STRENGTH = "strength"
    OVERALL = "overall"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """One statement about another organisation."""

    code: str
    dimension: Dimension
    text: str
    short: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """How far partners trust each other: each organisation is rated by people of the others.

    ``statements`` are counted by sector where the rated sector is large enough; ``overall`` goes to the rated
    organisation alone. ``seed`` draws who rates whom where there are many organisations.
    """

    statements: tuple[Rating, ...]
    overall: Rating
    contact: tuple[str, ...]
    scale: tuple[str, ...]
    cannot_judge: str
    guess: bool = True
    """Whether people guess how others rate their own organisation."""
    importance: bool = True
    """Whether people say what matters most to them in a partner."""
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Modules:
    """The modules of a round; None where one is left out."""

    roles: Roles | None = None
    priorities: Priorities | None = None
    stage: Stage | None = None
    guesses: Guesses | None = None
    trust: Trust | None = None

    def chosen(self) -> Iterator[Module]:
        """The modules that are there, in the order in which they are asked."""
        return (module for module in Module if getattr(self, module.value) is not None)


NO_MODULES: Final = Modules()


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """An organisation as it can be named in an answer: fixed when the round is opened."""

    id: int
    name: str
    sector: str
