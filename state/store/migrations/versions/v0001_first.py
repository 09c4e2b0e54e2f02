"""The first schema, as it was released: never edited again, whatever becomes of the tables."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

from state.store import sqlite
from state.store.types import Instant, Json, Words

revision = "0001"
down_revision = None

_first = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make every table."""
    _first.create_all(connection := op.get_bind())
    if connection.dialect.name == "sqlite":
        sqlite.create_search(connection)


def _table(
    name: str, *items: SchemaItem, sqlite_autoincrement: bool = False, sqlite_with_rowid: bool = True
) -> sa.Table:
    sqlite_way: dict[str, Any] = {
        "sqlite_autoincrement": sqlite_autoincrement,
        "sqlite_with_rowid": sqlite_with_rowid,
    }
    return sa.Table(name, _first, *items, **sqlite_way)


def _number() -> sa.Column[Any]:
    return sa.Column("id", _NUMBER, primary_key=True)


def _flag(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean, nullable=False)


def _count(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, nullable=False, server_default="0")


def _partial_index(name: str, *columns: sa.Column[Any], where: sa.ColumnElement[bool]) -> None:
    sa.Index(name, *columns, sqlite_where=where, postgresql_where=where)


_table(
    "sources",
    sa.Column("name", sa.String, primary_key=True),
    sa.Column("settings", Json, nullable=False),
    sa.Column("next_at", Instant, index=True),
    sa.Column("polling_since", Instant),
    sa.Column("polled_at", Instant),
    sa.Column("ok_at", Instant),
    sa.Column("error", Words, nullable=False, server_default=""),
    sa.Column("first_finished_at", Instant),
    _count("found"),
    _count("new"),
    sa.Column("state", sa.String, nullable=False, server_default="well"),
    sa.Column("state_since", Instant),
    sa.Column("sentence", Words, nullable=False, server_default=""),
    sa.Column("retired_at", Instant),
    sa.Column("retired_why", Words),
    sa.Column("channels", Json, nullable=False, server_default="{}"),
)

_table(
    "hosts",
    sa.Column("host", sa.String, primary_key=True),
    sa.Column("robots_body", sa.LargeBinary),
    sa.Column("robots_status", sa.Integer),
    sa.Column("robots_fetched_at", Instant),
    sa.Column("robots_expires_at", Instant),
    sa.Column("next_at", Instant),
    _count("failures"),
    sa.Column("retry_after_until", Instant),
    sa.Column("last_error", Words, nullable=False, server_default=""),
)

frontier = _table(
    "frontier",
    sa.Column("key", sa.String, primary_key=True),
    sa.Column("source", sa.String, nullable=False),
    sa.Column("candidate", Json, nullable=False),
    sa.Column("state", sa.String, nullable=False),
    sa.Column("article", sa.String),
    _count("attempts"),
    sa.Column("error", Words, nullable=False, server_default=""),
    sa.Column("added_at", Instant, nullable=False),
    sa.Column("retry_at", Instant, nullable=False),
    _flag("backlog"),
)
_partial_index("ix_frontier_waiting", frontier.c.retry_at, where=frontier.c.state == "waiting")

articles = _table(
    "articles",
    _number(),
    sa.Column("key", sa.String, nullable=False, unique=True),
    sa.Column("url", Words),
    sa.Column("canonical_url", Words),
    sa.Column("source", sa.String),
    sa.Column("site", sa.String),
    sa.Column("language", sa.String),
    sa.Column("title", Words, nullable=False),
    sa.Column("published_at", Instant),
    sa.Column("modified_at", Instant),
    sa.Column("first_seen_at", Instant, nullable=False, index=True),
    sa.Column("fetched_at", Instant, nullable=False),
    sa.Column("version", sa.String(64), nullable=False),
    sa.Column("versions", sa.Integer, nullable=False),
    sa.Column("rendering", sa.String, nullable=False),
    sa.Column("aliases", Json, nullable=False, server_default="[]"),
    *(sa.Column(name, sa.String) for name in ("etag", "last_modified")),
    sa.Column("story", sa.String, sa.ForeignKey("stories.id")),
    sa.Column("relation", sa.String),
    sa.Column("relation_of", sa.String),
    sa.Column("relation_why", Words),
    _flag("backlog"),
    _flag("canary"),
    sa.Column("state", sa.String, nullable=False, server_default="live"),
    _count("gone_count"),
    _count("gone_410"),
    sa.Column("gone_status", sa.Integer),
    sa.Column("gone_first_at", Instant),
    sa.Column("recheck_at", Instant),
    _count("checks"),
    sa.Column("checked_at", Instant),
    sa.Column("matched_version", sa.String(64)),
    sa.Column("ruleset", sa.String),
    sa.Column("engine", sa.String),
    sa.Index("ix_articles_source_first_seen_at", "source", "first_seen_at"),
    sqlite_autoincrement=True,
)
_partial_index("ix_articles_story", articles.c.story, where=articles.c.story.is_not(None))
_partial_index("ix_articles_recheck_at", articles.c.recheck_at, where=articles.c.recheck_at.is_not(None))
_partial_index("ix_articles_checked_at", articles.c.checked_at, where=articles.c.checked_at.is_not(None))

_table(
    "versions",
    _number(),
    sa.Column("article", sa.String, sa.ForeignKey("articles.key"), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("version", sa.String(64), nullable=False),
    sa.Column("rendering", sa.String, nullable=False),
    _flag("replaced"),
    sa.Column("seen_at", Instant, nullable=False),
    sa.Column("response", _NUMBER, sa.ForeignKey("responses.id")),
    sa.Column("body", Json),
    sa.Column("text", Words),
    sa.Column("forgotten_at", Instant),
    sa.Column("forgotten_why", Words),
    sa.UniqueConstraint("article", "number"),
    sqlite_autoincrement=True,
)

responses = _table(
    "responses",
    _number(),
    sa.Column("article", sa.String, nullable=False),
    sa.Column("url", Words, nullable=False),
    sa.Column("status", sa.Integer, nullable=False),
    sa.Column("fetched_at", Instant, nullable=False),
    sa.Column("record_id", sa.String, nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("payload_digest", sa.String(64), nullable=False),
    sa.Column("length", sa.Integer, nullable=False),
    sa.Column("record", sa.LargeBinary),
    sa.Column("file", sa.String),
    sa.Column("offset", sa.BigInteger),
    sa.Column("pruned_at", Instant),
    sqlite_autoincrement=True,
)
_partial_index("ix_responses_unmoved", responses.c.id, where=responses.c.record.is_not(None))

_table(
    "matches",
    _number(),
    sa.Column("article", sa.String, sa.ForeignKey("articles.key"), nullable=False),
    sa.Column("version", sa.String(64), nullable=False),
    sa.Column("rule", sa.String, nullable=False),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("severity", sa.Integer, nullable=False),
    sa.Column("ruleset", sa.String, nullable=False),
    sa.Column("engine", sa.String, nullable=False),
    sa.Column("data", Json, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("alert", sa.String, sa.ForeignKey("alerts.id"), index=True),
    sa.Column("why_no_promise", sa.String),
    sa.Index("ix_matches_article_version", "article", "version"),
    sa.Index("ix_matches_rule_at", "rule", "at"),
)

_table(
    "events",
    _number(),
    sa.Column("article", sa.String, sa.ForeignKey("articles.key"), nullable=False),
    sa.Column("version", sa.String(64), nullable=False),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("claim", sa.String, nullable=False),
    sa.Column("actor_id", sa.String),
    sa.Column("data", Json, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Index("ix_events_article_version", "article", "version"),
    sa.Index("ix_events_kind_at", "kind", "at"),
)

_table(
    "stories",
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("original", sa.String, nullable=False),
    sa.Column("opened_at", Instant, nullable=False),
    sa.Column("changed_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

_table(
    "story_keys",
    sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("article", _NUMBER, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

_table(
    "alerts",
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("story", sa.String, sa.ForeignKey("stories.id"), nullable=False),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("severity", sa.Integer, nullable=False),
    sa.Column("claim", sa.String),
    sa.Column("state", sa.String, nullable=False),
    sa.Column("rules", Json, nullable=False),
    sa.Column("opened_at", Instant, nullable=False, index=True),
    _flag("canary"),
    sa.UniqueConstraint("story", "kind"),
)

_table(
    "notices",
    sa.Column("alert", sa.String, sa.ForeignKey("alerts.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("severity", sa.Integer, nullable=False),
    sa.Column("claim", sa.String),
    sa.Column("article", sa.String, nullable=False, index=True),
    sa.Column("version", sa.String(64), nullable=False),
    sa.Column("events", Json, nullable=False),
    sa.Column("reason", Words, nullable=False),
    sa.Column("told", Json, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
)

_table(
    "promises",
    sa.Column("alert", sa.String, primary_key=True),
    sa.Column("notice", sa.Integer, primary_key=True),
    sa.Column("channel", sa.String, primary_key=True),
    sa.Column("group_key", sa.String, nullable=False),
    sa.Column("due_at", Instant, nullable=False),
    sa.Column("state", sa.String, nullable=False),
    sa.Column("message", sa.String, sa.ForeignKey("messages.id"), index=True),
    sa.Column("settled_at", Instant),
    sa.ForeignKeyConstraint(["alert", "notice"], ["notices.alert", "notices.number"]),
)

messages = _table(
    "messages",
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("channel", sa.String, nullable=False),
    sa.Column("group_key", sa.String, nullable=False),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("state", sa.String, nullable=False),
    sa.Column("opened_at", Instant, nullable=False),
    sa.Column("due_at", Instant, nullable=False),
    sa.Column("first_claimed_at", Instant),
    sa.Column("owner", sa.String),
    sa.Column("lease_until", Instant),
    _count("attempts"),
    sa.Column("content", Json),
    sa.Column("title", Words),
    sa.Column("body", Words),
    sa.Column("html", Words),
    sa.Column("last_error", Words),
    sa.Column("repeat_of", sa.String),
    sa.Column("settled_at", Instant),
    sa.Index("ix_messages_channel_settled_at", "channel", "settled_at"),
)
_waiting = messages.c.state.in_(["open", "claimed"])
_partial_index("ix_messages_due", messages.c.due_at, where=_waiting)
_partial_index(
    "ix_messages_joinable", messages.c.channel, messages.c.group_key, where=messages.c.state == "open"
)

_table(
    "receipts",
    _number(),
    sa.Column("message", sa.String, nullable=False, index=True),
    sa.Column("channel", sa.String, nullable=False),
    sa.Column("attempt", sa.Integer, nullable=False),
    _flag("ok"),
    sa.Column("at", Instant, nullable=False),
    sa.Column("reason", sa.String, nullable=False),
    _flag("retryable"),
    sa.Column("detail", Words, nullable=False),
)

_table(
    "silences",
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("matchers", Json, nullable=False),
    sa.Column("starts_at", Instant, nullable=False),
    sa.Column("ends_at", Instant, nullable=False, index=True),
    sa.Column("by", Words, nullable=False),
    sa.Column("because", Words, nullable=False),
    sa.Column("expired_at", Instant),
)

_table(
    "acknowledgements",
    _number(),
    sa.Column("alert", sa.String, sa.ForeignKey("alerts.id"), nullable=False, index=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("by", Words, nullable=False),
    sa.Column("note", Words, nullable=False),
)

_table(
    "judgements",
    _number(),
    sa.Column("alert", sa.String, sa.ForeignKey("alerts.id"), nullable=False, index=True),
    sa.Column("verdict", sa.String, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("by", Words, nullable=False),
    sa.Column("note", Words, nullable=False),
)

_table(
    "rulesets",
    sa.Column("hash", sa.String, primary_key=True),
    sa.Column("engine", sa.String, nullable=False),
    sa.Column("files", Json, nullable=False),
    sa.Column("first_at", Instant, nullable=False),
    sa.Column("used_at", Instant, nullable=False),
)

_table(
    "ledger",
    _number(),
    sa.Column("at", Instant, nullable=False),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("subject", sa.String, nullable=False, index=True),
    sa.Column("digest", sa.String, nullable=False),
    sa.Column("detail", Json, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("seal", sa.Integer),
    sqlite_autoincrement=True,
)

_table(
    "seals",
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("first_id", sa.BigInteger, nullable=False),
    sa.Column("last_id", sa.BigInteger, nullable=False),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("root", sa.String(64), nullable=False),
    sa.Column("previous", sa.String(64), nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("at", Instant, nullable=False),
)

_table(
    "blind_intervals",
    _number(),
    sa.Column("source", sa.String, nullable=False),
    sa.Column("since", Instant, nullable=False),
    sa.Column("until", Instant, index=True),
    sa.Column("why", Words, nullable=False),
    sa.Index("ix_blind_intervals_source_since", "source", "since"),
)

_table(
    "leases",
    sa.Column("name", sa.String, primary_key=True),
    sa.Column("owner", sa.String, nullable=False),
    sa.Column("taken_at", Instant, nullable=False),
    sa.Column("until", Instant),
)
