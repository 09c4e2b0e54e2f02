"""Notices made by hand, for messages looked at as text."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from crawler.notify.compose import compose
from crawler.notify.labels import labels
from crawler.notify.told import Composed, Reader, Told
from state.article import Article, Section
from state.records import Alert, Claim, Event, Match, Notice, NoticeKind, Severity, Span

SEEN = datetime(2017, 11, 7, 1, 2, tzinfo=UTC)
NOW = datetime(2017, 11, 8, 3, 0, tzinfo=UTC)
TITLE = "Invented Minister Calls on Example Party Members to Leave"
CALL = "In a speech Mr. Invented Minister called for members of the Example Party to leave and join his."
THREAT = "He has threatened to shut down the Example Party before the vote."


def reader(**keys: Any) -> Reader:
    """Return a reader in Phnom Penh who reads English in full."""
    language = keys.pop("language", "en")
    return replace(
        Reader(channel="desk", words=labels(language), zone=ZoneInfo("Asia/Phnom_Penh"), now=NOW), **keys
    )


def event(quote: str = CALL, **keys: Any) -> Event:
    """Return a call to leave one party for another."""
    values: dict[str, Any] = {
        "kind": "defection", "subkind": "switch", "claim": Claim.CALLED_FOR, "actor": "members of the Example Party",
        "from_": "Example Party", "to": "Sample Party", "by": "Invented Minister", "claim_words": ("called for",),
        "quote": quote, "quote_at": Span("/sections/0/paragraphs/0", 0, len(quote), quote),
    }  # fmt: skip
    return Event(**values | keys)


def threat(**keys: Any) -> Event:
    """Return a threat to dissolve a party."""
    values: dict[str, Any] = {
        "kind": "dissolution", "subkind": "exec", "claim": Claim.THREATENED, "actor": "the Example Party",
        "from_": None, "to": None, "claim_words": ("threatened to",),
    }  # fmt: skip
    return event(THREAT, **values | keys)


def told(
    *events: Event,
    id: str = "A-19c0",
    number: int = 1,
    notice: NoticeKind = NoticeKind.ALERT,
    severity: Severity = Severity.HIGH,
    kind: str = "defection",
    facts: dict[str, Any] | None = None,
    matched: tuple[str, ...] = ("called for", "leave and join"),
    **keys: Any,
) -> Told:
    """Return one notice about one article."""
    claim = events[0].claim if events else None
    title = keys.get("headline", TITLE)
    paragraphs = tuple(item.quote for item in events) or ("No event here.",)
    article = Article(title=title, sections=(Section(None, paragraphs),), language="en", fetched_at=SEEN)
    alert = Alert(
        id=id, story=keys.pop("story", "S-1"), kind=kind, severity=severity, claim=claim, opened_at=SEEN,
        rules=(f"kh-{kind}",),
    )  # fmt: skip
    made = Notice(
        alert=id, number=number, kind=notice, severity=severity, claim=claim, article="rfa:x", version="v1",
        events=events, reason="", created_at=SEEN, told=facts or {},
    )  # fmt: skip
    spans = tuple(
        Span("/sections/0/paragraphs/0", at, at + len(word), word)
        for word in matched
        if events and (at := events[0].quote.find(word)) >= 0
    )
    match = Match(rule=f"kh-{kind}", rule_version="3", kind=kind, severity=Severity.CRITICAL, spans=spans)
    values: dict[str, Any] = {
        "headline": TITLE, "url": "https://www.example.org/english/news/example.html", "outlet": "RFA",
        "language": "en", "first_seen": SEEN, "article": article, "matches": (match,),
    }  # fmt: skip
    return Told(notice=made, alert=alert, **values | keys)


def one(*items: Told, **keys: Any) -> Composed:
    """Return the only message that these notices make."""
    (composed,) = compose(items, reader(**keys))
    return composed
