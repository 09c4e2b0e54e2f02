"""Quiet hours and digests by calendar arithmetic, over both clock changes, in any zone."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.alerts.digest import digested, next_digest
from rules.alerts.hold import free_at
from rules.alerts.hours import next_local, quiet_until
from rules.alerts.policy import ChannelPolicy, Limit, Quiet
from state.records import Severity

ZONES = (
    "UTC",
    "Asia/Phnom_Penh",
    "America/New_York",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
)
NIGHT = Quiet(time(22), time(6, 30))


def at(text: str, zone: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@given(
    zone=st.sampled_from(ZONES),
    hour=st.times(),
    start=st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31)),
)
def test_a_daily_hour_comes_on_every_local_day_once(zone: str, hour: time, start: datetime) -> None:
    hour = hour.replace(second=0, microsecond=0)
    first = next_local(hour, ZoneInfo(zone), start.replace(tzinfo=UTC))
    second = next_local(hour, ZoneInfo(zone), first)
    days = [moment.astimezone(ZoneInfo(zone)).date() for moment in (first, second)]
    assert first > start.replace(tzinfo=UTC)
    assert days[1] - days[0] == timedelta(days=1)


def test_an_hour_skipped_by_the_clock_change_is_read_as_later() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    found = next_local(time(2, 30), berlin, at("2026-03-29T00:00", "Europe/Berlin"))
    assert found.astimezone(berlin).isoformat() == "2026-03-29T03:30:00+02:00"


def test_an_hour_that_comes_twice_means_its_first_coming() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    found = next_local(time(2, 30), berlin, at("2026-10-25T00:00", "Europe/Berlin"))
    assert found.isoformat() == "2026-10-25T00:30:00+00:00"
    assert next_local(time(2, 30), berlin, found).astimezone(berlin).date().day == 26


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("local", "until"),
    [
        ("2026-03-28T23:00", "2026-03-29T06:30"),
        ("2026-03-29T03:10", "2026-03-29T06:30"),
        ("2026-10-25T05:59", "2026-10-25T06:30"),
        ("2026-10-25T06:30", None),
        ("2026-10-25T12:00", None),
        ("2026-10-25T22:00", "2026-10-26T06:30"),
    ],
)
def test_a_night_ends_at_its_local_hour(zone: str, local: str, until: str | None) -> None:
    held = quiet_until(NIGHT, ZoneInfo(zone), Severity.HIGH, at(local, zone))
    assert held == (at(until, zone) if until else None)


def test_critical_breaks_through_quiet_hours() -> None:
    night = at("2026-11-21T02:00", "Asia/Phnom_Penh")
    assert quiet_until(NIGHT, ZoneInfo("Asia/Phnom_Penh"), Severity.CRITICAL, night) is None
    assert quiet_until(Quiet(time(9), time(9)), ZoneInfo("UTC"), Severity.LOW, night) is None


def test_hours_within_one_day_do_not_reach_into_the_night() -> None:
    siesta = Quiet(time(12), time(14))
    assert quiet_until(siesta, ZoneInfo("UTC"), Severity.HIGH, at("2026-11-21T13:00", "UTC")) == at(
        "2026-11-21T14:00", "UTC"
    )
    assert quiet_until(siesta, ZoneInfo("UTC"), Severity.HIGH, at("2026-11-21T23:00", "UTC")) is None


def test_low_always_waits_and_a_wider_digest_takes_more() -> None:
    narrow = ChannelPolicy(name="a", digest=time(7))
    wide = ChannelPolicy(name="b", digest=time(7), digest_below=Severity.HIGH)
    none = ChannelPolicy(name="c", digest_below=Severity.HIGH)
    assert [digested(severity, narrow) for severity in Severity] == [True, False, False, False]
    assert [digested(severity, wide) for severity in Severity] == [True, True, False, False]
    assert [digested(severity, none) for severity in Severity] == [True, False, False, False]
    assert next_digest(none, ZoneInfo("UTC"), at("2026-11-21T13:00", "UTC")) is None


def test_a_limit_frees_when_the_oldest_of_its_messages_leaves_the_window() -> None:
    now = at("2026-11-21T13:00", "UTC")
    limit = Limit(2, timedelta(minutes=10))
    sent = [now - timedelta(minutes=3), now - timedelta(minutes=9), now - timedelta(minutes=30)]
    free = free_at(limit, sent, now)
    assert free is not None
    assert timedelta(minutes=1) <= free - now < timedelta(minutes=1, seconds=1)
    assert free_at(limit, sent[:1], now) is None
    assert free_at(None, sent * 50, now) is None
