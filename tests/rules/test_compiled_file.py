"""Compiled rules as bytes: the same rules, the same matches, and nothing taken from a damaged file."""

import json

import pytest

from rules import packs
from rules.compile import Ruleset, load_rules
from rules.compiled_file import DamagedFileError, dump, load
from rules.match import match
from rules.trial import article_of, run_tests
from state.article import Article
from tests.rules.rulebook import article, rules

EVERYTHING = """\
id: a
title: Every operator
status: stable
severity: high
languages: [en, km]
tags: [x]
references: ["https://example.org/"]
false_positives: [a wedding]
description: d
author: me
date: 2026-01-02
modified: 2026-01-03
until: 2099-01-01
was: [b]
reviewed: {en: {by: me, on: "2026-01-01"}}
terms:
  act: [defect*, "*section", {word: CNRP, case: exact, sense: a party}, {substring: រំលាយ}, {regex: 'cn.p part[yi]'}]
  who: ["@kh_parties", Hun Sen]
when: >-
  (act NEAR/5 who OR who BEFORE/3 act) AND NOT "refused"
  OR (2 OF (act, who, "floor")) OR ((act AND who) IN sentence) OR title:(act) OR SCORE>=3 (act^2, who^1.5, "band"^-4)
except: [birth defect]
unless_near: [wedding, {terms: [music], within: 4, of: [act]}]
fields: {comment: 1, caption: 0.5}
events: [defection]
claims: {unclear: none, denied: low}
slow: true
tests:
- match: {title: T, subtitle: S, body: He defected to the CNRP., captions: [c], comments: [k], lang: en, published_at: "2026-03-10T09:00:00Z"}
  spans: [defected]
  claim: reported
  severity: high
  note: n
- todo_no_match: Nothing.
---
id: retired
status: retired
query: gone
---
id: alone
query: ยุบพรรค OR 解散 OR "더불어 민주당"
"""
ARTICLES = [
    article("He defected to the CNRP, said Hun Sen.", title="Defection"),
    article("A birth defect.", "music and defectors of the Candlelight Party", comments=("cnrp defects",)),
    article("តុលាការរំលាយ CNRP", "ศาลยุบพรรค", "解散", "더불어민주당"),
    article("Nothing at all."),
]


def kept(ruleset: Ruleset) -> Ruleset:
    return load(dump(ruleset))


def answers(ruleset: Ruleset, articles: list[Article]) -> list[object]:
    found = [match(one, ruleset, replies=replies) for one in articles for replies in ("digest", "ring")]
    return [[(one, json.dumps(one.explanation)) for one in each] for each in found]


def test_every_field_of_every_rule_comes_back() -> None:
    ruleset = rules(EVERYTHING)
    back = kept(ruleset)

    assert dict(back.rules) == dict(ruleset.rules)
    assert (back.hash, len(back.rules), "a" in back.rules, "z" in back.rules) == (
        ruleset.hash,
        3,
        True,
        False,
    )
    assert [one.anchor for one in back.engine.prepared] == [one.anchor for one in ruleset.engine.prepared]
    assert list(back.engine.needles) == list(ruleset.engine.needles)


def test_it_matches_as_before_with_the_same_explanations() -> None:
    ruleset = rules(EVERYTHING)

    assert answers(kept(ruleset), ARTICLES) == answers(ruleset, ARTICLES)


def test_the_shipped_packs_match_their_own_cases_as_before() -> None:
    files = [file for name in packs.names() for file in packs.load(name)]
    ruleset = load_rules(files, lists=packs.lists()).ruleset
    cases = [article_of(case) for rule in ruleset.rules.values() for case in rule.tests[:3]]
    back = kept(ruleset)

    assert [match(one, back) for one in cases] == [match(one, ruleset) for one in cases]


def test_cases_can_be_tried_on_it() -> None:
    ruleset = rules(EVERYTHING)

    assert run_tests(kept(ruleset)) == run_tests(ruleset)


def test_a_set_without_rules_comes_back() -> None:
    back = kept(load_rules([]).ruleset)

    assert (dict(back.rules), match(ARTICLES[0], back)) == ({}, [])


@pytest.mark.parametrize("cut", [0, 3, 40, 400, -1])
def test_a_damaged_file_is_refused(cut: int) -> None:
    data = dump(rules(EVERYTHING))

    with pytest.raises(DamagedFileError):
        load(data[:cut])
    with pytest.raises(DamagedFileError):
        load(data[:100] + b"x" + data[101:])
