"""Answers: one sheet a respondent and round, reached by key alone."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Select, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from xsector.errors.operating import DatabaseBrokenError
from xsector.model.partner import Respondent
from xsector.store.crypto import locked, unlocked
from xsector.store.driver import Line
from xsector.store.tables import RoundRow, SheetRow, table_of

SHEET: Final = table_of(SheetRow)
# Statements of every tap are made once; making one costs more than running it.
_OWN: Final = (SHEET.c.round_id == bindparam("of_round"), SHEET.c.respondent_key == bindparam("of_key"))
ONE: Final = select(SHEET).where(*_OWN)
ONE_FOR_CHANGE: Final = ONE.with_for_update()
SAVE: Final = (
    update(SHEET)
    .where(*_OWN)
    .values(
        marks=bindparam("marks"),
        words=bindparam("words"),
        locked=bindparam("locked"),
        saved_at=bindparam("saved_at"),
        version=SHEET.c.version + 1,
    )
)
CHUNK: Final = 2_000
KEY_BYTES: Final = 32
NEXT: Final = (
    select(SHEET.c.respondent_key, SHEET.c.past, SHEET.c.sector, SHEET.c.organisation_id, SHEET.c.marks)
    .where(
        SHEET.c.round_id == bindparam("of_round"),
        SHEET.c.respondent_key > bindparam("after"),
        SHEET.c.submitted,
        SHEET.c.sector.is_not(None),
    )
    .order_by(SHEET.c.respondent_key)
    .limit(CHUNK)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One respondent's answers, as they themselves may see them."""

    marks: bytes
    words: dict[str, Any]
    version: int
    submitted: bool
    sealed: bool
    """Counted and shown, or its round is over: it says no sector any more and can't be changed."""
    saved_at: datetime | None
    submitted_at: datetime | None


def get(session: Session, *, round_id: int, respondent: Respondent) -> Sheet | None:
    """A respondent's sheet."""
    return _one(session, ONE, round_id=round_id, respondent=respondent)


def get_for_change(session: Session, *, round_id: int, respondent: Respondent) -> Sheet | None:
    """A respondent's sheet, locked against their other tabs."""
    return _one(session, ONE_FOR_CHANGE, round_id=round_id, respondent=respondent)


def _one(session: Session, chosen: Select[Any], *, round_id: int, respondent: Respondent) -> Sheet | None:
    given = {"of_round": round_id, "of_key": respondent.sheet_key(round_id)}
    row = session.connection().execute(chosen, given).one_or_none()
    return None if row is None else sheet_in(row, lock=respondent.sheet_lock(round_id))


def sheet_in(row: Any, *, lock: bytes) -> Sheet | None:  # Any: a row with a sheet's columns
    """The sheet in *row*, opened with *lock* where it is sealed; None if its columns are empty."""
    if row.marks is None:
        return None
    marks, words = (row.marks, dict(row.words)) if row.sector is not None else _opened(row, lock=lock)
    return Sheet(
        marks=marks,
        words=words,
        version=row.version,
        submitted=row.submitted,
        sealed=row.sector is None,
        saved_at=_utc(row.saved_at),
        submitted_at=_utc(row.submitted_at),
    )


def locked_copy(marks: bytes, words: dict[str, Any], *, key: str, lock: bytes) -> bytes:
    """Marks and words (Any: as a sheet keeps them) so that their author's link alone opens them."""
    plain = len(marks).to_bytes(4, "big") + marks + json.dumps(words, ensure_ascii=False).encode()
    return locked(plain, lock=lock, name=key)


def _opened(row: Any, *, lock: bytes) -> tuple[bytes, dict[str, Any]]:  # Any: a row, and words as a sheet keeps them
    try:
        plain = unlocked(row.locked, lock=lock, name=row.respondent_key)
    except ValueError as problem:
        raise DatabaseBrokenError("The copy of your answers in the database is damaged.") from problem
    end = 4 + int.from_bytes(plain[:4], "big")
    return plain[4:end], json.loads(plain[end:])


def start(session: Session, *, round_id: int, respondent: Respondent, past: str, marks: bytes) -> Sheet:
    """A respondent's new sheet; *past* names the blocks in which they were counted before."""
    key = respondent.sheet_key(round_id)
    row = {
        "round_id": round_id,
        "respondent_key": key,
        "sector": respondent.sector,
        "organisation_id": respondent.organisation_id,
        "past": past,
        "submitted": False,
        "marks": marks,
        "words": {},
        "locked": locked_copy(marks, {}, key=key, lock=respondent.sheet_lock(round_id)),
        "version": 1,
    }
    # Two tabs may start at the same moment: the second finds the first one's sheet.
    _insert_if_new(session, row)
    found = get_for_change(session, round_id=round_id, respondent=respondent)
    if found is None:
        raise LookupError(f"round {round_id} has no sheet after one was started")
    return found


def _insert_if_new(session: Session, row: dict[str, Any]) -> None:
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(dialect.insert(SheetRow).values(row).on_conflict_do_nothing())


def save(
    session: Session, *, round_id: int, respondent: Respondent, marks: bytes, words: dict[str, Any], now: datetime
) -> None:
    """Replace a sheet's answers."""
    key = respondent.sheet_key(round_id)
    copy = locked_copy(marks, words, key=key, lock=respondent.sheet_lock(round_id))
    changed = {"marks": marks, "words": words, "locked": copy, "saved_at": now}
    session.connection().execute(SAVE, {"of_round": round_id, "of_key": key, **changed})


def newest(line: Line, *, round_id: int, respondent: Respondent) -> Sheet | None:
    """A respondent's sheet, the short way."""
    row = line.first(ONE, of_round=round_id, of_key=respondent.sheet_key(round_id))
    return None if row is None else sheet_in(row, lock=respondent.sheet_lock(round_id))


def submit(session: Session, *, round_id: int, key: str, now: datetime) -> None:
    """Mark a sheet as finished; the first time stays."""
    session.execute(
        update(SheetRow)
        .where(SheetRow.round_id == round_id, SheetRow.respondent_key == key, SheetRow.submitted.is_(False))
        .values(submitted=True, submitted_at=now)
    )


def add_imported(
    session: Session, *, round_id: int, sectors: list[str], organisations: list[int | None], marks: NDArray[np.uint8]
) -> None:
    """Finished sheets for people whom a file speaks of, under keys that nobody holds, in the order of the keys."""
    keys = np.frombuffer(secrets.token_bytes(KEY_BYTES * len(sectors)), np.uint8).reshape(-1, KEY_BYTES)
    order = np.argsort(keys[:, :8].copy().view(">u8").ravel())
    connection = session.connection()
    # By hand: SQLAlchemy's own handling of each value takes four times as long as SQLite.
    marker = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    columns = "round_id, respondent_key, sector, organisation_id, marks, past, submitted, words, version"
    insertion = f"INSERT INTO sheet ({columns}) VALUES ({', '.join([marker] * 5)}, '', true, '{{}}', 1)"  # noqa: S608
    for start in range(0, len(order), CHUNK):
        connection.exec_driver_sql(
            insertion,
            [
                (round_id, keys[place].tobytes().hex(), sectors[place], organisations[place], marks[place].tobytes())
                for place in order[start : start + CHUNK].tolist()
            ],
        )


def any_started(session: Session, round_id: int) -> bool:
    """Whether anybody has begun to answer."""
    return session.scalar(select(SheetRow.round_id).where(SheetRow.round_id == round_id).limit(1)) is not None


def sectors_of_partnership(session: Session, partnership_id: int) -> set[str]:
    """The sectors of a partnership's sheets that aren't sealed yet."""
    rows = session.scalars(
        select(SheetRow.sector)
        .join(RoundRow, RoundRow.id == SheetRow.round_id)
        .where(RoundRow.partnership_id == partnership_id, SheetRow.sector.is_not(None))
        .distinct()
    )
    return {sector for sector in rows if sector}


def waiting(session: Session, round_id: int) -> int:
    """How many sheets are finished and not sealed."""
    return session.scalar(select(func.count()).select_from(SheetRow).where(*_waiting(round_id))) or 0


def _waiting(round_id: int) -> tuple[ColumnElement[bool], ...]:
    return (SheetRow.round_id == round_id, SheetRow.submitted.is_(True), SheetRow.sector.is_not(None))


def membership(session: Session, round_id: int) -> list[tuple[str, str, int | None, int]]:
    """Past, sector, organisation and number of people of the finished sheets that aren't sealed; no answers."""
    rows = session.execute(
        select(SheetRow.past, SheetRow.sector, SheetRow.organisation_id, func.count())
        .where(*_waiting(round_id))
        .group_by(SheetRow.past, SheetRow.sector, SheetRow.organisation_id)
    )
    return [(row[0], row[1] or "", row[2], row[3]) for row in rows]


Home: TypeAlias = tuple[str, str, int | None]
"""Past, sector and organisation of a sheet's author."""


def chunks(session: Session, round_id: int) -> Iterator[tuple[list[Home], NDArray[np.uint8]]]:
    """The finished sheets that aren't sealed in chunks: homes, and marks as (people, columns); for the seal alone."""
    after = ""
    while part := _raw(session, NEXT, {"of_round": round_id, "after": after}):
        after = part[-1][0]
        marks = np.frombuffer(b"".join([row[4] for row in part]), np.uint8).reshape(len(part), -1)
        yield [(row[1], row[2] or "", row[3]) for row in part], marks


def words_of(session: Session, round_id: int) -> list[tuple[Home, dict[str, Any]]]:
    """What the finished sheets that aren't sealed say in words, with their homes; for the seal alone."""
    rows = session.execute(
        select(SheetRow.past, SheetRow.sector, SheetRow.organisation_id, SheetRow.words).where(*_waiting(round_id))
    )
    return [((past, sector or "", where), dict(words)) for past, sector, where, words in rows]


def _raw(session: Session, chosen: Select[Any], given: dict[str, Any]) -> list[Any]:  # Any: rows as the driver has them
    """The driver's own rows: to make objects of them takes three times as long as to read and count them."""
    found = session.connection().execute(chosen, given)
    if found.cursor is None:
        raise ValueError("a query gave no rows to read")
    return list(found.cursor.fetchall())


def seal(session: Session, round_id: int, *, homes: Collection[Home]) -> None:
    """Keep nothing of the finished sheets from *homes* but the copies that their authors' links open.

    They are rewritten in the order of their keys: neither a column nor the place of a row says afterwards whose a
    copy is, and none what is in it. Kept in clear, answers would tell by subtraction what somebody erased had
    said, and undo the bands.
    """
    _strip(session, round_id, rows=_rows_of(session, round_id, homes=homes))


def forget(session: Session, round_id: int, *, homes: Collection[Home]) -> None:
    """Delete the finished sheets from *homes*."""
    _delete(session, round_id, keys=[row.respondent_key for row in _rows_of(session, round_id, homes=homes)])


def forget_all(session: Session, round_id: int) -> None:
    """Delete every sheet of a round."""
    session.execute(delete(SheetRow).where(SheetRow.round_id == round_id))


def forget_partnership(session: Session, partnership_id: int) -> None:
    """Delete every sheet of a partnership."""
    theirs = select(RoundRow.id).where(RoundRow.partnership_id == partnership_id)
    session.execute(delete(SheetRow).where(SheetRow.round_id.in_(theirs)))


def end(session: Session, round_id: int) -> None:
    """Take sector, organisation and times off all sheets of a round that is over; only their keys open them."""
    chosen = select(SHEET).where(SHEET.c.round_id == round_id, SHEET.c.sector.is_not(None))
    _strip(session, round_id, rows=session.execute(chosen.order_by(SHEET.c.respondent_key)).all())


def erase(session: Session, *, round_id: int, key: str) -> None:
    """Delete the sheet under this key."""
    session.execute(delete(SheetRow).where(SheetRow.round_id == round_id, SheetRow.respondent_key == key))


def _rows_of(session: Session, round_id: int, *, homes: Collection[Home]) -> list[Any]:  # Any: rows of the table
    chosen = select(SHEET).where(SHEET.c.round_id == round_id, SHEET.c.submitted, SHEET.c.sector.is_not(None))
    rows = session.execute(chosen.order_by(SHEET.c.respondent_key)).all()
    return [row for row in rows if (row.past, row.sector, row.organisation_id) in homes]


def _strip(session: Session, round_id: int, *, rows: Sequence[Any]) -> None:  # Any: rows of the table
    _delete(session, round_id, keys=[row.respondent_key for row in rows])
    kept = [
        {
            "round_id": round_id,
            "respondent_key": row.respondent_key,
            "past": "",
            "marks": b"",
            "words": {},
            "locked": row.locked,
            "submitted": row.submitted,
            "version": 1,
        }
        for row in rows
        if row.locked is not None
    ]
    if kept:
        session.execute(insert(SheetRow), kept)


def _delete(session: Session, round_id: int, *, keys: Sequence[str]) -> None:
    for start in range(0, len(keys), CHUNK):
        some = keys[start : start + CHUNK]
        session.execute(delete(SheetRow).where(SheetRow.round_id == round_id, SheetRow.respondent_key.in_(some)))


def _utc(moment: datetime | None) -> datetime | None:
    # SQLite gives times back without their zone, PostgreSQL in the server's own.
    if moment is None or moment.tzinfo is None:
        return moment and moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC)
