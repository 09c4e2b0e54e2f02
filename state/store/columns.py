"""What the tables are made of: one registry, and the columns that recur."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, ColumnElement, Index, Integer, MetaData, String
from sqlalchemy.sql.type_api import TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

#: A row number; SQLite numbers rows itself only in a column of type INTEGER.
NUMBER: TypeEngine[int] = BigInteger().with_variant(Integer, "sqlite")
#: A SHA-256 in hexadecimal.
DIGEST = String(64)


def number() -> Column[Any]:
    """Return the row's own number."""
    return Column("id", NUMBER, primary_key=True)


def flag(name: str) -> Column[Any]:
    """Return a column that is true or false."""
    return Column(name, Boolean, nullable=False)


def count(name: str) -> Column[Any]:
    """Return a counter that starts at 0."""
    return Column(name, Integer, nullable=False, server_default="0")


def partial_index(name: str, *columns: Column[Any], where: ColumnElement[bool]) -> Index:
    """Return an index over the few rows that ``where`` keeps, however many the table has."""
    return Index(name, *columns, sqlite_where=where, postgresql_where=where)
