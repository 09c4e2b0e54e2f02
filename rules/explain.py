"""Why a rule matched an article."""

from __future__ import annotations

from dataclasses import dataclass

from rules.compile import ENGINE_VERSION, Ruleset
from rules.condition import Leaf, walk
from rules.needles import needles
from rules.rule import Rule
from rules.terms import Term
from rules.wording import as_when
from state.article import Article, text_at
from state.errors import Place, RuleReferenceError
from state.records import Match, Span

#: Code points of the original shown on each side of a find.
CONTEXT = 60


@dataclass(frozen=True, slots=True)
class Found:
    """One find that took part: which group, which term of it, its place and the words around it."""

    group: str
    term: str
    span: Span
    macro: str = ""
    sense: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a rule matched.  ``reason`` is one line, such as ``"announced" near "ruling party"``."""

    rule: str
    rule_version: str
    title: str
    ruleset: str
    engine: str
    condition: str
    reason: str
    found: tuple[Found, ...]
    outside: str = ""
    score: float | None = None


def explain(match: Match, article: Article, ruleset: Ruleset) -> Explanation:
    """Return why a rule matched.

    Raises:
        RuleReferenceError: The rule set has no such rule.
    """
    rule = rule_named(match.rule, ruleset)
    return Explanation(
        rule=match.rule,
        rule_version=match.rule_version,
        title=rule.title,
        ruleset=ruleset.hash,
        engine=ENGINE_VERSION,
        condition=as_when(rule.when),
        reason=match.explanation.get("reason", ""),
        found=tuple(_found(article, rule, one) for one in match.explanation.get("found", ())),
        outside=match.outside,
        score=match.score,
    )


def as_text(explanation: Explanation) -> str:
    """Return an explanation as lines for a terminal, the found words between ``[`` and ``]``."""
    lines = [
        f"{explanation.rule} ({explanation.title}), version {explanation.rule_version}",
        f"  because {explanation.reason}",
        f"  asks for {explanation.condition}",
    ]
    if explanation.outside:
        lines.append("  found only with the help of readers' comments")
    if explanation.score is not None:
        lines.append(f"  score {explanation.score:g}")
    for found in explanation.found:
        sense = f" = {found.sense}" if found.sense else ""
        origin = f" from @{found.macro}" if found.macro else ""
        lines.append(
            f"  {found.group}: {found.term}{sense}{origin}, {found.span.field} at {found.span.start}"
        )
        lines.append(f"    …{found.before}[{found.span.quote}]{found.after}…")
    return "\n".join(lines)


def rule_named(id_: str, ruleset: Ruleset) -> Rule:
    """Return a rule by id, or by an id it had before.

    Raises:
        RuleReferenceError: There is none.
    """
    rule = ruleset.rules.get(id_) or next((one for one in ruleset.rules.values() if id_ in one.was), None)
    if rule is None:
        raise RuleReferenceError(Place("rules"), f"no rule has the id {id_!r}", hint="tocsin rules list")
    return rule


def _found(article: Article, rule: Rule, one: dict[str, object]) -> Found:
    field, start, end = str(one["field"]), int(str(one["start"])), int(str(one["end"]))
    text = text_at(article, field)
    term = _term(rule, str(one["group"]), str(one["sought"]))
    return Found(
        group=str(one["group"]),
        term=term.label if term else str(one["sought"]),
        span=Span(field, start, end, text[start:end]),
        macro=term.macro if term else "",
        sense=term.sense if term else "",
        before=text[max(0, start - CONTEXT) : start],
        after=text[end : end + CONTEXT],
    )


def _term(rule: Rule, group: str, sought: str) -> Term | None:
    """Return the term a needle came from."""
    for leaf in walk(rule.when):
        if isinstance(leaf, Leaf) and leaf.name == group:
            for term in leaf.terms:
                if term.operator == "regex" and not sought:
                    return term
                if term.operator != "regex" and any(
                    needle.text.strip() == sought for needle in needles(term)
                ):
                    return term
    return None
