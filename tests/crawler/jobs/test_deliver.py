"""Promises kept: what a real mail server and a real web server were handed."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.jobs.deliver import (
    Deliverer,
    DeliverResult,
    deliver_all_now,
    deliver_due,
    run_deliverer,
    send_test,
)
from crawler.jobs.outbox import next_ready
from crawler.notify.operator import tell
from state.clock import SystemClock
from state.records import MessageState, PromiseState, Severity
from tests.support.office import Office, minutes, office, ring
from tests.support.receivers import Answer, MailReceiver, WebReceiver


@pytest.fixture
def web() -> Iterator[WebReceiver]:
    with WebReceiver() as server:
        yield server


@pytest.fixture
def mail() -> Iterator[MailReceiver]:
    with MailReceiver() as server:
        yield server


def deliver(desk: Office) -> DeliverResult:
    return asyncio.run(deliver_due(desk))


def states(desk: Office) -> dict[str, int]:
    with desk.store.read() as tx:
        return tx.messages.counts()


def test_an_alert_reaches_chat_and_mail_once_each(
    tmp_path: Path, web: WebReceiver, mail: MailReceiver
) -> None:
    with office(tmp_path, {"desk": web.chat_url(), "analysts": mail.url()}) as desk:
        alert = desk.rings()
        assert deliver(desk).sent == 0, "an alert that is not critical waits for company"
        desk.clock.advance(minutes(1))
        assert deliver(desk).sent == 2
        assert deliver(desk).sent == 0
        with desk.store.read() as tx:
            assert {p.state for p in tx.promises.of(alert.id)} == {PromiseState.SENT}
    (chat,) = web.texts()
    (letter,) = mail.received
    assert chat == letter.text
    assert chat.splitlines()[0] == "HIGH · CLAIMED by a spokesman: 1 councillors went over to Example Party"
    assert chat.splitlines()[-1] == alert.id
    assert "https://www.example.org/news/1/" in chat
    assert letter.parsed["Subject"] == chat.splitlines()[0]


def test_what_is_critical_leaves_at_once(tmp_path: Path, web: WebReceiver) -> None:
    with office(tmp_path, {"desk": web.chat_url()}) as desk:
        desk.rings(severity=Severity.CRITICAL)
        assert deliver(desk).sent == 1


def test_a_service_in_trouble_delays_only_its_own_messages(
    tmp_path: Path, web: WebReceiver, mail: MailReceiver
) -> None:
    web.default = Answer(500)
    with office(tmp_path, {"desk": web.chat_url(), "analysts": mail.url()}) as desk:
        desk.rings(severity=Severity.CRITICAL)
        result = deliver(desk)
        assert (result.sent, result.failed, result.waiting) == (1, 1, 1)
        assert result.troubles == {"desk": "desk: answered 500"}
        assert len(mail.received) == 1
        first = web.refused[0].json["message"]
        web.default = Answer(200)
        desk.clock.advance(timedelta(seconds=3))
        assert deliver(desk).sent == 1
    assert web.texts() == [first], "every attempt sends the text that was fixed before the first"
    assert len(mail.received) == 1


def test_retries_slow_down_and_go_on_for_a_week_then_somebody_else_is_told(
    tmp_path: Path, web: WebReceiver, mail: MailReceiver
) -> None:
    web.default = Answer(503)
    routes = [{"to": ["desk"]}]
    channels = {"desk": web.chat_url(), "analysts": mail.url()}
    with office(tmp_path, channels, routes=routes, operator={"to": ["desk", "analysts"]}) as desk:
        alert = desk.rings(severity=Severity.CRITICAL)
        gaps = []
        for _ in range(8):
            deliver(desk)
            with desk.store.read() as tx:
                (message,) = [m for m in tx.messages.list(channel="desk") if m.kind == "alert"]
            gaps.append((message.due_at - desk.clock.now()).total_seconds())
            desk.clock.set(message.due_at)
        for got, meant in zip(gaps, [2, 10, 30, 120, 600, 1800, 3600, 3600], strict=True):
            assert meant * 0.8 <= got <= meant * 1.2
        desk.clock.advance(timedelta(days=7))
        deliver(desk)
        with desk.store.read() as tx:
            assert [p.state for p in tx.promises.of(alert.id)] == [PromiseState.DEAD]
        deliver(desk)
        with desk.store.begin() as tx:
            assert tx.messages.retry(message.id, desk.clock.now()), "what was given up can still be sent"
        web.default = Answer(200)
        deliver(desk)
        with desk.store.read() as tx:
            assert [p.state for p in tx.promises.of(alert.id)] == [PromiseState.SENT]
    told = [letter.text for letter in mail.received]
    assert any("could not be delivered to desk" in text and "messages retry" in text for text in told)
    assert sum("could not be reached" in text.splitlines()[0] for text in told) == 1, "told once per change"


def test_a_refused_login_is_told_elsewhere_at_once(
    tmp_path: Path, web: WebReceiver, mail: MailReceiver
) -> None:
    channels = {"desk": web.chat_url(), "analysts": mail.url(password="revoked")}
    with office(tmp_path, channels, routes=[{"to": ["analysts"]}], operator={"to": ["desk"]}) as desk:
        desk.rings(severity=Severity.CRITICAL)
        desk.rings(2, severity=Severity.CRITICAL)
        result = deliver(desk)
        assert result.waiting == 2
        with desk.store.read() as tx:
            receipts = tx.receipts.of(tx.messages.list(channel="analysts")[0].id)
        assert [(r.reason, r.retryable) for r in receipts] == [("auth", False)]
    (told,) = web.texts()
    assert told.startswith("About Tocsin itself: channel analysts refused the login")
    assert "tocsin channels test analysts" in told


def test_a_hanging_channel_delays_nobody_else(tmp_path: Path, web: WebReceiver, mail: MailReceiver) -> None:
    web.hold()
    hanging = f"json://127.0.0.1:{web.port}/?cto=30&rto=30"

    async def day() -> None:
        stop = asyncio.Event()
        running = asyncio.create_task(run_deliverer(desk, stop))
        await asyncio.to_thread(web.arrived.acquire)
        desk.rings(2, severity=Severity.CRITICAL)
        desk.wake_deliver.set()
        while len(mail.received) < 2:
            await asyncio.sleep(0.01)
        web.release()
        while len(web.received) < 2:
            await asyncio.sleep(0.01)
        stop.set()
        await running

    with office(tmp_path, {"desk": hanging, "analysts": mail.url()}) as desk:
        desk.rings(1, severity=Severity.CRITICAL)
        asyncio.run(day())
        assert states(desk) == {"sent": 4}


def test_what_was_given_up_as_hanging_and_arrives_after_all_is_not_sent_again(
    tmp_path: Path, web: WebReceiver
) -> None:
    async def day() -> None:
        web.hold()
        deliverer = Deliverer(desk, hangs_after_s=0.2)
        await deliverer.start_due()
        await deliverer.finish()
        assert deliverer.result.troubles["desk"].endswith("no answer in time")
        desk.clock.advance(minutes(1))
        await deliverer.start_due()
        assert deliverer.attempts == 1, "the channel's only thread still hangs"
        web.release()
        while states(desk) != {"sent": 1}:
            await asyncio.sleep(0.01)
        desk.clock.advance(minutes(1))
        await deliverer.start_due()
        await deliverer.finish()

    with office(tmp_path, {"desk": f"json://127.0.0.1:{web.port}/?cto=30&rto=30"}) as desk:
        desk.rings(severity=Severity.CRITICAL)
        asyncio.run(day())
    assert len(web.received) == 1


def test_our_own_troubles_wake_nobody_in_quiet_hours(tmp_path: Path, web: WebReceiver) -> None:
    night = {"url": web.chat_url(), "quiet": {"from": "09:00", "until": "12:00"}}
    with office(tmp_path, {"desk": night}) as desk:  # 10:00 in Phnom Penh
        with desk.store.begin() as tx:
            tell(tx, desk.policy, "source x refuses us", "403", desk.clock.now(), key="source:x")
        assert deliver(desk).sent == 0
        desk.clock.advance(minutes(120))
        assert deliver(desk).sent == 1


def test_a_service_that_asks_to_slow_down_is_left_alone_for_a_while(tmp_path: Path, web: WebReceiver) -> None:
    web.answers.append(Answer(429))
    with office(tmp_path, {"desk": web.chat_url()}) as desk:
        desk.rings(severity=Severity.CRITICAL)
        assert deliver(desk).failed == 1
        desk.clock.advance(timedelta(seconds=20))
        assert deliver(desk).sent == 0
        desk.clock.advance(timedelta(seconds=20))
        assert deliver(desk).sent == 1


def test_a_commit_wakes_delivery(tmp_path: Path, web: WebReceiver) -> None:
    async def day() -> None:
        stop = asyncio.Event()
        running = asyncio.create_task(run_deliverer(desk, stop))
        await asyncio.sleep(0.2)
        desk.rings(severity=Severity.CRITICAL)
        desk.wake_deliver.set()
        while not web.received:
            await asyncio.sleep(0.01)
        stop.set()
        await running

    with office(tmp_path, {"desk": web.chat_url()}) as desk:
        asyncio.run(day())


def test_after_a_death_between_text_and_receipt_the_same_text_goes_out(
    tmp_path: Path, mail: MailReceiver
) -> None:
    with office(tmp_path, {"analysts": mail.url()}) as desk:
        desk.rings(severity=Severity.CRITICAL)
        with desk.store.begin() as tx:
            ready = next_ready(tx, desk, "analysts", "somewhere:1", desk.clock.now())
        assert ready is not None
        desk.channels["analysts"].send(ready.outgoing)  # taken, and the process dies before the receipt
        with desk.store.begin() as tx:
            tx.messages.free_leases("somewhere:1")
        assert deliver(desk).sent == 1
    first, again = mail.received
    assert first.text == again.text
    assert first.parsed["Message-ID"] == again.parsed["Message-ID"]


def test_the_leases_of_a_dead_process_are_freed_at_the_start(tmp_path: Path, web: WebReceiver) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    with office(tmp_path, {"desk": web.chat_url()}) as desk:
        desk.rings(severity=Severity.CRITICAL)
        with desk.store.begin() as tx:
            assert tx.messages.claim(desk.clock.now(), f"{socket.gethostname()}:{gone.pid}")
        assert deliver(desk).sent == 1


def test_one_pass_ends_group_waits_and_leaves_the_night_alone(tmp_path: Path, web: WebReceiver) -> None:
    quiet = {"url": web.chat_url("quiet"), "quiet": {"from": "09:00", "until": "12:00"}}
    with office(tmp_path, {"desk": web.chat_url("desk"), "night": quiet}) as desk:
        desk.rings()  # 10:00 in Phnom Penh
        result = asyncio.run(deliver_all_now(desk, timedelta(seconds=5)))
        assert (result.sent, result.waiting) == (1, 0)
        assert states(desk) == {"sent": 1, "open": 1}
        desk.clock.advance(minutes(121))
        assert deliver(desk).sent == 1
    assert [post.path.split("?")[0] for post in web.received] == ["/desk", "/quiet"]


def test_one_pass_tries_a_failure_again_while_it_has_patience(tmp_path: Path, web: WebReceiver) -> None:
    web.answers.append(Answer(500))
    with office(tmp_path, {"desk": web.chat_url()}) as desk:
        desk.rings()
        desk.clock = SystemClock()
        result = asyncio.run(deliver_all_now(desk, timedelta(seconds=20)))
    assert (result.sent, result.failed, result.waiting) == (1, 1, 0)


def test_what_is_muted_by_hand_is_settled_and_not_sent(tmp_path: Path, web: WebReceiver) -> None:
    with office(tmp_path, {"desk": web.chat_url()}) as desk:
        alert = desk.rings()
        with desk.store.begin() as tx:
            now = desk.clock.now()
            tx.silences.add({"kind": "defection"}, now, now + minutes(60), by="ana")
        desk.clock.advance(minutes(2))
        assert deliver(desk).sent == 0
        with desk.store.read() as tx:
            assert [p.state for p in tx.promises.of(alert.id)] == [PromiseState.SILENCED]
        assert states(desk) == {"silenced": 1}


def test_over_its_limit_a_channel_gets_the_rest_as_lists_and_nothing_is_left_out(
    tmp_path: Path, web: WebReceiver
) -> None:
    with office(tmp_path, {"desk": {"url": web.chat_url(), "limit": "3/10m"}}) as desk:
        alerts = [desk.rings(number).id for number in range(1, 31)]
        desk.clock.advance(minutes(2))
        deliver(desk)
    texts = web.texts()
    assert all(len(text) < 900 for text in texts)
    assert all(sum(alert in text for text in texts) == 1 for alert in alerts)
    assert sum(text.splitlines()[-1].startswith("A-") for text in texts) == 2
    assert all(text.splitlines()[-1].startswith("M-") for text in texts[2:])
    assert "limit" in texts[2]


def test_a_storm_comes_as_lists_and_the_operator_hears_of_it(
    tmp_path: Path, web: WebReceiver, mail: MailReceiver
) -> None:
    channels = {"desk": web.chat_url(), "boss": mail.url()}
    with office(tmp_path, channels, routes=[{"to": ["desk"]}], operator={"to": ["boss"]}) as desk:
        with desk.store.begin() as tx:
            alerts = [ring(tx, desk, number).id for number in range(1, 231)]
        critical = desk.rings(999, severity=Severity.CRITICAL)
        desk.clock.advance(minutes(2))
        deliver(desk)
        assert states(desk).get("open", 0) == 0
    texts = web.texts()
    assert len(texts) < 80
    assert any("STORM" in text for text in texts)
    assert all(sum(alert in text.split() for text in texts) == 1 for alert in alerts)
    assert [text.splitlines()[-1] for text in texts if critical.id in text] == [critical.id]
    assert [letter.text.splitlines()[0] for letter in mail.received] == [
        "About Tocsin itself: storm of alerts by rule kh-defection"
    ]


def test_messages_of_a_channel_that_is_no_more_go_to_the_last_route_and_say_so(
    tmp_path: Path, web: WebReceiver
) -> None:
    with office(tmp_path, {"old": web.chat_url("old"), "desk": web.chat_url("desk")}) as desk:
        with_old = desk.settings
        desk.reload(
            with_old.model_copy(
                update={"routes": type(with_old).model_validate({"routes": [{"to": ["old"]}]}).routes}
            )
        )
        alert = desk.rings()
        desk.reload(with_old.model_copy(update={"channels": {"desk": with_old.channels["desk"]}}))
        desk.clock.advance(minutes(2))
        assert deliver(desk).sent == 1
    (text,) = web.texts()
    assert "Meant for channel old" in text
    assert text.splitlines()[-1] == alert.id


def test_a_test_message_is_sent_once_and_its_answer_returned(
    tmp_path: Path, web: WebReceiver, mail: MailReceiver
) -> None:
    channels = {"desk": web.chat_url(), "analysts": mail.url(password="old")}
    with office(tmp_path, channels) as desk:
        assert asyncio.run(send_test(desk, "desk")).ok
        refused = asyncio.run(send_test(desk, "analysts"))
        assert (refused.ok, refused.reason) == (False, "auth")
        assert deliver(desk).sent == 0
        desk.clock.advance(timedelta(days=1))
        assert deliver(desk).sent == 0
    (text,) = web.texts()
    assert text.startswith("TEST of channel desk")


@pytest.mark.parametrize(
    "sentence",
    [
        "មន្ត្រីម្នាក់បានប្រកាសចុះចូលគណបក្សប្រជាជនកម្ពុជា នៅថ្ងៃទី៤",
        "ပါတီဝင်များ နုတ်ထွက်ခဲ့ကြသည်။",
        "قال المتحدث إن الحزب «حُلّ» أمس.",
        "发言人称 12 名议员已脱党。🗳️👩🏽‍⚖️",
        "دەستە ئەزالىرى پارتىيەدىن ئايرىلدى",
    ],
)
def test_every_script_arrives_as_published(
    tmp_path: Path, web: WebReceiver, mail: MailReceiver, sentence: str
) -> None:
    with office(tmp_path, {"desk": web.chat_url(), "analysts": mail.url()}) as desk:
        desk.rings(title=sentence, sentence=sentence, severity=Severity.CRITICAL)
        deliver(desk)
    (chat,), (letter,) = web.texts(), mail.received
    assert f'"{sentence}"' in chat
    assert chat == letter.text
    assert sentence in letter.html.replace("<mark>", "").replace("</mark>", "")


def test_a_webhook_gets_every_notice_as_json(tmp_path: Path, web: WebReceiver) -> None:
    table = {"url": web.http_url(), "format": "webhook", "secret": "s"}
    with office(tmp_path, {"hook": table}) as desk:
        alert = desk.rings(severity=Severity.CRITICAL)
        web.answers.append(Answer(503))
        deliver(desk)
        desk.clock.advance(minutes(1))
        deliver(desk)
    (first,), (second,) = web.refused, web.received
    assert first.body == second.body
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"] == second.json["id"]
    (notice,) = second.json["notices"]
    assert (notice["alert"], notice["severity"], notice["claim"]) == (alert.id, "critical", "claimed")
    assert notice["events"][0]["to"] == "Example Party"
    assert second.json["format"] == "tocsin-message/1"


def test_nothing_is_sent_while_delivery_is_held(tmp_path: Path, web: WebReceiver) -> None:
    with office(tmp_path, {"desk": web.chat_url()}) as desk:
        desk.rings(severity=Severity.CRITICAL)
        with desk.store.begin() as tx:
            tx.leases.hold_delivery("restored", desk.clock.now())
        assert deliver(desk).sent == 0
        with desk.store.begin() as tx:
            tx.leases.resume()
        assert deliver(desk).sent == 1


def test_a_notice_that_cannot_be_composed_is_sent_bare_and_holds_up_nobody(
    tmp_path: Path, web: WebReceiver
) -> None:
    with office(tmp_path, {"desk": web.chat_url()}) as desk:
        broken = desk.rings(1, severity=Severity.CRITICAL, told={"published_at": "no time at all"})
        desk.rings(2, severity=Severity.CRITICAL)
        assert deliver(desk).sent == 2
    assert min(web.texts(), key=len).splitlines() == [
        "CRITICAL · CLAIMED",
        "Invented headline number 1",
        "https://www.example.org/news/1/",
        f"Seen it? tocsin alerts ack {broken.id}",
        broken.id,
    ]


def test_no_state_but_sent_and_waiting_is_left(tmp_path: Path, web: WebReceiver) -> None:
    with office(tmp_path, {"desk": web.chat_url()}) as desk:
        for number in range(5):
            desk.rings(number, severity=Severity.CRITICAL)
        deliver(desk)
        with desk.store.read() as tx:
            assert {m.state for m in tx.messages.list()} == {MessageState.SENT}
