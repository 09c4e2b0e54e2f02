"""Every test of the store runs on a real SQLite file, and on PostgreSQL where a server is named."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import ClauseElement, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite

from state.store import Store, upgrade
from state.store.columns import metadata

_POSTGRESQL = postgresql.dialect()


@event.listens_for(Engine, "before_execute")
def compile_for_postgresql(connection: Connection, statement: Any, *_rest: Any) -> None:
    """Hold that every statement that a test runs on SQLite also compiles for PostgreSQL.

    Upserts, other statements on each, and prepared ones are compiled in test_schema.py.
    """
    if isinstance(statement, ClauseElement) and not isinstance(statement, sqlite.Insert):
        statement.compile(dialect=_POSTGRESQL)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Return an empty store."""
    if request.param == "sqlite":
        store = Store.open(f"sqlite:///{tmp_path}/state.db")
        yield store
        store.close()
    else:
        yield from request.getfixturevalue("server").emptied()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Return a PostgreSQL database of our own."""
    with Server(os.environ["TOCSIN_TEST_PG"]) as server:
        upgrade(server.url)
        yield server


class Server:
    """An empty database on a running PostgreSQL server, removed at the end."""

    def __init__(self, url: str) -> None:
        address = make_url(url).set(drivername="postgresql+psycopg")
        name = f"tocsin_{uuid.uuid4().hex}"
        self.url = address.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
        self._name = name
        self._engine = create_engine(address, isolation_level="AUTOCOMMIT")

    def __enter__(self) -> Server:
        self._do(f"CREATE DATABASE {self._name}")
        return self

    def __exit__(self, *_: object) -> None:
        self._do(f"DROP DATABASE {self._name} WITH (FORCE)")
        self._engine.dispose()

    def emptied(self) -> Iterator[Store]:
        """Yield a store on the database, and leave no row behind."""
        store = Store.open(self.url)
        yield store
        with store.begin() as tx:
            names = ", ".join(metadata.tables)
            tx.db.connection.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
        store.close()

    def _do(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.execute(text(statement))
