"""A short literal in a script without spaces, which stands inside other words, and nothing beside it."""

from __future__ import annotations

from collections.abc import Iterator

from rules.condition import AnyOf, AtLeast, Leaf, Node, Scoped, Within, children
from rules.fold import comparable, is_mark, is_unspaced
from rules.lint.issue import Issue
from rules.rule import Rule
from rules.terms import Term
from state.records import Claim, Severity

_FEW = 6
_FEW_HAN = 2


def check(rule: Rule) -> Iterator[Issue]:
    """Yield literals of fewer than six letters (Han: two) that ring alone.

    Words from which an event must be drawn before anybody is woken do not ring alone.
    """
    if rule.events and (rule.claims.get(Claim.UNCLEAR, Severity.MEDIUM) or Severity.LOW) < Severity.MEDIUM:
        return
    for leaf in _alone(rule.when):
        for term in leaf.terms:
            if _is_short(term):
                yield Issue(
                    "short-unspaced",
                    rule.id,
                    rule.place,
                    f"{term.label!r} in {leaf.name!r} is so short that it stands inside other words, and rings alone",
                    "ask for a second term with NEAR or AND, or use a longer phrase",
                )


def _alone(node: Node) -> Iterator[Leaf]:
    if isinstance(node, Leaf):
        yield node
    elif isinstance(node, AnyOf | Within | Scoped) or (isinstance(node, AtLeast) and node.count == 1):
        for child in children(node):
            yield from _alone(child)


def _is_short(term: Term) -> bool:
    text = comparable(term.text) if term.operator != "regex" else ""
    letters = [char for char in text if is_unspaced(char) and not is_mark(char)]
    if not letters or any(not is_unspaced(char) for char in text):
        return False
    han = all(char >= "\u2e80" for char in letters)
    return len(letters) < (_FEW_HAN if han else _FEW)
