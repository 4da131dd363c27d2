"""Seconds and memory of importing a large file: python tests/benchmarks/import_file.py [ROWS] [ITEMS]."""

import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.web import house
from xsector.actions.importing import import_survey
from xsector.actions.permission import OPERATOR
from xsector.actions.survey.answers_file import inspect_survey
from xsector.actions.survey.mapping import ImportOptions
from xsector.actions.survey.reading import read_rows

OPTIONS = ImportOptions(sector="sector", organisation="organisation")


def write(path, *, rows, items, seed=7):
    """A file with a sector, one of 5,000 organisations, and answers on 1..6."""
    random = np.random.default_rng(seed)
    with path.open("wb") as file:
        file.write(",".join(["sector", "organisation", *(f"Q{n}" for n in range(items))]).encode() + b"\n")
        for start in range(0, rows, 50_000):
            count = min(50_000, rows - start)
            line = np.full((count, 2 * items), ord(","), np.uint8)
            line[:, 0::2] = random.integers(1, 7, (count, items)) + ord("0")
            line[:, -1] = ord("\n")
            organisations = random.integers(0, 5_000, count)
            groups = zip(organisations % 6, organisations, line, strict=True)
            file.writelines(b"Sector %d,Organisation %d,%s" % (s, o, marks.tobytes()) for s, o, marks in groups)


def peak_megabytes():
    """The most memory this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(rows=1_000_000, items=50):
    """Measure the two passes of reading by themselves, then the whole import, and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "answers.csv"
        write(path, rows=rows, items=items)
        print(f"{rows:,} rows x {items} items, {path.stat().st_size / 1e6:,.0f} MB; before: {peak_megabytes():,.0f} MB")
        start = time.perf_counter()
        plan = inspect_survey(path, options=OPTIONS)
        inspected = time.perf_counter()
        people = sum(len(chunk.marks) for chunk in read_rows(path, plan=plan))
        read = time.perf_counter()
        print(f"inspected in {inspected - start:.1f} s, read {people:,} people in {read - inspected:.1f} s")
        print(f"peak memory {peak_megabytes():,.0f} MB")
        engine = house.empty_database(folder / "xsector.sqlite3")
        start = time.perf_counter()
        made = import_survey(
            engine, account=OPERATOR, path=path, partnership="Large", options=OPTIONS, now=datetime.now(UTC)
        )
        print(f"imported {made.answered:,} people in {time.perf_counter() - start:.1f} s")
        print(f"peak memory {peak_megabytes():,.0f} MB")
        engine.dispose()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
