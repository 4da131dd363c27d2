import json
import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from tests.build import NOW
from xsector.errors.operating import DatabaseBrokenError
from xsector.store import facts, migrate
from xsector.store.engine import open_engine, reading, sqlite_path, writing
from xsector.store.tables import Base, FactRow

TABLES = {table.name for table in Base.metadata.sorted_tables}
LATER = '''"""{name}."""

from alembic import op

revision = "{revision}"
down_revision = "{before}"


def upgrade() -> None:
    op.execute("CREATE TABLE shelf (id INTEGER PRIMARY KEY)")
    {more}


def downgrade() -> None:
    op.execute("DROP TABLE shelf")
'''


@pytest.fixture
def empty(empty_url):
    engine = open_engine(empty_url)
    yield engine
    engine.dispose()


def upgraded(engine, folder):
    return migrate.upgrade(engine, backup_folder=folder, now=NOW)


def versions(engine):
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def with_one_more(monkeypatch, folder, *, more="pass"):
    """The migrations of the house and one that comes after the newest."""
    here, there = Path(migrate.HERE), folder / "migrations"
    (there / "versions").mkdir(parents=True)
    for file in [*here.glob("*.py"), *here.glob("*.mako"), *here.glob("versions/*.py")]:
        (there / file.relative_to(here)).write_bytes(file.read_bytes())
    newest = sorted(file.stem for file in here.glob("versions/[0-9]*.py"))[-1]
    text_ = LATER.format(name="One more", revision="9999", before=newest[:4], more=more)
    (there / "versions" / "9999_one_more.py").write_text(text_, encoding="utf-8")
    monkeypatch.setattr(migrate, "HERE", there)


def test_the_migrations_make_exactly_the_tables_of_the_code(empty, tmp_path):
    applied = upgraded(empty, tmp_path)

    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        differences = compare_metadata(context, Base.metadata)
    assert applied[0] == "0001"
    assert differences == []
    assert set(inspect(empty).get_table_names()) == {*TABLES, "alembic_version"}


def test_every_migration_can_be_undone_and_done_again(empty, tmp_path):
    upgraded(empty, tmp_path)

    command.downgrade(migrate.config(empty), "base")
    left = set(inspect(empty).get_table_names())
    upgraded(empty, tmp_path)

    assert left == {"alembic_version"}
    assert set(inspect(empty).get_table_names()) == {*TABLES, "alembic_version"}


def test_nothing_is_done_to_a_database_that_is_up_to_date(engine, tmp_path):
    assert upgraded(engine, tmp_path / "backups") == []
    assert not (tmp_path / "backups").exists()


def test_a_backup_is_made_before_an_upgrade(engine, tmp_path, monkeypatch):
    with writing(engine) as session:
        key = facts.signing_key(session)
    with_one_more(monkeypatch, tmp_path)

    applied = upgraded(engine, tmp_path / "backups")

    [backup] = (tmp_path / "backups").iterdir()
    copy = sqlite3.connect(backup)
    assert applied == ["9999"]
    assert copy.execute("SELECT value FROM fact").fetchall() == [(key.decode(),)]
    assert copy.execute("SELECT version_num FROM alembic_version").fetchall() != [("9999",)]
    copy.close()


def test_a_migration_that_fails_half_way_leaves_nothing_behind(engine, tmp_path, monkeypatch):
    before = versions(engine)
    with_one_more(monkeypatch, tmp_path, more="raise LookupError('half way')")

    with pytest.raises(LookupError, match="half way"):
        upgraded(engine, tmp_path / "backups")

    assert versions(engine) == before
    assert "shelf" not in inspect(engine).get_table_names()
    with writing(engine) as session:
        session.add(FactRow(name="still", value="works"))


def test_a_database_of_a_newer_version_is_refused(engine, tmp_path):
    with writing(engine) as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(DatabaseBrokenError, match=r"newer version of xsector \(step 9999\)"):
        upgraded(engine, tmp_path)
    with pytest.raises(DatabaseBrokenError, match="newer version"):
        migrate.check_version(engine)


def test_a_database_of_an_older_version_is_not_read(engine, tmp_path, monkeypatch):
    with_one_more(monkeypatch, tmp_path)

    with pytest.raises(DatabaseBrokenError, match="older version"):
        migrate.check_version(engine)


@pytest.mark.parametrize("how", ["gone", "emptied"])
def test_a_database_that_vanished_is_not_replaced_by_an_empty_one(sqlite_engine, tmp_path, how):
    path = sqlite_path(sqlite_engine)
    upgraded(sqlite_engine, tmp_path)
    sqlite_engine.dispose()
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(b"")

    with pytest.raises(DatabaseBrokenError, match="was here and is gone"):
        upgraded(sqlite_engine, tmp_path)

    assert not path.exists() or path.stat().st_size == 0


def test_an_empty_database_is_not_read(empty):
    with pytest.raises(DatabaseBrokenError, match="empty"):
        migrate.check_version(empty)


def test_the_signing_key_is_made_once(engine):
    with writing(engine) as session:
        first = facts.signing_key(session)
    with writing(engine) as session:
        second = facts.signing_key(session)
    with reading(engine) as session:
        stored = session.get(FactRow, "signing_key").value

    assert first == second == stored.encode()


def test_what_was_released_before_stays_when_rounds_get_several_releases(empty, tmp_path):
    migration = migrate.config(empty)
    command.upgrade(migration, "0002")
    at = "'2030-01-01 00:00:00'"
    for statement in (
        f"INSERT INTO partnership (id, name, place, shared_result, sectors, policy, records_notice, created_at) "
        f"VALUES (1, 'A', '', '', '[]', '{{}}', false, {at})",
        "INSERT INTO round (id, partnership_id, number, title, state, instrument, policy, promise, promise_version, "
        "keep_answers, imported, wall, revision) "
        "VALUES (1, 1, 1, 'R', 'revealed', '{}', '{}', '', '', true, 0, '{}', 0)",
        f"INSERT INTO release (id, round_id, released_at, policy, invited, answered, hidden, held, checksum) "
        f"VALUES (1, 1, {at}, '{{}}', 5, 5, '[]', '[]', 'x')",
        "INSERT INTO block (id, release_id, place, name, sectors, look, people) VALUES (1, 1, 0, 'B', '[]', 0, 5)",
        "INSERT INTO block_count (block_id, item, option, level, people) VALUES (1, 'R1', 0, 1, 5)",
        """INSERT INTO sheet (round_id, respondent_key, sector, past, submitted, marks, words, version)
        VALUES (1, 'k', 'business', '', true, '', '{"texts": {"T1": "Mine"}, "comments": {}}', 1)""",
    ):
        with empty.begin() as connection:
            connection.execute(text(statement))

    upgraded(empty, tmp_path)

    with empty.connect() as connection:
        kept = connection.execute(text("SELECT people FROM block_count")).all()
        round_ = connection.execute(text("SELECT shown, live FROM round")).one()
        words = connection.execute(text("SELECT words FROM sheet")).scalar()
    assert kept == [(5,)]
    assert tuple(map(bool, round_)) == (True, False)
    assert (json.loads(words) if isinstance(words, str) else words)["texts"] == {
        "T1": {"text": "Mine", "may_show": False}
    }
