"""How loudly an article rings: claim, office, crowd, and what a rule says itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from rules.assess import TABLE, assess
from state.article import Article, Section
from state.records import Claim, Event, Match, Severity, Span

ARTICLE = Article(title="T", sections=(Section(None, ("One.", "Two.")),))
FIRST, SECOND = "/sections/0/paragraphs/0", "/sections/0/paragraphs/1"


def event(claim: Claim = Claim.REPORTED, *, field: str = FIRST, **more: Any) -> Event:
    fields: dict[str, Any] = {"kind": "defection", "subkind": "switch"} | more
    return Event(claim=claim, quote="One.", quote_at=Span(field, 0, 4, "One."), **fields)


def matched(
    *, severity: Severity = Severity.CRITICAL, claims: Mapping[Claim, Severity] | None = None, **more: Any
) -> Match:
    fields: dict[str, Any] = {"kind": "defection", "expects": ("defection",)} | more
    spans = (Span(FIRST, 0, 3, "One"),)
    return Match(rule="r", rule_version="1", severity=severity, spans=spans, claims=claims or {}, **fields)


@pytest.mark.parametrize("claim", list(Claim))
def test_each_claim_is_worth_what_the_table_says(claim: Claim) -> None:
    (made,) = assess(ARTICLE, [matched()], [event(claim)])
    assert (made.severity, made.claim) == (TABLE[claim], claim)


def test_a_reported_departure_of_a_national_office_holder_is_critical() -> None:
    assert assess(ARTICLE, [matched()], [event(office=True)])[0].severity is Severity.CRITICAL


@pytest.mark.parametrize(("count", "severity"), [(49, Severity.HIGH), (50, Severity.CRITICAL)])
def test_fifty_people_are_a_crowd(count: int, severity: Severity) -> None:
    assert assess(ARTICLE, [matched()], [event(count_min=count)])[0].severity is severity


@pytest.mark.parametrize(
    ("subkind", "severity"),
    [
        ("court", Severity.CRITICAL),
        ("exec", Severity.CRITICAL),
        ("admin", Severity.CRITICAL),
        ("self", Severity.HIGH),
    ],
)
def test_a_party_ended_by_the_state_is_critical(subkind: str, severity: Severity) -> None:
    match = matched(kind="dissolution", expects=("dissolution",))
    (made,) = assess(ARTICLE, [match], [event(kind="dissolution", subkind=subkind)])
    assert made.severity is severity


def test_an_office_holder_who_only_plans_to_leave_is_not_critical() -> None:
    assert assess(ARTICLE, [matched()], [event(Claim.PLANNED, office=True)])[0].severity is Severity.HIGH


def test_a_recruitment_never_rings_whoever_joins() -> None:
    made = assess(
        ARTICLE,
        [matched(claims={Claim.REPORTED: Severity.HIGH})],
        [event(subkind="recruitment", count_min=900)],
    )
    assert not made[0].rings


def test_a_rule_is_never_louder_than_its_own_severity() -> None:
    assert assess(ARTICLE, [matched(severity=Severity.LOW)], [event(office=True)])[0].severity is Severity.LOW


def test_a_rule_may_give_a_claim_a_severity_of_its_own() -> None:
    match = matched(claims={Claim.DENIED: Severity.LOW})
    assert assess(ARTICLE, [match], [event(Claim.DENIED)])[0].severity is Severity.LOW


def test_words_without_an_event_are_unclear() -> None:
    (made,) = assess(ARTICLE, [matched()], [])
    assert (made.claim, made.severity) == (Claim.UNCLEAR, Severity.MEDIUM)
    (quiet,) = assess(ARTICLE, [matched(claims={Claim.UNCLEAR: Severity.LOW})], [])
    assert quiet.severity is Severity.LOW


def test_an_event_in_a_paragraph_without_the_rules_words_is_not_its_event() -> None:
    (made,) = assess(ARTICLE, [matched()], [event(field=SECOND)])
    assert made.claim is Claim.UNCLEAR


def test_a_rule_without_events_rings_at_its_own_severity() -> None:
    (made,) = assess(ARTICLE, [matched(expects=(), kind="floods", severity=Severity.HIGH)], [])
    assert (made.kind, made.severity, made.claim) == ("floods", Severity.HIGH, None)


def test_words_in_comments_only_are_low() -> None:
    (made,) = assess(ARTICLE, [matched(outside="comment")], [event(office=True)])
    assert made.severity is Severity.LOW


def test_each_kind_has_one_entry_with_its_loudest_claim() -> None:
    events = [event(Claim.DENIED), event(Claim.REPORTED), event(kind="dissolution", subkind="court")]
    matches = [matched(), replace(matched(kind="dissolution", expects=("dissolution",)), rule="s")]
    made = assess(ARTICLE, matches, events)
    assert [(one.kind, one.claim, one.rules) for one in made] == [
        ("defection", Claim.REPORTED, ("r",)),
        ("dissolution", Claim.REPORTED, ("s",)),
    ]


@pytest.mark.parametrize(
    ("language", "found", "named"),
    [
        ("en", ["defection-en", "defection-fr"], ("defection-en",)),
        ("en-GB", ["defection-fr", "defection-en"], ("defection-en",)),
        ("fr", ["defection-en", "defection-fr"], ("defection-fr",)),
        ("km", ["defection-en", "defection-fr"], ("defection-en", "defection-fr")),
        (None, ["defection-en", "defection-fr"], ("defection-en", "defection-fr")),
        ("en", ["defection-en", "desk-fr", "mine"], ("defection-en", "desk-fr", "mine")),
    ],
)
def test_of_a_pack_the_rule_for_the_articles_own_language_is_named(
    language: str | None, found: list[str], named: tuple[str, ...]
) -> None:
    matches = [replace(matched(), rule=rule, languages=(rule[-2:],) if "-" in rule else ()) for rule in found]

    assert assess(replace(ARTICLE, language=language), matches, [event()])[0].rules == named
