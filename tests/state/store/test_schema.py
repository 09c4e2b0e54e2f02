"""A new database and one that took every migration are the same, on both databases."""

import importlib
from pkgutil import iter_modules

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect
from sqlalchemy.schema import CreateIndex, CreateTable

import state.store
from state.errors import SchemaError
from state.store import Store, schema, sqlite, upgrade
from state.store.columns import metadata
from state.store.db import _insert_new, _upsert
from state.store.prepared import Prepared
from tests.state.store.conftest import Server

NAMES = {
    *("sources", "hosts", "frontier", "articles", "versions", "responses", "matches", "events", "stories"),
    *("alerts", "notices", "promises", "messages", "receipts", "silences", "acknowledgements", "judgements"),
    *("rulesets", "ledger", "seals", "blind_intervals", "leases", "story_keys"),
}


def made(way):
    engine = sqlite.memory_engine()
    with engine.begin() as connection:
        way(connection)
        rows = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master").all()
        assert schema.version(connection) == schema.HEAD
    engine.dispose()
    return sorted(map(tuple, rows), key=str)


def test_all_migrations_in_order_end_as_a_new_database_begins():
    assert made(schema.migrate) == made(schema.create)


def test_the_newest_migration_is_the_one_this_program_expects():
    assert ScriptDirectory(str(schema.MIGRATIONS)).get_heads() == [schema.HEAD]


def test_the_tables_have_the_names_they_are_known_by():
    assert set(metadata.tables) == NAMES


def test_every_table_compiles_for_postgresql():
    dialect = postgresql.dialect()
    for table in metadata.sorted_tables:
        CreateTable(table).compile(dialect=dialect)
        for index in table.indexes:
            CreateIndex(index).compile(dialect=dialect)


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_every_upsert_compiles_for_both(table):
    others = tuple(column.name for column in table.columns if not column.primary_key)
    for name, dialect in (("sqlite", sqlite_dialect()), ("postgresql", postgresql.dialect())):
        assert "ON CONFLICT" in str(_insert_new(name, table).statement.compile(dialect=dialect))
        if others:
            assert "DO UPDATE" in str(_upsert(name, table, others).statement.compile(dialect=dialect))


def test_every_prepared_statement_compiles_for_postgresql():
    modules = [
        importlib.import_module(f"state.store.{info.name}") for info in iter_modules(state.store.__path__)
    ]
    prepared = [one for module in modules for one in vars(module).values() if isinstance(one, Prepared)]
    for one in prepared:
        one.statement.compile(dialect=postgresql.dialect())

    assert len(prepared) > 20


def test_a_database_made_in_two_steps_is_migrated_by_opening_it(tmp_path):
    url = f"sqlite:///{tmp_path}/state.db"
    Store.open(url).close()
    store = Store.open(url)
    with store.read() as tx:
        assert schema.version(tx.db.connection) == schema.HEAD
    store.close()


@pytest.fixture
def empty_server(server):
    with Server(server.url) as empty:
        yield empty


@pytest.mark.postgres
def test_a_postgresql_database_is_made_by_its_own_command(empty_server):
    with pytest.raises(SchemaError, match="is empty") as caught:
        Store.open(empty_server.url)
    assert caught.value.hint == "run `tocsin db upgrade`"
    assert upgrade(empty_server.url)
    assert not upgrade(empty_server.url)
    Store.open(empty_server.url).close()


@pytest.mark.postgres
def test_migrations_on_postgresql_end_as_the_tables_say(empty_server):
    engine = create_engine(empty_server.url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        schema.migrate(connection)
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()
