"""Promises: made in a meeting, changed, and looked at again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from xsector.actions.leading_meetings import led
from xsector.actions.permission import leading
from xsector.errors.common import NotFoundError, SetUpError
from xsector.errors.meetings import TooManyPromisesError
from xsector.model.commitment import LONGEST_LINE, LONGEST_WITH, MOST, WITHIN_DAYS, Commitment, Draft, Status
from xsector.model.names import clean_line, clean_name, name_key
from xsector.store import audit, commitments, meetings, rosters, rounds
from xsector.store.accounts import Account
from xsector.store.engine import Engine, Session, writing

LONGEST_DAYS = 3 * 366


def promise(
    engine: Engine, *, account: Account, meeting_id: int, draft: Draft, now: datetime, step: str = ""
) -> Commitment:
    """Keep a promise that was made in a meeting; walls and partners' pages show it.

    Raises
    ------
    SetUpError, UnusableTextError, TooManyPromisesError
    """
    with writing(engine) as session:
        meeting, round_ = led(session, account=account, meeting_id=meeting_id)
        if commitments.count(session, meeting_id) >= MOST:
            raise TooManyPromisesError(MOST)
        clean = _clean(session, draft, partnership_id=round_.partnership_id, round_id=round_.id, today=now.date())
        made = commitments.add(
            session, partnership_id=round_.partnership_id, meeting_id=meeting_id, step=step or meeting.step, draft=clean
        )
        meetings.change(session, meeting_id)
        _note(session, made, actor=account.name, action="promise made", now=now)
        return made


def rewrite_promise(
    engine: Engine, *, account: Account, commitment_id: int, draft: Draft, version: int, now: datetime
) -> None:
    """Put *draft* in place of a promise.

    Raises
    ------
    PromiseChangedError
        It was changed since *version* was read; nothing is kept.
    SetUpError, UnusableTextError, NotFoundError
    """
    with writing(engine) as session:
        there = _led(session, account=account, commitment_id=commitment_id)
        round_id = None if there.meeting_id is None else meetings.get(session, there.meeting_id).round_id
        clean = _clean(
            session, draft, partnership_id=there.partnership_id, round_id=round_id, today=min(now.date(), draft.by_when)
        )
        commitments.rewrite(session, commitment_id, draft=clean, version=version)
        _followed(session, there)
        _note(session, there, actor=account.name, action="promise changed", now=now)


def withdraw_promise(engine: Engine, *, account: Account, commitment_id: int, now: datetime) -> None:
    """Take a promise out; NotFoundError if it is gone already."""
    with writing(engine) as session:
        there = _led(session, account=account, commitment_id=commitment_id)
        commitments.remove(session, commitment_id)
        _followed(session, there)
        _note(session, there, actor=account.name, action="promise taken out", now=now)


def settle_promise(
    engine: Engine, *, account: Account, commitment_id: int, status: Status, remark: str, version: int, now: datetime
) -> None:
    """Note what became of a promise, and what was said about it.

    Raises
    ------
    PromiseChangedError, NotFoundError, UnusableTextError
    """
    said = clean_line(remark, longest=LONGEST_LINE, what="remark") if remark.strip() else ""
    with writing(engine) as session:
        there = _led(session, account=account, commitment_id=commitment_id)
        commitments.set_status(session, commitment_id, status=status, remark=said, version=version)
        _followed(session, there)
        _note(session, there, actor=account.name, action=f"promise {status.value}", now=now)


def _led(session: Session, *, account: Account, commitment_id: int) -> Commitment:
    there = commitments.get(session, commitment_id)
    leading(session, account=account, partnership_id=there.partnership_id)
    return there


def _followed(session: Session, there: Commitment) -> None:
    if there.meeting_id is not None:
        meetings.change(session, there.meeting_id)


def _clean(session: Session, draft: Draft, *, partnership_id: int, round_id: int | None, today: date) -> Draft:
    who = clean_name(draft.who)
    if not today <= draft.by_when <= today + timedelta(days=LONGEST_DAYS):
        raise SetUpError(
            "A promise needs a day that is still to come.", remedy=f"Choose one within the next {WITHIN_DAYS} days."
        )
    known = set() if round_id is None else {item.code for item in rounds.instrument_of(session, round_id).items()}
    if not set(draft.items) <= known:
        raise NotFoundError("question")
    return replace(
        draft,
        who=who,
        participant_id=_person(session, who, partnership_id=partnership_id),
        what=clean_line(draft.what, longest=LONGEST_LINE, what="promise"),
        with_whom=_perhaps(draft.with_whom, longest=LONGEST_WITH, what="“with whom”"),
        seen_by=_perhaps(draft.seen_by, longest=LONGEST_LINE, what="“how we will know”"),
        first_step=_perhaps(draft.first_step, longest=LONGEST_LINE, what="first step"),
    )


def _perhaps(text: str, *, longest: int, what: str) -> str:
    return clean_line(text, longest=longest, what=what) if text.strip() else ""


def _person(session: Session, who: str, *, partnership_id: int) -> int | None:
    """Who of the roster bears this name, if exactly one does."""
    key = name_key(who)
    found = [one.id for one in rosters.everyone(session, partnership_id=partnership_id) if name_key(one.name) == key]
    return found[0] if len(found) == 1 else None


def _note(session: Session, there: Commitment, *, actor: str, action: str, now: datetime) -> None:
    detail = {"meeting": there.meeting_id, "promise": there.id}
    audit.note(session, actor=actor, action=action, now=now, partnership_id=there.partnership_id, detail=detail)
