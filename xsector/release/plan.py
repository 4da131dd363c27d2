"""Who may be shown together: rules K, S, F and R of the release, decided on membership alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from xsector.model.phrases import counted, listed
from xsector.model.policy import Policy
from xsector.model.released import COMBINED_LOOK, Block, Hidden
from xsector.model.sector import Sector

LATE: Final = "late"
"""The past of people who came onto the roster after the round was opened and were never counted before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """People of one sector with one past: how many, from which organisations.

    ``alone`` counts people of whom no organisation is known; each is one of their own. ``past`` names the blocks
    in which all of them, and nobody else, were counted before; it is empty for those who never were.
    """

    sector: str
    people: int
    organisations: frozenset[int] = frozenset()
    alone: int = 0
    past: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What a past says of those who share it: who of them has not finished now, and the largest block in it."""

    people: int
    organisations: frozenset[int]
    largest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The blocks that may be shown, in order, and what is to be said of people who aren't shown by their sector."""

    blocks: tuple[Block, ...]
    hidden: tuple[Hidden, ...]
    places: Mapping[tuple[str, str], int]
    """Past and sector to the place of the block that counts them; nobody else is counted."""
    unmixed: frozenset[int]
    """Places of the blocks that no earlier round lets anybody take apart: all their people are new, or they are
    exactly those of one earlier block. Only these may show sensitive questions, for rule B looks at a block whole."""


def large_enough(cells: Iterable[Cell], *, policy: Policy) -> bool:
    """Whether the people of *cells* together are at least k, from at least m organisations."""
    together = list(cells)
    known = frozenset[int]().union(*(cell.organisations for cell in together))
    organisations = len(known) + sum(cell.alone for cell in together)
    return sum(cell.people for cell in together) >= policy.k and organisations >= policy.m


def partition(cells: Sequence[Cell], *, policy: Policy) -> list[tuple[Cell, ...]]:
    """Groups of cells that may be shown; the last one is combined if it holds several.

    Nobody is left over beside the groups: whoever's own cell is too small stands in the combined
    group, and if that is too small, the smallest good cell joins it. An empty list means that
    nobody can be shown.
    """
    present = [cell for cell in cells if cell.people]
    good = [cell for cell in present if large_enough([cell], policy=policy)]
    rest = [cell for cell in present if cell not in good]
    while rest and not large_enough(rest, policy=policy):
        if not good:
            return []
        smallest = min(good, key=lambda cell: (cell.people, cell.sector))
        good.remove(smallest)
        rest.append(smallest)
    return [(cell,) for cell in good] + ([tuple(rest)] if rest else [])


def plan(
    cells: Sequence[Cell], *, sectors: Sequence[Sector], policy: Policy, before: Mapping[str, Before] | None = None
) -> Plan:
    """What the present membership allows, with names and reasons in words.

    *sectors* gives the order and the labels; *before* has an entry for each past. Answers are no part of this: the
    same membership always gives the same plan.
    """
    order = {sector.code: place for place, sector in enumerate(sectors)}
    ordered = sorted(cells, key=lambda cell: (cell.past, order.get(cell.sector, len(order))))
    groups = [group for past in _pasts(ordered) for group in _groups(ordered, past, policy=policy, before=before or {})]
    blocks = _blocks(groups, sectors=sectors)
    places = {(cell.past, cell.sector): blocks.index(block) for block in blocks for cell in block}
    return Plan(
        blocks=tuple(_block(block, sectors=sectors) for block in blocks),
        hidden=tuple(_hidden(ordered, blocks=blocks, sectors=sectors, policy=policy, before=before or {})),
        places=places,
        unmixed=frozenset(place for place, block in enumerate(blocks) if _unmixed(block, before=before or {})),
    )


def _unmixed(block: tuple[Cell, ...], *, before: Mapping[str, Before]) -> bool:
    pasts = {cell.past for cell in block}
    if pasts <= {"", LATE}:
        return True
    (past, *others) = pasts
    # As many as the largest block they were ever counted in: then each of these blocks held the same people.
    return not others and past in before and sum(cell.people for cell in block) == before[past].largest


def _too_few_gone(before: Before | None, *, policy: Policy) -> bool:
    """Whether some of those counted together before are missing now, but not enough to hide among each other."""
    if before is None or not before.people:
        return False
    return before.people < policy.k or len(before.organisations) < policy.m


def _pasts(cells: Iterable[Cell]) -> list[str]:
    return list(dict.fromkeys(cell.past for cell in cells))


def _groups(
    cells: Sequence[Cell], past: str, *, policy: Policy, before: Mapping[str, Before]
) -> list[tuple[Cell, ...]]:
    """Those of one past in groups: each group, and those who are absent, must be nobody or large enough.

    Whoever subtracts two rounds from each other finds no fewer people than that.
    """
    if _too_few_gone(before.get(past), policy=policy):
        return []
    return partition([cell for cell in cells if cell.past == past], policy=policy)


def _blocks(groups: Sequence[tuple[Cell, ...]], *, sectors: Sequence[Sector]) -> list[tuple[Cell, ...]]:
    """What is shown: each sector by its name, and everybody who is in a group of several as one."""
    own: dict[str, tuple[Cell, ...]] = {}
    several: tuple[Cell, ...] = ()
    for group in groups:
        if len(group) == 1:
            own[group[0].sector] = own.get(group[0].sector, ()) + group
        else:
            several += group
    named = [own[sector.code] for sector in sectors if sector.code in own]
    return named + ([several] if several else [])


def _block(cells: tuple[Cell, ...], *, sectors: Sequence[Sector]) -> Block:
    known = {sector.code: sector for sector in sectors}
    members = sorted({known[cell.sector] for cell in cells}, key=list(sectors).index)
    name = members[0].label if len(members) == 1 else "Combined: " + listed([one.label for one in members])
    look = members[0].look if len(members) == 1 else COMBINED_LOOK
    codes = tuple(one.code for one in members)
    return Block(name=name, sectors=codes, n=sum(cell.people for cell in cells), look=look)


def _hidden(
    cells: Sequence[Cell], *, blocks: Sequence[tuple[Cell, ...]], sectors: Sequence[Sector], policy: Policy,
    before: Mapping[str, Before],
) -> Iterable[Hidden]:  # fmt: skip
    own = {cell for block in blocks for cell in block if len({one.sector for one in block}) == 1}
    together = {cell for block in blocks for cell in block} - own
    for sector in sectors:
        there = [cell for cell in cells if cell.sector == sector.code and cell not in own]
        reasons = [_reason(cell, shown_combined=cell in together, policy=policy, before=before) for cell in there]
        if reasons:
            yield Hidden(sector=sector.code, label=sector.label, reason="; ".join(reasons))


def _reason(cell: Cell, *, shown_combined: bool, policy: Policy, before: Mapping[str, Before]) -> str:
    if not cell.people:
        return "nobody has answered"
    gone = before.get(cell.past)
    if gone is not None and _too_few_gone(gone, policy=policy):
        return (
            f"{counted(cell.people, 'person', 'people')} who were counted before wait: of those counted with them, "
            f"{gone.people} did not answer now, and the difference between the rounds would show what they said"
        )
    who = _who(cell)
    if large_enough([cell], policy=policy):
        why = "joined to others that would be too few by themselves"
    elif cell.people < policy.k:
        why = f"fewer than {policy.k} people answered{who}"
    else:
        why = f"the answers come from fewer than {policy.m} organisations{who}"
    if shown_combined:
        return f"{why}; counted in the combined group"
    return f"{why}; these {cell.people} wait for the next round" if who else f"{why}; not shown"


def _who(cell: Cell) -> str:
    if cell.past == LATE:
        return " of those who were added after the opening"
    return " of those who were counted before" if cell.past else ""
