"""What a notice carries beside its events: the JSON that composing a message needs.

Keys, all optional to a reader: ``title url outlet source site language
published_at fetched_at first_seen_at read_from origin untested_rule quotes
rules relation was now changed joined_to copies reasons because by pages_gone``.
Instants are RFC 3339 in UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from rules.alerts.reading import Reading
from state.article import text_at
from state.records import Assessment, Event, Span

_QUOTE_AROUND = 240


def told(reading: Reading, assessment: Assessment | None, now: datetime) -> dict[str, Any]:
    """Return the facts of the article as they stood when the notice was made."""
    article = reading.article
    origin = article.origin
    facts: dict[str, Any] = {
        "title": article.title,
        "url": article.url or article.canonical_url,
        "source": article.source,
        "site": article.site,
        "language": article.language,
        "published_at": stamp(article.published_at),
        "fetched_at": stamp(article.fetched_at),
        "first_seen_at": stamp(reading.first_seen_at or article.fetched_at or now),
        "read_from": reading.read_from,
        "origin": {"publisher": origin.publisher, "url": origin.url} if origin else None,
        "relation": reading.relation,
        "quotes": quotes(reading, assessment),
        "rules": list(assessment.rules) if assessment else [],
    }
    return {name: value for name, value in facts.items() if value not in (None, [], "")}


def quotes(reading: Reading, assessment: Assessment | None) -> list[dict[str, Any]]:
    """Return the sentences to show: of each event its own, else what stands around the matched words."""
    if assessment is None:
        return []
    if assessment.events:
        spans: Iterable[Span] = [event.quote_at for event in assessment.events]
    else:
        spans = [_around(reading, span) for span in assessment.spans[:2]]
    unique = {(span.field, span.start, span.end): span for span in spans}
    return [
        {"field": span.field, "start": span.start, "end": span.end, "quote": span.quote}
        for span in unique.values()
    ]


def _around(reading: Reading, span: Span) -> Span:
    """Return the span widened to at most a few lines of its own string."""
    try:
        text = text_at(reading.article, span.field)
    except KeyError:
        return span
    if len(text) <= 2 * _QUOTE_AROUND:
        return Span(span.field, 0, len(text), text)
    start = max(0, span.start - _QUOTE_AROUND)
    end = min(len(text), span.end + _QUOTE_AROUND)
    start = max(text.rfind(" ", 0, start) + 1, 0) if start else 0
    return Span(span.field, start, end, text[start:end])


def side(event: Event | None, title: str, version: str) -> Mapping[str, Any]:
    """Return one half of "was … now …"."""
    facts: dict[str, Any] = {"title": title, "version": version}
    if event is not None:
        facts |= {
            "claim": str(event.claim),
            "said_by": event.said_by,
            "by": event.by,
            "actor": event.actor,
            "from": event.from_,
            "to": event.to,
            "count": event.count,
            "quote": event.quote,
        }
    return {name: value for name, value in facts.items() if value is not None}


def stamp(at: datetime | None) -> str | None:
    """Return an instant as RFC 3339, None if there is none."""
    return at.isoformat().replace("+00:00", "Z") if at else None
