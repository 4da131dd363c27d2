"""The engine: how we connect, read and write; ``Engine`` and ``Session`` for the rooms that only name them."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine as Engine
from sqlalchemy import create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, ProgrammingError, TimeoutError
from sqlalchemy.orm import Session as Session
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection, QueuePool

from xsector.errors.common import XsectorError
from xsector.errors.operating import DatabaseBrokenError, DiskFullError, NotSavedError
from xsector.store import private
from xsector.store.driver import Line, line_on
from xsector.store.writer import writer_of

BUSY_MILLISECONDS: Final = 60_000
FULL: Final = ("disk is full", "no space left")
OUT_OF_REACH: Final = ("locked", "busy", "connection", "deadlock", "i/o error", "readonly", "unable to open")
BROKEN: Final = ("malformed", "not a database", "no such table")


def open_engine(database_url: str) -> Engine:
    """An engine on *database_url*; SQLite files are made on first use, with their folder."""
    url = make_url(database_url)
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() != "sqlite":
        return create_engine(url, hide_parameters=True, pool_size=10, max_overflow=20, pool_pre_ping=True)
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url, hide_parameters=True, poolclass=QueuePool, pool_size=64, max_overflow=16, pool_use_lifo=True
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def sqlite_path(engine: Engine) -> Path | None:
    """The file behind *engine*, or None if it isn't SQLite."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return None
    return Path(engine.url.database)


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    if not isinstance(connection, sqlite3.Connection):
        raise TypeError(f"not a SQLite connection: {connection!r}")
    _keep_new_file_private(connection)
    # The driver's own BEGIN comes too late for DDL and is never IMMEDIATE; we send ours.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {BUSY_MILLISECONDS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
        "trusted_schema = OFF",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _keep_new_file_private(connection: sqlite3.Connection) -> None:
    """Close a database to others before anything is in it; SQLite gives its log the same rights."""
    for _, name, file in connection.execute("PRAGMA database_list"):
        if name == "main" and file and not Path(file).stat().st_size:
            private.close_to_others(Path(file))


def _begin_sqlite(connection: Any) -> None:  # Any: the event hands over a Connection of any dialect
    connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))


@contextlib.contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that sees one state of the database and changes nothing."""
    with translated(), Session(engine, autoflush=False) as session:
        if engine.dialect.name == "postgresql":
            # Its usual level shows each statement another state.
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        yield session


@contextlib.contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A session whose changes are on disk when the block ends, or not at all.

    Raises
    ------
    DiskFullError, NotSavedError
        Nothing was changed.
    """
    if engine.dialect.name == "sqlite":
        with translated(), writer_of(engine).session() as session:
            yield session
    else:
        with translated(), Session(engine) as session, session.begin():
            yield session


@contextlib.contextmanager
def glancing(engine: Engine) -> Iterator[Line]:
    """The short way to read one row."""
    with _raw(engine) as connection, line_on(_driver(connection), dialect=engine.dialect) as line:
        yield line


@contextlib.contextmanager
def tapping(engine: Engine) -> Iterator[Line]:
    """The short way to write: changes are on disk when the block ends, or not made at all.

    Raises
    ------
    DiskFullError, NotSavedError
        Nothing was changed.
    """
    if engine.dialect.name == "sqlite":
        with translated(), writer_of(engine).line() as line:
            yield line
        return
    with _raw(engine) as connection:
        with line_on(_driver(connection), dialect=engine.dialect) as line:
            yield line
        connection.commit()  # what isn't committed is rolled back when the connection goes back to its pool


@contextlib.contextmanager
def _raw(engine: Engine) -> Iterator[PoolProxiedConnection]:
    problem = engine.dialect.loaded_dbapi.DatabaseError
    with translated(problem), contextlib.closing(engine.raw_connection()) as connection:
        yield connection


def _driver(connection: PoolProxiedConnection) -> DBAPIConnection:
    if connection.dbapi_connection is None:
        raise NotSavedError()
    return connection.dbapi_connection


def forget_log(engine: Engine) -> None:
    """Empty SQLite's log, which still holds rows as they were before they were changed, if nobody reads now."""
    if engine.dialect.name != "sqlite":
        return
    with contextlib.closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout = 1000")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")


@contextlib.contextmanager
def translated(*drivers: Any) -> Iterator[None]:  # Any: a driver's own class of problems
    """Turn what a database, or one of the *drivers*, says about itself into a problem that a person can read."""
    try:
        yield
    except (IntegrityError, ProgrammingError, DataError):
        raise
    except TimeoutError as problem:
        raise NotSavedError() from problem
    except (DatabaseError, sqlite3.DatabaseError, *drivers) as problem:
        known = _known(str(getattr(problem, "orig", problem)).lower())
        if known is None:
            raise
        raise known from problem


def _known(text: str) -> XsectorError | None:
    if any(words in text for words in FULL):
        return DiskFullError()
    if any(words in text for words in OUT_OF_REACH):
        return NotSavedError()
    if any(words in text for words in BROKEN):
        return DatabaseBrokenError("The database can't be read: it is damaged, incomplete or not a database.")
    return None
