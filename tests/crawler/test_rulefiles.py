"""Rule files from disk: names win over paths, and an unproven loud rule is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from crawler.ruledraft import draft, draft_from, words_of, written
from crawler.rulefiles import load_configured, load_named
from crawler.settings import Settings
from state.article import Article, Section
from state.errors import ConfigError

TODAY = date(2026, 3, 10)
RULE = """\
id: {id}
title: {id}
severity: {severity}
terms:
  words: [crossed the floor]
when: words
"""
CASES = "tests:\n  - match: She crossed the floor.\n  - no_match: She swept the floor.\n"


def configured(tmp_path: Path, **files: str) -> tuple[set[str], list[str]]:
    for name, text in files.items():
        (tmp_path / f"{name}.yaml").write_text(text)
    settings = Settings.model_validate({"rules": {"packs": [], "files": ["*.yaml"]}})
    loaded = load_configured(settings, tmp_path)
    return set(loaded.ruleset.rules), [error.problem for error in loaded.errors]


def test_a_proven_rule_is_in_force(tmp_path: Path) -> None:
    rules, errors = configured(tmp_path, a=RULE.format(id="a", severity="high") + CASES)

    assert (rules, errors) == ({"a"}, [])


def test_a_loud_rule_without_a_case_is_refused_and_the_others_stay(tmp_path: Path) -> None:
    rules, [error] = configured(
        tmp_path, loud=RULE.format(id="loud", severity="high"), soft=RULE.format(id="soft", severity="medium")
    )

    assert rules == {"soft"}
    assert "loud.yaml:1" in error
    assert "has no case" in error


def test_a_loud_rule_with_a_failing_case_is_refused(tmp_path: Path) -> None:
    text = RULE.format(id="a", severity="critical") + "tests:\n  - match: Nothing of it.\n"

    rules, [error] = configured(tmp_path, a=text)

    assert rules == set()
    assert "a case of it fails" in error


def test_a_rule_that_ends_by_itself_needs_no_case(tmp_path: Path) -> None:
    rules, errors = configured(tmp_path, a=RULE.format(id="a", severity="high") + "until: 2099-01-01\n")

    assert (rules, errors) == ({"a"}, [])


def test_a_drafted_rule_is_accepted_and_proven(tmp_path: Path) -> None:
    text = draft(
        "floor", ["crossed the floor", 'said "no"'], title="Crossing: the floor", until=None, today=TODAY
    )

    rules, errors = configured(tmp_path, floor=text)

    assert (rules, errors) == ({"floor"}, [])


@pytest.mark.parametrize(
    ("name", "until"), [("Not An Id", None), ("good", "tomorrow"), ("good", "2026-03-09")]
)
def test_a_draft_refuses_what_check_would_refuse(name: str, until: str | None) -> None:
    with pytest.raises(ValueError, match=r"cannot be|isoformat|is over"):
        draft(name, ["words"], title="t", until=until, today=TODAY)


def test_a_name_that_is_neither_pack_nor_file_is_told_with_its_neighbour() -> None:
    with pytest.raises(ConfigError, match='did you mean "defection"'):
        load_named(["defektion"])


def test_a_folder_is_all_its_rule_files(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(RULE.format(id="a", severity="low"))
    (tmp_path / "b.yml").write_text(RULE.format(id="b", severity="low"))
    (tmp_path / "notes.txt").write_text("no rule")

    assert set(load_named([str(tmp_path)]).ruleset.rules) == {"a", "b"}


@pytest.mark.parametrize(
    ("paragraphs", "when"),
    [
        (["Lina Hart defected to the Reed Party of Orchard."], "names NEAR/15 acts"),
        (["Lina Hart left. She had defected to others.", "The Reed Party said nothing."], "words"),
    ],
)
def test_a_rule_from_an_article_is_narrow_where_it_can_be_and_proven(
    tmp_path: Path, paragraphs: list[str], when: str
) -> None:
    article = Article(title="A deputy moves", language="en", sections=(Section(None, tuple(paragraphs)),))
    lists = {"parties": ("Reed Party",), "defection_en": ("defected to",)}

    made = draft_from(article, (), lists)
    text = written("moved", made, title="t", until=None, today=TODAY)

    assert made.when == when
    assert configured(tmp_path, moved=text) == ({"moved"}, [])


def test_an_article_without_a_word_to_take_asks_for_one() -> None:
    article = Article(title="And so on", language="km", sections=(Section(None, ("and so on",)),))

    with pytest.raises(ValueError, match="--phrase"):
        draft_from(article, (), {})


def test_a_list_of_words_may_be_written_in_lines_or_commas() -> None:
    assert words_of("left the party, crossed  the floor # idiom\n脱党、退党\n\nleft the party") == [
        "left the party",
        "crossed the floor",
        "脱党",
        "退党",
    ]


def test_the_same_rules_are_compiled_once_and_changed_ones_again(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    settings = Settings.model_validate({"rules": {"packs": [], "files": ["*.yaml"]}})
    path.write_text(RULE.format(id="a", severity="low"))
    first, again = load_configured(settings, tmp_path), load_configured(settings, tmp_path)
    path.write_text(RULE.format(id="b", severity="low"))
    changed = load_configured(settings, tmp_path)

    assert again.ruleset is first.ruleset
    assert set(changed.ruleset.rules) == {"b"}
