"""What users are told exists, exists; and what exists is told."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest

from crawler.settings import Settings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
EXAMPLE = ROOT / "deploy" / "tocsin.example.toml"


def verbs():
    from crawler.cli import main

    def walk(command, path):
        if isinstance(command, click.Group):
            context = click.Context(command)
            for name in command.list_commands(context):
                yield from walk(command.get_command(context, name), [*path, name])
        else:
            yield " ".join(path), command

    return list(walk(main, []))


def test_every_verb_has_a_help_text():
    assert [name for name, command in verbs() if not (command.help or "").strip()] == []


def test_every_verb_stands_in_the_list_of_commands():
    listed = (ROOT / "deploy" / "COMMANDS.md").read_text("utf-8")

    assert [name for name, _ in verbs() if f"`tocsin {name}" not in listed] == []


def keys(model, prefix=""):
    for name, field in model.model_fields.items():
        yield field.alias or name
        for kind in [field.annotation, *getattr(field.annotation, "__args__", ())]:
            if isinstance(kind, type) and hasattr(kind, "model_fields"):
                yield from keys(kind)


def test_every_configuration_key_stands_in_the_example():
    text = EXAMPLE.read_text("utf-8")

    assert [key for key in keys(Settings) if not re.search(rf"\b{re.escape(key)}\b", text)] == []


def test_the_example_configuration_is_valid():
    Settings.model_validate(tomllib.loads(EXAMPLE.read_text("utf-8")))


@pytest.mark.parametrize("target", ["demo", "test"])
def test_the_readme_names_the_two_commands(target):
    assert f"make {target}" in README


def test_checking_rules_never_imports_the_crawling_engine():
    code = "import sys; from crawler.cli import main\ntry: main(['rules', 'check'])\nexcept SystemExit: pass\nprint('scrapy' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.strip().endswith("False")


def test_nothing_committed_names_this_machine_or_a_registry():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    forbidden = re.compile(r"(?:py" + r"pi|python" + r"hosted)\.org|(?:^|[\s\"'=])/(?:home|Users)/\w+|registry\.np" + r"mjs")
    named = []
    for name in filter(None, tracked):
        path = ROOT / name
        if path.is_file() and path.stat().st_size < 2_000_000:
            text = path.read_bytes().decode("utf-8", "replace")
            named += [f"{name}: {found.group()}" for found in forbidden.finditer(text)]

    assert named == []
