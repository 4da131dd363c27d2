"""Answering: every save is one transaction on one respondent's own sheet."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from xsector.errors import AnsweredBeforeError, AnswerError, NotAllowedError, RoundClosedError
from xsector.model.instrument import Item, Kind
from xsector.model.names import clean_text
from xsector.model.partner import Respondent
from xsector.model.round import State
from xsector.model.sheet import Answer, written
from xsector.store import rounds, sheets
from xsector.store.engine import Engine, Session, writing
from xsector.store.rounds import Asked
from xsector.store.sheets import Sheet

LONGEST_COMMENT: Final = 500
TEXTS: Final = "texts"
COMMENTS: Final = "comments"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """That a form is finished: when, and a short code of what was saved."""

    at: datetime
    code: str


def begin(engine: Engine, *, respondent: Respondent, round_id: int, now: datetime) -> None:
    """Make the respondent's empty sheet; a second time changes nothing.

    Raises
    ------
    RoundClosedError, NotAllowedError
    """
    with writing(engine) as session:
        _own_sheet(session, respondent=respondent, round_id=round_id)


def save_answers(
    engine: Engine, *, respondent: Respondent, round_id: int, answers: Mapping[str, Answer], now: datetime
) -> None:
    """Save a respondent's answers, replacing what they gave to the same questions before.

    Raises
    ------
    RoundClosedError, AnswerError, NotAllowedError
        Nothing is saved when any of them is raised.
    """
    with writing(engine) as session:
        asked, sheet = _own_sheet(session, respondent=respondent, round_id=round_id)
        try:
            marks = written(asked.layout, sheet.marks, answers)
        except (ValueError, LookupError) as problem:
            raise AnswerError(", ".join(answers)) from problem
        sheets.save(session, round_id=round_id, key=respondent.key, marks=marks, words=sheet.words, now=now)


def save_text(engine: Engine, *, respondent: Respondent, round_id: int, code: str, text: str, now: datetime) -> None:
    """Save the answer to a question in the respondent's own words; an empty text takes it back."""
    with writing(engine) as session:
        asked, sheet = _own_sheet(session, respondent=respondent, round_id=round_id)
        item = _item(asked, code=code)
        if item.kind is not Kind.TEXT:
            raise AnswerError(code)
        words = _with(sheet, part=TEXTS, code=code, value=clean_text(text, longest=item.max_chars))
        sheets.save(session, round_id=round_id, key=respondent.key, marks=sheet.marks, words=words, now=now)


def save_comment(
    engine: Engine, *, respondent: Respondent, round_id: int, code: str, text: str, may_show: bool, now: datetime
) -> None:
    """Save a comment on a question, and whether it may be read out; an empty text takes it back."""
    with writing(engine) as session:
        asked, sheet = _own_sheet(session, respondent=respondent, round_id=round_id)
        _item(asked, code=code)
        clean = clean_text(text, longest=LONGEST_COMMENT)
        value = {"text": clean, "may_show": may_show} if clean else ""
        words = _with(sheet, part=COMMENTS, code=code, value=value)
        sheets.save(session, round_id=round_id, key=respondent.key, marks=sheet.marks, words=words, now=now)


def finish(engine: Engine, *, respondent: Respondent, round_id: int, now: datetime) -> Receipt:
    """Hand the sheet in; a second time gives the receipt of the first."""
    with writing(engine) as session:
        rounds.hold_invitation(session, round_id=round_id, participant_id=respondent.participant_id)
        _own_sheet(session, respondent=respondent, round_id=round_id)
        sheets.submit(session, round_id=round_id, key=respondent.key, now=now)
        rounds.mark_answered(session, round_id=round_id, participant_id=respondent.participant_id)
        sheet = sheets.get(session, round_id=round_id, key=respondent.key)
        if sheet is None or sheet.submitted_at is None:
            raise LookupError(f"no sheet in round {round_id} after it was handed in")
        return Receipt(at=sheet.submitted_at, code=receipt_code(sheet))


def receipt_code(sheet: Sheet) -> str:
    """Eight letters that change whenever the saved answers change."""
    return hashlib.sha256(sheet.marks + repr(sorted(sheet.words.items())).encode()).hexdigest()[:8].upper()


def _own_sheet(session: Session, *, respondent: Respondent, round_id: int) -> tuple[Asked, Sheet]:
    asked = rounds.asked_for_answer(session, round_id, participant_id=respondent.participant_id)
    if asked.round.partnership_id != respondent.partnership_id or not asked.invited:
        raise NotAllowedError()
    if asked.round.state is not State.OPEN:
        raise RoundClosedError(asked.round.title, asked.round.state)
    found = sheets.get_for_change(session, round_id=round_id, key=respondent.key)
    if found is not None and found.submitted:
        return asked, found
    # Whoever was given a new link has a new key: only the sheet that was finished first is counted.
    if asked.answered:
        raise AnsweredBeforeError(asked.round.title)
    return asked, found or sheets.start(
        session,
        round_id=round_id,
        key=respondent.key,
        sector=respondent.sector,
        organisation_id=respondent.organisation_id,
        marks=asked.layout.blank(sector=respondent.sector),
    )


def _item(asked: Asked, *, code: str) -> Item:
    try:
        return asked.instrument.item(code)
    except LookupError as problem:
        raise AnswerError(code) from problem


def _with(sheet: Sheet, *, part: str, code: str, value: Any) -> dict[str, Any]:
    """The sheet's words with *value* (Any: a text, or a comment with its consent) under *code*; without it if empty."""
    words = {**sheet.words, part: {**sheet.words.get(part, {}), code: value}}
    if not value:
        del words[part][code]
    return words
