"""The room's screens of a round: the link that opens them, and what they were told to show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xsector.model.partner import RoundFacts
from xsector.store import rounds
from xsector.store.crypto import fingerprint, new_token
from xsector.store.tables import RoundRow


def issue_link(session: Session, round_id: int) -> str:
    """A new token for the round's screens; the earlier one ends. It isn't kept."""
    token = new_token()
    rounds.row_of(session, round_id).wall_sha256 = fingerprint(token)
    session.flush()
    return token


def by_token(session: Session, token: str) -> RoundFacts | None:
    """The round whose present screen link holds this token."""
    found = session.scalar(select(RoundRow.id).where(RoundRow.wall_sha256 == fingerprint(token)))
    return None if found is None else rounds.get(session, found)


def told(session: Session, round_id: int) -> dict[str, Any]:
    """What the screens were told to show."""
    return dict(rounds.row_of(session, round_id).wall)


def tell(session: Session, round_id: int, *, wall: Mapping[str, Any]) -> None:
    """Tell the screens what to show; what isn't named stays."""
    row = rounds.row_of(session, round_id)
    row.wall = {**row.wall, **wall}
    session.flush()
    rounds.bump(session, round_id)
