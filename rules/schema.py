"""A rule file as rules: every key known, every mistake with its file, line, column and remedy.

A document of the file is one rule, or has a list of rules under ``rules:``.  A
rule with a mistake is left out; the others are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, cast, get_args

from rules.cases import read_cases
from rules.condition import All, ConditionError, Field, Leaf, Score, parse
from rules.condition import Node as Tree
from rules.reading import Reader
from rules.resolve import resolve
from rules.rule import DEFAULT_FIELDS, Rule, Status
from rules.term_reading import read_groups, read_terms, read_unless_near
from rules.terms import Lists, Term, did_you_mean
from rules.tree_json import version_of
from rules.yaml12 import Mapping, Node, Scalar, documents
from state.errors import Place, RuleError, RuleSyntaxError
from state.records import Claim, Severity

EVENT_KINDS = ("defection", "dissolution")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_ELSEWHERE = {
    "notify": "who hears of it is decided by routes in the configuration",
    "correlate": "counting articles over time is not part of a rule",
    "status_severity": "use claims: {denied: low, …}",
    "label": "in a test, use claim:",
    "level": "did you mean severity?",
    "falsepositives": "did you mean false_positives?",
    "condition": "did you mean when?",
    "name": "did you mean id, or title?",
}


@dataclass(frozen=True, slots=True)
class RuleFile:
    """What one file holds: its rules, and what is wrong with it."""

    rules: tuple[Rule, ...]
    errors: tuple[RuleError, ...]


def read_rules(path: str, data: bytes, lists: Lists) -> RuleFile:
    """Return the rules of one file, without those that have a mistake.

    Args:
        path: Named in errors.
        data: The file's bytes.
        lists: The lists behind ``@names``.
    """
    try:
        roots = documents(path, data)
    except RuleSyntaxError as error:
        return RuleFile((), (error,))
    rules: list[Rule] = []
    reader = Reader(path)
    for root in roots:
        for node in _rule_nodes(reader, root):
            before = len(reader.errors)
            draft = _RuleReader(reader, lists).read(node)
            if draft is not None and len(reader.errors) == before:
                rules.append(draft)
    if not roots:
        reader.errors.append(
            RuleSyntaxError(Place(path), "the file holds no rule", hint="begin with id: my-rule")
        )
    return RuleFile(tuple(rules), tuple(reader.errors))


def _rule_nodes(reader: Reader, root: Node) -> tuple[Node, ...]:
    if isinstance(root, Mapping) and any(key.value == "rules" for key, _ in root.pairs):
        for key, _ in root.pairs:
            if key.value != "rules":
                reader.fail(key, f"{key.value!r} stands beside rules:", "put it into each rule")
        return tuple(
            node for key, value in root.pairs if key.value == "rules" for node in reader.items(value)
        )
    return reader.items(root)


@dataclass(slots=True)
class _RuleReader:
    """Reads one rule; ``found`` gathers its keys."""

    reader: Reader
    lists: Lists
    found: dict[str, Any] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)

    def read(self, node: Node) -> Rule | None:
        if not isinstance(node, Mapping):
            self.reader.fail(node, "a rule is a set of 'key: value' lines", "begin with id: my-rule")
            return None
        for key, value in node.pairs:
            if key.value not in _KEYS:
                hint = _ELSEWHERE.get(key.value) or did_you_mean(key.value, _KEYS)
                self.reader.fail(key, f"{key.value!r} is no key of a rule", hint)
            else:
                self.nodes[key.value] = value
        for name, value in self.nodes.items():
            made = _KEYS[name](self, value)
            if name not in ("when", "query", "score"):
                self.found[name] = made
        return self._rule(node)

    def _rule(self, node: Mapping) -> Rule | None:
        if "id" not in self.nodes:
            self.reader.fail(node, "the rule has no id", "add id: a-short-name")
        root, more_exceptions, written = self._condition(node)
        if root is None or not self.found.get("id"):
            return None
        fields = {key: value for key, value in self.found.items() if value is not None and key != "except"}
        fields["exceptions"] = (*self.found.get("except", ()), *more_exceptions)
        fields.setdefault("title", fields["id"])
        fields.setdefault("severity", Severity.MEDIUM)
        rule = Rule(when=root, written=written, place=self.reader.place(node), **fields)
        return replace(rule, version=version_of(rule))

    # ---- the condition

    def _condition(self, node: Mapping) -> tuple[Tree | None, tuple[Term, ...], str]:
        if "when" in self.nodes and "query" in self.nodes:
            self.reader.fail(self.nodes["query"], "a rule has when: or query:, not both")
        parts: list[Tree] = []
        exceptions: tuple[Term, ...] = ()
        written: list[str] = []
        for key in ("when", "query"):
            if key in self.nodes:
                tree, more = self._parsed(self.nodes[key], literals=key == "query")
                exceptions += more
                written.append(getattr(self.nodes[key], "value", "").strip())
                if tree is not None:
                    parts.append(tree)
        if "score" in self.nodes:
            score = self._score(self.nodes["score"])
            if score is not None:
                parts.append(score)
                written.append(f"SCORE>={score.threshold:g}")
        if not self.nodes.keys() & {"when", "query", "score"}:
            self.reader.fail(
                node, "the rule does not say when it matches", "add when: with the names of term groups"
            )
        if not parts:
            return None, (), ""
        return (parts[0] if len(parts) == 1 else All(tuple(parts))), exceptions, " AND ".join(written)

    def _parsed(self, node: Node, *, literals: bool) -> tuple[Tree | None, tuple[Term, ...]]:
        self.reader.string(node, "the condition")
        if not isinstance(node, Scalar):
            return None, ()
        groups = self.found.get("terms") or {}
        try:
            condition = parse(node.value)
            tree = resolve(condition.root, groups, self.lists, words_are_literals=literals)
            exceptions = [
                resolve(word, groups, self.lists, words_are_literals=literals)
                for word in condition.exceptions
            ]
        except ConditionError as error:
            self.reader.fail_inside(node, error.column, str(error), error.hint)
            return None, ()
        return tree, tuple(term for leaf in exceptions if isinstance(leaf, Leaf) for term in leaf.terms)

    def _score(self, node: Node) -> Score | None:
        pairs = {key.value: value for key, value in self.reader.pairs(node, "score")}
        for key, value in pairs.items():
            if key not in ("threshold", "weights"):
                self.reader.fail(value, f"{key!r} is no key of score", "score has threshold: and weights:")
        if "threshold" not in pairs or "weights" not in pairs:
            self.reader.fail(node, "score needs threshold: and weights:")
            return None
        threshold = self.reader.number(pairs["threshold"], "threshold")
        weights: list[tuple[Tree, float]] = []
        for name, value in self.reader.pairs(pairs["weights"], "weights"):
            leaf = self._weighted(name)
            if leaf is not None:
                weights.append((leaf, self.reader.number(value, "weight")))
        most = sum(weight for _, weight in weights if weight > 0) * self._heaviest_field()
        if threshold <= 0 or most < threshold:
            self.reader.fail(pairs["threshold"], f"the weights never add up to {threshold:g}")
        return Score(threshold, tuple(weights))

    def _heaviest_field(self) -> float:
        return max((self.found.get("fields") or DEFAULT_FIELDS).values())

    def _weighted(self, key: Scalar) -> Leaf | None:
        groups = self.found.get("terms") or {}
        if key.value in groups:
            return Leaf(key.value, groups[key.value])
        terms = read_terms(self.reader, key, self.lists)
        return Leaf(key.value, terms) if terms else None


# ---- one reader per key


def _id(draft: _RuleReader, node: Node) -> str:
    value = draft.reader.string(node, "id")
    if not _ID.fullmatch(value) and isinstance(node, Scalar):
        draft.reader.fail(node, f"{value!r} is no id", "use letters, digits, dots, hyphens and underscores")
    return value


def _string(draft: _RuleReader, node: Node) -> str:
    return draft.reader.string(node, "the value")


def _strings(draft: _RuleReader, node: Node) -> tuple[str, ...]:
    return draft.reader.strings(node, "the value")


def _languages(draft: _RuleReader, node: Node) -> tuple[str, ...]:
    return tuple(tag for tag in draft.reader.strings(node, "languages") if tag != "any")


def _status(draft: _RuleReader, node: Node) -> Status | None:
    return cast("Status | None", draft.reader.one_of(node, "status", get_args(Status)))


def _severity(draft: _RuleReader, node: Node) -> Severity | None:
    label = draft.reader.one_of(node, "severity", [level.label for level in Severity])
    return Severity.parse(label) if label else None


def _fields(draft: _RuleReader, node: Node) -> dict[Field, float]:
    weights: dict[Field, float] = dict(DEFAULT_FIELDS)
    for key, value in draft.reader.pairs(node, "fields"):
        name = draft.reader.one_of(key, "field", get_args(Field))
        if name is not None:
            weights[cast("Field", name)] = max(0.0, draft.reader.number(value, "weight"))
    return weights


def _events(draft: _RuleReader, node: Node) -> tuple[str, ...]:
    kinds = [draft.reader.one_of(item, "kind of event", EVENT_KINDS) for item in draft.reader.items(node)]
    return tuple(kind for kind in kinds if kind)


def _claims(draft: _RuleReader, node: Node) -> dict[Claim, Severity | None]:
    """Return severities by claim; ``none``: such a match is kept and explained but is no alert."""
    claims: dict[Claim, Severity | None] = {}
    for key, value in draft.reader.pairs(node, "claims"):
        claim = draft.reader.one_of(key, "claim", [known.value for known in Claim])
        silent = isinstance(value, Scalar) and value.value.strip() == "none"
        severity = None if silent else _severity(draft, value)
        if claim and (severity or silent):
            claims[Claim(claim)] = severity
    return claims


def _reviewed(draft: _RuleReader, node: Node) -> dict[str, str]:
    reviewed: dict[str, str] = {}
    for key, value in draft.reader.pairs(node, "reviewed"):
        if isinstance(value, Mapping):
            parts = [draft.reader.string(part, name.value) for name, part in value.pairs]
            reviewed[key.value] = ", ".join(parts)
        else:
            reviewed[key.value] = draft.reader.string(value, "the review")
    return reviewed


_KEYS: dict[str, Callable[[_RuleReader, Node], Any]] = {
    "id": _id,
    "title": _string,
    "status": _status,
    "severity": _severity,
    "languages": _languages,
    "tags": _strings,
    "references": _strings,
    "false_positives": _strings,
    "description": _string,
    "author": _string,
    "date": lambda draft, node: draft.reader.date(node, "day"),
    "modified": lambda draft, node: draft.reader.date(node, "day"),
    "until": lambda draft, node: draft.reader.date(node, "day"),
    "terms": lambda draft, node: read_groups(draft.reader, node, draft.lists),
    "when": lambda draft, node: None,
    "query": lambda draft, node: None,
    "score": lambda draft, node: None,
    "except": lambda draft, node: read_terms(draft.reader, node, draft.lists),
    "unless_near": lambda draft, node: read_unless_near(draft.reader, node, draft.lists),
    "fields": _fields,
    "events": _events,
    "kind": _id,
    "claims": _claims,
    "tests": lambda draft, node: read_cases(draft.reader, node),
    "was": _strings,
    "reviewed": _reviewed,
    "slow": lambda draft, node: draft.reader.yes_no(node, "value"),
}
