"""From the start of the server to its end: the database is taken, made new, handed over, released."""

from __future__ import annotations

import contextlib
import dataclasses
import gc
import os
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import IO

from xsector.actions import signing_in
from xsector.errors.common import XsectorError
from xsector.errors.operating import DatabaseBrokenError
from xsector.settings import Settings, from_environment
from xsector.store import health, lock, migrate
from xsector.store.engine import Engine, open_engine, sqlite_path, writing
from xsector.ui import resources, secrets_file, visits
from xsector.web import clock
from xsector.web.housekeeping import Housekeeping, going_on
from xsector.web.log_lines import write_lines_for_machines
from xsector.web.wordless import keep_words_out_of_logs


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What has to be given back at the end."""

    engine: Engine
    lock: IO[str] | None


@contextlib.asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Open before the first request, close after the last one."""
    keep_words_out_of_logs()
    write_lines_for_machines()
    listening = listening_sockets()
    send_at_once(listening)
    try:
        settings = _settings(listening)
        secrets_file.check(settings)
        opened = open_database(settings)
        greet(opened.engine, settings=settings)
    except XsectorError as problem:
        _give_up(problem)
    settle()
    try:
        async with going_on(Housekeeping(opened.engine, settings)):
            yield
    finally:
        gc.unfreeze()
        close_database(opened)


def open_database(settings: Settings) -> Opened:
    """Take the database for this process, bring it to the newest tables, hand it to pages and doors.

    Raises
    ------
    DatabaseInUseError, DatabaseBrokenError, NotSavedError, DiskFullError
    """
    engine = open_engine(settings.database_url)
    path = sqlite_path(engine)
    held = None if path is None else lock.take(path)
    try:
        _refuse_damaged(engine)
        migrate.upgrade(engine, backup_folder=settings.backups, now=clock.now())
        resources.provide(engine, settings)
        visits.begin(now=clock.now())
    except BaseException:
        engine.dispose()
        if held is not None:
            held.close()
        raise
    return Opened(engine=engine, lock=held)


def close_database(opened: Opened) -> None:
    """Let what is being saved finish, then give the database back."""
    # The writer is one queue: whoever gets through it comes after everybody who waited before.
    with contextlib.suppress(XsectorError), writing(opened.engine):
        pass
    resources.withdraw()
    opened.engine.dispose()
    if opened.lock is not None:
        opened.lock.close()


def greet(engine: Engine, *, settings: Settings) -> None:
    """Tell whoever started the server where it is, and how to make the first account.

    The link goes to standard output and nowhere else: it must not lie in a log.
    """
    token = signing_in.first_account_token(engine, now=clock.now())
    lines = [f"xsector is ready: {settings.address('/')}"]
    if token is not None:
        lines += ["Nobody has an account yet. Make the first one here, once and within 24 hours:"]
        lines += [f"    {settings.address('/first/' + token)}"]
    if "XSECTOR_BASE_URL" not in os.environ:
        lines.append("Links for partners begin with that address; XSECTOR_BASE_URL sets another.")
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def settle() -> None:
    """Let the search for garbage pass over everything that is loaded now and stays until the end.

    Otherwise each full search goes through all of it: a sixth of the time of a server that a room keeps busy.
    """
    gc.collect()
    gc.freeze()


def listening_sockets() -> list[socket.socket]:
    """The sockets on which this process waits for browsers.

    Streamlit binds them before we run and hands them only to uvicorn, so we look among all objects.
    """
    return [one for one in _sockets() if _listens(one)]


def send_at_once(listening: list[socket.socket]) -> None:
    """Switch Nagle's algorithm off: connections inherit it, and each click would wait 40 ms for it."""
    for one in listening:
        with contextlib.suppress(OSError):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _sockets() -> Iterator[socket.socket]:
    for one in gc.get_objects():
        if type(one) is socket.socket:
            yield one


def _listens(one: socket.socket) -> bool:
    try:
        internet = one.family in {socket.AF_INET, socket.AF_INET6} and one.type == socket.SOCK_STREAM
        return internet and one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN) == 1
    except OSError:
        return False


def _refuse_damaged(engine: Engine) -> None:
    path = sqlite_path(engine)
    # Looking makes a missing file, so we look only at one that is there.
    if path is not None and not (path.exists() and path.stat().st_size):
        return
    found = health.quick_problems(engine)
    if found:
        raise DatabaseBrokenError(found[0])


def _settings(listening: list[socket.socket]) -> Settings:
    settings = from_environment()
    if "XSECTOR_BASE_URL" in os.environ or not listening:
        return settings
    port = listening[0].getsockname()[1]
    return dataclasses.replace(settings, base_url=f"http://localhost:{port}")


def _give_up(problem: XsectorError) -> None:
    sys.stdout.flush()
    sys.stderr.write(problem.sentence() + "\n")
    sys.stderr.flush()
    # An exception would come out as a traceback and another exit code; nothing of ours is open yet.
    os._exit(1)
