"""Who left which party for which, and which party was dissolved by whom: events and their claims."""

from __future__ import annotations

from collections.abc import Sequence

from rules.events.gazetteer import Linker
from rules.events.languages import read
from rules.events.merge import Cluster, link, merge
from rules.events.pressure import pressure
from rules.events.reading import Unit, units
from state.article import Article
from state.records import Event, Match, Span

__all__ = ["extract"]


def extract(article: Article, matches: Sequence[Match] = ()) -> list[Event]:
    """Return the events of an article in reading order, each act once.

    Mentions in comments make events of their own.  ``matches`` say which rules
    asked; what the article tells does not depend on them, only which of an
    event's sentences is quoted: one that a rule matched in, if there is one.
    """
    strings = units(article)
    drafts = read(article, strings)
    if not drafts:
        return []
    linker = Linker(" ".join(unit.text for unit in strings))
    link(drafts, linker)
    body = merge([draft for draft in drafts if not draft.where.comment])
    comments = merge([draft for draft in drafts if draft.where.comment])
    texts = {unit.pointer: unit for unit in strings}
    asked = {span.field for match in matches for span in match.spans}
    return [_event(cluster, texts, asked) for cluster in (*body, *comments)]


def _event(cluster: Cluster, texts: dict[str, Unit], asked: set[str]) -> Event:
    head = cluster.head
    best = max(
        cluster.mentions,
        key=lambda m: (
            m.where.pointer in asked,
            not m.where.headline,
            not m.where.caption,
            _fullness(m),
            -m.where.order,
        ),
    )
    where = best.where
    quote = texts[where.pointer].text[where.start : where.end]
    return Event(
        kind=head.kind,
        subkind=head.subkind,
        claim=head.claim,
        quote=quote,
        quote_at=Span(where.pointer, where.start, where.end, quote),
        actor=head.actor,
        from_=head.from_,
        to=head.to,
        by=head.by,
        said_by=head.said_by,
        count=head.count,
        date=head.date,
        place=head.place,
        pressure=pressure(cluster, texts),
        actor_id=head.ids.get("actor"),
        from_id=head.ids.get("from_"),
        to_id=head.ids.get("to"),
        by_id=head.ids.get("by"),
        claim_words=tuple(word for word in best.cues if word in quote),
        date_iso=head.date_iso,
        office=head.office,
        count_min=head.count_min,
    )


def _fullness(draft: object) -> int:
    slots = ("actor", "from_", "to", "by", "said_by", "count", "date")
    return sum(getattr(draft, slot) is not None for slot in slots)
