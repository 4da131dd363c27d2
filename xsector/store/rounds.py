"""Rounds: their state, their questions, who is invited, and how they move."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, and_, bindparam, func, select, update
from sqlalchemy.orm import Session

from xsector.errors.common import NotFoundError
from xsector.model.instrument import Instrument
from xsector.model.instrument_file import instrument_from_plain, instrument_to_plain
from xsector.model.partner import RoundFacts
from xsector.model.policy import Policy
from xsector.model.round import State
from xsector.model.sheet import Layout
from xsector.store.crypto import new_room_code
from xsector.store.partnerships import policy_from_plain, policy_to_plain
from xsector.store.tables import InvitationRow, ParticipantRow, RoundRow, table_of

ROUND: Final = table_of(RoundRow)
INVITATION: Final = table_of(InvitationRow)
# Statements of every tap are made once; making one costs more than running it.
_THEIRS: Final = and_(INVITATION.c.round_id == ROUND.c.id, INVITATION.c.participant_id == bindparam("participant_id"))
ASKED_FOR_ANSWER: Final = (
    select(ROUND, INVITATION.c.answered)
    .outerjoin(INVITATION, _THEIRS)
    .where(ROUND.c.id == bindparam("round_id"))
    .with_for_update(read=True, key_share=True, of=ROUND)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What decides whether a participant may answer in a round now."""

    partnership_id: int
    title: str
    state: State
    over: bool
    invited: bool
    answered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A round as one participant meets it; read by one query, for this runs at every tap of a whole room."""

    round: RoundFacts
    instrument: Instrument
    layout: Layout
    promise: str
    standing: Standing


def add(
    session: Session, *, partnership_id: int, title: str, instrument: Instrument, policy: Policy, vote: str = "",
    chain: str = "",
) -> RoundFacts:  # fmt: skip
    """A new round in draft, or a *vote* in a meeting."""
    row = RoundRow(
        partnership_id=partnership_id,
        number=_number(session, partnership_id, vote=vote),
        title=title,
        state=State.DRAFT,
        instrument=_text(instrument),
        policy=policy_to_plain(policy),
        wall={},
        vote=vote,
        chain=chain,
    )
    session.add(row)
    session.flush()
    return _fact(row)


def _number(session: Session, partnership_id: int, *, vote: str) -> int:
    """The next number: questionnaires count up from 1, votes down from -1, so that neither leaves gaps in the other."""
    last, first = session.execute(
        select(func.max(RoundRow.number), func.min(RoundRow.number)).where(RoundRow.partnership_id == partnership_id)
    ).one()
    return min(first or 0, 0) - 1 if vote else max(last or 0, 0) + 1


def get(session: Session, round_id: int) -> RoundFacts:
    """One round; NotFoundError if it isn't there."""
    return _fact(row_of(session, round_id))


def get_for_change(session: Session, round_id: int) -> RoundFacts:
    """One round, locked against other writers until the transaction ends."""
    chosen = select(RoundRow).where(RoundRow.id == round_id).with_for_update()
    row = session.scalar(chosen, execution_options={"populate_existing": True})
    if row is None:
        raise NotFoundError("round")
    return _fact(row)


def asked_for_answer(session: Session, round_id: int, *, participant_id: int) -> Asked:
    """One round as a participant meets it, with a state that can't change until the transaction ends.

    Others may answer meanwhile.
    """
    # On the connection: the session's own bookkeeping costs several times the query.
    given = {"round_id": round_id, "participant_id": participant_id}
    row = session.connection().execute(ASKED_FOR_ANSWER, given).one_or_none()
    if row is None:
        raise NotFoundError("round")
    return asked_in(row)


def asked_in(row: Any) -> Asked:  # Any: a row of the round with its invitation's "answered"
    """What *row* says of a round as one participant meets it."""
    return Asked(
        round=_fact(row),
        instrument=_parsed(row.instrument),
        layout=layout_in(row.instrument),
        promise=row.promise,
        standing=standing_in(row),
    )


def standing_in(row: Any) -> Standing:  # Any: a row of the round with its invitation's "answered"
    """What *row* says of whether a participant may answer."""
    return Standing(
        partnership_id=row.partnership_id,
        title=row.title,
        state=State(row.state),
        over=bool(row.over),
        invited=row.answered is not None,
        answered=bool(row.answered),
    )


def of_partnership(session: Session, partnership_id: int) -> list[RoundFacts]:
    """A partnership's questionnaires, newest first; votes in meetings are not among them."""
    return _facts(session, RoundRow.partnership_id == partnership_id, RoundRow.vote == "")


def of_chain(session: Session, partnership_id: int, *, chain: str) -> list[RoundFacts]:
    """A partnership's rounds and votes that ask about the same, newest first."""
    return _facts(session, RoundRow.partnership_id == partnership_id, RoundRow.chain == chain)


def chains(session: Session, partnership_id: int) -> list[str]:
    """All that a partnership's rounds and votes ask about."""
    chosen = select(RoundRow.chain).where(RoundRow.partnership_id == partnership_id).distinct()
    return sorted(session.scalars(chosen))


def _facts(session: Session, *chosen: ColumnElement[bool]) -> list[RoundFacts]:
    rows = session.scalars(select(RoundRow).where(*chosen).order_by(RoundRow.id.desc()))
    return [_fact(row) for row in rows]


def of_participant(session: Session, participant_id: int) -> list[RoundFacts]:
    """The rounds and votes that a participant is invited to, newest first."""
    invited = INVITATION.c.round_id == ROUND.c.id
    chosen = select(ROUND).join(INVITATION, invited).where(INVITATION.c.participant_id == participant_id)
    return [_fact(row) for row in session.connection().execute(chosen.order_by(ROUND.c.id.desc()))]


def instrument_of(session: Session, round_id: int) -> Instrument:
    """The round's questions."""
    return _parsed(row_of(session, round_id).instrument)


def layout_of(session: Session, round_id: int) -> Layout:
    """Where each answer of the round stands in a sheet."""
    return layout_in(row_of(session, round_id).instrument)


def set_instrument(session: Session, round_id: int, *, instrument: Instrument) -> None:
    """Replace the round's questions; the caller has checked that nobody has answered."""
    row_of(session, round_id).instrument = _text(instrument)
    session.flush()


def set_state(session: Session, round_id: int, *, state: State, now: datetime) -> None:
    """Move a round to *state*; its wall follows."""
    row = row_of(session, round_id)
    row.state = state
    if state is State.OPEN:
        row.opened_at = row.opened_at or now
        row.closed_at = None
        row.room_code = row.room_code or (None if row.vote else new_room_code())
    elif state is State.CLOSED:
        row.closed_at = now
    elif state is State.REVEALED:
        row.revealed_at = now
        row.room_code = None
    session.flush()
    bump(session, round_id)


def give_room_code(session: Session, round_id: int) -> None:
    """Let people come in by a code while a meeting goes on."""
    row = row_of(session, round_id)
    row.room_code = row.room_code or new_room_code()
    session.flush()


def take_room_code(session: Session, round_id: int) -> None:
    """Let nobody come in by a code any more, unless the round itself is open."""
    row = row_of(session, round_id)
    row.room_code = row.room_code if row.state == State.OPEN else None
    session.flush()


def freeze(session: Session, round_id: int, *, policy: Policy, promise: str, promise_version: str) -> None:
    """Fix what partners are promised."""
    row = row_of(session, round_id)
    row.policy, row.promise, row.promise_version = policy_to_plain(policy), promise, promise_version
    session.flush()


def invite(session: Session, round_id: int, *, late: bool) -> int:
    """Invite those of the roster who aren't invited yet, in roster order; returns how many that were."""
    row = row_of(session, round_id)
    there = select(InvitationRow.participant_id).where(InvitationRow.round_id == round_id)
    new = session.scalars(
        select(ParticipantRow.id)
        .where(
            ParticipantRow.partnership_id == row.partnership_id,
            ParticipantRow.id.not_in(there),
            ParticipantRow.gone.is_(False),
        )
        .order_by(ParticipantRow.id)
    ).all()
    session.add_all(InvitationRow(round_id=round_id, participant_id=one, late=late) for one in new)
    session.flush()
    if new:
        bump(session, round_id)
    return len(new)


def set_imported(session: Session, round_id: int, *, people: int) -> None:
    """Note how many people an imported file spoke of."""
    row_of(session, round_id).imported = people
    session.flush()


def set_live(session: Session, round_id: int, *, live: bool) -> None:
    """Choose whether groups are counted and shown while the round is open."""
    row_of(session, round_id).live = live


def set_shown(session: Session, round_id: int) -> None:
    """Note that something of the round was released."""
    row_of(session, round_id).shown = True
    session.flush()
    bump(session, round_id)


def set_over(session: Session, round_id: int) -> None:
    """Note that late answers belong to a later round now."""
    row_of(session, round_id).over = True
    session.flush()
    bump(session, round_id)


def set_keep_answers(session: Session, round_id: int, *, keep: bool) -> None:
    """Choose whether single answers are kept (without sector or time) after the reveal."""
    row_of(session, round_id).keep_answers = keep
    session.flush()


def by_room_code(session: Session, code: str) -> RoundFacts | None:
    """The round with this room code, open or not."""
    row = session.scalar(select(RoundRow).where(RoundRow.room_code == code))
    return None if row is None else _fact(row)


def revision(session: Session, round_id: int) -> int:
    """A number that grows whenever something that is shown of the round changes."""
    return session.scalar(select(RoundRow.revision).where(RoundRow.id == round_id)) or 0


def bump(session: Session, round_id: int) -> None:
    """Let everything that follows the round look again."""
    raised = update(RoundRow).where(RoundRow.id == round_id).values(revision=RoundRow.revision + 1)
    # "fetch" lets a row that was read before in this transaction show the new number.
    session.execute(raised, execution_options={"synchronize_session": "fetch"})


def row_of(session: Session, round_id: int) -> RoundRow:
    """The row of a round, for other files of this room; NotFoundError if it isn't there."""
    row = session.get(RoundRow, round_id)
    if row is None:
        raise NotFoundError("round")
    return row


def _text(instrument: Instrument) -> str:
    return json.dumps(instrument_to_plain(instrument), ensure_ascii=False)


@lru_cache(maxsize=64)
def _parsed(text: str) -> Instrument:
    return instrument_from_plain(json.loads(text))


@lru_cache(maxsize=64)
def layout_in(text: str) -> Layout:
    """Where each answer stands in a sheet of the instrument that is kept as *text*."""
    return Layout.of(_parsed(text))


def _fact(row: RoundRow | Row[Any]) -> RoundFacts:
    return RoundFacts(
        id=row.id,
        partnership_id=row.partnership_id,
        number=row.number,
        title=row.title,
        state=State(row.state),
        policy=policy_from_plain(row.policy),
        room_code=row.room_code,
        revision=row.revision,
        imported=row.imported,
        keep_answers=row.keep_answers,
        live=row.live,
        shown=row.shown,
        over=row.over,
        vote=row.vote,
        chain=row.chain,
    )
