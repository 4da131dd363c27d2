"""``ledger``: all releases ever made, for an outside check."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from xsector.actions.permission import OPERATOR
from xsector.cli.common import print_json, reading_store, round_number
from xsector.reports.ledger import ledger_document, ledger_with_members

HELP = "print every release of a round's partnership"


def add_arguments(parser: ArgumentParser) -> None:
    """The round, and whether members are wanted."""
    parser.add_argument("round", type=round_number)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument(
        "--with-members", action="store_true", help="with opaque ids of those counted (for test databases)"
    )


def run(options: Namespace) -> None:
    """Print the ledger."""
    make = ledger_with_members if options.with_members else ledger_document
    with reading_store() as store:
        document = make(store.engine, account=OPERATOR, round_id=options.round)
    if options.json:
        print_json(document)
        return
    print(f"{len(document['releases'])} cells of {len(document['questions'])} questions were released:")
    for cell in document["releases"]:
        people = cell["people"] if "people" in cell else len(cell["members"])
        kept = "at least " + str(cell["at_least"]["n"]) + " of " if "at_least" in cell else ""
        print(f"  {cell['q']:<12} {cell['label']:<40} {kept}{people} people")
