"""Signing in with an account, changing its password, and making the first one."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from xsector.actions import notices
from xsector.actions.passwords import LONGEST, check_password
from xsector.actions.tries import Budget, Line
from xsector.errors.access import AccountExistsError, SignInError, TooManyTriesError, UnknownLinkError
from xsector.model.names import clean_name, name_key
from xsector.model.partner import Role
from xsector.store import accounts, audit, password_links
from xsector.store.accounts import Account
from xsector.store.crypto import hashed, matches
from xsector.store.engine import Engine, Session, reading, writing

FIRST: Final = "first account"
FIRST_LINK_LIFETIME: Final = timedelta(hours=24)
_PER_NAME = Budget(tries=5, minutes=1)
_ALL = Budget(tries=60, minutes=1)
# Looking at a password takes 20 ms of a core: a flood gets one core at most, and few of our threads.
_SLOW = Line(longest=16)
# A hash that no password made: unknown names, and accounts without a password, take as long to refuse as known ones.
_NOBODY = hashed("nobody has this password, ever")


def first_account_token(engine: Engine, *, now: datetime) -> str | None:
    """A token that makes the first account, once and within a day; None if there is an account."""
    with writing(engine) as session:
        if accounts.count(session):
            return None
        return accounts.new_one_time(session, purpose=FIRST, role=Role.CONVENER, now=now)


def check_first_token(engine: Engine, *, token: str, now: datetime) -> None:
    """Raise UnknownLinkError unless *token* still makes the first account."""
    with reading(engine) as session:
        accounts.peek_one_time(session, token=token, purpose=FIRST, since=now - FIRST_LINK_LIFETIME)


def create_first_account(engine: Engine, *, token: str, name: str, password: str, now: datetime) -> str:
    """Make the first convener and sign them in; returns the token for their browser.

    Raises
    ------
    UnknownLinkError, WeakPasswordError, UnusableTextError
        Nothing is made, and the link still works (unless it was unknown).
    """
    clean = clean_name(name)
    check_password(password, name=clean)
    secret = hashed(password)
    with writing(engine) as session:
        if accounts.count(session):
            raise UnknownLinkError()
        role = accounts.use_one_time(session, token=token, purpose=FIRST, since=now - FIRST_LINK_LIFETIME)
        account = accounts.add(session, name=clean, role=role, password_hash=secret, now=now)
        accounts.adopt_unled(session, account_id=account.id)
        audit.note(session, actor=account.name, action="account made", now=now, detail={"role": role.value})
        return accounts.sign_in(session, account_id=account.id, now=now)


def add_account(engine: Engine, *, name: str, role: Role, password: str, now: datetime) -> Account:
    """Make an account; on the first one, partnerships that nobody leads become theirs.

    Raises
    ------
    WeakPasswordError, UnusableTextError, AccountExistsError
    """
    clean = clean_name(name)
    check_password(password, name=clean)
    secret = hashed(password)
    with writing(engine) as session:
        return new_account(session, name=clean, role=role, password_hash=secret, now=now)


def new_account(session: Session, *, name: str, role: Role, password_hash: str, now: datetime) -> Account:
    """The account that the operator makes."""
    if accounts.stored_hash(session, name=name) is not None:
        raise AccountExistsError(name)
    account = accounts.add(session, name=name, role=role, password_hash=password_hash, now=now)
    accounts.adopt_unled(session, account_id=account.id)
    audit.note(session, actor="operator", action="account made", now=now, detail={"role": role.value})
    return account


def sign_in(engine: Engine, *, name: str, password: str, now: datetime) -> str:
    """Check a password and sign in; returns the token for the browser.

    Raises
    ------
    SignInError, TooManyTriesError
        A right password opens however many wrong ones came before it; while there were too many of
        those, one try after the other is looked at, and nobody is refused unlooked but at a long line.
    """
    account = _proven(engine, name=name, password=password, now=now)
    with writing(engine) as session:
        audit.note(session, actor=account.name, action="signed in", now=now)
        return accounts.sign_in(session, account_id=account.id, now=now)


def change_password(engine: Engine, *, account: Account, current: str, new: str, now: datetime) -> str:
    """Replace a password: all logins end, and the token of a new one comes back for this browser.

    Raises
    ------
    SignInError, TooManyTriesError
        *current* is wrong.
    WeakPasswordError
        Nothing is changed, as above.
    """
    prove(engine, account=account, password=current, now=now)
    check_password(new, name=account.name)
    secret = hashed(new)
    with writing(engine) as session:
        accounts.set_password(session, account_id=account.id, password_hash=secret)
        password_links.end(session, account_id=account.id)
        audit.note(session, actor=account.name, action="password changed", now=now)
        return accounts.sign_in(session, account_id=account.id, now=now)


def prove(engine: Engine, *, account: Account, password: str, now: datetime) -> None:
    """Raise SignInError or TooManyTriesError unless *password* is the account's own."""
    if _proven(engine, name=account.name, password=password, now=now).id != account.id:
        raise SignInError()


def _proven(engine: Engine, *, name: str, password: str, now: datetime) -> Account:
    """The account that *name* and *password* prove."""
    key = name_key(name[:200])
    with reading(engine) as session:
        found = accounts.stored_hash(session, name=name[:200])
    if found is not None and found[1] == accounts.NO_HASH:
        found = None
    with _line(key, now=now):
        right = matches(password[:LONGEST], stored=found[1] if found else _NOBODY)
    if not right or found is None:
        notices.count(actor=found[0].name if found else notices.SOMEBODY, action="sign-in failed")
        _PER_NAME.check(key, now=now)
        _ALL.check("", now=now)
        _PER_NAME.fail(key, now=now)
        _ALL.fail("", now=now)
        raise SignInError()
    _PER_NAME.clear(key)
    return found[0]


@contextlib.contextmanager
def _line(key: str, *, now: datetime) -> Iterator[None]:
    """Where tries wait for one another once there were too many wrong ones; else nobody waits."""
    try:
        _PER_NAME.check(key, now=now)
        _ALL.check("", now=now)
    except TooManyTriesError:
        with _SLOW.turn():
            yield
    else:
        yield


def sign_out(engine: Engine, *, token: str) -> None:
    """End the login behind a cookie's token."""
    with writing(engine) as session:
        accounts.sign_out(session, token=token)


def account_of(engine: Engine, *, token: str, now: datetime) -> Account | None:
    """The account behind a cookie's token, while the login is fresh."""
    with reading(engine) as session:
        account = accounts.signed_in(session, token=token, now=now)
        stale = account is not None and accounts.needs_noting(session, token=token, now=now)
    if stale:
        with writing(engine) as session:
            accounts.seen(session, token=token, now=now)
    return account
