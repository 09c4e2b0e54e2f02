"""What a check finds: one thing about one rule that its author probably did not mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rules.condition import Leaf, walk
from rules.rule import Rule
from rules.terms import Term
from state.errors import Place


@dataclass(frozen=True, slots=True)
class Issue:
    """``check`` is the stable name of what was looked for; ``hint`` says what to write instead."""

    check: str
    rule: str
    place: Place
    problem: str
    hint: str = ""

    def __str__(self) -> str:
        hint = f"\n  hint: {self.hint}" if self.hint else ""
        return f"{self.place}: {self.rule}: {self.problem} [{self.check}]{hint}"


def groups_of(rule: Rule) -> Iterator[tuple[str, tuple[Term, ...]]]:
    """Yield each term group of a rule once, literals of its condition included."""
    groups = dict(rule.terms)
    for node in walk(rule.when):
        if isinstance(node, Leaf):
            groups.setdefault(node.name, node.terms)
    yield from groups.items()
