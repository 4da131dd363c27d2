"""Who may be shown together: rules K, S and F of the release, decided on membership alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xsector.model.phrases import listed
from xsector.model.policy import Policy
from xsector.model.released import COMBINED_LOOK, Block, Hidden
from xsector.model.sector import Sector


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """The people of one sector: how many, from which organisations.

    ``alone`` counts people of whom no organisation is known; each is one of their own.
    """

    sector: str
    people: int
    organisations: frozenset[int] = frozenset()
    alone: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The blocks that may be shown, in order, and the sectors that aren't shown by name."""

    blocks: tuple[Block, ...]
    hidden: tuple[Hidden, ...]


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


def plan(cells: Sequence[Cell], *, sectors: Sequence[Sector], policy: Policy) -> Plan:
    """What the present membership allows, with names and reasons in words.

    *sectors* gives the order and the labels. Answers are no part of this: the same membership
    always gives the same plan.
    """
    order = {sector.code: place for place, sector in enumerate(sectors)}
    ordered = sorted(cells, key=lambda cell: order.get(cell.sector, len(order)))
    groups = partition(ordered, policy=policy)
    shown = [_block(group, sectors=sectors) for group in groups]
    return Plan(blocks=tuple(shown), hidden=tuple(_hidden(ordered, groups=groups, sectors=sectors, policy=policy)))


def _block(group: tuple[Cell, ...], *, sectors: Sequence[Sector]) -> Block:
    known = {sector.code: sector for sector in sectors}
    members = sorted((known[cell.sector] for cell in group), key=list(sectors).index)
    name = members[0].label if len(members) == 1 else "Combined: " + listed([one.label for one in members])
    look = members[0].look if len(members) == 1 else COMBINED_LOOK
    codes = tuple(one.code for one in members)
    return Block(name=name, sectors=codes, n=sum(cell.people for cell in group), look=look)


def _hidden(
    cells: Sequence[Cell], *, groups: list[tuple[Cell, ...]], sectors: Sequence[Sector], policy: Policy
) -> Iterable[Hidden]:
    own = {group[0].sector for group in groups if len(group) == 1}
    combined = next((group for group in groups if len(group) > 1), ())
    people = {cell.sector: cell.people for cell in cells}
    for sector in sectors:
        if sector.code in own or sector.code not in people:
            continue
        alone = next(cell for cell in cells if cell.sector == sector.code)
        reason = _reason(alone, shown_combined=alone in combined, policy=policy)
        yield Hidden(sector=sector.code, label=sector.label, reason=reason)


def _reason(cell: Cell, *, shown_combined: bool, policy: Policy) -> str:
    if not cell.people:
        return "nobody has answered"
    if large_enough([cell], policy=policy):
        why = "joined to others that would be too few by themselves"
    elif cell.people < policy.k:
        why = f"fewer than {policy.k} people answered"
    else:
        why = f"the answers come from fewer than {policy.m} organisations"
    return f"{why}; counted in the combined group" if shown_combined else f"{why}; not shown"
