"""From a million answered forms to the ranked report, beside the one query that reads them.

python tests/benchmarks/report.py [--people 1000000] [--items 50] [--long 200000]
"""

import argparse
import json
import resource
import sqlite3
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests import build
from tests.web import house
from xsector.actions import setting_up, signing_in
from xsector.actions.releasing import reveal
from xsector.model.partner import Role
from xsector.model.policy import Policy
from xsector.model.promise import VERSION
from xsector.model.round import State
from xsector.model.sector import DEFAULT_SECTORS
from xsector.reports.results import report_document
from xsector.store import counts, rosters, rounds, sheets
from xsector.store.engine import reading, writing

LEVELS = 5
ORGANISATIONS = 300
FEW = 1_000
NOW = datetime(2030, 1, 1, tzinfo=UTC)


def answers(people, items, *, seed=7):
    """Sector places, organisation places and marks; the last sectors answer a little higher."""
    dice = np.random.default_rng(seed)
    organisations = dice.integers(0, ORGANISATIONS, people)
    sectors = organisations % len(DEFAULT_SECTORS)
    marks = dice.integers(0, LEVELS, (people, items), dtype=np.uint8)
    lift = (dice.random((people, items), dtype=np.float32) < 0.05 * sectors[:, None]).astype(np.uint8)
    return sectors, organisations, np.minimum(marks + lift, LEVELS - 1)


def closed_round(engine, *, people, items):
    """A closed round of as many people: (account, round id)."""
    name = f"Dana {people}"
    account = signing_in.add_account(engine, name=name, role=Role.CONVENER, password=house.PASSWORD, now=NOW)
    partnership = setting_up.create_partnership(
        engine, account=account, name="Bridges", place="", shared_result="", sectors=DEFAULT_SECTORS, policy=Policy(),
        now=NOW,
    )  # fmt: skip
    sectors, organisations, marks = answers(people, items)
    questions = build.instrument(*(build.item(f"Q{number}") for number in range(items)))
    with writing(engine) as session:
        made = rounds.add(session, partnership_id=partnership.id, title="Large", instrument=questions, policy=Policy())
        rounds.freeze(session, made.id, policy=Policy(), promise="Imported.", promise_version=VERSION)
        codes = [sector.code for sector in DEFAULT_SECTORS]
        ids = [
            rosters.organisation(session, partnership_id=partnership.id, name=f"O {n}", sector=codes[n % len(codes)])
            for n in range(ORGANISATIONS)
        ]
        sheets.add_imported(
            session, round_id=made.id, sectors=[codes[place] for place in sectors],
            organisations=[ids[place] for place in organisations], marks=marks,
        )  # fmt: skip
        rounds.set_imported(session, made.id, people=people)
        for state in (State.OPEN, State.CLOSED):
            rounds.set_state(session, made.id, state=state, now=NOW)
    return account, made.id


def timed(work):
    """What *work* gives, and its seconds."""
    start = time.perf_counter()
    found = work()
    return found, time.perf_counter() - start


def tallied(engine, round_id):
    """Our count of a round."""
    with reading(engine) as session:
        return counts.tally(session, round_id)


def read_and_bincount(path, round_id, *, items):
    """The least that any program must do: read each sheet once, count by item, sector and level."""
    file = sqlite3.connect(path)
    found = np.zeros(6 * items * 256, dtype=np.int64)
    names = {sector.code: place for place, sector in enumerate(DEFAULT_SECTORS)}
    rows = file.execute("SELECT sector, marks FROM sheet WHERE round_id = ? AND submitted", (round_id,))
    while part := rows.fetchmany(20_000):
        marks = np.frombuffer(b"".join(row[1] for row in part), np.uint8).reshape(len(part), -1)
        places = np.array([names[row[0]] for row in part])
        cells = places[:, None] * (items * 256) + np.arange(items) * 256 + marks
        found += np.bincount(cells.ravel(), minlength=len(found))
    file.close()
    return found


def long_table(path, *, people, items):
    """The same answers as a row for each, as most programs keep them."""
    sectors, _, marks = answers(people, items)
    file = sqlite3.connect(path)
    file.execute("PRAGMA synchronous = OFF")
    file.execute("CREATE TABLE answer (person INTEGER, sector INTEGER, item INTEGER, level INTEGER)")
    rows = zip(
        np.repeat(np.arange(people), items).tolist(), np.repeat(sectors, items).tolist(),
        np.tile(np.arange(items), people).tolist(), marks.ravel().tolist(), strict=True,
    )  # fmt: skip
    file.executemany("INSERT INTO answer VALUES (?, ?, ?, ?)", rows)
    file.commit()
    return file


def group_by(file):
    """The one query."""
    return file.execute("SELECT item, sector, level, count(*) FROM answer GROUP BY item, sector, level").fetchall()


def peak_mib():
    """The most memory this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(folder, *, people, items, long):
    """All figures of one run."""
    path = folder / "xsector.sqlite3"
    engine = house.empty_database(path)
    (account, few), _ = timed(lambda: closed_round(engine, people=FEW, items=items))
    reveal(engine, account=account, round_id=few, now=NOW)
    report_document(engine, account=account, round_id=few)  # imports and first use are not measured
    _, report_few = timed(lambda: report_document(engine, account=account, round_id=few))
    (account, many), stored = timed(lambda: closed_round(engine, people=people, items=items))
    memory = peak_mib()
    _, bincount = timed(lambda: read_and_bincount(path, many, items=items))
    _, tally = timed(lambda: tallied(engine, many))
    memory_of_tally = peak_mib()
    _, revealed = timed(lambda: reveal(engine, account=account, round_id=many, now=NOW))
    _, report = timed(lambda: report_document(engine, account=account, round_id=many))
    engine.dispose()
    file = long_table(folder / "long.sqlite3", people=long, items=items)
    _, grouped = timed(lambda: group_by(file))
    file.close()
    return {
        "people": people, "items": items, "store_s": stored, "bincount_s": bincount, "tally_s": tally,
        "reveal_s": revealed, "report_s": report, f"report_of_{FEW}_s": report_few,
        "group_by_s": grouped * people / long, "group_by_people": long, "peak_mib_before": memory,
        "peak_mib_of_tally": memory_of_tally, "peak_mib": peak_mib(),
        "tally_to_bincount": tally / bincount,
        "tally_and_report_to_bincount": (tally + report) / bincount,
        "tally_and_report_to_group_by": (tally + report) / (grouped * people / long),
        "report_to_report_of_few": report / report_few,
    }  # fmt: skip


def main():
    """Measure and print."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--people", type=int, default=1_000_000)
    given.add_argument("--items", type=int, default=50)
    given.add_argument("--long", type=int, default=200_000, help="people in the long table; its time is scaled up")
    asked = given.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), people=asked.people, items=asked.items, long=min(asked.long, asked.people))
    for name, value in found.items():
        print(f"{name:32}{value:14,.3f}")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
