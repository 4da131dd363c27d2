import pytest
from sqlalchemy import text

from xsector.errors.operating import DatabaseBrokenError, NotSavedError
from xsector.store import partnerships
from xsector.store.engine import open_engine, reading, sqlite_path, writing
from xsector.store.migrate import check_version
from xsector.store.tables import FactRow


def test_every_sqlite_connection_is_set_up_for_safety(sqlite_engine):
    names = ("journal_mode", "synchronous", "busy_timeout", "foreign_keys", "secure_delete", "trusted_schema")

    with sqlite_engine.connect() as connection:
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]

    assert found == ["wal", 2, 60_000, 1, 1, 0]


def test_a_writer_takes_the_write_lock_before_it_reads(sqlite_engine):
    other = open_engine(str(sqlite_engine.url))

    with writing(sqlite_engine), other.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA busy_timeout = 0")
        with pytest.raises(Exception, match="database is locked"):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        connection.exec_driver_sql("BEGIN")

    other.dispose()


def test_a_reader_beside_a_writer_sees_the_state_before(engine):
    with writing(engine) as session:
        session.add(FactRow(name="colour", value="red"))

    with reading(engine) as before, writing(engine) as session:
        assert before.get(FactRow, "colour").value == "red"
        session.get(FactRow, "colour").value = "blue"
        session.flush()
        before.expire_all()
        assert before.get(FactRow, "colour").value == "red"

    with reading(engine) as session:
        assert session.get(FactRow, "colour").value == "blue"


def test_what_is_changed_while_reading_is_not_kept(engine):
    with reading(engine) as session:
        session.add(FactRow(name="colour", value="red"))
        session.flush()

    with reading(engine) as session:
        assert session.get(FactRow, "colour") is None


def test_a_database_that_stays_locked_is_said_to_be_busy(sqlite_engine):
    other = open_engine(str(sqlite_engine.url))

    with other.connect() as holder:
        holder.exec_driver_sql("ROLLBACK")
        holder.exec_driver_sql("BEGIN IMMEDIATE")
        with sqlite_engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout = 0")
        with pytest.raises(NotSavedError), writing(sqlite_engine):
            pass
        holder.exec_driver_sql("ROLLBACK")
        holder.exec_driver_sql("BEGIN")

    other.dispose()
    with writing(sqlite_engine) as session:
        session.add(FactRow(name="afterwards", value="works"))


def test_a_file_that_is_no_database_is_named_broken(tmp_path):
    path = tmp_path / "xsector.sqlite3"
    path.write_bytes(b"this is a letter, not a database. " * 200)
    engine = open_engine(f"sqlite:///{path}")

    with pytest.raises(DatabaseBrokenError):
        check_version(engine)
    with pytest.raises(DatabaseBrokenError), reading(engine) as session:
        partnerships.everyone(session)

    engine.dispose()


def test_a_server_that_is_not_there_is_out_of_reach():
    engine = open_engine("postgresql://nobody@127.0.0.1:1/nothing")

    with pytest.raises(NotSavedError), writing(engine) as session:
        session.execute(text("SELECT 1"))

    engine.dispose()


def test_only_sqlite_has_a_path(engine):
    path = sqlite_path(engine)

    assert (path is not None and path.is_file()) == (engine.dialect.name == "sqlite")


def test_a_reader_sees_one_state_from_its_first_look_on(engine):
    with reading(engine) as before:
        assert before.get(FactRow, "colour") is None
        with writing(engine) as session:
            session.add(FactRow(name="colour", value="red"))
        assert before.get(FactRow, "colour") is None
