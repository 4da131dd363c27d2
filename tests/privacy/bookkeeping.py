"""What the rule of release is told of a round, worked out from the people themselves in the plainest way."""

from collections import Counter

from xsector.model.policy import Tier
from xsector.release.plan import Before, Cell


def cells_of(waiting, *, named):
    """Those who wait, in cells of one past, one sector and, where it may be named, one organisation."""
    groups = {}
    for one in waiting:
        groups.setdefault(unit_of(one, named=named), []).append(one)
    return [
        Cell(
            past=past,
            sector=sector,
            named=organisation,
            people=len(there),
            organisations=frozenset(one.org for one in there),
        )
        for (past, sector, organisation), there in groups.items()
    ]


def unit_of(one, *, named):
    """Past, sector and named organisation of somebody."""
    return (one.past, one.sector, one.org if (one.past, one.org) in named else None)


def named_in(waiting, *, policy):
    """Pasts with organisations that may be named: every one of them is large, and everybody who waits agrees."""
    if policy.tier is not Tier.BY_ORGANISATION or not all(one.agrees for one in waiting):
        return frozenset()
    people = Counter((one.past, one.org) for one in waiting)
    return frozenset(where for where, number in people.items() if number >= policy.k)


def before_of(people, *, ledger):
    """For each past: those who share it and don't wait, and the largest of its blocks."""
    found = {}
    for past in {one.past for one in people if one.counted}:
        away = [one for one in people if one.counted and one.past == past and one.state != "waiting"]
        blocks = [ledger.blocks[number] for number in map(int, past.split("."))]
        found[past] = Before(
            people=len(away),
            organisations=frozenset(one.org for one in away),
            largest=max(len(block.members) for block in blocks),
            named=any(block.organisation is not None for block in blocks),
        )
    return found
