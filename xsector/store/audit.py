"""What was done, by whom, in an order that can't be changed unseen. No answers, no tokens."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from xsector.store.chain import FIRST, alone
from xsector.store.tables import AuditRow
from xsector.store.times import in_utc


def note(
    session: Session,
    *,
    actor: str,
    action: str,
    now: datetime,
    partnership_id: int | None = None,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Add one entry to the end of the chain."""
    alone(session, "audit")
    last = session.scalar(select(AuditRow.chain).order_by(AuditRow.id.desc()).limit(1))
    row = AuditRow(
        at=now, actor=actor, action=action, partnership_id=partnership_id, detail=dict(detail or {}), chain=""
    )
    row.chain = _link(last or FIRST, row)
    session.add(row)
    session.flush()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that was done."""

    number: int
    at: datetime
    actor: str
    action: str
    partnership_id: int | None
    detail: Mapping[str, object]


def entries(session: Session, *, last: int | None) -> list[Entry]:
    """The log, oldest first; only its *last* entries if that is a number."""
    newest = select(AuditRow).order_by(AuditRow.id.desc()).limit(last)
    return [
        Entry(
            number=row.id, at=in_utc(row.at), actor=row.actor, action=row.action, partnership_id=row.partnership_id,
            detail=row.detail,
        )
        for row in reversed(session.scalars(newest).all())
    ]  # fmt: skip


def of_action(session: Session, action: str) -> list[Entry]:
    """The entries of one kind, oldest first."""
    return [one for one in entries(session, last=None) if one.action == action]


def first_broken(session: Session) -> int | None:
    """The id of the first entry that doesn't fit the one before, or None if all do."""
    before = FIRST
    for row in session.scalars(select(AuditRow).order_by(AuditRow.id)):
        if row.chain != _link(before, row):
            return row.id
        before = row.chain
    return None


def _link(before: str, row: AuditRow) -> str:
    content = [before, in_utc(row.at).isoformat(), row.actor, row.action, row.partnership_id, row.detail]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
