"""What the map says about the modules of a round: which column holds which answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from xsector.actions.survey.levels import LevelsAsked
from xsector.errors.common import UnusableTextError
from xsector.model.file_shapes import LONGEST_TEXT
from xsector.model.modules.kinds import Ask, Pass
from xsector.model.names import clean_line

Path: TypeAlias = tuple[str, ...]
"""Keys of the map that lead to a place in it."""


def _wording(text: str) -> str:
    try:
        return clean_line(text, longest=LONGEST_TEXT) if text.strip() else ""
    except UnusableTextError as problem:
        raise ValueError(str(problem)) from None


Column = Annotated[str, Field(min_length=1, max_length=1000)]
Code = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=24)]
Words = Annotated[str, AfterValidator(_wording)]
"""Words of one's own; none where the usual ones are meant."""
Spelling = Annotated[str, Field(min_length=1, max_length=200)]


class Shape(BaseModel):
    """A table in which every key must be known."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TopMap(Shape):
    """The columns that name somebody's first three options."""

    first: Column
    second: Column
    third: Column


class PrioritiesMap(Shape):
    """Points by point of view and option, or the first three by point of view."""

    options: dict[Code, Words] = {}
    points: dict[Pass, dict[Code, Column]] = {}
    top: dict[Pass, TopMap] = {}
    names: dict[Spelling, Spelling] = {}

    def columns(self) -> Iterator[tuple[Path, str]]:
        """Every column that is named, with its place below the module."""
        for view, options in self.points.items():
            yield from ((("points", view.value, code), column) for code, column in options.items())
        for view, three in self.top.items():
            yield from ((("top", view.value, place), column) for place, column in three)


class JobMap(Shape):
    """What is said of one job: who leads it now, who should, and one's own organisation's part in it."""

    text: Words = ""
    now: Column | None = None
    should: Column | None = None
    part: Column | None = None

    def asked(self) -> dict[Ask, str]:
        """The columns that are there."""
        found = {Ask.NOW: self.now, Ask.SHOULD: self.should, Ask.PART: self.part}
        return {ask: column for ask, column in found.items() if column is not None}


class RolesMap(Shape):
    """The jobs, and spellings of the answers that name no organisation."""

    jobs: Annotated[dict[Code, JobMap], Field(min_length=1)]
    answers: dict[Spelling, Spelling] = {}
    told_by_name: bool = False

    def columns(self) -> Iterator[tuple[Path, str]]:
        """Every column that is named, with its place below the module."""
        for code, job in self.jobs.items():
            yield from ((("jobs", code, ask.value), column) for ask, column in job.asked().items())


class StageMap(Shape):
    """Signs and work by code, and the picture."""

    statements: Annotated[dict[Code, Column], Field(min_length=1)]
    levels: LevelsAsked | None = None
    picture: Column | None = None
    pictures: LevelsAsked | None = None

    def columns(self) -> Iterator[tuple[Path, str]]:
        """Every column that is named, with its place below the module."""
        yield from ((("statements", code), column) for code, column in self.statements.items())
        if self.picture is not None:
            yield ("picture",), self.picture


class GuessesMap(Shape):
    """What is guessed: for each question and sector a column."""

    items: Annotated[dict[Spelling, dict[Spelling, Column]], Field(min_length=1)]

    def columns(self) -> Iterator[tuple[Path, str]]:
        """Every column that is named, with its place below the module."""
        for item, sectors in self.items.items():
            yield from ((("items", item, sector), column) for sector, column in sectors.items())


class RatedMap(Shape):
    """What is said of one organisation."""

    contact: Column
    reliability: Column
    truth: Column
    ability: Column
    strength: Column


class TrustMap(Shape):
    """The rated organisations, and what matters most."""

    organisations: Annotated[dict[Spelling, RatedMap], Field(min_length=1)]
    contact: LevelsAsked | None = None
    levels: LevelsAsked | None = None
    importance: Column | None = None

    def columns(self) -> Iterator[tuple[Path, str]]:
        """Every column that is named, with its place below the module."""
        for name, rated in self.organisations.items():
            yield from ((("organisations", name, key), column) for key, column in rated)
        if self.importance is not None:
            yield ("importance",), self.importance


class ModulesMap(Shape):
    """The modules that a file holds answers to."""

    priorities: PrioritiesMap | None = None
    roles: RolesMap | None = None
    stage: StageMap | None = None
    guesses: GuessesMap | None = None
    trust: TrustMap | None = None

    @property
    def names_organisations(self) -> bool:
        """Whether answers are about organisations."""
        return self.roles is not None or self.trust is not None

    def columns(self) -> Iterator[tuple[Path, str]]:
        """Every column that is named, with its place in the map."""
        for name in type(self).model_fields:
            one = getattr(self, name)
            for at, column in one.columns() if one is not None else ():
                yield ("modules", name, *at), column
