"""What users are told exists, exists; and what exists is told."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from crawler.cli.entry import root
from crawler.settings import Settings
from tests.support.reference import reference, verbs

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
EXAMPLE = ROOT / "deploy" / "tocsin.example.toml"


def test_every_verb_has_a_help_text():
    assert [name for name, command in verbs(root) if not (command.help or "").strip()] == []


def test_the_list_of_commands_is_what_the_commands_say():
    assert (ROOT / "deploy" / "COMMANDS.md").read_text("utf-8") == reference(root)


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
    code = "import sys; from crawler.cli.entry import run; run(['rules', 'check']); print('scrapy' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.strip().endswith("False")


def test_nothing_committed_names_this_machine_or_a_registry():
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    forbidden = re.compile(
        r"(?:py" + r"pi|python" + r"hosted)\.org|(?:^|[\s\"'=])/(?:home|Users)/\w+|registry\.np" + r"mjs"
    )
    named = []
    for name in filter(None, tracked):
        path = ROOT / name
        if path.is_file() and path.stat().st_size < 2_000_000:
            text = path.read_bytes().decode("utf-8", "replace")
            named += [f"{name}: {found.group()}" for found in forbidden.finditer(text)]

    assert named == []
