"""Bring a database to the newest tables, with a backup before."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect

from xsector.errors.operating import DatabaseBrokenError
from xsector.store import backups
from xsector.store.engine import sqlite_path, translated

HERE = Path(__file__).parent / "migrations"


def upgrade(engine: Engine, *, backup_folder: Path, now: datetime) -> list[str]:
    """Apply what is missing; returns the names of the applied migrations, oldest first.

    Raises
    ------
    DatabaseBrokenError
        The file is damaged, vanished, or was made by a newer version.
    """
    _refuse_vanished(engine)
    with translated():
        present, missing = _state(engine)
        if missing and present:
            backups.make(engine, backup_folder / f"before-{missing[0]}-{now:%Y%m%d-%H%M%S}.sqlite3")
        if missing:
            command.upgrade(config(engine), "head")
    _leave_mark(engine)
    return missing[::-1]


def step_to(engine: Engine, revision: str) -> None:
    """Bring the tables of *engine* to one step of the migrations."""
    command.upgrade(config(engine), revision)


def check_version(engine: Engine) -> None:
    """Raise DatabaseBrokenError unless the database has exactly the tables that we know."""
    with translated():
        present, missing = _state(engine)
    if present is None:
        raise DatabaseBrokenError("The database is empty.", remedy="Start the app or run demo first.")
    if missing:
        raise DatabaseBrokenError("The database was made by an older version of xsector.", remedy="Start the app once.")


def check_file(path: Path) -> None:
    """Raise DatabaseBrokenError if the backup at *path* was made by a newer version."""
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(f"file:{path}?mode=ro", uri=True))
    try:
        _state(engine)
    finally:
        engine.dispose()


def _state(engine: Engine) -> tuple[str | None, list[str]]:
    """The database's step, and the steps that it lacks, newest first."""
    with engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    known = [script.revision for script in ScriptDirectory.from_config(config(engine)).walk_revisions()]
    if present is not None and present not in known:
        raise DatabaseBrokenError(
            f"This database was made by a newer version of xsector (step {present}).", remedy="Install that version."
        )
    return present, known[: known.index(present)] if present else known


def config(engine: Engine) -> Config:
    """Alembic's settings for *engine*."""
    made = Config()
    made.set_main_option("script_location", str(HERE))
    made.attributes["engine"] = engine
    return made


def is_empty(engine: Engine) -> bool:
    """Whether the database has no tables yet."""
    return not inspect(engine).get_table_names()


def _mark(engine: Engine) -> Path | None:
    path = sqlite_path(engine)
    return None if path is None else path.with_name(path.name + ".was-here")


def has_vanished(engine: Engine) -> bool:
    """Whether the database was a file here, and is none any more or an empty one."""
    path, mark = sqlite_path(engine), _mark(engine)
    if path is None or mark is None or not mark.exists():
        return False
    return not path.exists() or path.stat().st_size == 0


def _refuse_vanished(engine: Engine) -> None:
    """A lost file must not be replaced by an empty one in silence."""
    if has_vanished(engine):
        raise DatabaseBrokenError(f"The database {sqlite_path(engine)} was here and is gone.")


def _leave_mark(engine: Engine) -> None:
    mark = _mark(engine)
    if mark is not None:
        mark.touch()
