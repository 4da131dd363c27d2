"""Where an account is signed in, and ending that: one browser or all."""

from __future__ import annotations

from datetime import datetime

from xsector.actions.permission import known
from xsector.actions.signing_in import prove
from xsector.errors.common import NotFoundError
from xsector.store import accounts, audit, logins
from xsector.store.accounts import Account
from xsector.store.engine import Engine, reading, writing
from xsector.store.logins import Login


def browsers_of(engine: Engine, *, account: Account, now: datetime) -> list[Login]:
    """The browsers in which the account is signed in, the last used first."""
    with reading(engine) as session:
        known(session, account=account)
        return logins.of_account(session, account.id, now=now)


def end_one(engine: Engine, *, account: Account, mark: str, password: str, now: datetime) -> None:
    """Sign the account out of one browser.

    Raises
    ------
    SignInError, TooManyTriesError
        The password is wrong.
    NotFoundError
        The account isn't signed in there (any more).
    """
    _proven(engine, account=account, password=password, now=now)
    with writing(engine) as session:
        known(session, account=account)
        if not logins.end(session, account_id=account.id, mark=mark):
            raise NotFoundError("browser")
        audit.note(session, actor=account.name, action="signed out of a browser", now=now)


def sign_out_everywhere(engine: Engine, *, account: Account, password: str, now: datetime) -> None:
    """End the account's logins in all browsers, this one too; SignInError where the password is wrong."""
    _proven(engine, account=account, password=password, now=now)
    with writing(engine) as session:
        known(session, account=account)
        accounts.sign_out_everywhere(session, account_id=account.id)
        audit.note(session, actor=account.name, action="signed out everywhere", now=now)


def needs_password(engine: Engine, *, account: Account) -> bool:
    """Whether the account signs in with a password, which is then asked for before a login is ended."""
    with reading(engine) as session:
        known(session, account=account)
        return accounts.has_password(session, account_id=account.id)


def _proven(engine: Engine, *, account: Account, password: str, now: datetime) -> None:
    if needs_password(engine, account=account):
        prove(engine, account=account, password=password, now=now)
