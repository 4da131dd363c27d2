"""What one partner reads and changes: their round, their invitation and their own sheet, by one statement each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, bindparam, or_, select, update

from xsector.errors.common import NotFoundError
from xsector.model.partner import Respondent
from xsector.model.round import TAKING
from xsector.model.sheet import Seen
from xsector.store import rounds, sheets
from xsector.store.driver import Line
from xsector.store.rounds import INVITATION, ROUND, Asked, Standing
from xsector.store.sheets import SHEET, Sheet
from xsector.store.tables import ParticipantRow, PartnershipRow, table_of

PARTNERSHIP: Final = table_of(PartnershipRow)
PERSON: Final = table_of(ParticipantRow)
_INVITED: Final = and_(INVITATION.c.round_id == ROUND.c.id, INVITATION.c.participant_id == bindparam("of_participant"))
_ANSWERED: Final = and_(SHEET.c.round_id == ROUND.c.id, SHEET.c.respondent_key == bindparam("of_key"))
_ROUND_AND_SHEET: Final = ROUND.outerjoin(INVITATION, _INVITED).outerjoin(SHEET, _ANSWERED)
_SHEET: Final = (
    SHEET.c.marks,
    SHEET.c.words,
    SHEET.c.version,
    SHEET.c.submitted,
    SHEET.c.sector,
    SHEET.c.saved_at,
    SHEET.c.submitted_at,
    SHEET.c.respondent_key,
    SHEET.c.locked,
)
ALL: Final = (
    select(ROUND, INVITATION.c.answered, PARTNERSHIP.c.name.label("partnership"), *_SHEET)
    .select_from(_ROUND_AND_SHEET.join(PARTNERSHIP, PARTNERSHIP.c.id == ROUND.c.partnership_id))
    .where(ROUND.c.id == bindparam("of_round"))
)
MARKS: Final = (
    select(
        ROUND.c.partnership_id, ROUND.c.title, ROUND.c.state, ROUND.c.over, ROUND.c.instrument, INVITATION.c.answered,
        PERSON.c.link_sha256, SHEET.c.marks, SHEET.c.words, SHEET.c.submitted, SHEET.c.sector,
        SHEET.c.version,
    )
    .select_from(_ROUND_AND_SHEET.outerjoin(PERSON, PERSON.c.id == INVITATION.c.participant_id))
    .where(ROUND.c.id == bindparam("of_round"))
)  # fmt: skip
# Whoever changes something locks the round: it can't be closed before the answer is in it.
_MAY_CHANGE: Final = (
    select(ROUND.c.id)
    .select_from(ROUND.join(INVITATION, _INVITED).join(PERSON, PERSON.c.id == INVITATION.c.participant_id))
    .where(
        ROUND.c.id == bindparam("of_round"),
        or_(*(ROUND.c.state == state for state in sorted(TAKING))),
        PERSON.c.link_sha256 == bindparam("of_link"),
        PERSON.c.partnership_id == ROUND.c.partnership_id,
        or_(INVITATION.c.answered.is_(False), SHEET.c.submitted.is_(True)),
    )
    .with_for_update(read=True, key_share=True, of=ROUND)
    .correlate(SHEET)
)
PUT_MARKS: Final = (
    update(SHEET)
    .where(
        SHEET.c.round_id == bindparam("of_round"),
        SHEET.c.respondent_key == bindparam("of_key"),
        SHEET.c.version == bindparam("seen"),
        SHEET.c.sector.is_not(None),
        _MAY_CHANGE.exists(),
    )
    .values(
        marks=bindparam("marks"),
        locked=bindparam("locked"),
        saved_at=bindparam("saved_at"),
        version=SHEET.c.version + 1,
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """Everything of a partner's own in one round."""

    asked: Asked
    partnership: str
    sheet: Sheet | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """A partner's marks, None before they have begun, and what decides whether they may change them."""

    standing: Standing
    linked: bool
    """Whether the link they came with is still theirs."""
    submitted: bool
    sealed: bool
    seen: Seen | None


def everything(line: Line, *, round_id: int, respondent: Respondent) -> Own:
    """All of a partner's own in one round, as it was at one moment."""
    row = _row(line, ALL, round_id=round_id, respondent=respondent)
    return Own(
        asked=rounds.asked_in(row),
        partnership=row.partnership,
        sheet=sheets.sheet_in(row, lock=respondent.sheet_lock(round_id)),
    )


def marks(line: Line, *, round_id: int, respondent: Respondent) -> Marks:
    """What a tap changes, and what keeps it from changing."""
    row = _row(line, MARKS, round_id=round_id, respondent=respondent)
    layout = rounds.layout_in(row.instrument)
    return Marks(
        standing=rounds.standing_in(row),
        linked=row.link_sha256 == respondent.link_sha256,
        submitted=bool(row.submitted),
        sealed=row.marks is not None and row.sector is None,
        seen=None
        if row.marks is None
        else Seen(
            layout=layout,
            marks=row.marks,
            words=dict(row.words),
            version=row.version,
            key=respondent.sheet_key(round_id),
        ),
    )


def put_marks(line: Line, *, round_id: int, respondent: Respondent, marks: bytes, seen: Seen, now: datetime) -> bool:
    """Replace the marks that were *seen*.

    False, and nothing is changed, if they aren't those any more, if the respondent's link was replaced, or if
    they may not answer now.
    """
    line.run(
        PUT_MARKS,
        of_round=round_id,
        of_participant=respondent.participant_id,
        of_link=respondent.link_sha256,
        of_key=respondent.sheet_key(round_id),
        seen=seen.version,
        marks=marks,
        locked=sheets.locked_copy(
            marks, seen.words, key=respondent.sheet_key(round_id), lock=respondent.sheet_lock(round_id)
        ),
        saved_at=now,
    )
    return line.cursor.rowcount == 1


def _row(line: Line, statement: Any, *, round_id: int, respondent: Respondent) -> Any:  # Any: a row of named columns
    row = line.first(
        statement, of_round=round_id, of_participant=respondent.participant_id, of_key=respondent.sheet_key(round_id)
    )
    if row is None:
        raise NotFoundError("round")
    return row
