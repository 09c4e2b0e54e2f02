"""Sources added to the configuration file: its text and comments stay, new tables are appended."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

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
    text = path.read_text("utf-8")
    blocks = [source_table(name, table) for name, table in new.items()]
    draft = path.with_name(f".{path.name}.new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, path.stat().st_mode & 0o777)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join([text.rstrip("\n"), "", *blocks]))
    try:
        load(draft)
    except ConfigError as error:
        problems = tuple(problem.replace(draft.name, path.name) for problem in error.problems)
        raise ConfigError(problems[0], problems=problems) from None
    else:
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return list(new)


def source_table(name: str, table: Mapping[str, Any]) -> str:
    """Return a source as the configuration writes it; keys without a value are left out."""
    head = f"[sources.{name if _BARE.fullmatch(name) else json.dumps(name)}]"
    note = [f"# {table['note']}"] if table.get("note") else []
    keys = [f"{key} = {_toml(value)}" for key, value in table.items() if key != "note" and value]
    return "\n".join([*note, head, *keys, ""])


def _toml(value: str | Sequence[str]) -> str:
    return json.dumps(value, ensure_ascii=False)
