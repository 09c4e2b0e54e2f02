"""One article under the rules in force: what matched, what it is taken to mean, what of it may ring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from rules.asking import Replies
from rules.assess import assess, is_told
from rules.compile import Ruleset
from rules.events import extract
from rules.match import match
from state.article import Article, Section
from state.records import Assessment, Event, Match, Severity

#: Provenance key under which a parser leaves the paragraphs that it could not place; their field in spans.
OUTSIDE = "outside"
_OUTSIDE_FIELD, _BODY_FIELD = f"/provenance/{OUTSIDE}", "/sections/0/paragraphs"
_OPENING = -1


@dataclass(frozen=True, slots=True)
class Understood:
    """What an article holds, and what of it is fresh; the article's own post is number -1.

    ``found`` is all that matched, ``matches`` what of it is kept: of a rule to
    which words alone say nothing, only what an event belongs to.
    """

    found: tuple[Match, ...]
    matches: tuple[Match, ...]
    events: tuple[Event, ...]
    assessments: tuple[Assessment, ...]
    fresh: tuple[Assessment, ...]


def understand(
    article: Article,
    ruleset: Ruleset,
    fresh_posts: frozenset[int] | None,
    *,
    today: date | None,
    replies_ring: bool = False,
) -> Understood:
    """Return what the rules find in an article.

    Args:
        article: As stored.
        ruleset: The rules in force.
        fresh_posts: Posts young enough to ring: -1 the article, else a comment's index; None for all.
        today: Rules that expired before this day rest; None: none rests.
        replies_ring: Whether a match in a reply counts as one in the body.
    """
    replies: Replies = "ring" if replies_ring else "digest"
    found = match(article, ruleset, replies=replies, today=today)
    known = {item.rule for item in found}
    found += [item for item in _outside(article, ruleset, today) if item.rule not in known]
    events = tuple(extract(article, found)) if found else ()
    every = tuple(assess(article, found, events)) if found else ()
    fresh = every if fresh_posts is None else _fresh(article, found, events, fresh_posts, replies_ring)
    kept = tuple(item for item in found if is_told(item, events))
    return Understood(tuple(found), kept, events, every, fresh)


def _fresh(
    article: Article,
    found: Sequence[Match],
    events: Sequence[Event],
    posts: frozenset[int],
    replies_ring: bool,
) -> tuple[Assessment, ...]:
    """Return what would ring if nothing but the fresh posts had been written."""
    kept = []
    for item in found:
        spans = tuple(span for span in item.spans if post_of(span.field) in posts)
        if spans:
            only_replies = all(post_of(span.field) != _OPENING for span in spans)
            outside = "comment" if only_replies and not replies_ring else item.outside
            kept.append(replace(item, spans=spans, outside=outside))
    told = [event for event in events if post_of(event.quote_at.field) in posts]
    return tuple(assess(article, kept, told)) if kept else ()


def post_of(field: str) -> int:
    """Return the comment that a span's field belongs to, -1 for the article itself."""
    parts = field.split("/")
    return int(parts[2]) if parts[1:2] == ["comments"] else _OPENING


def _outside(article: Article, ruleset: Ruleset, today: date | None) -> list[Match]:
    """Return what matches only in the text that the site's parser left over: low, and said so."""
    left = article.provenance.get(OUTSIDE)
    paragraphs = tuple(text for text in left if isinstance(text, str)) if isinstance(left, list) else ()
    if not paragraphs:
        return []
    text = replace(
        article,
        title="",
        subtitle=None,
        sections=(Section(None, paragraphs),),
        captions=(),
        comments=(),
        quoted=(),
    )
    return [
        replace(
            item,
            severity=Severity.LOW,
            claims={},
            outside="outside",
            spans=tuple(
                replace(span, field=span.field.replace(_BODY_FIELD, _OUTSIDE_FIELD)) for span in item.spans
            ),
        )
        for item in match(text, ruleset, today=today)
    ]
