"""``agenda``: the discussion agenda of a revealed round, as a file."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from xsector.actions.permission import OPERATOR
from xsector.cli.common import reading_store, round_number
from xsector.export.agenda_file import FORMATS, agenda_file
from xsector.export.pictures import figures_for
from xsector.reports.agendas import agenda_of

HELP = "write the discussion agenda as Word, PDF or Markdown"


def add_arguments(parser: ArgumentParser) -> None:
    """The round, the meeting's length, the format and the file."""
    parser.add_argument("round", type=round_number)
    parser.add_argument("--minutes", type=int, metavar="90", help="length of the meeting")
    parser.add_argument("--format", choices=FORMATS, help="default: by the file's name")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")


def run(options: Namespace) -> None:
    """Write the file."""
    kind = options.format or options.output.suffix.lstrip(".").lower()
    with reading_store() as store:
        view = agenda_of(store.engine, account=OPERATOR, round_id=options.round, minutes=options.minutes)
    figures = figures_for(view.agenda, release=view.release)
    options.output.write_bytes(agenda_file(view.agenda, figures=figures, kind=kind))
    print(f"Wrote an agenda of {view.agenda.minutes} minutes and {len(view.agenda.steps)} steps to {options.output}.")
