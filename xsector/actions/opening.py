"""Opening the database: for one process that writes, or for a look."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from xsector.errors.operating import DatabaseBrokenError
from xsector.settings import Settings
from xsector.store import facts, lock, migrate
from xsector.store.engine import Engine, open_engine, sqlite_path, writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """An open database and the settings it was opened with."""

    engine: Engine
    settings: Settings
    migrated: tuple[str, ...]


@contextlib.contextmanager
def open_for_writing(settings: Settings, *, now: datetime) -> Iterator[Store]:
    """The database, brought to the newest tables, held until the block ends.

    Raises
    ------
    DatabaseInUseError, DatabaseBrokenError
    """
    engine = open_engine(settings.database_url)
    path = sqlite_path(engine)
    with contextlib.ExitStack() as stack:
        stack.callback(engine.dispose)
        if path is not None:
            stack.enter_context(lock.take(path))
        done = migrate.upgrade(engine, backup_folder=settings.backups, now=now)
        with writing(engine) as session:
            facts.signing_key(session)
        yield Store(engine=engine, settings=settings, migrated=tuple(done))


@contextlib.contextmanager
def open_for_reading(settings: Settings) -> Iterator[Store]:
    """The database as it is, beside a process that may be writing to it.

    Raises
    ------
    DatabaseBrokenError
        There is none yet.
    """
    engine = open_engine(settings.database_url)
    path = sqlite_path(engine)
    try:
        if path is not None and not path.exists():
            raise DatabaseBrokenError(f"There is no database at {path} yet.", remedy="Start the app or run demo first.")
        migrate.check_version(engine)
        yield Store(engine=engine, settings=settings, migrated=())
    finally:
        engine.dispose()
