"""The file of prompts for cards: read once, checked, with errors that name the place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field, ValidationError

from xsector.errors.files import InstrumentFileError
from xsector.model.cards import MOST_KEYWORDS, MOST_THEMES, Theme
from xsector.model.file_shapes import Code, Long, Shape, Short, Text, Version
from xsector.model.yaml_document import read_document

_REMEDY: Final = "Mend the file, then start again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """Something to write cards about, what the vote on them asks, and the themes to begin with."""

    code: str
    text: str
    short: str
    vote: str
    themes: tuple[Theme, ...]


class _ThemeShape(Shape):
    label: Short
    keywords: Annotated[list[Short], Field(max_length=MOST_KEYWORDS)]


class _PromptShape(Shape):
    code: Code
    text: Text
    short: Short
    vote: Text
    source: Long
    themes: Annotated[list[_ThemeShape], Field(min_length=1, max_length=MOST_THEMES)]


class _FileShape(Shape):
    schema_: Annotated[Literal["xsector.cards/1"], Field(alias="schema")]
    version: Version
    prompts: Annotated[list[_PromptShape], Field(min_length=1)]


@lru_cache(maxsize=4)
def read_prompts(path: Path) -> tuple[Prompt, ...]:
    """The prompts in the file at *path*; InstrumentFileError says what is wrong with it."""
    document = read_document(path)
    try:
        shape = _FileShape.model_validate(document.data)
    except ValidationError as problem:
        first = problem.errors(include_url=False)[0]
        raise document.fault(tuple(first["loc"]), first["msg"], remedy=_REMEDY) from None
    codes = [prompt.code for prompt in shape.prompts]
    if len(set(codes)) < len(codes):
        raise InstrumentFileError(path.name, place="prompts", problem="A code stands twice", remedy=_REMEDY)
    return tuple(_prompt(one) for one in shape.prompts)


def _prompt(shape: _PromptShape) -> Prompt:
    themes = (
        Theme(number=number, label=one.label, keywords=tuple(one.keywords))
        for number, one in enumerate(shape.themes, start=1)
    )
    return Prompt(code=shape.code, text=shape.text, short=shape.short, vote=shape.vote, themes=tuple(themes))
