"""Rule K over the whole ledger: everybody who was ever counted has others who were counted in the very same blocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One person, with all blocks that count them, and their organisation."""

    blocks: frozenset[int]
    organisation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lonely:
    """People whom the releases together tell apart from everybody else, and who are too few."""

    people: int
    organisations: int
    blocks: frozenset[int]


def lonely(people: Iterable[Counted], *, promised: Mapping[int, tuple[int, int]]) -> list[Lonely]:
    """The groups of twins that are smaller than was promised for one of their blocks.

    *promised* has for each block the k and m under which it was sealed. A group must hold as many as the weakest
    promise that its people were given, for k may have been raised later.
    """
    groups: dict[frozenset[int], list[int]] = {}
    for one in people:
        groups.setdefault(one.blocks, []).append(one.organisation)
    found = []
    for blocks, organisations in groups.items():
        k = min(promised[block][0] for block in blocks)
        m = min(promised[block][1] for block in blocks)
        apart = len(set(organisations))
        if len(organisations) < k or apart < m:
            found.append(Lonely(people=len(organisations), organisations=apart, blocks=blocks))
    return found
