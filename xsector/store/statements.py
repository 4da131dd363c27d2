"""What organisations say of themselves, under their own name: counts by organisation, with the release they came by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from xsector.store.tables import ReleaseRow, StatementRow

Said = Mapping[tuple[int, str, int], int]
"""People by (organisation, item code, mark)."""


def add(session: Session, *, release_id: int, said: Said) -> None:
    """Keep what was said in the name of organisations, in an order that tells nothing more."""
    rows = [
        {"release_id": release_id, "organisation_id": organisation, "item": item, "mark": mark, "people": people}
        for (organisation, item, mark), people in sorted(said.items())
    ]
    if rows:
        session.execute(insert(StatementRow), rows)


def of_round(session: Session, round_id: int) -> Counter[tuple[int, str, int]]:
    """Everything that was said in a round, by organisation, item code and mark."""
    rows = session.execute(
        select(StatementRow.organisation_id, StatementRow.item, StatementRow.mark, func.sum(StatementRow.people))
        .join(ReleaseRow, ReleaseRow.id == StatementRow.release_id)
        .where(ReleaseRow.round_id == round_id)
        .group_by(StatementRow.organisation_id, StatementRow.item, StatementRow.mark)
    )
    return Counter({(organisation, item, mark): int(people) for organisation, item, mark, people in rows})


def of_release(session: Session, release_id: int) -> list[list[Any]]:
    """What came by one release, as a checksum takes it (Any: numbers and codes), by organisation, code and mark."""
    rows = session.execute(
        select(StatementRow.organisation_id, StatementRow.item, StatementRow.mark, StatementRow.people)
        .where(StatementRow.release_id == release_id)
        .order_by(StatementRow.organisation_id, StatementRow.item, StatementRow.mark)
    )
    return [list(row) for row in rows]
