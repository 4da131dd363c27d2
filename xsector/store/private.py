"""Files that only their owner may read: the database, its log, and every copy of it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

OTHERS = stat.S_IRWXG | stat.S_IRWXO


def new_file(path: Path) -> None:
    """An empty file at *path* that only its owner may read and write.

    Raises
    ------
    FileExistsError
    """
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def close_to_others(path: Path) -> None:
    """Take away what others may do with a file that was just made."""
    if os.name != "nt":  # where a folder's own rules say who reads its files
        path.chmod(0o600)


def open_to_others(path: Path) -> bool:
    """Whether others than the owner of the file at *path* may read or write it."""
    return os.name != "nt" and path.exists() and bool(path.stat().st_mode & OTHERS)
