"""The browsers in which an account is signed in, one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from xsector.store.accounts import ABSOLUTE, IDLE
from xsector.store.crypto import fingerprint
from xsector.store.tables import LoginRow
from xsector.store.times import in_utc


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """One browser in which an account is signed in: when that began and was last used, and from nowhere."""

    mark: str
    """By which its owner names it; neither the browser's token nor what is kept of that."""
    began: datetime
    seen: datetime


def of_account(session: Session, account_id: int, *, now: datetime) -> list[Login]:
    """The logins of an account that are good now, the last used first."""
    fresh = (LoginRow.created_at >= now - ABSOLUTE) & (LoginRow.seen_at >= now - IDLE)
    chosen = select(LoginRow).where(LoginRow.account_id == account_id, fresh).order_by(LoginRow.seen_at.desc())
    return [
        Login(mark=_mark(row.token_sha256), began=in_utc(row.created_at), seen=in_utc(row.seen_at))
        for row in session.scalars(chosen)
    ]


def mark_of(token: str) -> str:
    """The mark of the login behind a browser's token."""
    return _mark(fingerprint(token))


def end(session: Session, *, account_id: int, mark: str) -> bool:
    """End one login of an account; whether there was one with this mark."""
    kept = session.scalars(select(LoginRow.token_sha256).where(LoginRow.account_id == account_id)).all()
    found = [one for one in kept if _mark(one) == mark]
    session.execute(delete(LoginRow).where(LoginRow.token_sha256.in_(found)))
    return bool(found)


def _mark(token_sha256: str) -> str:
    return fingerprint(f"mark of login {token_sha256}")[:24]
