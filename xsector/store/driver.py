"""The short way to the database, for the few statements that a whole room runs at every tap.

SQLAlchemy writes each statement once for each kind of database; then the driver runs it by itself. On its usual
way every statement passes so much code that a busy server spends ten times what the database needs.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Select, Update
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor, Dialect

KEPT_AT_MOST: Final = 128

Written = Select[Any] | Update  # Any: rows of any shape
Given = Sequence[Any] | dict[str, Any]  # Any: values as the driver takes them


@dataclass(frozen=True, slots=True)
class Line:
    """A cursor, and the kind of database behind it."""

    cursor: DBAPICursor
    dialect: Dialect

    def first(self, statement: Select[Any], /, **given: object) -> Any:  # Any: a row with the statement's columns
        """The first row, a named tuple; None if there is none."""
        self.run(statement, **given)
        row = self.cursor.fetchone()
        return None if row is None else _reader(statement, self.dialect)(row)

    def run(self, statement: Written, /, **given: object) -> None:
        """Run *statement* with values by the names of its parameters."""
        text, bind = _prepared(statement, self.dialect)
        self.cursor.execute(text, bind(given))


@contextmanager
def line_on(connection: DBAPIConnection, *, dialect: Dialect) -> Iterator[Line]:
    """A line on a driver's *connection*; its transaction is the caller's."""
    cursor = connection.cursor()
    try:
        yield Line(cursor, dialect)
    finally:
        cursor.close()


@lru_cache(maxsize=KEPT_AT_MOST)
def _prepared(statement: Written, dialect: Dialect) -> tuple[str, Callable[[dict[str, object]], Given]]:
    """The text of *statement*, and what makes the driver's parameters of values by name."""
    compiled: Any = statement.compile(dialect=dialect)  # Any: SQLAlchemy types it too widely
    ways = {name: _way(bound.type, dialect=dialect) for bound, name in compiled.bind_names.items()}
    fixed = {name: bound.value for bound, name in compiled.bind_names.items() if not bound.required}

    def by_name(given: dict[str, object]) -> dict[str, object]:
        values = fixed | given
        return {name: way(values[name]) if way else values[name] for name, way in ways.items()}

    def in_order(given: dict[str, object]) -> list[object]:
        named = by_name(given)
        return [named[name] for name in compiled.positiontup or ()]

    return str(compiled), by_name if compiled.positiontup is None else in_order


def _way(kind: Any, *, dialect: Dialect) -> Callable[[object], object] | None:  # Any: SQLAlchemy's type of a value
    found: Callable[[object], object] | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return found


@lru_cache(maxsize=KEPT_AT_MOST)
def _reader(statement: Select[Any], dialect: Dialect) -> Callable[[Sequence[Any]], Any]:
    """What makes a named tuple of a driver's row."""
    columns = list(statement.selected_columns)
    made = namedtuple("Row", [column.key for column in columns])  # type: ignore[misc]
    ways = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
    return lambda row: made._make(way(value) if way else value for way, value in zip(ways, row, strict=True))
