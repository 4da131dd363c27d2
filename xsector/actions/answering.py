"""Answering: every save is one transaction on one respondent's own sheet."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from xsector.actions.releasing import release_ripe
from xsector.errors.common import NotAllowedError
from xsector.errors.meetings import VoteOverError
from xsector.errors.rounds import AnsweredBeforeError, AnswerError, RoundClosedError, SealedError
from xsector.model.instrument import Item, Kind
from xsector.model.names import clean_text
from xsector.model.partner import Respondent
from xsector.model.round import TAKING, State
from xsector.model.sheet import Answer, Layout, Seen, checked, read, written
from xsector.model.voting import dots_of
from xsector.model.words import COMMENTS, TEXTS
from xsector.release.plan import LATE
from xsector.store import invitations, own, releases, rosters, rounds, sheets
from xsector.store.engine import Engine, Session, glancing, tapping, writing
from xsector.store.rounds import Asked, Standing
from xsector.store.sheets import Sheet

LONGEST_COMMENT: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """That a form is finished: when, and a short code of what was saved."""

    at: datetime
    code: str


def begin(engine: Engine, *, respondent: Respondent, round_id: int, now: datetime, agrees: bool = False) -> int:
    """Make the respondent's sheet; a second time changes nothing. Returns how many answers it begins with.

    Answers of an earlier round that could not be counted are in it already. *agrees* says whether the respondent's
    organisation may be named.

    Raises
    ------
    RoundClosedError, NotAllowedError, AnsweredBeforeError
    """
    with writing(engine) as session:
        asked, sheet = _own_sheet(session, respondent=respondent, round_id=round_id)
        invitations.agree(session, round_id=round_id, participant_id=respondent.participant_id, agreed=agrees)
        return len(read(asked.layout, sheet.marks))


def save_answers(
    engine: Engine,
    *,
    respondent: Respondent,
    round_id: int,
    answers: Mapping[str, Answer],
    now: datetime,
    seen: Seen | None = None,
) -> Seen:
    """Save a respondent's answers, replacing what they gave to the same questions before.

    Returns what is saved now. Whoever hands it in as *seen* the next time is served by one statement, which
    finds out by itself whether the link is still theirs and whether the round takes answers. What was seen of
    another sheet is not looked at.

    Raises
    ------
    RoundClosedError, AnswerError, NotAllowedError, AnsweredBeforeError
        Nothing is saved when any of them is raised.
    """
    # Twice at the most in practice: a sheet is made once, and another tab's change takes a moment.
    while True:
        if seen is not None and seen.key == respondent.sheet_key(round_id):
            saved = _put(engine, respondent=respondent, round_id=round_id, answers=answers, seen=seen, now=now)
            if saved is not None:
                return saved
        seen = _newest(engine, respondent=respondent, round_id=round_id)
        if seen is None:
            begin(engine, respondent=respondent, round_id=round_id, now=now)


def _put(
    engine: Engine, *, respondent: Respondent, round_id: int, answers: Mapping[str, Answer], seen: Seen, now: datetime
) -> Seen | None:
    try:
        if any(not _is_asked(seen.layout.item(code), respondent=respondent) for code in answers):
            raise AnswerError(", ".join(answers))
        marks = written(seen.layout, seen.marks, answers)
    except (ValueError, LookupError) as problem:
        raise AnswerError(", ".join(answers)) from problem
    with tapping(engine) as line:
        done = own.put_marks(line, round_id=round_id, respondent=respondent, marks=marks, seen=seen, now=now)
    return replace(seen, marks=marks, version=seen.version + 1) if done else None


def _newest(engine: Engine, *, respondent: Respondent, round_id: int) -> Seen | None:
    """What is saved now, if the respondent may change it; None if they have not begun."""
    with glancing(engine) as line:
        found = own.marks(line, round_id=round_id, respondent=respondent)
    if not found.linked:
        raise NotAllowedError()
    _check(found.standing, respondent=respondent, submitted=found.submitted, sealed=found.sealed)
    return found.seen


def save_text(
    engine: Engine, *, respondent: Respondent, round_id: int, code: str, text: str, may_show: bool, now: datetime
) -> None:
    """Save the answer to a question in the respondent's own words, and whether the room may see it.

    An empty text takes it back.
    """
    with writing(engine) as session:
        asked, sheet = _own_sheet(session, respondent=respondent, round_id=round_id)
        item = _item(asked, code=code, respondent=respondent)
        if item.kind is not Kind.TEXT:
            raise AnswerError(code)
        word = _word(text, longest=item.max_chars, may_show=may_show)
        _save_words(session, sheet, respondent=respondent, round_id=round_id, part=TEXTS, code=code, word=word, now=now)


def save_comment(
    engine: Engine, *, respondent: Respondent, round_id: int, code: str, text: str, may_show: bool, now: datetime
) -> None:
    """Save a comment and whether the room may see it; an empty text takes it back."""
    with writing(engine) as session:
        asked, sheet = _own_sheet(session, respondent=respondent, round_id=round_id)
        _item(asked, code=code, respondent=respondent)
        word = _word(text, longest=LONGEST_COMMENT, may_show=may_show)
        _save_words(
            session, sheet, respondent=respondent, round_id=round_id, part=COMMENTS, code=code, word=word, now=now
        )


def _word(text: str, *, longest: int, may_show: bool) -> dict[str, Any] | None:
    clean = clean_text(text, longest=longest)
    return {"text": clean, "may_show": may_show} if clean else None


def _save_words(
    session: Session,
    sheet: Sheet,
    *,
    respondent: Respondent,
    round_id: int,
    part: str,
    code: str,
    word: dict[str, Any] | None,
    now: datetime,
) -> None:
    """Put *word* (Any: its text and its consent) in its place in the sheet's words, or empty that place."""
    kept = {**sheet.words, part: {**sheet.words.get(part, {}), code: word}}
    if word is None:
        del kept[part][code]
    sheets.save(session, round_id=round_id, respondent=respondent, marks=sheet.marks, words=kept, now=now)


def finish(engine: Engine, *, respondent: Respondent, round_id: int, now: datetime) -> Receipt:
    """Hand the sheet in; a second time gives the receipt of the first.

    In a live round a group that is large enough now is counted and shown.
    """
    receipt, live = _hand_in(engine, respondent=respondent, round_id=round_id, now=now)
    if live:
        release_ripe(engine, round_id=round_id, now=now)
    return receipt


def _hand_in(engine: Engine, *, respondent: Respondent, round_id: int, now: datetime) -> tuple[Receipt, bool]:
    with writing(engine) as session:
        invitations.hold(session, round_id=round_id, participant_id=respondent.participant_id)
        asked, _ = _own_sheet(session, respondent=respondent, round_id=round_id)
        sheets.submit(session, round_id=round_id, key=respondent.sheet_key(round_id), now=now)
        invitations.mark_answered(session, round_id=round_id, participant_id=respondent.participant_id)
        sheet = sheets.get(session, round_id=round_id, respondent=respondent)
        if sheet is None or sheet.submitted_at is None:
            raise LookupError(f"no sheet in round {round_id} after it was handed in")
        code = receipt_code(sheet, lock=respondent.sheet_lock(round_id))
        return Receipt(at=sheet.submitted_at, code=code), asked.round.live


def cast(
    engine: Engine, *, respondent: Respondent, round_id: int, answers: Mapping[str, Answer], now: datetime
) -> None:
    """Save a ballot in a vote and hand it in at once; a second time replaces the first, as long as the vote is open.

    Raises
    ------
    VoteOverError, AnswerError, NotAllowedError, AnsweredBeforeError
    """
    with writing(engine) as session:
        invitations.hold(session, round_id=round_id, participant_id=respondent.participant_id)
        # Locked: it may have been counted while this ballot waited for its turn.
        vote = rounds.asked_for_answer(session, round_id, participant_id=respondent.participant_id).round
        if not vote.vote or vote.state is not State.OPEN:
            raise VoteOverError()
        asked, sheet = _own_sheet(session, respondent=respondent, round_id=round_id)
        put_ballot(session, asked, sheet, respondent=respondent, answers=answers, now=now)


def put_ballot(
    session: Session, asked: Asked, sheet: Sheet, *, respondent: Respondent, answers: Mapping[str, Answer],
    now: datetime,
) -> None:  # fmt: skip
    """Write *answers* into a sheet and hand it in.

    AnswerError if they don't fit the question, are too many, or the respondent isn't asked.
    """
    for code in answers:
        _item(asked, code=code, respondent=respondent)
    most = dots_of(asked.instrument)
    if any(isinstance(answer, frozenset) and len(answer) > most for answer in answers.values()):
        raise AnswerError(", ".join(answers))
    try:
        marks = written(asked.layout, sheet.marks, answers)
    except (ValueError, LookupError) as problem:
        raise AnswerError(", ".join(answers)) from problem
    round_id = asked.round.id
    sheets.save(session, round_id=round_id, respondent=respondent, marks=marks, words=sheet.words, now=now)
    sheets.submit(session, round_id=round_id, key=respondent.sheet_key(round_id), now=now)
    invitations.mark_answered(session, round_id=round_id, participant_id=respondent.participant_id)


def receipt_code(sheet: Sheet, *, lock: bytes) -> str:
    """Eight letters that change whenever the saved answers change.

    The link's secret makes them by *lock*: of the answers alone, whoever reads the code could try all there are.
    """
    said = len(sheet.marks).to_bytes(4, "big") + sheet.marks + json.dumps(sheet.words, sort_keys=True).encode()
    return hmac.new(lock, b"xsector receipt 1:" + said, hashlib.sha256).hexdigest()[:8].upper()


def _own_sheet(session: Session, *, respondent: Respondent, round_id: int) -> tuple[Asked, Sheet]:
    asked = rounds.asked_for_answer(session, round_id, participant_id=respondent.participant_id)
    found = sheets.get_for_change(session, round_id=round_id, respondent=respondent)
    _check(
        asked.standing,
        respondent=respondent,
        submitted=found is not None and found.submitted,
        sealed=found is not None and found.sealed,
    )
    if not rosters.is_linked(session, respondent):
        raise NotAllowedError()
    return asked, found or _started(session, asked, respondent=respondent)


def _started(session: Session, asked: Asked, *, respondent: Respondent) -> Sheet:
    round_id = asked.round.id
    if releases.counts_in(session, round_id=round_id, participant_id=respondent.participant_id):
        raise SealedError(asked.standing.title)
    return sheets.start(
        session,
        round_id=round_id,
        respondent=respondent,
        past=_past(session, respondent=respondent, round_id=round_id),
        marks=_first_marks(session, asked, respondent=respondent),
    )


def _first_marks(session: Session, asked: Asked, *, respondent: Respondent) -> bytes:
    """Nothing, or what the respondent said in the round before, if that could not be counted."""
    blank = asked.layout.blank(sector=respondent.sector)
    invited = rounds.of_participant(session, respondent.participant_id)
    before = [one for one in invited if not one.vote and one.number < asked.round.number]
    if not before or releases.counts_in(session, round_id=before[0].id, participant_id=respondent.participant_id):
        return blank
    last = sheets.get(session, round_id=before[0].id, respondent=respondent)
    if last is None:
        return blank
    then = rounds.layout_of(session, before[0].id)
    there = read(then, last.marks).items()
    kept = {code: answer for code, answer in there if _fits(asked, then, code, answer, respondent=respondent)}
    return written(asked.layout, blank, kept)


def _fits(asked: Asked, then: Layout, code: str, answer: Answer, *, respondent: Respondent) -> bool:
    """Whether a question is asked in the same words now, so that *answer* still answers it."""
    try:
        item = asked.instrument.item(code)
        checked(item, answer)
    except (LookupError, ValueError):
        return False
    if item.about is not None and not _is_asked(item, respondent=respondent):
        return False
    before = then.item(code)
    return (item.text, item.levels, item.who) == (before.text, before.levels, before.who)


def _past(session: Session, *, respondent: Respondent, round_id: int) -> str:
    """With whom the respondent was counted before: at the seal nothing leads from their sheet to them."""
    late = invitations.is_late(session, round_id=round_id, participant_id=respondent.participant_id)
    chain = rounds.get(session, round_id).chain
    return releases.past_of(session, respondent.participant_id, chain=chain) or (LATE if late else "")


def _check(standing: Standing, *, respondent: Respondent, submitted: bool, sealed: bool) -> None:
    """Raise what keeps a respondent from answering; *submitted* and *sealed* speak of the sheet under their key."""
    if standing.partnership_id != respondent.partnership_id or not standing.invited:
        raise NotAllowedError()
    if standing.state not in TAKING or standing.over:
        raise RoundClosedError(standing.title, standing.state)
    # Whoever was given a new link has a new key: only the sheet that was finished first is counted.
    before = standing.answered and not submitted
    if sealed or (before and standing.state is not State.OPEN):
        raise SealedError(standing.title)
    if before:
        raise AnsweredBeforeError(standing.title)


def _item(asked: Asked, *, code: str, respondent: Respondent) -> Item:
    try:
        item = asked.instrument.item(code)
    except LookupError as problem:
        raise AnswerError(code) from problem
    if not _is_asked(item, respondent=respondent):
        raise AnswerError(code)
    return item


def _is_asked(item: Item, *, respondent: Respondent) -> bool:
    return item.is_asked_of(sector=respondent.sector, organisation=respondent.organisation_id)
