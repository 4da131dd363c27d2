"""An empty database with all tables, made by the real migrations: SQLite always, PostgreSQL where a server is named."""

import os
import shutil

import pytest
from sqlalchemy import event
from sqlalchemy.util import LRUCache

from tests.build import NOW
from tests.chromium import ARGUMENTS, FOUND
from tests.postgres import SERVER, KeptDatabase, empty_database
from xsector.actions import joining, notices, signing_in, writing_cards
from xsector.actions.tries import Budget, Gate
from xsector.store import migrate
from xsector.store.engine import open_engine

KINDS = ["sqlite", "postgresql"] if SERVER else ["sqlite"]


WALKED = {"tests/browser/test_counts_that_left.py", "tests/browser/test_what_left.py"}
"""Files that look at one and the same walk."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Where several processes run the tests, a file stays with one of them, for its fixtures are made once; and a walk.

    Marks for groups would say the same, but xdist 3.8 does not see them under pytest 9.2 (pytest-xdist#1386).
    """
    from xdist.scheduler import LoadFileScheduling  # only there where several processes run

    class Together(LoadFileScheduling):
        def _split_scope(self, nodeid):
            file = super()._split_scope(nodeid)
            return "walk" if file in WALKED else file

    return Together(config, log)


def pytest_collection_modifyitems(items):
    """Files that take long come first, so that no process waits at the end for another that is still at one.

    Those are files with a browser, which waits itself, and files that make something for all their tests.
    """
    files = {}
    for item in items:
        browser, shared = files.get(item.path, (False, False))
        scopes = {one.scope for name in item.fixturenames for one in item._fixtureinfo.name2fixturedefs.get(name, ())}
        files[item.path] = browser or "chromium" in item.fixturenames, shared or "module" in scopes
    items.sort(key=lambda item: [not one for one in files[item.path]])


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
def postgres():
    """A PostgreSQL database with all tables, for one test after the other; dropped at the end."""
    with KeptDatabase() as kept:
        yield kept


@pytest.fixture(params=KINDS)
def engine(request, tmp_path):
    """An engine on an empty database of its own."""
    if request.param == "postgresql":
        kept = request.getfixturevalue("postgres")
        made = warm(open_engine(kept.url()))
        yield made
        made.dispose()
        kept.empty()
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
