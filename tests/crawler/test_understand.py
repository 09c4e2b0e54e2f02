"""What an article holds: all that matched, and what of it is worth keeping."""

from __future__ import annotations

from functools import cache

from crawler.rulefiles import load_named
from crawler.understand import Understood, understand
from rules.compile import Ruleset
from state.article import Article, Section


@cache
def _rules() -> Ruleset:
    return load_named(["defection"]).ruleset


def _read(text: str) -> Understood:
    article = Article(title="Notes", sections=(Section(None, (text,)),), language="en")
    return understand(article, _rules(), None, today=None)


def test_words_that_tell_no_event_are_found_and_not_kept() -> None:
    read = _read("The party's lawmakers left the chamber before midnight.")

    assert [match.rule for match in read.found] == ["defection-en"]
    assert (read.matches, read.events, read.assessments) == ((), (), ())


def test_a_match_to_which_an_event_belongs_is_kept() -> None:
    read = _read("Senator Ada Obi quit the Harmony Front party for the Civic Union party on Tuesday.")

    assert [match.rule for match in read.matches] == ["defection-en"]
    assert [assessed.kind for assessed in read.assessments] == ["defection"]
