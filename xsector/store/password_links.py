"""Links with which the owner of an account sets a new password, once and within a day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete
from sqlalchemy.orm import Session

from xsector.errors.access import UnknownLinkError
from xsector.model.partner import Role
from xsector.store.accounts import Account
from xsector.store.crypto import fingerprint, new_token
from xsector.store.tables import AccountRow, OneTimeRow
from xsector.store.times import in_utc

LIFETIME: Final = timedelta(hours=24)
_PURPOSE: Final = "password "


def new(session: Session, *, account: Account, now: datetime) -> str:
    """The token of a link for the account; earlier ones for it end."""
    end(session, account_id=account.id)
    token = new_token()
    purpose = _purpose(account.id)
    session.add(OneTimeRow(token_sha256=fingerprint(token), purpose=purpose, role=account.role, created_at=now))
    session.flush()
    return token


def peek(session: Session, *, token: str, now: datetime) -> Account:
    """Whose password a link sets, without using it up; UnknownLinkError if it is used, ended or too old."""
    row = session.get(OneTimeRow, fingerprint(token))
    if row is None or not row.purpose.startswith(_PURPOSE) or in_utc(row.created_at) <= now - LIFETIME:
        raise UnknownLinkError()
    account = session.get(AccountRow, int(row.purpose.removeprefix(_PURPOSE)))
    if account is None:
        raise UnknownLinkError()
    return Account(id=account.id, name=account.name, role=Role(account.role))


def use(session: Session, *, token: str, now: datetime) -> Account:
    """Whose password a link sets; neither it nor another one for the account works from now on."""
    found = peek(session, token=token, now=now)
    ended = delete(OneTimeRow).where(OneTimeRow.token_sha256 == fingerprint(token)).returning(OneTimeRow.purpose)
    if session.scalar(ended) is None:
        raise UnknownLinkError()
    end(session, account_id=found.id)
    return found


def end(session: Session, *, account_id: int) -> None:
    """End the links that nobody has used."""
    session.execute(delete(OneTimeRow).where(OneTimeRow.purpose == _purpose(account_id)))


def _purpose(account_id: int) -> str:
    return f"{_PURPOSE}{account_id}"
