"""One process at a time on a SQLite file: the lock that says so."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import IO

from xsector.errors.operating import DatabaseInUseError


def take(path: Path) -> IO[str]:
    """Hold the database at *path* until the returned file is closed or the process ends.

    Raises
    ------
    DatabaseInUseError
        Another process holds it.
    """
    lock = path.with_name(path.name + ".lock")
    lock.parent.mkdir(parents=True, exist_ok=True)
    # Append mode keeps the holder's number readable for whoever is turned away.
    handle = lock.open("a+", encoding="ascii")
    try:
        _lock(handle)
    except OSError:
        handle.seek(0)
        holder = handle.read().strip()
        handle.close()
        raise DatabaseInUseError(str(path), f" (number {holder})" if holder else "") from None
    handle.seek(0)
    handle.truncate()
    handle.write(str(os.getpid()))
    handle.flush()
    return handle


def _lock(handle: IO[str]) -> None:
    if os.name == "nt":
        import msvcrt  # only there on Windows

        # A byte far beyond the number, so that the number stays readable.
        handle.seek(1024)
        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        return
    import fcntl  # not there on Windows

    with contextlib.suppress(InterruptedError):
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
