import pytest

from rules.explain import as_text, explain, rule_named
from rules.match import match
from rules.why_not import as_text as why_not_text
from rules.why_not import why_not
from rules.wording import as_when, in_words
from state.errors import RuleReferenceError
from tests.rules.rulebook import article, rule, rules

RULE = """title: Leaving
terms:
  party: ["@kh_parties", {word: ruling party, sense: those in power}]
  act: [announced, "@defect_en"]
  court: [courts]
when: party NEAR/5 act OR (party AND court AND act IN sentence)
except: [announced a party]
was: [older]
"""


def test_a_match_names_its_words_and_how_they_stand() -> None:
    text = article("He announced his move to the ruling party.")
    (found,) = match(text, rule(RULE))
    assert found.explanation["reason"] == '"ruling party" near "announced"'
    explanation = explain(found, text, rule(RULE))
    assert [(one.group, one.term, one.span.quote, one.sense) for one in explanation.found] == [
        ("act", "announced", "announced", ""),
        ("party", "ruling party", "ruling party", "those in power"),
    ]
    assert "He [announced] his move" in as_text(explanation)


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ("act", '"defected"'),
        ("party AND act", '"CNRP" and "defected"'),
        ("(party AND act IN sentence)", '"CNRP" and "defected" in one sentence'),
        ("2 OF (party, act, court)", '"CNRP" and "defected"'),
        ("body:party", '"CNRP" in the body'),
        ("party BEFORE/3 act", '"CNRP" before "defected"'),
        ("SCORE>=3 (party^2, act^1)", '3 points: "CNRP", "defected"'),
        ("party AND NOT court", '"CNRP"'),
    ],
)
def test_the_reason_reads_like_the_condition(condition: str, reason: str) -> None:
    ruleset = rule(RULE.replace("party NEAR/5 act OR (party AND court AND act IN sentence)", condition))
    (found,) = match(article("The CNRP has defected."), ruleset)
    assert found.explanation["reason"] == reason


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Nothing.", "none of its terms is there"),
        ("CNRP one two three four five six defected", "6 words apart at the nearest"),
        ("He announced a party: CNRP", "except: or unless_near: sets them aside"),
        ("CNRP. It defected", None),
    ],
)
def test_a_miss_names_what_failed(text: str, said: str | None) -> None:
    answer = why_not("older", article(text), rule(RULE))
    assert answer.matched == (said is None)
    assert (said or "it matches") in why_not_text(answer)


@pytest.mark.parametrize(
    ("condition", "said", "clause"),
    [
        ("party AND court", "none of its terms is there: courts", "court"),
        ("party AND NOT act", "what must not be there is there", "NOT act"),
        ("party AND act IN sentence", "no single sentence holds", "party AND act IN sentence"),
        ("title:act", "not in this field", "act"),
        ("SCORE>=5 (party^2, act^1, court^4)", "the score is 3 of 5", "SCORE>=5 (party^2, act^1, court^4)"),
        ("3 OF (party, act, court)", "2 of 3 hold, 3 must", "3 OF (party, act, court)"),
        ("party NEAR/50 act", "never in one paragraph", "party NEAR/50 act"),
    ],
)
def test_the_first_failing_clause_is_named(condition: str, said: str, clause: str) -> None:
    ruleset = rule(RULE.replace("party NEAR/5 act OR (party AND court AND act IN sentence)", condition))
    answer = why_not("r", article("The CNRP.", "They defected."), ruleset)
    assert not answer.matched
    assert said in answer.because
    assert answer.clause == clause


def test_an_unknown_rule_is_an_error_with_a_next_step() -> None:
    with pytest.raises(RuleReferenceError, match="no rule has the id"):
        rule_named("nope", rule(RULE))


def test_a_rule_reads_as_a_paragraph_without_operators() -> None:
    said = in_words(rule(RULE + "severity: high\nclaims: {unclear: none, denied: low}\n").rules["r"])
    assert "Leaving (r) rings with severity high" in said
    assert "“ruling party” (those in power) fewer than 5 words from “announced”" in said
    assert "If it is only unclear, nobody is told. If it is only denied, the severity is low." in said
    assert "never wakes anybody" in said
    assert " AND " not in said
    assert "NEAR" not in said


def test_a_rule_is_written_back_as_condition_and_as_one_query_line() -> None:
    ruleset = rule(RULE)
    when = ruleset.rules["r"].when
    assert as_when(when) == "party NEAR/5 act OR party AND court AND act IN sentence"
    query = as_when(when, spelt_out=True)
    again = rules(f"id: r\nquery: '{query}'\nexcept: [announced a party]\n")
    for text in ("CNRP defected", "courts: Candlelight Party and much else to say first, announced", "CNRP"):
        assert [one.spans for one in match(article(text), again)] == [
            one.spans for one in match(article(text), ruleset)
        ]
