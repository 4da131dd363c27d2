"""The reveal: in one transaction count, seal, write the ledger, and forget who was where."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xsector.actions.permission import leading_round_for_change
from xsector.errors import LonelyError, RoundStateError, SetUpError
from xsector.model.instrument import Item, Kind
from xsector.model.partner import RoundFacts
from xsector.model.policy import Policy
from xsector.model.released import Band
from xsector.model.round import State, may_become
from xsector.model.sheet import Layout
from xsector.release import redeal
from xsector.release.bands import band_of, smallest_group, withheld
from xsector.release.organisations import chance_of_organisations
from xsector.release.plan import LATE, Before, Cell, Plan, plan
from xsector.release.twins import Counted, Lonely, lonely
from xsector.store import audit, counts, partnerships, releases, rounds, sheets
from xsector.store.accounts import Account
from xsector.store.counts import MARKS, Tally
from xsector.store.engine import Engine, Session, forget_log, writing

MOST_DEALT_BY_ORGANISATION: Final = 5_000
"""People; above, single people are dealt: with so many the difference is nil, and the cost isn't."""


def reveal(engine: Engine, *, account: Account, round_id: int, now: datetime) -> RoundFacts:
    """Seal a closed round and release what may be shown.

    Raises
    ------
    RoundStateError
        The round isn't closed.
    SetUpError
        Nobody has answered.
    LonelyError
        All releases together would tell too few people apart from the others; nothing is released.
    """
    with writing(engine) as session:
        round_ = leading_round_for_change(session, account=account, round_id=round_id)
        if not may_become(round_.state, State.REVEALED):
            raise RoundStateError(round_.title, round_.state, "revealed")
        if not sheets.finished(session, round_id):
            raise SetUpError("Nobody has finished answering, so there is nothing to show.", remedy="Open it again.")
        release_id = _release(session, round_, now=now)
        _forget(session, round_)
        rounds.set_state(session, round_id, state=State.REVEALED, now=now)
        rounds.set_wall(session, round_id, wall={**rounds.wall_of(session, round_id), "view": "overview", "item": None})
        audit.note(
            session, actor=account.name, action="round revealed", now=now, partnership_id=round_.partnership_id,
            detail={"round": round_id, "release": release_id},
        )  # fmt: skip
        made = rounds.get(session, round_id)
    forget_log(engine)
    return made


def _release(session: Session, round_: RoundFacts, *, now: datetime) -> int:
    planned, cells = planned_for(session, round_)
    layout = rounds.layout_of(session, round_.id)
    held = _held(
        layout, cells=cells, planned=planned, policy=round_.policy, asked_before=_asked_before(session, round_)
    )
    tally = counts.tally(session, round_.id)
    figures, bands = _figures(tally, layout=layout, cells=cells, planned=planned, held=held, policy=round_.policy)
    banded = {item for _, item in bands}
    shown = {column.item.code: column.item for column in layout.columns if column.item.code not in {*held, *banded}}
    turnout = rounds.turnout(session, round_.id)
    release_id = releases.add(
        session,
        round_id=round_.id,
        policy=partnerships.policy_to_plain(round_.policy),
        invited=round_.imported or len(turnout),
        answered=sheets.finished(session, round_.id),
        blocks=planned.blocks,
        hidden=planned.hidden,
        held=held,
        counts=figures,
        bands=bands,
        chances=_chances(
            list(shown.values()),
            tally,
            layout=layout,
            organisations=_organisations(session, round_.id, planned=planned),
            planned=planned,
        ),
        now=now,
    )
    _note_members(session, round_, release_id=release_id, planned=planned)
    _refuse_lonely(session, round_)
    return release_id


def planned_for(session: Session, round_: RoundFacts) -> tuple[Plan, list[Cell]]:
    """What may be shown of a round as it stands, and the cells this rests on: membership alone."""
    cells = membership(session, round_.id)
    partnership = partnerships.get(session, round_.partnership_id)
    before = _before(session, round_)
    return plan(cells, sectors=partnership.sectors, policy=round_.policy, before=before), cells


def _before(session: Session, round_: RoundFacts) -> dict[str, Before]:
    """For each past: who of those counted then has not finished this round, and the largest block of it."""
    finished = {who for who, _, _, answered in rounds.turnout(session, round_.id) if answered}
    pasts = releases.pasts(session, round_.partnership_id)
    sizes = Counter(block for past, _ in pasts.values() for block in past.split("."))
    gone: dict[str, list[int]] = {past: [] for past, _ in pasts.values()}
    for who, (past, organisation) in pasts.items():
        if who not in finished:
            gone[past].append(organisation)
    return {
        past: Before(
            people=len(away),
            organisations=frozenset(away),
            largest=max(sizes[block] for block in past.split(".")),
        )
        for past, away in gone.items()
    }


def _note_members(session: Session, round_: RoundFacts, *, release_id: int, planned: Plan) -> None:
    pasts = releases.pasts(session, round_.partnership_id)
    members: dict[int, dict[int, int]] = {}
    for one in rounds.finishers(session, round_.id):
        past = pasts[one.participant_id][0] if one.participant_id in pasts else LATE if one.late else ""
        place = planned.places.get((past, one.sector))
        if place is not None:
            members.setdefault(place, {})[one.participant_id] = one.organisation_id
    for place in range(len(planned.blocks)):
        theirs = members.get(place, {})
        if len(theirs) != planned.blocks[place].n and not round_.imported:
            raise ValueError(f"block {place} counts {planned.blocks[place].n} people and has {len(theirs)} members")
        releases.add_members(session, release_id=release_id, place=place, members=theirs)


def _refuse_lonely(session: Session, round_: RoundFacts) -> None:
    """Look at all releases of the partnership together, this one with them."""
    if found := lonely_of(session, round_.partnership_id):
        raise LonelyError(people=min(one.people for one in found))


def lonely_of(session: Session, partnership_id: int) -> list[Lonely]:
    """Groups of people whom all releases of a partnership together tell apart, smaller than was promised."""
    people = [
        Counted(blocks=frozenset(map(int, past.split("."))), organisation=organisation)
        for past, organisation in releases.pasts(session, partnership_id).values()
    ]
    return lonely(people, promised=releases.promised(session, partnership_id))


def membership(session: Session, round_id: int) -> list[Cell]:
    """The finished sheets by past and sector: people and organisations, no answers."""
    people: dict[tuple[str, str], int] = {}
    known: dict[tuple[str, str], set[int]] = {}
    alone: dict[tuple[str, str], int] = {}
    for past, sector, organisation, number in sheets.membership(session, round_id):
        group = past, sector
        people[group] = people.get(group, 0) + number
        if organisation is None:
            alone[group] = alone.get(group, 0) + number
        else:
            known.setdefault(group, set()).add(organisation)
    return [
        Cell(
            sector=group[1],
            people=people[group],
            organisations=frozenset(known.get(group, ())),
            alone=alone.get(group, 0),
            past=group[0],
        )
        for group in sorted(people)
    ]


def _asked(item: Item, *, cells: list[Cell], planned: Plan, place: int) -> set[bool]:
    """Whether the people of a block were asked; both answers where only some of its sectors were."""
    there = [cell for cell in cells if planned.places.get((cell.past, cell.sector)) == place]
    return {not item.who or cell.sector in item.who for cell in there}


def _asked_before(session: Session, round_: RoundFacts) -> dict[str, set[frozenset[str]]]:
    """For each item that an earlier round has released: the sectors that were asked."""
    found: dict[str, set[frozenset[str]]] = {}
    for other in rounds.of_partnership(session, round_.partnership_id):
        if releases.of_round(session, other.id) is not None:
            for item in rounds.instrument_of(session, other.id).items():
                found.setdefault(item.code, set()).add(frozenset(item.who))
    return found


def _held(
    layout: Layout,
    *,
    cells: list[Cell],
    planned: Plan,
    policy: Policy,
    asked_before: dict[str, set[frozenset[str]]],
) -> tuple[str, ...]:
    """Questions of which no count leaves, in any block. Membership alone decides.

    A question must be asked of a whole block or of none of it: of a part, nobody has seen to it that those who
    come and go are enough. A question that other sectors were asked in an earlier round would show those left
    out, by subtraction. A sensitive one needs blocks large enough for a band.
    """
    return tuple(
        item.code
        for item in {column.item.code: column.item for column in layout.columns}.values()
        if asked_before.get(item.code, {frozenset(item.who)}) != {frozenset(item.who)}
        or any(
            _too_little(item, _asked(item, cells=cells, planned=planned, place=place), people=block.n, policy=policy)
            for place, block in enumerate(planned.blocks)
        )
    )


def _too_little(item: Item, asked: set[bool], *, people: int, policy: Policy) -> bool:
    if len(asked) > 1:
        return True
    return item.sensitive and True in asked and (item.kind is Kind.CHOICES or people < smallest_group(policy))


def _figures(
    tally: Tally, *, layout: Layout, cells: list[Cell], planned: Plan, held: tuple[str, ...], policy: Policy
) -> tuple[dict[tuple[int, str, int, int], int], dict[tuple[int, str], Band]]:
    """What is kept of each block: counts, or a band where a sensitive question's would say too much."""
    found: dict[tuple[int, str, int, int], int] = {}
    bands: dict[tuple[int, str], Band] = {}
    for place in range(len(planned.blocks)):
        together = _together(tally, planned=planned, place=place)
        for column, where in enumerate(layout.columns):
            item = where.item
            if item.code in held:
                continue
            row = {mark: int(together[column, mark]) for mark in range(MARKS) if together[column, mark]}
            kept = _band(row, item=item, cells=cells, planned=planned, place=place, policy=policy)
            if kept is not None:
                bands[place, item.code] = kept
                continue
            found |= {(place, item.code, where.option or 0, mark): people for mark, people in row.items()}
    return found, bands


def _band(
    row: dict[int, int], *, item: Item, cells: list[Cell], planned: Plan, place: int, policy: Policy
) -> Band | None:
    if not item.sensitive or True not in _asked(item, cells=cells, planned=planned, place=place):
        return None
    if place not in planned.unmixed:
        return withheld(planned.blocks[place].n)
    return band_of(row, item=item, policy=policy)


def _together(tally: Tally, *, planned: Plan, place: int) -> NDArray[np.int64]:
    """People by column and mark of one block."""
    there = [number for number, group in enumerate(tally.groups) if planned.places.get(group) == place]
    summed: NDArray[np.int64] = tally.people[there].sum(axis=0)
    return summed


def _organisations(session: Session, round_id: int, *, planned: Plan) -> list[list[int]] | None:
    """Sizes of the organisations in each block; None where everybody stands for themselves, or there are too many."""
    sizes: list[dict[int, int]] = [{} for _ in planned.blocks]
    singles = [0 for _ in planned.blocks]
    for past, sector, organisation, people in sheets.membership(session, round_id):
        place = planned.places.get((past, sector))
        if place is None:
            continue
        if organisation is None:
            singles[place] += people
        else:
            sizes[place][organisation] = sizes[place].get(organisation, 0) + people
    everybody = sum(singles) + sum(sum(one.values()) for one in sizes)
    if everybody > MOST_DEALT_BY_ORGANISATION or all(people == 1 for one in sizes for people in one.values()):
        return None
    return [list(one.values()) + [1] * alone for one, alone in zip(sizes, singles, strict=True)]


def _chances(
    items: list[Item], tally: Tally, *, layout: Layout, organisations: list[list[int]] | None, planned: Plan
) -> dict[str, float]:
    if len(planned.blocks) < 2:
        return {}
    blocks = [_together(tally, planned=planned, place=place) for place in range(len(planned.blocks))]
    found = {}
    for item in items:
        # The counts of a block don't hold who ticked several options, so these have no chance.
        if item.context or item.kind is Kind.CHOICES:
            continue
        column = layout.places(item.code)[0]
        people = np.array([block[column] for block in blocks])
        share = _chance(item, people[:, : len(item.levels)], everybody=people.sum(axis=1), organisations=organisations)
        if share is not None:
            found[item.code] = share
    return found


def _chance(
    item: Item, table: NDArray[np.int64], *, everybody: NDArray[np.int64], organisations: list[list[int]] | None
) -> float | None:
    """How often dealing the same answers to blocks at random gives as large a gap between them."""
    between = redeal.between_ordered if item.ordered else redeal.between_nominal
    seed = redeal.seed_of(item.code, table)
    if organisations is None:
        return redeal.chance_from_counts(table, seed=seed, between=between)
    silent = everybody - table.sum(axis=1)
    return chance_of_organisations(
        np.column_stack([table, silent]), organisations=organisations, seed=seed, between=between
    )


def _forget(session: Session, round_: RoundFacts) -> None:
    if round_.keep_answers and not round_.imported:
        columns = rounds.layout_of(session, round_.id).columns
        of_some = [place for place, column in enumerate(columns) if column.item.who]
        sheets.strip(session, round_.id, of_some=of_some)
    else:
        sheets.forget(session, round_.id)
