"""Signing in as somebody whom an OpenID provider knows: the account must be there, or a link must make it."""

from __future__ import annotations

from datetime import datetime

from xsector.actions import signing_in
from xsector.actions.permission import known
from xsector.errors.access import (
    AccountExistsError,
    IdentityTakenError,
    UnknownAccountError,
    UnknownIdentityError,
    UnknownLinkError,
)
from xsector.errors.common import UnusableTextError
from xsector.model.names import clean_name
from xsector.model.partner import Role
from xsector.store import accounts, audit, identities, leaders, partnerships
from xsector.store.accounts import NO_HASH, Account
from xsector.store.engine import Engine, Session, reading, writing
from xsector.store.identities import Identity


def sign_in(engine: Engine, *, identity: Identity, provider: str, now: datetime) -> str:
    """Sign in as the account that belongs to *identity*; returns the token for the browser.

    Raises
    ------
    UnknownIdentityError
        None does; *provider* is what the sentence calls the place they come from.
    """
    with writing(engine) as session:
        account = identities.account_of(session, identity)
        if account is None:
            raise UnknownIdentityError(provider)
        return _signed_in(session, account, identity=identity, now=now)


def create_first_account(
    engine: Engine, *, token: str, name: str, identity: Identity, provider: str, now: datetime
) -> str:
    """Make the first convener, without a password, and sign them in; returns the token for their browser.

    Raises
    ------
    UnknownLinkError, UnusableTextError, IdentityTakenError
        Nothing is made.
    """
    clean = clean_name(name)
    with writing(engine) as session:
        if accounts.count(session):
            raise UnknownLinkError()
        role = accounts.use_one_time(
            session, token=token, purpose=signing_in.FIRST, since=now - signing_in.FIRST_LINK_LIFETIME
        )
        account = _made(session, name=clean, role=role, identity=identity, provider=provider, now=now)
        accounts.adopt_unled(session, account_id=account.id)
        _note(session, account, "account made", identity=identity, now=now)
        return _signed_in(session, account, identity=identity, now=now)


def create_colleague(engine: Engine, *, token: str, name: str, identity: Identity, provider: str, now: datetime) -> str:
    """Make a colleague's account, without a password, and sign it in; returns the token for their browser.

    Raises
    ------
    UnknownLinkError, UnusableTextError, AccountExistsError, IdentityTakenError
        Nothing is made, and the link still works (unless it was unknown).
    """
    clean = clean_name(name)
    with writing(engine) as session:
        offer = leaders.use(session, token=token, now=now)
        partnerships.get(session, offer.partnership_id)
        account = _made(session, name=clean, role=offer.role, identity=identity, provider=provider, now=now)
        accounts.make_steward(session, partnership_id=offer.partnership_id, account_id=account.id)
        _note(session, account, "account made", identity=identity, now=now, partnership_id=offer.partnership_id)
        return _signed_in(session, account, identity=identity, now=now)


def look_at_link(engine: Engine, *, token: str, now: datetime) -> Account:
    """The account that a link ties to; changes nothing. UnknownLinkError if it does nothing (any more)."""
    with reading(engine) as session:
        return identities.peek_link(session, token=token, now=now)


def tie(engine: Engine, *, token: str, identity: Identity, provider: str, now: datetime) -> str:
    """Let *identity* sign in as the link's account from now on, and sign it in.

    Raises
    ------
    UnknownLinkError, IdentityTakenError
        Nothing is tied.
    """
    with writing(engine) as session:
        account = identities.use_link(session, token=token, now=now)
        owner = identities.account_of(session, identity)
        if owner is not None and owner.id != account.id:
            raise IdentityTakenError(provider)
        if owner is None:
            identities.add(session, identity, account_id=account.id, now=now)
            _note(session, account, "identity tied", identity=identity, now=now)
        return _signed_in(session, account, identity=identity, now=now)


def own_link(engine: Engine, *, account: Account, current: str, now: datetime) -> str:
    """The token of a link by which the account is tied to an identity, for who proves its password.

    Raises
    ------
    SignInError, TooManyTriesError
        *current* is wrong.
    """
    signing_in.prove(engine, account=account, password=current, now=now)
    with writing(engine) as session:
        known(session, account=account)
        return identities.new_link(session, account=account, now=now)


def issuers_of(engine: Engine, *, account: Account) -> list[str]:
    """The providers with which the account may sign in."""
    with reading(engine) as session:
        known(session, account=account)
        return identities.issuers_of(session, account_id=account.id)


def link_for(engine: Engine, *, name: str, now: datetime) -> str:
    """The token of a link that ties the account *name* to whoever opens it; the operator hands it out."""
    with writing(engine) as session:
        found = accounts.stored_hash(session, name=name[:200])
        if found is None:
            raise UnknownAccountError(clean_name(name))
        audit.note(session, actor="operator", action="identity link made", now=now, detail={"account": found[0].id})
        return identities.new_link(session, account=found[0], now=now)


def add_account(engine: Engine, *, name: str, role: Role, identity: Identity | None, now: datetime) -> Account:
    """Make an account without a password; without an identity only a link opens it."""
    clean = clean_name(name)
    with writing(engine) as session:
        account = _made(session, name=clean, role=role, identity=identity, provider="this provider", now=now)
        accounts.adopt_unled(session, account_id=account.id)
        audit.note(session, actor="operator", action="account made", now=now, detail={"role": role.value})
        return account


def identity_from(issuer: str, *, subject: str) -> Identity:
    """An identity as an operator types it; UnusableTextError if no provider could have sent it."""
    if not issuer.startswith(("https://", "http://localhost", "http://127.0.0.1")) or len(issuer) > 300:
        raise UnusableTextError("An issuer is an https address.", remedy="Copy it as the provider writes it.")
    if not (0 < len(subject) <= 255 and subject.isascii() and subject.isprintable()):
        raise UnusableTextError("This is no subject.", remedy="Copy the person's “sub” from the provider.")
    return Identity(issuer=issuer, subject=subject)


def _made(
    session: Session, *, name: str, role: Role, identity: Identity | None, provider: str, now: datetime
) -> Account:
    if identity is not None and identities.account_of(session, identity) is not None:
        raise IdentityTakenError(provider)
    if accounts.stored_hash(session, name=name) is not None:
        raise AccountExistsError(name)
    account = accounts.add(session, name=name, role=role, password_hash=NO_HASH, now=now)
    if identity is not None:
        identities.add(session, identity, account_id=account.id, now=now)
    return account


def _signed_in(session: Session, account: Account, *, identity: Identity, now: datetime) -> str:
    _note(session, account, "signed in", identity=identity, now=now)
    return accounts.sign_in(session, account_id=account.id, now=now)


def _note(
    session: Session,
    account: Account,
    action: str,
    *,
    identity: Identity,
    now: datetime,
    partnership_id: int | None = None,
) -> None:
    detail = {"role": account.role.value, "issuer": identity.issuer}
    audit.note(session, actor=account.name, action=action, now=now, partnership_id=partnership_id, detail=detail)
