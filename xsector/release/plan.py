"""Who may be shown together: rules K, S, F and R of the release, decided on membership alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from xsector.model.phrases import counted, listed
from xsector.model.policy import Policy
from xsector.model.released import COMBINED_LOOK, Block, Hidden
from xsector.model.sector import Sector

LATE: Final = "late"
"""The past of people who came onto the roster after the round was opened and were never counted before."""


Unit: TypeAlias = tuple[str, str, int | None]
"""Past, sector and, for those who stand under their organisation's name, the organisation: one cell has one unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """People of one sector with one past: how many, from which organisations.

    ``alone`` counts people of whom no organisation is known; each is one of their own. ``past`` names the blocks
    in which all of them, and nobody else, were counted before; it is empty for those who never were. ``named`` is
    the organisation under whose name they may all be shown, for each of them has agreed.
    """

    sector: str
    people: int
    organisations: frozenset[int] = frozenset()
    alone: int = 0
    past: str = ""
    named: int | None = None

    @property
    def unit(self) -> Unit:
        """What its people have in common."""
        return (self.past, self.sector, self.named)


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What a past says of those who share it: who of them has not finished now, and the largest block in it."""

    people: int
    organisations: frozenset[int]
    largest: int
    named: bool = False
    """Whether one of these blocks bears an organisation's name: then its people are of that organisation alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The blocks that may be shown, in order, and what is to be said of people who aren't shown by their sector."""

    blocks: tuple[Block, ...]
    hidden: tuple[Hidden, ...]
    places: Mapping[Unit, int]
    """Unit to the place of the block that counts its people; nobody else is counted."""
    unmixed: frozenset[int]
    """Places of the blocks that no earlier round lets anybody take apart: all their people are new, or they are
    exactly those of one earlier block. Only these may show sensitive questions, for rule B looks at a block whole."""


def large_enough(cells: Iterable[Cell], *, policy: Policy) -> bool:
    """Whether the people of *cells* together are at least k, from at least m organisations.

    A cell under its organisation's name is from one, as everybody in it has agreed.
    """
    together = list(cells)
    known = frozenset[int]().union(*(cell.organisations for cell in together))
    organisations = len(known) + sum(cell.alone for cell in together)
    named = len(together) == 1 and together[0].named is not None
    return sum(cell.people for cell in together) >= policy.k and organisations >= (1 if named else policy.m)


def partition(cells: Sequence[Cell], *, policy: Policy) -> list[tuple[Cell, ...]]:
    """Groups of cells that may be shown; the last one is combined if it holds several.

    Nobody is left over beside the groups: whoever's own cell is too small stands in the combined
    group, and if that is too small, the smallest good cell joins it. An empty list means that
    nobody can be shown.
    """
    good, rest = _by_size(cells, policy=policy)
    while rest and not large_enough(rest, policy=policy):
        if not good:
            return []
        rest.append(_smallest_of(good))
    return [(cell,) for cell in good] + ([tuple(rest)] if rest else [])


def ripe(cells: Sequence[Cell], *, policy: Policy, away: Before | None = None) -> list[tuple[Cell, ...]]:
    """Cells that may be shown while others still answer, each by itself.

    Those who go on waiting, with those *away* who were counted together with them before, are nobody, or enough
    to be a group of their own.
    """
    good, rest = _by_size(cells, policy=policy)
    while good and not _may_wait(rest, away=away, policy=policy):
        rest.append(_smallest_of(good))
    return [(cell,) for cell in good]


def _by_size(cells: Sequence[Cell], *, policy: Policy) -> tuple[list[Cell], list[Cell]]:
    """Cells that are large enough by themselves, and the others."""
    present = [cell for cell in cells if cell.people]
    good = [cell for cell in present if large_enough([cell], policy=policy)]
    return good, [cell for cell in present if cell not in good]


def _smallest_of(good: list[Cell]) -> Cell:
    """The smallest cell, which is taken out of *good*."""
    smallest = min(good, key=lambda cell: (cell.people, cell.sector, cell.named or 0))
    good.remove(smallest)
    return smallest


def _may_wait(rest: Sequence[Cell], *, away: Before | None, policy: Policy) -> bool:
    people = sum(cell.people for cell in rest) + (away.people if away else 0)
    organisations = (away.organisations if away else frozenset()).union(*(cell.organisations for cell in rest))
    least = 1 if away and away.named else policy.m
    enough = people >= policy.k and len(organisations) + sum(cell.alone for cell in rest) >= least
    return not people or enough


def plan(
    cells: Sequence[Cell],
    *,
    sectors: Sequence[Sector],
    policy: Policy,
    before: Mapping[str, Before] | None = None,
    names: Mapping[int, str] | None = None,
) -> Plan:
    """What the present membership allows once nobody is waited for, with names and reasons in words.

    *sectors* gives the order and the labels, *names* those of organisations; *before* has an entry for each past.
    Answers are no part of this: the same membership always gives the same plan.
    """

    def grouped(there: Sequence[Cell], away: Before | None) -> list[tuple[Cell, ...]]:
        return [] if _too_few_gone(away, policy=policy) else partition(there, policy=policy)

    return _planned(cells, sectors=sectors, policy=policy, before=before or {}, names=names or {}, grouped=grouped)


def plan_while_open(
    cells: Sequence[Cell], *, sectors: Sequence[Sector], policy: Policy, before: Mapping[str, Before] | None = None
) -> Plan:
    """What may be shown of those who have finished while others still answer."""

    def grouped(there: Sequence[Cell], away: Before | None) -> list[tuple[Cell, ...]]:
        return ripe(there, policy=policy, away=away)

    return _planned(cells, sectors=sectors, policy=policy, before=before or {}, names={}, grouped=grouped)


Grouped: TypeAlias = Callable[[Sequence[Cell], Before | None], list[tuple[Cell, ...]]]


def _planned(
    cells: Sequence[Cell], *, sectors: Sequence[Sector], policy: Policy, before: Mapping[str, Before],
    names: Mapping[int, str], grouped: Grouped,
) -> Plan:  # fmt: skip
    order = {sector.code: place for place, sector in enumerate(sectors)}
    ordered = sorted(cells, key=lambda cell: (cell.past, order.get(cell.sector, len(order)), cell.named or 0))
    # Those of one past are grouped among themselves: whoever subtracts two rounds finds no fewer than a group.
    groups = [
        group
        for past in _pasts(ordered)
        for group in grouped([cell for cell in ordered if cell.past == past], before.get(past))
    ]
    blocks = _blocks(groups, sectors=sectors, names=names)
    return Plan(
        blocks=_told_apart(_block(block, sectors=sectors, names=names) for block in blocks),
        hidden=tuple(_hidden(ordered, blocks=blocks, sectors=sectors, policy=policy, before=before)),
        places={cell.unit: place for place, block in enumerate(blocks) for cell in block},
        unmixed=frozenset(place for place, block in enumerate(blocks) if _unmixed(block, before=before)),
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
    return before.people < policy.k or len(before.organisations) < (1 if before.named else policy.m)


def _pasts(cells: Iterable[Cell]) -> list[str]:
    return list(dict.fromkeys(cell.past for cell in cells))


def _blocks(
    groups: Sequence[tuple[Cell, ...]], *, sectors: Sequence[Sector], names: Mapping[int, str]
) -> list[tuple[Cell, ...]]:
    """What is shown: organisations that are named, each sector, and everybody who is in a group of several as one."""
    own: dict[tuple[str, int | None], tuple[Cell, ...]] = {}
    several: tuple[Cell, ...] = ()
    for group in groups:
        if len(group) == 1:
            key = (group[0].sector, group[0].named)
            own[key] = own.get(key, ()) + group
        else:
            several += group
    order = [sector.code for sector in sectors]
    ordered = sorted(own, key=lambda key: (order.index(key[0]), key[1] is None, names.get(key[1] or 0, "")))
    return [own[key] for key in ordered] + ([several] if several else [])


def _block(cells: tuple[Cell, ...], *, sectors: Sequence[Sector], names: Mapping[int, str]) -> Block:
    known = {sector.code: sector for sector in sectors}
    members = sorted({known[cell.sector] for cell in cells}, key=list(sectors).index)
    people = sum(cell.people for cell in cells)
    codes = tuple(one.code for one in members)
    organisation = cells[0].named if len({cell.named for cell in cells}) == 1 else None
    if organisation is not None:
        name = names[organisation]
        return Block(name=name, sectors=codes, n=people, look=members[0].look, organisation=organisation)
    name = members[0].label if len(members) == 1 else "Combined: " + listed([one.label for one in members])
    return Block(name=name, sectors=codes, n=people, look=members[0].look if len(members) == 1 else COMBINED_LOOK)


def _told_apart(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks; a sector of which an organisation stands under its own name is “others” beside it."""
    made = tuple(blocks)
    apart = {block.sectors for block in made if block.organisation is not None}
    return tuple(
        replace(block, name=f"{block.name}, others") if block.organisation is None and block.sectors in apart else block
        for block in made
    )


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
