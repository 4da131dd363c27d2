"""What a database had shown, looked up in a copy of it before a backup takes its place."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from xsector.errors.operating import BackupError, DatabaseBrokenError
from xsector.model.round import State
from xsector.store import backups, migrate, releases
from xsector.store.engine import reading
from xsector.store.tables import PartnershipRow, RoundRow
from xsector.store.times import in_utc

BEFORE_A_REVEAL: Final = frozenset({State.DRAFT, State.CLOSED})
"""Where a round stands that is over without a reveal: an earlier restore has ended it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRound:
    """A round of which something was shown, with what tells it from others in any copy of the database."""

    id: int
    number: int
    partnership_id: int
    partnership_since: datetime
    partnership: str
    title: str
    checksums: frozenset[str]
    """Of its releases."""
    ended: bool
    """Whether it was shown in a database that was replaced before this one."""


def shown_in_file(copy: Path) -> list[ShownRound] | None:
    """The rounds of which something was shown in the database that *copy* holds; None if it can't be read."""
    try:
        backups.check_file(copy)
        migrate.check_file(copy)
    except (BackupError, DatabaseBrokenError):
        return None
    with tempfile.TemporaryDirectory() as folder:
        engine = backups.brought_up(copy, Path(folder) / "replaced.sqlite3")
        try:
            with reading(engine) as session:
                return shown_rounds(session)
        finally:
            engine.dispose()


def shown_rounds(session: Session) -> list[ShownRound]:
    """The rounds of which something was shown, the oldest first."""
    rows = session.execute(
        select(RoundRow, PartnershipRow)
        .join(PartnershipRow, PartnershipRow.id == RoundRow.partnership_id)
        .order_by(RoundRow.id)
    )
    all_of_them = [_fact(session, round_, partnership) for round_, partnership in rows]
    return [one for one in all_of_them if one.checksums or one.ended]


def still_there(session: Session, one: ShownRound) -> bool:
    """Whether this database has the same round."""
    round_, partnership = session.get(RoundRow, one.id), session.get(PartnershipRow, one.partnership_id)
    if round_ is None or partnership is None:
        return False
    same_place = (round_.partnership_id, round_.number) == (one.partnership_id, one.number)
    return same_place and in_utc(partnership.created_at) == one.partnership_since


def lacks(session: Session, one: ShownRound) -> bool:
    """Whether this database doesn't know of all that was shown of a round."""
    return one.ended or bool(one.checksums - {row.checksum for row in releases.of_round(session, one.id)})


def _fact(session: Session, round_: RoundRow, partnership: PartnershipRow) -> ShownRound:
    return ShownRound(
        id=round_.id,
        number=round_.number,
        partnership_id=partnership.id,
        partnership_since=in_utc(partnership.created_at),
        partnership=partnership.name,
        title=round_.title,
        checksums=frozenset(row.checksum for row in releases.of_round(session, round_.id)),
        ended=round_.over and State(round_.state) in BEFORE_A_REVEAL,
    )
