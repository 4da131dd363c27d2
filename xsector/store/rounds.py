"""Rounds: their state, their questions, who is invited, and what their wall shows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Row, and_, bindparam, func, select, update
from sqlalchemy.orm import Session

from xsector.errors.common import NotFoundError
from xsector.model.instrument import Instrument
from xsector.model.instrument_file import instrument_from_plain, instrument_to_plain
from xsector.model.partner import RoundFacts
from xsector.model.policy import Policy
from xsector.model.round import State
from xsector.model.sheet import Layout
from xsector.store.crypto import fingerprint, new_room_code, new_token
from xsector.store.partnerships import policy_from_plain, policy_to_plain
from xsector.store.tables import InvitationRow, OrganisationRow, ParticipantRow, RoundRow, table_of

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Finisher:
    """A participant who has finished a round: membership, no answer."""

    participant_id: int
    sector: str
    organisation_id: int
    late: bool
    agreed: bool
    passed_over: bool


def add(session: Session, *, partnership_id: int, title: str, instrument: Instrument, policy: Policy) -> RoundFacts:
    """A new round in draft."""
    last = session.scalar(select(func.max(RoundRow.number)).where(RoundRow.partnership_id == partnership_id)) or 0
    row = RoundRow(
        partnership_id=partnership_id,
        number=last + 1,
        title=title,
        state=State.DRAFT,
        instrument=_text(instrument),
        policy=policy_to_plain(policy),
        wall={},
    )
    session.add(row)
    session.flush()
    return _fact(row)


def get(session: Session, round_id: int) -> RoundFacts:
    """One round; NotFoundError if it isn't there."""
    return _fact(_row(session, round_id))


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
    """A partnership's rounds, newest first."""
    rows = session.scalars(
        select(RoundRow).where(RoundRow.partnership_id == partnership_id).order_by(RoundRow.number.desc())
    )
    return [_fact(row) for row in rows]


def of_participant(session: Session, participant_id: int) -> list[RoundFacts]:
    """The rounds that a participant is invited to, newest first."""
    invited = INVITATION.c.round_id == ROUND.c.id
    chosen = select(ROUND).join(INVITATION, invited).where(INVITATION.c.participant_id == participant_id)
    return [_fact(row) for row in session.connection().execute(chosen.order_by(ROUND.c.number.desc()))]


def instrument_of(session: Session, round_id: int) -> Instrument:
    """The round's questions."""
    return _parsed(_row(session, round_id).instrument)


def layout_of(session: Session, round_id: int) -> Layout:
    """Where each answer of the round stands in a sheet."""
    return layout_in(_row(session, round_id).instrument)


def set_instrument(session: Session, round_id: int, *, instrument: Instrument) -> None:
    """Replace the round's questions; the caller has checked that nobody has answered."""
    _row(session, round_id).instrument = _text(instrument)
    session.flush()


def set_state(session: Session, round_id: int, *, state: State, now: datetime) -> None:
    """Move a round to *state*; its wall follows."""
    row = _row(session, round_id)
    row.state = state
    if state is State.OPEN:
        row.opened_at = row.opened_at or now
        row.closed_at = None
        row.room_code = row.room_code or new_room_code()
    elif state is State.CLOSED:
        row.closed_at = now
    elif state is State.REVEALED:
        row.revealed_at = now
        row.room_code = None
    session.flush()
    bump(session, round_id)


def freeze(session: Session, round_id: int, *, policy: Policy, promise: str, promise_version: str) -> None:
    """Fix what partners are promised."""
    row = _row(session, round_id)
    row.policy, row.promise, row.promise_version = policy_to_plain(policy), promise, promise_version
    session.flush()


def invite(session: Session, round_id: int, *, late: bool) -> int:
    """Invite those of the roster who aren't invited yet, in roster order; returns how many that were."""
    row = _row(session, round_id)
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
    _row(session, round_id).imported = people
    session.flush()


def set_live(session: Session, round_id: int, *, live: bool) -> None:
    """Choose whether groups are counted and shown while the round is open."""
    _row(session, round_id).live = live


def set_shown(session: Session, round_id: int) -> None:
    """Note that something of the round was released."""
    _row(session, round_id).shown = True
    session.flush()
    bump(session, round_id)


def set_over(session: Session, round_id: int) -> None:
    """Note that late answers belong to a later round now."""
    _row(session, round_id).over = True
    session.flush()
    bump(session, round_id)


def set_keep_answers(session: Session, round_id: int, *, keep: bool) -> None:
    """Choose whether single answers are kept (without sector or time) after the reveal."""
    _row(session, round_id).keep_answers = keep
    session.flush()


def hold_invitation(session: Session, *, round_id: int, participant_id: int) -> None:
    """Let a participant's other browsers wait until the transaction ends."""
    session.get(InvitationRow, (round_id, participant_id), populate_existing=True, with_for_update=True)


def is_late(session: Session, *, round_id: int, participant_id: int) -> bool:
    """Whether a participant came onto the roster after the round was opened."""
    row = session.get(InvitationRow, (round_id, participant_id))
    return row is not None and row.late


def mark_answered(session: Session, *, round_id: int, participant_id: int) -> None:
    """Note that a participant has finished."""
    row = session.get(InvitationRow, (round_id, participant_id))
    if row is not None and not row.answered:
        row.answered = True
        session.flush()
        bump(session, round_id)


def invited(session: Session, round_id: int) -> set[int]:
    """The ids of those who are invited to a round."""
    chosen = select(InvitationRow.participant_id).where(InvitationRow.round_id == round_id)
    return set(session.scalars(chosen))


def is_invited(session: Session, *, round_id: int, participant_id: int) -> bool:
    """Whether a participant is invited to a round."""
    return session.get(InvitationRow, (round_id, participant_id)) is not None


def turnout(session: Session, round_id: int) -> list[tuple[int, str, str, bool]]:
    """Per invited participant: id, sector code, organisation name, whether they have finished."""
    rows = session.execute(
        select(ParticipantRow.id, OrganisationRow.sector, OrganisationRow.name, InvitationRow.answered)
        .join(ParticipantRow, ParticipantRow.id == InvitationRow.participant_id)
        .join(OrganisationRow, OrganisationRow.id == ParticipantRow.organisation_id)
        .where(InvitationRow.round_id == round_id)
        .order_by(ParticipantRow.id)
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def finishers(session: Session, round_id: int) -> list[Finisher]:
    """Those who have finished, with what a seal must know of them."""
    rows = session.execute(
        select(
            ParticipantRow.id,
            OrganisationRow.sector,
            OrganisationRow.id,
            InvitationRow.late,
            InvitationRow.agreed,
            InvitationRow.passed_over,
        )
        .join(ParticipantRow, ParticipantRow.id == InvitationRow.participant_id)
        .join(OrganisationRow, OrganisationRow.id == ParticipantRow.organisation_id)
        .where(InvitationRow.round_id == round_id, InvitationRow.answered)
        .order_by(ParticipantRow.id)
    )
    return [
        Finisher(
            participant_id=row[0],
            sector=row[1],
            organisation_id=row[2],
            late=row[3],
            agreed=row[4],
            passed_over=row[5],
        )
        for row in rows
    ]


def by_room_code(session: Session, code: str) -> RoundFacts | None:
    """The open round with this room code."""
    row = session.scalar(select(RoundRow).where(RoundRow.room_code == code, RoundRow.state == State.OPEN))
    return None if row is None else _fact(row)


def issue_wall_link(session: Session, round_id: int) -> str:
    """A new token for the round's wall; the earlier one ends. It isn't kept."""
    token = new_token()
    _row(session, round_id).wall_sha256 = fingerprint(token)
    session.flush()
    return token


def by_wall_token(session: Session, token: str) -> RoundFacts | None:
    """The round whose present wall link holds this token."""
    row = session.scalar(select(RoundRow).where(RoundRow.wall_sha256 == fingerprint(token)))
    return None if row is None else _fact(row)


def wall_of(session: Session, round_id: int) -> dict[str, Any]:
    """What the wall was told to show."""
    return dict(_row(session, round_id).wall)


def set_wall(session: Session, round_id: int, *, wall: Mapping[str, Any]) -> None:
    """Tell the wall what to show; what isn't named stays."""
    row = _row(session, round_id)
    row.wall = {**row.wall, **wall}
    session.flush()
    bump(session, round_id)


def revision(session: Session, round_id: int) -> int:
    """A number that grows whenever something that is shown of the round changes."""
    return session.scalar(select(RoundRow.revision).where(RoundRow.id == round_id)) or 0


def bump(session: Session, round_id: int) -> None:
    """Let everything that follows the round look again."""
    raised = update(RoundRow).where(RoundRow.id == round_id).values(revision=RoundRow.revision + 1)
    # "fetch" lets a row that was read before in this transaction show the new number.
    session.execute(raised, execution_options={"synchronize_session": "fetch"})


def _row(session: Session, round_id: int) -> RoundRow:
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
    )
