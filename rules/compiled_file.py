"""A compiled rule set as bytes and back: JSON and numbers only, so that no file can run code.

Loading builds the automaton and nothing more; a rule is read from its JSON when
it first becomes a candidate.  A digest at the end tells a damaged file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from rules.anchors import Anchor, Clause
from rules.compile import Ruleset
from rules.engine import Anchored, Beside, Engine, Prepared, automaton_of, prepare
from rules.needles import Needle
from rules.numbering import Numbers, Preparing
from rules.rarity import Rarity
from rules.rule import Rule
from rules.rule_json import Terms, TermTable, rule_from_json, rule_to_json, terms_from_json

_MAGIC = b"tocsin-rules/1\n"
_DIGEST = 32
_Ints = npt.NDArray[np.int64]
#: For each byte of flags, what it says; the first two are counts.
_FLAGS = tuple(
    (bits & 1, bits >> 1 & 1, *(bool(bits & (1 << at)) for at in range(2, 7))) for bits in range(1 << 7)
)


class DamagedFileError(ValueError):
    """The bytes are no compiled rule set of this kind, or not all of one."""


def dump(ruleset: Ruleset) -> bytes:
    """Return a rule set as bytes."""
    engine, clauses, terms = ruleset.engine, _Clauses(), TermTable()
    order = {id_: number for number, id_ in enumerate(ruleset.rules)}
    rules = [rule_to_json(rule, terms) for rule in ruleset.rules.values()]
    anchors = [
        (clauses.number(one.anchor.first), clauses.number(one.anchor.second), int(one.anchor.together))
        for one in engine.prepared
    ]
    besides = {needle: _flat(found, clauses) for needle, found in engine.anchored.items()}
    sections = {
        "ids": _json(list(ruleset.rules)),
        "prepared": _ints(order[one.rule.id] for one in engine.prepared),
        "anchors": _ints(number for anchor in anchors for number in anchor),
        "always": _ints(engine.always),
        "texts": "\n".join(needle.text for needle in engine.needles).encode("utf-8", "surrogatepass"),
        "flags": bytes(map(_flags, engine.needles)),
        "capitals": _json(
            {n: list(map(int, one.capitals)) for n, one in enumerate(engine.needles) if one.capitals}
        ),
        "anchored": _ints(besides),
        **_rows("besides", (_ints(found) for found in besides.values())),
        **_rows("clauses", map(_ints, clauses.rows)),
        **_rows("terms", map(_json, terms.rows)),
        **_rows("rules", map(_json, rules)),
    }
    head = {"hash": ruleset.hash, "sought": engine.sought, "sizes": {n: len(s) for n, s in sections.items()}}
    first = _json(head)
    body = b"".join([_MAGIC, len(first).to_bytes(8, "big"), first, *sections.values()])
    return body + hashlib.sha256(body).digest()


def load(data: bytes) -> Ruleset:
    """Return the rule set of some bytes.

    Raises:
        DamagedFileError: They are not what ``dump`` wrote.
    """
    if not data.startswith(_MAGIC) or hashlib.sha256(data[:-_DIGEST]).digest() != data[-_DIGEST:]:
        raise DamagedFileError("no compiled rules, or not all of them")
    view, start = memoryview(data), len(_MAGIC) + 8
    size = int.from_bytes(data[len(_MAGIC) : start], "big")
    head = json.loads(data[start : start + size])
    at = start + size
    sections: dict[str, memoryview] = {}
    for name, length in head["sizes"].items():
        sections[name] = view[at : at + length]
        at += length
    thawed = _Thawed(sections, head["sought"])
    ids = json.loads(bytes(sections["ids"]))
    engine = Engine(
        prepared=thawed,
        needles=thawed.needles,
        sought=head["sought"],
        automaton=automaton_of(thawed.needles[: head["sought"]]),
        anchored=_ThawedAnchors(sections, thawed.clause),
        always=tuple(_numbers(sections["always"]).tolist()),
    )
    return Ruleset(_ThawedRules(ids, thawed), head["hash"], engine)


# ---- writing


class _Clauses:
    def __init__(self) -> None:
        self.rows: list[list[int]] = []
        self._known: dict[Clause, int] = {}

    def number(self, clause: Clause) -> int:
        known = self._known.get(clause)
        if known is None:
            known = self._known[clause] = len(self.rows)
            self.rows.append(sorted(clause))
        return known


def _flat(found: Sequence[Beside], clauses: _Clauses) -> list[int]:
    """Return entries one after the other: clause, together, how many rules, the rules."""
    return [
        number
        for second, together, rules in found
        for number in (clauses.number(second), int(together), len(rules), *rules)
    ]


def _rows(name: str, rows: Iterable[bytes]) -> dict[str, bytes]:
    """Return rows of different sizes as one section, and where each ends as another."""
    made = list(rows)
    ends = np.cumsum([0, *map(len, made)], dtype=np.int64)
    return {name: b"".join(made), f"{name}_ends": ends.tobytes()}


def _ints(numbers: Iterable[int]) -> bytes:
    return np.fromiter(numbers, dtype=np.int64).astype(np.int32).tobytes()


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode()


def _flags(needle: Needle) -> int:
    bits = (
        needle.before,
        needle.after,
        needle.grows_left,
        needle.grows_right,
        needle.checks_left,
        needle.checks_right,
        needle.compact,
    )
    return sum(bool(bit) << at for at, bit in enumerate(bits))


# ---- reading


def _numbers(section: memoryview) -> npt.NDArray[np.int32]:
    return np.frombuffer(section, dtype=np.int32)


class _Rows:
    """Rows of different sizes, each found by its number."""

    def __init__(self, sections: Mapping[str, memoryview], name: str) -> None:
        self._data = sections[name]
        self._ends: _Ints = np.frombuffer(sections[f"{name}_ends"], dtype=np.int64)

    def __getitem__(self, number: int) -> memoryview:
        return self._data[self._ends[number] : self._ends[number + 1]]


class _Thawed(Sequence[Prepared]):
    """The rules made ready, each when it is first asked for."""

    def __init__(self, sections: Mapping[str, memoryview], sought: int) -> None:
        self.needles = _needles(sections)
        self._numbers = Numbers(Rarity(), self.needles, sought)
        self._rows, self._terms = _Rows(sections, "rules"), _Rows(sections, "terms")
        self._clauses = _Rows(sections, "clauses")
        self._order = _numbers(sections["prepared"])
        self._anchors = _numbers(sections["anchors"]).reshape(-1, 3)
        self._known_rules: dict[int, Rule] = {}
        self._known_terms: dict[int, Terms] = {}
        self._known_clauses: dict[int, Clause] = {}
        self._known: dict[int, Prepared] = {}

    def __len__(self) -> int:
        return len(self._order)

    def __iter__(self) -> Iterator[Prepared]:
        return (self[number] for number in range(len(self)))

    def __getitem__(self, number: Any) -> Any:
        known = self._known.get(number)
        if known is None:
            if not 0 <= number < len(self):
                raise IndexError(number)
            known = self._known[number] = self._prepared(number)
        return known

    def rule(self, number: int) -> Rule:
        """Return a rule by its place in the order of ids."""
        known = self._known_rules.get(number)
        if known is None:
            form = json.loads(bytes(self._rows[number]))
            known = self._known_rules[number] = rule_from_json(form, self._group)
        return known

    def clause(self, number: int) -> Clause:
        """Return a clause, one object for all that have it."""
        known = self._known_clauses.get(number)
        if known is None:
            known = frozenset(_numbers(self._clauses[number]).tolist())
            self._known_clauses[number] = known
        return known

    def _prepared(self, number: int) -> Prepared:
        first, second, together = self._anchors[number].tolist()
        rule = self.rule(int(self._order[number]))
        root = Preparing(rule, self._numbers).part(rule.when)
        anchor = Anchor(self.clause(first), self.clause(second), bool(together))
        return prepare(rule, root, anchor, self._numbers)

    def _group(self, number: int) -> Terms:
        known = self._known_terms.get(number)
        if known is None:
            known = self._known_terms[number] = terms_from_json(json.loads(bytes(self._terms[number])))
        return known


class _ThawedAnchors(Anchored):
    """What needles lead to, each read when it is first found in an article."""

    def __init__(self, sections: Mapping[str, memoryview], clause: Any) -> None:
        super().__init__()
        self._rows = _Rows(sections, "besides")
        self._row_of = {needle: row for row, needle in enumerate(_numbers(sections["anchored"]).tolist())}
        self._clause = clause

    def __missing__(self, needle: int) -> tuple[Beside, ...]:
        row = self._row_of.get(needle)
        found = () if row is None else tuple(self._read(_numbers(self._rows[row]).tolist()))
        self[needle] = found
        return found

    def _read(self, numbers: list[int]) -> Iterator[Beside]:
        at = 0
        while at < len(numbers):
            clause, together, size = numbers[at : at + 3]
            yield Beside(self._clause(clause), bool(together), tuple(numbers[at + 3 : at + 3 + size]))
            at += 3 + size


class _ThawedRules(Mapping[str, Rule]):
    """The rules by id, each read when it is first asked for."""

    def __init__(self, ids: Sequence[str], thawed: _Thawed) -> None:
        self._places = {id_: number for number, id_ in enumerate(ids)}
        self._thawed = thawed

    def __getitem__(self, id_: str) -> Rule:
        return self._thawed.rule(self._places[id_])

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, id_: object) -> bool:
        return id_ in self._places


def _needles(sections: Mapping[str, memoryview]) -> list[Needle]:
    if not sections["flags"]:
        return []
    texts = bytes(sections["texts"]).decode("utf-8", "surrogatepass").split("\n")
    capitals = {int(n): tuple(map(bool, row)) for n, row in json.loads(bytes(sections["capitals"])).items()}
    made = [
        Needle._make((text, *bits, ()))
        for text, bits in zip(texts, map(_FLAGS.__getitem__, bytes(sections["flags"])), strict=True)
    ]
    for number, letters in capitals.items():
        made[number] = made[number]._replace(capitals=letters)
    return made
