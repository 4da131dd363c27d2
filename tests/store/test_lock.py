import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.build import NOW
from xsector.actions.opening import open_for_reading, open_for_writing
from xsector.errors.operating import DatabaseInUseError
from xsector.settings import Settings
from xsector.store import lock

PROJECT = Path(__file__).resolve().parents[2]
SECOND = """
import sys
from pathlib import Path
from xsector.errors.operating import DatabaseInUseError
from xsector.store import lock
try:
    lock.take(Path(sys.argv[1]))
except DatabaseInUseError as problem:
    print(problem.sentence())
    raise SystemExit(1)
print("taken")
"""


def second_process(path):
    return subprocess.run(
        [sys.executable, "-c", SECOND, str(path)], cwd=PROJECT, capture_output=True, text=True, check=False
    )


def test_a_second_process_is_told_who_has_the_database(tmp_path):
    path = tmp_path / "xsector.sqlite3"

    with lock.take(path):
        refused = second_process(path)
    free = second_process(path)

    assert refused.returncode == 1
    assert refused.stdout == (
        f"Another xsector process (number {os.getpid()}) has the database {path} open. "
        "Stop the other one first, or use PostgreSQL, which several can share.\n"
    )
    assert (free.returncode, free.stdout) == (0, "taken\n")


def test_whoever_writes_holds_the_lock_and_readers_need_none(tmp_path):
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'x.sqlite3'}", backups=tmp_path / "backups")

    with open_for_writing(settings, now=NOW):
        with pytest.raises(DatabaseInUseError), open_for_writing(settings, now=NOW):
            pass
        with open_for_reading(settings) as store:
            assert store.migrated == ()
    with open_for_writing(settings, now=NOW) as store:
        assert store.migrated == ()
