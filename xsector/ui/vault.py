"""Sheets of fresh personal links, on their way from a page to a file; in memory, for minutes."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

LIFETIME: Final = timedelta(minutes=15)
SHEETS_AT_MOST: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalLink:
    """One line of a sheet."""

    name: str
    organisation: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSheet:
    """Links that were just issued, with the name of their partnership."""

    partnership: str
    links: tuple[PersonalLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    account_id: int
    sheet: LinkSheet
    until: datetime


_ENTRIES: Final[dict[str, _Entry]] = {}
_LOCK: Final = threading.Lock()


def put(sheet: LinkSheet, *, account_id: int, now: datetime) -> str:
    """Keep *sheet* for its account for a quarter of an hour; returns the id for /export/links/<id>.csv."""
    sheet_id = secrets.token_urlsafe(16)
    with _LOCK:
        _forget_old(now)
        while len(_ENTRIES) >= SHEETS_AT_MOST:
            del _ENTRIES[next(iter(_ENTRIES))]
        _ENTRIES[sheet_id] = _Entry(account_id=account_id, sheet=sheet, until=now + LIFETIME)
    return sheet_id


def sheet_of(sheet_id: str, *, account_id: int, now: datetime) -> LinkSheet | None:
    """The sheet, for the account that made it and while it lasts."""
    with _LOCK:
        _forget_old(now)
        entry = _ENTRIES.get(sheet_id)
    return entry.sheet if entry is not None and entry.account_id == account_id else None


def _forget_old(now: datetime) -> None:
    for sheet_id in [one for one, entry in _ENTRIES.items() if entry.until <= now]:
        del _ENTRIES[sheet_id]
