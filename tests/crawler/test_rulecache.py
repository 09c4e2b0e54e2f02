"""Compiled rules beside the configuration: taken while nothing changed, passed over when anything did."""

from __future__ import annotations

import json
import stat
from pathlib import Path

from crawler import rulecache
from crawler.rulefiles import compile_files, load_configured
from crawler.settings import Settings
from tests.support import killer

RULE = b"id: a\nquery: orchard\nseverity: low\n"


def test_what_was_written_is_read_by_its_key_alone(tmp_path: Path) -> None:
    files = [("a.yaml", RULE)]
    key = rulecache.key_of(files)
    rulecache.write(tmp_path, key, compile_files(files).ruleset)
    kept = rulecache.read(tmp_path, key)

    assert kept is not None
    assert set(kept.rules) == {"a"}
    assert rulecache.read(tmp_path, rulecache.key_of([("a.yaml", RULE + b"# changed")])) is None
    assert rulecache.read(tmp_path, rulecache.key_of([("b.yaml", RULE)])) is None
    assert stat.S_IMODE((tmp_path / rulecache.NAME).stat().st_mode) == 0o600
    assert len(list(tmp_path.iterdir())) == 1


def test_a_damaged_file_counts_as_none(tmp_path: Path) -> None:
    key = rulecache.key_of([])
    for body in (b"", key, key + b"tsc", b"x" * 500):
        (tmp_path / rulecache.NAME).write_bytes(body)

        assert rulecache.read(tmp_path, key) is None


def test_a_folder_that_cannot_be_written_to_is_no_fault(tmp_path: Path) -> None:
    rulecache.write(tmp_path / "missing", rulecache.key_of([]), compile_files([]).ruleset)

    assert not (tmp_path / "missing").exists()


def test_a_command_finds_the_same_with_and_without_it(tmp_path: Path) -> None:
    (tmp_path / "tocsin.toml").write_text('[rules]\npacks = ["dissolution"]\nfiles = ["own.yaml"]\n')
    (tmp_path / "own.yaml").write_bytes(RULE)
    article = {"title": "Court dissolves the Orchard Party", "sections": []}
    (tmp_path / "a.json").write_text(json.dumps(article))

    first = killer.run(["match", "a.json"], cwd=tmp_path).stdout
    kept = (tmp_path / rulecache.NAME).read_bytes()
    second = killer.run(["match", "a.json"], cwd=tmp_path).stdout
    (tmp_path / "own.yaml").write_bytes(RULE.replace(b"orchard", b"meadow"))
    third = killer.run(["match", "a.json"], cwd=tmp_path).stdout

    assert json.loads(first)["matches"][0]["rule"] == "a"
    assert first == second
    assert [found["rule"] for found in json.loads(third)["matches"]] == ["dissolution-en"]
    assert (tmp_path / rulecache.NAME).read_bytes() != kept


def test_what_is_damaged_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / "tocsin.toml").write_text('[rules]\npacks = []\nfiles = ["own.yaml"]\n')
    (tmp_path / "own.yaml").write_bytes(RULE)
    killer.run(["rules", "list"], cwd=tmp_path)
    kept = (tmp_path / rulecache.NAME).read_bytes()
    (tmp_path / rulecache.NAME).write_bytes(kept[:-1])
    killer.run(["rules", "list"], cwd=tmp_path)

    assert (tmp_path / rulecache.NAME).read_bytes() == kept


def test_of_a_reload_the_rules_are_kept_when_they_are_in_force(tmp_path: Path) -> None:
    settings = Settings.model_validate({"rules": {"packs": [], "files": ["*.yaml"]}})
    (tmp_path / "own.yaml").write_bytes(RULE)

    first = load_configured(settings, tmp_path, keep=False)
    unkept = (tmp_path / rulecache.NAME).exists()
    again = load_configured(settings, tmp_path)

    assert not unkept
    assert again.ruleset is first.ruleset
    assert (tmp_path / rulecache.NAME).exists()
