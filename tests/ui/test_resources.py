import threading

import pytest

from tests.web.house import empty_database
from xsector.settings import Settings
from xsector.ui import resources


@pytest.fixture
def provided(tmp_path):
    engine = empty_database(tmp_path / "xsector.sqlite3")
    settings = Settings(base_url="https://partners.example.org")
    resources.provide(engine, settings)
    yield engine, settings
    resources.withdraw()
    engine.dispose()


def test_everybody_gets_the_same_engine_and_settings(provided):
    assert (resources.engine(), resources.settings()) == provided
    key = resources.signing_key()
    resources.provide(*provided)
    assert resources.signing_key() == key
    assert len(key) >= 32


def test_before_the_start_there_is_nothing():
    with pytest.raises(LookupError):
        resources.engine()


def test_a_figure_is_built_once_however_many_ask_at_once(provided):
    built, go = [], threading.Event()

    def build():
        go.wait(5)
        built.append(1)
        return object()

    results = []
    askers = [threading.Thread(target=lambda: results.append(resources.kept("a", build))) for _ in range(8)]
    for one in askers:
        one.start()
    go.set()
    for one in askers:
        one.join()

    assert len(built) == 1
    assert len(set(map(id, results))) == 1


def test_a_failed_build_is_tried_again(provided):
    with pytest.raises(ZeroDivisionError):
        resources.kept("a", lambda: 1 // 0)

    assert resources.kept("a", lambda: 5) == 5


def test_the_least_used_go_first(provided):
    resources.kept("first", lambda: 1)
    for number in range(resources.KEPT_AT_MOST - 1):
        resources.kept(number, lambda: 2)
    resources.kept("first", lambda: 3)
    resources.kept("one more", lambda: 4)

    assert resources.kept("first", lambda: 5) == 1
    assert resources.kept(0, lambda: 6) == 6
