"""The daily digest as it arrives: sent also when nothing rang, and honest about what was not seen."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.jobs.deliver import DeliverResult, deliver_due
from state.records import Claim, NoticeKind, PromiseState, Severity
from tests.support.office import Office, minutes, office
from tests.support.receivers import WebReceiver


@pytest.fixture
def web() -> Iterator[WebReceiver]:
    with WebReceiver() as server:
        yield server


def deliver(desk: Office) -> DeliverResult:
    return asyncio.run(deliver_due(desk))


def daily(web: WebReceiver, **keys: object) -> dict[str, object]:
    return {"desk": {"url": web.chat_url(), "digest": "07:00", **keys}}


def at(desk: Office, day: int, hour: int, minute: int = 0) -> None:
    """Set the clock to a local time of November 2026."""
    desk.clock.set(datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=7))


def test_a_digest_comes_on_its_day_even_when_nothing_rang(tmp_path: Path, web: WebReceiver) -> None:
    with office(tmp_path, daily(web)) as desk:
        assert deliver(desk).sent == 0
        at(desk, 24, 7)
        assert deliver(desk).sent == 1
        at(desk, 25, 6, 59)
        assert deliver(desk).sent == 0
        at(desk, 25, 7)
        assert deliver(desk).sent == 1
    first, second = (text.splitlines() for text in web.texts())
    assert first[0] == "TOCSIN, Tue 24 Nov 2026 07:00 Phnom Penh, the last 24 h"
    assert first[1] == "Nothing rang."
    assert first[-2] == ("Next digest Wed 07:00. If it does not come, Tocsin is down: tell the operator.")
    assert first[-1].startswith("M-")
    assert second[0].startswith("TOCSIN, Wed 25 Nov 2026 07:00")


def test_what_is_low_waits_for_the_digest_and_is_settled_by_it(tmp_path: Path, web: WebReceiver) -> None:
    with office(tmp_path, daily(web)) as desk:
        alert = desk.rings(severity=Severity.LOW, claim=Claim.BACKGROUND)
        desk.clock.advance(minutes(5))
        assert deliver(desk).sent == 0
        at(desk, 24, 7)
        deliver(desk)
        with desk.store.read() as tx:
            assert [p.state for p in tx.promises.of(alert.id)] == [PromiseState.DIGESTED]
    (text,) = web.texts()
    assert "0 rang, 0 corrected, 1 background" in text
    assert "· LOW · BACKGROUND, OLD" in text
    assert f"Invented headline number 1 https://www.example.org/news/1/ {alert.id}" in text


def test_the_digest_tells_what_rang_what_was_corrected_and_what_nobody_has_seen(
    tmp_path: Path, web: WebReceiver
) -> None:
    with office(tmp_path, daily(web)) as desk:
        deliver(desk)
        seen = desk.rings(1)
        changed = desk.rings(2)
        desk.clock.advance(minutes(2))
        deliver(desk)
        desk.rings(2, notice_kind=NoticeKind.CORRECTION, told={"changed": ["title"]})
        with desk.store.begin() as tx:
            tx.acknowledgements.add(seen.id, desk.clock.now(), by="ana")
        desk.clock.advance(minutes(2))
        deliver(desk)
        at(desk, 24, 7)
        deliver(desk)
    digest = web.texts()[-1]
    assert "2 rang, 1 corrected, 0 background." in digest
    assert f"NOT YET SEEN BY ANYONE: {changed.id}\n" in digest
    assert "· HIGH · CORRECTION · CLAIMED by a spokesman" in digest


def test_the_digest_says_for_how_long_we_could_not_see(tmp_path: Path, web: WebReceiver) -> None:
    with office(tmp_path, daily(web)) as desk:
        deliver(desk)
        at(desk, 24, 3, 10)
        with desk.store.begin() as tx:
            for name in ("rfa-khmer", "voa-english", "forum"):
                tx.sources.upsert(name, {})
            tx.blind.open("rfa-khmer", desk.clock.now(), "the site refused us (403)")
            tx.sources.set_state(
                "voa-english",
                "no news",
                datetime(2025, 3, 15, tzinfo=UTC),
                "Nothing new since 15 Mar 2025, 619 days.",
            )
        at(desk, 24, 3, 51)
        with desk.store.begin() as tx:
            tx.blind.close("rfa-khmer", desk.clock.now())
            tx.blind.open("forum", desk.clock.now(), "no connection")
        at(desk, 24, 7)
        deliver(desk)
    text = web.texts()[-1]
    assert "WE COULD NOT SEE\n· rfa-khmer 03:10–03:51 (41 min): the site refused us (403)" in text
    assert "· forum since Tue 03:51, still (3 h): no connection" in text
    assert (
        "WE COULD SEE, BUT THEY PUBLISHED NOTHING\n· voa-english: nothing new since 15 Mar 2025, 619 days\n"
        in text
    )
    assert "READ: 0 new articles, 1 of 3 sources without a gap" in text


def test_the_newest_seal_stands_in_the_digest(tmp_path: Path, web: WebReceiver) -> None:
    with office(tmp_path, daily(web)) as desk:
        desk.rings(severity=Severity.LOW)
        at(desk, 24, 7)
        deliver(desk)
        with desk.store.read() as tx:
            seal = tx.seals.newest()
    assert seal is not None
    grouped = " ".join(seal.hash[i : i + 4] for i in range(0, 16, 4))
    assert f"Record seal {grouped}" in web.texts()[0]


def test_a_digest_too_long_for_one_message_becomes_several_and_leaves_nothing_out(
    tmp_path: Path, web: WebReceiver
) -> None:
    with office(tmp_path, daily(web)) as desk:
        alerts = [desk.rings(number, severity=Severity.LOW).id for number in range(1, 26)]
        at(desk, 24, 7)
        deliver(desk)
        with desk.store.read() as tx:
            assert {p.state for alert in alerts for p in tx.promises.of(alert)} == {PromiseState.DIGESTED}
    texts = web.texts()
    assert len(texts) > 1
    assert all(len(text) < 900 for text in texts)
    assert all(sum(alert in text.split() for text in texts) == 1 for alert in alerts)
    assert texts[0].splitlines()[0].endswith(f"part 1 of {len(texts)}")


def test_a_digest_keeps_its_local_hour_over_a_clock_change(tmp_path: Path, web: WebReceiver) -> None:
    with office(tmp_path, daily(web), display={"timezone": "Europe/Berlin"}) as desk:
        desk.clock.set(datetime(2027, 3, 27, 12, tzinfo=UTC))
        deliver(desk)
        desk.clock.set(datetime(2027, 3, 28, 4, 59, tzinfo=UTC))
        assert deliver(desk).sent == 0
        desk.clock.set(datetime(2027, 3, 28, 5, 0, tzinfo=UTC))
        assert deliver(desk).sent == 1


def test_a_discreet_digest_names_nobody(tmp_path: Path, web: WebReceiver) -> None:
    with office(tmp_path, daily(web, content="discreet")) as desk:
        desk.rings(severity=Severity.LOW)
        at(desk, 24, 7)
        deliver(desk)
    assert "headline" not in web.texts()[0]
    assert "spokesman" not in web.texts()[0]
    assert "example.org" not in web.texts()[0]
