"""Every command that the README shows can be typed as it stands there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from crawler.cli.entry import root

README = Path(__file__).resolve().parents[3] / "README.md"
SHOWN = re.findall(r"(?m)^    tocsin (.+)$", README.read_text(encoding="utf-8"))


def test_the_readme_shows_commands() -> None:
    assert len(SHOWN) > 8


@pytest.mark.parametrize("line", SHOWN)
def test_a_command_of_the_readme_is_taken(line: str) -> None:
    words = shlex.split(line, comments=True)
    command: click.Command | None = root
    while isinstance(command, click.Group):
        command = command.get_command(click.Context(command), words.pop(0))

    assert command is not None
    command.make_context("tocsin", words)
