"""What each module starts with: the lists and statements in ``data/modules``, checked as they are read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt

from xsector.model.file_shapes import Code, Long, Option, Shape, Short, Text, Version, shaped
from xsector.model.modules.kinds import Dimension, Entry, Rating, Road, Stage, Statement, Trust
from xsector.model.taxonomy import Scale, Taxonomy
from xsector.model.yaml_document import Document, read_document


class EntryShape(Shape):
    """A function or an option."""

    code: Code
    text: Text
    short: Short
    source: Long = ""


class EntriesShape(Shape):
    """A list of functions or options, and how many of the first are usual."""

    schema_: Literal["xsector.functions/1", "xsector.options/1"] = Field(alias="schema")
    version: Version
    usual: Annotated[StrictInt, Field(ge=1, le=20)]
    entries: Annotated[list[EntryShape], Field(min_length=2, max_length=20)]


class StatementShape(Shape):
    """A sign or a piece of work of one stage."""

    code: Code
    stage: Road
    work: StrictBool = False
    text: Text
    short: Short
    source: Long = ""


class StageShape(Shape):
    """The statements of the stage module."""

    schema_: Literal["xsector.stage/1"] = Field(alias="schema")
    version: Version
    scale: str
    pictures: Annotated[list[Option], Field(min_length=4, max_length=4)]
    statements: Annotated[list[StatementShape], Field(min_length=8, max_length=20)]


class RatingShape(Shape):
    """A statement about another organisation."""

    code: Code
    dimension: Dimension
    text: Text
    short: Short
    source: Long = ""


class TrustShape(Shape):
    """The statements of the round robin of trust."""

    schema_: Literal["xsector.trust/1"] = Field(alias="schema")
    version: Version
    scale: str
    contact: Annotated[list[Option], Field(min_length=3, max_length=5)]
    statements: Annotated[list[RatingShape], Field(min_length=4, max_length=4)]
    overall: RatingShape


@dataclass(frozen=True, slots=True, kw_only=True)
class Starting:
    """The lists that a convener chooses from; ``usual`` says how many of the first are asked unless they choose."""

    functions: tuple[Entry, ...]
    usual_functions: int
    options: tuple[Entry, ...]
    usual_options: int
    stage: Stage
    trust: Trust


def read_starting(folder: Path, *, taxonomy: Taxonomy) -> Starting:
    """The starting lists in *folder*; InstrumentFileError names a fault with its line."""
    functions, options = _entries(folder / "roles.yaml"), _entries(folder / "priorities.yaml")
    return Starting(
        functions=_read(functions),
        usual_functions=functions.usual,
        options=_read(options),
        usual_options=options.usual,
        stage=_stage(folder / "stage.yaml", taxonomy=taxonomy),
        trust=_trust(folder / "trust.yaml", taxonomy=taxonomy),
    )


@lru_cache(maxsize=8)
def _entries(path: Path) -> EntriesShape:
    return shaped(read_document(path), EntriesShape)


def _read(shape: EntriesShape) -> tuple[Entry, ...]:
    return tuple(Entry(code=one.code, text=one.text, short=one.short, source=one.source) for one in shape.entries)


def _stage(path: Path, *, taxonomy: Taxonomy) -> Stage:
    document = read_document(path)
    shape = shaped(document, StageShape)
    scale = _scale(shape.scale, document=document, taxonomy=taxonomy)
    return Stage(
        statements=tuple(
            Statement(
                code=one.code, text=one.text, short=one.short, stage=one.stage, is_work=one.work, source=one.source
            )
            for one in shape.statements
        ),
        scale=scale.levels,
        cannot_judge=scale.cannot_judge,
        pictures=tuple(shape.pictures),
    )


def _scale(code: str, *, document: Document, taxonomy: Taxonomy) -> Scale:
    if code not in taxonomy.scales:
        raise document.fault(("scale",), f"There is no scale “{code}”", remedy="Use one of the vocabulary's.")
    return taxonomy.scales[code]


def _trust(path: Path, *, taxonomy: Taxonomy) -> Trust:
    document = read_document(path)
    shape = shaped(document, TrustShape)
    scale = _scale(shape.scale, document=document, taxonomy=taxonomy)
    return Trust(
        statements=tuple(_rating(one) for one in shape.statements),
        overall=_rating(shape.overall),
        contact=tuple(shape.contact),
        scale=scale.levels,
        cannot_judge=scale.cannot_judge,
    )


def _rating(shape: RatingShape) -> Rating:
    return Rating(code=shape.code, dimension=shape.dimension, text=shape.text, short=shape.short, source=shape.source)
