"""The tools for writing rules, through the command, on articles handed in as files and on an archive."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support import killer

ARTICLES = [
    {
        "title": "Three deputies defect to the Reed Party",
        "language": "en",
        "published_at": "2026-03-02T09:00:00Z",
        "url": "https://news.example/1",
        "sections": [{"paragraphs": ["Three Orchard Party deputies defected to the Reed Party on Monday."]}],
    },
    {
        "title": "Orchard Party members defecting, aide says",
        "language": "en",
        "published_at": "2026-03-10T09:00:00Z",
        "url": "https://news.example/2",
        "sections": [{"paragraphs": ["Members of the Orchard Party were defecting, an aide said."]}],
    },
    {
        "title": "Apple harvest begins",
        "language": "en",
        "published_at": "2026-03-11T09:00:00Z",
        "url": "https://news.example/3",
        "sections": [{"paragraphs": ["Growers found a defect in the new baskets."]}],
    },
]
RULE = """\
id: orchard
title: Orchard
severity: high
terms:
  act: [{act}]
  party: [Orchard Party, Reed Party]
when: act NEAR/8 party
tests:
  - match: They defected from the Orchard Party.
  - no_match: A defect in a basket.
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    lines = [json.dumps(article) for article in ARTICLES]
    (tmp_path / "news.jsonl").write_text("\n".join(lines) + "\n")
    (tmp_path / "orchard.yaml").write_text(RULE.format(act="defect*"))
    return tmp_path


def said(desk: Path, *verb: str, code: int = 0) -> str:
    done = killer.run(["rules", *verb], cwd=desk)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def rows(desk: Path, *verb: str) -> list[dict[str, object]]:
    done = killer.run(["rules", *verb, "--json"], cwd=desk)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def configured(desk: Path, act: str = "defected") -> None:
    (desk / "live").mkdir()
    (desk / "live" / "orchard.yaml").write_text(RULE.format(act=act))
    (desk / "tocsin.toml").write_text('[rules]\npacks = []\nfiles = ["live/*.yaml"]\n')
    done = killer.run(["articles", "import", "news.jsonl"], cwd=desk)
    assert done.returncode == 0, done.stderr


def test_expand_shows_lists_strings_and_what_they_hit(desk: Path) -> None:
    text = said(desk, "expand", "orchard", "news.jsonl", "--rules", "orchard.yaml")

    assert "defected 1" in text
    assert "3 terms in 2 groups, looked for in 3 articles" in text
    assert 'did you mean "@kh_parties"?' in said(desk, "expand", "@kh_partys", code=2)
    assert "missing.txt: cannot be read" in said(desk, "expand", "defect*", "missing.txt", code=1)


def test_expand_reads_the_archive(desk: Path) -> None:
    configured(desk)

    [row] = rows(desk, "expand", "defect*", "--archive")

    assert row["articles"] == 3
    assert "defected 1" in str(row["spellings"])


def test_backtest_draws_weeks_and_shows_what_an_edit_adds(desk: Path) -> None:
    configured(desk, act="defected")

    text = said(desk, "backtest", "orchard.yaml")
    [row] = rows(desk, "backtest", "orchard.yaml")

    assert "orchard: 2 would have rung, 1.0 a week" in text
    assert "02 Mar 2026 ██████████████████████████████ 1" in text
    assert "adds 1, loses 0" in text
    assert "“Orchard Party … defecting”" in text
    assert "https://news.example/2" in text
    assert row["weeks"] == {"2026-03-02": 1, "2026-03-09": 1}
    assert [hit["title"] for hit in row["added"]] == ["Orchard Party members defecting, aide says"]  # type: ignore[attr-defined]


def test_backtest_fails_over_its_noise_budget_and_where_a_file_cannot_be_read(desk: Path) -> None:
    assert "OVER the budget of 0.5" in said(
        desk, "backtest", "orchard.yaml", "news.jsonl", "--budget", "0.5", code=1
    )
    assert "; 1 could not be read" in said(desk, "backtest", "orchard.yaml", "news.jsonl", "none.txt", code=1)


def test_backtest_of_a_new_rule_says_that_none_is_in_force(desk: Path) -> None:
    assert "no rule of this id is in force" in said(desk, "backtest", "orchard.yaml", "news.jsonl")


def test_profile_names_the_words_that_make_a_rule_dear(desk: Path) -> None:
    [row] = rows(desk, "profile", "news.jsonl", "--rules", "orchard.yaml")
    text = said(desk, "profile", "news.jsonl", "--rules", "orchard.yaml", "--limit", "2")

    assert (row["articles"], row["looked"], row["matched"]) == (3, 2, 2)
    assert row["anchors"] == pytest.approx({"orchard party": 2 / 3, "reed party": 1 / 3})
    assert "because of" in text
    assert "Done. 2 articles" in text
    assert "No article was read" in said(desk, "profile", "none.txt", "--rules", "orchard.yaml", code=1)


def test_new_takes_its_words_from_a_file_an_address_or_a_list(desk: Path) -> None:
    configured(desk)
    (desk / "one.json").write_text(json.dumps(ARTICLES[0]))

    said(desk, "new", "from-file", "--from", "one.json")
    said(desk, "new", "from-store", "--from", "https://news.example/1")
    said(desk, "new", "from-list", "--words", "crossed the floor, left the party")

    assert "passed, 0 failed" in said(desk, "test", "my-rules")
    assert said(desk, "check", "my-rules").startswith("Done. 3 rules, no mistake")
    written = (desk / "my-rules" / "from-store.yaml").read_text()
    assert 'references: ["https://news.example/1"]' in written
    assert "Reed Party" in written
    assert '- "left the party"' in (desk / "my-rules" / "from-list.yaml").read_text()


def test_new_says_what_it_lacks(desk: Path) -> None:
    assert "give --phrase, --words or --from" in said(desk, "new", "empty", code=2)
    assert "is no file" in said(desk, "new", "empty", "--from", "nothing-here", code=1)
    assert not (desk / "my-rules").exists()
