"""Put the demo partnership into a database that has no partnership yet; for ``start --demo``."""

from __future__ import annotations

import sys

from xsector.__main__ import main
from xsector.actions.permission import OPERATOR
from xsector.cli.common import writing_store
from xsector.errors.common import XsectorError
from xsector.reports.rounds import partnerships_of


def run() -> int:
    """Make the demo unless there is a partnership."""
    try:
        with writing_store() as store:
            there = partnerships_of(store.engine, account=OPERATOR)
    except XsectorError as problem:
        print(problem.sentence(), file=sys.stderr)
        return 1
    return 0 if there else main(["demo"])


if __name__ == "__main__":
    raise SystemExit(run())
