"""What has been shown of a partner's group so far, for that partner to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from xsector.model.instrument import COUNTED_KINDS
from xsector.model.partner import Respondent
from xsector.model.released import WITHHELD
from xsector.store import releases, rounds
from xsector.store.engine import Engine, reading
from xsector.store.times import in_utc


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One release as it touches one partner; ``group`` is None where it doesn't count them."""

    round_title: str
    at: datetime
    group: str | None
    people: int
    questions: int
    """How many questions were shown of the group with all their counts."""
    roughly: int
    """How many were shown as “at least so many” only."""


def shown_of(engine: Engine, *, respondent: Respondent) -> list[Shown]:
    """Every release of the partner's partnership, the newest first."""
    with reading(engine) as session:
        made = releases.everything(session, partnership_id=respondent.partnership_id)
        found = []
        for row in reversed(made):
            members = releases.members_of(session, row.id)
            place = next((at for at, there in members.items() if respondent.participant_id in there), None)
            asked = [one for one in rounds.instrument_of(session, row.round_id).items() if one.kind in COUNTED_KINDS]
            bands = [band for (at, _), band in releases.bands_of(session, row.id).items() if at == place]
            block = None if place is None else releases.blocks_of(session, row.id)[place]
            found.append(
                Shown(
                    round_title=rounds.get(session, row.round_id).title,
                    at=in_utc(row.released_at),
                    group=block.name if block else None,
                    people=block.n if block else 0,
                    questions=len(asked) - len(row.held) - len(bands) if block else 0,
                    roughly=sum(band.pole != WITHHELD for band in bands),
                )
            )
        return found
