"""The set-up profile: which questions describe a partnership, and which of their answers don't go together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field, StrictInt

from xsector.model.file_shapes import MOST_OPTIONS, Code, Long, Shape, Version, closest, shaped
from xsector.model.yaml_document import Document, Place, read_document

FELT: Final = "K04"
"""“Other partners would describe our goal the way I do.”"""
GOAL_LINE: Final = "O01"
"""“In one sentence: what is this partnership trying to achieve?”"""
PROFILE: Final = ("P01", "P02", "P03", "P04", "P05", "P06")
"""How people describe the partnership: ordered answers, none of them right."""
FELT_THEME: Final = "clarity_goals"
PROFILE_THEME: Final = "profile"
"""Questions of another survey may have the same codes; by their themes they are told apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FitCheck:
    """Answers (0 is the first) by item code that don't go together, what that says, and who saw it before us."""

    code: str
    when: Mapping[str, frozenset[int]]
    says: str
    ask: str
    source: str


class _CheckShape(Shape):
    """One check; options are numbered from 1."""

    code: Code
    when: Annotated[dict[str, list[Annotated[StrictInt, Field(ge=1, le=MOST_OPTIONS)]]], Field(min_length=2)]
    says: Long
    ask: Long
    source: Long


class _FitShape(Shape):
    """The file of checks."""

    schema_: Literal["xsector.fit/1"] = Field(alias="schema")
    version: Version
    checks: Annotated[list[_CheckShape], Field(min_length=1)]


def read_fit_checks(path: Path) -> tuple[FitCheck, ...]:
    """The checks in the file at *path*; InstrumentFileError names what is wrong with it."""
    document = read_document(path)
    shape = shaped(document, _FitShape)
    seen: set[str] = set()
    for number, check in enumerate(shape.checks):
        place: Place = ("checks", number)
        if check.code in seen:
            remedy = "Give one of the two another code."
            raise document.fault((*place, "code"), f"The code “{check.code}” is used twice", remedy=remedy)
        seen.add(check.code)
        _refuse_odd_questions(document, place, check)
    return tuple(_check(one) for one in shape.checks)


def _refuse_odd_questions(document: Document, place: Place, check: _CheckShape) -> None:
    for code, options in check.when.items():
        here = (*place, "when", code)
        if code not in PROFILE:
            problem = f"“{code[:40]}” isn't a question of the profile"
            raise document.fault(here, problem, remedy=closest(code, PROFILE))
        if not options:
            raise document.fault(here, "No answer stands there", remedy="Write option numbers, such as [1, 2].")


def _check(shape: _CheckShape) -> FitCheck:
    when = {code: frozenset(number - 1 for number in options) for code, options in shape.when.items()}
    return FitCheck(code=shape.code, when=when, says=shape.says, ask=shape.ask, source=shape.source)
