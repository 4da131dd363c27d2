"""Blocks of several releases of one round as one picture: every figure is a sum over whole blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from xsector.model.instrument import Item
from xsector.model.poles import poles
from xsector.model.released import WITHHELD, Band, Block, Part
from xsector.release.bands import withheld

BlockKey: TypeAlias = tuple[tuple[str, ...], int | None]
"""What blocks of several releases have in common that are shown as one: their sectors, or their organisation."""


def key_of(block: Block) -> BlockKey:
    """By what *block* is known across the releases of a round."""
    return (block.sectors, block.organisation)


def together(parts: Sequence[Part], *, items: Mapping[str, Item]) -> tuple[Part, ...]:
    """*parts* with those of one name added up, in the order in which they first came, combined groups last.

    *items* has the sensitive ones at least, by code.
    """
    groups: dict[BlockKey, list[Part]] = {}
    for part in parts:
        groups.setdefault(key_of(part.block), []).append(part)
    made = [_sum(group, items=items) for group in groups.values()]
    return tuple(sorted(made, key=lambda part: len(part.block.sectors) > 1))


def _sum(group: Sequence[Part], *, items: Mapping[str, Item]) -> Part:
    if len(group) == 1:
        return group[0]
    banded = {code for part in group for code in part.bands}
    counts: dict[tuple[str, int, int], int] = {}
    for part in group:
        for key, people in part.counts.items():
            if key[0] not in banded:
                counts[key] = counts.get(key, 0) + people
    return Part(
        block=replace(group[0].block, n=sum(part.block.n for part in group)),
        counts=counts,
        bands={code: _band(group, item=items[code]) for code in sorted(banded)},
    )


def _band(group: Sequence[Part], *, item: Item) -> Band:
    """At least so many of all of *group* in one pole; nothing where its blocks lean to different ones."""
    bands = [part.bands[item.code] for part in group if item.code in part.bands]
    counted = [part for part in group if item.code not in part.bands]
    people = sum(band.people for band in bands) + sum(_people(part, item=item) for part in counted)
    leaning = {band.pole for band in bands}
    if len(leaning) > 1 or WITHHELD in leaning:
        return withheld(people)
    (pole,) = leaning
    marks = poles(len(item.levels), ordered=item.ordered)[pole]
    sure = sum(band.at_least for band in bands)
    sure += sum(part.counts.get((item.code, 0, mark), 0) for part in counted for mark in marks)
    return Band(pole=pole, at_least=sure, people=people)


def _people(part: Part, *, item: Item) -> int:
    return sum(people for (code, _, _), people in part.counts.items() if code == item.code)
