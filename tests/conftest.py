"""An empty database with all tables, made by the real migrations: SQLite always, PostgreSQL where a server is named."""

import contextlib
import os
import secrets
import shutil

import pytest
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.util import LRUCache

from tests.build import NOW
from tests.chromium import ARGUMENTS, FOUND
from xsector.actions import joining, notices, signing_in, writing_cards
from xsector.actions.tries import Budget, Gate
from xsector.store import migrate
from xsector.store.engine import open_engine
from xsector.store.tables import Base

SERVER = os.environ.get("XSECTOR_TEST_POSTGRES", "")
KINDS = ["sqlite", "postgresql"] if SERVER else ["sqlite"]


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in this hook too, and must find them there
def pytest_collection_modifyitems(items):
    """Where several processes run the tests, keep those together for which a file makes something once, or a walk.

    These groups come first, and those with a browser before all: what is left at the end are short tests of which
    any process takes the next, so that none waits for another.
    """
    for item in items:
        if group := _group(item):
            item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=_turn)


def _group(item):
    """What an item must share a process with; empty if it shares nothing that takes long to make."""
    if "evidence" in item.fixturenames:
        return "walk"
    shared = {one for name in item.fixturenames for one in item._fixtureinfo.name2fixturedefs.get(name, ())}
    return item.nodeid.partition("::")[0] if any(one.scope == "module" for one in shared) else ""


def _turn(item):
    """Browsers wait, so they begin; then groups; then all the rest."""
    return "chromium" not in item.fixturenames, not _group(item)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item):
    """Close what a test opened in the browser, before its server ends: pages look for a server that is gone forever."""
    if "chromium" in getattr(item, "funcargs", {}):
        for context in item.funcargs["chromium"].contexts:
            context.close()


REMEMBERED = [
    one
    for module in (joining, signing_in, writing_cards)
    for one in vars(module).values()
    if isinstance(one, Budget | Gate)
]
"""What the process holds of wrong and of quick tries."""


@pytest.fixture(autouse=True)
def nothing_remembered():
    """What other tests in this process tried in vain counts for none."""
    for one in REMEMBERED:
        vars(one)["_failures" if isinstance(one, Budget) else "_kept"].clear()
    notices.forget()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory):
    """A SQLite file brought from nothing to the newest tables once."""
    path = tmp_path_factory.mktemp("migrated") / "template.sqlite3"
    engine = open_engine(f"sqlite:///{path}")
    migrate.upgrade(engine, backup_folder=path.parent / "backups", now=NOW)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_url():
    """The address of a PostgreSQL database with all tables; dropped at the end."""
    with empty_database() as url:
        engine = open_engine(url)
        migrate.upgrade(engine, backup_folder=None, now=NOW)
        engine.dispose()
        yield url


FORGOTTEN_CONNECTIONS = """SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"""
COUNTERS = """SELECT setval((quote_ident(schemaname) || '.' || quote_ident(sequencename))::regclass, start_value, false)
FROM pg_sequences"""


def emptied(url):
    """Take every row out of a PostgreSQL database again, and count from 1 as if there had been none.

    A hundredth of a second, where a new database takes a fifth. A connection that a test left open is closed first:
    what it holds would be waited for without end.
    """
    rows = [f'DELETE FROM "{table.name}"' for table in reversed(Base.metadata.sorted_tables)]
    with connected(url) as connection:
        for statement in (FORGOTTEN_CONNECTIONS, "; ".join(rows), COUNTERS):
            connection.exec_driver_sql(statement)


@contextlib.contextmanager
def connected(url):
    """A connection of its own to a PostgreSQL server, on which every statement counts at once."""
    server = create_engine(make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    try:
        with server.connect() as connection:
            yield connection
    finally:
        server.dispose()


class empty_database:  # used like a function
    """The address of a new PostgreSQL database under a random name, dropped at the end."""

    def __init__(self):
        self.name = f"xsector_test_{secrets.token_hex(8)}"

    def __enter__(self):
        self._run(f'CREATE DATABASE "{self.name}" TEMPLATE "template0"')
        return make_url(SERVER).set(database=self.name).render_as_string(hide_password=False)

    def __exit__(self, *_):
        self._run(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    def _run(self, statement):
        with connected(SERVER) as connection:
            connection.execute(text(statement))


@pytest.fixture(params=KINDS)
def engine(request, tmp_path):
    """An engine on an empty database of its own."""
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url")
        made = warm(open_engine(url))
        yield made
        made.dispose()
        emptied(url)
        return
    made = quickly(copied(request.getfixturevalue("migrated_file"), tmp_path))
    yield made
    made.dispose()


def copied(migrated_file, folder):
    """An engine on a copy of the migrated file."""
    path = folder / "xsector.sqlite3"
    shutil.copyfile(migrated_file, path)
    return warm(open_engine(f"sqlite:///{path}"))


WARM = {}
"""For each kind of database the dialect of the first engine, and what it has put into words of SQL."""


def warm(engine):
    """The engine, knowing every statement that an engine on such a database has put into words in this process.

    An engine keeps that by dialect, so all of a kind have one; else each test would spell out all statements again.
    """
    dialect, statements = WARM.setdefault(engine.dialect.name, (engine.dialect, LRUCache(5_000)))
    engine.dialect, engine._compiled_cache = dialect, statements
    return engine


def quickly(engine):
    """The engine without waiting for the disk: what survives a power cut is tested on ``sqlite_engine``."""
    event.listen(engine, "connect", lambda raw, _entry: raw.execute("PRAGMA synchronous = OFF"))
    return engine


@pytest.fixture
def quick_engine(migrated_file, tmp_path):
    """An engine on an empty SQLite file, for tests that save very often."""
    made = quickly(copied(migrated_file, tmp_path))
    yield made
    made.dispose()


@pytest.fixture
def sqlite_engine(migrated_file, tmp_path):
    """An engine on an empty SQLite file of its own, for what only SQLite does."""
    made = copied(migrated_file, tmp_path)
    yield made
    made.dispose()


@pytest.fixture(params=KINDS)
def empty_url(request, tmp_path):
    """The address of a database without any table."""
    if request.param == "postgresql":
        with empty_database() as url:
            yield url
        return
    yield f"sqlite:///{tmp_path / 'new' / 'xsector.sqlite3'}"


@pytest.fixture(scope="session")
def chromium():
    """A running Chromium, one for all tests; where it is missing they are skipped, but never on the build machine."""
    if FOUND is None and not os.environ.get("CI"):
        pytest.skip("needs Chromium; on Debian: apt-get install chromium-headless-shell")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=FOUND, args=ARGUMENTS)
        yield browser
        browser.close()
