"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, String, Text
from sqlalchemy.types import TypeDecorator, TypeEngine


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant.

    SQLite has no such type: there it is text of fixed width with microseconds
    (``2017-11-07T01:02:03.000000Z``), so that order by text is order in time.

    Raises:
        ValueError: A naive datetime is stored.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the database's own type."""
        return dialect.type_descriptor(String(27) if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> object:
        """Return what the database stores."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant needs a zone, got {value!r}")
        return instant_text(value) if dialect.name == "sqlite" else value

    def process_result_value(self, value: object, dialect: Dialect) -> datetime | None:
        """Return an aware UTC datetime."""
        if isinstance(value, str):
            return datetime.fromisoformat(value)
        return value.astimezone(UTC) if isinstance(value, datetime) else None


class Words(TypeDecorator[str]):
    """Text that strangers wrote.

    NUL and lone surrogates, which databases refuse, become U+FFFD; where a text
    must come back exactly, it is kept as ``Json``.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the text without what no database takes."""
        return None if value is None else storable(value)


class Json(TypeDecorator[Any]):
    """A JSON value, kept as text: JSON types of databases refuse U+0000 and lone surrogates."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:
        """Return compact JSON text; None stays NULL."""
        return None if value is None else json_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> object:
        """Return the value that was stored."""
        return None if value is None else json.loads(value)


def instant_text(at: datetime) -> str:
    """Return an instant as text of fixed width that sorts in time."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"


def storable(text: str) -> str:
    """Return text with NUL and lone surrogates replaced by U+FFFD."""
    if text.isascii():
        return text.replace("\0", "\ufffd")
    try:
        text.encode()
    except UnicodeEncodeError:
        text = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    return text.replace("\0", "\ufffd")


def json_text(value: object) -> str:
    """Return compact JSON that any database stores: readable, escaped only where it must be."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            return json.dumps(value, separators=(",", ":"))
    return text


def canonical_json(value: object) -> str:
    """Return the one JSON text of a value: sorted keys, ASCII, no spaces; what digests are taken over."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))
