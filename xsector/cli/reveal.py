"""``reveal``: seal a closed round and release what may be shown."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from xsector.actions.permission import OPERATOR
from xsector.actions.releasing import reveal
from xsector.cli.common import now, print_json, round_number, writing_store
from xsector.reports.released import release_of

HELP = "seal a closed round and release its counts"


def add_arguments(parser: ArgumentParser) -> None:
    """The round's number."""
    parser.add_argument("round", type=round_number)
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: Namespace) -> None:
    """Reveal it and say what is shown."""
    with writing_store() as store:
        made = reveal(store.engine, account=OPERATOR, round_id=options.round, now=now())
        release = release_of(store.engine, account=OPERATOR, round_id=options.round)
    if release is None:
        raise LookupError(f"round {options.round} has no release after the reveal")
    if options.json:
        print_json({"round": {"id": made.id, "state": made.state.value}})
        return
    print(f"Revealed “{made.title}”: {release.answered:,} of {release.invited:,} answered.")
    for block in release.blocks:
        print(f"  shown: {block.name} ({block.n:,} people)")
    for hidden in release.hidden:
        print(f"  not by name: {hidden.label}: {hidden.reason}")
    if release.held:
        print(f"  held back: {len(release.held)} questions, asked of a part of a group or of too few")
