"""Which notice an article gives rise to, and which it does not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from rules.alerts.decide import decide
from rules.alerts.reading import Decision, Reading, Standing
from state.article import Article
from state.records import Assessment, Claim, NoticeKind, Severity
from tests.rules.alerts.made import (
    LEFT,
    NOW,
    TITLE,
    article,
    assessment,
    event,
    nothing_yet,
    other,
    reading,
    standing,
)


def only(reading: Reading, stands: Standing) -> Decision:
    decisions = decide(reading, [stands], NOW)
    assert len(decisions) == 1
    return decisions[0]


def told(*found: Reading, unclaimed: tuple[int, ...] = ()) -> Standing:
    """Return how an alert stands after these readings were told one after the other."""
    stands = nothing_yet()
    for item in found:
        decision = only(item, stands)
        assert decision.alert is not None
        notices = [*stands.notices, *([decision.notice] if decision.notice else [])]
        stands = standing(decision.alert, *notices, unclaimed=unclaimed)
    return stands


FIRST = reading(assessment(event()))


def test_the_first_article_of_a_story_opens_an_alert() -> None:
    decision = only(FIRST, nothing_yet())
    assert decision.alert is not None
    assert decision.notice is not None
    assert (decision.alert.id, decision.notice.number, decision.notice.kind) == (
        "A-7f31",
        1,
        NoticeKind.ALERT,
    )
    assert decision.notice.told["title"] == TITLE
    assert decision.notice.told["quotes"][0]["quote"] == LEFT
    assert decision.notice.events == (event(),)


def test_backlog_opens_nothing_and_says_why() -> None:
    decision = only(reading(assessment(event()), fresh=False), nothing_yet())
    assert (decision.alert, decision.notice, decision.reason) == (None, None, "backlog")


def test_a_further_copy_is_attached_and_not_sent() -> None:
    copy = reading(assessment(event()), key="forum:2", relation="copy", of=other())
    decision = only(copy, told(FIRST))
    assert decision.notice is None
    assert decision.reason == "same alert: A-7f31, a further copy of news:one"


@pytest.mark.parametrize(
    ("late", "why"),
    [
        (assessment(event(), severity=Severity.CRITICAL), "severity rises from high to critical"),
        (assessment(event(Claim.DENIED)), "the claim moves to undone"),
        (assessment(event(), event(subkind="pressure")), "new sub-kind: pressure"),
        (
            assessment(event(), event(actor="Chum Phalla", quote="Chum Phalla left too.")),
            "newly named: Chum Phalla",
        ),
        (
            assessment(event(), event(Claim.CLAIMED, to="Funcinpec", quote="Joined it.")),
            "newly named: Funcinpec",
        ),
    ],
)
def test_what_is_new_in_a_late_copy_is_an_update(late: Assessment, why: str) -> None:
    copy = reading(late, page=article(source="forum"), key="forum:2", relation="copy", of=other())
    decision = only(copy, told(FIRST))
    assert decision.notice is not None
    assert decision.notice.kind is NoticeKind.UPDATE
    assert why in decision.notice.reason


def test_a_description_is_no_newly_named_person() -> None:
    vague = event(actor="Three former councilors", quote="Three former councilors left.", subkind="switch")
    copy = reading(assessment(event(), vague), key="forum:2", relation="copy", of=other())
    assert only(copy, told(FIRST)).notice is None


def test_a_refusal_that_names_somebody_is_not_an_update_by_its_name_alone() -> None:
    before = told(reading(assessment(event(), event(Claim.REFUSED))))
    refusing = event(Claim.REFUSED, actor="Mao Sreypov", quote="Mao Sreypov refused.")
    copy = reading(assessment(event(), refusing), key="forum:2", relation="copy", of=other())
    assert only(copy, before).notice is None


@pytest.mark.parametrize(("now", "rings"), [(20, True), (19, False)])
def test_a_count_must_double_to_be_news(now: int, rings: bool) -> None:
    before = told(reading(assessment(event(count="10", count_min=10))))
    copy = reading(
        assessment(event(count=str(now), count_min=now)), key="forum:2", relation="copy", of=other()
    )
    assert (only(copy, before).notice is not None) is rings


def test_an_article_that_joins_and_is_no_copy_is_an_update_that_names_the_other() -> None:
    joined = reading(assessment(event()), key="voa:2", relation="joined", of=other())
    decision = only(joined, told(FIRST))
    assert decision.notice is not None
    assert decision.notice.kind is NoticeKind.UPDATE
    assert decision.notice.told["joined_to"]["key"] == "news:one"


def test_the_original_of_a_repost_is_an_update() -> None:
    before = told(reading(assessment(event()), key="forum:2"))
    decision = only(reading(assessment(event()), found_original=other("forum:2")), before)
    assert decision.notice is not None
    assert decision.notice.reason.startswith("the original is found")


def test_a_notice_keeps_the_highest_severity_its_alert_ever_had() -> None:
    before = told(reading(assessment(event(), severity=Severity.CRITICAL)))
    joined = reading(
        assessment(event(), severity=Severity.MEDIUM), key="voa:2", relation="joined", of=other()
    )
    decision = only(joined, before)
    assert decision.notice is not None
    assert decision.notice.severity is Severity.CRITICAL


def revised(*found: Assessment, page: Article | None = None, **more: Any) -> Reading:
    return reading(*found, page=page, revised=True, **more)


DENIED = "Sao Vannak denied that he had left the Candlelight Party for the CPP."


def test_an_inverted_claim_is_a_correction_with_before_and_after() -> None:
    page = article(DENIED)
    decision = only(revised(assessment(event(Claim.DENIED, DENIED)), page=page), told(FIRST))
    assert decision.notice is not None
    assert decision.notice.kind is NoticeKind.CORRECTION
    assert decision.notice.told["changed"] == ["claim"]
    assert decision.notice.told["was"]["claim"] == "reported"
    assert decision.notice.told["now"]["quote"] == DENIED


@pytest.mark.parametrize(
    ("changed", "names"),
    [
        ({"actor": "Sao Vanny"}, ["actor"]),
        ({"from_": "Funcinpec"}, ["from"]),
        ({"to": "Funcinpec", "count": "3"}, ["to", "count"]),
    ],
)
def test_a_changed_meaning_field_is_a_correction(changed: dict[str, str], names: list[str]) -> None:
    decision = only(revised(assessment(event(**changed))), told(FIRST))
    assert decision.notice is not None
    assert decision.notice.told["changed"] == names


def test_a_cosmetic_version_is_silent() -> None:
    quote = LEFT.replace("Monday", "Monday morning")
    page = article(quote, "A paragraph about the weather was added.", title=TITLE.upper() + "!")
    found = assessment(event(quote=quote, actor="SAO VANNAK", date="Monday"))
    assert only(revised(found, page=page), told(FIRST)).notice is None


def test_a_new_headline_is_a_correction() -> None:
    page = article(title="Ruling party says councilor came over")
    decision = only(revised(assessment(event()), page=page), told(FIRST))
    assert decision.notice is not None
    assert decision.notice.told["changed"] == ["title"]
    assert decision.notice.told["was"]["title"] == TITLE


def test_a_quote_taken_off_the_page_is_a_correction_and_so_is_its_return() -> None:
    empty = article("The party did not comment.")
    gone = revised(page=empty)
    first = only(gone, told(FIRST))
    assert first.notice is not None
    assert first.notice.told["changed"] == ["quote_gone"]
    assert first.notice.told["gone"] == [LEFT]
    assert first.alert is not None
    assert only(gone, standing(first.alert, *told(FIRST).notices, first.notice)).notice is None
    back = only(revised(assessment(event())), standing(first.alert, *told(FIRST).notices, first.notice))
    assert back.notice is not None
    assert back.notice.kind is NoticeKind.CORRECTION
    assert "quote_back" in back.notice.told["changed"]


def test_words_without_events_are_corrected_when_their_sentence_goes() -> None:
    found = assessment(claim=Claim.UNCLEAR)
    spans = (event().quote_at,)
    first = reading(replace(found, spans=spans))
    decision = only(revised(page=article("Nothing of it.")), told(first))
    assert decision.notice is not None
    assert decision.notice.told["changed"] == ["quote_gone"]


def test_a_better_rendering_of_the_same_text_corrects_nothing_but_meaning() -> None:
    page = article("Short.", title="Councilor goes over to ruling party, says office")
    assert only(revised(assessment(event()), page=page, replaced=True), told(FIRST)).notice is None
    inverted = assessment(event(Claim.DENIED, DENIED))
    assert only(revised(inverted, page=article(DENIED), replaced=True), told(FIRST)).notice is not None


def test_what_nobody_was_sent_is_composed_anew() -> None:
    decision = only(
        revised(assessment(event(Claim.DENIED, DENIED)), page=article(DENIED)), told(FIRST, unclaimed=(1,))
    )
    assert decision.recomposed
    assert decision.notice is not None
    assert (decision.notice.number, decision.notice.kind) == (1, NoticeKind.ALERT)
    assert decision.notice.claim is Claim.DENIED


def test_what_nobody_was_sent_is_still_told_when_the_page_drops_it() -> None:
    decision = only(revised(page=article("Nothing of it.")), told(FIRST, unclaimed=(1,)))
    assert decision.recomposed
    assert decision.notice is not None
    assert decision.notice.events == (event(),)
    assert decision.notice.told["changed"] == ["quote_gone"]


def test_an_old_article_is_corrected_whatever_its_age() -> None:
    found = assessment(event(Claim.DENIED, DENIED))
    decision = only(revised(found, page=article(DENIED), fresh=False), told(FIRST))
    assert decision.notice is not None
    assert decision.notice.kind is NoticeKind.CORRECTION


def test_the_same_source_denying_all_of_it_withdraws_the_alert() -> None:
    page = article(DENIED, title="Councilor did not go over")
    denial = reading(
        assessment(event(Claim.DENIED, DENIED)), page=page, key="news:two", relation="joined", of=other()
    )
    decision = only(denial, told(FIRST))
    assert decision.notice is not None
    assert decision.notice.kind is NoticeKind.WITHDRAWAL
    assert decision.alert is not None
    assert decision.alert.state == "withdrawn"


def test_another_source_denying_it_is_an_update() -> None:
    page = article(DENIED, source="voa-english")
    denial = reading(
        assessment(event(Claim.DENIED, DENIED)), page=page, key="voa:2", relation="joined", of=other()
    )
    decision = only(denial, told(FIRST))
    assert decision.notice is not None
    assert decision.notice.kind is NoticeKind.UPDATE


def test_a_denial_by_somebody_else_withdraws_nothing() -> None:
    page = article("Mao Sreypov denied it.")
    found = assessment(event(Claim.DENIED, "Mao Sreypov denied it.", actor="Mao Sreypov"))
    decision = only(reading(found, page=page, key="news:two", relation="joined", of=other()), told(FIRST))
    assert decision.notice is not None
    assert decision.notice.kind is NoticeKind.UPDATE


def test_replies_make_no_news_unless_the_source_wants_them_to() -> None:
    reply = event(
        actor="Chum Phalla",
        quote="Chum Phalla left too.",
        quote_at=replace(event().quote_at, field="/comments/0/text"),
    )
    late = reading(assessment(event(), reply), revised=True)
    assert only(late, told(FIRST)).notice is None
    assert only(replace(late, replies_ring=True), told(FIRST)).notice is not None


def test_an_unsent_alert_that_becomes_louder_is_told_anew_and_does_not_wait_with_the_old_one() -> None:
    before = told(reading(assessment(event(Claim.BACKGROUND), severity=Severity.LOW)), unclaimed=(1,))
    decision = only(revised(assessment(event(), severity=Severity.CRITICAL)), before)
    assert not decision.recomposed
    assert decision.notice is not None
    assert (decision.notice.number, decision.notice.severity) == (2, Severity.CRITICAL)


def test_an_unsent_correction_corrects_what_was_sent() -> None:
    denied = revised(assessment(event(Claim.DENIED, DENIED)), page=article(DENIED))
    first = only(denied, told(FIRST))
    assert first.alert is not None
    assert first.notice is not None
    waiting = standing(first.alert, *told(FIRST).notices, first.notice, unclaimed=(2,))
    elsewhere = DENIED.replace("CPP", "Funcinpec")
    second = only(
        revised(assessment(event(Claim.DENIED, elsewhere, to="Funcinpec")), page=article(elsewhere)), waiting
    )
    assert second.recomposed
    assert second.notice is not None
    assert second.notice.number == 2
    assert second.notice.told["was"]["claim"] == "reported"
    assert second.notice.told["now"]["to"] == "Funcinpec"
    assert second.notice.told["changed"] == ["claim", "to"]


def test_a_page_that_answers_again_makes_its_alert_live() -> None:
    before = told(FIRST)
    assert before.alert is not None
    gone = standing(replace(before.alert, state="withdrawn"), *before.notices)
    decision = only(reading(assessment(event()), fresh=False, back=True), gone)
    assert decision.alert is not None
    assert decision.alert.state == "live"
    assert decision.notice is not None
    assert decision.notice.told["changed"] == ["quote_back"]
