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
    """Check the backup, keep a copy of what is there, and bring the backup back."""
    before = bring_back(from_environment(), options.file, now=now())
    if before is not None:
        print(f"What was there is kept in {before}.")
    print(f"Restored {options.file}.")
