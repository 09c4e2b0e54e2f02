"""``[gazetteer] files``: own names are found by the packs, linked in events, and listed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support import killer

CONFIGURATION = '[rules]\npacks = ["defection"]\n\n[gazetteer]\nfiles = ["names.yaml"]\n'
NAMES = """\
entities:
- id: kh.orchard
  country: KH
  type: party
  names: {en: [Gardeners of Tomorrow]}
- id: kh.cpp
  names: {en: [House of Lanterns]}
"""
ARTICLE = {
    "title": "Deputy moves",
    "language": "en",
    "sections": [
        {"paragraphs": ["Lina Hart defected from Gardeners of Tomorrow to House of Lanterns in Phnom Penh."]}
    ],
}


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "tocsin.toml").write_text(CONFIGURATION)
    (tmp_path / "names.yaml").write_text(NAMES)
    (tmp_path / "a.json").write_text(json.dumps(ARTICLE))
    return tmp_path


def test_own_names_are_linked_in_events_and_join_shipped_ones(desk: Path) -> None:
    for _ in ("compiled", "kept"):
        done = killer.run(["match", "a.json"], cwd=desk)
        [event] = json.loads(done.stdout)["events"]

        assert (event["from_id"], event["to_id"]) == ("kh.orchard", "kh.cpp")


def test_own_names_stand_in_the_lists_of_rules(desk: Path) -> None:
    text = killer.run(["rules", "expand", "@kh_parties"], cwd=desk).stdout

    assert "Gardeners of Tomorrow" in text
    assert "House of Lanterns" in text
    assert "Cambodian People's Party" in text


def test_a_mistake_in_them_is_told_and_config_check_says_nothing_else(desk: Path) -> None:
    good = killer.run(["config", "check"], cwd=desk)
    (desk / "names.yaml").write_text(NAMES.replace("type: party", "type: club"))
    bad = killer.run(["config", "check"], cwd=desk)

    assert "no effect" not in good.stdout + good.stderr
    assert "'club' is no type" in bad.stdout + bad.stderr
    assert bad.returncode == 1
