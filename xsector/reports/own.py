"""A partner's own form: their answers and nobody else's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from xsector.actions.answering import receipt_code
from xsector.errors.common import NotAllowedError
from xsector.model.instrument import Instrument
from xsector.model.partner import Respondent, RoundFacts
from xsector.model.round import State
from xsector.model.sheet import Answer, Layout, Seen, read
from xsector.model.words import COMMENTS, TEXTS
from xsector.store import changes, own, rosters, rounds, sheets
from xsector.store.engine import Engine, glancing, reading
from xsector.store.sheets import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChange:
    """How the partner's sector has changed on the list since an earlier round was shown."""

    since: str
    """The title of that round."""
    left: int
    came: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnForm:
    """Everything a partner's form shows."""

    round: RoundFacts
    partnership: str
    promise: str
    instrument: Instrument
    seen: Seen | None
    """The marks as they were read; None before the partner has begun."""
    answers: dict[str, Answer]
    texts: dict[str, tuple[str, bool]]
    comments: dict[str, tuple[str, bool]]
    started: bool
    submitted: bool
    sealed: bool
    """Counted, or finished when the results were shown: nothing can be changed any more."""
    finished_before: bool
    """Finished with an earlier link: there is nothing to fill in."""
    saved_at: datetime | None
    submitted_at: datetime | None
    receipt: str | None
    group_people: int
    """How many of the partner's sector are invited; counted for the promise, 0 once they have begun."""
    group_organisations: int
    group_change: GroupChange | None
    """None where nobody left or came since the last round, or there was none; told with the promise as well."""


def open_rounds(engine: Engine, *, respondent: Respondent) -> list[RoundFacts]:
    """The questionnaires that a partner is invited to, newest first; drafts are not among them."""
    with reading(engine) as session:
        invited = rounds.of_participant(session, respondent.participant_id)
        return [round_ for round_ in invited if round_.state is not State.DRAFT and not round_.vote]


def own_form(engine: Engine, *, respondent: Respondent, round_id: int) -> OwnForm:
    """A partner's form with what they have answered so far.

    Raises
    ------
    NotAllowedError
        They are not invited to this round.
    """
    with glancing(engine) as line:
        found = own.everything(line, round_id=round_id, respondent=respondent)
    asked, sheet = found.asked, found.sheet
    if not asked.standing.invited:
        raise NotAllowedError()
    handed_in = sheet if sheet and sheet.submitted else None
    people, organisations = (0, 0) if sheet else _group(engine, respondent, round_id=round_id)
    return OwnForm(
        round=asked.round,
        partnership=found.partnership,
        promise=asked.promise,
        instrument=asked.instrument,
        seen=_seen(asked.layout, sheet, key=respondent.sheet_key(round_id)) if sheet else None,
        answers=read(asked.layout, sheet.marks) if sheet else {},
        texts=_words(sheet, part=TEXTS) if sheet else {},
        comments=_words(sheet, part=COMMENTS) if sheet else {},
        started=sheet is not None,
        submitted=sheet is not None and sheet.submitted,
        sealed=sheet is not None and sheet.sealed,
        finished_before=asked.standing.answered and not (sheet and sheet.submitted),
        saved_at=sheet.saved_at if sheet else None,
        submitted_at=sheet.submitted_at if sheet else None,
        receipt=receipt_code(handed_in, lock=respondent.sheet_lock(round_id)) if handed_in else None,
        group_people=people,
        group_organisations=organisations,
        group_change=None if sheet else _change(engine, respondent, round_id=round_id),
    )


def with_newest(form: OwnForm, *, engine: Engine, respondent: Respondent) -> OwnForm:
    """*form* with what is saved now, for a question that is drawn again without a change of its own.

    The rest of *form* stays as it was read. Whoever saves finds out whether the round is still open.
    """
    with glancing(engine) as line:
        sheet = sheets.newest(line, round_id=form.round.id, respondent=respondent)
    if sheet is None or form.seen is None:
        raise NotAllowedError()
    return replace(
        form,
        seen=_seen(form.seen.layout, sheet, key=respondent.sheet_key(form.round.id)),
        answers=read(form.seen.layout, sheet.marks),
        texts=_words(sheet, part=TEXTS),
        comments=_words(sheet, part=COMMENTS),
        saved_at=sheet.saved_at,
    )


def _seen(layout: Layout, sheet: Sheet, *, key: str) -> Seen:
    return Seen(layout=layout, marks=sheet.marks, words=sheet.words, version=sheet.version, key=key)


def _words(sheet: Sheet, *, part: str) -> dict[str, tuple[str, bool]]:
    return {code: (one["text"], one["may_show"]) for code, one in sheet.words.get(part, {}).items()}


def _group(engine: Engine, respondent: Respondent, *, round_id: int) -> tuple[int, int]:
    with reading(engine) as session:
        return rosters.group_size(session, round_id=round_id, sector=respondent.sector)


def _change(engine: Engine, respondent: Respondent, *, round_id: int) -> GroupChange | None:
    with reading(engine) as session:
        before = changes.shown_before(session, round_id)
        if before is None:
            return None
        left, came = changes.left_and_came(session, before=before.id, round_id=round_id, sector=respondent.sector)
        return GroupChange(since=before.title, left=left, came=came) if left or came else None
