import pytest

from rules import packs
from rules.compile import load_rules
from rules.lint import check
from tests.rules.rulebook import rule

QUIET = "severity: low\nlanguages: [en, km]\nterms: {a: [dissolved, រំលាយ], b: [CNRP]}\nwhen: a NEAR/5 b\n"


def test_a_careful_rule_has_no_issue() -> None:
    assert check(rule(QUIET)) == []


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("terms: {a: [US]}\nwhen: a\nslow: true", "acronym-word", "also finds 'us'"),
        ("terms: {a: [de*]}\nwhen: a\nslow: true", "broad-wildcard", "2 letters"),
        ("query: parliament AND council", "common-anchor", "looked at for about"),
        ("query: dissolved AND NOT refused", "document-not", "one mention anywhere"),
        ("terms: {a: [defect*, defected]}\nwhen: a", "duplicate-term", "already found by 'defect*'"),
        ("terms: {a: [hun sen, Hun-Sen]}\nwhen: a", "duplicate-term", "already found by 'hun sen'"),
        ("terms: {a: [CNRP OR CPP]}\nwhen: a", "hidden-boolean", "as a phrase"),
        ("terms: {a: [no]}\nwhen: a\nslow: true", "hidden-boolean", "truth value"),
        ("terms: {a: ['*tion']}\nwhen: a", "leading-wildcard", "ends so"),
        ("languages: [km]\nquery: CNRP", "missing-language", "no term is written in its script"),
        ("query: ยุบ", "short-unspaced", "inside other words"),
        ("query: 党\nslow: true", "short-unspaced", "inside other words"),
        ("query: ยุบ\nevents: [dissolution]", "short-unspaced", "inside other words"),
        ("terms: {a: [“CNRP”]}\nwhen: a", "smart-quotes", "are not looked for"),
        ("query: “CNRP”", "smart-quotes", "word processor"),
        ("terms: {a: [x], b: [y]}\nwhen: a NEAR/0 b", "unreachable", "never holds"),
        ("terms: {a: [x]}\nwhen: a AND NOT a", "unreachable", "never holds"),
        ("terms: {a: [x]}\nwhen: a OR a", "unreachable", "twice"),
        ("query: title:x\nfields: {title: 0}", "unreachable", "no weight"),
        ("severity: high\nquery: CNRP", "untested", "match or no_match"),
        ("terms: {a: [x], b: [y]}\nwhen: a", "unused-group", "'b' is never used"),
    ],
)
def test_each_check_finds_its_mistake(text: str, name: str, said: str) -> None:
    issues = {issue.check: str(issue) for issue in check(rule(text))}
    assert name in issues
    assert said in issues[name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("terms: {a: [{word: US, case: exact}]}\nwhen: a", "acronym-word"),
        ("query: (dissolved AND NOT refused IN sentence)", "document-not"),
        ("query: ยุบ NEAR/5 พรรค", "short-unspaced"),
        ("query: ยุบพรรค OR 解散", "short-unspaced"),
        ("query: CNRP AND government", "common-anchor"),
        ("query: parliament AND council\nslow: true", "common-anchor"),
        ("terms: {a: ['@defect_en', defected]}\nwhen: a", "duplicate-term"),
        ("query: ยุบ\nevents: [dissolution]\nclaims: {unclear: none}", "short-unspaced"),
    ],
)
def test_a_check_is_silent_where_nothing_is_wrong(text: str, name: str) -> None:
    assert name not in {issue.check for issue in check(rule(text))}


def test_nothing_is_said_of_the_shipped_packs() -> None:
    files = [file for name in packs.names() for file in packs.load(name)]

    assert [str(issue) for issue in check(load_rules(files, lists=packs.lists()).ruleset)] == []
