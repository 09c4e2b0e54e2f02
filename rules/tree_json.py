"""A rule's deciding parts as JSON: its version hash, and what explanations print."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from rules.condition import All, AnyOf, AtLeast, Leaf, Near, Node, Not, Scoped, Score, Within
from rules.rule import Rule
from rules.terms import Term


def tree_to_json(node: Node) -> list[Any]:
    """Return a condition as nested lists that begin with the operator."""
    match node:
        case Leaf(name, terms):
            return ["term", name, [term_to_json(term) for term in terms]]
        case All(parts):
            return ["and", *map(tree_to_json, parts)]
        case AnyOf(parts):
            return ["or", *map(tree_to_json, parts)]
        case Not(part):
            return ["not", tree_to_json(part)]
        case Near(left, right, words, ordered):
            return ["before" if ordered else "near", words, tree_to_json(left), tree_to_json(right)]
        case Within(part, unit):
            return ["in", unit, tree_to_json(part)]
        case AtLeast(count, parts):
            return ["of", count, *map(tree_to_json, parts)]
        case Scoped(field, part):
            return ["field", field, tree_to_json(part)]
        case Score(threshold, weights):
            return ["score", threshold, *([weight, tree_to_json(part)] for part, weight in weights)]
        case _:
            return ["word", node.text]


def term_to_json(term: Term) -> list[Any]:
    """Return a term as a list: label, then what is not the default."""
    form: list[Any] = [term.label]
    if term.operator != "word":
        form.append(term.operator)
    if term.exact:
        form.append("exact")
    return form


def version_of(rule: Rule) -> str:
    """Return the hash (16 hex digits) of everything in a rule that decides a match or its severity."""
    deciding = [
        rule.id,
        rule.severity.label,
        tree_to_json(rule.when),
        [term_to_json(term) for term in rule.exceptions],
        [[[term_to_json(term) for term in u.terms], u.words, list(u.groups)] for u in rule.unless_near],
        sorted(rule.fields.items()),
        list(rule.events),
        rule.kind,
        sorted(
            (claim.value, severity.label if severity else "none") for claim, severity in rule.claims.items()
        ),
        rule.until.isoformat() if rule.until else None,
        rule.status == "retired",
    ]
    text = json.dumps(deciding, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
