"""What commands share: opening the database, printing, progress."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from xsector.actions.opening import Store, open_for_reading, open_for_writing
from xsector.settings import from_environment

LARGEST_NUMBER: Final = 2**31 - 1


@contextlib.contextmanager
def writing_store() -> Iterator[Store]:
    """The database, upgraded, held so that no other process writes to it."""
    with open_for_writing(from_environment(), now=now()) as store:
        yield store


@contextlib.contextmanager
def reading_store() -> Iterator[Store]:
    """The database as it is, also while the app runs on it."""
    with open_for_reading(from_environment()) as store:
        yield store


def round_number(text: str) -> int:
    """A round's number as typed; one that is too large for any database stands for a round that isn't there."""
    return min(max(int(text), 0), LARGEST_NUMBER)


def meeting_number(text: str) -> int:
    """A meeting's number as typed, kept within bounds in the same way."""
    return round_number(text)


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


def print_json(document: Any) -> None:  # Any: whatever JSON can hold
    """One JSON document on standard output."""
    json.dump(document, sys.stdout, ensure_ascii=False, allow_nan=False)
    sys.stdout.write("\n")


def say(text: str) -> None:
    """A line for people; on standard error, so that it never gets into a document."""
    print(text, file=sys.stderr)


class ProgressLine:
    """One line on a terminal that shows how far a long task is; elsewhere a line each tenth."""

    def __init__(self) -> None:
        self._last = ""

    def __call__(self, doing: str, share: float) -> None:
        live = sys.stderr.isatty()
        percent = int(share * 100) if live else int(share * 10) * 10
        text = f"{doing}: {percent} %"
        if text != self._last:
            self._last = text
            print(text, file=sys.stderr, end="\r" if live and percent < 100 else "\n", flush=True)
