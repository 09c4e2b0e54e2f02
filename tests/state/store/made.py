"""Made-up rows, so that a test says only what it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from state.article import Article, Section
from state.records import (
    Alert,
    Candidate,
    Claim,
    Event,
    Match,
    MessageState,
    Notice,
    NoticeKind,
    Page,
    Placement,
    Promise,
    Receipt,
    Severity,
    Span,
)
from state.store import Tx

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def article(key: str = "rfa:one", title: str = "Ten councillors change sides", **fields: Any) -> Article:
    given = {
        "sections": (Section(None, ("Ten councillors left the Reed Party on Monday.",)),),
        "url": f"https://news.example/{key.replace(':', '/')}",
        "source": "example",
        "site": "generic",
        "language": "en",
    }
    return Article(title=title, key=key, **given | fields)


def page(body: bytes = b"<h1>Ten councillors</h1>", **fields: Any) -> Page:
    given = {
        "url": "https://news.example/one",
        "status": 200,
        "headers": {"content-type": "text/html; charset=utf-8"},
        "fetched_at": NOON,
    }
    return Page(body=body, **given | fields)


def candidate(key: str = "rfa:one", **fields: Any) -> Candidate:
    given = {
        "url": f"https://news.example/{key}",
        "source": "example",
        "channel": "https://news.example/feed",
    }
    return Candidate(key=key, **given | fields)


def match(kind: str = "defection", **fields: Any) -> Match:
    given = {
        "rule": f"kh-{kind}",
        "rule_version": "3",
        "severity": Severity.HIGH,
        "spans": (Span("/title", 0, 3, "Ten"),),
        "expects": (kind,),
        "claims": {Claim.UNCLEAR: Severity.LOW},
        "explanation": {"terms": ["change sides"]},
    }
    return Match(kind=kind, **given | fields)


def event(**fields: Any) -> Event:
    quote = "Ten councillors left the Reed Party on Monday."
    given = {
        "kind": "defection",
        "subkind": "leaves",
        "claim": Claim.REPORTED,
        "quote": quote,
        "quote_at": Span("/sections/0/paragraphs/0", 0, len(quote), quote),
        "actor": "Ten councillors",
        "from_": "the Reed Party",
        "pressure": ("under threat",),
        "count_min": 10,
    }
    return Event(**given | fields)


def alert(id: str = "A-7f31", story: str = "S-1", kind: str = "defection", **fields: Any) -> Alert:
    given = {
        "severity": Severity.HIGH,
        "claim": Claim.REPORTED,
        "opened_at": NOON,
        "rules": ("kh-defection",),
    }
    return Alert(id=id, story=story, kind=kind, **given | fields)


def notice(alert: str = "A-7f31", number: int = 1, **fields: Any) -> Notice:
    given = {
        "kind": NoticeKind.ALERT if number == 1 else NoticeKind.UPDATE,
        "severity": Severity.HIGH,
        "claim": Claim.REPORTED,
        "article": "rfa:one",
        "version": article().version,
        "events": (event(),),
        "reason": "the first article of its story",
        "created_at": NOON,
        "told": {"title": "Ten councillors change sides"},
    }
    return Notice(alert=alert, number=number, **given | fields)


def promise(alert: str = "A-7f31", notice: int = 1, channel: str = "desk", **fields: Any) -> Promise:
    given = {"group_key": "S-1", "due_at": NOON}
    return Promise(alert=alert, notice=notice, channel=channel, **given | fields)


def receipt(message: str, *, ok: bool, attempt: int = 1, at: datetime = NOON, **fields: Any) -> Receipt:
    given = {"channel": "desk", "reason": "" if ok else "unreachable", "detail": "" if ok else "no route"}
    return Receipt(message=message, attempt=attempt, ok=ok, at=at, **given | fields)


def rung(
    tx: Tx,
    key: str = "rfa:one",
    *,
    story: str = "S-1",
    channels: tuple[str, ...] = ("desk",),
    canary: bool = False,
) -> str:
    """Store an article that rings in every channel, the whole way; return the alert's id."""
    seen = article(key)
    tx.articles.put(seen, now=NOON, page=page(), canary=canary)
    tx.stories.place(key, Placement(story, "original"), [f"band-{key}"], now=NOON)
    tx.matches.put(key, seen.version, "rules-1", "engine-1", [match()], NOON)
    tx.events.put(key, seen.version, [event()], NOON)
    id = tx.alerts.new_id(story, "defection")
    tx.alerts.open(alert(id, story), canary=canary)
    tx.matches.attach(key, seen.version, "defection", alert=id)
    tx.notices.add(notice(id, article=key))
    for channel in channels:
        tx.promises.add(promise(id, channel=channel, group_key=story), now=NOON)
    return id


def tell_more(tx: Tx, alert: str, *, channel: str = "desk", due_at: datetime = NOON, **fields: Any) -> str:
    """Promise a further notice of an alert to a channel; return the message's id."""
    number = tx.notices.next_number(alert)
    tx.notices.add(notice(alert, number))
    more = replace(promise(alert, number, channel, due_at=due_at), **fields)
    message = tx.promises.add(more, now=NOON)
    assert message is not None
    return message


def sent(tx: Tx, message: str, *, at: datetime = NOON, channel: str = "desk") -> None:
    """Send a message as a deliverer does."""
    tx.messages.fix(message, "a title", f"the text of {message}", now=at)
    tx.messages.settle(receipt(message, ok=True, at=at, channel=channel), MessageState.SENT, now=at)
