"""The demo shows what it says: two kinds of alarm, no look-alike, a correction, a copy, a withdrawal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support import killer


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    folder = tmp_path_factory.mktemp("demo")
    done = killer.run(["demo", "--keep", "kept"], cwd=folder)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout, folder / "kept"


def rows(folder: Path, *verb: str) -> list[dict[str, object]]:
    done = killer.run(["--config", str(folder / "tocsin.toml"), "--json", *verb], cwd=folder)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_defection_and_a_dissolution_are_told_with_quote_rule_and_claim(played: tuple[str, Path]) -> None:
    said, _ = played

    assert "CRITICAL · REPORTED AS FACT by RFA" in said
    assert "CRITICAL · REPORTED AS FACT by VOA" in said
    assert '"Examplia’s Supreme Court dissolved the opposition Orchard Party on Tuesday' in said
    assert "Why: rule dissolution-en" in said
    assert "Why: rule defection-en" in said


def test_no_look_alike_rings(played: tuple[str, Path]) -> None:
    _, folder = played

    told = {row["headline"] for row in rows(folder, "alerts", "list") if row["severity"] != "low"}

    assert told.isdisjoint(
        {
            "Inspectors Find Defects in New Metro Cars",
            "Neighboring Mockland Dissolves Parliament, Sets Date for Vote",
            "Film Couple’s Marriage Dissolved by Sampleton Court",
            "Is the new phone keyboard a defect or a feature?",
        }
    )


def test_the_edit_is_told_as_a_correction_and_the_deletion_as_a_withdrawal(played: tuple[str, Path]) -> None:
    said, _ = played

    assert "CORRECTION to A-" in said
    assert "WITHDRAWN A-" in said
    assert said.index("CORRECTION to") < said.index("WITHDRAWN")


def test_the_repost_joins_its_story_as_a_copy(played: tuple[str, Path]) -> None:
    said, folder = played

    relations = [[a["relation"] for a in story["articles"]] for story in rows(folder, "stories", "list")]

    assert ["original", "copy"] in relations
    assert "as a copy of voa-english" in said


def test_what_it_keeps_can_be_read_and_lacks_nothing(played: tuple[str, Path]) -> None:
    _, folder = played

    audit = killer.run(["--config", str(folder / "tocsin.toml"), "audit", "--all"], cwd=folder)

    assert audit.returncode == 0, audit.stdout
    assert len(rows(folder, "articles", "list")) == 9


def test_it_says_that_its_clock_is_moved_by_hand(played: tuple[str, Path]) -> None:
    assert "moved by hand" in played[0]


def test_it_replaces_nothing_that_was_kept(played: tuple[str, Path]) -> None:
    _, folder = played

    again = killer.run(["demo", "--keep", str(folder)], cwd=folder)

    assert again.returncode == 1
    assert "is already there" in again.stderr + again.stdout
