"""What an edit adds and loses: told from counts and samples that stay small."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from rules.backtest import Backtest, Hit, Sample
from state.article import Article
from tests.rules.rulebook import article, rule, rules

START = datetime(2026, 3, 4, 9, tzinfo=UTC)
LIVE = "query: defected\n"


def on(day: int, text: str) -> Article:
    return replace(
        article(text, title=text), published_at=START + timedelta(days=day), url=f"https://n.example/{day}"
    )


def test_what_only_one_version_rings_is_told_apart() -> None:
    test = Backtest(rule("query: left"), rule(LIVE))
    test.take([on(0, "They defected."), on(1, "They left."), on(2, "They defected and left.")])

    tally = test.tallies["r"]
    assert [hit.title for hit in tally.added.hits] == ["They left."]
    assert [hit.title for hit in tally.lost.hits] == ["They defected."]
    assert tally.rings == 2


def test_the_same_version_adds_and_loses_nothing() -> None:
    test = Backtest(rule(LIVE), rule(LIVE))
    test.take([on(0, "They defected.")])

    tally = test.tallies["r"]
    assert (tally.live, tally.added.offered, tally.lost.offered) == (tally.version, 0, 0)


def test_a_renamed_rule_is_held_against_its_former_self() -> None:
    test = Backtest(rules("id: new\nwas: [r]\nquery: left"), rule(LIVE))
    test.take([on(0, "They defected.")])

    assert test.tallies["new"].lost.offered == 1


def test_severity_decides_what_rings_and_what_waits() -> None:
    test = Backtest(
        rules(
            "id: a\nseverity: low\nquery: defected\n---\nid: b\nquery: defected\nevents: [defection]\nclaims: {unclear: none}"
        )
    )
    test.take([on(0, "The wires defected.")])

    assert dict(test.tallies["a"].outcomes) == {"low": 1}
    assert dict(test.tallies["b"].outcomes) == {"untold": 1}


def test_weeks_run_from_the_first_article_to_the_last_without_a_gap() -> None:
    test = Backtest(rule(LIVE))
    test.take([on(0, "They defected."), on(15, "Nothing."), article("They defected.", title="undated")])

    tally = test.tallies["r"]
    assert list(test.span) == [date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16)]
    assert dict(tally.weeks) == {date(2026, 3, 2): 1}
    assert tally.rings == 2


def test_a_sample_is_bounded_and_the_same_in_any_order() -> None:
    hits = [Hit(str(n), "", None, "en", f"https://n.example/{n}", "high", "") for n in range(500)]
    one, other = Sample(3), Sample(3)
    for hit in hits:
        one.offer(hit)
    for hit in reversed(hits):
        other.offer(hit)

    assert {hit.title for hit in one.hits} == {hit.title for hit in other.hits}
    assert (len(one.hits), one.offered) == (3, 500)
