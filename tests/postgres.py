"""PostgreSQL databases for tests, on the server that XSECTOR_TEST_POSTGRES names."""

import contextlib
import os
import secrets

from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

from tests.build import NOW
from xsector.store import migrate
from xsector.store.engine import open_engine
from xsector.store.tables import Base

SERVER = os.environ.get("XSECTOR_TEST_POSTGRES", "")

FORGOTTEN_CONNECTIONS = """SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"""
"""What a test left open would be waited for without end."""

ROWS = "; ".join(f'DELETE FROM "{table.name}"' for table in reversed(Base.metadata.sorted_tables))
COUNTERS = """SELECT setval((quote_ident(schemaname) || '.' || quote_ident(sequencename))::regclass, start_value, false)
FROM pg_sequences"""
"""Count from 1 as if there had been no row."""

SHAPE = """SELECT
(SELECT string_agg(concat_ws(' ', attrelid, attnum, attname, atttypid, attnotnull, attisdropped), ',' ORDER BY 1)
 FROM pg_attribute JOIN pg_class ON attrelid = pg_class.oid WHERE relnamespace = 'public'::regnamespace),
(SELECT string_agg(oid || pg_get_constraintdef(oid), ',' ORDER BY oid) FROM pg_constraint
 WHERE connamespace = 'public'::regnamespace),
(SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal),
(SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace)"""
VERSION = "SELECT version_num FROM alembic_version"
"""With SHAPE all but the rows of our tables that a test can change."""


@contextlib.contextmanager
def empty_database():
    """The address of a new PostgreSQL database under a random name, dropped at the end."""
    name = f"xsector_test_{secrets.token_hex(8)}"
    with _connected(SERVER) as server:
        server.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE "template0"')
    try:
        yield make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    finally:
        with _connected(SERVER) as server:
            server.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


class KeptDatabase:
    """A database with all tables that is emptied after each test; a class because it remembers which one it is.

    Emptying takes a fiftieth of a second, and a new database a fifth. After a test that changed tables or the version
    of the schema the next one gets a new database.
    """

    def __init__(self):
        self._end, self._url, self._shape = contextlib.ExitStack(), None, None

    def __enter__(self):
        return self

    def __exit__(self, *_problem):
        self._end.close()

    def url(self):
        """Where it is."""
        if self._url is None:
            self._url = self._end.enter_context(empty_database())
            engine = open_engine(self._url)
            migrate.upgrade(engine, backup_folder=None, now=NOW)
            engine.dispose()
            with _connected(self._url) as connection:
                self._shape = _shape(connection)
        return self._url

    def empty(self):
        """Take every row out again, or the whole database away."""
        with _connected(self._url) as connection:
            connection.exec_driver_sql(FORGOTTEN_CONNECTIONS)
            same = _shape(connection) == self._shape
            for statement in (ROWS, COUNTERS) if same else ():
                connection.exec_driver_sql(statement)
        if not same:
            self._end.close()
            self._url = None


def _shape(connection):
    found = connection.exec_driver_sql(SHAPE).one()
    there = connection.exec_driver_sql("SELECT to_regclass('alembic_version') IS NOT NULL").scalar()
    return (*found, *(connection.exec_driver_sql(VERSION).scalars() if there else ()))


@contextlib.contextmanager
def _connected(url):
    """A connection of its own to a PostgreSQL server, on which every statement counts at once."""
    server = create_engine(make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    try:
        with server.connect() as connection:
            yield connection
    finally:
        server.dispose()
