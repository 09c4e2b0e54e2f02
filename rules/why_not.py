"""Why a rule did not match an article: the first clause that fails, and what was there instead."""

from __future__ import annotations

from dataclasses import dataclass

from rules.asking import Asking
from rules.compile import Ruleset
from rules.condition import All, Leaf, Near, Node, Not, Scoped, Score, Within, children
from rules.evaluate import AllOf, Close, Hit, InField, InUnit, OneOf, Part, Terms, View, Weighed, joined_hits
from rules.explain import rule_named
from rules.view import RuleView
from rules.wording import as_when
from state.article import Article
from state.records import Span

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class WhyNot:
    """What kept a rule from matching: the first clause that fails, and why.

    ``matched`` is set when the rule does match; then nothing failed.
    ``found`` are finds of the clause's terms, also those set aside.
    """

    rule: str
    matched: bool
    clause: str
    because: str
    found: tuple[Span, ...] = ()


def why_not(id_: str, article: Article, ruleset: Ruleset) -> WhyNot:
    """Return why a rule does not match an article.

    Raises:
        RuleReferenceError: The rule set has no such rule.
    """
    rule = rule_named(id_, ruleset)
    prepared = next((one for one in ruleset.engine.prepared if one.rule.id == rule.id), None)
    if prepared is None:
        return WhyNot(rule.id, False, "", "the rule is retired")
    asking = Asking(article, ruleset.engine)
    found = asking.found(prepared)
    if found is not None:
        where = "with the help of readers' comments, severity low" if found[2] else "it matches"
        return WhyNot(rule.id, True, as_when(rule.when), where, _spans(found[0], found[1]))
    view = asking.view(prepared)
    failure = _Failing(view).first(rule.when, prepared.root)
    return WhyNot(rule.id, False, as_when(failure.node), failure.because, _spans(view, failure.found))


def as_text(why: WhyNot) -> str:
    """Return the answer as lines for a terminal."""
    if why.matched:
        return f"{why.rule} does match this article: {why.because}"
    lines = [f"{why.rule} does not match: {why.because}"]
    if why.clause:
        lines.append(f"  in the clause {why.clause}")
    lines += [f"  found {span.quote!r} in {span.field} at {span.start}" for span in why.found[:_SHOWN]]
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class _Failure:
    node: Node
    because: str
    found: tuple[Hit, ...] = ()


class _Failing:
    """Goes down a condition that does not hold to the clause that is to blame."""

    def __init__(self, rule_view: RuleView) -> None:
        self._rule_view = rule_view

    def first(self, node: Node, part: Part, view: View | None = None) -> _Failure:
        view = view or self._rule_view
        match node, part:
            case Leaf(), Terms():
                return self._leaf(node, part, view)
            case All(), AllOf(parts):
                pairs = zip(node.parts, parts, strict=True)
                return next(self.first(n, p, view) for n, p in pairs if p.find(view) is None)
            case Near(), Close():
                return self._near(node, part, view)
            case Not(), _:
                hits = tuple(part.part.find(view) or ()) if hasattr(part, "part") else ()
                return _Failure(node, "what must not be there is there", hits)
            case Scoped(part=inner), InField():
                return self.first(inner, part.part, part.narrowed(view))
            case _:
                return self._several(node, part, view)

    def _leaf(self, leaf: Leaf, terms: Terms, view: View) -> _Failure:
        aside = tuple(self._rule_view.all_hits(terms))
        if view.hits(terms):
            return _Failure(leaf, "it holds", tuple(view.hits(terms)))
        if not aside:
            labels = ", ".join(term.label for term in leaf.terms[:_SHOWN])
            more = f" … ({len(leaf.terms)} terms)" if len(leaf.terms) > _SHOWN else ""
            return _Failure(leaf, f"none of its terms is there: {labels}{more}")
        if self._rule_view.hits(terms):
            return _Failure(leaf, "its terms are there, but not in this field", aside)
        return _Failure(leaf, "its terms are there, but except: or unless_near: sets them aside", aside)

    def _near(self, node: Near, part: Close, view: View) -> _Failure:
        for inner, side in ((node.left, part.left), (node.right, part.right)):
            if not joined_hits(side, view):
                return self.first(inner, side, view)
        left, right = joined_hits(part.left, view), joined_hits(part.right, view)
        found = tuple(sorted({*left, *right}, key=lambda hit: (hit.start, hit.end)))
        nearest = self._nearest(left, right, part.ordered)
        if nearest is None:
            order = " in this order" if part.ordered else ""
            return _Failure(node, f"both sides are there, but never in one paragraph{order}", found)
        return _Failure(node, f"both sides are there, but {nearest:g} words apart at the nearest", found)

    def _nearest(self, left: list[Hit], right: list[Hit], ordered: bool) -> float | None:
        haystack = self._rule_view.haystack
        distances = []
        for a in left:
            for b in right:
                first, second = (a, b) if a.start <= b.start or ordered else (b, a)
                same = haystack.segment(first.start) == haystack.segment(second.start)
                if same and first.end <= second.start:
                    distances.append(haystack.words_between(first.end, second.start))
        return min(distances, default=None)

    def _several(self, node: Node, part: Part, view: View) -> _Failure:
        found = tuple(hit for leaf in _leaves(part) for hit in self._rule_view.all_hits(leaf))
        match node, part:
            case Within(unit=unit), InUnit():
                if part.part.find(view) is None:
                    return self.first(node.part, part.part, view)
                return _Failure(
                    node, f"its terms are there, but no single {unit} holds what it asks for", found
                )
            case Score(), Weighed():
                return _Failure(node, f"the score is {part.total(view):g} of {part.threshold:g}", found)
            case _, OneOf(count, parts):
                return self._too_few(node, count, parts, view, found)
            case _:
                return _Failure(node, "it does not hold", found)

    def _too_few(
        self, node: Node, count: int, parts: tuple[Part, ...], view: View, found: tuple[Hit, ...]
    ) -> _Failure:
        if not found:
            return _Failure(node, "none of its terms is there")
        failures = [
            self.first(child, one, view).because
            for child, one in zip(children(node), parts, strict=True)
            if one.find(view) is None
        ]
        held = len(parts) - len(failures)
        because = "; ".join(dict.fromkeys(failures))
        return _Failure(node, f"{held} of {len(parts)} hold, {count} must: {because}", found)


def _leaves(part: Part) -> list[Terms]:
    found, waiting = [], [part]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, Terms):
            found.append(one)
        elif isinstance(one, Close):
            waiting += [one.left, one.right]
        elif isinstance(one, AllOf | OneOf):
            waiting += one.parts
        elif isinstance(one, Weighed):
            waiting += [inner for inner, _ in one.weights]
        else:
            waiting.append(one.part)
    return found


def _spans(view: RuleView, hits: tuple[Hit, ...] | list[Hit]) -> tuple[Span, ...]:
    places = dict.fromkeys((one.start, one.end) for hit in hits for one in hit.simple())
    return tuple(view.haystack.span(start, end) for start, end in places)
