"""Regular expressions of rules: checked, and the literals without which they cannot match.

They are run by RE2, in linear time, over folded text: lower case, digits 0–9,
one space for any run of punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol, cast

import re2

#: Longest expression, in code points, and how much memory its automaton may take, in bytes.
MAX_LENGTH = 1000
MAX_MEMORY = 1 << 20
#: Shortest literal that finds candidates.
MIN_LITERAL = 3


class Found(Protocol):
    """One match of an expression."""

    def span(self) -> tuple[int, int]:
        """Return start and end in code points."""


class Expression(Protocol):
    """What RE2 offers of an expression that we use."""

    def search(self, text: str) -> Found | None:
        """Return the first match."""

    def finditer(self, text: str) -> Iterator[Found]:
        """Yield the matches that do not overlap, from left to right."""


@lru_cache(maxsize=8192)
def compiled(pattern: str) -> Expression:
    """Return the RE2 object of an expression.

    Raises:
        ValueError: RE2 refuses it (look-around, back-references, size).
    """
    options = re2.Options()
    options.case_sensitive = False
    options.max_mem = MAX_MEMORY
    options.log_errors = False
    try:
        return cast("Expression", re2.compile(pattern, options=options))
    except re2.error as error:
        reason = error.args[0].decode() if isinstance(error.args[0], bytes) else str(error)
        raise ValueError(reason) from None


def check_regex(pattern: str) -> str:
    """Return what is wrong with an expression, or an empty string."""
    if len(pattern) > MAX_LENGTH:
        return f"the expression is longer than {MAX_LENGTH} characters"
    try:
        expression = compiled(pattern)
    except ValueError as error:
        return f"the expression is refused: {error}"
    if expression.search("") is not None:
        return "the expression matches nothing at all as well as something"
    return ""


def required_literals(pattern: str) -> frozenset[str]:
    """Return literals of which every match contains at least one; empty if none is certain.

    What this reading does not know for sure counts as no literal.
    """
    try:
        best = _Alternation(pattern).read()
    except _UnknownSyntaxError:
        return frozenset()
    return best if best and min(map(len, best)) >= MIN_LITERAL else frozenset()


class _UnknownSyntaxError(Exception):
    pass


_TOKEN = re.compile(
    r"(?P<group>\((?:\?(?:P?<[A-Za-z_]\w*>|:))?)|(?P<close>\))|(?P<bar>\|)"
    r"|(?P<repeat>[*+?]\??|\{\d+(?:,\d*)?\}\??)|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])"
    r"|(?P<escape>\\[dswDSWbB])|(?P<quoted>\\[^A-Za-z0-9])|(?P<any>[.^$])|(?P<literal>[^\\(){}\[\]*+?|.^$])",
    re.DOTALL,
)
_MAX_BRANCHES = 64
_MAX_DEPTH = 20


class _Alternation:
    """Reads an expression from left to right and keeps the best literals of each branch."""

    def __init__(self, pattern: str) -> None:
        self._tokens: list[tuple[str, str]] = []
        place = 0
        while place < len(pattern):
            match = _TOKEN.match(pattern, place)
            if match is None:
                raise _UnknownSyntaxError
            self._tokens.append((match.lastgroup or "", match.group()))
            place = match.end()
        self._next = 0

    def read(self, depth: int = 0) -> frozenset[str]:
        """Return the best literals of the alternatives up to the closing parenthesis or the end."""
        if depth > _MAX_DEPTH:
            raise _UnknownSyntaxError
        branches = [self._branch(depth)]
        while self._peek() == "bar":
            self._next += 1
            branches.append(self._branch(depth))
        if not all(branches) or len(branches) > _MAX_BRANCHES:
            return frozenset()
        return frozenset().union(*branches)

    def _peek(self) -> str:
        return self._tokens[self._next][0] if self._next < len(self._tokens) else "end"

    def _branch(self, depth: int) -> frozenset[str]:
        found: list[frozenset[str]] = []
        run = ""
        while self._peek() not in ("bar", "close", "end"):
            kind, text = self._tokens[self._next]
            self._next += 1
            if kind == "repeat":
                raise _UnknownSyntaxError
            inner: frozenset[str] = frozenset()
            if kind == "group":
                inner = self.read(depth + 1)
                if self._peek() != "close":
                    raise _UnknownSyntaxError
                self._next += 1
            optional, repeated = self._repeat()
            if kind == "literal" and not repeated:
                run += text.lower()
                continue
            found.append(frozenset({run}))
            run = text.lower() if kind == "literal" and not optional else ""
            if inner and not optional:
                found.append(inner)
        found.append(frozenset({run}))
        return max((each for each in found if all(each)), key=_worth, default=frozenset())

    def _repeat(self) -> tuple[bool, bool]:
        """Return whether what was read may be absent, and whether it is repeated at all."""
        if self._peek() != "repeat":
            return False, False
        text = self._tokens[self._next][1]
        self._next += 1
        if self._peek() == "repeat":
            raise _UnknownSyntaxError
        return text[0] in "*?" or text.startswith("{0"), True


def _worth(literals: frozenset[str]) -> tuple[int, int]:
    return min(map(len, literals)), -len(literals)
