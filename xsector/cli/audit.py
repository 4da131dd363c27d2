"""``audit``: what was done here, by whom and when."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from datetime import datetime

from xsector.cli.common import print_json, reading_store, round_number
from xsector.reports.log import log_entries

HELP = "print the audit log, with times in UTC"


def add_arguments(parser: ArgumentParser) -> None:
    """How much of it, and its form."""
    parser.add_argument("--last", type=round_number, metavar="N", help="only the last N entries")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: Namespace) -> None:
    """Print the log, oldest entry first."""
    with reading_store() as store:
        found = log_entries(store.engine, last=options.last)
    if options.json:
        print_json({"entries": [
            {"number": one.number, "at": _utc(one.at), "actor": one.actor, "action": one.action,
             "partnership": one.partnership_id, "detail": dict(one.detail)}
            for one in found
        ]})  # fmt: skip
        return
    for one in found:
        where = "" if one.partnership_id is None else f"  partnership {one.partnership_id}"
        detail = f"  {json.dumps(dict(one.detail), ensure_ascii=False)}" if one.detail else ""
        print(f"{_utc(one.at)}  {one.actor}: {one.action}{where}{detail}")
    if not found:
        print("The log is empty.")


def _utc(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
