"""Counts of one released item as rows that can be drawn: shares, sides, and how numbers read."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pandas as pd

from xsector.model.instrument import Kind
from xsector.model.released import Release, ReleasedItem

EVERYONE: Final = "Everyone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One group's answers to one item: ``shares`` in percent by level, empty if nobody answered."""

    label: str
    look: int | None
    people: int
    counts: tuple[int, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The levels of a scale below and above its middle, outermost first, and the middle level itself."""

    low: tuple[int, ...]
    middle: int | None
    high: tuple[int, ...]


def sides_of(levels: int) -> Sides:
    """The two sides of a scale; an even one has no middle."""
    half = levels // 2
    middle = half if levels % 2 else None
    return Sides(low=tuple(range(half)), middle=middle, high=tuple(range(levels - 1, levels - half - 1, -1)))


def everyone(item: ReleasedItem, *, release: Release) -> Row:
    """All blocks together."""
    counts = tuple(sum(column) for column in zip(*item.counts, strict=True))
    people = sum(_people(item, block=place, release=release) for place in range(len(release.blocks)))
    return _row(EVERYONE, look=None, people=people, counts=counts)


def block_rows(item: ReleasedItem, *, release: Release) -> list[Row]:
    """One row per block, in the order of the release."""
    return [
        _row(block.name, look=block.look, people=_people(item, block=place, release=release),
             counts=item.counts[place])
        for place, block in enumerate(release.blocks)
    ]  # fmt: skip


def side_share(row: Row, levels: Iterable[int]) -> float:
    """Percent of the row's people at these levels, 0 if nobody answered."""
    return sum(row.shares[level] for level in levels) if row.shares else 0.0


def net(row: Row) -> float:
    """Percent above the middle less percent below it."""
    sides = sides_of(len(row.counts))
    return side_share(row, sides.high) - side_share(row, sides.low)


def known_means(means: pd.DataFrame, *, code: str, release: Release) -> dict[str, float]:
    """Means of one item by block name, in the order of the release, without the missing ones."""
    numbers = means.astype("float64").to_dict("index")[code]
    return {block.name: numbers[block.name] for block in release.blocks if not math.isnan(numbers[block.name])}


def unshown_sectors(release: Release) -> list[str]:
    """Names of sectors that no block holds."""
    held = {code for block in release.blocks for code in block.sectors}
    return [hidden.label for hidden in release.hidden if hidden.sector not in held]


def percent(share: float) -> str:
    """A share as it is printed; a share above nothing never reads 0."""
    return "<1%" if 0 < share < 0.5 else f"{share:.0f}%"


def number(count: int) -> str:
    """A count with its thousands set apart."""
    return f"{count:,}"


def answered_of(release: Release) -> str:
    """How many of the invited took part, as a clause."""
    return f"{number(release.answered)} of {number(release.invited)} invited people answered"


def _people(item: ReleasedItem, *, block: int, release: Release) -> int:
    """People of a block who answered; where several options may be ticked, those who didn't skip."""
    if item.kind is not Kind.CHOICES:
        return sum(item.counts[block])
    missing = item.missing[block]
    asked = release.blocks[block].n
    return max(asked - missing.skipped - missing.cannot_judge - missing.not_applicable, *item.counts[block])


def _row(label: str, *, look: int | None, people: int, counts: tuple[int, ...]) -> Row:
    shares = tuple(100 * count / people for count in counts) if people else ()
    return Row(label=label, look=look, people=people, counts=counts, shares=shares)
