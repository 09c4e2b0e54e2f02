"""Conditions: the one line that says which terms must stand where.

``party NEAR/15 act OR (party AND court AND act IN sentence)`` becomes a tree of
the nodes below.  Two words side by side without an operator are an error:
engines differ on what that means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Literal

from lark import Lark, Token, Transformer, UnexpectedInput, v_args

from rules.terms import Term

Field = Literal["title", "subtitle", "body", "caption", "comment"]
Unit = Literal["sentence", "paragraph", "post"]

#: Longest condition, in code points, and deepest nesting.
MAX_LENGTH = 100_000
MAX_DEPTH = 40


@dataclass(frozen=True, slots=True)
class Word:
    """A name or literal not yet looked up; ``column`` counts from 1 in the condition."""

    text: str
    quoted: bool
    column: int
    regex: bool = False


@dataclass(frozen=True, slots=True)
class Leaf:
    """A term group (or a literal written in the condition): any one of its terms."""

    name: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold anywhere in what is looked at."""

    part: Node


@dataclass(frozen=True, slots=True)
class Near:
    """Fewer than ``words`` words between the nearest edges; ``ordered``: left stands first."""

    left: Node
    right: Node
    words: int
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Within:
    """The part holds inside one sentence, paragraph or post."""

    part: Node
    unit: Unit


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least ``count`` of the parts hold."""

    count: int
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Scoped:
    """The part holds in one field of the article."""

    field: Field
    part: Node


@dataclass(frozen=True, slots=True)
class Score:
    """The weights of the parts that are there add up to ``threshold``; each part counts once."""

    threshold: float
    weights: tuple[tuple[Node, float], ...]


Node = Word | Leaf | All | AnyOf | Not | Near | Within | AtLeast | Scoped | Score


@dataclass(frozen=True, slots=True)
class Condition:
    """A parsed condition; ``exceptions`` are the terms after EXCEPT."""

    root: Node
    exceptions: tuple[Word, ...] = ()


class ConditionError(ValueError):
    """A condition does not parse; ``column`` counts from 1, ``hint`` says what to write."""

    def __init__(self, problem: str, column: int, hint: str = "") -> None:
        super().__init__(problem)
        self.column = column
        self.hint = hint


@lru_cache(maxsize=4096)
def parse(text: str) -> Condition:
    """Return the tree of a condition.

    Raises:
        ConditionError: It does not parse, is too long or too deep.
    """
    if len(text) > MAX_LENGTH:
        raise ConditionError(f"longer than {MAX_LENGTH} characters", 1, "move words into term groups")
    if not text.strip():
        raise ConditionError("the condition is empty", 1)
    _check_parentheses(text)
    try:
        parsed = _parser().parse(text)
    except UnexpectedInput as error:
        raise _explained(text, error) from None
    assert isinstance(parsed, Condition)  # noqa: S101  (the transformer's start rule)
    if depth(parsed.root) > MAX_DEPTH:
        raise ConditionError(f"nested deeper than {MAX_DEPTH} levels", 1)
    return parsed


def children(node: Node) -> tuple[Node, ...]:
    """Return the nodes directly below a node."""
    match node:
        case All(parts) | AnyOf(parts) | AtLeast(parts=parts):
            return parts
        case Not(part) | Within(part=part) | Scoped(part=part):
            return (part,)
        case Near(left, right):
            return (left, right)
        case Score(weights=weights):
            return tuple(part for part, _ in weights)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and everything below it."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(children(node))


def depth(node: Node) -> int:
    """Return how many nodes stand above each other, counted without recursion."""
    deepest, waiting = 0, [(node, 1)]
    while waiting:
        node, level = waiting.pop()
        deepest = max(deepest, level)
        waiting += ((child, level + 1) for child in children(node))
    return deepest


def _check_parentheses(text: str) -> None:
    level = 0
    opened: list[int] = []
    quoted = False
    for place, char in enumerate(text, start=1):
        if char in '"“”„‟«»':
            quoted = not quoted
        elif quoted:
            continue
        elif char == "(":
            opened.append(place)
            level = max(level, len(opened))
        elif char == ")":
            if not opened:
                raise ConditionError("a ) that nothing opens", place)
            opened.pop()
    if quoted:
        raise ConditionError("a quotation mark is not closed", _last_quote(text))
    if opened:
        raise ConditionError("a ( is not closed", opened[-1])
    if level > MAX_DEPTH:
        raise ConditionError(f"nested deeper than {MAX_DEPTH} levels", 1)


def _last_quote(text: str) -> int:
    return max(text.rfind(mark) for mark in '"“”„‟«»') + 1


_OPERATOR = re.compile(r"AND|OR|NOT|(NEAR|BEFORE)/\d+")
_LOWER_CASE = frozenset({"and", "or", "not", "near", "before", "in", "of", "except", "score"})


def _explained(text: str, error: UnexpectedInput) -> ConditionError:
    column = error.pos_in_stream or 0
    rest = text[column:]
    found = re.match(r'"[^"]*"|[^\s()",“”„«»]+|.', rest)
    word = found.group() if found else ""
    before = re.search(r"[^\s()]+$", text[:column].rstrip())
    previous = before.group() if before else ""
    if not rest.strip() or getattr(error, "token", None) == Token("$END", ""):
        return ConditionError(
            "the condition ends too early", len(text), f"something must follow {previous!r}"
        )
    for lower in (word, previous):
        if lower in _LOWER_CASE:
            return ConditionError(
                f"{lower!r} stands where an operator is expected",
                column + 1,
                f"operators are written {lower.upper()}",
            )
    if re.match(r"(NEAR|BEFORE)\b", word):
        return ConditionError(f"{word!r} needs a number of words", column + 1, "write NEAR/15")
    if previous.endswith(":"):
        begins = len(text[:column].rstrip()) - len(previous) + 1
        return ConditionError(
            f"no field named {previous!r}", begins, "fields are title: subtitle: body: caption: comment:"
        )
    if word == "IN" or "IN" in text[:column].split()[-2:]:
        return ConditionError(
            "IN sentence, IN paragraph or IN post is expected",
            column + 1,
            "after it, put the whole in parentheses",
        )
    if previous and word not in (")", ",") and not _OPERATOR.fullmatch(previous):
        return ConditionError(
            f"{previous!r} and {word!r} stand side by side",
            column + 1,
            'put AND, OR or NEAR/15 between them, or quotes around a phrase: "…"',
        )
    return ConditionError(f"{word!r} is not expected here", column + 1)


@v_args(inline=True)
class _Trees(Transformer[Token, Any]):
    """Builds nodes bottom-up while parsing."""

    def start(self, root: Node, _: Token | None = None, exceptions: tuple[Word, ...] = ()) -> Condition:
        return Condition(root, exceptions)

    def any_of(self, *parts: Node | Token) -> Node:
        return _joined(AnyOf, parts)

    def all_of(self, *parts: Node | Token) -> Node:
        return _joined(All, parts)

    def and_not(self, _: Token, part: Node) -> Node:
        return Not(part)

    negation = and_not

    def within(self, part: Node, *rest: Token) -> Node:
        return Within(part, str(rest[1])) if rest else part  # type: ignore[arg-type]  # one of the three the grammar knows

    def proximity(self, *parts: Node | Token) -> Node:
        operators = [part.partition("/") for part in parts if isinstance(part, Token)]
        node, *others = [part for part in parts if not isinstance(part, Token)]
        for (name, _, words), right in zip(operators, others, strict=True):
            node = Near(node, right, int(words[:6]), ordered=name == "BEFORE")
        return node

    def at_least(self, count: Token, _: Token, *parts: Node) -> Node:
        return AtLeast(int(count[:6]), tuple(parts))

    def at_least_of(self, count: Token, _: Token, word: Word) -> Node:
        return AtLeast(int(count[:6]), (word,))

    def score(self, threshold: Token, *weights: tuple[Node, float]) -> Node:
        return Score(float(threshold.partition(">=")[2]), tuple(weights))

    def weighted(self, part: Node, weight: Token | None = None) -> tuple[Node, float]:
        return part, float(weight.lstrip("^")) if weight is not None else 1.0

    def scoped(self, field: Token, part: Node) -> Node:
        return Scoped(str(field).rstrip(":"), part)  # type: ignore[arg-type]  # one of the five the grammar knows

    def list(self, *words: Word | Token) -> tuple[Word, ...]:
        return tuple(word for word in words if isinstance(word, Word))

    def word(self, token: Token) -> Word:
        text = str(token) if token.type == "WORD" else str(token)[1:-1]
        return Word(text, token.type == "QUOTED", token.column or 1, regex=token.type == "REGEX")


def _joined(kind: type[All | AnyOf], parts: tuple[Node | Token, ...]) -> Node:
    nodes = tuple(part for part in parts if not isinstance(part, Token))
    return nodes[0] if len(nodes) == 1 else kind(nodes)


@cache
def _parser() -> Lark:
    grammar = resources.files("rules").joinpath("condition.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", transformer=_Trees(), maybe_placeholders=False)
