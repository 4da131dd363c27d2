"""``report``: what a round's answers say, ranked."""

from __future__ import annotations

import math
from argparse import ArgumentParser, Namespace

from xsector.actions.permission import OPERATOR
from xsector.cli.common import print_json, reading_store, round_number
from xsector.reports.results import report_document

HELP = "print a round's findings, most divided first"
MOST_PRINTED = 12


def add_arguments(parser: ArgumentParser) -> None:
    """The round's number."""
    parser.add_argument("round", type=round_number)
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: Namespace) -> None:
    """Print the report."""
    with reading_store() as store:
        document = report_document(store.engine, account=OPERATOR, round_id=options.round)
    if options.json:
        print_json(document)
        return
    state = document["round"]["state"]
    print(f"“{document['round']['title']}” is {state}; {document['answered']:,} of {document['invited']:,} answered.")
    for item in document["items"][:MOST_PRINTED]:
        gap = "" if item["gap_steps"] is None else f"  gap {item['gap_steps']:.1f} steps"
        rank = "–" if item["rank"] is None else f"{item['rank']}"
        print(f"{rank:>3}  {item['code']:<8} {item['text'][:70]:<70}{gap}  {item['pattern'] or ''}")
    for item in document["banded"]:
        print(f"  ~  {item['code']:<8} {item['text'][:70]:<70}{_ends(item['D'])}  {item['reading']}")
    for hidden in document["hidden"]:
        print(f"Not shown by name: {hidden['label']}: {hidden['reason']}.")
    if not document["items"] and not document["banded"]:
        print("Nothing is shown before the reveal, or because too few answered.")


def _ends(known: dict[str, float] | None) -> str:
    """The two ends of a divergence that is known roughly, rounded away from each other."""
    if known is None:
        return ""
    low, high = math.floor(round(100 * known["low"], 9)), math.ceil(round(100 * known["high"], 9))
    return f"  D {low / 100:.2f} to {high / 100:.2f}"
