"""One connection inside one transaction, as the files of this package use it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Executable, Table, func, select
from sqlalchemy.dialects import sqlite

from state.errors import StoreError
from state.store.prepared import Prepared

if TYPE_CHECKING:
    from sqlalchemy.dialects.postgresql import Insert as PostgresqlInsert

Values = Mapping[str, Any]
#: A row with its columns as attributes.
AnyRow = Any


class Db:
    """Runs Core statements; knows in what SQLite and PostgreSQL differ here.

    They are how a row is inserted unless it is there, how the database tells
    its own time, and that prepared statements go straight to SQLite's driver.
    """

    __slots__ = ("_driver", "_told", "connection", "dialect")

    def __init__(self, connection: Connection, told: Callable[[BaseException], StoreError]) -> None:
        self.connection = connection
        self.dialect = connection.dialect.name
        self._told = told
        driver = connection.connection.dbapi_connection
        self._driver: sqlite3.Connection | None = driver if isinstance(driver, sqlite3.Connection) else None

    def execute(
        self, statement: Executable | Prepared, values: Values | Sequence[Values] | None = None
    ) -> Any:
        """Run a statement and return Core's result; a list of values runs it once for each."""
        if isinstance(statement, Prepared):
            statement = statement.statement
        return self.connection.execute(statement, values)

    def run(self, statement: Executable | Prepared, values: Values | Sequence[Values] | None = None) -> int:
        """Run a statement that returns no rows and return how many it touched."""
        if not isinstance(statement, Prepared) or self._driver is None:
            return int(self.execute(statement, values).rowcount)
        try:
            if isinstance(values, Sequence):
                return statement.run_each(self._driver, values).rowcount
            return statement.run(self._driver, values or {}).rowcount
        except sqlite3.Error as error:
            raise self._told(error) from error

    def all(self, statement: Executable | Prepared, values: Values | None = None) -> Sequence[AnyRow]:
        """Return every row."""
        if not isinstance(statement, Prepared) or self._driver is None:
            found: Sequence[AnyRow] = self.execute(statement, values).all()
            return found
        try:
            return statement.rows(self._driver, values or {})
        except sqlite3.Error as error:
            raise self._told(error) from error

    def one(self, statement: Executable | Prepared, values: Values | None = None) -> AnyRow | None:
        """Return the first row, or None."""
        if isinstance(statement, Prepared) and self._driver is not None:
            return next(iter(self.all(statement, values)), None)
        return self.execute(statement, values).first()

    def value(self, statement: Executable | Prepared, values: Values | None = None) -> Any:
        """Return the first column of the first row, or None."""
        row = self.one(statement, values)
        return None if row is None else row[0]

    def upsert(self, table: Table, values: Values, *, keep: tuple[str, ...] = ()) -> None:
        """Insert a row, or overwrite the one with the same primary key but for the columns in ``keep``."""
        changed = tuple(name for name in values if name not in keep and not table.c[name].primary_key)
        self.run(_upsert(self.dialect, table, changed), values)

    def insert_new(self, table: Table, values: Values) -> bool:
        """Insert a row unless one with the same key exists; tell whether it was new."""
        return self.one(_insert_new(self.dialect, table), values) is not None

    def insert_all_new(self, table: Table, rows: Sequence[Values]) -> None:
        """Insert rows unless they exist."""
        self.run(_insert_all_new(self.dialect, table), rows)

    def insert_numbered(self, table: Table, values: Values) -> int:
        """Insert a row and return the number the database gave it."""
        return int(self.value(_insert_numbered(table), values))

    def now(self) -> datetime:
        """Return the time by the database's clock, by which leases are kept."""
        if self.dialect == "sqlite":
            text: str = self.value(_SQLITE_NOW)
            return datetime.fromisoformat(text)
        at: datetime = self.value(_POSTGRESQL_NOW)
        return at.astimezone(UTC)


_SQLITE_NOW = Prepared(select(func.strftime("%Y-%m-%dT%H:%M:%fZ", "now")))
_POSTGRESQL_NOW = select(func.clock_timestamp())


@lru_cache(maxsize=256)
def _upsert(dialect: str, table: Table, changed: tuple[str, ...]) -> Prepared:
    insert = _insert(dialect, table)
    return Prepared(
        insert.on_conflict_do_update(
            index_elements=list(table.primary_key.columns),
            set_={name: insert.excluded[name] for name in changed},
        )
    )


@lru_cache(maxsize=64)
def _insert_new(dialect: str, table: Table) -> Prepared:
    # What comes back tells whether a row went in; the count of rows does not with every driver.
    new = _insert(dialect, table).on_conflict_do_nothing()
    return Prepared(new.returning(next(iter(table.primary_key))))


@lru_cache(maxsize=64)
def _insert_all_new(dialect: str, table: Table) -> Prepared:
    return Prepared(_insert(dialect, table).on_conflict_do_nothing())


@lru_cache(maxsize=64)
def _insert_numbered(table: Table) -> Prepared:
    return Prepared(table.insert().returning(table.c.id))


def _insert(dialect: str, table: Table) -> PostgresqlInsert | sqlite.Insert:
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql  # slow to import, and seldom needed

        return postgresql.insert(table)
    return sqlite.insert(table)
