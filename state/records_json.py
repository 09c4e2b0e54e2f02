"""Spans, matches, events and assessments as JSON: one shape in the store, in exports and on the command line.

Strings of an event stand as published or are null; ``from`` is spelled so in
JSON and ``from_`` in Python, where the word is taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from state.records import Assessment, Claim, Event, Match, Severity, Span

_EVENT_FIELDS = tuple(field.name for field in fields(Event))


def span_to_json(span: Span) -> dict[str, Any]:
    """Return ``{"field", "start", "end", "quote"}``."""
    return {"field": span.field, "start": span.start, "end": span.end, "quote": span.quote}


def span_from_json(form: Mapping[str, Any]) -> Span:
    """Return the span of its JSON form."""
    return Span(form["field"], form["start"], form["end"], form["quote"])


def event_to_json(event: Event) -> dict[str, Any]:
    """Return every field of an event; unknown ones are null."""
    form = {name.rstrip("_"): getattr(event, name) for name in _EVENT_FIELDS}
    return form | {
        "claim": event.claim.value,
        "quote_at": span_to_json(event.quote_at),
        "pressure": list(event.pressure),
        "claim_words": list(event.claim_words),
    }


def event_from_json(form: Mapping[str, Any]) -> Event:
    """Return the event of its JSON form."""
    values = {name: form[name.rstrip("_")] for name in _EVENT_FIELDS if name.rstrip("_") in form}
    return Event(
        **values
        | {
            "claim": Claim(form["claim"]),
            "quote_at": span_from_json(form["quote_at"]),
            "pressure": tuple(form.get("pressure") or ()),
            "claim_words": tuple(form.get("claim_words") or ()),
        }
    )


def match_to_json(match: Match) -> dict[str, Any]:
    """Return every field of a match, severities and claims by their labels."""
    return {
        "rule": match.rule,
        "rule_version": match.rule_version,
        "kind": match.kind,
        "severity": match.severity.label,
        "spans": [span_to_json(span) for span in match.spans],
        "expects": list(match.expects),
        "claims": {
            claim.value: None if severity is None else severity.label
            for claim, severity in match.claims.items()
        },
        "outside": match.outside,
        "score": match.score,
        "languages": list(match.languages),
        "explanation": dict(match.explanation),
    }


def match_from_json(form: Mapping[str, Any]) -> Match:
    """Return the match of its JSON form."""
    return Match(
        rule=form["rule"],
        rule_version=form["rule_version"],
        kind=form["kind"],
        severity=Severity.parse(form["severity"]),
        spans=tuple(span_from_json(span) for span in form["spans"]),
        expects=tuple(form["expects"]),
        claims={
            Claim(claim): None if label is None else Severity.parse(label)
            for claim, label in form["claims"].items()
        },
        outside=form["outside"],
        score=form["score"],
        languages=tuple(form.get("languages", ())),
        explanation=form["explanation"],
    )


def assessment_to_json(assessment: Assessment) -> dict[str, Any]:
    """Return ``{"kind", "severity", "claim", "rules"}``: what would ring, and how loudly."""
    return {
        "kind": assessment.kind,
        "severity": assessment.severity.label,
        "claim": assessment.claim.value if assessment.claim else None,
        "rules": list(assessment.rules),
    }
