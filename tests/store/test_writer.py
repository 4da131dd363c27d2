import os
import random
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import bindparam, event, func, select, text, update

from xsector.errors.operating import DiskFullError, NotSavedError
from xsector.store.engine import glancing, open_engine, reading, tapping, writing
from xsector.store.tables import AccountRow, FactRow

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
FACT = FactRow.__table__
ONE = select(FACT).where(FACT.c.name == bindparam("of_name"))
RENAME = update(FACT).where(FACT.c.name == bindparam("of_name")).values(value=bindparam("value"))
PROJECT = Path(__file__).resolve().parents[2]


def save(engine, name, *, value="x"):
    with writing(engine) as session:
        session.add(FactRow(name=name, value=value))


def names(engine):
    with reading(engine) as session:
        return set(session.scalars(select(FactRow.name)))


@pytest.mark.parametrize("threads", [30, 200])
def test_everything_is_kept_that_many_save_at_once(sqlite_engine, threads):
    start = threading.Barrier(threads)

    def one(place):
        start.wait()
        save(sqlite_engine, f"fact {place}")

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(one, range(threads)))

    assert names(sqlite_engine) == {f"fact {place}" for place in range(threads)}


def test_many_that_save_at_once_share_commits(sqlite_engine):
    commits = []
    start = threading.Barrier(60)

    def one(place):
        start.wait()
        save(sqlite_engine, f"fact {place}")

    event.listen(sqlite_engine, "commit", lambda _connection: commits.append(1))
    with ThreadPoolExecutor(60) as pool:
        list(pool.map(one, range(60)))

    assert len(names(sqlite_engine)) == 60
    assert len(commits) < 60


def test_one_that_fails_does_not_hurt_the_others_of_its_group(engine):
    start = threading.Barrier(40)

    def one(place):
        start.wait()
        with writing(engine) as session:
            session.add(FactRow(name=f"fact {place}", value="x"))
            session.flush()
            if place % 4 == 0:
                raise LookupError(f"number {place} failed")

    with ThreadPoolExecutor(20) as pool, ThreadPoolExecutor(20) as second:
        futures = [(pool if place % 2 else second).submit(one, place) for place in range(40)]
        failures = [future.exception() for future in futures]

    assert [type(failure) for failure in failures] == [LookupError, *[type(None)] * 3] * 10
    assert names(engine) == {f"fact {place}" for place in range(40) if place % 4}


def test_a_broken_constraint_hurts_only_its_own_transaction(engine):
    save(engine, "taken")

    with pytest.raises(Exception, match=r"(?i)unique"):
        save(engine, "taken")
    save(engine, "free")

    assert names(engine) == {"taken", "free"}


def test_nothing_is_kept_of_a_body_that_raises_after_a_flush(engine):
    def broken():
        with writing(engine) as session:
            session.add(FactRow(name="half", value="x"))
            session.flush()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken()

    assert names(engine) == set()


def limit_pages(engine, *, more):
    """Let the file grow by so many pages and no further; a limit of each connection."""
    engine.dispose()
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    event.listen(
        engine,
        "checkout",
        lambda raw, _entry, _proxy: raw.execute(f"PRAGMA max_page_count = {pages + more}").fetchall(),
    )
    return pages


def test_a_full_disk_is_said_and_the_database_stays_usable(sqlite_engine):
    save(sqlite_engine, "before")
    limit_pages(sqlite_engine, more=4)

    with pytest.raises(DiskFullError):
        save(sqlite_engine, "large", value="x" * 200_000)
    save(sqlite_engine, "after")

    assert names(sqlite_engine) == {"before", "after"}


def test_nothing_acknowledged_is_lost_when_the_disk_fills_up_under_many(sqlite_engine):
    limit_pages(sqlite_engine, more=30)
    kept, refused = [], []

    def one(place):
        try:
            save(sqlite_engine, f"fact {place}", value="x" * (60_000 if place % 5 == 0 else 100))
            kept.append(f"fact {place}")
        except (DiskFullError, NotSavedError):
            refused.append(f"fact {place}")

    with ThreadPoolExecutor(40) as pool:
        list(pool.map(one, range(200)))

    assert refused
    assert names(sqlite_engine) == set(kept)
    assert len(kept) + len(refused) == 200


def test_every_acknowledged_save_survives_a_killed_process(sqlite_engine):
    command = [sys.executable, "-m", "tests.store.saving", str(sqlite_engine.url)]
    sqlite_engine.dispose()
    acknowledged = set()
    for seed in range(3):
        process = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True)
        first = process.stdout.readline()
        time.sleep(random.Random(seed).uniform(0.1, 0.4))
        os.kill(process.pid, signal.SIGKILL)
        rest, _ = process.communicate()
        whole = (first + rest).split("\n")[:-1]
        acknowledged |= set(whole)
        again = open_engine(str(sqlite_engine.url))
        found = names(again)
        assert acknowledged <= found
        with writing(again) as session:
            session.execute(text("DELETE FROM fact"))
        acknowledged = set()
        with again.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        again.dispose()


def test_a_transaction_sees_its_own_changes_and_none_that_failed_before_it(sqlite_engine):
    def half():
        with writing(sqlite_engine) as session:
            session.add(FactRow(name="half", value="x"))
            session.flush()
            raise LookupError

    with pytest.raises(LookupError):
        half()
    with writing(sqlite_engine) as session:
        session.add(FactRow(name="whole", value="x"))
        session.flush()
        count = session.scalar(select(func.count()).select_from(FactRow))

    assert count == 1


def test_a_tap_is_on_disk_when_its_block_ends(engine):
    save(engine, "one", value="old")

    with tapping(engine) as line:
        line.run(RENAME, of_name="one", value="new")

    with glancing(engine) as line:
        assert line.first(ONE, of_name="one").value == "new"


def test_a_tap_that_fails_before_its_statement_changes_nothing_and_keeps_nobody_out(engine):
    save(engine, "one", value="old")

    with pytest.raises(ZeroDivisionError), tapping(engine) as line:
        line.first(ONE, of_name=str(1 / 0))

    with tapping(engine) as line:
        line.run(RENAME, of_name="one", value="new")
    with glancing(engine) as line:
        assert line.first(ONE, of_name="one").value == "new"


def test_taps_and_other_savers_share_a_transaction_and_lose_nothing(engine):
    for place in range(20):
        save(engine, f"fact {place}", value="old")

    def one(place):
        if place < 20:
            with tapping(engine) as line:
                line.run(RENAME, of_name=f"fact {place}", value="new")
        else:
            save(engine, f"fact {place}", value="new")

    with ThreadPoolExecutor(40) as pool:
        list(pool.map(one, range(40)))

    with reading(engine) as session:
        assert set(session.scalars(select(FactRow.value).where(FactRow.name.like("fact %")))) == {"new"}
    assert len(names(engine) & {f"fact {place}" for place in range(40)}) == 40


def test_values_come_and_go_as_the_table_means_them(engine):
    with writing(engine) as session:
        session.add(AccountRow(name="A", name_key="a", role="convener", password_hash="x", created_at=NOW))

    with glancing(engine) as line:
        row = line.first(select(AccountRow.__table__))

    assert (row.name, row.created_at.replace(tzinfo=UTC)) == ("A", NOW)
