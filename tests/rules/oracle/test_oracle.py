"""The engine and the brute force agree, on more pairs when TOCSIN_ORACLE_PAIRS asks for them."""

import os
from random import Random

import pytest

from rules.compile import compile_rules
from rules.condition import parse
from rules.match import match
from rules.resolve import resolve
from rules.wording import as_when
from tests.rules.oracle import invent
from tests.rules.oracle.brute_force import BruteForce, Read

PAIRS = int(os.environ.get("TOCSIN_ORACLE_PAIRS", "20000"))
RULES, ARTICLES = 100, 25


BATCHES = 8


@pytest.mark.parametrize("batch", range(BATCHES))
def test_engine_and_brute_force_find_the_same_words_in_the_same_places(batch: int) -> None:
    matched = pairs = 0
    for seed in range(batch, max(BATCHES, PAIRS // (RULES * ARTICLES)), BATCHES):
        random = Random(seed)
        rules = [invent.rule(random, number) for number in range(RULES)]
        ruleset = compile_rules(rules)
        for _ in range(ARTICLES):
            article = invent.article(random)
            read = Read(article)
            found = {
                one.rule: ([(span.field, span.start, span.end) for span in one.spans], one.outside)
                for one in match(article, ruleset)
            }
            for rule in rules:
                pairs += 1
                expected = _expected(BruteForce(rule, read), bool(article.comments))
                matched += expected is not None
                assert found.get(rule.id) == expected, (seed, rule, article)
    assert matched > pairs / 100


def _expected(brute: BruteForce, has_comments: bool) -> tuple[list[tuple[str, int, int]], str] | None:
    spans = brute.spans(comments=False)
    if spans is not None:
        return spans, ""
    if not has_comments or brute.rule.fields["comment"]:
        return None
    spans = brute.spans(comments=True)
    return None if spans is None else (spans, "comment")


def test_a_condition_written_out_is_read_back_the_same() -> None:
    random = Random(7)
    for number in range(300):
        rule = invent.rule(random, number)
        again = resolve(parse(as_when(rule.when)).root, rule.terms, {}, words_are_literals=False)
        assert as_when(again) == as_when(rule.when)
