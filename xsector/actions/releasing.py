"""The reveal: in one transaction count, seal, write the ledger, and forget who was where."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xsector.actions.permission import leading_round_for_change
from xsector.errors import RoundStateError, SetUpError
from xsector.model.instrument import Item, Kind
from xsector.model.partner import RoundFacts
from xsector.model.policy import Policy
from xsector.model.round import State, may_become
from xsector.model.sheet import Layout
from xsector.release import redeal
from xsector.release.organisations import chance_of_organisations
from xsector.release.plan import Cell, Plan, large_enough, plan
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
    partnership = partnerships.get(session, round_.partnership_id)
    cells = membership(session, round_.id)
    planned = plan(cells, sectors=partnership.sectors, policy=round_.policy)
    layout = rounds.layout_of(session, round_.id)
    held = _held(layout, cells=cells, planned=planned, policy=round_.policy)
    tally = counts.tally(session, round_.id)
    shown = list({column.item.code: column.item for column in layout.columns if column.item.code not in held}.values())
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
        counts=_block_counts(tally, layout=layout, planned=planned, held=held),
        chances=_chances(
            shown,
            tally,
            layout=layout,
            organisations=_organisations(session, round_.id, planned=planned),
            planned=planned,
        ),
        now=now,
    )
    for place, block in enumerate(planned.blocks):
        there = [who for who, sector, _, answered in turnout if answered and sector in block.sectors]
        releases.add_members(session, release_id=release_id, place=place, participant_ids=there)
    return release_id


def membership(session: Session, round_id: int) -> list[Cell]:
    """The finished sheets by sector: people and organisations, no answers."""
    people: dict[str, int] = {}
    known: dict[str, set[int]] = {}
    alone: dict[str, int] = {}
    for sector, organisation, number in sheets.membership(session, round_id):
        people[sector] = people.get(sector, 0) + number
        if organisation is None:
            alone[sector] = alone.get(sector, 0) + number
        else:
            known.setdefault(sector, set()).add(organisation)
    return [
        Cell(sector=one, people=people[one], organisations=frozenset(known.get(one, ())), alone=alone.get(one, 0))
        for one in sorted(people)
    ]


def _held(layout: Layout, *, cells: list[Cell], planned: Plan, policy: Policy) -> tuple[str, ...]:
    """Questions of which no count leaves: sensitive ones, and those asked of too few people of a block.

    Whoever is not asked stands in the counts as such, so the answers in a block are those of the sectors
    asked: they must be a group by themselves. Membership alone decides.
    """
    items = {column.item.code: column.item for column in layout.columns}
    groups = [[cell for cell in cells if cell.sector in block.sectors] for block in planned.blocks]
    return tuple(
        code
        for code, item in items.items()
        if item.sensitive
        or any(
            asked and not large_enough(asked, policy=policy)
            for asked in ([cell for cell in group if cell.sector in item.who] for group in groups)
        )
    )


def _block_counts(
    tally: Tally, *, layout: Layout, planned: Plan, held: tuple[str, ...]
) -> dict[tuple[int, str, int, int], int]:
    found = {}
    for place, block in enumerate(planned.blocks):
        together = tally.by_sector[[tally.sectors.index(sector) for sector in block.sectors]].sum(axis=0)
        for column, where in enumerate(layout.columns):
            if where.item.code in held:
                continue
            for mark in range(MARKS):
                if together[column, mark]:
                    found[place, where.item.code, where.option or 0, mark] = int(together[column, mark])
    return found


def _organisations(session: Session, round_id: int, *, planned: Plan) -> list[list[int]] | None:
    """Sizes of the organisations in each block; None where everybody stands for themselves, or there are too many."""
    blocks = {sector: place for place, block in enumerate(planned.blocks) for sector in block.sectors}
    sizes: list[list[int]] = [[] for _ in planned.blocks]
    found = sheets.membership(session, round_id)
    if all(organisation is None or people == 1 for _, organisation, people in found):
        return None
    if sum(people for _, _, people in found) > MOST_DEALT_BY_ORGANISATION:
        return None
    for sector, organisation, people in found:
        if sector in blocks:
            sizes[blocks[sector]] += [1] * people if organisation is None else [people]
    return sizes


def _chances(
    items: list[Item], tally: Tally, *, layout: Layout, organisations: list[list[int]] | None, planned: Plan
) -> dict[str, float]:
    if len(planned.blocks) < 2:
        return {}
    groups = [[tally.sectors.index(sector) for sector in block.sectors] for block in planned.blocks]
    found = {}
    for item in items:
        # The counts of a block don't hold who ticked several options, so these have no chance.
        if item.context or item.kind is Kind.CHOICES:
            continue
        column = layout.places(item.code)[0]
        people = np.array([tally.by_sector[group, column].sum(axis=0) for group in groups])
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
        sheets.strip(session, round_.id)
    else:
        sheets.forget(session, round_.id)
