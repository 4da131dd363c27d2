"""The ledger: releases, their blocks and counts; written once, never changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from xsector.model.released import Band, Block, Hidden, Part
from xsector.store import own_results, statements
from xsector.store.chain import FIRST, alone
from xsector.store.tables import (
    BandRow,
    Base,
    BlockCountRow,
    BlockMemberRow,
    BlockRow,
    ChanceRow,
    ReleaseRow,
    RoundRow,
)
from xsector.store.times import in_utc

Counts = Mapping[tuple[int, str, int, int], int]
"""People by (block place, item code, option, level); option is 0 unless the item has several."""
Bands = Mapping[tuple[int, str], Band]
"""Bands by (block place, item code)."""


def add(
    session: Session, *, round_id: int, policy: dict[str, Any], invited: int, answered: int, blocks: tuple[Block, ...],
    hidden: tuple[Hidden, ...], held: tuple[str, ...], counts: Counts, bands: Bands, chances: Mapping[str, float],
    now: datetime, own: Mapping[tuple[int, str], own_results.Kept] | None = None,
    said: statements.Said | None = None,
) -> int:  # fmt: skip
    """Write a release to the ledger; returns its id. *own* are the results of organisations for their own people."""
    alone(session, "release")
    row = ReleaseRow(
        round_id=round_id,
        number=1 + len(of_round(session, round_id)),
        released_at=now,
        policy=policy,
        invited=invited,
        answered=answered,
        hidden=[asdict(one) for one in hidden],
        held=list(held),
        checksum="",
    )
    session.add(row)
    session.flush()
    ids = _add_blocks(session, release_id=row.id, blocks=blocks)
    _add_rows(session, BlockCountRow, [
        {"block_id": ids[place], "item": item, "option": option, "level": level, "people": people}
        for (place, item, option, level), people in counts.items()
        if people
    ])  # fmt: skip
    _add_rows(
        session,
        BandRow,
        [{"block_id": ids[place], "item": item, **asdict(band)} for (place, item), band in bands.items()],
    )
    _add_rows(session, ChanceRow, [{"release_id": row.id, "item": item, "share": chances[item]} for item in chances])
    own_results.add(session, release_id=row.id, results=own or {})
    statements.add(session, release_id=row.id, said=said or {})
    session.flush()
    row.checksum = _checksum(session, row, before=_last_checksum(session, row.id))
    session.flush()
    return row.id


def _add_rows(session: Session, table: type[Base], rows: list[dict[str, Any]]) -> None:  # Any: values of columns
    if rows:
        session.execute(insert(table), rows)


def _add_blocks(session: Session, *, release_id: int, blocks: tuple[Block, ...]) -> list[int]:
    rows = [
        BlockRow(
            release_id=release_id,
            place=place,
            name=block.name,
            sectors=list(block.sectors),
            look=block.look,
            people=block.n,
            organisation_id=block.organisation,
        )
        for place, block in enumerate(blocks)
    ]
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]


def add_members(session: Session, *, release_id: int, place: int, members: Mapping[int, int]) -> None:
    """Note who of the roster is counted in a block, with their organisations; never what they said."""
    block_id = session.scalar(select(BlockRow.id).where(BlockRow.release_id == release_id, BlockRow.place == place))
    rows = [{"block_id": block_id, "participant_id": one, "organisation_id": members[one]} for one in sorted(members)]
    if rows:
        session.execute(insert(BlockMemberRow), rows)


def past_of(session: Session, participant_id: int, *, chain: str) -> str:
    """The blocks in which a participant was counted by rounds of *chain*, as a sheet names them; empty if in none."""
    rows = session.scalars(
        select(BlockMemberRow.block_id)
        .join(BlockRow, BlockRow.id == BlockMemberRow.block_id)
        .join(ReleaseRow, ReleaseRow.id == BlockRow.release_id)
        .join(RoundRow, RoundRow.id == ReleaseRow.round_id)
        .where(BlockMemberRow.participant_id == participant_id, RoundRow.chain == chain)
        .order_by(BlockMemberRow.block_id)
    )
    return ".".join(map(str, rows))


def was_counted(session: Session, participant_id: int) -> bool:
    """Whether any release counts a participant."""
    chosen = select(BlockMemberRow.block_id).where(BlockMemberRow.participant_id == participant_id)
    return session.scalar(chosen.limit(1)) is not None


def pasts(session: Session, partnership_id: int, *, chain: str) -> dict[int, tuple[str, int]]:
    """For each participant whom rounds of *chain* ever counted: the blocks, as a sheet names them, and the last
    organisation."""
    rows = session.execute(
        select(BlockMemberRow.participant_id, BlockMemberRow.block_id, BlockMemberRow.organisation_id)
        .join(BlockRow, BlockRow.id == BlockMemberRow.block_id)
        .join(ReleaseRow, ReleaseRow.id == BlockRow.release_id)
        .join(RoundRow, RoundRow.id == ReleaseRow.round_id)
        .where(RoundRow.partnership_id == partnership_id, RoundRow.chain == chain)
        .order_by(BlockMemberRow.participant_id, BlockMemberRow.block_id)
    )
    found: dict[int, tuple[str, int]] = {}
    for participant_id, block_id, organisation_id in rows:
        before = found.get(participant_id)
        found[participant_id] = (f"{before[0]}.{block_id}" if before else str(block_id), organisation_id)
    return found


def organisations_counted(session: Session, partnership_id: int) -> dict[int, int]:
    """For each participant whom any release of a partnership counts: their organisation at the last time."""
    rows = session.execute(
        select(BlockMemberRow.participant_id, BlockMemberRow.organisation_id)
        .join(BlockRow, BlockRow.id == BlockMemberRow.block_id)
        .join(ReleaseRow, ReleaseRow.id == BlockRow.release_id)
        .join(RoundRow, RoundRow.id == ReleaseRow.round_id)
        .where(RoundRow.partnership_id == partnership_id)
        .order_by(BlockMemberRow.block_id)
    )
    return {row[0]: row[1] for row in rows}


def promised(session: Session, partnership_id: int, *, chain: str) -> dict[int, tuple[int, int]]:
    """For each block of one chain of a partnership: the k and m it was sealed under; a named organisation is one."""
    rows = session.execute(
        select(BlockRow.id, ReleaseRow.policy, BlockRow.organisation_id)
        .join(ReleaseRow, ReleaseRow.id == BlockRow.release_id)
        .join(RoundRow, RoundRow.id == ReleaseRow.round_id)
        .where(RoundRow.partnership_id == partnership_id, RoundRow.chain == chain)
    )
    return {row[0]: (row[1]["k"], row[1]["m"] if row[2] is None else 1) for row in rows}


def miscounted(session: Session) -> int | None:
    """The id of the first release with a block whose members aren't as many as it counts, or None."""
    rows = session.execute(
        select(ReleaseRow.id, BlockRow.people, func.count(BlockMemberRow.participant_id))
        .join(BlockRow, BlockRow.release_id == ReleaseRow.id)
        .join(RoundRow, RoundRow.id == ReleaseRow.round_id)
        .outerjoin(BlockMemberRow, BlockMemberRow.block_id == BlockRow.id)
        .where(RoundRow.imported == 0)
        .group_by(ReleaseRow.id, BlockRow.id, BlockRow.people)
        .order_by(ReleaseRow.id)
    )
    return next((row[0] for row in rows if row[1] != row[2]), None)


def made_since(session: Session, partnership_id: int, *, round_id: int) -> bool:
    """Whether something of another round of its chain was released after one of a partnership's rounds was opened."""
    opened = select(RoundRow.opened_at).where(RoundRow.id == round_id).scalar_subquery()
    chain = select(RoundRow.chain).where(RoundRow.id == round_id).scalar_subquery()
    chosen = (
        select(ReleaseRow.id)
        .join(RoundRow, RoundRow.id == ReleaseRow.round_id)
        .where(
            RoundRow.partnership_id == partnership_id,
            RoundRow.chain == chain,
            RoundRow.id != round_id,
            ReleaseRow.released_at >= opened,
        )
    )
    return session.scalar(chosen.limit(1)) is not None


def of_round(session: Session, round_id: int) -> list[ReleaseRow]:
    """The round's releases, the first one first."""
    return list(session.scalars(select(ReleaseRow).where(ReleaseRow.round_id == round_id).order_by(ReleaseRow.number)))


def counts_in(session: Session, *, round_id: int, participant_id: int) -> bool:
    """Whether a release of the round counts this participant."""
    chosen = (
        select(BlockMemberRow.block_id)
        .join(BlockRow, BlockRow.id == BlockMemberRow.block_id)
        .join(ReleaseRow, ReleaseRow.id == BlockRow.release_id)
        .where(ReleaseRow.round_id == round_id, BlockMemberRow.participant_id == participant_id)
    )
    return session.scalar(chosen.limit(1)) is not None


def parts_of(session: Session, release_id: int) -> list[Part]:
    """The blocks of a release with all that is kept of them, in their order."""
    counts, bands = counts_of(session, release_id), bands_of(session, release_id)
    return [
        Part(
            block=block,
            counts={key[1:]: people for key, people in counts.items() if key[0] == place},
            bands={item: band for (at, item), band in bands.items() if at == place},
        )
        for place, block in enumerate(blocks_of(session, release_id))
    ]


def blocks_of(session: Session, release_id: int) -> tuple[Block, ...]:
    """The blocks of a release, in their order."""
    rows = session.scalars(select(BlockRow).where(BlockRow.release_id == release_id).order_by(BlockRow.place))
    return tuple(
        Block(
            name=row.name,
            sectors=tuple(row.sectors),
            n=row.people,
            look=row.look,
            organisation=row.organisation_id,
        )
        for row in rows
    )


def counts_of(session: Session, release_id: int) -> dict[tuple[int, str, int, int], int]:
    """The counts of a release, by (block place, item code, option, level)."""
    rows = session.execute(
        select(BlockRow.place, BlockCountRow.item, BlockCountRow.option, BlockCountRow.level, BlockCountRow.people)
        .join(BlockRow, BlockRow.id == BlockCountRow.block_id)
        .where(BlockRow.release_id == release_id)
    )
    return {(row[0], row[1], row[2], row[3]): row[4] for row in rows}


def bands_of(session: Session, release_id: int) -> dict[tuple[int, str], Band]:
    """The bands of a release, by (block place, item code)."""
    rows = session.execute(
        select(BlockRow.place, BandRow.item, BandRow.pole, BandRow.at_least, BandRow.people)
        .join(BlockRow, BlockRow.id == BandRow.block_id)
        .where(BlockRow.release_id == release_id)
    )
    return {(row[0], row[1]): Band(pole=row[2], at_least=row[3], people=row[4]) for row in rows}


def chances_of(session: Session, release_id: int) -> dict[str, float]:
    """How often chance alone gives such a gap, by item code."""
    rows = session.execute(select(ChanceRow.item, ChanceRow.share).where(ChanceRow.release_id == release_id))
    return {row[0]: row[1] for row in rows}


def members_of(session: Session, release_id: int) -> dict[int, dict[int, int]]:
    """By block place: the participants it counts, with their organisations at that time."""
    found: dict[int, dict[int, int]] = {}
    rows = session.execute(
        select(BlockRow.place, BlockMemberRow.participant_id, BlockMemberRow.organisation_id)
        .join(BlockRow, BlockRow.id == BlockMemberRow.block_id)
        .where(BlockRow.release_id == release_id)
        .order_by(BlockRow.place, BlockMemberRow.participant_id)
    )
    for place, participant_id, organisation_id in rows:
        found.setdefault(place, {})[participant_id] = organisation_id
    return found


def names_an_organisation(session: Session, partnership_id: int) -> set[int]:
    """The ids of a partnership's blocks that bear an organisation's name."""
    chosen = (
        select(BlockRow.id)
        .join(ReleaseRow, ReleaseRow.id == BlockRow.release_id)
        .join(RoundRow, RoundRow.id == ReleaseRow.round_id)
        .where(RoundRow.partnership_id == partnership_id, BlockRow.organisation_id.is_not(None))
    )
    return set(session.scalars(chosen))


def everything(session: Session, *, partnership_id: int | None = None) -> list[ReleaseRow]:
    """All releases (of one partnership), in the order they were made."""
    chosen = select(ReleaseRow).order_by(ReleaseRow.id)
    if partnership_id is not None:
        chosen = chosen.join(RoundRow, RoundRow.id == ReleaseRow.round_id).where(
            RoundRow.partnership_id == partnership_id
        )
    return list(session.scalars(chosen))


def first_broken(session: Session) -> int | None:
    """The id of the first release whose figures don't fit its checksum, or None."""
    before = FIRST
    for row in everything(session):
        if row.checksum != _checksum(session, row, before=before):
            return row.id
        before = row.checksum
    return None


def _last_checksum(session: Session, release_id: int) -> str:
    found = session.scalar(
        select(ReleaseRow.checksum).where(ReleaseRow.id < release_id).order_by(ReleaseRow.id.desc()).limit(1)
    )
    return found or FIRST


def _checksum(session: Session, row: ReleaseRow, *, before: str) -> str:
    blocks = blocks_of(session, row.id)
    content: list[Any] = [
        before, row.round_id, in_utc(row.released_at).isoformat(), row.policy, row.invited, row.answered,
        row.hidden, row.held,
        [[block.name, block.sectors, block.n, block.look] for block in blocks],
        sorted([*key, people] for key, people in counts_of(session, row.id).items()),
        sorted(chances_of(session, row.id).items()),
    ]  # fmt: skip
    if row.number > 1:
        content.append(["number", row.number])
    if chain := session.scalar(select(RoundRow.chain).where(RoundRow.id == row.round_id)):
        content.append(["chain", chain])
    named = [[place, block.organisation] for place, block in enumerate(blocks) if block.organisation is not None]
    if named:
        content.append(["named", *named])
    bands = sorted(([*key, asdict(band)] for key, band in bands_of(session, row.id).items()), key=lambda one: one[:2])
    if bands:
        content.append(bands)
    own = own_results.of_release(session, row.id)
    if own:
        content.append(["own", *own])
    said = statements.of_release(session, row.id)
    if said:
        content.append(["said", *said])
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
