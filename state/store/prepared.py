"""Core statements that are compiled once and run straight on SQLite's driver.

Core's own way to the driver costs some twenty microseconds for each statement,
which is more than SQLite takes for most of ours; storing one article takes a
dozen.  PostgreSQL, where the way over the network costs more, keeps Core's way.
"""

from __future__ import annotations

import collections
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Executable, Select
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.type_api import TypeEngine

_DIALECT = sqlite.dialect(paramstyle="qmark")
_Convert = Callable[[Any], Any]


class Prepared:
    """A Core statement whose text never changes: no list of values for IN inside.

    It takes the same named values as Core would, and gives rows with the same
    names and types.
    """

    def __init__(self, statement: Executable) -> None:
        self.statement = statement
        self._plans: dict[tuple[str, ...], _Plan] = {}

    def rows(self, driver: sqlite3.Connection, values: Mapping[str, Any]) -> list[Any]:
        """Run the statement and return its rows."""
        plan = self._plan(values)
        cursor = driver.execute(plan.sql, plan.bind(values))
        return plan.read(cursor)

    def run(self, driver: sqlite3.Connection, values: Mapping[str, Any]) -> sqlite3.Cursor:
        """Run a statement that returns no rows."""
        plan = self._plan(values)
        return driver.execute(plan.sql, plan.bind(values))

    def run_each(self, driver: sqlite3.Connection, rows: Sequence[Mapping[str, Any]]) -> sqlite3.Cursor:
        """Run a statement that returns no rows once for each set of values, which have the same names."""
        plan = self._plan(rows[0])
        return driver.executemany(plan.sql, [plan.bind(values) for values in rows])

    def _plan(self, values: Mapping[str, Any]) -> _Plan:
        names = tuple(values)
        plan = self._plans.get(names)
        if plan is None:
            plan = self._plans[names] = _Plan(self.statement, names)
        return plan


class _Plan:
    """The text for SQLite, and what turns our values into its own and back."""

    def __init__(self, statement: Executable, names: tuple[str, ...]) -> None:
        compiled: Any = statement.compile(dialect=_DIALECT, column_keys=list(names))  # type: ignore[attr-defined]
        self.sql: str = compiled.string
        given = set(names)
        self._binds = [
            (name, compiled.params.get(name), name in given, _to_driver(compiled.binds[name].type))
            for name in compiled.positiontup or ()
        ]
        columns = statement.selected_columns if isinstance(statement, Select) else ()
        self._converts = [
            (at, found) for at, column in enumerate(columns) if (found := _from_driver(column.type))
        ]
        self._make: _Convert | None = None

    def bind(self, values: Mapping[str, Any]) -> list[Any]:
        bound = []
        for name, fixed, is_given, convert in self._binds:
            value = values[name] if is_given else fixed
            bound.append(value if convert is None else convert(value))
        return bound

    def read(self, cursor: sqlite3.Cursor) -> list[Any]:
        found = cursor.fetchall()
        if not found:
            return found
        if self._make is None:
            self._make = _row_maker([column[0] for column in cursor.description])
        make = self._make
        if not self._converts:
            return [make(row) for row in found]
        rows = []
        for row in found:
            cells = list(row)
            for at, convert in self._converts:
                cells[at] = convert(cells[at])
            rows.append(make(cells))
        return rows


def _to_driver(type_: TypeEngine[Any]) -> _Convert | None:
    return type_.dialect_impl(_DIALECT).bind_processor(_DIALECT)


def _from_driver(type_: TypeEngine[Any]) -> _Convert | None:
    return type_.dialect_impl(_DIALECT).result_processor(_DIALECT, None)


def _row_maker(names: list[str]) -> _Convert:
    # Its fields are known only here.
    row: Any = collections.namedtuple("Row", names, rename=True)  # type: ignore[misc]
    make: _Convert = row._make
    return make
