"""Releases: in one transaction count, seal, write the ledger, and forget who was where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

from xsector.actions import figures
from xsector.actions.figures import Sealing
from xsector.actions.membership import (
    lonely_of,
    members_by_place,
    named_in,
    organisations_of,
    planned_for,
    planned_while_open,
    unit_of,
    waiting_in,
)
from xsector.actions.own_figures import Earlier, alone_in, by_sector_in, own_results
from xsector.actions.permission import leading_round_for_change
from xsector.errors.common import SetUpError
from xsector.errors.rounds import LonelyError, NothingLateError, RoundStateError, ShownBeforeError
from xsector.model.partner import RoundFacts
from xsector.model.released import Part
from xsector.model.round import State, may_become
from xsector.model.sheet import Layout
from xsector.release.plan import Cell, Plan
from xsector.release.together import key_of, together
from xsector.store import audit, counts, invitations, partnerships, releases, rounds, sheets, walls, words
from xsector.store import own_results as own_result_rows
from xsector.store.accounts import Account
from xsector.store.engine import Engine, Session, forget_log, writing


def reveal(engine: Engine, *, account: Account, round_id: int, now: datetime) -> RoundFacts:
    """Seal a closed round and release what may be shown.

    Raises
    ------
    RoundStateError
        The round isn't closed.
    SetUpError
        Nobody has answered, or another round of the partnership is open.
    ShownBeforeError
        It was shown in a database that an older backup has replaced.
    LonelyError
        All releases together would tell too few people apart from the others; nothing is released.
    """
    with writing(engine) as session:
        round_ = leading_round_for_change(session, account=account, round_id=round_id)
        if not may_become(round_.state, State.REVEALED):
            raise RoundStateError(round_.title, round_.state, "revealed")
        if round_.over:
            raise ShownBeforeError(round_.title)
        _refuse_beside_an_open_round(session, round_)
        if not (sheets.waiting(session, round_id) or round_.shown):
            raise SetUpError("Nobody has finished answering, so there is nothing to show.", remedy="Open it again.")
        planned, cells = planned_for(session, round_)
        release_id = _release(session, round_, planned=planned, cells=cells, now=now)
        invitations.pass_over(
            session, round_id, participant_ids=[one.participant_id for one in waiting_in(session, round_id)]
        )
        _seal_everybody(session, round_)
        rounds.set_state(session, round_id, state=State.REVEALED, now=now)
        if round_.vote:
            # Whoever votes late has seen what the room said.
            rounds.set_over(session, round_id)
        walls.tell(session, round_id, wall={**walls.told(session, round_id), "view": "overview", "item": None})
        _note(session, round_, actor=account.name, action="round revealed", release_id=release_id, now=now)
        made = rounds.get(session, round_id)
    forget_log(engine)
    return made


def add_late(engine: Engine, *, account: Account, round_id: int, now: datetime) -> RoundFacts:
    """Release what came in after the reveal, as groups of their own beside those that are shown.

    Raises
    ------
    RoundStateError
        The round isn't revealed.
    SetUpError
        Another round of the partnership is open.
    NothingLateError
        Too few wait; they go on waiting.
    """
    with writing(engine) as session:
        round_ = leading_round_for_change(session, account=account, round_id=round_id)
        if round_.state is not State.REVEALED or round_.over:
            raise RoundStateError(round_.title, round_.state, "given late answers")
        _refuse_beside_an_open_round(session, round_)
        release_id = _release_counted(session, round_, planning=planned_for, now=now)
        if release_id is None:
            raise NothingLateError()
        _note(session, round_, actor=account.name, action="late answers added", release_id=release_id, now=now)
    forget_log(engine)
    return round_


def _refuse_beside_an_open_round(session: Session, round_: RoundFacts) -> None:
    """Who was counted with whom must not change while people answer: their sheets say it since they began."""
    for other in rounds.of_chain(session, round_.partnership_id, chain=round_.chain):
        if other.id != round_.id and other.state is State.OPEN and not round_.imported:
            raise SetUpError(
                f"The round “{other.title}” is open, and rounds come one after the other.",
                remedy="Close and reveal that one first.",
            )


def release_ripe(engine: Engine, *, round_id: int, now: datetime) -> bool:
    """Release the groups of a live round that are large enough now; whether there was one."""
    with writing(engine) as session:
        round_ = rounds.get_for_change(session, round_id)
        if not round_.live or round_.state is not State.OPEN:
            return False
        release_id = _release_counted(session, round_, planning=planned_while_open, now=now)
        if release_id is None:
            return False
        _note(session, round_, actor="live round", action="group shown", release_id=release_id, now=now)
    forget_log(engine)
    return True


def _release_counted(
    session: Session,
    round_: RoundFacts,
    *,
    planning: Callable[[Session, RoundFacts], tuple[Plan, list[Cell]]],
    now: datetime,
) -> int | None:
    """Release and seal those whom a plan counts; None, and nothing is done, where it counts nobody."""
    planned, cells = planning(session, round_)
    if not planned.blocks:
        return None
    named = named_in(session, round_)
    homes = {
        (past, sector, organisation)
        for past, sector, organisation, _ in sheets.membership(session, round_.id)
        if unit_of((past, sector, organisation), named=named) in planned.places
    }
    release_id = _release(session, round_, planned=planned, cells=cells, now=now)
    if round_.keep_answers:
        sheets.seal(session, round_.id, homes=homes)
    else:
        sheets.forget(session, round_.id, homes=homes)
    return release_id


def _release(session: Session, round_: RoundFacts, *, planned: Plan, cells: list[Cell], now: datetime) -> int:
    named = named_in(session, round_)
    layout = rounds.layout_of(session, round_.id)
    sealing = Sealing(layout=layout, cells=cells, planned=planned, policy=round_.policy)
    held = figures.held(
        sealing,
        asked_before=_asked_before(session, round_),
        alone_before=frozenset(item.code for there in _earlier_layouts(session, round_) for item in alone_in(there)),
    )
    tally = counts.tally(session, round_.id, named=named)
    made = figures.parts(sealing, tally, held=held)
    members = members_by_place(session, round_, places=planned.places)
    release_id = releases.add(
        session,
        round_id=round_.id,
        policy=partnerships.policy_to_plain(round_.policy),
        invited=round_.imported or len(invitations.turnout(session, round_.id)),
        answered=_answered(session, round_, made=made),
        blocks=planned.blocks,
        hidden=planned.hidden,
        held=held,
        counts={(place, *key): people for place, part in enumerate(made) for key, people in part.counts.items()},
        bands={(place, code): band for place, part in enumerate(made) for code, band in part.bands.items()},
        chances=_chances(session, round_, sealing=sealing, made=made, held=held),
        own=own_results(sealing, tally, members=members, earlier=_given_before(session, round_)),
        said=figures.said_by_name(sealing, tally),
        now=now,
    )
    _note_members(session, round_, release_id=release_id, planned=planned, members=members)
    for code, texts in figures.spoken(sheets.words_of(session, round_.id), sealing=sealing, named=named).items():
        words.add(session, release_id=release_id, item=code, texts=texts)
    if lonely := lonely_of(session, round_.partnership_id, chain=round_.chain):
        raise LonelyError(people=min(one.people for one in lonely))
    rounds.set_shown(session, round_.id)
    return release_id


def _answered(session: Session, round_: RoundFacts, *, made: Sequence[Part]) -> int:
    """How many have answered; those who were counted and erased themselves are still among them."""
    counted = sum(part.block.n for part in [*made, *_earlier(session, round_)])
    finished = len(invitations.finishers(session, round_.id))
    return max(counted, finished, sheets.waiting(session, round_.id))


def _earlier(session: Session, round_: RoundFacts) -> list[Part]:
    return [
        part for release in releases.of_round(session, round_.id) for part in releases.parts_of(session, release.id)
    ]


def _asked_before(session: Session, round_: RoundFacts) -> dict[str, set[frozenset[str]]]:
    """For each item that an earlier round has released: how it was asked."""
    found: dict[str, set[frozenset[str]]] = {}
    for layout in _earlier_layouts(session, round_):
        for item in (column.item for column in layout.counted):
            found.setdefault(item.code, set()).add(figures.asked_as(item, layout))
    return found


def _earlier_layouts(session: Session, round_: RoundFacts) -> list[Layout]:
    """The questions of every round of the chain of which something is released."""
    others = rounds.of_chain(session, round_.partnership_id, chain=round_.chain)
    return [rounds.layout_of(session, other.id) for other in others if releases.of_round(session, other.id)]


def _given_before(session: Session, round_: RoundFacts) -> Earlier:
    """What organisations and sectors were told before."""
    layouts = _earlier_layouts(session, round_)
    return Earlier(
        cells=own_result_rows.cells_before(session, partnership_id=round_.partnership_id),
        by_sector=frozenset(code for layout in layouts for code in by_sector_in(layout)),
    )


def _chances(
    session: Session, round_: RoundFacts, *, sealing: Sealing, made: Sequence[Part], held: Sequence[str]
) -> dict[str, float]:
    """How often chance gives such gaps, over all that is released of the round now."""
    items = {column.item.code: column.item for column in sealing.layout.counted}
    named = named_in(session, round_)
    sizes = organisations_of(session, round_.id)
    for past, sector, organisation, people in sheets.membership(session, round_.id):
        place = sealing.planned.places.get(unit_of((past, sector, organisation), named=named))
        if place is not None:
            sizes.setdefault(key_of(sealing.planned.blocks[place]), Counter())[organisation] += people
    merged = together([*_earlier(session, round_), *made], items=items)
    to_deal = [sizes[key_of(part.block)] for part in merged]
    # Of what an earlier part held there are no counts to deal.
    nowhere = {*held, *(code for release in releases.of_round(session, round_.id) for code in release.held)}
    follows = {item.code for item in items.values() if item.compares or item.averages}
    shown = [item for item in items.values() if not (item.code in nowhere | follows or item.by_name)]
    return figures.chances(shown, parts=merged, organisations=figures.sizes_to_deal(to_deal))


def _note_members(
    session: Session, round_: RoundFacts, *, release_id: int, planned: Plan, members: dict[int, dict[int, int]]
) -> None:
    for place, block in enumerate(planned.blocks):
        theirs = members.get(place, {})
        if len(theirs) != block.n and not round_.imported:
            raise ValueError(f"block {place} counts {block.n} people and has {len(theirs)} members")
        releases.add_members(session, release_id=release_id, place=place, members=theirs)
        # Beside a release in which nobody is named, it would say by name whose no it was.
        invitations.forget_consent(session, round_.id, participant_ids=theirs)


def _seal_everybody(session: Session, round_: RoundFacts) -> None:
    """Nothing says of a finished sheet whose it was, counted or not; unfinished ones may still be finished."""
    if round_.imported:
        sheets.forget_all(session, round_.id)
        return
    homes = {(past, sector, where) for past, sector, where, _ in sheets.membership(session, round_.id)}
    if round_.keep_answers:
        sheets.seal(session, round_.id, homes=homes)
    else:
        sheets.forget(session, round_.id, homes=homes)


def _note(session: Session, round_: RoundFacts, *, actor: str, action: str, release_id: int, now: datetime) -> None:
    detail = {"round": round_.id, "release": release_id}
    audit.note(session, actor=actor, action=action, now=now, partnership_id=round_.partnership_id, detail=detail)
