"""Sorts the rows of a table into those that can be used and those that can't, with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xsector.actions.survey.table_file import NumberedRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """Rows of the same width with their numbers, and the others with their reasons."""

    numbers: Sequence[int]
    rows: Sequence[Sequence[str]]
    uneven: tuple[tuple[int, str], ...]
    blank: tuple[int, ...]


def sift(block: Sequence[NumberedRow], *, width: int, padded: bool) -> Sifted:
    """*block* without its blank and uneven rows; *padded* tables leave empty cells at the end away."""
    if all(len(row) == width for _, row in block):
        return Sifted(numbers=[n for n, _ in block], rows=[row for _, row in block], uneven=(), blank=())
    numbers: list[int] = []
    rows: list[list[str]] = []
    uneven: list[tuple[int, str]] = []
    blank: list[int] = []
    for number, row in block:
        if not any(map(str.strip, row)):
            blank.append(number)
        elif (even := _evened(row, width=width, padded=padded)) is not None:
            numbers.append(number)
            rows.append(even)
        else:
            uneven.append((number, f"it has {len(row)} values where the header has {width} names"))
    return Sifted(numbers=numbers, rows=rows, uneven=tuple(uneven), blank=tuple(blank))


def _evened(row: list[str], *, width: int, padded: bool) -> list[str] | None:
    if len(row) == width:
        return row
    if len(row) < width:
        return row + [""] * (width - len(row)) if padded else None
    return None if any(map(str.strip, row[width:])) else row[:width]


def columns_of(rows: Sequence[Sequence[str]], *, width: int) -> Iterator[tuple[str, ...]]:
    """The rows turned into columns; as many empty ones where there are no rows."""
    return iter(zip(*rows, strict=True)) if rows else iter([()] * width)
