"""The agenda of a six-page meeting as PDF and Word, warm and in a cold process: python tests/benchmarks/papers.py."""

import io
import json
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from pypdf import PdfReader

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.web import house
from xsector.actions.demonstrating import make_demo
from xsector.actions.permission import OPERATOR
from xsector.export.agenda_file import agenda_file
from xsector.export.pictures import figures_for
from xsector.reports.agendas import agenda_of

MINUTES = 90
TIMES = 5


def warm(engine, *, round_id, kind):
    """Seconds of one file from the database on, in a process that has made one before; and the file."""
    start = time.perf_counter()
    view = agenda_of(engine, account=OPERATOR, round_id=round_id, minutes=MINUTES)
    content = agenda_file(view.agenda, figures=figures_for(view.agenda, release=view.release), kind=kind)
    return time.perf_counter() - start, content


def cold(folder, *, round_id, kind):
    """Seconds of the command in a process of its own."""
    command = [sys.executable, "-m", "xsector", "agenda", str(round_id), "--minutes", str(MINUTES), "--format", kind]
    start = time.perf_counter()
    subprocess.run(
        [*command, "-o", str(folder / f"agenda.{kind}")], cwd=house.PROJECT, env=house.environment(folder), check=True,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return time.perf_counter() - start


def main():
    """Measure and print."""
    found = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        engine = house.empty_database(folder / "xsector.sqlite3")
        demo = make_demo(engine, people=40, seed=7, rounds=2, now=datetime.now(UTC))
        round_id = demo.rounds[0].id
        for kind in ("pdf", "docx", "md"):
            first, content = warm(engine, round_id=round_id, kind=kind)
            again = statistics.median(warm(engine, round_id=round_id, kind=kind)[0] for _ in range(TIMES))
            found[kind] = {"first_s": first, "warm_s": again, "bytes": len(content)}
            if kind == "pdf":
                found[kind]["pages"] = len(PdfReader(io.BytesIO(content)).pages)
        engine.dispose()
        for kind, figures in found.items():
            figures["cold_process_s"] = statistics.median(cold(folder, round_id=round_id, kind=kind) for _ in range(3))
    for kind, figures in found.items():
        print(kind, ", ".join(f"{name} {value:,.2f}" for name, value in figures.items()))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
