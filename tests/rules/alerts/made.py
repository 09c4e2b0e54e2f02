"""Articles, events and readings for the tests of decisions."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from rules.alerts.reading import Other, Reading, Standing
from state.article import Article, Section
from state.records import Alert, Assessment, Claim, Event, Notice, Severity, Span

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
LEFT = "Sao Vannak left the Candlelight Party and joined the CPP on Monday."
TITLE = "Councilor goes over to the ruling party"


def article(*paragraphs: str, title: str = TITLE, source: str = "rfa-english", **more: Any) -> Article:
    return Article(
        title=title,
        sections=(Section(None, paragraphs or (LEFT,)),),
        url="https://news.example/one",
        key="news:one",
        source=source,
        language="en",
        **more,
    )


def event(claim: Claim = Claim.REPORTED, quote: str = LEFT, **more: Any) -> Event:
    facts: dict[str, Any] = {
        "kind": "defection",
        "subkind": "switch",
        "actor": "Sao Vannak",
        "from_": "Candlelight Party",
        "to": "CPP",
        "quote_at": Span("/sections/0/paragraphs/0", 0, len(quote), quote),
    }
    return Event(claim=claim, quote=quote, **(facts | more))


def assessment(
    *events: Event, severity: Severity = Severity.HIGH, claim: Claim | None = None, kind: str = "defection"
) -> Assessment:
    newest = claim or (events[0].claim if events else Claim.UNCLEAR)
    return Assessment(kind=kind, severity=severity, claim=newest, rules=("kh-defection",), events=events)


def reading(*found: Assessment, page: Article | None = None, fresh: bool = True, **more: Any) -> Reading:
    page = page or article()
    facts: dict[str, Any] = {
        "article": page,
        "key": page.key,
        "version": page.version,
        "relation": "original",
        "assessments": found,
        "fresh": found if fresh else (),
    }
    return Reading(**(facts | more))


def other(key: str = "news:one") -> Other:
    return Other(key=key, title=TITLE, url="https://news.example/one", outlet="rfa-english")


def nothing_yet(kind: str = "defection") -> Standing:
    return Standing(id="A-7f31", story="S-1", kind=kind)


def standing(alert: Alert, *notices: Notice, unclaimed: tuple[int, ...] = ()) -> Standing:
    return Standing(
        id=alert.id,
        story=alert.story,
        kind=alert.kind,
        alert=alert,
        notices=notices,
        unclaimed=frozenset(unclaimed),
    )
