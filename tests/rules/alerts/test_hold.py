"""What is asked again when a message is about to leave."""

from __future__ import annotations

from datetime import time, timedelta
from zoneinfo import ZoneInfo

from rules.alerts.hold import hold
from rules.alerts.policy import ChannelPolicy, Policy, Quiet, Route
from rules.alerts.silences import Silence
from state.records import Severity
from tests.rules.alerts.made import NOW
from tests.rules.alerts.test_routes import SUBJECT, notice

NIGHT = NOW.replace(hour=20)
POLICY = Policy(
    routes=(Route(to=("desk",)),),
    channels={"desk": ChannelPolicy(name="desk", quiet=Quiet(time(22), time(6, 30)))},
    zone=ZoneInfo("Asia/Phnom_Penh"),
)
MUTE = Silence(
    id="M1",
    matchers={"kind": "defection"},
    starts_at=NOW - timedelta(hours=1),
    ends_at=NOW + timedelta(days=1),
)


def test_quiet_hours_hold_a_message_until_they_end() -> None:
    verdict = hold([(notice(), SUBJECT)], "desk", POLICY, NIGHT)
    assert verdict.until is not None
    assert verdict.until.isoformat() == "2026-11-21T23:30:00+00:00"
    assert not verdict.sends([notice()])


def test_by_day_a_message_leaves() -> None:
    assert hold([(notice(), SUBJECT)], "desk", POLICY, NOW).sends([notice()])


def test_a_critical_notice_takes_its_message_along() -> None:
    told = [(notice(), SUBJECT), (notice(Severity.CRITICAL, number=2), SUBJECT)]
    assert hold(told, "desk", POLICY, NIGHT).until is None


def test_a_digest_comes_at_its_own_hour() -> None:
    assert hold([(notice(Severity.LOW), SUBJECT)], "desk", POLICY, NIGHT, digest=True).until is None


def test_a_silence_mutes_what_fits_it_while_it_lasts() -> None:
    told = [(notice(), SUBJECT)]
    assert hold(told, "desk", POLICY, NOW, silences=[MUTE]).silenced == {("A-7f31", 1)}
    after = NOW + timedelta(days=2)
    assert hold(told, "desk", POLICY, after, silences=[MUTE]).silenced == frozenset()


def test_a_muted_critical_notice_wakes_nobody_for_the_others() -> None:
    loud = Silence(
        id="M2", matchers={"severity": "critical"}, starts_at=NOW, ends_at=NIGHT + timedelta(days=1)
    )
    told = [(notice(), SUBJECT), (notice(Severity.CRITICAL, number=2), SUBJECT)]
    verdict = hold(told, "desk", POLICY, NIGHT, silences=[loud])
    assert verdict.silenced == {("A-7f31", 2)}
    assert verdict.until is not None


def test_matchers_must_all_hold_and_none_mutes_nothing() -> None:
    told = [(notice(), SUBJECT)]
    for matchers, muted in (
        ({"kind": "defection", "source": "rfa-*"}, True),
        ({"kind": "dissolution|defection"}, True),
        ({"channel": "desk", "rule": "kh-defection", "story": "S-1", "claim": "reported"}, True),
        ({"kind": "defection", "source": "voa-khmer"}, False),
        ({"channel": "analysts"}, False),
        ({"nonsense": "defection"}, False),
        ({}, False),
    ):
        silence = Silence(id="M", matchers=matchers, starts_at=NOW, ends_at=NIGHT)
        assert bool(hold(told, "desk", POLICY, NOW, silences=[silence]).silenced) is muted, matchers
