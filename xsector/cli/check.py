"""``check``: is everything whole?"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from xsector.actions.keeping import not_known_to_be_shown, open_to_others, problems
from xsector.cli.common import print_json, reading_store, say
from xsector.errors.operating import DatabaseBrokenError

HELP = "verify the database, the ledger and the audit log, and who may read the files"


def add_arguments(parser: ArgumentParser) -> None:
    """Only the form of the output."""
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: Namespace) -> None:
    """Verify and say what was found."""
    with reading_store() as store:
        found = problems(store.engine)
        warnings = open_to_others(store.engine, store.settings)
        if not found:
            warnings += not_known_to_be_shown(store.engine)
    for warning in warnings:
        say(warning)
    if options.json:
        print_json({"problems": found, "warnings": warnings})
    elif not found:
        print("The database is whole; the ledger and the audit log are unbroken.")
    if found:
        raise DatabaseBrokenError(" ".join(found), remedy="Restore the newest backup that passes this check.")
