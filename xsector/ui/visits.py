"""When each partner's browser was last here.

In memory and nowhere else: a stored time would stand beside the time at which a sheet was saved, and
lead from one to the other. After a start everybody counts as just seen.
"""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Final

from xsector.store.crypto import fingerprint
from xsector.ui.identity import LIFETIME, issued_at, unsealed

IDLE: Final = timedelta(hours=2)
_SWEEP: Final = timedelta(minutes=10)
_NEVER: Final = datetime.min.replace(tzinfo=UTC)

_SEEN: Final[dict[str, datetime]] = {}
_ENDED: Final[dict[str, datetime]] = {}
_SINCE: Final[dict[str, datetime]] = {"start": _NEVER, "sweep": _NEVER}
_LOCK: Final = threading.Lock()


def begin(*, now: datetime) -> None:
    """Forget all visits; whoever comes with a cookie from before counts as seen at this moment."""
    with _LOCK:
        _SEEN.clear()
        _ENDED.clear()
        _SINCE.update(start=now, sweep=now)


def token_in(cookie: str, *, key: bytes, now: datetime) -> str | None:
    """The personal token in a partner's cookie, which is noted as seen; None if it can't be used or lay idle."""
    token = unsealed(cookie, key=key, now=now)
    if token is None:
        return None
    mark, issued = fingerprint(cookie), issued_at(cookie)
    with _LOCK:
        if mark in _ENDED:
            return None
        last = max(_SEEN.get(mark, issued), issued, _SINCE["start"])
        if now - last >= IDLE:
            return None
        _SEEN[mark] = max(now, last)
        _forget_old(now)
    return token


def end(cookie: str, *, now: datetime) -> None:
    """Let this cookie be of no more use, for as long as the process runs: its partner signed out."""
    with _LOCK:
        _ENDED[fingerprint(cookie)] = now


def _forget_old(now: datetime) -> None:
    if now - _SINCE["sweep"] >= _SWEEP:
        _SINCE["sweep"] = now
        for mark in [mark for mark, seen in _SEEN.items() if now - seen >= IDLE]:
            del _SEEN[mark]
        for mark in [mark for mark, ended in _ENDED.items() if now - ended >= LIFETIME]:
            del _ENDED[mark]
