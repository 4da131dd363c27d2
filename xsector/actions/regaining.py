"""Setting a password by a link from the operator: the first one, or one after forgetting."""

from __future__ import annotations

from datetime import datetime

from xsector.actions.passwords import check_password
from xsector.store import accounts, audit, password_links
from xsector.store.accounts import Account
from xsector.store.crypto import hashed
from xsector.store.engine import Engine, reading, writing


def look_at_link(engine: Engine, *, token: str, now: datetime) -> Account:
    """Whose password a link sets; changes nothing. UnknownLinkError if it sets nothing (any more)."""
    with reading(engine) as session:
        return password_links.peek(session, token=token, now=now)


def set_password(engine: Engine, *, token: str, password: str, now: datetime) -> str:
    """Set the password, end all logins of the account, and sign its owner in; returns the token for the browser.

    Raises
    ------
    UnknownLinkError
    WeakPasswordError
        Nothing is changed, and the link still works.
    """
    check_password(password, name=look_at_link(engine, token=token, now=now).name)
    secret = hashed(password)
    with writing(engine) as session:
        account = password_links.use(session, token=token, now=now)
        accounts.set_password(session, account_id=account.id, password_hash=secret)
        audit.note(session, actor=account.name, action="password set by link", now=now)
        return accounts.sign_in(session, account_id=account.id, now=now)
