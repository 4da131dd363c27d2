"""Rule B: where nearly all of a block give one kind of answer to a sensitive question, only that is kept.

A full table would say of a person, or of everybody but one, what they think of others. “At least 4 of 6” leaves
room for each of them, even when one of them subtracts their own answer.
"""

from __future__ import annotations

from collections.abc import Mapping

from xsector.model.instrument import Item
from xsector.model.poles import poles
from xsector.model.policy import Policy
from xsector.model.released import WITHHELD, Band


def smallest_group(policy: Policy) -> int:
    """People a block needs for a sensitive question: with fewer, two poles could hold nearly all of them."""
    return 2 * policy.t + 3


def withheld(people: int) -> Band:
    """What stands for *people* of whom nothing is kept."""
    return Band(pole=WITHHELD, at_least=0, people=people)


def band_of(counts: Mapping[int, int], *, item: Item, policy: Policy) -> Band | None:
    """The band of a block whose people are counted by mark; None where they may be shown as they are.

    Raises
    ------
    ValueError
        The block is too small for a sensitive question.
    """
    people = sum(counts.values())
    if people < smallest_group(policy):
        raise ValueError(f"a block of {people} is too small for the sensitive item {item.code!r}")
    at_least = people - 1 - policy.t
    for pole, marks in poles(len(item.levels), ordered=item.ordered).items():
        if sum(counts.get(mark, 0) for mark in marks) >= at_least:
            return Band(pole=pole, at_least=at_least, people=people)
    return None
