"""``record``: what stays of a meeting that is over, as a file."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from xsector.actions.permission import OPERATOR
from xsector.cli.common import meeting_number, reading_store
from xsector.export.record_file import FORMATS, record_file
from xsector.model.phrases import counted
from xsector.reports.records import record_of

HELP = "write the record of a meeting as Word, PDF or Markdown, or its promises as a calendar"


def add_arguments(parser: ArgumentParser) -> None:
    """The meeting, the format and the file."""
    parser.add_argument("meeting", type=meeting_number)
    parser.add_argument("--format", choices=FORMATS, help="default: by the file's name")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")


def run(options: Namespace) -> None:
    """Write the file."""
    kind = options.format or options.output.suffix.lstrip(".").lower()
    with reading_store() as store:
        view = record_of(store.engine, account=OPERATOR, meeting_id=options.meeting)
    options.output.write_bytes(record_file(view.record, release=view.release, kind=kind))
    promises = counted(len(view.record.promises), "promise", "promises")
    print(f"Wrote “{view.record.title}” with {promises} to {options.output}.")
