"""What nobody has seen is said again, or to somebody else, until somebody says so."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.jobs.deliver import deliver_due
from state.records import Severity
from tests.support.office import Office, minutes, office
from tests.support.receivers import WebReceiver


@pytest.fixture
def web() -> Iterator[WebReceiver]:
    with WebReceiver() as server:
        yield server


def after(desk: Office, length: float) -> int:
    desk.clock.advance(minutes(length))
    return asyncio.run(deliver_due(desk)).sent


def seen(desk: Office, alert: str) -> None:
    with desk.store.begin() as tx:
        tx.acknowledgements.add(alert, desk.clock.now(), by="ana")


def test_an_alert_is_repeated_word_for_word_until_somebody_has_seen_it(
    tmp_path: Path, web: WebReceiver
) -> None:
    with office(tmp_path, {"desk": web.chat_url()}, routes=[{"to": ["desk"], "repeat": "30m"}]) as desk:
        alert = desk.rings(severity=Severity.CRITICAL)
        assert [after(desk, length) for length in (0, 20, 11, 20, 11)] == [1, 0, 1, 0, 1]
        seen(desk, alert.id)
        assert after(desk, 31) == 0
    assert len(set(web.texts())) == 1


def test_a_repeat_waits_out_quiet_hours_and_mutes(tmp_path: Path, web: WebReceiver) -> None:
    quiet = {"from": "10:30", "until": "12:00"}
    with office(
        tmp_path,
        {"desk": {"url": web.chat_url(), "quiet": quiet}},
        routes=[{"to": ["desk"], "repeat": "20m"}],
    ) as desk:  # 10:00 in Phnom Penh
        desk.rings(severity=Severity.HIGH)
        assert after(desk, 2) == 1
        assert after(desk, 21) == 1
        assert after(desk, 21) == 0
        assert after(desk, 80) == 1
        with desk.store.begin() as tx:
            now = desk.clock.now()
            tx.silences.add({"kind": "defection"}, now, now + minutes(90), by="ana")
        assert after(desk, 21) == 0


def test_what_nobody_saw_is_told_to_somebody_else_once(tmp_path: Path, web: WebReceiver) -> None:
    routes = [{"to": ["desk"], "escalate": {"after": "1h", "to": ["chief"]}}]
    channels = {"desk": web.chat_url("desk"), "chief": web.chat_url("chief")}
    with office(tmp_path, channels, routes=routes) as desk:
        alert = desk.rings(severity=Severity.CRITICAL)
        other = desk.rings(2, severity=Severity.CRITICAL)
        assert after(desk, 0) == 2
        seen(desk, other.id)
        assert [after(desk, length) for length in (59, 2, 60)] == [0, 1, 0]
    last = web.received[-1]
    assert last.path.startswith("/chief")
    assert "nobody has said that they saw it since Mon 10:00" in last.json["message"]
    assert last.json["message"].splitlines()[-1] == alert.id
