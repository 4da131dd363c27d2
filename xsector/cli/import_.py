"""``import``: a file of answers from another survey tool becomes a closed round."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from xsector.actions.importing import Imported, import_survey
from xsector.actions.permission import OPERATOR
from xsector.actions.survey.mapping import ImportOptions
from xsector.cli.common import ProgressLine, now, print_json, say, writing_store

HELP = "make a closed round from a CSV or XLSX file of answers"
MOST_PRINTED = 10


def add_arguments(parser: ArgumentParser) -> None:
    """The file and how to read it."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--partnership", required=True, metavar="NAME", help="to which the round belongs")
    parser.add_argument("--sector", metavar="COLUMN", help="the column that tells a person's sector")
    parser.add_argument("--organisation", metavar="COLUMN", help="the column that tells their organisation")
    parser.add_argument("--items", metavar="A,B,..", help="the columns that are questions, or ranges like A1..A5")
    parser.add_argument("--levels", metavar="1..5", help="the scale: a range, or labels with commas, lowest first")
    parser.add_argument("--map", type=Path, metavar="FILE.yaml", help="wording, scales, sectors, missing values")
    parser.add_argument("--sheet", metavar="NAME", help="the sheet of a workbook (default: the first)")
    parser.add_argument("--k", type=int, default=5, help="people a shown group needs at least (default 5)")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: Namespace) -> None:
    """Import it and say what was left out."""
    wanted = ImportOptions(
        sector=options.sector,
        organisation=options.organisation,
        items=tuple(part.strip() for part in options.items.split(",")) if options.items else None,
        levels=options.levels,
        map_file=options.map,
        sheet=options.sheet,
        k=options.k,
    )
    with writing_store() as store:
        made = import_survey(
            store.engine, account=OPERATOR, path=options.file, partnership=options.partnership, options=wanted,
            now=now(), progress=ProgressLine(),
        )  # fmt: skip
    for note in made.notes:
        say(note)
    if options.json:
        print_json(_document(made))
        return
    print(f"Imported {made.answered:,} people into round {made.round.id}, “{made.round.title}”, which is closed.")
    _list(made.skipped, count=made.skipped_count, what="rows were left out")
    _list(made.unread, count=made.unread_count, what="answers could not be read and count as skipped")
    print(f"Reveal it with: python -m xsector reveal {made.round.id}")


def _document(made: Imported) -> dict[str, object]:
    return {
        "round": {"id": made.round.id, "state": made.round.state.value},
        "answered": made.answered,
        "skipped": [{"row": row, "reason": reason} for row, reason in made.skipped],
        "skipped_count": made.skipped_count,
        "unread": [{"row": row, "reason": reason} for row, reason in made.unread],
        "unread_count": made.unread_count,
        "notes": list(made.notes),
    }


def _list(reasons: tuple[tuple[int, str], ...], *, count: int, what: str) -> None:
    if count:
        print(f"{count:,} {what}:")
    for row, reason in reasons[:MOST_PRINTED]:
        print(f"  row {row}: {reason}")
    if count > MOST_PRINTED:
        print(f"  … and {count - MOST_PRINTED:,} more")
