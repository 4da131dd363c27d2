import asyncio
import json
import logging
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from tests.build import NOW, later
from tests.web import house
from xsector.actions import notices
from xsector.reports.log import log_entries
from xsector.settings import Settings
from xsector.store.engine import open_engine
from xsector.web import housekeeping
from xsector.web.housekeeping import Housekeeping, going_on
from xsector.web.log_lines import JsonLine, write_lines_for_machines


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "backups").mkdir()
    return tmp_path / "backups"


def put(folder, moment):
    """A backup that the program made by itself at that moment."""
    path = folder / f"before-0002-{moment:%Y%m%d-%H%M%S}.sqlite3"
    path.write_bytes(b"x")
    return path


def test_old_backups_go_at_the_start_and_once_a_day(sqlite_engine, folder):
    work = Housekeeping(sqlite_engine, Settings(backups=folder, keep_days_backups=30))
    first = put(folder, NOW - timedelta(days=30, seconds=1))
    second = put(folder, NOW - timedelta(days=30) + timedelta(hours=12))

    there = []
    for hours in (0, 13, 23, 24):
        work.due(now=later(hours=hours))
        there.append((first.exists(), second.exists()))

    assert there == [(False, True), (False, True), (False, True), (False, False)]


def test_what_was_counted_is_written_each_time(sqlite_engine, folder):
    work = Housekeeping(sqlite_engine, Settings(backups=folder))

    notices.count(actor="somebody", action="sign-in failed")
    work.due(now=NOW)
    work.due(now=later(minutes=1))

    assert [(one.at, one.detail) for one in log_entries(sqlite_engine)] == [(NOW, {"times": 1})]


def test_a_folder_that_cannot_be_read_stops_nothing(sqlite_engine, folder, caplog, monkeypatch):
    monkeypatch.setattr(logging.getLogger("xsector"), "propagate", True)
    put(folder, NOW - timedelta(days=300)).unlink()
    (folder / "before-0002-20000101-000000.sqlite3").write_bytes(b"x")
    work = Housekeeping(sqlite_engine, Settings(backups=folder))
    folder.chmod(0o500)
    monkeypatch.setattr(type(folder), "unlink", _refused)

    work.due(now=NOW)

    assert "Housekeeping: PermissionError" in caplog.text
    folder.chmod(0o700)


def _refused(*_, **__):
    raise PermissionError("no")


def test_it_goes_on_until_the_end_and_writes_the_rest_then(sqlite_engine, folder, monkeypatch):
    monkeypatch.setattr(housekeeping, "EVERY_SECONDS", 0.02)

    async def day():
        async with going_on(Housekeeping(sqlite_engine, Settings(backups=folder))):
            notices.count(actor="somebody", action="first")
            await asyncio.sleep(0.5)
            during = [one.action for one in log_entries(sqlite_engine)]
            monkeypatch.setattr(housekeeping, "EVERY_SECONDS", 60)
            await asyncio.sleep(0.1)
            notices.count(actor="somebody", action="second")
        return during

    with ThreadPoolExecutor(1) as threads:  # where no loop of a browser's runs already
        during = threads.submit(lambda: asyncio.run(day())).result()

    assert during == ["first"]
    assert [one.action for one in log_entries(sqlite_engine)] == ["first", "second"]


def test_the_server_notes_failed_logins_and_refusals_before_it_ends(tmp_path):
    engine = house.empty_database(tmp_path / "xsector.sqlite3")
    found = house.furnish(engine)
    engine.dispose()
    (tmp_path / "backups").mkdir(exist_ok=True)
    old = put(tmp_path / "backups", datetime.now(UTC) - timedelta(days=8))

    with house.running_server(tmp_path, XSECTOR_KEEP_DAYS_BACKUPS="7") as server:
        for _ in range(3):
            server.ask("POST", "/sign-in", form={"name": "Dana", "password": "wrong"})
        server.ask("POST", "/sign-in", form={"name": house.PASSWORD, "password": "Dana"})
        login = server.ask("POST", "/sign-in", form={"name": "Dana", "password": house.PASSWORD}).cookies
        for number in range(12):
            server.ask("POST", "/room", form={"code": f"0000{number:04}"})
        server.ask("GET", "/export/agenda/999.pdf", cookies=login)
        server.ask("GET", "/export/agenda/1.pdf")
        server.ask("POST", f"/join/{found.tokens['Ann']}", form={}, headers={"Origin": "https://evil.test"})
        server.ask("POST", "/_stcore/upload_file/x/y", body=b"x")

    engine = open_engine(found.url)
    noted = {(one.actor, one.action): one.detail for one in log_entries(engine)}
    engine.dispose()
    assert noted["Dana", "sign-in failed"] == {"times": 3}
    assert noted["somebody", "sign-in failed"] == {"times": 1}
    assert noted["somebody", "room code not looked up"] == {"times": 7}
    assert noted["somebody", "refused"] == {"times": 2}
    assert noted["somebody", "form of another site refused"] == {"times": 1}
    assert noted["xsector", "old backups deleted"] == {"files": 1}
    assert not old.exists()
    assert house.PASSWORD not in repr(noted)


def test_our_lines_are_one_json_object_each_with_the_time_in_utc():
    record = logging.LogRecord("xsector.web", logging.ERROR, "x.py", 1, "Reference %s: “%s”\n", ("a1", "x"), None)
    record.created = 1_904_288_400.25

    line = JsonLine().format(record)

    assert "\n" not in line
    assert json.loads(line) == {
        "at": "2030-05-06T09:00:00.250Z", "level": "error", "from": "xsector.web", "message": "Reference a1: “x”\n",
    }  # fmt: skip


@pytest.fixture
def logging_as_before():
    logger = logging.getLogger("xsector")
    before = logging.Formatter.converter, list(logger.handlers), logger.propagate
    yield logger
    logging.Formatter.converter, logger.handlers[:], logger.propagate = before


def test_lines_are_set_up_once_and_hold_no_words_of_a_problem(logging_as_before, capsys):
    write_lines_for_machines()
    write_lines_for_machines()

    try:
        raise ValueError("somebody's answer")
    except ValueError:
        logging.getLogger("xsector.web").exception("It broke")

    [line] = capsys.readouterr().err.splitlines()
    said = json.loads(line)
    assert (said["message"], said["level"]) == ("It broke", "error")
    assert said["trace"].endswith("ValueError")
    assert "answer" not in line
    assert logging.Formatter.converter is time.gmtime
