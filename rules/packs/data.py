"""Read the YAML files that ship beside the code, every scalar as a string."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import yaml


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
