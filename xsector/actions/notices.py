"""What happens often or in the middle of something else: counted in memory, written to the log once a minute.

A flood makes one line a minute with a number in it, whoever sends it and however fast.
"""

from __future__ import annotations

import threading
from collections import Counter
from datetime import datetime
from typing import Final

from xsector.errors.common import ForeignPageError, FormError, NotAllowedError, XsectorError
from xsector.store import audit
from xsector.store.engine import Engine, writing

SOMEBODY: Final = "somebody"
"""Who is meant where nobody has proved who they are: what they typed as a name may be a password."""
KINDS_AT_MOST: Final = 1_000

_COUNTED: Final[Counter[tuple[str, str, int | None]]] = Counter()
_LOCK: Final = threading.Lock()


def count(*, actor: str, action: str, partnership_id: int | None = None) -> None:
    """Note that *action* happened once more; it is written at the next ``write_down``."""
    kind = (actor, action, partnership_id)
    with _LOCK:
        if kind not in _COUNTED and len(_COUNTED) >= KINDS_AT_MOST:
            kind = (SOMEBODY, action, None)
        _COUNTED[kind] += 1


def refusal(problem: XsectorError) -> None:
    """Count *problem* if it is a refusal that nobody has counted yet; by whom is not known then."""
    if isinstance(problem, NotAllowedError) and not problem.noted:
        count(actor=SOMEBODY, action="refused")
    elif isinstance(problem, ForeignPageError):
        count(actor=SOMEBODY, action="form of another site refused")
    elif isinstance(problem, FormError):
        count(actor=SOMEBODY, action="unreadable form refused")


def write_down(engine: Engine, *, now: datetime) -> int:
    """Put what was counted into the log, one entry for each kind; returns how many entries that were.

    What can't be written is counted on.
    """
    with _LOCK:
        counted = dict(_COUNTED)
        _COUNTED.clear()
    if not counted:
        return 0
    written = False
    try:
        with writing(engine) as session:
            for (actor, action, of), times in counted.items():
                audit.note(session, actor=actor, action=action, now=now, partnership_id=of, detail={"times": times})
        written = True
    finally:
        if not written:
            with _LOCK:
                _COUNTED.update(counted)
    return len(counted)


def forget() -> None:
    """Count from nothing."""
    with _LOCK:
        _COUNTED.clear()
