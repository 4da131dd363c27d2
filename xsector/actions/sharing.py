"""Leading a partnership together: who does, and how a colleague gets an account of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from xsector.actions.passwords import check_password
from xsector.actions.permission import convening
from xsector.errors.access import AccountExistsError, LastConvenerError, UnknownAccountError
from xsector.errors.common import NotAllowedError, NotFoundError, SetUpError
from xsector.model.names import clean_name
from xsector.model.partner import Role
from xsector.store import accounts, audit, leaders, partnerships
from xsector.store.accounts import Account
from xsector.store.crypto import hashed
from xsector.store.engine import Engine, Session, reading, writing

MOST_LINKS: Final = 10
_ROLES: Final = frozenset({Role.CONVENER, Role.FACILITATOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """What somebody who opens a colleague's link is told."""

    partnership: str
    role: Role


def share(engine: Engine, *, account: Account, partnership_id: int, name: str, now: datetime) -> Account:
    """Let the account *name* lead the partnership too.

    Raises
    ------
    UnknownAccountError
    """
    with writing(engine) as session:
        convening(session, account=account, partnership_id=partnership_id)
        found = accounts.stored_hash(session, name=name[:200])
        if found is None:
            raise UnknownAccountError(clean_name(name))
        accounts.make_steward(session, partnership_id=partnership_id, account_id=found[0].id)
        _note(session, account, "leader added", partnership_id, now, account_id=found[0].id)
        return found[0]


def take_off(engine: Engine, *, account: Account, partnership_id: int, account_id: int, now: datetime) -> None:
    """Let an account lead the partnership no more; links for colleagues that nobody has used end with it.

    Raises
    ------
    LastConvenerError
        No convener would be left.
    """
    with writing(engine) as session:
        leaders.hold(session, partnership_id)
        convening(session, account=account, partnership_id=partnership_id)
        leading = leaders.of_partnership(session, partnership_id)
        if account_id not in {one.id for one in leading}:
            raise NotFoundError("person")
        if not any(one.role is Role.CONVENER and one.id != account_id for one in leading):
            raise LastConvenerError()
        leaders.remove(session, partnership_id=partnership_id, account_id=account_id)
        _note(session, account, "leader taken off", partnership_id, now, account_id=account_id)


def invite_colleague(engine: Engine, *, account: Account, partnership_id: int, role: Role, now: datetime) -> str:
    """The token of a link with which a colleague makes their own account and leads the partnership too.

    It works once, for a week, and is shown now or never: only its hash is kept.
    """
    if role not in _ROLES:
        raise NotAllowedError()
    with writing(engine) as session:
        convening(session, account=account, partnership_id=partnership_id)
        if leaders.waiting_links(session, partnership_id=partnership_id, now=now) >= MOST_LINKS:
            raise SetUpError(f"{MOST_LINKS} links wait to be used.", remedy="Each ends after a week, or when used.")
        _note(session, account, "colleague invited", partnership_id, now, role=role.value)
        return leaders.new_link(session, partnership_id=partnership_id, role=role, now=now)


def look_at_invitation(engine: Engine, *, token: str, now: datetime) -> Invitation:
    """What a colleague's link gives; changes nothing. UnknownLinkError if it gives nothing (any more)."""
    with reading(engine) as session:
        offer = leaders.peek(session, token=token, now=now)
        return Invitation(partnership=partnerships.get(session, offer.partnership_id).name, role=offer.role)


def create_colleague(engine: Engine, *, token: str, name: str, password: str, now: datetime) -> str:
    """Make the colleague's account and sign it in; returns the token for their browser.

    Raises
    ------
    UnknownLinkError, WeakPasswordError, UnusableTextError, AccountExistsError
        Nothing is made, and the link still works (unless it was unknown).
    """
    clean = clean_name(name)
    check_password(password, name=clean)
    secret = hashed(password)
    with writing(engine) as session:
        offer = leaders.use(session, token=token, now=now)
        partnerships.get(session, offer.partnership_id)
        if accounts.stored_hash(session, name=clean) is not None:
            raise AccountExistsError(clean)
        made = accounts.add(session, name=clean, role=offer.role, password_hash=secret, now=now)
        accounts.make_steward(session, partnership_id=offer.partnership_id, account_id=made.id)
        _note(session, made, "account made", offer.partnership_id, now, role=offer.role.value)
        return accounts.sign_in(session, account_id=made.id, now=now)


def _note(
    session: Session, account: Account, action: str, partnership_id: int, now: datetime, **detail: int | str
) -> None:
    audit.note(session, actor=account.name, action=action, now=now, partnership_id=partnership_id, detail=detail)
