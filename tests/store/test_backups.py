import sqlite3

import pytest
from sqlalchemy import select, text

from tests.build import NOW, later, revealed_round
from xsector.actions.keeping import back_up, bring_back, problems
from xsector.actions.permission import OPERATOR
from xsector.actions.setting_up import create_round
from xsector.errors.operating import BackupError, DatabaseBrokenError, DatabaseInUseError
from xsector.reports.results import report_document
from xsector.settings import Settings
from xsector.store import lock, migrate
from xsector.store.engine import open_engine, reading, sqlite_path, writing
from xsector.store.tables import Base, FactRow

LEVELS = {"government": [4, 5, 4, 5, 3, 4], "nonprofit": [2, 1, 2, 3, 2], "business": [1, 1, 5, 5, 3]}


def everything(engine):
    """Every row of every table, in no order."""
    with reading(engine) as session:
        return {
            table.name: sorted(repr(_plain(row)) for row in session.execute(select(table)))
            for table in Base.metadata.sorted_tables
        }


def _plain(row):
    return [value.replace(tzinfo=None) if hasattr(value, "tzinfo") else value for value in row]


def settings_of(url, folder):
    return Settings(database_url=url, backups=folder / "backups")


def test_a_backup_holds_every_row_and_the_database_goes_on(engine, tmp_path):
    house = revealed_round(engine, sectors=LEVELS)
    before = everything(engine)

    back_up(engine, tmp_path / "copy.sqlite3")
    for number in range(3):
        create_round(
            engine, account=house.account, partnership_id=house.partnership.id, title=f"Next {number}", form="pulse",
            now=NOW,
        )  # fmt: skip

    copy = open_engine(f"sqlite:///{tmp_path / 'copy.sqlite3'}")
    assert everything(copy) == before
    assert problems(copy) == []
    copy.dispose()
    assert everything(engine) != before


def test_a_backup_never_overwrites_a_file(engine, tmp_path):
    (tmp_path / "copy.sqlite3").write_bytes(b"precious")

    with pytest.raises(BackupError, match="exists already"):
        back_up(engine, tmp_path / "copy.sqlite3")

    assert (tmp_path / "copy.sqlite3").read_bytes() == b"precious"


def test_a_restored_backup_gives_the_same_rows_and_figures(engine, empty_url, tmp_path):
    house = revealed_round(engine, sectors=LEVELS)
    before, report = everything(engine), report_document(engine, account=OPERATOR, round_id=house.round.id)
    back_up(engine, tmp_path / "copy.sqlite3")

    kept = bring_back(settings_of(empty_url, tmp_path), tmp_path / "copy.sqlite3", now=NOW).kept

    restored = open_engine(empty_url)
    assert kept is None
    after = everything(restored)
    [noted] = set(after["audit"]) - set(before["audit"])
    assert "'operator', 'backup restored'" in noted
    assert {**after, "audit": before["audit"]} == before
    assert problems(restored) == []
    assert report_document(restored, account=OPERATOR, round_id=house.round.id) == report
    made = create_round(
        restored, account=OPERATOR, partnership_id=house.partnership.id, title="Next", form="pulse", now=NOW
    )
    assert made.id == house.round.id + 1
    restored.dispose()


def test_what_was_there_before_a_restore_is_kept(engine, tmp_path):
    url = engine.url.render_as_string(hide_password=False)
    back_up(engine, tmp_path / "old.sqlite3")
    with writing(engine) as session:
        session.add(FactRow(name="newer", value="x"))
    before = everything(engine)
    engine.dispose()

    kept = bring_back(settings_of(url, tmp_path), tmp_path / "old.sqlite3", now=NOW).kept

    copy = open_engine(f"sqlite:///{kept}")
    assert everything(copy) == before
    copy.dispose()
    assert everything(engine)["fact"] == []


def test_what_was_saved_last_is_in_the_kept_copy_after_a_crash(sqlite_engine, tmp_path):
    back_up(sqlite_engine, tmp_path / "old.sqlite3")
    with writing(sqlite_engine) as session:
        session.add(FactRow(name="last words", value="x"))
    path = sqlite_path(sqlite_engine)
    crashed = tmp_path / "crashed.sqlite3"
    for end in ("", "-wal"):
        crashed.with_name(crashed.name + end).write_bytes(path.with_name(path.name + end).read_bytes())

    kept = bring_back(settings_of(f"sqlite:///{crashed}", tmp_path), tmp_path / "old.sqlite3", now=NOW).kept

    copy = sqlite3.connect(kept)
    assert copy.execute("SELECT name FROM fact").fetchall() == [("last words",)]
    copy.close()


def test_a_damaged_database_can_be_replaced_and_its_bytes_are_kept(sqlite_engine, tmp_path):
    house = revealed_round(sqlite_engine, sectors=LEVELS)
    report = report_document(sqlite_engine, account=OPERATOR, round_id=house.round.id)
    back_up(sqlite_engine, tmp_path / "good.sqlite3")
    sqlite_engine.dispose()
    path = sqlite_path(sqlite_engine)
    path.write_bytes(b"no database any more " * 500)

    kept = bring_back(settings_of(str(sqlite_engine.url), tmp_path), tmp_path / "good.sqlite3", now=NOW).kept

    assert kept.read_bytes() == b"no database any more " * 500
    assert report_document(sqlite_engine, account=OPERATOR, round_id=house.round.id) == report


def test_a_running_app_keeps_its_database(sqlite_engine, tmp_path):
    back_up(sqlite_engine, tmp_path / "copy.sqlite3")

    with lock.take(sqlite_path(sqlite_engine)), pytest.raises(DatabaseInUseError):
        bring_back(settings_of(str(sqlite_engine.url), tmp_path), tmp_path / "copy.sqlite3", now=NOW)


@pytest.mark.parametrize("content", [b"", b"letters " * 1000, None])
def test_a_file_that_is_no_backup_is_refused_and_nothing_is_touched(engine, tmp_path, content):
    with writing(engine) as session:
        session.add(FactRow(name="precious", value="x"))
    before = everything(engine)
    wrong = tmp_path / "wrong.sqlite3"
    if content is not None:
        wrong.write_bytes(content)

    with pytest.raises(BackupError):
        bring_back(settings_of(engine.url.render_as_string(hide_password=False), tmp_path), wrong, now=NOW)

    assert everything(engine) == before


def test_another_programs_database_is_no_backup(engine, tmp_path):
    other = sqlite3.connect(tmp_path / "other.sqlite3")
    other.execute("CREATE TABLE fact (name TEXT)")
    other.close()

    with pytest.raises(BackupError, match="not a whole xsector database"):
        bring_back(
            settings_of(engine.url.render_as_string(hide_password=False), tmp_path), tmp_path / "other.sqlite3", now=NOW
        )


def test_a_backup_of_a_newer_version_is_refused_and_nothing_is_touched(engine, tmp_path):
    back_up(engine, tmp_path / "newer.sqlite3")
    newer = sqlite3.connect(tmp_path / "newer.sqlite3")
    newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.commit()
    newer.close()
    before = everything(engine)

    with pytest.raises(DatabaseBrokenError, match="newer version"):
        bring_back(
            settings_of(engine.url.render_as_string(hide_password=False), tmp_path), tmp_path / "newer.sqlite3", now=NOW
        )

    assert everything(engine) == before
    assert migrate.upgrade(engine, backup_folder=tmp_path, now=later(days=1)) == []


def test_a_truncated_backup_is_refused(engine, tmp_path):
    revealed_round(engine, sectors=LEVELS)
    back_up(engine, tmp_path / "copy.sqlite3")
    whole = (tmp_path / "copy.sqlite3").read_bytes()
    (tmp_path / "half.sqlite3").write_bytes(whole[: len(whole) // 2])

    with pytest.raises(BackupError):
        bring_back(
            settings_of(engine.url.render_as_string(hide_password=False), tmp_path), tmp_path / "half.sqlite3", now=NOW
        )

    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM release")).scalar() == 1
