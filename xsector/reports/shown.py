"""What has been shown of a partner's group so far, for that partner to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from xsector.model.instrument import COUNTED_KINDS
from xsector.model.partner import Respondent
from xsector.store import releases, rounds
from xsector.store.engine import Engine, Session, reading
from xsector.store.tables import ReleaseRow
from xsector.store.times import in_utc


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What was shown of one round as it touches one partner; ``group`` is None where it doesn't count them."""

    round_title: str
    at: datetime
    group: str | None
    people: int
    questions: int
    """How many questions were shown of the group with all their counts."""
    roughly: int
    """How many questions of the questionnaire were shown as “at least so many” only."""
    of_sectors: int = 0
    """How many statements about sectors were, which follow from how people rated their organisations."""


def shown_of(engine: Engine, *, respondent: Respondent) -> list[Shown]:
    """Every round of the partner's partnership of which something was shown, the newest first."""
    with reading(engine) as session:
        made = [releases.of_round(session, one.id) for one in rounds.of_partnership(session, respondent.partnership_id)]
        return [_shown(session, rows, participant_id=respondent.participant_id) for rows in made if rows]


def _shown(session: Session, rows: list[ReleaseRow], *, participant_id: int) -> Shown:
    """What the releases of one round say of a participant; one of them at most counts them."""
    title = rounds.get(session, rows[0].round_id).title
    for row in rows:
        members = releases.members_of(session, row.id)
        place = next((at for at, there in members.items() if participant_id in there), None)
        if place is not None:
            return _counted(session, row, place=place, title=title)
    return Shown(round_title=title, at=in_utc(rows[0].released_at), group=None, people=0, questions=0, roughly=0)


def _counted(session: Session, row: ReleaseRow, *, place: int, title: str) -> Shown:
    part = releases.parts_of(session, row.id)[place]
    counted = list(rounds.instrument_of(session, row.round_id).counted())
    asked = [one for one in counted if one.kind in COUNTED_KINDS and not one.compares]
    of_sectors = {one.code for one in counted if one.averages}
    told = [code for code, band in part.bands.items() if band.at_least > 0]
    return Shown(
        round_title=title,
        at=in_utc(row.released_at),
        group=part.block.name,
        people=part.block.n,
        questions=len(asked) - len(row.held) - len(part.bands),
        roughly=sum(code not in of_sectors for code in told),
        of_sectors=sum(code in of_sectors for code in told),
    )
