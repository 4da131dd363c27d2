"""Who has finished, and what that allows to be shown: membership alone, no answer is looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import TypeAlias

from xsector.model.partner import RoundFacts
from xsector.model.policy import Tier
from xsector.release.plan import LATE, Before, Cell, Plan, Unit, plan, plan_while_open
from xsector.release.together import BlockKey, key_of
from xsector.release.twins import Counted, Lonely, lonely
from xsector.store import invitations, partnerships, releases, rosters, sheets
from xsector.store.engine import Session
from xsector.store.sheets import Home

Named: TypeAlias = frozenset[tuple[str, int]]
"""Pasts with organisations whose people, all having agreed, may stand under their organisation's name."""


def planned_for(session: Session, round_: RoundFacts) -> tuple[Plan, list[Cell]]:
    """What may be shown of those who wait in a round, and the cells this rests on.

    For a release alone, because it heeds who agreed.
    """
    return _planned(session, round_, named=named_in(session, round_))


def planned_if_all_agree(session: Session, round_: RoundFacts) -> tuple[Plan, list[Cell]]:
    """The same whoever agreed: a plan that changed as one person finishes would tell whose no it was."""
    return _planned(session, round_, named=_nameable(session, round_))


def _planned(session: Session, round_: RoundFacts, *, named: Named) -> tuple[Plan, list[Cell]]:
    partnership = partnerships.get(session, round_.partnership_id)
    cells = _cells_of(session, round_, named=named)
    names = {one.organisation_id: one.organisation for one in rosters.everyone(session, partnership_id=partnership.id)}
    before = _before(session, round_)
    return plan(cells, sectors=partnership.sectors, policy=round_.policy, before=before, names=names), cells


def planned_while_open(session: Session, round_: RoundFacts) -> tuple[Plan, list[Cell]]:
    """The same while others still answer."""
    partnership = partnerships.get(session, round_.partnership_id)
    cells = _cells_of(session, round_, named=named_in(session, round_))
    before = _before(session, round_)
    return plan_while_open(cells, sectors=partnership.sectors, policy=round_.policy, before=before), cells


def _cells_of(session: Session, round_: RoundFacts, *, named: Named) -> list[Cell]:
    """The finished sheets that wait, by unit: people and organisations."""
    people: Counter[Unit] = Counter()
    known: dict[Unit, set[int]] = {}
    alone: Counter[Unit] = Counter()
    for past, sector, organisation, number in sheets.membership(session, round_.id):
        unit = unit_of((past, sector, organisation), named=named)
        people[unit] += number
        if organisation is None:
            alone[unit] += number
        else:
            known.setdefault(unit, set()).add(organisation)
    return [
        Cell(
            past=unit[0],
            sector=unit[1],
            named=unit[2],
            people=people[unit],
            organisations=frozenset(known.get(unit, ())),
            alone=alone[unit],
        )
        for unit in sorted(people, key=lambda unit: (unit[0], unit[1], unit[2] or 0))
    ]


def unit_of(home: Home, *, named: Collection[tuple[str, int]]) -> Unit:
    """The unit of somebody from *home*."""
    past, sector, organisation = home
    return (past, sector, organisation if (past, organisation) in named else None)


def named_in(session: Session, round_: RoundFacts) -> Named:
    """The organisations that may be named, by past: large enough, and everybody who waits has agreed."""
    return _nameable(session, round_) if _all_agreed(session, round_) else frozenset()


def _nameable(session: Session, round_: RoundFacts) -> Named:
    """The organisations that are large enough to be named, by past, whoever agreed."""
    if round_.policy.tier is not Tier.BY_ORGANISATION:
        return frozenset()
    people: Counter[tuple[str, int]] = Counter()
    for past, _, organisation, number in sheets.membership(session, round_.id):
        if organisation is not None:
            people[past, organisation] += number
    return frozenset(where for where, number in people.items() if number >= round_.policy.k)


def _all_agreed(session: Session, round_: RoundFacts) -> bool:
    return all(one.agreed for one in waiting_in(session, round_.id))


def waiting_in(session: Session, round_id: int) -> list[invitations.Finisher]:
    """Those who have finished and may still be counted in the round: each has a finished sheet that isn't sealed."""
    counted = _counted_in(session, round_id)
    return [
        one
        for one in invitations.finishers(session, round_id)
        if not one.passed_over and one.participant_id not in counted
    ]


def _counted_in(session: Session, round_id: int) -> set[int]:
    return {
        who
        for release in releases.of_round(session, round_id)
        for members in releases.members_of(session, release.id).values()
        for who in members
    }


def _before(session: Session, round_: RoundFacts) -> dict[str, Before]:
    """For each past: who of those who share it doesn't wait to be counted now, and the largest block of it."""
    waiting = {one.participant_id for one in waiting_in(session, round_.id)}
    pasts = releases.pasts(session, round_.partnership_id, chain=round_.chain)
    named = releases.names_an_organisation(session, round_.partnership_id)
    sizes = Counter(block for past, _ in pasts.values() for block in past.split("."))
    gone: dict[str, list[int]] = {past: [] for past, _ in pasts.values()}
    for who, (past, organisation) in pasts.items():
        if who not in waiting:
            gone[past].append(organisation)
    return {
        past: Before(
            people=len(away),
            organisations=frozenset(away),
            largest=max(sizes[block] for block in past.split(".")),
            named=any(int(block) in named for block in past.split(".")),
        )
        for past, away in gone.items()
    }


def organisations_of(session: Session, round_id: int) -> dict[BlockKey, Counter[int | None]]:
    """For each block of a round, added up over its releases: people by organisation at that time."""
    sizes: dict[BlockKey, Counter[int | None]] = {}
    for release in releases.of_round(session, round_id):
        members = releases.members_of(session, release.id)
        for place, block in enumerate(releases.blocks_of(session, release.id)):
            sizes.setdefault(key_of(block), Counter()).update(members.get(place, {}).values())
    return sizes


def members_by_place(session: Session, round_: RoundFacts, *, places: Mapping[Unit, int]) -> dict[int, dict[int, int]]:
    """By place of a planned block: the participants it counts, with their organisations."""
    pasts = releases.pasts(session, round_.partnership_id, chain=round_.chain)
    named = named_in(session, round_)
    found: dict[int, dict[int, int]] = {}
    for one in waiting_in(session, round_.id):
        past = pasts[one.participant_id][0] if one.participant_id in pasts else LATE if one.late else ""
        place = places.get(unit_of((past, one.sector, one.organisation_id), named=named))
        if place is not None:
            found.setdefault(place, {})[one.participant_id] = one.organisation_id
    return found


def lonely_of(session: Session, partnership_id: int, *, chain: str = "") -> list[Lonely]:
    """Groups of people whom all releases of one chain of a partnership together tell apart, smaller than was promised.

    Chains ask about different things: no count of one can be subtracted from a count of another.
    """
    people = [
        Counted(blocks=frozenset(map(int, past.split("."))), organisation=organisation)
        for past, organisation in releases.pasts(session, partnership_id, chain=chain).values()
    ]
    return lonely(people, promised=releases.promised(session, partnership_id, chain=chain))
