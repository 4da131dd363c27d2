"""Accounts, the browsers they are signed in from, and links that work once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from xsector.errors.access import UnknownLinkError
from xsector.model.names import name_key
from xsector.model.partner import Role
from xsector.store.crypto import fingerprint, new_token
from xsector.store.tables import AccountRow, LoginRow, OneTimeRow, PartnershipRow, StewardRow
from xsector.store.times import in_utc

ABSOLUTE = timedelta(hours=12)
IDLE = timedelta(minutes=30)
NOTED_EVERY = timedelta(minutes=1)
"""A login's use is noted no more often, so it may end that much too early, and never too late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A convener or facilitator, as everybody else in the program sees them."""

    id: int
    name: str
    role: Role


NO_HASH = "-"
"""What stands in a password's place while an account has none: no hash, so nothing fits it."""


def count(session: Session) -> int:
    """How many accounts there are."""
    return session.scalar(select(func.count()).select_from(AccountRow)) or 0


def add(session: Session, *, name: str, role: Role, password_hash: str, now: datetime) -> Account:
    """A new account; the caller has checked that the name is free."""
    row = AccountRow(name=name, name_key=name_key(name), role=role, password_hash=password_hash, created_at=now)
    session.add(row)
    session.flush()
    return _fact(row)


def get(session: Session, account_id: int) -> Account | None:
    """The account with this number."""
    row = session.get(AccountRow, account_id)
    return None if row is None else _fact(row)


def is_there(session: Session, account: Account) -> bool:
    """Whether the account exists with the role it comes with."""
    row = session.get(AccountRow, account.id)
    return row is not None and row.role == account.role


def stored_hash(session: Session, *, name: str) -> tuple[Account, str] | None:
    """The account with this name and its password's hash, which is empty where it has no password."""
    if "\0" in name:  # which PostgreSQL can't even look for
        return None
    row = session.scalar(select(AccountRow).where(AccountRow.name_key == name_key(name)))
    return None if row is None else (_fact(row), row.password_hash)


def has_password(session: Session, *, account_id: int) -> bool:
    """Whether a password lets into the account at all."""
    row = session.get(AccountRow, account_id)
    return row is not None and row.password_hash.startswith("$")


def everyone(session: Session) -> list[Account]:
    """All accounts in the order in which they were made."""
    return [_fact(row) for row in session.scalars(select(AccountRow).order_by(AccountRow.id))]


def remove(session: Session, *, account_id: int) -> None:
    """Take an account away, with its logins; what it led is led by others or by nobody."""
    sign_out_everywhere(session, account_id=account_id)
    session.execute(delete(StewardRow).where(StewardRow.account_id == account_id))
    session.execute(delete(AccountRow).where(AccountRow.id == account_id))


def sign_in(session: Session, *, account_id: int, now: datetime) -> str:
    """A new login; returns the token for the browser's cookie."""
    session.execute(delete(LoginRow).where(LoginRow.created_at < now - ABSOLUTE))
    token = new_token()
    session.add(LoginRow(token_sha256=fingerprint(token), account_id=account_id, created_at=now, seen_at=now))
    session.flush()
    return token


def signed_in(session: Session, *, token: str, now: datetime) -> Account | None:
    """The account behind a cookie's token, while the login is fresh."""
    row = session.get(LoginRow, fingerprint(token))
    if row is None or in_utc(row.created_at) < now - ABSOLUTE or in_utc(row.seen_at) < now - IDLE:
        return None
    return get(session, row.account_id)


def seen(session: Session, *, token: str, now: datetime) -> None:
    """Note that a login is in use, so that it doesn't go idle."""
    row = session.get(LoginRow, fingerprint(token))
    if row is not None:
        row.seen_at = now


def needs_noting(session: Session, *, token: str, now: datetime) -> bool:
    """Whether it is time to note a login's use again."""
    row = session.get(LoginRow, fingerprint(token))
    return row is not None and in_utc(row.seen_at) <= now - NOTED_EVERY


def sign_out(session: Session, *, token: str) -> None:
    """End one login."""
    session.execute(delete(LoginRow).where(LoginRow.token_sha256 == fingerprint(token)))


def sign_out_everywhere(session: Session, *, account_id: int) -> None:
    """End all logins of an account."""
    session.execute(delete(LoginRow).where(LoginRow.account_id == account_id))


def set_password(session: Session, *, account_id: int, password_hash: str) -> None:
    """Replace an account's password; every login that the old one made ends."""
    session.execute(update(AccountRow).where(AccountRow.id == account_id).values(password_hash=password_hash))
    sign_out_everywhere(session, account_id=account_id)


def new_one_time(session: Session, *, purpose: str, role: Role, now: datetime) -> str:
    """A link token that works once; earlier unused ones for the same purpose end."""
    session.execute(delete(OneTimeRow).where(OneTimeRow.purpose == purpose))
    token = new_token()
    session.add(OneTimeRow(token_sha256=fingerprint(token), purpose=purpose, role=role, created_at=now))
    session.flush()
    return token


def peek_one_time(session: Session, *, token: str, purpose: str, since: datetime) -> Role:
    """The role that a one-time link gives, without using it up; UnknownLinkError if it was made before *since*."""
    row = session.get(OneTimeRow, fingerprint(token))
    if row is None or row.purpose != purpose or in_utc(row.created_at) < since:
        raise UnknownLinkError()
    return Role(row.role)


def use_one_time(session: Session, *, token: str, purpose: str, since: datetime) -> Role:
    """The role that a one-time link gives; it works no second time."""
    role = peek_one_time(session, token=token, purpose=purpose, since=since)
    ended = delete(OneTimeRow).where(OneTimeRow.token_sha256 == fingerprint(token)).returning(OneTimeRow.purpose)
    if session.scalar(ended) is None:
        raise UnknownLinkError()
    return role


def make_steward(session: Session, *, partnership_id: int, account_id: int) -> None:
    """Let an account lead a partnership."""
    if session.get(StewardRow, (partnership_id, account_id)) is None:
        session.add(StewardRow(partnership_id=partnership_id, account_id=account_id))
        session.flush()


def may_lead(session: Session, *, partnership_id: int, account: Account) -> bool:
    """Whether an account may lead a partnership, and has the role it comes with."""
    steward = session.get(StewardRow, (partnership_id, account.id))
    return steward is not None and is_there(session, account)


def adopt_unled(session: Session, *, account_id: int) -> None:
    """Make an account the steward of all partnerships that have none, such as imported ones."""
    led = select(StewardRow.partnership_id)
    for partnership_id in session.scalars(select(PartnershipRow.id).where(PartnershipRow.id.not_in(led))).all():
        make_steward(session, partnership_id=partnership_id, account_id=account_id)


def give_to_everyone(session: Session, *, partnership_id: int) -> None:
    """Let every account lead a partnership that a command on the server made."""
    for account_id in session.scalars(select(AccountRow.id)).all():
        make_steward(session, partnership_id=partnership_id, account_id=account_id)


def _fact(row: AccountRow) -> Account:
    return Account(id=row.id, name=row.name, role=Role(row.role))
