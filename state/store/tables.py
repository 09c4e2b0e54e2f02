"""The tables, as SQLAlchemy Core sees them; what each column means.

Severities are numbers (1 low … 4 critical), so that the database can compare
them; claims, kinds and states are their codes.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from state.store.columns import DIGEST, NUMBER, count, flag, metadata, number, partial_index
from state.store.types import Instant, Json, Words

sources = Table(
    "sources",
    metadata,
    Column("name", String, primary_key=True),
    Column("settings", Json, nullable=False),
    Column("next_at", Instant, index=True),
    Column("polling_since", Instant),
    Column("polled_at", Instant),
    Column("ok_at", Instant),
    Column("error", Words, nullable=False, server_default=""),
    Column("first_finished_at", Instant),
    count("found"),
    count("new"),
    Column("state", String, nullable=False, server_default="well"),
    Column("state_since", Instant),
    Column("sentence", Words, nullable=False, server_default=""),
    Column("retired_at", Instant),
    Column("retired_why", Words),
    Column("channels", Json, nullable=False, server_default="{}"),  # address → what its last answer showed
)

hosts = Table(
    "hosts",
    metadata,
    Column("host", String, primary_key=True),
    Column("robots_body", LargeBinary),
    Column("robots_status", Integer),
    Column("robots_fetched_at", Instant),
    Column("robots_expires_at", Instant),
    Column("next_at", Instant),
    count("failures"),
    Column("retry_after_until", Instant),
    Column("last_error", Words, nullable=False, server_default=""),
)

frontier = Table(
    "frontier",
    metadata,
    Column("key", String, primary_key=True),
    Column("source", String, nullable=False),
    Column("candidate", Json, nullable=False),
    Column(
        "state", String, nullable=False
    ),  # waiting, dropped, or known: another address of a stored article
    Column("article", String),  # where known: that article's key
    count("attempts"),
    Column("error", Words, nullable=False, server_default=""),
    Column("added_at", Instant, nullable=False),
    Column("retry_at", Instant, nullable=False),
    flag("backlog"),
)
partial_index("ix_frontier_waiting", frontier.c.retry_at, where=frontier.c.state == "waiting")

articles = Table(
    "articles",
    metadata,
    number(),
    Column("key", String, nullable=False, unique=True),
    Column("url", Words),
    Column("canonical_url", Words),
    Column("source", String),
    Column("site", String),
    Column("language", String),
    Column("title", Words, nullable=False),
    Column("published_at", Instant),
    Column("modified_at", Instant),
    Column("first_seen_at", Instant, nullable=False, index=True),
    Column("fetched_at", Instant, nullable=False),
    Column("version", DIGEST, nullable=False),  # content hash of the newest version
    Column("versions", Integer, nullable=False),
    Column("rendering", String, nullable=False),  # page, embedded, alternate or feed
    Column("aliases", Json, nullable=False, server_default="[]"),  # other addresses, lower renderings
    Column("etag", String),  # what the server said of the newest answer, to be said back
    Column("last_modified", String),
    Column("story", String, ForeignKey("stories.id")),
    Column("relation", String),
    Column("relation_of", String),
    Column("relation_why", Words),
    flag("backlog"),
    flag("canary"),
    Column("state", String, nullable=False, server_default="live"),  # live, gone (withdrawn) or forgotten
    count("gone_count"),
    count("gone_410"),
    Column("gone_status", Integer),
    Column("gone_first_at", Instant),
    Column("recheck_at", Instant),
    count("checks"),
    Column("checked_at", Instant),  # when its page was last read again, or looked for in vain
    Column("matched_version", DIGEST),  # what the newest evaluation read, and with which rules
    Column("ruleset", String),
    Column("engine", String),
    Index("ix_articles_source_first_seen_at", "source", "first_seen_at"),
    sqlite_autoincrement=True,
)
partial_index("ix_articles_story", articles.c.story, where=articles.c.story.is_not(None))
partial_index("ix_articles_recheck_at", articles.c.recheck_at, where=articles.c.recheck_at.is_not(None))
partial_index("ix_articles_checked_at", articles.c.checked_at, where=articles.c.checked_at.is_not(None))

versions = Table(
    "versions",
    metadata,
    number(),
    Column("article", String, ForeignKey("articles.key"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("version", DIGEST, nullable=False),
    Column("rendering", String, nullable=False),
    flag("replaced"),  # a better rendering took over; not an edit by the publisher
    Column("seen_at", Instant, nullable=False),
    Column("response", NUMBER, ForeignKey("responses.id")),
    Column("body", Json),  # the article's JSON form; NULL once forgotten
    Column("text", Words),  # its words, folded for search; NULL once forgotten
    Column("forgotten_at", Instant),
    Column("forgotten_why", Words),
    UniqueConstraint("article", "number"),
    sqlite_autoincrement=True,
)

responses = Table(
    "responses",
    metadata,
    number(),
    Column("article", String, nullable=False),
    Column("url", Words, nullable=False),
    Column("status", Integer, nullable=False),
    Column("fetched_at", Instant, nullable=False),
    Column("record_id", String, nullable=False),  # WARC-Record-ID
    Column("digest", DIGEST, nullable=False),  # SHA-256 of the finished record's bytes
    Column("payload_digest", DIGEST, nullable=False),  # SHA-256 of the body
    Column("length", Integer, nullable=False),
    Column("record", LargeBinary),  # until it has moved to a file
    Column("file", String),
    Column("offset", BigInteger),
    Column("pruned_at", Instant),
    sqlite_autoincrement=True,
)
partial_index("ix_responses_unmoved", responses.c.id, where=responses.c.record.is_not(None))

matches = Table(
    "matches",
    metadata,
    number(),
    Column("article", String, ForeignKey("articles.key"), nullable=False),
    Column("version", DIGEST, nullable=False),
    Column("rule", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("severity", Integer, nullable=False),
    Column("ruleset", String, nullable=False),
    Column("engine", String, nullable=False),
    Column("data", Json, nullable=False),
    Column("at", Instant, nullable=False),
    Column("alert", String, ForeignKey("alerts.id"), index=True),
    Column("why_no_promise", String),
    Index("ix_matches_article_version", "article", "version"),
    Index("ix_matches_rule_at", "rule", "at"),
)

events = Table(
    "events",
    metadata,
    number(),
    Column("article", String, ForeignKey("articles.key"), nullable=False),
    Column("version", DIGEST, nullable=False),
    Column("kind", String, nullable=False),
    Column("claim", String, nullable=False),
    Column("actor_id", String),
    Column("data", Json, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_events_article_version", "article", "version"),
    Index("ix_events_kind_at", "kind", "at"),
)

stories = Table(
    "stories",
    metadata,
    Column("id", String, primary_key=True),
    Column("original", String, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

# Beside the story itself: digests of the rare keys by which a later article finds it, however large the archive.
story_keys = Table(
    "story_keys",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("article", NUMBER, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

alerts = Table(
    "alerts",
    metadata,
    Column("id", String, primary_key=True),
    Column("story", String, ForeignKey("stories.id"), nullable=False),
    Column("kind", String, nullable=False),
    Column("severity", Integer, nullable=False),
    Column("claim", String),
    Column("state", String, nullable=False),
    Column("rules", Json, nullable=False),
    Column("opened_at", Instant, nullable=False, index=True),
    flag("canary"),
    UniqueConstraint("story", "kind"),
)

notices = Table(
    "notices",
    metadata,
    Column("alert", String, ForeignKey("alerts.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("severity", Integer, nullable=False),
    Column("claim", String),
    Column("article", String, nullable=False, index=True),
    Column("version", DIGEST, nullable=False),
    Column("events", Json, nullable=False),
    Column("reason", Words, nullable=False),
    Column("told", Json, nullable=False),
    Column("created_at", Instant, nullable=False),
)

promises = Table(
    "promises",
    metadata,
    Column("alert", String, primary_key=True),
    Column("notice", Integer, primary_key=True),
    Column("channel", String, primary_key=True),
    Column("group_key", String, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("state", String, nullable=False),
    Column("message", String, ForeignKey("messages.id"), index=True),
    Column("settled_at", Instant),
    ForeignKeyConstraint(["alert", "notice"], ["notices.alert", "notices.number"]),
)

messages = Table(
    "messages",
    metadata,
    Column("id", String, primary_key=True),
    Column("channel", String, nullable=False),
    Column("group_key", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("state", String, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("first_claimed_at", Instant),
    Column("owner", String),
    Column("lease_until", Instant),  # by the database's clock
    count("attempts"),
    Column("content", Json),  # what an operator's message or a digest is made of
    Column("title", Words),
    Column("body", Words),
    Column("html", Words),
    Column("last_error", Words),
    Column("repeat_of", String),
    Column("settled_at", Instant),
    Index("ix_messages_channel_settled_at", "channel", "settled_at"),
)
_waiting = messages.c.state.in_(["open", "claimed"])
partial_index("ix_messages_due", messages.c.due_at, where=_waiting)
partial_index(
    "ix_messages_joinable", messages.c.channel, messages.c.group_key, where=messages.c.state == "open"
)

receipts = Table(
    "receipts",
    metadata,
    number(),
    Column("message", String, nullable=False, index=True),
    Column("channel", String, nullable=False),
    Column("attempt", Integer, nullable=False),
    flag("ok"),
    Column("at", Instant, nullable=False),
    Column("reason", String, nullable=False),
    flag("retryable"),
    Column("detail", Words, nullable=False),
)

silences = Table(
    "silences",
    metadata,
    Column("id", String, primary_key=True),
    Column("matchers", Json, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False, index=True),
    Column("by", Words, nullable=False),
    Column("because", Words, nullable=False),
    Column("expired_at", Instant),
)

acknowledgements = Table(
    "acknowledgements",
    metadata,
    number(),
    Column("alert", String, ForeignKey("alerts.id"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("by", Words, nullable=False),
    Column("note", Words, nullable=False),
)

judgements = Table(
    "judgements",
    metadata,
    number(),
    Column("alert", String, ForeignKey("alerts.id"), nullable=False, index=True),
    Column("verdict", String, nullable=False),  # true, false, unsure or confirmed
    Column("at", Instant, nullable=False),
    Column("by", Words, nullable=False),
    Column("note", Words, nullable=False),
)

rulesets = Table(
    "rulesets",
    metadata,
    Column("hash", String, primary_key=True),
    Column("engine", String, nullable=False),
    Column("files", Json, nullable=False),  # path → text, so that evidence can show the rule as it was
    Column("first_at", Instant, nullable=False),
    Column("used_at", Instant, nullable=False),
)

ledger = Table(
    "ledger",
    metadata,
    number(),
    Column("at", Instant, nullable=False),
    Column("kind", String, nullable=False),
    Column("subject", String, nullable=False, index=True),
    Column("digest", String, nullable=False),
    Column("detail", Json, nullable=False),
    Column("sha256", DIGEST, nullable=False),
    Column("seal", Integer),
    sqlite_autoincrement=True,
)

seals = Table(
    "seals",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("first_id", BigInteger, nullable=False),
    Column("last_id", BigInteger, nullable=False),
    Column("count", Integer, nullable=False),
    Column("root", DIGEST, nullable=False),
    Column("previous", DIGEST, nullable=False),
    Column("hash", DIGEST, nullable=False),
    Column("at", Instant, nullable=False),
)

blind_intervals = Table(
    "blind_intervals",
    metadata,
    number(),
    Column("source", String, nullable=False),
    Column("since", Instant, nullable=False),
    Column("until", Instant, index=True),
    Column("why", Words, nullable=False),
    Index("ix_blind_intervals_source_since", "source", "since"),
)

leases = Table(
    "leases",
    metadata,
    Column("name", String, primary_key=True),
    Column("owner", String, nullable=False),
    Column("taken_at", Instant, nullable=False),
    Column("until", Instant),  # by the database's clock; NULL is until released
)
