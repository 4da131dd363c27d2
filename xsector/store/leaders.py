"""Who leads a partnership, and links by which a colleague gets an account and leads it too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from xsector.errors.access import UnknownLinkError
from xsector.model.partner import Role
from xsector.store.accounts import Account
from xsector.store.crypto import fingerprint, new_token
from xsector.store.tables import AccountRow, OneTimeRow, StewardRow
from xsector.store.times import in_utc

LINK_LIFETIME: Final = timedelta(days=7)
_PURPOSE: Final = "lead "


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a colleague's link gives: a role in one partnership."""

    partnership_id: int
    role: Role


def of_partnership(session: Session, partnership_id: int) -> list[Account]:
    """The accounts that lead a partnership, in the order in which they were made."""
    rows = session.scalars(
        select(AccountRow)
        .join(StewardRow, StewardRow.account_id == AccountRow.id)
        .where(StewardRow.partnership_id == partnership_id)
        .order_by(AccountRow.id)
    )
    return [Account(id=row.id, name=row.name, role=Role(row.role)) for row in rows]


def led_by(session: Session, account_id: int) -> list[int]:
    """The ids of the partnerships that an account leads."""
    chosen = select(StewardRow.partnership_id).where(StewardRow.account_id == account_id)
    return list(session.scalars(chosen.order_by(StewardRow.partnership_id)))


def hold(session: Session, partnership_id: int) -> None:
    """Let others who change who leads this partnership wait until the transaction ends."""
    chosen = select(StewardRow).where(StewardRow.partnership_id == partnership_id).with_for_update()
    session.scalars(chosen, execution_options={"populate_existing": True}).all()


def remove(session: Session, *, partnership_id: int, account_id: int) -> None:
    """Take an account off a partnership, and end the links that might bring it back under another name."""
    row = session.get(StewardRow, (partnership_id, account_id))
    if row is not None:
        session.delete(row)
    session.execute(delete(OneTimeRow).where(OneTimeRow.purpose == _purpose(partnership_id)))
    session.flush()


def waiting_links(session: Session, *, partnership_id: int, now: datetime) -> int:
    """How many colleagues' links nobody has used; those that are too old are taken away."""
    mine = OneTimeRow.purpose == _purpose(partnership_id)
    session.execute(delete(OneTimeRow).where(mine, OneTimeRow.created_at < now - LINK_LIFETIME))
    return session.scalar(select(func.count()).select_from(OneTimeRow).where(mine)) or 0


def new_link(session: Session, *, partnership_id: int, role: Role, now: datetime) -> str:
    """The token of a link that makes one account which leads the partnership."""
    token = new_token()
    purpose = _purpose(partnership_id)
    session.add(OneTimeRow(token_sha256=fingerprint(token), purpose=purpose, role=role, created_at=now))
    session.flush()
    return token


def peek(session: Session, *, token: str, now: datetime) -> Offer:
    """What a colleague's link gives, without using it up; UnknownLinkError if it is used, ended or too old."""
    row = session.get(OneTimeRow, fingerprint(token))
    if row is None or not row.purpose.startswith(_PURPOSE) or in_utc(row.created_at) < now - LINK_LIFETIME:
        raise UnknownLinkError()
    return Offer(partnership_id=int(row.purpose.removeprefix(_PURPOSE)), role=Role(row.role))


def use(session: Session, *, token: str, now: datetime) -> Offer:
    """What a colleague's link gives; it works no second time."""
    found = peek(session, token=token, now=now)
    ended = delete(OneTimeRow).where(OneTimeRow.token_sha256 == fingerprint(token)).returning(OneTimeRow.purpose)
    if session.scalar(ended) is None:
        raise UnknownLinkError()
    return found


def _purpose(partnership_id: int) -> str:
    return f"{_PURPOSE}{partnership_id}"
