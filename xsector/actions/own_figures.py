"""What is kept of each organisation for its own people: how all others who were counted rated it, as one cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xsector.actions.figures import Sealing
from xsector.model.instrument import Item, Kind
from xsector.model.modules import trust
from xsector.model.released import Band
from xsector.model.sheet import Layout
from xsector.release.raters import band_of_raters, enough, may_follow
from xsector.store.counts import Tally
from xsector.store.own_results import Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What earlier rounds and releases of a partnership gave away.

    ``cells`` are the people of each organisation's results, ``by_sector`` codes of ratings that fed a sector's.
    """

    cells: Mapping[int, Sequence[frozenset[int]]]
    by_sector: frozenset[str]


def own_results(
    sealing: Sealing, tally: Tally, *, members: Mapping[int, Mapping[int, int]], earlier: Earlier
) -> dict[tuple[int, str], Kept]:
    """What is kept by organisation and item code; *members* are those counted, with their organisations, by block.

    Membership decides whether anything is kept of an organisation; who rated it decides what.
    """
    found: dict[tuple[int, str], Kept] = {}
    for item in alone_in(sealing.layout):
        about = item.about or 0
        there = {who: home for block in members.values() for who, home in block.items() if home != about}
        size = Counter[int | None](there.values())
        if item.code in earlier.by_sector or not enough(size, policy=sealing.policy):
            continue
        if may_follow(there, earlier=earlier.cells.get(about, ())):
            found[about, item.code] = _kept(sealing, tally, item=item, people=len(there))
    return found


def alone_in(layout: Layout) -> list[Item]:
    """The questions whose answers go to the rated organisation alone."""
    rated = [column.item for column in layout.columns if column.item.kind is Kind.ROUND_ROBIN]
    return [item for item in rated if item.about is not None and item.parts[1] == trust.ALONE]


def by_sector_in(layout: Layout) -> frozenset[str]:
    """Codes of the ratings that feed the result of a sector."""
    return frozenset(code for column in layout.compared for code in column.item.averages)


def _kept(sealing: Sealing, tally: Tally, *, item: Item, people: int) -> Kept:
    counts: Counter[int] = Counter()
    raters: Counter[int | None] = Counter()
    for (group, organisation, code, mark), number in tally.alone.items():
        if code == item.code and group in sealing.planned.places:
            counts[mark] += number
            raters[organisation] += number
    band = band_of_raters(counts, raters=raters, item=item, policy=sealing.policy)
    if band is None:
        return tuple(counts[level] for level in range(len(item.levels)))
    # Too few: of how many is no secret, for everybody who was counted could have rated.
    return band if band.at_least else Band(pole=band.pole, at_least=0, people=people)
