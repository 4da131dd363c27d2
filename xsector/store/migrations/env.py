"""How Alembic runs our migrations: one transaction on the engine it is given."""

import contextlib
from collections.abc import Iterator

from alembic import context
from sqlalchemy import Connection, Engine

from xsector.store.tables import Base


def run() -> None:
    """Run the wanted migrations, all or none."""
    engine = context.config.attributes["engine"]
    if not isinstance(engine, Engine):
        raise TypeError(f"migrations need an engine, not {engine!r}")
    with engine.connect() as plain:
        connection = plain.execution_options(sqlite_begin="BEGIN IMMEDIATE")
        with references_at_rest(connection), connection.begin():
            context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
            context.run_migrations()
            refuse_lost_references(connection)


@contextlib.contextmanager
def references_at_rest(connection: Connection) -> Iterator[None]:
    """SQLite makes a table anew to change it, and would delete on the way whatever refers to the old one."""
    driver = connection.connection.dbapi_connection
    if connection.dialect.name != "sqlite" or driver is None:
        yield
        return
    driver.cursor().execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        driver.cursor().execute("PRAGMA foreign_keys = ON")


def refuse_lost_references(connection: Connection) -> None:
    """Undo everything if a row refers to nothing now."""
    if connection.dialect.name == "sqlite" and (lost := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
        raise ValueError(f"a migration left rows that refer to nothing: {tuple(lost)}")


run()
