"""An article against a rule set: which rules match, on which words, where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from rules.asking import Asking, Replies
from rules.compile import Ruleset
from rules.engine import Engine, Prepared
from rules.evaluate import Hit, Weighed
from rules.haystack import Haystack
from rules.reason import reason
from rules.view import RuleView
from state.article import Article
from state.records import Match, Severity, Span


def match(
    article: Article, ruleset: Ruleset, *, replies: Replies = "digest", today: dt.date | None = None
) -> list[Match]:
    """Return the rules that match, ordered by id, each with all the words that made it match.

    Title, subtitle, body and captions count.  What matches only with the help
    of comments has severity low and says so (``outside="comment"``), unless the
    rule gives comments a weight.

    Args:
        article: What to read.
        ruleset: The rules.
        replies: ``ring``: each comment counts as body.
        today: Rules whose ``until`` lies before this day rest; None: none rests.
    """
    engine = ruleset.engine
    asking = Asking(article, engine, replies)
    matches = []
    for number in asking.candidates():
        prepared = engine.prepared[number]
        if today is not None and prepared.rule.rests_on(today):
            continue
        found = asking.found(prepared)
        if found is not None:
            matches.append(_made(engine, prepared, *found))
    return matches


def _made(
    engine: Engine, prepared: Prepared, view: RuleView, hits: list[Hit], outside: Literal["", "comment"]
) -> Match:
    rule, root = prepared.rule, prepared.root
    simple = sorted({one for hit in hits for one in hit.simple()}, key=_in_order)
    return Match(
        rule=rule.id,
        rule_version=rule.version,
        kind=rule.events[0] if rule.events else rule.kind or rule.id,
        severity=Severity.LOW if outside else rule.severity,
        spans=_spans(view.haystack, simple),
        expects=rule.events,
        claims=rule.claims,
        outside=outside,
        languages=rule.languages,
        score=root.total(view) if isinstance(root, Weighed) else None,
        explanation={"reason": reason(root, view), "found": _found(view.haystack, engine, simple)},
    )


def _in_order(hit: Hit) -> tuple[int, int, str, int]:
    return hit.start, -hit.end, hit.leaf.name, hit.needle


def _spans(haystack: Haystack, hits: Sequence[Hit]) -> tuple[Span, ...]:
    """Return the spans of some finds in reading order, without those that lie inside another."""
    spans: list[Span] = []
    reached = -1
    for hit in hits:
        if hit.end > reached:
            spans.append(haystack.span(hit.start, hit.end))
            reached = hit.end
    return tuple(spans)


def _found(haystack: Haystack, engine: Engine, hits: Iterable[Hit]) -> list[dict[str, Any]]:
    found = []
    for hit in hits:
        span = haystack.span(hit.start, hit.end)
        sought = engine.needles[hit.needle].text.strip() if hit.needle >= 0 else ""
        found.append(
            {
                "group": hit.leaf.name,
                "sought": sought,
                "field": span.field,
                "start": span.start,
                "end": span.end,
            }
        )
    return found
