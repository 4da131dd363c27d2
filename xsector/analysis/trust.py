"""Trust, from a release: by dimension in partners and in the partnership, and of each sector in each other one.

Everything here follows from what is kept. Where a block is kept as a band, a mean is an interval, and what is said
must hold for all of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np

from xsector.analysis.banded import Interval, kept_of, mean_reach
from xsector.analysis.thresholds import DEFAULT_TRUST_LIMITS, TrustLimits
from xsector.model.modules import trust
from xsector.model.modules.kinds import Dimension, Module
from xsector.model.poles import NO_ANSWER, poles
from xsector.model.released import WITHHELD, BandedItem, Release, ReleasedItem

DIMENSIONS: Final[tuple[Dimension, ...]] = tuple(one for one in Dimension if one is not Dimension.OVERALL)
PARTNERS: Final = dict(zip(DIMENSIONS, trust.IN_PARTNERS, strict=True))
PARTNERSHIP: Final = dict(zip(DIMENSIONS, trust.IN_PARTNERSHIP, strict=True))
"""The check-up's questions about trust in the partners and in the partnership itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ByDimension:
    """Mean trust, 1 the lowest, of everybody who is shown: in partners, and in the partnership; None where unknown."""

    partners: Mapping[Dimension, Interval | None]
    partnership: Mapping[Dimension, Interval | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfGap:
    """Trust in the partnership surely differs from that in partners; above it where ``higher``."""

    higher: bool
    partners: Interval
    partnership: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Trusted:
    """How far people of one block trust one sector: the mean of each statement, and where most of them stand.

    ``mean`` is over the statements that are known, None where none is. ``sides`` are the poles that surely hold
    more than half of those who rated, by dimension. ``people`` is how many rated on the statement that most did.
    ``why`` says what stands for nothing: ``NO_ANSWER`` (too few rated) or ``WITHHELD``; empty where something is kept.
    """

    block: int
    sector: str
    means: Mapping[Dimension, Interval]
    mean: Interval | None
    sides: Mapping[Dimension, str]
    people: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OneSided:
    """One sector trusts another more than the other way round.

    ``surely`` is how much at least, in steps; ``clear`` whether that reaches the limit. ``opposite`` are the
    dimensions on which most of the one are on the high side, and most of the other on the low one. ``people`` is how
    many at most rated on the side where fewer did. ``thin`` says that one of the two surely has little contact with the
    other.
    """

    high: str
    low: str
    given: Interval
    returned: Interval
    surely: float
    clear: bool
    opposite: tuple[Dimension, ...]
    people: int = 0
    thin: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Thin:
    """At least half of one block surely have little or no contact with one sector."""

    block: int
    sector: str


def by_dimension(release: Release) -> ByDimension | None:
    """Trust by dimension from the check-up's questions; None where none of them is shown."""
    there: tuple[ReleasedItem | BandedItem, ...] = (*release.items, *release.banded)
    known = {item.code: item for item in there}
    found = [{one: _everybody(known.get(code)) for one, code in codes.items()} for codes in (PARTNERS, PARTNERSHIP)]
    if not any(one for means in found for one in means.values()):
        return None
    return ByDimension(partners=found[0], partnership=found[1])


def self_gap(found: ByDimension, *, limits: TrustLimits = DEFAULT_TRUST_LIMITS) -> SelfGap | None:
    """Whether trust in the partnership surely lies above or below trust in partners."""
    partners, partnership = average(found.partners.values()), average(found.partnership.values())
    if partners is None or partnership is None or None in {*found.partners.values(), *found.partnership.values()}:
        return None
    for higher, (above, below) in ((True, (partnership, partners)), (False, (partners, partnership))):
        if _reaches(above.low - below.high, limits.self_gap):
            return SelfGap(higher=higher, partners=partners, partnership=partnership)
    return None


def weak_dimension(
    means: Mapping[Dimension, Interval | None], *, limits: TrustLimits = DEFAULT_TRUST_LIMITS
) -> Dimension | None:
    """The dimension that surely lies far below the mean of the other three; None where there is none."""
    for one in DIMENSIONS:
        own, others = means.get(one), average(means.get(other) for other in DIMENSIONS if other is not one)
        whole = all(means.get(other) for other in DIMENSIONS)
        if whole and own and others and _reaches(others.low - own.high, limits.dimension):
            return one
    return None


def cells(release: Release) -> dict[tuple[int, str], Trusted]:
    """How far each block (its place) trusts each sector that is rated; empty where the round didn't ask."""
    items = {item.parts: item for item in _items(release)}
    return {
        (place, sector): _trusted(place, sector, items=items)
        for sector in _rated_in(items)
        for place in range(len(release.blocks))
    }


def rated_sectors(release: Release) -> tuple[str, ...]:
    """Codes of the sectors that are rated, in the partnership's order."""
    there = _rated_in(item.parts for item in _items(release))
    return tuple(one.code for one in release.sectors if one.code in there)


def given(found: Mapping[tuple[int, str], Trusted], *, block: int, own: Sequence[str]) -> Interval | None:
    """How far one block trusts all sectors but its *own*."""
    return average(one.mean for (place, sector), one in found.items() if place == block and sector not in own)


def received(release: Release, *, sector: str, dimension: Dimension) -> Interval | None:
    """How far everybody outside a sector trusts it, everybody counting once; None where too little is known."""
    item = next((one for one in _items(release) if one.parts == (dimension.value, sector)), None)
    outside = [place for place, block in enumerate(release.blocks) if sector not in block.sectors]
    return None if item is None else _mean(_rough(item), blocks=outside)


def received_by_dimension(release: Release, *, sector: str) -> dict[Dimension, Interval | None]:
    """The same for every dimension."""
    return {one: received(release, sector=sector, dimension=one) for one in DIMENSIONS}


def one_sided(release: Release, *, limits: TrustLimits = DEFAULT_TRUST_LIMITS) -> tuple[OneSided, ...]:
    """Pairs of sectors of which one surely trusts the other more than it is trusted, the most one-sided first.

    Said where the means surely lie a step apart; or where most of the one surely are on the high side and most of the
    other on the low one: on one statement if the means surely lie apart as well, otherwise on two. For in small
    groups bands never let means lie a whole step apart for sure, and in groups of five not at all. Pairs that hardly
    meet come last.
    """
    found, places = cells(release), _own_places(release)
    thin = {(one.block, one.sector) for one in thin_contact(release, limits=limits)}
    pairs = [
        _pair(found, high=high, low=low, places=places, thin=thin, limits=limits)
        for one in combinations(rated_sectors(release), 2)
        for high, low in (one, one[::-1])
    ]
    there = [pair for pair in pairs if pair is not None and _is_said(pair, limits=limits)]
    return tuple(sorted(there, key=lambda pair: (pair.thin, -pair.surely, -len(pair.opposite))))


def thin_contact(release: Release, *, limits: TrustLimits = DEFAULT_TRUST_LIMITS) -> tuple[Thin, ...]:
    """Blocks and sectors with surely little contact: then a finding is about contact, not about trust."""
    return tuple(
        Thin(block=place, sector=item.parts[1])
        for item in _items(release)
        if item.parts[0] == trust.CONTACT
        for place, block in enumerate(release.blocks)
        if item.parts[1] not in block.sectors and _sure_share(_rough(item), place=place, pole="low") >= limits.thin
    )


def is_often_thin(release: Release, *, limits: TrustLimits = DEFAULT_TRUST_LIMITS) -> bool:
    """Whether little contact is common: of all blocks and other sectors, so many surely hardly meet."""
    asked = sum(
        item.parts[1] not in block.sectors
        for item in _items(release)
        if item.parts[0] == trust.CONTACT
        for block in release.blocks
    )
    return bool(asked) and len(thin_contact(release, limits=limits)) >= limits.often_thin * asked


def average(means: Iterable[Interval | None]) -> Interval | None:
    """The mean of those that are known, end by end; None where none is."""
    known = [one for one in means if one is not None]
    if not known:
        return None
    return Interval(low=sum(one.low for one in known) / len(known), high=sum(one.high for one in known) / len(known))


def _reaches(gap: float, limit: float) -> bool:
    # A gap of 0.8 is often a hair less in binary numbers.
    return gap >= limit - 1e-9


def _items(release: Release) -> tuple[ReleasedItem | BandedItem, ...]:
    asked: tuple[ReleasedItem | BandedItem, ...] = (
        *release.of_module(Module.TRUST),
        *release.banded_of_module(Module.TRUST),
    )
    return tuple(item for item in asked if len(item.parts) == 2)


def _rated_in(asked: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Codes of the sectors that what is *asked* is about, in that order."""
    return tuple(dict.fromkeys(sector for part, sector in asked if part in DIMENSIONS))


def _rough(item: ReleasedItem | BandedItem) -> BandedItem:
    """An item as one that may have bands, so that both are read in one way."""
    if isinstance(item, BandedItem):
        return item
    return BandedItem(
        code=item.code, text=item.text, short=item.short, theme=item.theme, levels=item.levels, ordered=True,
        reverse=item.reverse, counts=item.counts, missing=item.missing, bands=(None,) * len(item.counts),
    )  # fmt: skip


def _everybody(item: ReleasedItem | BandedItem | None) -> Interval | None:
    return None if item is None else _mean(_rough(item), blocks=range(len(item.counts)))


def _mean(item: BandedItem, *, blocks: Sequence[int]) -> Interval | None:
    """The mean of what is kept of *blocks*; blocks of which nothing is kept are left out."""
    there = [place for place in blocks if not _why(item, place=place)]
    return mean_reach(kept_of(item, blocks=there)) if there else None


def _why(item: BandedItem, *, place: int) -> str:
    """What stands for nothing in one block; empty where something is kept."""
    band = item.bands[place]
    if band is not None:
        return band.pole if band.pole in {WITHHELD, NO_ANSWER} else ""
    return "" if sum(item.counts[place] or ()) else NO_ANSWER


def _trusted(place: int, sector: str, *, items: Mapping[tuple[str, ...], ReleasedItem | BandedItem]) -> Trusted:
    there = {one: _rough(items[one.value, sector]) for one in DIMENSIONS if (one.value, sector) in items}
    means = {one: mean for one, item in there.items() if (mean := _mean(item, blocks=[place])) is not None}
    reasons = [_why(item, place=place) for item in there.values()]
    sides = {one: side for one, item in there.items() if (side := _side(item, place=place))}
    return Trusted(
        block=place,
        sector=sector,
        means=means,
        mean=average(means.values()),
        sides=sides,
        people=max((_rated(item, place=place) for item in there.values()), default=0),
        why="" if means else (WITHHELD if WITHHELD in reasons else NO_ANSWER),
    )


def _rated(item: BandedItem, *, place: int) -> int:
    """How many of one block rated, as far as anything is kept."""
    if _why(item, place=place):
        return 0
    band = item.bands[place]
    return band.people if band is not None else sum(item.counts[place] or ())


def _side(item: BandedItem, *, place: int) -> str:
    """The pole that surely holds more than half of those who rated."""
    names = [pole for pole in poles(len(item.levels), ordered=True) if pole != NO_ANSWER]
    return next((pole for pole in names if _sure_share(item, place=place, pole=pole) > 0.5), "")


def _sure_share(item: BandedItem, *, place: int, pole: str) -> float:
    """How many of those who answered surely stand in one pole."""
    if _why(item, place=place):
        return 0.0
    band = item.bands[place]
    if band is not None:
        return band.at_least / band.people if band.pole == pole else 0.0
    counts = np.array(item.counts[place], dtype=np.float64)
    return float(counts[sorted(poles(len(item.levels), ordered=True)[pole])].sum() / counts.sum())


def _own_places(release: Release) -> dict[str, int]:
    """Places of the blocks that are one sector."""
    return {block.sectors[0]: place for place, block in enumerate(release.blocks) if len(block.sectors) == 1}


def _is_said(pair: OneSided, *, limits: TrustLimits) -> bool:
    if pair.clear or (pair.surely > 0 and pair.opposite):
        return True
    return len(pair.opposite) >= limits.opposite


def _pair(
    found: Mapping[tuple[int, str], Trusted], *, high: str, low: str, places: Mapping[str, int],
    thin: Collection[tuple[int, str]], limits: TrustLimits,
) -> OneSided | None:  # fmt: skip
    """How far *high* trusts *low* more than the other way round."""
    if high not in places or low not in places:
        return None
    there, back = found[places[high], low], found[places[low], high]
    both = [one for one in DIMENSIONS if one in there.means and one in back.means]
    give, take = average([there.means[one] for one in both]), average([back.means[one] for one in both])
    if give is None or take is None:
        return None
    surely = give.low - take.high
    opposite = tuple(one for one in both if there.sides.get(one) == "high" and back.sides.get(one) == "low")
    return OneSided(
        high=high, low=low, given=give, returned=take, surely=surely, clear=_reaches(surely, limits.asymmetry),
        opposite=opposite, people=min(there.people, back.people),
        thin=bool({(places[high], low), (places[low], high)} & set(thin)),
    )  # fmt: skip
