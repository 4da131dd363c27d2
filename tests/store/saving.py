"""Run as its own process: saves facts from several threads and prints each name once it is acknowledged."""

import sys
import threading

from xsector.store.engine import open_engine, writing
from xsector.store.tables import FactRow


def save(engine, *, place):
    for number in range(1_000_000):
        name = f"fact {place} {number}"
        with writing(engine) as session:
            session.add(FactRow(name=name, value="x" * 200))
        sys.stdout.write(name + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    shared = open_engine(sys.argv[1])
    for thread in [threading.Thread(target=save, args=(shared,), kwargs={"place": n}) for n in range(8)]:
        thread.start()
