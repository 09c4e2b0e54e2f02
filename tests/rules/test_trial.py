from rules.trial import run_tests, unproven
from tests.rules.rulebook import rules

CASES = """
id: r
severity: high
terms: {party: [CNRP], act: [dissolved, rues]}
when: party NEAR/15 act
tests:
  - match: The court dissolved the CNRP.
    spans: [CNRP, dissolved]
  - match: The court closed the CNRP.
  - match: The CNRP was dissolved.
    spans: [court]
  - no_match: The committee was dissolved.
  - no_match: {title: CNRP dissolved}
  - todo_match: CNRP faces its end
  - todo_match: CNRP dissolved
  - todo_no_match: The CNRP rues it.
"""


def test_each_case_tells_how_it_went_and_where_it_stands() -> None:
    results = run_tests(rules(CASES))
    assert [(result.outcome, result.problem) for result in results] == [
        ("passed", ""),
        ("failed", "does not match"),
        ("failed", "'court' is not among the words that matched: CNRP, dissolved"),
        ("passed", ""),
        ("failed", "matches: CNRP, dissolved"),
        ("todo", "does not match"),
        ("todo_done", ""),
        ("todo", "matches: CNRP, rues"),
    ]
    assert str(results[1].case.place) == "rules.yaml:9:5"


def test_a_loud_rule_without_a_passing_case_is_unproven() -> None:
    text = """
rules:
- {id: failing, severity: high, query: x, tests: [{match: y}]}
- {id: proven, severity: high, query: x, tests: [{match: x}]}
- {id: promised, severity: critical, query: x, tests: [{todo_match: x}]}
- {id: untested, severity: high, query: x}
- {id: quiet, severity: medium, query: x}
"""
    ruleset = rules(text)
    assert unproven(ruleset, run_tests(ruleset)) == ["failing", "promised", "untested"]


def test_a_case_may_say_that_words_match_and_nobody_is_told() -> None:
    text = """
id: r
severity: high
events: defection
claims: {unclear: none}
terms: {act: [defected]}
when: act
tests:
  - match: The printer defected again.
    severity: none
  - match: Kim Dara, a lawmaker of the Harmony Party, defected to the Civic Union on Monday.
    severity: none
"""
    assert [(result.outcome, result.problem) for result in run_tests(rules(text))] == [
        ("passed", ""),
        ("failed", "the severity is high, not none"),
    ]
