"""Values of a rule file, each checked for its type, with every mistake kept and none thrown."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from rules.terms import did_you_mean
from rules.yaml12 import Mapping, Node, Scalar, Sequence, inside, place
from state.errors import Place, RuleError, RuleReferenceError, RuleSyntaxError

T = TypeVar("T")

_YES_NO = {"true": True, "yes": True, "false": False, "no": False}


class Reader:
    """Reads nodes of one file and gathers what is wrong with them."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.errors: list[RuleError] = []

    def place(self, node: Node) -> Place:
        """Return where a node begins."""
        return place(self.path, node)

    def fail(self, node: Node, problem: str, hint: str = "") -> None:
        """Note a mistake at a node."""
        self.errors.append(RuleSyntaxError(self.place(node), problem, hint=hint))

    def fail_inside(self, node: Scalar, column: int, problem: str, hint: str = "") -> None:
        """Note a mistake at a column (from 1) of a string's value."""
        self.errors.append(RuleSyntaxError(inside(self.path, node, column), problem, hint=hint))

    def missing(self, node: Node, problem: str, hint: str = "", column: int = 1) -> None:
        """Note that something is named that is not there."""
        where = inside(self.path, node, column) if isinstance(node, Scalar) else self.place(node)
        self.errors.append(RuleReferenceError(where, problem, hint=hint))

    def string(self, node: Node, what: str) -> str:
        """Return a string without white space at its ends."""
        if isinstance(node, Scalar):
            return node.value.strip()
        self.fail(node, f"{what} is one string", "put the text on one line or in quotes")
        return ""

    def scalars(self, node: Node, what: str) -> tuple[Scalar, ...]:
        """Return the strings of a list; a single string counts as a list of one."""
        if isinstance(node, Scalar):
            return (node,) if node.value.strip() else ()
        if isinstance(node, Sequence):
            for item in node.items:
                if not isinstance(item, Scalar):
                    self.fail(item, f"{what} is a list of strings")
            return tuple(item for item in node.items if isinstance(item, Scalar))
        self.fail(node, f"{what} is a list of strings", "begin each line with '- '")
        return ()

    def strings(self, node: Node, what: str) -> tuple[str, ...]:
        """Return the strings of a list, a single string as a list of one."""
        return tuple(item.value.strip() for item in self.scalars(node, what))

    def pairs(self, node: Node, what: str) -> tuple[tuple[Scalar, Node], ...]:
        """Return the keys and values of a mapping."""
        if isinstance(node, Mapping):
            return node.pairs
        self.fail(node, f"{what} is a set of 'key: value' lines")
        return ()

    def items(self, node: Node) -> tuple[Node, ...]:
        """Return the nodes of a list; anything else counts as a list of one."""
        return node.items if isinstance(node, Sequence) else (node,)

    def one_of(self, node: Node, what: str, choices: Iterable[str]) -> str | None:
        """Return one of the allowed words, or None."""
        choices = tuple(choices)
        value = self.string(node, what)
        if value in choices:
            return value
        if isinstance(node, Scalar):
            hint = did_you_mean(value, choices) or "use " + ", ".join(choices)
            self.fail(node, f"{value!r} is no {what}", hint)
        return None

    def convert(self, node: Node, what: str, make: Callable[[str], T], hint: str) -> T | None:
        """Return what ``make`` makes of a string; its ValueError becomes a mistake with ``hint``."""
        value = self.string(node, what)
        try:
            return make(value)
        except ValueError:
            if isinstance(node, Scalar):
                self.fail(node, f"{value!r} is no {what}", hint)
        return None

    def number(self, node: Node, what: str) -> float:
        """Return a decimal number."""
        return self.convert(node, what, _number, "write a number such as 5 or 0.5") or 0.0

    def date(self, node: Node, what: str) -> dt.date | None:
        """Return a calendar day."""
        return self.convert(node, what, dt.date.fromisoformat, "write it as 2017-11-16")

    def yes_no(self, node: Node, what: str) -> bool:
        """Return a truth value, written true or false, yes or no."""
        return _YES_NO.get(self.one_of(node, what, ("true", "false", "yes", "no")) or "", False)


def _number(text: str) -> float:
    if not re.fullmatch(r"[+-]?\d{1,9}(\.\d{1,9})?", text):
        raise ValueError(text)
    return float(text)
