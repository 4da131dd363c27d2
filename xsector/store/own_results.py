"""How organisations were rated by the others: sealed with a release, for the rated organisation's people alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from xsector.model.released import Band
from xsector.store.tables import BlockMemberRow, BlockRow, OwnResultRow, ReleaseRow, RoundRow

Kept: TypeAlias = tuple[int, ...] | Band
"""People by level, or a band."""


def add(session: Session, *, release_id: int, results: Mapping[tuple[int, str], Kept]) -> None:
    """Keep what was found of each organisation, by organisation and item code."""
    rows = [
        {
            "release_id": release_id,
            "organisation_id": organisation,
            "item": item,
            "people": kept.people if isinstance(kept, Band) else sum(kept),
            "counts": [] if isinstance(kept, Band) else list(kept),
            "pole": kept.pole if isinstance(kept, Band) else "",
            "at_least": kept.at_least if isinstance(kept, Band) else 0,
        }
        for (organisation, item), kept in sorted(results.items(), key=lambda one: one[0])
    ]
    if rows:
        session.execute(insert(OwnResultRow), rows)


def of_organisation(session: Session, *, round_id: int, organisation_id: int) -> list[tuple[str, Kept]]:
    """All that is kept of one organisation in a round: item codes with counts or a band, release by release."""
    rows = session.scalars(
        select(OwnResultRow)
        .join(ReleaseRow, ReleaseRow.id == OwnResultRow.release_id)
        .where(ReleaseRow.round_id == round_id, OwnResultRow.organisation_id == organisation_id)
        .order_by(OwnResultRow.release_id, OwnResultRow.item)
    )
    return [
        (row.item, Band(pole=row.pole, at_least=row.at_least, people=row.people) if row.pole else tuple(row.counts))
        for row in rows
    ]


def of_release(session: Session, release_id: int) -> list[list[object]]:
    """Everything that is kept with a release, in one order, for its checksum."""
    rows = session.scalars(
        select(OwnResultRow)
        .where(OwnResultRow.release_id == release_id)
        .order_by(OwnResultRow.organisation_id, OwnResultRow.item)
    )
    return [[row.organisation_id, row.item, row.people, row.counts, row.pole, row.at_least] for row in rows]


def cells_before(session: Session, *, partnership_id: int) -> dict[int, list[frozenset[int]]]:
    """For each organisation: who was counted in each of its results so far, in every round of the partnership."""
    there = session.execute(
        select(OwnResultRow.organisation_id, OwnResultRow.release_id)
        .join(ReleaseRow, ReleaseRow.id == OwnResultRow.release_id)
        .join(RoundRow, RoundRow.id == ReleaseRow.round_id)
        .where(RoundRow.partnership_id == partnership_id)
        .distinct()
    ).all()
    found: dict[int, list[frozenset[int]]] = {}
    for organisation, release_id in there:
        found.setdefault(organisation, []).append(_others(session, release_id, organisation_id=organisation))
    return found


def _others(session: Session, release_id: int, *, organisation_id: int) -> frozenset[int]:
    """Those whom a release counts, without an organisation's own people."""
    return frozenset(
        session.scalars(
            select(BlockMemberRow.participant_id)
            .join(BlockRow, BlockRow.id == BlockMemberRow.block_id)
            .where(BlockRow.release_id == release_id, BlockMemberRow.organisation_id != organisation_id)
        )
    )
