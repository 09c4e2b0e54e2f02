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

_POSTGRESQL = postgresql.dialect()


@event.listens_for(Engine, "before_execute")
def compile_for_postgresql(connection: Connection, statement: Any, *_rest: Any) -> None:
    """Hold that every statement that a test runs on SQLite also compiles for PostgreSQL.

    An upsert is another statement on each; test_db.py compiles those.
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
        return
    with empty_database() as url:
        upgrade(url)
        store = Store.open(url)
        yield store
        store.close()


class empty_database:
    """A PostgreSQL database of its own for one test."""

    def __enter__(self) -> str:
        server = make_url(os.environ["TOCSIN_TEST_PG"]).set(drivername="postgresql+psycopg")
        self._server = create_engine(server, isolation_level="AUTOCOMMIT")
        self._name = f"tocsin_{uuid.uuid4().hex}"
        with self._server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {self._name}"))
        return server.set(drivername="postgresql", database=self._name).render_as_string(hide_password=False)

    def __exit__(self, *_: object) -> None:
        with self._server.connect() as connection:
            connection.execute(text(f"DROP DATABASE {self._name} WITH (FORCE)"))
        self._server.dispose()
