"""One connection inside one transaction, as the files of this package use it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, CursorResult, Executable, Insert, Row, Table, func, select
from sqlalchemy.dialects import sqlite

if TYPE_CHECKING:
    from sqlalchemy.dialects.postgresql import Insert as PostgresqlInsert

Values = Mapping[str, Any]
AnyRow = Row[*tuple[Any, ...]]


class Db:
    """Runs Core statements; knows the two things in which SQLite and PostgreSQL differ here.

    They are how a row is inserted unless it is there (``upsert``) and how the
    database tells its own time (``now``).
    """

    __slots__ = ("connection", "dialect")

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.dialect = connection.dialect.name

    def execute(
        self, statement: Executable, values: Values | Sequence[Values] | None = None
    ) -> CursorResult[*tuple[Any, ...]]:
        """Run a statement; a list of values runs it once for each."""
        return self.connection.execute(statement, values)

    def one(self, statement: Executable, values: Values | None = None) -> AnyRow | None:
        """Return the first row, or None."""
        return self.connection.execute(statement, values).first()

    def all(self, statement: Executable, values: Values | None = None) -> Sequence[AnyRow]:
        """Return every row."""
        return self.connection.execute(statement, values).all()

    def value(self, statement: Executable, values: Values | None = None) -> Any:  # noqa: ANN401 - any column's type
        """Return the first column of the first row, or None."""
        return self.connection.execute(statement, values).scalar()

    def upsert(self, table: Table, values: Values, *, keep: tuple[str, ...] = ()) -> None:
        """Insert a row, or overwrite the one with the same primary key but for the columns in ``keep``."""
        changed = tuple(name for name in values if name not in keep and not table.c[name].primary_key)
        self.connection.execute(_upsert(self.dialect, table, changed), values)

    def insert_new(self, table: Table, values: Values) -> bool:
        """Insert a row unless one with the same key exists; tell whether it was new."""
        return self.connection.execute(_insert_new(self.dialect, table), values).first() is not None

    def insert_numbered(self, table: Table, values: Values) -> int:
        """Insert a row and return the number the database gave it."""
        key: AnyRow | None = self.connection.execute(_numbered(table), values).inserted_primary_key
        if key is None:
            raise LookupError(table.name)
        return int(key[0])

    def now(self) -> datetime:
        """Return the time by the database's clock, by which leases are kept."""
        if self.dialect == "sqlite":
            text: str = self.value(_SQLITE_NOW)
            return datetime.fromisoformat(text)
        at: datetime = self.value(_POSTGRESQL_NOW)
        return at.astimezone(UTC)


_SQLITE_NOW = select(func.strftime("%Y-%m-%dT%H:%M:%fZ", "now"))
_POSTGRESQL_NOW = select(func.clock_timestamp())


@lru_cache(maxsize=256)
def _upsert(dialect: str, table: Table, changed: tuple[str, ...]) -> Executable:
    insert = _insert(dialect, table)
    return insert.on_conflict_do_update(
        index_elements=list(table.primary_key.columns),
        set_={name: insert.excluded[name] for name in changed},
    )


@lru_cache(maxsize=64)
def _insert_new(dialect: str, table: Table) -> Executable:
    # What comes back tells whether a row went in; the count of rows does not with every driver.
    return _insert(dialect, table).on_conflict_do_nothing().returning(next(iter(table.primary_key)))


def _insert(dialect: str, table: Table) -> PostgresqlInsert | sqlite.Insert:
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql  # slow to import, and seldom needed

        return postgresql.insert(table)
    return sqlite.insert(table)


@lru_cache(maxsize=64)
def _numbered(table: Table) -> Insert:
    return table.insert()
