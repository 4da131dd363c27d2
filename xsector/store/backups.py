"""Backups: one SQLite file, whichever database it came from."""

from __future__ import annotations

import contextlib
import re
import shutil
import sqlite3
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, Integer, column, func, insert, inspect, select
from sqlalchemy import table as sql_table
from sqlalchemy.exc import DatabaseError

from xsector.errors.operating import BackupError
from xsector.store import private
from xsector.store.engine import open_engine, sqlite_path
from xsector.store.tables import Base

BATCH = 5_000
ALWAYS = frozenset({"account", "alembic_version", "audit", "block", "partnership", "release", "round", "sheet"})
"""Tables that every version has: a backup may be older than the program."""
_BY_ITSELF: Final = re.compile(r"before-.+-(\d{8}-\d{6})\.sqlite3(-wal)?")
"""How backups are called that the program makes by itself, with the time in UTC."""


def make(engine: Engine, target: Path) -> Path:
    """Copy the whole database into the new file *target*, and check the copy.

    Raises
    ------
    BackupError
        The file exists already or can't be written.
    """
    _begin(target)
    try:
        if sqlite_path(engine) is not None:
            # Not through the engine's transactions: VACUUM is refused inside one.
            with contextlib.closing(engine.raw_connection()) as connection:
                connection.cursor().execute("VACUUM INTO ?", (str(target),))
        else:
            _copy_to_file(engine, target)
    except (OSError, DatabaseError, sqlite3.Error) as problem:
        target.unlink(missing_ok=True)
        raise BackupError(f"The backup could not be written to {target}.") from problem
    check_file(target)
    return target


def _begin(target: Path) -> None:
    """An empty file to copy into; nobody else may read it from its first moment on."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        private.new_file(target)
    except FileExistsError:
        raise BackupError(f"{target} exists already and is not overwritten.") from None
    except (OSError, ValueError) as problem:
        raise BackupError(f"The backup could not be written to {target}.") from problem


def drop_old(folder: Path, *, before: datetime) -> list[Path]:
    """Delete the backups that the program made by itself before that moment; returns what was deleted.

    Copies that somebody made with a command have other names and stay.
    """
    old = []
    for path in sorted(folder.glob("before-*")):
        named = _BY_ITSELF.fullmatch(path.name)
        if named and path.is_file() and _moment(named[1], otherwise=before) < before:
            path.unlink(missing_ok=True)
            old.append(path)
    return old


def _moment(written: str, *, otherwise: datetime) -> datetime:
    try:
        return datetime.strptime(written, "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return otherwise


def check_file(path: Path) -> None:
    """Raise BackupError unless *path* is a whole xsector database."""
    if not path.is_file():
        raise BackupError(f"There is no file {path}.")
    try:
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchone()[0]
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.Error as problem:
        raise BackupError(f"{path} is not a database, or it is damaged.") from problem
    if found != "ok":
        raise BackupError(f"{path} is damaged: {found}.")
    if not tables >= ALWAYS:
        raise BackupError(f"{path} is not a whole xsector database.")


def restore(engine: Engine, source: Path) -> None:
    """Replace everything in *engine*'s database by what is in the backup *source*.

    Raises
    ------
    BackupError
        The file isn't a whole backup; the database is untouched.
    """
    check_file(source)
    path = sqlite_path(engine)
    if path is not None:
        engine.dispose()
        _copy_over(source, path)
        return
    with tempfile.TemporaryDirectory() as folder:
        newest = brought_up(source, Path(folder) / "newest.sqlite3")
        with newest.connect() as reader, engine.begin() as writer:
            for table in reversed(Base.metadata.sorted_tables):
                writer.execute(table.delete())
            _copy_rows(reader, writer)
            _advance_sequences(writer)
        newest.dispose()


def brought_up(source: Path, copy: Path) -> Engine:
    """A copy of *source* with the tables that we know now."""
    shutil.copyfile(source, copy)
    engine = open_engine(f"sqlite:///{copy}")
    _migrate(engine, to="head")
    return engine


def _migrate(engine: Engine, *, to: str) -> None:
    # Not on top: migrations make a backup first, so they import this module.
    from xsector.store.migrate import step_to

    step_to(engine, to)


def _copy_over(source: Path, path: Path) -> None:
    # A new file in the old one's place: nothing can be written into a file that is damaged.
    beside = path.with_name(path.name + ".restoring")
    beside.unlink(missing_ok=True)
    private.new_file(beside)
    old = contextlib.closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True))
    new = contextlib.closing(sqlite3.connect(beside))
    with old as reader, new as writer:
        reader.backup(writer)
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    if path.exists():
        # Whoever runs the program may have given others leave.
        shutil.copymode(path, beside)
    beside.replace(path)


def _copy_to_file(engine: Engine, target: Path) -> None:
    copy = open_engine(f"sqlite:///{target}")
    with engine.connect() as reader:
        (version,) = reader.exec_driver_sql("SELECT version_num FROM alembic_version").one()
        _migrate(copy, to=version)
        with copy.begin() as writer:
            _copy_rows(reader, writer)
    copy.dispose()
    with contextlib.closing(sqlite3.connect(target)) as alone:
        # One file that can be carried away, without the log that belongs to a running database.
        alone.execute("PRAGMA journal_mode = DELETE")


def _copy_rows(reader: Connection, writer: Connection) -> None:
    there = inspect(reader)
    for table in Base.metadata.sorted_tables:
        if not there.has_table(table.name):
            continue  # an older version had no such table, or lacked some of its columns
        known = {one["name"] for one in there.get_columns(table.name)}
        # Without the defaults that our own description of the table would add.
        bare = sql_table(table.name, *(column(one.name, one.type) for one in table.c if one.name in known))
        for part in reader.execution_options(yield_per=BATCH).execute(select(bare)).mappings().partitions(BATCH):
            writer.execute(insert(bare), [dict(row) for row in part])


def _advance_sequences(writer: Connection) -> None:
    """Let PostgreSQL count on from the highest id that was restored."""
    for table in Base.metadata.sorted_tables:
        if "id" in table.c and isinstance(table.c.id.type, Integer):
            highest = select(func.coalesce(func.max(table.c.id), 0) + 1).scalar_subquery()
            writer.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), highest, False)))
