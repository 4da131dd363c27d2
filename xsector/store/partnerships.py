"""Partnerships: read, made, changed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from xsector.errors.common import NotFoundError
from xsector.model.partner import Partnership
from xsector.model.policy import Policy, Tier
from xsector.model.round import State
from xsector.model.sector import Sector
from xsector.store.tables import PartnershipRow, RoundRow, StewardRow, table_of
from xsector.store.times import in_utc

PARTNERSHIP: Final = table_of(PartnershipRow)
ONE: Final = select(PARTNERSHIP).where(PARTNERSHIP.c.id == bindparam("partnership_id"))


def add(
    session: Session, *, name: str, place: str, shared_result: str, sectors: tuple[Sector, ...], policy: Policy,
    records_notice: bool = False, now: datetime,
) -> Partnership:  # fmt: skip
    """A new partnership."""
    row = PartnershipRow(
        name=name,
        place=place,
        shared_result=shared_result,
        sectors=[asdict(sector) for sector in sectors],
        policy=policy_to_plain(policy),
        records_notice=records_notice,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return _fact(row)


def hold(session: Session, partnership_id: int) -> None:
    """Let others who want to open one of its rounds wait until the transaction ends."""
    chosen = select(PartnershipRow.id).where(PartnershipRow.id == partnership_id)
    session.execute(chosen.with_for_update(key_share=True))


def get(session: Session, partnership_id: int) -> Partnership:
    """One partnership; NotFoundError if it isn't there."""
    row = session.connection().execute(ONE, {"partnership_id": partnership_id}).one_or_none()
    if row is None:
        raise NotFoundError("partnership")
    return _fact(row)


def named(session: Session, name: str, *, led_by: int | None = None) -> Partnership | None:
    """The newest partnership with exactly this name (among those that the account *led_by* may lead)."""
    chosen = select(PartnershipRow).where(PartnershipRow.name == name).order_by(PartnershipRow.id.desc())
    if led_by is not None:
        led = select(StewardRow.partnership_id).where(StewardRow.account_id == led_by)
        chosen = chosen.where(PartnershipRow.id.in_(led))
    row = session.scalar(chosen.limit(1))
    return None if row is None else _fact(row)


def rests_since(session: Session, partnership_id: int, *, before: datetime) -> bool:
    """Whether no round is open or waits to be revealed, and the partnership's last step was made *before* then."""
    rows = session.execute(
        select(RoundRow.state, RoundRow.opened_at, RoundRow.closed_at, RoundRow.revealed_at).where(
            RoundRow.partnership_id == partnership_id
        )
    ).all()
    if any(row.state in {State.OPEN, State.CLOSED} for row in rows):
        return False
    made = session.scalars(select(PartnershipRow.created_at).where(PartnershipRow.id == partnership_id)).one()
    steps = [moment for _, *moments in rows for moment in moments if moment is not None]
    return max(in_utc(moment) for moment in [made, *steps]) < before


def everyone(session: Session) -> list[Partnership]:
    """All partnerships, oldest first."""
    return [_fact(row) for row in session.scalars(select(PartnershipRow).order_by(PartnershipRow.id))]


def led_by(session: Session, *, account_id: int) -> list[Partnership]:
    """The partnerships an account may lead, newest first."""
    rows = session.scalars(
        select(PartnershipRow)
        .join(StewardRow, StewardRow.partnership_id == PartnershipRow.id)
        .where(StewardRow.account_id == account_id)
        .order_by(PartnershipRow.id.desc())
    )
    return [_fact(row) for row in rows]


def describe(
    session: Session, partnership_id: int, *, name: str, place: str, shared_result: str, records_notice: bool
) -> Partnership:
    """Change how a partnership is described."""
    row = _row(session, partnership_id)
    row.name, row.place, row.shared_result, row.records_notice = name, place, shared_result, records_notice
    session.flush()
    return _fact(row)


def set_policy(session: Session, partnership_id: int, *, policy: Policy) -> None:
    """Change the tier and its numbers for rounds that aren't open yet."""
    _row(session, partnership_id).policy = policy_to_plain(policy)
    session.flush()


def set_sectors(session: Session, partnership_id: int, *, sectors: tuple[Sector, ...]) -> None:
    """Change the list of sectors."""
    _row(session, partnership_id).sectors = [asdict(sector) for sector in sectors]
    session.flush()


def policy_to_plain(policy: Policy) -> dict[str, Any]:
    """A policy as it is stored."""
    return {"tier": policy.tier.value, "k": policy.k, "m": policy.m, "t": policy.t}


def policy_from_plain(plain: dict[str, Any]) -> Policy:
    """A policy as it was stored."""
    return Policy(tier=Tier(plain["tier"]), k=plain["k"], m=plain["m"], t=plain["t"])


def _row(session: Session, partnership_id: int) -> PartnershipRow:
    row = session.get(PartnershipRow, partnership_id)
    if row is None:
        raise NotFoundError("partnership")
    return row


def _fact(row: PartnershipRow | Row[Any]) -> Partnership:
    return Partnership(
        id=row.id,
        name=row.name,
        place=row.place,
        shared_result=row.shared_result,
        sectors=tuple(Sector(**sector) for sector in row.sectors),
        policy=policy_from_plain(row.policy),
        records_notice=row.records_notice,
    )
