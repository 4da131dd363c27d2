"""Whether the database itself is whole."""

from __future__ import annotations

import sqlite3

from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError

from xsector.store.engine import sqlite_path


def quick_problems(engine: Engine) -> list[str]:
    """What the database finds wrong with itself; empty if nothing."""
    try:
        with engine.connect() as connection:
            if sqlite_path(engine) is None:
                connection.execute(text("SELECT 1"))
                return []
            rows = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check(20)")]
            loose = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    except (DatabaseError, sqlite3.Error):
        return ["The database can't be read: it is damaged or not a database."]
    found = [f"The database is damaged: {row}." for row in rows if row != "ok"]
    return found + [f"A row of {row[0]} points to nothing." for row in loose[:20]]
