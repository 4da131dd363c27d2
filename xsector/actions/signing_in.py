"""Signing in with an account, changing its password, and making the first one."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from xsector.actions.permission import known
from xsector.actions.tries import Budget, Line
from xsector.errors import AccountExistsError, SignInError, TooManyTriesError, UnknownLinkError, WeakPasswordError
from xsector.model.names import clean_name, name_key
from xsector.model.partner import Role
from xsector.store import accounts, audit
from xsector.store.accounts import Account
from xsector.store.crypto import hashed, matches
from xsector.store.engine import Engine, reading, writing

FIRST: Final = "first account"
SHORTEST_PASSWORD: Final = 15
LONGEST_PASSWORD: Final = 1_000
COMMON: Final = ("password", "1234567890", "qwertyuiop", "letmeinletmein", "xsector", "abcdefghij")
_PER_NAME = Budget(tries=5, minutes=1)
_ALL = Budget(tries=60, minutes=1)
# Looking at a password takes 20 ms of a core: a flood gets one core at most, and few of our threads.
_SLOW = Line(longest=16)
# A hash that no password made: unknown names take as long to refuse as known ones.
_NOBODY = hashed("nobody has this password, ever")


def first_account_token(engine: Engine, *, now: datetime) -> str | None:
    """A token that makes the first account, once; None if there is an account."""
    with writing(engine) as session:
        if accounts.count(session):
            return None
        return accounts.new_one_time(session, purpose=FIRST, role=Role.CONVENER, now=now)


def check_first_token(engine: Engine, *, token: str) -> None:
    """Raise UnknownLinkError unless *token* still makes the first account."""
    with reading(engine) as session:
        accounts.peek_one_time(session, token=token, purpose=FIRST)


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
        role = accounts.use_one_time(session, token=token, purpose=FIRST)
        account = accounts.add(session, name=clean, role=role, password_hash=secret, now=now)
        accounts.adopt_unled(session, account_id=account.id)
        audit.note(session, actor=account.name, action="account made", now=now, detail={"role": role.value})
        return accounts.sign_in(session, account_id=account.id, now=now)


def add_account(engine: Engine, *, name: str, role: Role, password: str, now: datetime) -> Account:
    """Make an account; on the first one, partnerships that nobody leads become theirs."""
    clean = clean_name(name)
    check_password(password, name=clean)
    secret = hashed(password)
    with writing(engine) as session:
        if accounts.stored_hash(session, name=clean) is not None:
            raise AccountExistsError(clean)
        account = accounts.add(session, name=clean, role=role, password_hash=secret, now=now)
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
    prove(engine, account=account, current=current, now=now)
    check_password(new, name=account.name)
    secret = hashed(new)
    with writing(engine) as session:
        accounts.set_password(session, account_id=account.id, password_hash=secret)
        audit.note(session, actor=account.name, action="password changed", now=now)
        return accounts.sign_in(session, account_id=account.id, now=now)


def prove(engine: Engine, *, account: Account, current: str, now: datetime) -> None:
    """Raise SignInError (or TooManyTriesError) unless *current* is the account's password."""
    if _proven(engine, name=account.name, password=current, now=now).id != account.id:
        raise SignInError()


def _proven(engine: Engine, *, name: str, password: str, now: datetime) -> Account:
    """The account that *name* and *password* prove."""
    key = name_key(name[:200])
    with reading(engine) as session:
        found = accounts.stored_hash(session, name=name[:200])
    if found is not None and found[1] == accounts.NO_PASSWORD:
        found = None
    with _line(key, now=now):
        right = matches(password[:LONGEST_PASSWORD], stored=found[1] if found else _NOBODY)
    if not right or found is None:
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


def sign_out_everywhere(engine: Engine, *, account: Account, now: datetime) -> None:
    """End the account's logins in all browsers, this one too."""
    with writing(engine) as session:
        known(session, account=account)
        accounts.sign_out_everywhere(session, account_id=account.id)
        audit.note(session, actor=account.name, action="signed out everywhere", now=now)


def browsers_of(engine: Engine, *, account: Account, now: datetime) -> int:
    """In how many browsers the account is signed in."""
    with reading(engine) as session:
        known(session, account=account)
        return accounts.logins(session, account_id=account.id, now=now)


def account_of(engine: Engine, *, token: str, now: datetime) -> Account | None:
    """The account behind a cookie's token, while the login is fresh."""
    with reading(engine) as session:
        account = accounts.signed_in(session, token=token, now=now)
        stale = account is not None and accounts.needs_noting(session, token=token, now=now)
    if stale:
        with writing(engine) as session:
            accounts.seen(session, token=token, now=now)
    return account


def check_password(password: str, *, name: str) -> None:
    """Raise WeakPasswordError for a password that is short or easily guessed."""
    plain = password.casefold()
    if len(password) < SHORTEST_PASSWORD:
        raise WeakPasswordError(f"it has fewer than {SHORTEST_PASSWORD} characters")
    if len(password) > LONGEST_PASSWORD:
        raise WeakPasswordError(f"it has more than {LONGEST_PASSWORD:,} characters")
    if len(set(plain)) < 5:
        raise WeakPasswordError("it repeats too few characters")
    if any(word in plain for word in COMMON) or (len(name) > 3 and name.casefold() in plain):
        raise WeakPasswordError("it holds a common word or your name")
