"""``restore``: replace the database by a backup."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from xsector.actions.keeping import bring_back
from xsector.cli.common import now
from xsector.settings import from_environment

HELP = "replace the database by what is in a backup (what is there now is backed up first)"


def add_arguments(parser: ArgumentParser) -> None:
    """The backup's file."""
    parser.add_argument("file", type=Path)


def run(options: Namespace) -> None:
    """Check the backup, keep a copy of what is there, bring the backup back, and say which rounds have ended."""
    done = bring_back(from_environment(), options.file, now=now())
    if done.kept is not None:
        print(f"What was there is kept in {done.kept}.")
    for name in done.ended:
        print(
            f"{name} had been shown, and this backup doesn't know all of it. The round has ended, for a second reveal "
            "could give people away. Start a new round."
        )
    if not done.compared:
        print(
            "What was there can't be read, so nobody knows what it had shown. Don't reveal a round again that people "
            "have seen: start a new one."
        )
    print(f"Restored {options.file}.")
