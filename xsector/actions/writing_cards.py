"""A partner writes cards and marks those that matter most: one transaction each, under their own key."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from xsector.actions.tries import Budget
from xsector.errors.access import TooManyTriesError
from xsector.errors.cards import (
    DotsError,
    TooFastError,
    TooManyCardsError,
    VotedBeforeError,
    VotingOverError,
    WritingOverError,
)
from xsector.errors.common import NotAllowedError
from xsector.model.cards import DOTS, LONGEST_CARD, Brainstorm, Stage, ballot_mark, card_marks, piles_of
from xsector.model.names import clean_line, clean_text, name_key
from xsector.model.partner import Respondent
from xsector.store import brainstorms, card_drafts, invitations, rosters, rounds
from xsector.store.engine import Engine, Session, writing

_PACE: Final = Budget(tries=30, minutes=1)
"""Changes that one person may make in a minute: more than anybody types, few enough for a room that follows."""


def write_card(engine: Engine, *, respondent: Respondent, brainstorm_id: int, text: str, now: datetime) -> None:
    """Add a card; one that says the same as another of theirs is not added twice.

    Raises
    ------
    WritingOverError, TooManyCardsError, TooFastError, UnusableTextError, NotAllowedError
        Nothing is changed.
    """
    # What came with pasting is left out; a card is one line.
    whole = " ".join(clean_text(text, longest=LONGEST_CARD).split())
    said = clean_line(whole, longest=LONGEST_CARD, what="card")
    with writing(engine) as session:
        there = _called(session, respondent=respondent, brainstorm_id=brainstorm_id, now=now)
        if there.stage is not Stage.WRITING:
            raise WritingOverError()
        marks = card_marks(respondent.key, brainstorm_id=brainstorm_id)
        own = card_drafts.own(session, brainstorm_id, marks=marks)
        if name_key(said) in {name_key(one.text) for one in own}:
            return
        taken = {one.mark for one in own}
        free = next((mark for mark in marks if mark not in taken), None)
        if free is None:
            raise TooManyCardsError(len(marks))
        card_drafts.put(session, brainstorm_id, mark=free, text=said)
        card_drafts.note_writer(session, brainstorm_id, participant_id=respondent.participant_id, wrote=True)
        rounds.bump(session, there.round_id)


def take_back_card(engine: Engine, *, respondent: Respondent, brainstorm_id: int, mark: str, now: datetime) -> None:
    """Delete one of the respondent's own cards; a second time changes nothing.

    Raises
    ------
    WritingOverError, TooFastError, NotAllowedError
    """
    with writing(engine) as session:
        there = _called(session, respondent=respondent, brainstorm_id=brainstorm_id, now=now)
        if there.stage is not Stage.WRITING:
            raise WritingOverError()
        marks = card_marks(respondent.key, brainstorm_id=brainstorm_id)
        if mark not in marks:
            raise NotAllowedError()
        card_drafts.take_back(session, brainstorm_id, marks=[mark])
        left = bool(card_drafts.own(session, brainstorm_id, marks=marks))
        card_drafts.note_writer(session, brainstorm_id, participant_id=respondent.participant_id, wrote=left)
        rounds.bump(session, there.round_id)


def mark_cards(
    engine: Engine, *, respondent: Respondent, brainstorm_id: int, places: Collection[int], now: datetime
) -> None:
    """Put the respondent's dots on these cards, one on each, in place of those they put before.

    Raises
    ------
    VotingOverError, DotsError, VotedBeforeError, TooFastError, NotAllowedError
    """
    with writing(engine) as session:
        there = _called(session, respondent=respondent, brainstorm_id=brainstorm_id, now=now)
        if there.stage is not Stage.VOTING:
            raise VotingOverError()
        shown = {pile.head.place for pile in piles_of(brainstorms.cards(session, brainstorm_id))}
        if len(set(places)) > DOTS or not set(places) <= shown:
            raise DotsError(DOTS)
        mark = ballot_mark(respondent.key, brainstorm_id=brainstorm_id)
        before = card_drafts.ballot(session, brainstorm_id, mark=mark)
        of = {"participant_id": respondent.participant_id}
        if before is None and card_drafts.has_voted(session, brainstorm_id, **of):
            raise VotedBeforeError()
        card_drafts.put_ballot(session, brainstorm_id, mark=mark, places=list(set(places)))
        card_drafts.note_voter(session, brainstorm_id, voted=bool(places), **of)
        if (before is None) is bool(places):
            rounds.bump(session, there.round_id)


def _called(session: Session, *, respondent: Respondent, brainstorm_id: int, now: datetime) -> Brainstorm:
    """The brainstorm, if the respondent is asked for it; it can't go on until the transaction ends."""
    round_id = brainstorms.get(session, brainstorm_id).round_id
    # One card after the other: each raises the round's revision, and two tabs of one person look for a free mark.
    round_ = rounds.get_for_change(session, round_id)
    invited = invitations.is_invited(session, round_id=round_id, participant_id=respondent.participant_id)
    if round_.partnership_id != respondent.partnership_id or not invited:
        raise NotAllowedError()
    if not rosters.is_linked(session, respondent):
        raise NotAllowedError()
    try:
        _PACE.check(respondent.link_sha256, now=now)
    except TooManyTriesError:
        raise TooFastError() from None
    _PACE.fail(respondent.link_sha256, now=now)
    return brainstorms.get_for_change(session, brainstorm_id)
