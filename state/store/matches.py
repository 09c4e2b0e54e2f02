"""Matches: which rules were found in which version, with which rules and engine, and what became of it.

Every match ends attached to an alert that was promised to somebody, or with
the reason why it needed no promise; the audit holds us to that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, insert, select, update

from state.records import Match
from state.records_json import match_from_json, match_to_json
from state.store.db import AnyRow, Db, Values
from state.store.prepared import Prepared
from state.store.tables import articles, matches


@dataclass(frozen=True, slots=True)
class StoredMatch:
    """A match in one version of an article, as the rules of ``ruleset`` under ``engine`` found it."""

    id: int
    article: str
    version: str
    match: Match
    ruleset: str
    engine: str
    at: datetime
    alert: str | None
    why_no_promise: str | None


_INSERT = Prepared(insert(matches))
_EVALUATED = Prepared(
    update(articles)
    .where(articles.c.key == bindparam("called"))
    .values(
        matched_version=bindparam("hash"),
        ruleset=bindparam("rules"),
        engine=bindparam("by_engine"),
    )
)
_OF_ARTICLE = select(matches).where(matches.c.article == bindparam("called")).order_by(matches.c.id)
_OF_VERSION = _OF_ARTICLE.where(matches.c.version == bindparam("hash"))
_ARTICLES_OF = select(matches.c.article).where(matches.c.alert == bindparam("of")).order_by(matches.c.id)
_OF_ALERT = select(matches).where(matches.c.alert == bindparam("of")).order_by(matches.c.id)
_ATTACH = Prepared(
    update(matches)
    .where(
        matches.c.article == bindparam("called"),
        matches.c.version == bindparam("hash"),
        matches.c.kind == bindparam("what"),
    )
    .values(alert=bindparam("to_alert"), why_no_promise=bindparam("reason"))
)


class Matches:
    """Rows of ``matches``."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def put(
        self,
        key: str,
        version: str,
        ruleset_hash: str,
        engine_version: str,
        found: Sequence[Match],
        now: datetime,
    ) -> None:
        """Record that a version was looked at with these rules, and what was found, which may be nothing."""
        looked = {"called": key, "hash": version, "rules": ruleset_hash, "by_engine": engine_version}
        self._db.run(_EVALUATED, looked)
        if found:
            common = {
                "article": key,
                "version": version,
                "ruleset": ruleset_hash,
                "engine": engine_version,
                "at": now,
            }
            self._db.run(_INSERT, [common | _values(match) for match in found])

    def of(self, key: str, version: str | None = None) -> Sequence[StoredMatch]:
        """Return the matches of an article, or of one version of it."""
        if version is None:
            return self._stored(_OF_ARTICLE, {"called": key})
        return self._stored(_OF_VERSION, {"called": key, "hash": version})

    def of_alert(self, alert: str) -> Sequence[StoredMatch]:
        """Return all that is attached to an alert."""
        return self._stored(_OF_ALERT, {"of": alert})

    def articles_of(self, alert: str) -> Sequence[str]:
        """Return the keys of the articles that are attached to an alert, in order of arrival."""
        return list(dict.fromkeys(row.article for row in self._db.all(_ARTICLES_OF, {"of": alert})))

    def attach(
        self,
        key: str,
        version: str,
        kind: str,
        *,
        alert: str | None = None,
        why_no_promise: str | None = None,
    ) -> None:
        """Attach a version's matches of one kind to an alert, or say why they needed no promise, or both.

        Reasons: backlog, same_alert, canary, import, low, cosmetic.
        """
        named = {"called": key, "hash": version, "what": kind, "to_alert": alert, "reason": why_no_promise}
        self._db.run(_ATTACH, named)

    def list(
        self, *, since: datetime | None = None, rule: str | None = None, limit: int = 100
    ) -> Sequence[StoredMatch]:
        """Return matches, newest first, without canaries."""
        query = (
            select(matches)
            .join(articles, articles.c.key == matches.c.article)
            .where(articles.c.canary.is_(False))
            .order_by(matches.c.at.desc(), matches.c.id.desc())
            .limit(limit)
        )
        if since is not None:
            query = query.where(matches.c.at >= since)
        if rule is not None:
            query = query.where(matches.c.rule == rule)
        return self._stored(query, {})

    def _stored(self, query: Select[*tuple[Any, ...]], values: Values) -> Sequence[StoredMatch]:
        return [_stored_match(row) for row in self._db.all(query, values)]


def _values(match: Match) -> dict[str, Any]:
    return {
        "rule": match.rule,
        "kind": match.kind,
        "severity": int(match.severity),
        "data": match_to_json(match),
    }


def _stored_match(row: AnyRow) -> StoredMatch:
    return StoredMatch(
        row.id,
        row.article,
        row.version,
        match_from_json(row.data),
        row.ruleset,
        row.engine,
        row.at,
        row.alert,
        row.why_no_promise,
    )
