"""``backup``: copy the whole database into one file."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from xsector.actions.keeping import back_up
from xsector.cli.common import reading_store

HELP = "copy the whole database into one new file, also while the app runs"


def add_arguments(parser: ArgumentParser) -> None:
    """The file to write."""
    parser.add_argument("file", type=Path)


def run(options: Namespace) -> None:
    """Make the copy and check it."""
    with reading_store() as store:
        path = back_up(store.engine, options.file)
    print(f"Copied the database to {path} ({path.stat().st_size:,} bytes) and checked the copy.")
