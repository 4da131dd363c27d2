from sqlalchemy import text

from tests.build import revealed_round
from xsector.actions.keeping import problems
from xsector.store.engine import sqlite_path
from xsector.store.health import quick_problems

LEVELS = {"government": [4, 5, 4, 5, 3, 4], "nonprofit": [2, 1, 2, 3, 2]}


def test_a_whole_database_has_no_problems(engine):
    revealed_round(engine, sectors=LEVELS)

    assert quick_problems(engine) == []
    assert problems(engine) == []


def test_pages_that_were_overwritten_are_found(sqlite_engine):
    revealed_round(sqlite_engine, sectors=LEVELS)
    with sqlite_engine.connect() as connection:
        size = connection.exec_driver_sql("PRAGMA page_size").scalar()
        page = connection.execute(text("SELECT rootpage FROM sqlite_master WHERE name = 'block_count'")).scalar()
    sqlite_engine.dispose()
    path = sqlite_path(sqlite_engine)
    content = bytearray(path.read_bytes())
    content[(page - 1) * size : page * size] = b"\xff" * size
    path.write_bytes(content)

    found = problems(sqlite_engine)

    assert found
    assert all(one.startswith("The database") for one in found)


def test_a_row_that_points_to_nothing_is_found(sqlite_engine):
    revealed_round(sqlite_engine, sectors=LEVELS)
    with sqlite_engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("BEGIN")
        connection.execute(text("DELETE FROM organisation"))
        connection.commit()

    assert "A row of participant points to nothing." in problems(sqlite_engine)


def test_a_file_of_noise_is_said_to_be_unreadable(sqlite_engine):
    sqlite_engine.dispose()
    sqlite_path(sqlite_engine).write_bytes(b"noise " * 5000)

    assert quick_problems(sqlite_engine) == ["The database can't be read: it is damaged or not a database."]
