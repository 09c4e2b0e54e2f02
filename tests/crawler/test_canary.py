"""The canary goes the real way, and when it does not come through somebody is told."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from crawler import chores
from crawler.jobs.deliver import deliver_due
from crawler.wellbeing import look
from state.store.audit import audit
from tests.support.office import Office, office
from tests.support.receivers import WebReceiver


def sing(desk: Office) -> None:
    asyncio.run(chores.canary(desk))


def troubles(desk: Office) -> list[str]:
    with desk.store.read() as tx:
        return [trouble.said for trouble in look(tx, desk.settings, desk.clock.now()).troubles]


def test_each_canary_reaches_the_null_channel_and_nobody_else(tmp_path: Path) -> None:
    with WebReceiver() as web, office(tmp_path, {"desk": web.chat_url()}) as desk:
        for _ in range(3):
            sing(desk)
            assert asyncio.run(deliver_due(desk)).sent == 1
            desk.clock.advance(timedelta(minutes=15))
        with desk.store.read() as tx:
            assert tx.alerts.list() == []
            assert tx.articles.list() == []
            assert tx.messages.list() == []
            assert audit(tx).gaps == ()

        assert web.texts() == []
        assert troubles(desk) == []


def test_a_canary_that_does_not_come_through_is_told(tmp_path: Path) -> None:
    with office(tmp_path, {}) as desk:
        sing(desk)
        desk.clock.advance(timedelta(minutes=6))

        assert troubles(desk) == ["the test article of 03:00 UTC did not come through: delivery stands still"]


def test_canaries_are_gone_after_a_day_and_the_record_stays_whole(tmp_path: Path) -> None:
    with office(tmp_path, {}) as desk:
        for _ in range(2):
            sing(desk)
            asyncio.run(deliver_due(desk))
            desk.clock.advance(timedelta(hours=25))
        sing(desk)
        asyncio.run(deliver_due(desk))

        with desk.store.read() as tx:
            assert len(tx.articles.due_recheck(desk.clock.now() + timedelta(days=9))) <= 1
            assert audit(tx).gaps == ()


def test_a_canary_is_woken_by_the_daemon_unless_it_is_turned_off(tmp_path: Path) -> None:
    with office(tmp_path, {}) as desk, office(tmp_path / "off", {}, canary={"every": "0s"}) as off:
        assert chores.all_of(desk.settings)["canary"].every == timedelta(minutes=15)
        assert "canary" not in chores.all_of(off.settings)
