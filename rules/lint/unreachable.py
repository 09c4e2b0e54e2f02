"""A clause that can never hold, or that adds nothing."""

from __future__ import annotations

from collections.abc import Iterator

from rules.condition import All, AnyOf, Near, Not, Scoped, walk
from rules.lint.issue import Issue
from rules.rule import Rule
from rules.wording import as_when


def check(rule: Rule) -> Iterator[Issue]:
    """Yield distances of zero, contradictions, doubled alternatives, and fields that do not count."""
    for node in walk(rule.when):
        problem = ""
        match node:
            case Near(words=0):
                problem = "never holds: fewer than 0 words between; NEAR/1 asks for neighbours"
            case All(parts):
                absent = [part.part for part in parts if isinstance(part, Not)]
                if any(part in absent for part in parts):
                    problem = "never holds: it asks for the same to be there and not to be there"
            case AnyOf(parts) if len(set(map(as_when, parts))) < len(parts):
                problem = "names the same alternative twice"
            case Scoped(field=field) if field != "comment" and not rule.fields.get(field, 1):
                problem = f"never holds: fields: gives {field} no weight"
            case _:
                continue
        if problem:
            yield Issue("unreachable", rule.id, rule.place, f"{as_when(node)} {problem}")
