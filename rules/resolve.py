"""Names in a condition become the terms they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rules.condition import (
    All,
    AnyOf,
    AtLeast,
    ConditionError,
    Leaf,
    Near,
    Node,
    Not,
    Scoped,
    Score,
    Within,
    Word,
    children,
    walk,
)
from rules.regex import check_regex
from rules.terms import Lists, Term, UnknownListError, did_you_mean, expand, read_term

Groups = Mapping[str, tuple[Term, ...]]


def resolve(node: Node, groups: Groups, lists: Lists, *, words_are_literals: bool) -> Node:
    """Return the tree with every word looked up.

    Args:
        node: A parsed condition.
        groups: The rule's term groups.
        lists: The lists behind ``@names``.
        words_are_literals: Whether a bare word that names no group is looked
            for as it stands (``query:``) or is a mistake (``when:``).

    Raises:
        ConditionError: A name is unknown, or an operator is given what it cannot take.
    """
    names = _Names(groups, lists, words_are_literals)
    resolved = names.resolve(node)
    _check(resolved)
    if not must_find(resolved):
        raise ConditionError("nothing must be found: the condition only says what must not be there", 1)
    return resolved


class _Names:
    def __init__(self, groups: Groups, lists: Lists, words_are_literals: bool) -> None:
        self._groups = groups
        self._lists = lists
        self._literals = words_are_literals

    def resolve(self, node: Node) -> Node:
        match node:
            case Word():
                return self.leaf(node)
            case All(parts) | AnyOf(parts):
                return replace(node, parts=tuple(self.resolve(part) for part in parts))
            case AtLeast(count, parts):
                return self._at_least(count, parts)
            case Not(part) | Within(part=part) | Scoped(part=part):
                return replace(node, part=self.resolve(part))
            case Near(left, right):
                return replace(node, left=self.resolve(left), right=self.resolve(right))
            case Score(threshold, weights):
                return Score(threshold, tuple((self.resolve(part), weight) for part, weight in weights))
            case _:
                return node

    def leaf(self, word: Word) -> Leaf:
        text = word.text
        if word.regex:
            problem = check_regex(text)
            if problem:
                raise ConditionError(problem, word.column)
            return Leaf(f"/{text}/", (Term(text, operator="regex"),))
        try:
            if not word.quoted and text in self._groups:
                return Leaf(text, self._groups[text])
            if not word.quoted and text.startswith("@"):
                return Leaf(text, expand(text[1:], self._lists))
            if word.quoted or self._literals or text.endswith("*") or text.startswith("*"):
                return Leaf(text, (read_term(text),))
        except UnknownListError as error:
            raise ConditionError(str(error), word.column, error.hint) from None
        except ValueError as error:
            raise ConditionError(str(error), word.column) from None
        hint = did_you_mean(text, self._groups)
        quote = f'to look for the word itself, put it in quotes: "{text}"'
        raise ConditionError(
            f"no term group named {text!r}", word.column, f"{hint}; {quote}" if hint else quote
        )

    def _at_least(self, count: int, parts: tuple[Node, ...]) -> Node:
        resolved = tuple(self.resolve(part) for part in parts)
        if len(resolved) == 1 and isinstance(resolved[0], Leaf):
            leaf = resolved[0]
            resolved = tuple(Leaf(leaf.name, (term,)) for term in leaf.terms)
        if not 1 <= count <= len(resolved):
            column = next((part.column for part in parts if isinstance(part, Word)), 1)
            raise ConditionError(f"{count} OF {len(resolved)} can never hold", column)
        return AtLeast(count, resolved)


def _check(root: Node) -> None:
    for node in walk(root):
        if isinstance(node, Near) and not all(_has_places(side) for side in children(node)):
            raise ConditionError(
                "NEAR and BEFORE take terms, (a OR b), or another NEAR",
                1,
                "use IN sentence to keep several things together",
            )


def _has_places(node: Node) -> bool:
    match node:
        case Leaf():
            return True
        case AnyOf(parts):
            return all(_has_places(part) for part in parts)
        case Near(left, right):
            return _has_places(left) and _has_places(right)
        case _:
            return False


def must_find(node: Node) -> bool:
    """Tell whether the node needs some term to be there."""
    match node:
        case Leaf():
            return True
        case All(parts):
            return any(must_find(part) for part in parts)
        case AnyOf(parts):
            return all(must_find(part) for part in parts)
        case AtLeast(count, parts):
            return sum(must_find(part) for part in parts) > len(parts) - count
        case Near():
            return True
        case Within(part=part) | Scoped(part=part):
            return must_find(part)
        case Score(threshold):
            return threshold > 0
        case _:
            return False
