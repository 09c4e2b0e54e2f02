"""Read the YAML files that ship beside the code, every scalar as a string."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import yaml

Row = Mapping[str, Any]


class _Strings(yaml.CSafeLoader):
    """YAML without implicit types: ``no``, ``on`` and ``2017-11-04`` stay words."""


_Strings.yaml_implicit_resolvers = {}


def files(folder: str) -> Iterator[Traversable]:
    """Yield the YAML files of one shipped folder in the order of their names."""
    root = resources.files("rules.packs").joinpath(folder)
    yield from sorted((f for f in root.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)


@cache
def read(folder: str, name: str) -> Any:
    """Return the content of ``folder/name`` with every scalar as a string."""
    text = resources.files("rules.packs").joinpath(folder, name).read_text("utf-8")
    return _Strings(text).get_single_data()


class _Own:
    """The user's own entities; whoever asks for entities finds them among the shipped ones."""

    rows: tuple[Row, ...] = ()
    asked = False


def use_entities(own: Sequence[Row]) -> bool:
    """Put a user's own entities beside the shipped ones for as long as the process lives.

    Returns:
        Whether they are in force: False if others were read already.
    """
    if tuple(own) == _Own.rows:
        return True
    if _Own.asked:
        return False
    _Own.rows = tuple(own)
    return True


def shipped_entities() -> Iterator[Row]:
    """Yield the parties and bodies of the shipped gazetteer."""
    for file in files("gazetteer"):
        if file.name != "countries.yaml":
            yield from read("gazetteer", file.name)["entities"]


def entities() -> Sequence[Row]:
    """Return the parties and bodies of the gazetteer, the user's own among them."""
    _Own.asked = True
    return _joined(shipped_entities(), _Own.rows)


def _joined(shipped: Iterable[Row], own: Iterable[Row]) -> list[Row]:
    """Return the shipped entities with the user's: names are added to those of an id, other values replace them."""
    found = {row["id"]: dict(row) for row in shipped}
    for row in own:
        before = found.get(row["id"])
        found[row["id"]] = dict(row) if before is None else before | dict(row) | _names(before, row)
    return list(found.values())


def _names(before: Row, row: Row) -> dict[str, Any]:
    languages = dict.fromkeys([*before.get("names", {}), *row.get("names", {})])
    added: dict[str, Any] = {
        key: list(dict.fromkeys([*before.get(key, ()), *row.get(key, ())]))
        for key in ("short", "abbreviations")
        if key in before or key in row
    }
    added["names"] = {
        language: list(
            dict.fromkeys(
                [*before.get("names", {}).get(language, ()), *row.get("names", {}).get(language, ())]
            )
        )
        for language in languages
    }
    return added
