"""Which version of the schema a database has, and how it gets to the newest.

A new database is made from ``tables`` at once; an older one takes the Alembic
migrations it lacks, in order.  A test holds that both end the same.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    Inspector,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    inspect,
    select,
)

from state.errors import SchemaError
from state.store import sqlite
from state.store.columns import metadata
from state.store.tables import articles

#: The newest migration.
HEAD = "0001"

MIGRATIONS = Path(__file__).parent / "migrations"

# As Alembic makes it.
_alembic_version = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


def version(connection: Connection) -> str | None:
    """Return the schema's version; None for an empty database.

    Raises:
        SchemaError: The database holds something else.
    """
    tables: Inspector = inspect(connection)
    if not tables.has_table(_alembic_version.name):
        if tables.has_table(articles.name):
            raise SchemaError(
                "the database has tables of ours but no schema version",
                hint="move it and the files of the archive away, then `tocsin restore FILE` with a backup",
            )
        return None
    found: str | None = connection.execute(select(_alembic_version.c.version_num)).scalar()
    return found


def create(connection: Connection) -> None:
    """Make every table in an empty database."""
    metadata.create_all(connection)
    if connection.dialect.name == "sqlite":
        sqlite.create_search(connection)
    _alembic_version.create(connection)
    connection.execute(_alembic_version.insert(), {"version_num": HEAD})


def migrate(connection: Connection) -> None:
    """Run the migrations that the database lacks, inside the caller's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def bring_up_to_date(connection: Connection, *, where: str) -> bool:
    """Make or migrate the schema as needed; tell whether anything was done.

    Raises:
        SchemaError: The database is newer than this program.
    """
    found = version(connection)
    if found == HEAD:
        return False
    if found is None:
        create(connection)
        return True
    require_known(found, where=where)
    migrate(connection)
    return True


def require_known(found: str, *, where: str) -> None:
    """Refuse a schema of the future.

    Raises:
        SchemaError: It is newer than this program.
    """
    known = {path.name[1:5] for path in (MIGRATIONS / "versions").glob("v[0-9]*.py")}
    if found not in known:
        raise SchemaError(
            f"{where} was written by a newer tocsin (schema {found}, this one knows {HEAD})",
            hint="install the newer version again; nothing was changed",
        )
