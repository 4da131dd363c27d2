"""What was done here, by whom and when: the audit log, for the operator."""

from __future__ import annotations

from xsector.store import audit
from xsector.store.audit import Entry
from xsector.store.engine import Engine, reading


def log_entries(engine: Engine, *, last: int | None = None) -> list[Entry]:
    """The log, oldest first; only its *last* entries if that is a number."""
    with reading(engine) as session:
        return audit.entries(session, last=last)
