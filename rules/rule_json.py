"""A rule as JSON and back, whole: what a cache of compiled rules keeps.

Term groups are often the same in many rules; they stand in a table beside the
rules and are named by their number there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, cast

from rules.condition import All, AnyOf, AtLeast, Field, Leaf, Near, Node, Not, Scoped, Score, Unit, Within
from rules.rule import Case, Expectation, Rule, Status, UnlessNear
from rules.terms import Operator, Term
from state.errors import Place
from state.records import Claim, Severity

Terms = tuple[Term, ...]

_TEXTS = ("id", "title", "written", "version", "description", "author", "kind")
_TUPLES = ("languages", "tags", "references", "false_positives", "events", "was")
_DAYS = ("date", "modified", "until")
_MAPPINGS = ("fields", "reviewed")


class TermTable:
    """Gives each distinct group of terms a number."""

    def __init__(self) -> None:
        self.rows: list[list[list[Any]]] = []
        self._numbers: dict[Terms, int] = {}

    def number(self, terms: Terms) -> int:
        """Return the number of a group, a new one for a new group."""
        known = self._numbers.get(terms)
        if known is None:
            known = self._numbers[terms] = len(self.rows)
            self.rows.append([_term_to_json(term) for term in terms])
        return known


def terms_from_json(row: list[list[Any]]) -> Terms:
    """Return a group of terms from a row of the table."""
    return tuple(
        Term(
            text, cast("Operator", operator), bool(flags & 1), bool(flags & 2), bool(flags & 4), macro, sense
        )
        for text, operator, flags, macro, sense in row
    )


def rule_to_json(rule: Rule, terms: TermTable) -> dict[str, Any]:
    """Return every field of a rule that is not what a rule has by default."""
    form: dict[str, Any] = {name: getattr(rule, name) for name in _TEXTS if getattr(rule, name)}
    form |= {name: list(getattr(rule, name)) for name in _TUPLES if getattr(rule, name)}
    form |= {name: getattr(rule, name).isoformat() for name in _DAYS if getattr(rule, name)}
    form |= {name: dict(getattr(rule, name)) for name in _MAPPINGS if getattr(rule, name)}
    form |= {
        "severity": rule.severity.label,
        "status": rule.status,
        "place": _place_to_json(rule.place),
        "when": _node_to_json(rule.when, terms),
        "terms": {name: terms.number(group) for name, group in rule.terms.items()},
    }
    if rule.exceptions:
        form["exceptions"] = terms.number(rule.exceptions)
    if rule.unless_near:
        form["unless_near"] = [[terms.number(u.terms), u.words, list(u.groups)] for u in rule.unless_near]
    if rule.claims:
        form["claims"] = {
            claim.value: severity.label if severity else None for claim, severity in rule.claims.items()
        }
    if rule.tests:
        form["tests"] = [_case_to_json(case) for case in rule.tests]
    return form | ({"slow": True} if rule.slow else {})


def rule_from_json(form: Mapping[str, Any], terms: Callable[[int], Terms]) -> Rule:
    """Return the rule of its JSON form; ``terms`` returns a group by its number."""
    fields: dict[str, Any] = {name: form[name] for name in (*_TEXTS, *_MAPPINGS) if name in form}
    fields |= {name: tuple(form[name]) for name in _TUPLES if name in form}
    fields |= {name: dt.date.fromisoformat(form[name]) for name in _DAYS if name in form}
    return Rule(
        **{"written": "", "title": "", **fields},
        severity=Severity.parse(form["severity"]),
        status=cast("Status", form["status"]),
        place=Place(*form["place"]),
        when=_node_from_json(form["when"], terms),
        terms={name: terms(number) for name, number in form["terms"].items()},
        exceptions=terms(form["exceptions"]) if "exceptions" in form else (),
        unless_near=tuple(
            UnlessNear(terms=terms(number), words=words, groups=tuple(groups))
            for number, words, groups in form.get("unless_near", ())
        ),
        claims={
            Claim(claim): Severity.parse(label) if label else None
            for claim, label in form.get("claims", {}).items()
        },
        tests=tuple(map(_case_from_json, form.get("tests", ()))),
        slow=form.get("slow", False),
    )


def _term_to_json(term: Term) -> list[Any]:
    flags = term.open_start | term.open_end << 1 | term.exact << 2
    return [term.text, term.operator, flags, term.macro, term.sense]


def _place_to_json(place: Place) -> list[Any]:
    return [place.path, place.line, place.column]


def _node_to_json(node: Node, terms: TermTable) -> list[Any]:
    match node:
        case Leaf(name, group):
            return ["t", name, terms.number(group)]
        case All(parts):
            return ["and", *(_node_to_json(part, terms) for part in parts)]
        case AnyOf(parts):
            return ["or", *(_node_to_json(part, terms) for part in parts)]
        case Not(part):
            return ["not", _node_to_json(part, terms)]
        case Near(left, right, words, ordered):
            return ["near", words, ordered, _node_to_json(left, terms), _node_to_json(right, terms)]
        case Within(part, unit):
            return ["in", unit, _node_to_json(part, terms)]
        case AtLeast(count, parts):
            return ["of", count, *(_node_to_json(part, terms) for part in parts)]
        case Scoped(field, part):
            return ["field", field, _node_to_json(part, terms)]
        case Score(threshold, weights):
            return ["score", threshold, *([_node_to_json(part, terms), weight] for part, weight in weights)]
        case _:
            raise AssertionError(f"{node} was not resolved")


def _node_from_json(form: list[Any], terms: Callable[[int], Terms]) -> Node:
    def node(inner: list[Any]) -> Node:
        return _node_from_json(inner, terms)

    match form:
        case ["t", name, number]:
            return Leaf(name, terms(number))
        case ["and", *parts]:
            return All(tuple(map(node, parts)))
        case ["or", *parts]:
            return AnyOf(tuple(map(node, parts)))
        case ["not", part]:
            return Not(node(part))
        case ["near", words, ordered, left, right]:
            return Near(node(left), node(right), words, ordered)
        case ["in", unit, part]:
            return Within(node(part), cast("Unit", unit))
        case ["of", count, *parts]:
            return AtLeast(count, tuple(map(node, parts)))
        case ["field", field, part]:
            return Scoped(cast("Field", field), node(part))
        case ["score", threshold, *weights]:
            return Score(threshold, tuple((node(part), weight) for part, weight in weights))
        case _:
            raise ValueError(f"no node: {form!r:.80}")


def _case_to_json(case: Case) -> list[Any]:
    return [
        case.expects,
        _place_to_json(case.place),
        [case.body, case.title, case.subtitle, case.captions, case.comments, case.language],
        case.published_at.isoformat() if case.published_at else None,
        case.spans,
        case.claim.value if case.claim else None,
        case.severity,
        case.note,
    ]


def _case_from_json(form: list[Any]) -> Case:
    expects, place, texts, at, spans, claim, severity, note = form
    body, title, subtitle, captions, comments, language = texts
    return Case(
        expects=cast("Expectation", expects),
        place=Place(*place),
        body=tuple(body),
        title=title,
        subtitle=subtitle,
        captions=tuple(captions),
        comments=tuple(comments),
        language=language,
        published_at=dt.datetime.fromisoformat(at) if at else None,
        spans=tuple(spans),
        claim=Claim(claim) if claim else None,
        severity=severity,
        note=note,
    )
