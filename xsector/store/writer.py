"""One writer per SQLite database, with group commit.

SQLite has one write lock. Threads that each commit for themselves queue for it and for the disk,
and some meet “database is locked”. Here they queue in our own process, each works in a savepoint
of one shared transaction, and whoever finds nobody waiting commits for all: one disk write for up
to ``GROUP`` saves. A block ends only when its changes are on disk.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Final, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from xsector.errors.operating import NotSavedError
from xsector.store.driver import Line, line_on

GROUP: Final = 64
Work = TypeVar("Work")


class _Commit:
    """The commit that a group of writers waits for."""

    def __init__(self) -> None:
        self.done = threading.Event()
        self.problem: BaseException | None = None

    def wait(self) -> None:
        self.done.wait()
        if self.problem is not None:
            raise self.problem


class Writer:
    """Serialises the writers of one engine; a class because it holds a lock and a connection."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._turn = threading.Lock()
        self._count = threading.Lock()
        self._waiting = 0
        self._members = 0
        self._connection: Connection | None = None
        self._commit = _Commit()

    def session(self) -> AbstractContextManager[Session]:
        """A session in the shared transaction; at the end its changes are on disk or undone."""
        return self._turn_of(self._session)

    def line(self) -> AbstractContextManager[Line]:
        """The same on the driver's own connection, for one statement that writes: either it is done or it isn't."""
        return self._turn_of(self._line)

    @contextlib.contextmanager
    def _turn_of(self, savepoint: Callable[[Connection], AbstractContextManager[Work]]) -> Iterator[Work]:
        with self._count:
            self._waiting += 1
        self._turn.acquire()
        with self._count:
            self._waiting -= 1
        try:
            connection, commit = self._join()
        except BaseException:
            self._turn.release()
            raise
        try:
            with savepoint(connection) as work:
                yield work
        except BaseException as problem:
            undone = not self._in_transaction()
            self._leave()
            if undone:
                raise _first(problem) from None
            raise
        self._leave()
        commit.wait()

    def _join(self) -> tuple[Connection, _Commit]:
        if self._connection is None:
            connection = self._engine.connect().execution_options(sqlite_begin="BEGIN IMMEDIATE")
            try:
                connection.begin()
            except BaseException:
                connection.close()
                raise
            self._connection, self._commit, self._members = connection, _Commit(), 0
        self._members += 1
        return self._connection, self._commit

    @contextlib.contextmanager
    def _session(self, connection: Connection) -> Iterator[Session]:
        with Session(connection, join_transaction_mode="create_savepoint") as session, session.begin():
            yield session

    @contextlib.contextmanager
    def _line(self, connection: Connection) -> Iterator[Line]:
        driver = connection.connection.dbapi_connection
        if driver is None:
            raise ValueError("a connection has no driver")
        with line_on(driver, dialect=connection.dialect) as line:
            yield line

    def _leave(self) -> None:
        """Commit for the group unless somebody who waits will do it."""
        try:
            with self._count:
                nobody_waits = self._waiting == 0
            if nobody_waits or self._members >= GROUP or not self._in_transaction():
                self._finish()
        finally:
            self._turn.release()

    def _in_transaction(self) -> bool:
        # A full disk makes SQLite roll the whole transaction back by itself. The driver's commit() then
        # does nothing and reports success, and undoing a savepoint fails because it is gone.
        if self._connection is None:
            return False
        driver = self._connection.connection.driver_connection
        return isinstance(driver, sqlite3.Connection) and driver.in_transaction

    def _finish(self) -> None:
        connection, commit, kept = self._connection, self._commit, self._in_transaction()
        self._connection = None
        if connection is None:
            raise ValueError("a group of writers has no connection")
        try:
            if not kept:
                raise NotSavedError()
            connection.commit()
        except BaseException as problem:
            commit.problem = problem
            connection.rollback()
        finally:
            connection.close()
            commit.done.set()


def _first(problem: BaseException) -> BaseException:
    """What went wrong first; the rest is about savepoints that were gone by then."""
    while isinstance(problem, OperationalError) and "savepoint" in str(problem.orig) and problem.__context__:
        problem = problem.__context__
        if isinstance(problem, sqlite3.Error) and problem.__context__:
            problem = problem.__context__
    return problem


_WRITERS: WeakKeyDictionary[Engine, Writer] = WeakKeyDictionary()
_MAKING = threading.Lock()


def writer_of(engine: Engine) -> Writer:
    """The one writer of *engine*."""
    with _MAKING:
        if engine not in _WRITERS:
            _WRITERS[engine] = Writer(engine)
        return _WRITERS[engine]
