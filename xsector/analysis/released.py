"""A released item as the arithmetic wants it: blocks without answers left out, and who answered counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from xsector.analysis.tallies import Floats, Tallies, nominal_tallies, ordered_tallies, ticked_tallies
from xsector.model.instrument import COUNTED_KINDS, Kind
from xsector.model.released import Block, Missing, Release, ReleasedItem


class Form(StrEnum):
    """Which index fits an item's answers."""

    ORDERED = "ordered"
    NOMINAL = "nominal"
    TICKED = "ticked"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answers:
    """Counts of one item in the blocks that answered it, shape (..., G, K), and the people behind them, (..., G)."""

    code: str
    form: Form
    counts: Floats
    people: Floats
    blocks: tuple[str, ...]

    def rows(self) -> Iterator[tuple[Floats, float]]:
        """Each block's counts and people."""
        return zip(self.counts, self.people.tolist(), strict=True)

    @property
    def n(self) -> int:
        """People who answered."""
        return int(self.people.sum())


def counted_items(release: Release) -> tuple[ReleasedItem, ...]:
    """The items whose answers are counted by level or option, in the order of the release."""
    return tuple(item for item in release.items if item.kind in COUNTED_KINDS)


def form_of(item: ReleasedItem) -> Form:
    """Ticked for ``choices``, else by whether the levels have an order."""
    if item.kind is Kind.CHOICES:
        return Form.TICKED
    return Form.ORDERED if item.ordered else Form.NOMINAL


def counts_of_item(item: ReleasedItem) -> Floats:
    """Counts of every block, shape (blocks, K)."""
    return np.array(item.counts, dtype=np.float64).reshape(len(item.counts), len(item.levels))


def people_of_item(item: ReleasedItem, *, blocks: tuple[Block, ...]) -> Floats:
    """People of every block who answered, shape (blocks,).

    Ticks don't add up to people, so for ``choices`` it is the block less those missing; a block in which
    nobody ticked anything gave no answer.
    """
    counts = counts_of_item(item)
    if form_of(item) is not Form.TICKED:
        return np.asarray(counts.sum(axis=1))
    present = [block.n - missing_people(missing) for block, missing in zip(blocks, item.missing, strict=True)]
    return np.where(counts.sum(axis=1) > 0, np.array(present, dtype=np.float64), 0.0)


def missing_people(missing: Missing) -> int:
    """People who gave no answer on the scale, whatever the reason."""
    return missing.skipped + missing.cannot_judge + missing.not_applicable


def answers_of(item: ReleasedItem, *, blocks: tuple[Block, ...]) -> Answers:
    """The item's answers, without the blocks that gave none."""
    people = people_of_item(item, blocks=blocks)
    here = people > 0
    return Answers(
        code=item.code,
        form=form_of(item),
        counts=counts_of_item(item)[here],
        people=people[here],
        blocks=tuple(block.name for block, answered in zip(blocks, here, strict=True) if answered),
    )


def tallies_of(answers: Answers) -> Tallies:
    """The item's answers in the form that its index is computed from; needs at least one block."""
    if answers.form is Form.TICKED:
        return ticked_tallies(answers.counts, people=answers.people)
    return ordered_tallies(answers.counts) if answers.form is Form.ORDERED else nominal_tallies(answers.counts)
