"""A remedy that names a command names one that exists."""

from __future__ import annotations

import re
from pathlib import Path

import click

from crawler.cli.entry import VERBS, root

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"(?:`|Next: |with: )tocsin ([a-z]+)(?: ([a-z-]+))?")


def exists(verb: str, second: str) -> bool:
    if verb not in VERBS:
        return False
    command = root.get_command(click.Context(root), verb)
    return not isinstance(command, click.Group) or not second or second in command.commands


def test_every_command_in_a_remedy_can_be_run() -> None:
    sources = [path for room in ("crawler", "rules", "state") for path in (ROOT / room).rglob("*.py")]
    named = {
        (str(path.relative_to(ROOT)), *found)
        for path in sources
        for found in NAMED.findall(path.read_text(encoding="utf-8"))
    }

    assert len(named) > 20
    assert [entry for entry in sorted(named) if not exists(entry[1], entry[2])] == []
