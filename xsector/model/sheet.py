"""One person's answers as a row of marks: one byte for each thing an instrument can record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import groupby
from typing import Any

from xsector.model.instrument import MARKED_KINDS, Instrument, Item, Kind


class Mark(IntEnum):
    """What a byte means where it isn't the position of a level (0 is the lowest)."""

    NOT_APPLICABLE = 253
    CANNOT_JUDGE = 254
    SKIPPED = 255


HIGHEST_LEVEL = 249
"""Bytes 250 to 252 are kept for later meanings."""


@dataclass(frozen=True, slots=True)
class Column:
    """One byte's place: an item, or one option of an item of kind ``choices``."""

    item: Item
    option: int | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each answer stands in a row of marks; fixed once a round is open.

    ``compared`` are counted beside the ``columns`` but stand in no row: each follows from several of them.
    """

    columns: tuple[Column, ...]
    compared: tuple[Column, ...] = ()

    @classmethod
    def of(cls, instrument: Instrument) -> Layout:
        """The layout of the counted items of *instrument*, in the order they are asked."""
        return cls(
            columns=tuple(column for item in instrument.items() for column in _columns(item)),
            compared=tuple(Column(item) for item in instrument.compared),
        )

    @property
    def counted(self) -> tuple[Column, ...]:
        """Every column of a count: those of a row that may be counted, then those that follow from several."""
        return tuple(column for column in self.columns if column.item.kind is not Kind.ROUND_ROBIN) + self.compared

    def blank(self, *, sector: str = "") -> bytes:
        """A row in which nothing was answered; what isn't asked of *sector* doesn't apply to it."""
        return bytes(
            Mark.NOT_APPLICABLE if sector and column.item.who and sector not in column.item.who else Mark.SKIPPED
            for column in self.columns
        )

    def item(self, code: str) -> Item:
        """The counted item with this code; LookupError if there is none."""
        return self.columns[self.places(code)[0]].item

    def places(self, code: str) -> list[int]:
        """Byte positions of the item with this code; LookupError if it has none."""
        found = [i for i, column in enumerate(self.columns) if column.item.code == code]
        if not found:
            raise LookupError(f"no counted item {code!r} in this layout")
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A row of marks, and the words beside it, as its author has seen them; ``version`` tells whether they changed."""

    layout: Layout
    marks: bytes
    words: dict[str, Any]
    """Any: texts and comments with their consent, as the sheet keeps them."""
    version: int
    key: str = field(repr=False)
    """That of the sheet they stand in: on another sheet they are worth nothing."""


def _columns(item: Item) -> Iterator[Column]:
    if len(item.levels) > HIGHEST_LEVEL + 1:
        raise ValueError(f"item {item.code!r} has {len(item.levels)} answers; a byte holds {HIGHEST_LEVEL + 1}")
    if item.kind is Kind.CHOICES:
        for option in range(len(item.levels)):
            yield Column(item, option)
    elif item.kind in MARKED_KINDS:
        yield Column(item)


Answer = int | frozenset[int] | Mark
"""A level's position, the set of ticked options, or one of the marks."""


def checked(item: Item, answer: Answer) -> Answer:
    """*answer* if *item* can take it; ValueError names what is wrong otherwise."""
    if isinstance(answer, Mark):
        allowed = {
            Mark.SKIPPED: True,
            Mark.CANNOT_JUDGE: item.cannot_judge is not None,
            Mark.NOT_APPLICABLE: item.not_applicable is not None or bool(item.who),
        }[answer]
        if not allowed:
            raise ValueError(f"item {item.code!r} has no answer {answer.name.lower()!r}")
        return answer
    if isinstance(answer, frozenset) is not (item.kind is Kind.CHOICES):
        raise ValueError(f"item {item.code!r} takes another kind of answer than {answer!r}")
    options = answer if isinstance(answer, frozenset) else (answer,)
    for option in options:
        if isinstance(option, bool) or not isinstance(option, int) or not 0 <= option < len(item.levels):
            raise ValueError(f"item {item.code!r} has no answer number {option!r}")
    return answer


def written(layout: Layout, marks: bytes, answers: Mapping[str, Answer]) -> bytes:
    """*marks* with *answers* (by item code) put in their places; ValueError if one doesn't fit."""
    row = bytearray(_fitting(layout, marks))
    for code, answer in answers.items():
        places = layout.places(code)
        checked(layout.columns[places[0]].item, answer)
        for place in places:
            row[place] = _byte(answer, layout.columns[place].option)
    return bytes(row)


def _byte(answer: Answer, option: int | None) -> int:
    if isinstance(answer, frozenset):
        return int(option in answer)
    return int(answer)


def _fitting(layout: Layout, marks: bytes) -> bytes:
    if len(marks) != len(layout.columns):
        raise ValueError(f"a row of {len(marks)} marks doesn't fit a layout of {len(layout.columns)}")
    return marks


def read(layout: Layout, marks: bytes) -> dict[str, Answer]:
    """The answers in *marks* by item code, without the skipped ones; ValueError if a byte can't be one."""
    found: dict[str, Answer] = {}
    pairs = zip(layout.columns, _fitting(layout, marks), strict=True)
    for code, group in groupby(pairs, key=lambda pair: pair[0].item.code):
        columns, row = zip(*group, strict=True)
        answer = _answer(columns[0], bytes(row))
        if answer is not Mark.SKIPPED:
            found[code] = checked(columns[0].item, answer)
    return found


def _answer(column: Column, row: bytes) -> Answer:
    if row[0] > HIGHEST_LEVEL:
        if set(row) != {row[0]}:
            raise ValueError(f"item {column.item.code!r} is half answered: {row.hex()}")
        return Mark(row[0])
    if column.option is None:
        return row[0]
    if not set(row) <= {0, 1}:
        raise ValueError(f"item {column.item.code!r} has options that are neither ticked nor not: {row.hex()}")
    return frozenset(option for option, ticked in enumerate(row) if ticked)


def said(item: Item, answer: Answer | None) -> str:
    """*answer* as a person would say it; nothing where there is none."""
    if isinstance(answer, Mark):
        return {Mark.CANNOT_JUDGE: item.cannot_judge, Mark.NOT_APPLICABLE: item.not_applicable}.get(answer) or ""
    if isinstance(answer, frozenset):
        return " · ".join(item.levels[place] for place in sorted(answer))
    return "" if answer is None else item.levels[answer]
