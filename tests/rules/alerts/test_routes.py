"""Which channel hears a notice, in which message, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from rules.alerts.labels import Subject
from rules.alerts.policy import ChannelPolicy, Inhibition, Policy, Route
from rules.alerts.routes import Addressed, address
from state.records import Alert, Claim, Notice, NoticeKind, PromiseState, Severity
from tests.rules.alerts.made import NOW

DESK = ChannelPolicy(name="desk")
ANALYSTS = ChannelPolicy(name="analysts", digest=time(7))
LAST = Route(to=("analysts",))
ALERT = Alert(
    id="A-7f31",
    story="S-1",
    kind="defection",
    severity=Severity.HIGH,
    claim=Claim.REPORTED,
    opened_at=NOW,
    rules=("kh-defection",),
)
SUBJECT = Subject(alert=ALERT, source="rfa-khmer", language="km")


def policy(*routes: Route, **more: Any) -> Policy:
    channels = {"desk": DESK, "analysts": ANALYSTS}
    return Policy(routes=routes, channels=channels, zone=ZoneInfo("Asia/Phnom_Penh"), **more)


def notice(
    severity: Severity = Severity.HIGH, kind: NoticeKind = NoticeKind.ALERT, number: int = 1
) -> Notice:
    return Notice(
        alert=ALERT.id,
        number=number,
        kind=kind,
        severity=severity,
        claim=Claim.REPORTED,
        article="news:one",
        version="v",
        events=(),
        reason="",
        created_at=NOW,
    )


def channels(found: Addressed) -> list[str]:
    return [promise.channel for promise in found.promises]


def test_the_first_route_that_fits_wins_and_the_last_takes_the_rest() -> None:
    routes = policy(Route(to=("desk",), severity=Severity.HIGH), LAST)
    assert channels(address(notice(), SUBJECT, routes, NOW)) == ["desk"]
    assert channels(address(notice(Severity.MEDIUM), SUBJECT, routes, NOW)) == ["analysts"]


def test_routes_choose_by_kind_rule_source_and_language() -> None:
    for fitting, other in (
        ({"kinds": ("defection",)}, {"kinds": ("dissolution",)}),
        ({"rules": ("kh-defection",)}, {"rules": ("th-defection",)}),
        ({"sources": ("rfa-khmer",)}, {"sources": ("voa-khmer",)}),
        ({"languages": ("km",)}, {"languages": ("en", "kmr")}),
    ):
        fits, misses = Route(to=("desk",), **fitting), Route(to=("desk",), **other)
        assert channels(address(notice(), SUBJECT, policy(fits, LAST), NOW)) == ["desk"]
        assert channels(address(notice(), SUBJECT, policy(misses, LAST), NOW)) == ["analysts"]


def test_chinese_includes_cantonese_and_regional_tags() -> None:
    for tag in ("zh", "zh-Hant", "yue", "yue-HK"):
        subject = replace(SUBJECT, language=tag)
        routes = policy(Route(to=("desk",), languages=("zh",)), LAST)
        assert channels(address(notice(), subject, routes, NOW)) == ["desk"]


def test_a_message_waits_for_company_unless_it_is_critical() -> None:
    routes = policy(Route(to=("desk",), group_wait=timedelta(minutes=5)))
    waiting = address(notice(), SUBJECT, routes, NOW).promises[0]
    assert waiting.due_at == NOW + timedelta(minutes=5)
    assert waiting.group_key == "story=S-1"
    assert address(notice(Severity.CRITICAL), SUBJECT, routes, NOW).promises[0].due_at == NOW


def test_low_waits_for_the_next_local_digest_or_is_only_recorded() -> None:
    routes = policy(Route(to=("desk", "analysts")))
    desk, analysts = address(notice(Severity.LOW), SUBJECT, routes, NOW).promises
    assert (desk.channel, desk.state) == ("desk", PromiseState.RECORDED)
    assert (analysts.group_key, analysts.state) == ("digest", PromiseState.OPEN)
    assert analysts.due_at.isoformat() == "2026-11-22T00:00:00+00:00"


def test_a_later_notice_goes_to_whom_it_went_and_an_update_also_where_routes_now_send() -> None:
    routes = policy(Route(to=("desk",), severity=Severity.HIGH), LAST)
    correction = notice(kind=NoticeKind.CORRECTION, number=2)
    update = notice(kind=NoticeKind.UPDATE, number=2)
    assert channels(address(correction, SUBJECT, routes, NOW, earlier=["analysts"])) == ["analysts"]
    assert channels(address(update, SUBJECT, routes, NOW, earlier=["analysts"])) == ["analysts", "desk"]


def test_a_channel_that_is_no_more_is_replaced_by_the_last_route() -> None:
    correction = notice(kind=NoticeKind.CORRECTION, number=2)
    found = address(correction, SUBJECT, policy(LAST), NOW, earlier=["former"])
    assert channels(found) == ["analysts"]


def test_a_live_alert_of_the_same_story_holds_another_kind_back() -> None:
    rule = Inhibition({"kind": "dissolution"}, {"kind": "defection"})
    live = replace(ALERT, id="A-2", kind="dissolution")
    routes = policy(LAST, inhibitions=(rule,))
    held = address(notice(), SUBJECT, routes, NOW, live=[Subject(alert=live)])
    assert held.promises[0].state is PromiseState.RECORDED
    assert held.reason == "held back while A-2 is live"
    elsewhere = Subject(alert=replace(live, story="S-2"))
    assert address(notice(), SUBJECT, routes, NOW, live=[elsewhere]).promises[0].state is PromiseState.OPEN
    itself = Subject(alert=ALERT)
    assert address(notice(), SUBJECT, routes, NOW, live=[itself]).promises[0].state is PromiseState.OPEN


def test_a_configuration_without_channels_says_so() -> None:
    found = address(notice(), SUBJECT, Policy(routes=()), NOW)
    assert found.promises == ()
    assert found.reason.startswith("no channel")
