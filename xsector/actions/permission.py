"""Who may do what: asked at the top of every action and report, inside its transaction."""

from __future__ import annotations

from typing import Final

from xsector.actions import notices
from xsector.errors.common import NotAllowedError
from xsector.model.partner import Partnership, Role, RoundFacts
from xsector.store import accounts, partnerships, rounds
from xsector.store.accounts import Account
from xsector.store.engine import Session

OPERATOR: Final = Account(id=0, name="operator", role=Role.CONVENER)
"""Whoever runs commands on the server: they hold the database anyway."""


def known(session: Session, *, account: Account) -> None:
    """Raise NotAllowedError unless the account exists as it says it is."""
    if account != OPERATOR and not accounts.is_there(session, account):
        raise _refused(account)


def known_convener(session: Session, *, account: Account) -> None:
    """Raise NotAllowedError unless the account exists and is a convener."""
    if account.role is not Role.CONVENER:
        raise _refused(account)
    known(session, account=account)


def leading(session: Session, *, account: Account, partnership_id: int) -> Partnership:
    """The partnership, if the account may lead it."""
    found = partnerships.get(session, partnership_id)
    if account == OPERATOR:
        return found
    if not accounts.may_lead(session, partnership_id=partnership_id, account=account):
        raise _refused(account, partnership_id=partnership_id)
    return found


def convening(session: Session, *, account: Account, partnership_id: int) -> Partnership:
    """The partnership, if the account may lead it and is a convener."""
    if account.role is not Role.CONVENER:
        raise _refused(account, partnership_id=partnership_id)
    return leading(session, account=account, partnership_id=partnership_id)


def leading_round(session: Session, *, account: Account, round_id: int) -> RoundFacts:
    """The round, if the account may lead its partnership."""
    found = rounds.get(session, round_id)
    leading(session, account=account, partnership_id=found.partnership_id)
    return found


def leading_round_for_change(session: Session, *, account: Account, round_id: int) -> RoundFacts:
    """The same, locked: nobody else changes the round or answers in it until the transaction ends."""
    found = rounds.get_for_change(session, round_id)
    leading(session, account=account, partnership_id=found.partnership_id)
    return found


def convening_round_for_change(session: Session, *, account: Account, round_id: int) -> RoundFacts:
    """The round, locked, if the account may lead its partnership and is a convener."""
    found = rounds.get_for_change(session, round_id)
    convening(session, account=account, partnership_id=found.partnership_id)
    return found


def _refused(account: Account, *, partnership_id: int | None = None) -> NotAllowedError:
    """The problem, after it was counted: the log can't be written to in the transaction that it ends."""
    notices.count(actor=account.name, action="refused", partnership_id=partnership_id)
    return NotAllowedError(noted=True)
