import pytest

from tests.web import house


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A furnished database and the real server on it: (house, server)."""
    folder = tmp_path_factory.mktemp("house")
    engine = house.empty_database(folder / "xsector.sqlite3")
    furnished = house.furnish(engine)
    engine.dispose()
    with house.running_server(folder) as server:
        yield furnished, server
