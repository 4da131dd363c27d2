"""Who may read the files: nobody but whoever runs the program."""

import os
import stat

import pytest

from tests.build import NOW
from xsector.actions.keeping import back_up, bring_back, drop_old_backups, open_to_others
from xsector.errors.operating import BackupError
from xsector.reports.log import log_entries
from xsector.settings import Settings
from xsector.store import facts, migrate
from xsector.store.engine import open_engine, writing

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a folder's own rules say who reads its files")


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(autouse=True)
def generous_umask():
    """A machine on which everybody may read what is made."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def made(tmp_path):
    """A database that the program has just made, with its settings."""
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'new' / 'x.sqlite3'}", backups=tmp_path / "backups")
    engine = open_engine(settings.database_url)
    migrate.upgrade(engine, backup_folder=settings.backups, now=NOW)
    with writing(engine) as session:
        facts.signing_key(session)
    yield engine, settings
    engine.dispose()


def test_a_new_database_and_its_log_are_closed_to_others(made, tmp_path):
    engine, settings = made
    with engine.connect():
        modes = {path.name: mode(path) for path in (tmp_path / "new").glob("x.sqlite3*") if "was-here" not in path.name}

    assert modes == {"x.sqlite3": 0o600, "x.sqlite3-wal": 0o600, "x.sqlite3-shm": 0o600}
    assert open_to_others(engine, settings) == []


def test_a_backup_is_closed_to_others(engine, tmp_path):
    back_up(engine, tmp_path / "copies" / "copy.sqlite3")

    assert mode(tmp_path / "copies" / "copy.sqlite3") == 0o600


def test_a_backup_into_a_name_that_cannot_be_is_refused_and_leaves_what_is_there(engine, tmp_path):
    (tmp_path / "there.sqlite3").write_bytes(b"precious")

    for target in (tmp_path / "there.sqlite3", tmp_path / "nul\0.sqlite3", tmp_path / "there.sqlite3" / "x.sqlite3"):
        with pytest.raises(BackupError):
            back_up(engine, target)

    assert (tmp_path / "there.sqlite3").read_bytes() == b"precious"


def test_what_is_brought_back_has_the_rights_of_what_was_there(made, tmp_path):
    engine, settings = made
    path = tmp_path / "new" / "x.sqlite3"
    back_up(engine, tmp_path / "copy.sqlite3")
    (tmp_path / "copy.sqlite3").chmod(0o644)
    engine.dispose()
    path.chmod(0o640)

    kept = bring_back(settings, tmp_path / "copy.sqlite3", now=NOW).kept

    assert mode(path) == 0o640
    assert mode(kept) == 0o600
    assert log_entries(engine)[-1].action == "backup restored"


def test_a_damaged_database_is_kept_closed_to_others(made, tmp_path):
    engine, settings = made
    path = tmp_path / "new" / "x.sqlite3"
    back_up(engine, tmp_path / "copy.sqlite3")
    engine.dispose()
    path.write_bytes(b"not a database " * 1_000)

    kept = bring_back(settings, tmp_path / "copy.sqlite3", now=NOW).kept

    assert kept.read_bytes() == b"not a database " * 1_000
    assert (mode(kept), mode(path)) == (0o600, 0o600)


def test_files_that_others_may_read_are_named(made, tmp_path):
    engine, settings = made
    back_up(engine, settings.backups / "mine.sqlite3")
    (settings.backups / "mine.sqlite3").chmod(0o640)
    (tmp_path / "new" / "x.sqlite3").chmod(0o604)

    said = open_to_others(engine, settings)

    assert [sentence.split(". ")[0] for sentence in said] == [
        f"Others on this computer may read {tmp_path / 'new' / 'x.sqlite3'}",
        f"Others on this computer may read {settings.backups / 'mine.sqlite3'}",
    ]
    assert f"chmod 600 '{settings.backups / 'mine.sqlite3'}'" in said[1]


def test_old_backups_of_the_program_are_deleted_and_nothing_else(made):
    engine, settings = made
    settings.backups.mkdir()
    old = [
        "before-0003-20300204-085959.sqlite3", "before-restore-20200101-000000.sqlite3",
        "before-restore-20200101-000000.sqlite3-wal",
    ]  # fmt: skip
    kept = [
        "before-0003-20300205-090000.sqlite3", "before-restore-20300506-090000.sqlite3", "by-hand.sqlite3",
        "before-our-summer-party.sqlite3", "before-0003-20209999-999999.sqlite3", "before-0003-20200101-000000.txt",
    ]  # fmt: skip
    for name in (*old, *kept):
        (settings.backups / name).write_bytes(b"x")

    gone = drop_old_backups(engine, settings, now=NOW)

    assert sorted(path.name for path in gone) == sorted(old)
    assert sorted(path.name for path in settings.backups.iterdir()) == sorted(kept)
    [entry] = [one for one in log_entries(engine) if one.action == "old backups deleted"]
    assert (entry.actor, entry.detail) == ("xsector", {"files": 3})
    assert drop_old_backups(engine, settings, now=NOW) == []
