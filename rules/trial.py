"""A rule's own cases, tried: what it must match, must not match, and what its author knows it gets wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from rules.compile import Ruleset
from rules.match import match
from rules.rule import UNTOLD, Case, Rule
from state.article import Article, Caption, Comment, Section
from state.records import Match, Severity

Outcome = Literal["passed", "failed", "todo", "todo_done"]


@dataclass(frozen=True, slots=True)
class TrialResult:
    """How one case went.

    ``todo`` is a known mistake that is still one, ``todo_done`` one that is no
    longer: the case can become a test.  Neither fails.
    """

    rule: str
    case: Case
    outcome: Outcome
    problem: str = ""


def run_tests(ruleset: Ruleset, only: Collection[str] | None = None) -> list[TrialResult]:
    """Return how each case of each rule went, in the order of rule ids.

    Args:
        ruleset: The rules; a case is tried against its own rule among all of them.
        only: Ids of the rules to try; None: all.
    """
    return [
        try_case(rule, case, ruleset)
        for id_, rule in sorted(ruleset.rules.items())
        if (only is None or id_ in only) and rule.status != "retired"
        for case in rule.tests
    ]


def try_case(rule: Rule, case: Case, ruleset: Ruleset) -> TrialResult:
    """Return how one case of a rule goes."""
    article = article_of(case)
    found = match(article, ruleset)
    own = next((one for one in found if one.rule == rule.id), None)
    wanted = case.expects in ("match", "todo_match")
    problem = _difference(case, article, own, wanted)
    if case.expects.startswith("todo_"):
        return TrialResult(rule.id, case, "todo" if problem else "todo_done", problem)
    return TrialResult(rule.id, case, "failed" if problem else "passed", problem)


def article_of(case: Case) -> Article:
    """Return the text of a case as an article."""
    return Article(
        title=case.title,
        subtitle=case.subtitle,
        language=case.language,
        published_at=case.published_at,
        sections=(Section(None, case.body),),
        captions=tuple(Caption(text) for text in case.captions),
        comments=tuple(Comment(text=text) for text in case.comments),
    )


def unproven(ruleset: Ruleset, results: Iterable[TrialResult]) -> list[str]:
    """Return the ids of rules at severity high or above that have no case, or one that failed.

    Such a rule must not replace a working one.
    """
    failed = {result.rule for result in results if result.outcome == "failed"}
    return [
        id_
        for id_, rule in sorted(ruleset.rules.items())
        if rule.severity >= Severity.HIGH
        and rule.status != "retired"
        and (id_ in failed or not any(not case.expects.startswith("todo_") for case in rule.tests))
    ]


def _difference(case: Case, article: Article, own: Match | None, wanted: bool) -> str:
    """Return what is not as the case says, or an empty string."""
    if own is None:
        return "does not match" if wanted else ""
    quotes = [span.quote for span in own.spans]
    if not wanted:
        return "matches: " + ", ".join(quotes)
    for quote in case.spans:
        if quote not in quotes:
            return f"{quote!r} is not among the words that matched: {', '.join(quotes)}"
    if case.claim is None and case.severity is None:
        return ""
    return _assessed_difference(case, article, own)


def _assessed_difference(case: Case, article: Article, own: Match) -> str:
    # Only cases that name a claim or severity need the machinery that reads events.
    from rules.assess import assess
    from rules.events import extract

    assessments = assess(article, [own], extract(article, [own]))
    claims = [one.claim.value for one in assessments if one.claim is not None]
    severities = [one.severity.label for one in assessments] or [UNTOLD]
    if case.claim is not None and case.claim.value not in claims:
        return f"the claim is {', '.join(claims) or 'none'}, not {case.claim.value}"
    if case.severity is not None and case.severity not in severities:
        return f"the severity is {', '.join(severities)}, not {case.severity}"
    return ""
