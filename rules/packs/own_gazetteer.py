"""A user's own parties and bodies: a file like the shipped ones, checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rules.fold import comparable
from rules.reading import Reader
from rules.terms import did_you_mean
from rules.yaml12 import Mapping as Table
from rules.yaml12 import Node, documents
from state.errors import Place, RuleError, RuleSyntaxError

#: What an entity can be.
TYPES = ("party", "group", "armed group", "body")
Row = Mapping[str, Any]

_ID = re.compile(r"[a-z][a-z0-9]*(\.[a-z0-9][a-z0-9-]*)+")
_COUNTRY = re.compile(r"[A-Z]{2}|INT")
_NAMED = ("short", "abbreviations")
_KEYS = ("id", "country", "type", "names", *_NAMED, "generic", "status", "history", "note")


@dataclass(frozen=True, slots=True)
class GazetteerFile:
    """What one file holds: its entities, and what is wrong with it."""

    rows: tuple[Row, ...]
    errors: tuple[RuleError, ...]


def read_gazetteer(path: str, data: bytes, known: Iterable[str]) -> GazetteerFile:
    """Return the entities of one file.

    Args:
        path: Named in errors.
        data: The file's bytes.
        known: Ids of entities that there are already: these need no country, type or names.
    """
    reader = Reader(path)
    try:
        roots = documents(path, data)
    except RuleSyntaxError as error:
        return GazetteerFile((), (error,))
    rows: list[Row] = []
    shipped = set(known)
    for root in roots:
        pairs = {key.value: value for key, value in reader.pairs(root, "a gazetteer")}
        for key, value in pairs.items():
            if key not in ("reviewed", "entities"):
                reader.fail(value, f"{key!r} is no key of a gazetteer", "it has entities: and reviewed:")
        for node in reader.items(pairs["entities"]) if "entities" in pairs else ():
            row = _row(reader, node, shipped)
            if row is not None:
                rows.append(row)
    if not rows and not reader.errors:
        where = Place(path)
        reader.errors.append(RuleSyntaxError(where, "the file names nobody", hint="begin with entities:"))
    return GazetteerFile(tuple(rows), tuple(reader.errors))


def _row(reader: Reader, node: Node, shipped: set[str]) -> Row | None:
    if not isinstance(node, Table):
        reader.fail(node, "an entity is a set of 'key: value' lines", "begin with - id: xx.name")
        return None
    values: dict[str, Any] = {}
    for key, value in node.pairs:
        read = _READ.get(key.value)
        if read is None:
            reader.fail(key, f"{key.value!r} is no key of an entity", did_you_mean(key.value, _KEYS))
        else:
            values[key.value] = read(reader, value)
    if not values.get("id"):
        reader.fail(node, "the entity has no id", "write one such as xx.reed-party")
        return None
    for needed in () if values["id"] in shipped else ("country", "type", "names"):
        if not values.get(needed):
            reader.fail(
                node, f"{values['id']} has no {needed}", "a new entity needs country:, type: and names:"
            )
    return values if values["id"] in shipped else {"status": "", "names": {}} | values


def _id(reader: Reader, node: Node) -> str:
    return _fitting(reader, node, "id", _ID, "write it like kh.reed-party")


def _country(reader: Reader, node: Node) -> str:
    return _fitting(reader, node, "country", _COUNTRY, "write two capitals, such as KH")


def _fitting(reader: Reader, node: Node, what: str, pattern: re.Pattern[str], hint: str) -> str:
    value = reader.string(node, what)
    if value and not pattern.fullmatch(value):
        reader.fail(node, f"{value!r} is no {what}", hint)
    return value


def _texts(reader: Reader, node: Node) -> list[str]:
    found = list(reader.strings(node, "the names"))
    for name in found:
        if not comparable(name):
            reader.fail(node, f"{name!r} has no letter or digit to look for")
    return found


def _by_language(reader: Reader, node: Node) -> dict[str, list[str]]:
    return {key.value: _texts(reader, value) for key, value in reader.pairs(node, "names")}


def _history(reader: Reader, node: Node) -> list[dict[str, str]]:
    return [
        {key.value: reader.string(value, key.value) for key, value in reader.pairs(item, "history")}
        for item in reader.items(node)
    ]


_READ: dict[str, Callable[[Reader, Node], Any]] = {
    "id": _id,
    "country": _country,
    "type": lambda reader, node: reader.one_of(node, "type", TYPES),
    "names": _by_language,
    "short": _texts,
    "abbreviations": _texts,
    "generic": lambda reader, node: "true" if reader.yes_no(node, "generic") else "false",
    "status": lambda reader, node: reader.string(node, "status"),
    "history": _history,
    "note": lambda reader, node: reader.string(node, "note"),
}
