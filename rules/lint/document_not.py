"""A NOT over the whole article: one mention anywhere, even in a quotation, silences the rule."""

from __future__ import annotations

from collections.abc import Iterator

from rules.condition import Node, Not, Within, children
from rules.lint.issue import Issue
from rules.rule import Rule
from rules.wording import as_when


def check(rule: Rule) -> Iterator[Issue]:
    """Yield each NOT that is not kept inside a sentence, paragraph or post."""
    waiting: list[Node] = [rule.when]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Within):
            continue
        if isinstance(node, Not):
            yield Issue(
                "document-not",
                rule.id,
                rule.place,
                f"{as_when(node)} looks at the whole article: one mention anywhere silences the rule",
                "use except: (for parts of phrases), unless_near:, or (… AND NOT …) IN sentence",
            )
        waiting += children(node)
