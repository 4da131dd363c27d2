"""Who an account is at an OpenID provider, and links by which it is tied to somebody there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from xsector.errors.access import UnknownLinkError
from xsector.store import accounts
from xsector.store.accounts import Account
from xsector.store.crypto import fingerprint
from xsector.store.tables import IdentityRow, OneTimeRow
from xsector.store.times import in_utc

LINK_LIFETIME: Final = timedelta(days=7)
_PURPOSE: Final = "tie "


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Somebody as a provider knows them: only both together name one person, and no e-mail does."""

    issuer: str
    subject: str


def account_of(session: Session, identity: Identity) -> Account | None:
    """The account that belongs to an identity."""
    row = session.get(IdentityRow, (identity.issuer, identity.subject))
    return None if row is None else accounts.get(session, row.account_id)


def add(session: Session, identity: Identity, *, account_id: int, now: datetime) -> None:
    """Let an identity sign in as an account; the caller has checked that it belongs to nobody."""
    session.add(IdentityRow(issuer=identity.issuer, subject=identity.subject, account_id=account_id, created_at=now))
    session.flush()


def issuers_of(session: Session, *, account_id: int) -> list[str]:
    """The providers with which an account may sign in, oldest tie first."""
    chosen = select(IdentityRow.issuer).where(IdentityRow.account_id == account_id)
    return list(session.scalars(chosen.order_by(IdentityRow.created_at, IdentityRow.issuer)))


def new_link(session: Session, *, account: Account, now: datetime) -> str:
    """The token of a link that ties one identity to the account; an earlier unused one ends."""
    return accounts.new_one_time(session, purpose=f"{_PURPOSE}{account.id}", role=account.role, now=now)


def peek_link(session: Session, *, token: str, now: datetime) -> Account:
    """The account that a link ties to, without using it up; UnknownLinkError if it does nothing (any more)."""
    row = session.get(OneTimeRow, fingerprint(token))
    if row is None or not row.purpose.startswith(_PURPOSE) or in_utc(row.created_at) < now - LINK_LIFETIME:
        raise UnknownLinkError()
    account = accounts.get(session, int(row.purpose.removeprefix(_PURPOSE)))
    if account is None:
        raise UnknownLinkError()
    return account


def use_link(session: Session, *, token: str, now: datetime) -> Account:
    """The account that a link ties to; it works no second time."""
    account = peek_link(session, token=token, now=now)
    ended = delete(OneTimeRow).where(OneTimeRow.token_sha256 == fingerprint(token)).returning(OneTimeRow.purpose)
    if session.scalar(ended) is None:
        raise UnknownLinkError()
    return account
