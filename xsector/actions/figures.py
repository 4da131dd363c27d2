"""What is kept of the answers of each block: counts, bands, chances and words. Read once, at the seal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xsector.actions.membership import unit_of
from xsector.model.instrument import Item, Kind
from xsector.model.policy import Policy
from xsector.model.released import Band, Part
from xsector.model.sheet import Layout
from xsector.model.words import COMMENTS, FEWEST_WORDS, TEXTS
from xsector.release import redeal
from xsector.release.bands import band_of, smallest_group, withheld
from xsector.release.organisations import chance_of_organisations
from xsector.release.plan import Cell, Plan
from xsector.release.raters import band_of_raters
from xsector.store.counts import MARKS, Tally
from xsector.store.sheets import Home

MOST_DEALT_BY_ORGANISATION: Final = 5_000
"""People; above, single people are dealt: with so many the difference is nil, and the cost isn't."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealing:
    """What a seal works on: the questions, who is counted where, and under which promise."""

    layout: Layout
    cells: Sequence[Cell]
    planned: Plan
    policy: Policy

    def asked(self, item: Item, *, place: int) -> set[bool]:
        """Whether the people of a block were asked; both answers where only some of its sectors were."""
        there = [cell for cell in self.cells if self.planned.places.get(cell.unit) == place]
        return {not item.who or cell.sector in item.who for cell in there}


def asked_as(item: Item, layout: Layout) -> frozenset[str]:
    """Which sectors are asked, and of a question that averages others, who is rated there by whom."""
    return frozenset(item.who) | {f"{code} by {sorted(layout.item(code).raters) or 'all'}" for code in item.averages}


def held(
    sealing: Sealing, *, asked_before: dict[str, set[frozenset[str]]], alone_before: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """Questions of which no count leaves, in any block. Membership alone decides.

    *asked_before* says how each was asked in earlier rounds; ratings *alone_before* went to their organisation alone.

    A question must be asked of a whole block or of none of it: of a part, nobody has seen to it that those who
    come and go are enough. A question that other sectors were asked in an earlier round would show those left
    out, by subtraction. A sensitive one needs blocks large enough for a band.
    """
    return tuple(
        item.code
        for item in {column.item.code: column.item for column in sealing.layout.counted}.values()
        if len({asked_as(item, sealing.layout)} | asked_before.get(item.code, set())) > 1
        or alone_before & set(item.averages)
        or any(
            _too_little(item, sealing.asked(item, place=place), people=block.n, policy=sealing.policy)
            for place, block in enumerate(sealing.planned.blocks)
        )
    )


def _too_little(item: Item, asked: set[bool], *, people: int, policy: Policy) -> bool:
    if len(asked) > 1:
        return True
    return item.sensitive and True in asked and (item.kind is Kind.CHOICES or people < smallest_group(policy))


def parts(sealing: Sealing, tally: Tally, *, held: Sequence[str]) -> list[Part]:
    """What is kept of each block: counts, or a band where a sensitive question's would say too much."""
    return [_part(sealing, tally, held=held, place=place) for place in range(len(sealing.planned.blocks))]


def _part(sealing: Sealing, tally: Tally, *, held: Sequence[str], place: int) -> Part:
    counts: dict[tuple[str, int, int], int] = {}
    bands: dict[str, Band] = {}
    together = _together(tally, planned=sealing.planned, place=place)
    for column, where in enumerate(sealing.layout.counted):
        item = where.item
        if item.code in held or item.by_name:
            continue
        row = {mark: int(together[column, mark]) for mark in range(MARKS) if together[column, mark]}
        kept = _band(row, item=item, sealing=sealing, tally=tally, place=place)
        if kept is not None:
            bands[item.code] = kept
            continue
        counts |= {(item.code, where.option or 0, mark): people for mark, people in row.items()}
    return Part(block=sealing.planned.blocks[place], counts=counts, bands=bands)


def _band(row: dict[int, int], *, item: Item, sealing: Sealing, tally: Tally, place: int) -> Band | None:
    if not item.sensitive or True not in sealing.asked(item, place=place):
        return None
    block = sealing.planned.blocks[place]
    if place not in sealing.planned.unmixed:
        return withheld(block.n)
    if not item.averages:
        return band_of(row, item=item, policy=sealing.policy)
    raters = _raters(tally, item=item, planned=sealing.planned, place=place)
    named = block.organisation is not None
    return band_of_raters(row, raters=raters, item=item, policy=sealing.policy, named=named)


def _raters(tally: Tally, *, item: Item, planned: Plan, place: int) -> Counter[int | None]:
    """People of one block who rated, by organisation."""
    found: Counter[int | None] = Counter()
    for (group, organisation, code), people in tally.raters.items():
        if code == item.code and planned.places.get(group) == place:
            found[organisation] += people
    return found


def _together(tally: Tally, *, planned: Plan, place: int) -> NDArray[np.int64]:
    """People by column and mark of one block."""
    there = [number for number, group in enumerate(tally.groups) if planned.places.get(group) == place]
    summed: NDArray[np.int64] = tally.people[there].sum(axis=0)
    return summed


def said_by_name(sealing: Sealing, tally: Tally) -> Counter[tuple[int, str, int]]:
    """What those who are counted said in their organisations' names: people by organisation, item code and mark."""
    found: Counter[tuple[int, str, int]] = Counter()
    for (group, organisation, code, mark), people in tally.said.items():
        if group in sealing.planned.places:
            found[organisation, code, mark] += people
    return found


def chances(
    items: Iterable[Item], *, parts: Sequence[Part], organisations: Sequence[Sequence[int]] | None
) -> dict[str, float]:
    """How often dealing the same answers to *parts* at random gives as large a gap between them, by item code.

    *organisations* has the sizes of each part's organisations; None where everybody stands for themselves. Items
    of which a part holds no counts have no chance.
    """
    if len(parts) < 2:
        return {}
    banded = {code for part in parts for code in part.bands}
    found = {}
    for item in items:
        # The counts of a block don't hold who ticked several options, so these have no chance.
        if item.context or item.kind is Kind.CHOICES or item.code in banded:
            continue
        table = np.array([[part.counts.get((item.code, 0, mark), 0) for mark in range(MARKS)] for part in parts])
        share = _chance(item, table[:, : len(item.levels)], everybody=table.sum(axis=1), organisations=organisations)
        if share is not None:
            found[item.code] = share
    return found


def _chance(
    item: Item,
    table: NDArray[np.int64],
    *,
    everybody: NDArray[np.int64],
    organisations: Sequence[Sequence[int]] | None,
) -> float | None:
    between = redeal.between_ordered if item.ordered else redeal.between_nominal
    seed = redeal.seed_of(item.code, table)
    if organisations is None:
        return redeal.chance_from_counts(table, seed=seed, between=between)
    silent = everybody - table.sum(axis=1)
    return chance_of_organisations(
        np.column_stack([table, silent]), organisations=organisations, seed=seed, between=between
    )


def sizes_to_deal(sizes: Sequence[Counter[int | None]]) -> list[list[int]] | None:
    """Sizes of the organisations in each block, from people by organisation (None: each stands for themselves).

    None where everybody stands for themselves, or there are too many.
    """
    everybody = sum(sum(one.values()) for one in sizes)
    apart = [[people for where, people in one.items() if where is not None] for one in sizes]
    if everybody > MOST_DEALT_BY_ORGANISATION or all(people == 1 for block in apart for people in block):
        return None
    return [block + [1] * one[None] for block, one in zip(apart, sizes, strict=True)]


def spoken(
    said: Iterable[tuple[Home, dict[str, dict[str, dict[str, object]]]]],
    *,
    sealing: Sealing,
    named: frozenset[tuple[str, int]],
) -> dict[str, list[tuple[str, bool]]]:
    """Comments and texts of those who are counted, by item code, each with whether the room may see it.

    Of a question with fewer than eight of them, or from too few organisations, nothing is kept: membership of
    those who wrote decides, as everywhere. Whoever keeps them deals their order.
    """
    texts: dict[str, list[tuple[str, bool]]] = {}
    homes: dict[str, set[object]] = {}
    for home, words in said:
        if sealing.planned.places.get(unit_of(home, named=named)) is None:
            continue
        for code, word in {**words.get(TEXTS, {}), **words.get(COMMENTS, {})}.items():
            texts.setdefault(code, []).append((str(word["text"]), bool(word["may_show"])))
            homes.setdefault(code, set()).add(home[2] if home[2] is not None else object())
    enough = [code for code in texts if len(texts[code]) >= FEWEST_WORDS and len(homes[code]) >= sealing.policy.m]
    return {code: texts[code] for code in enough}
