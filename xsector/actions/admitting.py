"""What the operator does for accounts: admit, list, help back in, sign out, close."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from xsector.actions.signing_in import new_account
from xsector.errors.access import NeededConvenerError, UnknownAccountError
from xsector.model.names import clean_name
from xsector.model.partner import Role
from xsector.store import accounts, audit, leaders, logins, partnerships, password_links
from xsector.store.accounts import Account
from xsector.store.engine import Engine, Session, reading, writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One account as the operator sees it."""

    account: Account
    browsers: int
    has_password: bool
    leads: tuple[str, ...]


def admit(engine: Engine, *, name: str, role: Role, now: datetime) -> tuple[Account, str]:
    """Make an account without a password, and the token of a link with which its owner sets one.

    Raises
    ------
    UnusableTextError, AccountExistsError
    """
    clean = clean_name(name)
    with writing(engine) as session:
        made = new_account(session, name=clean, role=role, password_hash=accounts.NO_HASH, now=now)
        return made, password_links.new(session, account=made, now=now)


def give_link(engine: Engine, *, name: str, now: datetime) -> tuple[Account, str]:
    """The account *name*, and the token of a link with which its owner sets a new password within a day.

    Until the link is used, the old password works.
    """
    with writing(engine) as session:
        account = _named(session, name)
        audit.note(session, actor="operator", action="password link made", now=now, detail={"account": account.id})
        return account, password_links.new(session, account=account, now=now)


def all_accounts(engine: Engine, *, now: datetime) -> list[Listed]:
    """All accounts in the order in which they were made."""
    with reading(engine) as session:
        return [
            Listed(
                account=one,
                browsers=len(logins.of_account(session, one.id, now=now)),
                has_password=accounts.has_password(session, account_id=one.id),
                leads=tuple(partnerships.get(session, led).name for led in leaders.led_by(session, one.id)),
            )
            for one in accounts.everyone(session)
        ]


def end_logins(engine: Engine, *, name: str, now: datetime) -> Account:
    """Sign the account *name* out of all browsers."""
    with writing(engine) as session:
        account = _named(session, name)
        accounts.sign_out_everywhere(session, account_id=account.id)
        audit.note(session, actor="operator", action="signed out by operator", now=now, detail={"account": account.id})
        return account


def close_account(engine: Engine, *, name: str, heir: str | None, now: datetime) -> Account:
    """Close the account *name*: its logins and links end, and nobody can sign in with it again.

    Where *heir* names another account, that one leads first what the closed one led.

    Raises
    ------
    UnknownAccountError
    NeededConvenerError
        A partnership would be left without a convener; nothing is changed.
    """
    with writing(engine) as session:
        account = _named(session, name)
        follower = None if heir is None else _named(session, heir)
        for partnership_id in leaders.led_by(session, account.id):
            leaders.hold(session, partnership_id)
            if follower is not None:
                accounts.make_steward(session, partnership_id=partnership_id, account_id=follower.id)
            _refuse_orphan(session, partnership_id, without=account)
            leaders.remove(session, partnership_id=partnership_id, account_id=account.id)
        password_links.end(session, account_id=account.id)
        accounts.remove(session, account_id=account.id)
        audit.note(session, actor="operator", action="account closed", now=now, detail={"account": account.id})
        return account


def _refuse_orphan(session: Session, partnership_id: int, *, without: Account) -> None:
    left = [one for one in leaders.of_partnership(session, partnership_id) if one.id != without.id]
    if not any(one.role is Role.CONVENER for one in left):
        raise NeededConvenerError(without.name, partnership=partnerships.get(session, partnership_id).name)


def _named(session: Session, name: str) -> Account:
    found = accounts.stored_hash(session, name=name[:200])
    if found is None:
        raise UnknownAccountError(clean_name(name))
    return found[0]
