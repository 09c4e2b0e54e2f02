"""The configuration file changed for a person: its text and comments stay."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from pathlib import Path
from typing import Any

import tomlkit

from crawler.config import load
from state.errors import ConfigError

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def append_sources(path: Path, tables: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Append sources that the file does not name yet, and return their names.

    The file is replaced in one step, and only by one that is accepted.

    Raises:
        ConfigError: With them the file would not be accepted; it is as it was.
    """
    known = load(path).settings.sources
    new = {name: table for name, table in tables.items() if name not in known}
    if not new:
        return []
    blocks = [source_table(name, table) for name, table in new.items()]
    _replace(path, "\n".join([path.read_text("utf-8").rstrip("\n"), "", *blocks]))
    return list(new)


def remove_channel(path: Path, name: str) -> None:
    """Take a channel's table and every mention of it out of the file.

    Raises:
        ConfigError: A route or an escalation has no other target, or without it the file would not be
            accepted; it is as it was.
    """
    document = tomlkit.parse(path.read_text("utf-8"))
    for where, table in _targets(document):
        to = table.get("to")
        if to is None or name not in to:
            continue
        if len(to) == 1:
            raise ConfigError(
                f'{path.name}: {where} has no other target than "{name}"',
                hint="name another channel there, then remove this one",
            )
        to.remove(name)
    document["channels"].remove(name)
    _replace(path, tomlkit.dumps(document))


def _targets(document: tomlkit.TOMLDocument) -> Iterator[tuple[str, MutableMapping[str, Any]]]:
    """Yield each table with a ``to``, and how a person finds it."""
    if "operator" in document:
        yield "[operator]", document["operator"]
    for number, route in enumerate(document.get("routes", []), 1):
        yield f"[[routes]] number {number}", route
        if "escalate" in route:
            yield f"escalate of [[routes]] number {number}", route["escalate"]


def _replace(path: Path, text: str) -> None:
    """Replace the file in one step, and only by a text that is accepted.

    Raises:
        ConfigError: It is not; the file is as it was.
    """
    draft = path.with_name(f".{path.name}.new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, path.stat().st_mode & 0o777)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    try:
        load(draft)
    except ConfigError as error:
        problems = tuple(problem.replace(draft.name, path.name) for problem in error.problems)
        raise ConfigError(problems[0], problems=problems) from None
    else:
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def source_table(name: str, table: Mapping[str, Any]) -> str:
    """Return a source as the configuration writes it; keys without a value are left out."""
    head = f"[sources.{name if _BARE.fullmatch(name) else json.dumps(name)}]"
    note = [f"# {table['note']}"] if table.get("note") else []
    keys = [f"{key} = {_toml(value)}" for key, value in table.items() if key != "note" and value]
    return "\n".join([*note, head, *keys, ""])


def _toml(value: str | Sequence[str]) -> str:
    return json.dumps(value, ensure_ascii=False)
