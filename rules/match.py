"""An article against a rule set: which rules match, on which words, where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Literal

from rules.compile import Ruleset
from rules.condition import Field
from rules.engine import Engine, Prepared
from rules.evaluate import Hit, Weighed
from rules.haystack import Haystack
from rules.rule import Rule
from rules.view import Raw, RuleView
from state.article import Article
from state.records import Match, Severity, Span

Replies = Literal["digest", "ring"]
_COMMENT: frozenset[Field] = frozenset({"comment"})


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
    haystack = Haystack(article)
    finds = engine.scan(haystack.text)
    candidates = engine.candidates({find[0] for find in finds})
    if not candidates:
        return []
    raw: Raw = {}
    for needle, start, _ in finds:
        raw.setdefault(needle, []).append(start)
    asked = Asking(haystack, engine, raw, replies)
    found = (asked.match(engine.prepared[number]) for number in candidates)
    return [one for one in found if one and not (today and ruleset.rules[one.rule].rests_on(today))]


class Asking:
    """One article being asked by one rule after the other."""

    def __init__(self, haystack: Haystack, engine: Engine, raw: Raw, replies: Replies) -> None:
        self._haystack = haystack
        self._engine = engine
        self._raw = raw
        self._replies = replies
        self._has_comments = any(segment.scope == "comment" for segment in haystack.segments)

    def match(self, prepared: Prepared) -> Match | None:
        """Return the rule's match, or None."""
        view = self.view(prepared)
        hits = prepared.root.find(view)
        outside: Literal["", "comment"] = ""
        if hits is None and self._has_comments and "comment" not in self.scopes(prepared.rule):
            view = self.view(prepared, comments=True)
            hits = prepared.root.find(view)
            outside = "comment"
        return None if hits is None else self._made(prepared, view, hits, outside)

    def view(self, prepared: Prepared, *, comments: bool = False) -> RuleView:
        """Return what a rule sees, with comments on request."""
        scopes = self.scopes(prepared.rule)
        if comments:
            scopes |= _COMMENT
        return RuleView(self._haystack, self._engine, prepared, self._raw, scopes)

    def scopes(self, rule: Rule) -> frozenset[Field]:
        """Return the fields that count for a rule."""
        fields = frozenset(field for field, weight in rule.fields.items() if weight > 0)
        return fields | _COMMENT if self._replies == "ring" else fields

    def _made(
        self, prepared: Prepared, view: RuleView, hits: list[Hit], outside: Literal["", "comment"]
    ) -> Match:
        rule = prepared.rule
        simple = sorted({one for hit in hits for one in hit.simple()}, key=lambda hit: (hit.start, -hit.end))
        root = prepared.root
        return Match(
            rule=rule.id,
            rule_version=rule.version,
            kind=rule.events[0] if rule.events else rule.kind or rule.id,
            severity=Severity.LOW if outside else rule.severity,
            spans=_spans(self._haystack, simple),
            expects=rule.events,
            claims=rule.claims,
            outside=outside,
            score=root.total(view) if isinstance(root, Weighed) else None,
            explanation=_explanation(self._haystack, self._engine, simple),
        )


def _spans(haystack: Haystack, hits: Iterable[Hit]) -> tuple[Span, ...]:
    """Return the spans of some finds in reading order, without those that lie inside another."""
    spans: list[Span] = []
    reached = -1
    for hit in hits:
        if hit.end > reached:
            spans.append(haystack.span(hit.start, hit.end))
            reached = hit.end
    return tuple(spans)


def _explanation(haystack: Haystack, engine: Engine, hits: Iterable[Hit]) -> dict[str, Any]:
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
    return {"found": found}
