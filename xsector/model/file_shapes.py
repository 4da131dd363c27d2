"""The shapes that the YAML files of questions and vocabulary must have, and their faults in words."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from typing import Annotated, Final, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, StrictInt, ValidationError
from pydantic_core import ErrorDetails

from xsector.errors.common import UnusableTextError
from xsector.errors.files import InstrumentFileError
from xsector.model.instrument import Kind
from xsector.model.names import clean_line
from xsector.model.yaml_document import Document, Place

LONGEST_TEXT: Final = 200
LONGEST_SHORT: Final = 40
LONGEST_OPTION: Final = 80
MOST_OPTIONS: Final = 20


def _line_up_to(longest: int) -> AfterValidator:
    def cleaned(text: str) -> str:
        try:
            return clean_line(text, longest=longest)
        except UnusableTextError as error:
            raise ValueError(str(error)) from None

    return AfterValidator(cleaned)


Code = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=40)]
Text = Annotated[str, _line_up_to(LONGEST_TEXT)]
Short = Annotated[str, _line_up_to(LONGEST_SHORT)]
Option = Annotated[str, _line_up_to(LONGEST_OPTION)]
Long = Annotated[str, _line_up_to(400)]
Version = Annotated[str, Field(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$", max_length=20)]


class Shape(BaseModel):
    """A table in which every key must be known."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ItemShape(Shape):
    """One question; a section may give ``scale``, ``sensitive`` and the like for all its items."""

    code: Code
    kind: Kind = Kind.RATING
    theme: Annotated[str, Field(alias="construct")]
    text: Text
    short: Short
    scale: str | None = None
    options: list[Option] | None = None
    options_from: str | None = None
    ordered: StrictBool = True
    cannot_judge: StrictBool | None = None
    not_applicable: StrictBool = False
    sensitive: StrictBool = False
    reverse: StrictBool = False
    max_chars: Annotated[StrictInt, Field(ge=1, le=2000)] | None = None
    who: list[str] = []
    asked: StrictBool = True
    source: Long = ""


class SectionShape(Shape):
    """Questions on one page; those named in ``take`` come from the file named in ``items_from``."""

    code: Code
    title: Option
    intro: Long | None = None
    scale: str | None = None
    context: StrictBool = False
    sensitive: StrictBool = False
    reverse: StrictBool = False
    take: list[str] = []
    items: list[ItemShape] = []


class FormShape(Shape):
    """A named choice of sections."""

    title: Option
    sections: Annotated[list[str], Field(min_length=1)]


class InstrumentShape(Shape):
    """A file of questions. Without ``forms`` all its sections make up the form “standard”."""

    schema_: Literal["xsector.instrument/1"] = Field(alias="schema")
    code: Code
    version: Version
    title: Option
    items_from: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+\.yaml$")] | None = None
    forms: dict[Code, FormShape] = {}
    sections: Annotated[list[SectionShape], Field(min_length=1)]
    bank: list[ItemShape] = []


class BesideShape(Shape):
    """Labels of the two answers that stand beside a scale."""

    cannot_judge: Option
    not_applicable: Option


class ScaleShape(Shape):
    """Labels of a scale's points, lowest first."""

    levels: Annotated[list[Option], Field(min_length=2, max_length=MOST_OPTIONS)]
    cannot_judge: Option | None = None


class WordShape(Shape):
    """A sector, or an entry of a list."""

    code: Code
    label: Option
    note: Long = ""
    means: Long = ""
    items: list[str] = []


class ConstructShape(Shape):
    """What a group of items is about."""

    code: Code
    label: Option
    lens: str = ""
    part: str = ""
    means: Long = ""
    source: Long = ""


class TargetShape(Shape):
    """Wished-for option numbers (1 is the first) by item code."""

    code: Code
    label: Option
    wanted: dict[str, Annotated[StrictInt, Field(ge=1, le=MOST_OPTIONS)]]


class TaxonomyShape(Shape):
    """The file of the shared vocabulary."""

    schema_: Literal["xsector.taxonomy/1"] = Field(alias="schema")
    version: Version
    sectors: Annotated[list[WordShape], Field(min_length=1)]
    beside: BesideShape
    scales: dict[str, ScaleShape]
    constructs: list[ConstructShape]
    lists: dict[str, list[WordShape]] = {}
    target_profiles: list[TargetShape] = []


_SHAPES: Final = (ItemShape, SectionShape, FormShape, InstrumentShape, BesideShape, ScaleShape, WordShape, TargetShape)
_KEYS: Final = {field.alias or name for shape in _SHAPES for name, field in shape.model_fields.items()}
AnyShape = TypeVar("AnyShape", bound=Shape)


def shaped(document: Document, shape: type[AnyShape]) -> AnyShape:
    """The content of *document* in *shape*; InstrumentFileError names the first fault otherwise."""
    if not isinstance(document.data, dict):
        remedy = "Start from a copy of check_up.yaml."
        raise document.fault((), "The file must be a table of keys and values", remedy=remedy)
    try:
        return shape.model_validate(document.data)
    except ValidationError as error:
        faults = error.errors(include_url=False)
        # A misspelt key is two faults, one unknown and one missing key; the unknown one leads to the mistake.
        first = min(faults, key=lambda fault: fault["type"] != "extra_forbidden")
        raise _in_words(document, first) from None


def listed(names: Iterable[str]) -> str:
    """Names for the end of a remedy, in one line."""
    return ", ".join(list(names)[:30]) or "(none)"


def closest(word: str, names: Iterable[str]) -> str:
    """A remedy that offers the name most like *word*, or all names."""
    known = list(names)
    near = difflib.get_close_matches(word, known, n=1)
    return f"Did you mean “{near[0]}”?" if near else f"Use one of: {listed(known)}."


def _in_words(document: Document, fault: ErrorDetails) -> InstrumentFileError:
    place: Place = fault["loc"]
    key = str(place[-1]) if place else ""
    if fault["type"] == "extra_forbidden":
        near = difflib.get_close_matches(key, _KEYS, n=1)
        remedy = f"Did you mean “{near[0]}”?" if near else "Remove it."
        return document.fault(place, f"There is no key “{key[:40]}”", remedy=remedy)
    if fault["type"] == "missing":
        return document.fault(place, f"The key “{key}” is missing", remedy=f"Add “{key}: …”.")
    problem, remedy = _WORDING.get(fault["type"], _as_told)(fault)
    return document.fault(place, problem, remedy=remedy)


Wording = Callable[[ErrorDetails], tuple[str, str]]


def _shown(fault: ErrorDetails) -> str:
    written = fault["input"]
    if written is None:
        return "nothing stands there"
    if isinstance(written, bool):
        return f"“{str(written).lower()}” stands there"
    if isinstance(written, (list, dict)):
        return "a list stands there" if isinstance(written, list) else "a table stands there"
    return f"“{str(written)[:40]}” stands there"


def _wants(what: str, remedy: str) -> Wording:
    return lambda fault: (f"This must be {what}, but {_shown(fault)}", remedy)


def _as_told(fault: ErrorDetails) -> tuple[str, str]:
    message = fault["msg"].removeprefix("Value error, ")
    return message.rstrip("."), "Change the value."


def _too_few(fault: ErrorDetails) -> tuple[str, str]:
    lowest = fault.get("ctx", {}).get("min_length", 1)
    return f"The list needs at least {lowest}", "Add what is missing."


def _unknown(fault: ErrorDetails) -> tuple[str, str]:
    expected = str(fault.get("ctx", {}).get("expected", "")).replace("'", "")
    return f"“{str(fault['input'])[:40]}” isn't known here", f"Use one of: {expected}."


_WORDING: Final[dict[str, Wording]] = {
    "string_type": _wants("text", "Put the text in quotation marks."),
    "int_type": _wants("a whole number", "Write the number without quotation marks."),
    "bool_type": _wants("true or false", "Write true or false, in small letters, without quotation marks."),
    "list_type": _wants("a list", "Write [one, two], or each entry on a line of its own after “- ”."),
    "dict_type": _wants("a table", "Write “key: value” lines, indented below the key."),
    "model_type": _wants("a table", "Write “key: value” lines, indented below the key."),
    "model_attributes_type": _wants("a table", "Write “key: value” lines, indented below the key."),
    "string_pattern_mismatch": _wants("written another way", "Use plain letters, figures and “_”; a version is 1.0.0."),
    "too_short": _too_few,
    "enum": _unknown,
    "literal_error": _unknown,
}
