import datetime as dt

import pytest

from rules.condition import Leaf, Near, walk
from rules.rule import UnlessNear
from rules.schema import RuleFile, read_rules
from rules.terms import Term
from state.records import Claim, Severity

LISTS = {"defect_en": ("defect", "defected", "defection*"), "kh_parties": ("CNRP", "Candlelight Party")}

FULL = """
id: kh-defection
title: Members leave the opposition
status: stable
severity: critical
languages: [en, km]
tags: [country.KH]
references: ["https://example.org/a"]
false_positives: ["birthday parties"]
description: What it is for.
author: The desk
date: 2023-07-01
modified: 2023-07-02
until: 2030-01-01
terms:
  party: ["@kh_parties", {word: US, case: exact}, គណបក្សភ្លើងទៀន]
  act: [{macro: defect_en, sense: leave one side}, "joined the ruling*", {substring: pledg}, {regex: 'quit(s|ting)?'}]
when: party NEAR/15 act
except: [birth defect]
unless_near: {terms: [football], within: 5, of: act}
fields: {title: 3, comment: 1}
events: [defection]
claims: {unclear: none, denied: low}
was: [old-id]
reviewed: {en: {by: A. Person, on: 2023-07-01, how: read}, km: none}
tests:
  - match: CNRP members defected.
    spans: [CNRP, defected]
    claim: reported
  - no_match: {title: Birth defect, body: [one, two], lang: en, published_at: 2023-07-01}
"""


def read(text: str) -> RuleFile:
    return read_rules("rules.yaml", text.encode(), LISTS)


def test_every_key_is_read() -> None:
    file = read(FULL)
    assert file.errors == ()
    (rule,) = file.rules
    assert (rule.id, rule.severity, rule.status, rule.until) == (
        "kh-defection",
        Severity.CRITICAL,
        "stable",
        dt.date(2030, 1, 1),
    )
    assert rule.terms["party"] == (
        Term("CNRP", macro="kh_parties"),
        Term("Candlelight Party", macro="kh_parties"),
        Term("US", exact=True),
        Term("គណបក្សភ្លើងទៀន"),
    )
    assert Term("defection", open_end=True, macro="defect_en", sense="leave one side") in rule.terms["act"]
    assert {Term("pledg", "substring"), Term("quit(s|ting)?", "regex")} <= set(rule.terms["act"])
    assert isinstance(rule.when, Near)
    assert rule.exceptions == (Term("birth defect"),)
    assert rule.unless_near == (UnlessNear(terms=(Term("football"),), words=5, groups=("act",)),)
    assert (rule.fields["title"], rule.fields["body"], rule.fields["comment"]) == (3, 1, 1)
    assert rule.claims == {Claim.UNCLEAR: None, Claim.DENIED: Severity.LOW}
    assert rule.reviewed == {"en": "A. Person, 2023-07-01, read", "km": "none"}
    first, second = rule.tests
    assert (first.spans, first.claim, str(first.place)) == (
        ("CNRP", "defected"),
        Claim.REPORTED,
        "rules.yaml:27:5",
    )
    assert (second.title, second.body, second.language) == ("Birth defect", ("one", "two"), "en")


def test_a_file_holds_one_rule_several_documents_or_a_list() -> None:
    one = "id: a\nquery: x\n"
    assert [
        rule.id for rule in read(one + "---\nrules:\n- {id: b, query: y}\n- {id: c, query: z}\n").rules
    ] == ["a", "b", "c"]


def test_a_query_takes_bare_words_and_a_condition_only_names() -> None:
    (rule,) = read(
        'id: a\nquery: ("candlelight party" OR CNRP) NEAR/15 dissol* EXCEPT ("dissolve in water")'
    ).rules
    assert [node.terms for node in walk(rule.when) if isinstance(node, Leaf)] == [
        (Term("candlelight party"),),
        (Term("CNRP"),),
        (Term("dissol", open_end=True),),
    ]
    assert rule.exceptions == (Term("dissolve in water"),)
    (error,) = read("id: a\nterms: {party: [x]}\nwhen: partie").errors
    assert str(error).startswith("rules.yaml:3:7: no term group named 'partie'")
    assert 'did you mean "party"?' in error.hint


def test_score_and_condition_are_both_asked() -> None:
    (rule,) = read(
        'id: a\nterms: {g: [x]}\nwhen: g\nscore: {threshold: 5, weights: {"@defect_en": 4, CNRP: 2, g: -6}}'
    ).rules
    assert rule.written == "g AND SCORE>=5"


def test_every_mistake_is_told_and_the_other_rules_are_read() -> None:
    file = read(
        """
rules:
- id: good
  query: x
- id: bad
  severty: high
  severity: hi
  terms: {party: [], a: ["x*y", "@defct_en", "…", {word: x, substring: y}, {regex: '(a'}]}
  when: party NEAR/15
  fields: {headline: 1}
  claims: {maybe: low}
  tests: [{matches: x}, {match: x, claim: sure}]
  notify: desk
  date: 16.11.2017
- query: y
"""
    )
    assert [rule.id for rule in file.rules] == ["good"]
    told = "\n".join(map(str, file.errors))
    for said in (
        "rules.yaml:6:3: 'severty' is no key of a rule\n  hint: did you mean \"severity\"?",
        "rules.yaml:7:13: 'hi' is no severity",
        "rules.yaml:8:11: the term group 'party' is empty",
        "a wildcard inside 'x*y'",
        'no list named @defct_en\n  hint: did you mean "@defect_en"?',
        "'…' has no letter or digit",
        "a term has exactly one of word",
        "the expression is refused",
        "rules.yaml:9:21: the condition ends too early",
        "'headline' is no field",
        "'maybe' is no claim",
        "'matches' is no key of a test",
        "'sure' is no claim",
        "'notify' is no key of a rule\n  hint: who hears of it is decided by routes",
        "'16.11.2017' is no day",
        "the rule has no id",
    ):
        assert said in told


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("NOT g", "nothing must be found"),
        ("g OR NOT h", "nothing must be found"),
        ("g NEAR/5 (h AND g)", "NEAR and BEFORE take terms"),
        ("3 OF (g, h)", "can never hold"),
        ("0 OF (g, h)", "can never hold"),
    ],
)
def test_conditions_that_make_no_sense_are_refused(condition: str, said: str) -> None:
    (error,) = read(f"id: a\nterms: {{g: [x], h: [y]}}\nwhen: {condition}").errors
    assert said in str(error)


def test_the_version_changes_with_what_decides_and_with_nothing_else() -> None:
    def version(text: str) -> str:
        (rule,) = read(text).rules
        return rule.version

    rule = "id: a\nterms: {g: [x]}\nwhen: g\n"
    assert version(rule) == version(rule + "title: Other\nreferences: [z]\n")
    assert (
        len({version(rule), version(rule + "severity: low\n"), version(rule.replace("[x]", "[x, y]"))}) == 3
    )
