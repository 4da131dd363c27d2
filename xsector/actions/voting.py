"""Votes in a meeting, as facilitators lead them: open, more time, show, take off the wall, drop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from xsector.actions.leading_meetings import led, views_of
from xsector.actions.membership import planned_for
from xsector.actions.releasing import reveal
from xsector.actions.running import make_the_only_one
from xsector.errors.common import NotFoundError, SetUpError
from xsector.errors.meetings import MeetingStateError, NothingToShowError, VoteOpenError
from xsector.model.instrument import COUNTED_KINDS, Instrument, Item
from xsector.model.meeting import Meeting, MeetingState
from xsector.model.names import clean_line
from xsector.model.partner import RoundFacts
from xsector.model.promise import VERSION, vote_promise
from xsector.model.round import State
from xsector.model.voting import (
    FEWEST_OPTIONS,
    LONGEST_OPTION,
    LONGEST_QUESTION,
    LONGEST_SECONDS,
    MOST_OPTIONS,
    VoteKind,
    again,
    chain_of,
    dots,
    exit_check,
    fist,
    moved,
)
from xsector.store import audit, meetings, partnerships, rounds, sheets, votes
from xsector.store.accounts import Account
from xsector.store.engine import Engine, Session, forget_log, writing

TITLES: Final = {
    VoteKind.AGAIN: "Vote again",
    VoteKind.MOVED: "Has it moved?",
    VoteKind.FIST: "Fist to five",
    VoteKind.DOTS: "Dots",
    VoteKind.EXIT: "Before you go",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What a vote shall ask: ``item`` of the questionnaire, or ``text`` with ``options``, as its kind needs it."""

    kind: VoteKind
    item: str = ""
    text: str = ""
    options: tuple[str, ...] = ()


def open_vote(
    engine: Engine, *, account: Account, meeting_id: int, ask: Ask, seconds: int, now: datetime
) -> RoundFacts:
    """Ask everybody on the list to vote; walls and partners' pages show it.

    Asking a question of the questionnaire once more ends its late answers: whoever votes now has seen the results.

    Raises
    ------
    MeetingStateError, VoteOpenError, SetUpError, UnusableTextError, NotFoundError, ShownBeforeError
    """
    if not 10 <= seconds <= LONGEST_SECONDS:
        raise SetUpError(f"A vote takes 10 to {LONGEST_SECONDS} seconds.", remedy="Choose another time.")
    with writing(engine) as session:
        meeting, round_ = led(session, account=account, meeting_id=meeting_id)
        if meeting.state is not MeetingState.RUNNING:
            raise MeetingStateError("Voting", meeting.state)
        if meeting.vote_id is not None and rounds.get(session, meeting.vote_id).state is not State.REVEALED:
            raise VoteOpenError()
        instrument = _asking(session, round_, ask=ask)
        made = _made(session, round_, ask=ask, instrument=instrument)
        if ask.kind is VoteKind.AGAIN:
            make_the_only_one(session, made)
        rounds.invite(session, made.id, late=False)
        rounds.set_state(session, made.id, state=State.OPEN, now=now)
        ends_at = now + timedelta(seconds=seconds)
        votes.add(session, round_id=made.id, meeting_id=meeting.id, step=meeting.step, item=ask.item, ends_at=ends_at)
        meetings.change(session, meeting.id, vote_id=made.id, blank=False)
        _tell(session, made, meeting=meeting, actor=account.name, action="vote opened", now=now)
        return rounds.get(session, made.id)


def give_vote_time(engine: Engine, *, account: Account, meeting_id: int, seconds: int, now: datetime) -> None:
    """Let the room vote *seconds* longer, counted from now if the time is up."""
    with writing(engine) as session:
        meeting, _ = led(session, account=account, meeting_id=meeting_id)
        vote = _open_vote(session, meeting)
        votes.set_end(
            session, vote.id, ends_at=max(now, votes.get(session, vote.id).ends_at) + timedelta(seconds=seconds)
        )
        meetings.change(session, meeting.id)


def show_vote(engine: Engine, *, account: Account, meeting_id: int, now: datetime) -> RoundFacts:
    """End the vote, count it by the rule of release, and show what may be shown.

    Raises
    ------
    NothingToShowError
        The rule lets nothing through with those who have voted so far; the vote goes on.
    NotFoundError
        No vote is open.
    """
    with writing(engine) as session:
        meeting, _ = led(session, account=account, meeting_id=meeting_id)
        vote = _open_vote(session, meeting)
        planned, _cells = planned_for(session, vote)
        if not planned.blocks:
            raise NothingToShowError(" ".join(dict.fromkeys(f"{one.label}: {one.reason}." for one in planned.hidden)))
        if few := too_few_beside_shared(session, vote):
            raise NothingToShowError(few)
        if vote.state is State.OPEN:
            rounds.set_state(session, vote.id, state=State.CLOSED, now=now)
    shown = reveal(engine, account=account, round_id=vote.id, now=now)
    with writing(engine) as session:
        meetings.change(session, meeting_id)
    return shown


def too_few_beside_shared(session: Session, vote: RoundFacts) -> str:
    """Why what people gave on devices of their own can't be told from the rest; empty if it can be shown.

    Whoever holds the shared device may know every ballot that was given on it, and may have given them all: the
    others must be as many as a group, or nobody.
    """
    shared = votes.get(session, vote.id).shared
    own = sheets.waiting(session, vote.id) - shared
    if not shared or not 0 < own < vote.policy.k:
        return ""
    have = "person has" if own == 1 else "people have"
    return (
        f"{own} {have} voted on their own device, and whoever holds this one may know the other votes. It takes "
        f"{vote.policy.k} on their own devices, or everybody on this one."
    )


def drop_vote(engine: Engine, *, account: Account, meeting_id: int, now: datetime) -> None:
    """End the vote without counting it, and forget every ballot."""
    with writing(engine) as session:
        meeting, _ = led(session, account=account, meeting_id=meeting_id)
        vote = _open_vote(session, meeting)
        meetings.change(session, meeting.id, vote_id=None)
        votes.remove(session, vote.id)
        _tell(session, vote, meeting=meeting, actor=account.name, action="vote dropped", now=now)
    forget_log(engine)


def put_vote_on_wall(engine: Engine, *, account: Account, meeting_id: int, vote_id: int | None, now: datetime) -> None:
    """Show the result of a vote of the meeting once more, or (None) what the step itself shows.

    Raises
    ------
    VoteOpenError, NotFoundError
    """
    with writing(engine) as session:
        meeting, _ = led(session, account=account, meeting_id=meeting_id)
        if meeting.vote_id is not None and rounds.get(session, meeting.vote_id).state is not State.REVEALED:
            raise VoteOpenError()
        known = {vote.round_id for vote in votes.of_meeting(session, meeting.id)}
        if vote_id is not None and (vote_id not in known or rounds.get(session, vote_id).state is not State.REVEALED):
            raise NotFoundError("vote")
        meetings.change(session, meeting.id, vote_id=vote_id, blank=False)


def _open_vote(session: Session, meeting: Meeting) -> RoundFacts:
    """The round of the vote that is open, or that was closed and not yet counted."""
    if meeting.vote_id is None:
        raise NotFoundError("vote")
    vote = rounds.get_for_change(session, meeting.vote_id)
    if vote.state is State.REVEALED:
        raise NotFoundError("vote")
    return vote


def _asking(session: Session, round_: RoundFacts, *, ask: Ask) -> Instrument:
    return _MAKERS[ask.kind](session, round_, ask)


def _about_item(make: Callable[[Item], Instrument]) -> Callable[[Session, RoundFacts, Ask], Instrument]:
    def made(session: Session, round_: RoundFacts, ask: Ask) -> Instrument:
        instrument = rounds.instrument_of(session, round_.id)
        if not views_of(session, round_, instrument=instrument, code=ask.item):
            raise NotFoundError("question")
        asked = instrument.item(ask.item)
        if asked.kind not in COUNTED_KINDS:
            raise NotFoundError("question")
        if ask.kind is VoteKind.AGAIN and round_.imported:
            raise SetUpError(
                "Nobody knows who answered in an imported file, so its questions can't be asked again: one person less "
                "could be told apart.",
                remedy="Ask whether the talk has moved people instead.",
            )
        return make(asked)

    return made


def _fist(_session: Session, _round: RoundFacts, ask: Ask) -> Instrument:
    return fist(clean_line(ask.text, longest=LONGEST_QUESTION, what="proposal"))


def _dots(_session: Session, _round: RoundFacts, ask: Ask) -> Instrument:
    options = _options(ask.options)
    return dots(clean_line(ask.text, longest=LONGEST_QUESTION, what="question"), options=options)


def _exit(_session: Session, _round: RoundFacts, _ask: Ask) -> Instrument:
    return exit_check()


def _options(typed: Sequence[str]) -> tuple[str, ...]:
    options = [clean_line(one, longest=LONGEST_OPTION, what="choice") for one in typed if one.strip()]
    if len({one.casefold() for one in options}) < len(options):
        raise SetUpError("Two choices read the same.", remedy="Take one of them out.")
    if not FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS:
        raise SetUpError(f"Dots need {FEWEST_OPTIONS} to {MOST_OPTIONS} choices.", remedy="One choice a line.")
    return tuple(options)


_MAKERS: Final[dict[VoteKind, Callable[[Session, RoundFacts, Ask], Instrument]]] = {
    VoteKind.AGAIN: _about_item(again),
    VoteKind.MOVED: _about_item(moved),
    VoteKind.FIST: _fist,
    VoteKind.DOTS: _dots,
    VoteKind.EXIT: _exit,
}


def _made(session: Session, round_: RoundFacts, *, ask: Ask, instrument: Instrument) -> RoundFacts:
    partnership = partnerships.get(session, round_.partnership_id)
    made = rounds.add(
        session,
        partnership_id=round_.partnership_id,
        title=TITLES[ask.kind],
        instrument=instrument,
        policy=partnership.policy,
        vote=ask.kind,
        chain=chain_of(ask.kind, round_id=round_.id, item=ask.item, text=ask.text),
    )
    # What people said is theirs to see afterwards where it was theirs in the questionnaire.
    rounds.set_keep_answers(session, made.id, keep=round_.keep_answers)
    rounds.freeze(
        session, made.id, policy=partnership.policy, promise=vote_promise(partnership.policy), promise_version=VERSION
    )
    return made


def _tell(session: Session, vote: RoundFacts, *, meeting: Meeting, actor: str, action: str, now: datetime) -> None:
    detail = {"meeting": meeting.id, "vote": vote.id, "kind": vote.vote}
    audit.note(session, actor=actor, action=action, now=now, partnership_id=vote.partnership_id, detail=detail)
