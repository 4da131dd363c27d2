"""Leaving: a partner erases themselves, or is taken off the roster. What was shown stays as it was shown."""

from __future__ import annotations

from datetime import datetime

from xsector.actions.membership import waiting_in
from xsector.errors.common import NotAllowedError
from xsector.model.cards import ballot_mark, card_marks
from xsector.model.partner import Respondent
from xsector.model.words import COMMENTS, TEXTS
from xsector.store import (
    audit,
    brainstorms,
    card_drafts,
    commitments,
    invitations,
    meetings,
    releases,
    rosters,
    rounds,
    sheets,
    words,
)
from xsector.store.engine import Engine, Session, forget_log, writing


def erase_me(engine: Engine, *, respondent: Respondent, now: datetime) -> None:
    """Delete everything that is kept of a partner: name, address, link, answers and words of all rounds.

    Counts that were released stay, for they are of a group; so does, nameless, that one person was counted in it.
    So do comments that were opened: whoever has read them would see which ones went with the name.

    Raises
    ------
    NotAllowedError
        The link that they came with isn't theirs any more.
    """
    with writing(engine) as session:
        _erase(session, respondent=respondent, now=now)
    forget_log(engine)


def erase_me_and_my_comments(engine: Engine, *, respondent: Respondent, now: datetime) -> None:
    """The same, with the partner's comments that were opened; NotAllowedError if the link isn't theirs any more."""
    with writing(engine) as session:
        for round_ in rounds.of_participant(session, respondent.participant_id):
            _forget_opened(session, respondent=respondent, round_id=round_.id)
        _erase(session, respondent=respondent, now=now)
    forget_log(engine)


def _erase(session: Session, *, respondent: Respondent, now: datetime) -> None:
    for round_ in rounds.of_participant(session, respondent.participant_id):
        invitations.hold(session, round_id=round_.id, participant_id=respondent.participant_id)
        _erase_sheet(session, respondent=respondent, round_id=round_.id)
        _erase_cards(session, respondent=respondent, round_id=round_.id)
        rounds.bump(session, round_.id)
    if not rosters.is_linked(session, respondent):
        raise NotAllowedError()
    forget(session, partnership_id=respondent.partnership_id, participant_id=respondent.participant_id)
    # Without a name or a number: the log must not keep what was erased.
    audit.note(session, actor="partner", action="person erased", now=now, partnership_id=respondent.partnership_id)


def forget(session: Session, *, partnership_id: int, participant_id: int) -> None:
    """Take a participant off the roster and out of every round, as those who lead it or they themselves may ask.

    Where a finished sheet of theirs waits that their present link doesn't open, they stay nameless: it will be
    counted, and whoever is counted is noted.
    """
    waits = [
        round_.id
        for round_ in rounds.of_participant(session, participant_id)
        if participant_id in {one.participant_id for one in waiting_in(session, round_.id)}
    ]
    counted = bool(waits or releases.was_counted(session, participant_id))
    for meeting_id in commitments.forget_person(session, participant_id):
        # Walls and devices that follow it still show the name.
        meetings.change(session, meeting_id)
    meetings.forget_person(session, participant_id)
    rosters.remove(session, partnership_id=partnership_id, participant_id=participant_id, counted=counted)
    invitations.take_back_invitations(session, participant_id, but=waits)


def _erase_sheet(session: Session, *, respondent: Respondent, round_id: int) -> None:
    """Delete the respondent's sheet, with every word that was not opened."""
    if sheets.get(session, round_id=round_id, respondent=respondent) is None:
        return
    sheets.erase(session, round_id=round_id, key=respondent.sheet_key(round_id))
    invitations.take_back_answer(session, round_id=round_id, participant_id=respondent.participant_id)


def _forget_opened(session: Session, *, respondent: Respondent, round_id: int) -> None:
    """Delete of a round's opened words those that are the respondent's."""
    sheet = sheets.get(session, round_id=round_id, respondent=respondent)
    if sheet is not None and sheet.sealed:
        said = {**sheet.words.get(TEXTS, {}), **sheet.words.get(COMMENTS, {})}
        words.forget_texts(session, round_id, texts={code: one["text"] for code, one in said.items()})


def _erase_cards(session: Session, *, respondent: Respondent, round_id: int) -> None:
    """Delete the respondent's cards and dots; of those that were dealt or counted nothing leads to them."""
    for there in brainstorms.of_round(session, round_id):
        of = {"brainstorm_id": there.id}
        marks = (*card_marks(respondent.key, **of), ballot_mark(respondent.key, **of))
        card_drafts.forget_person(session, there.id, participant_id=respondent.participant_id, marks=marks)
