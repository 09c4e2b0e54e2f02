"""The shipped rules: they load, keep their own cases, and find the same words that events are read from."""

from __future__ import annotations

from collections import Counter

import pytest

from rules import packs
from rules.compile import LoadedRules, load_rules
from rules.trial import run_tests
from state.records import Severity


@pytest.fixture(scope="module")
def loaded() -> LoadedRules:
    files = [file for name in packs.names() for file in packs.load(name)]
    return load_rules(files, lists=packs.lists())


def test_every_shipped_rule_loads_without_a_mistake(loaded: LoadedRules) -> None:
    assert [str(error) for error in loaded.errors] == []
    assert loaded.ruleset.rules


def test_every_shipped_rule_keeps_its_own_cases(loaded: LoadedRules) -> None:
    failed = [
        (result.rule, result.problem, result.case.title or result.case.body)
        for result in run_tests(loaded.ruleset)
        if result.outcome == "failed"
    ]
    assert failed == []


def test_the_english_rules_carry_at_least_two_hundred_cases(loaded: LoadedRules) -> None:
    cases = Counter(
        result.rule for result in run_tests(loaded.ruleset, only=["defection-en", "dissolution-en"])
    )
    assert sum(cases.values()) >= 200
    assert min(cases.values()) >= 80


def test_an_english_rule_rings_at_its_claims_worth_and_never_on_words_alone(loaded: LoadedRules) -> None:
    for rule in (loaded.ruleset.rules["defection-en"], loaded.ruleset.rules["dissolution-en"]):
        assert rule.severity is Severity.CRITICAL
        assert all(severity is Severity.LOW for severity in rule.claims.values() if severity is not None)


def test_an_unknown_pack_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        packs.load("marriage")


def test_lists_hold_every_form_of_an_english_verb() -> None:
    leaving = packs.lists()["defection_leaving_en"]
    assert {"quit", "quits", "quitting", "left", "leaves", "leaving", "walked out of"} <= set(leaving)


def test_lists_hold_a_countrys_parties_in_its_own_script() -> None:
    assert {"CNRP", "គណបក្សភ្លើងទៀន", "Candlelight Party"} <= set(packs.lists()["kh_parties"])
