"""What really crosses the wire, and how a failure is told apart."""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.fetch.guard import Allow
from crawler.notify.channel import Channel, Outgoing
from crawler.notify.opening import open_channel, open_channels
from crawler.settings import ChannelTable, Settings
from state.errors import ConfigError, DeliveryError
from tests.crawler.fetch.socks_server import SocksServer
from tests.support.receivers import Answer, MailReceiver, WebReceiver

LOOPBACK = Allow.parse(["127.0.0.0/8"])
SCRIPTS = "ខ្មែរ ចុះចូល‌ · မြန်မာ · حزب «الأمة» · རྒྱ་ · 解散 · 🗳️👩🏽‍⚖️"
MESSAGE = Outgoing(
    id="M-2d10",
    reference="M-2d10.20261124070000",
    title="HIGH · CLAIMED by CPP: a title",
    body=f"HIGH · CLAIMED by CPP\n{SCRIPTS}\n*not bold* <b>nor this</b> :smile: {{{{x}}}} \\n\nA-7f31",
    html="<p>HIGH</p>",
)


@pytest.fixture
def web() -> Iterator[WebReceiver]:
    with WebReceiver() as server:
        yield server


@pytest.fixture
def mail() -> Iterator[MailReceiver]:
    with MailReceiver() as server:
        yield server


def channel(url: str, *, allow: Allow = LOOPBACK, **keys: str) -> Channel:
    return open_channel(
        "desk", ChannelTable.model_validate({"url": url, **keys}), base_dir=Path(), allow=allow
    )


def failure(of: Channel) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        of.send(MESSAGE)
    return caught.value


# ---- chat


def test_a_chat_gets_the_text_unchanged_and_once(web: WebReceiver) -> None:
    channel(web.chat_url()).send(MESSAGE)
    assert web.texts() == [MESSAGE.body]


@pytest.mark.parametrize(
    "url",
    [
        "mmost://127.0.0.1:{port}/3ccdd113474722377935511fc85d3dd4",
        "ntfy://127.0.0.1:{port}/alerts",
        "gotify://127.0.0.1:{port}/abcdefghijklmno",
        "rocket://tok/en@127.0.0.1:{port}/#room?mode=webhook",
        "signal://127.0.0.1:{port}/+15551231234/+15551231235",
        "json://127.0.0.1:{port}/",
    ],
)
def test_chat_servers_get_the_text_and_no_picture_to_fetch(web: WebReceiver, url: str) -> None:
    channel(url.format(port=web.port)).send(MESSAGE)
    (post,) = web.received
    assert (post.json.get("message") or post.json.get("text")) == MESSAGE.body
    assert "http" not in str({k: v for k, v in post.json.items() if k not in ("message", "text")})


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_addresses_and_ids_are_whole_whatever_a_service_renders(web: WebReceiver, form: str) -> None:
    body = "HIGH · x\nhttps://www.example.org/a_b-c/d.html?x=1&y=2#z\nA-19c0/2"
    channel(web.chat_url(format=form)).send(Outgoing(id="M-1", reference="M-1.1", title="", body=body))
    assert web.texts() == [body]


@pytest.mark.parametrize(
    ("status", "reason", "retryable"),
    [
        (401, "auth", False),
        (403, "auth", False),
        (404, "rejected", False),
        (413, "too_long", False),
        (429, "rate_limited", True),
        (500, "unreachable", True),
        (503, "unreachable", True),
    ],
)
@pytest.mark.parametrize("kind", ["apprise", "webhook"])
def test_an_answer_tells_what_failed(
    web: WebReceiver, kind: str, status: int, reason: str, retryable: bool
) -> None:
    web.default = Answer(status)
    target = channel(web.chat_url()) if kind == "apprise" else channel(web.http_url(), format="webhook")
    error = failure(target)
    assert (error.reason, error.retryable, error.channel) == (reason, retryable, "desk")


@pytest.mark.parametrize("kind", ["apprise", "webhook"])
def test_a_closed_port_is_unreachable(kind: str) -> None:
    with WebReceiver() as gone:
        chat, plain = gone.chat_url(), gone.http_url()
    target = channel(chat) if kind == "apprise" else channel(plain, format="webhook")
    assert failure(target).reason == "unreachable"


def test_a_hanging_service_is_a_timeout(web: WebReceiver) -> None:
    web.hold()
    error = failure(channel(f"json://127.0.0.1:{web.port}/?cto=1&rto=1"))
    assert (error.reason, error.retryable) == ("timeout", True)


@pytest.mark.parametrize("kind", ["apprise", "webhook"])
def test_a_redirect_is_not_followed(web: WebReceiver, kind: str) -> None:
    web.answers.append(Answer(307, {"Location": f"http://127.0.0.1:{web.port}/elsewhere"}))
    target = channel(web.chat_url()) if kind == "apprise" else channel(web.http_url(), format="webhook")
    assert failure(target).reason == "rejected"
    assert web.received == []


@pytest.mark.parametrize("kind", ["apprise", "webhook", "mail"])
def test_a_private_address_is_refused_unless_allowed(web: WebReceiver, mail: MailReceiver, kind: str) -> None:
    url, keys = {
        "apprise": (web.chat_url(), {}),
        "webhook": (web.http_url(), {"format": "webhook"}),
        "mail": (mail.url(), {}),
    }[kind]
    error = failure(channel(url, allow=Allow(), **keys))
    assert (error.reason, error.retryable) == ("rejected", False)
    assert "allow_private" in error.hint
    assert not web.arrived.acquire(blocking=False)
    assert mail.attempts == 0


def test_a_name_that_leads_home_is_refused_after_it_was_resolved(web: WebReceiver) -> None:
    error = failure(
        channel(f"http://localhost:{web.port}/x", format="webhook", allow=Allow.parse(["10.0.0.0/8"]))
    )
    assert error.reason == "rejected"
    assert web.received == []


# ---- mail


def test_mail_carries_text_and_html_and_our_own_message_id(mail: MailReceiver) -> None:
    target = channel(mail.url())
    target.send(MESSAGE)
    target.send(MESSAGE)
    first, second = mail.received
    assert first.text == MESSAGE.body
    assert first.html.strip() == MESSAGE.html
    assert first.parsed["Message-ID"] == second.parsed["Message-ID"] == "<M-2d10.20261124070000@example.org>"
    assert first.parsed["Subject"] == MESSAGE.title
    assert first.recipients == ("desk@example.org",)


def test_a_later_notice_is_a_reply_to_the_first(mail: MailReceiver) -> None:
    later = Outgoing(id="M-3", reference="M-3.1", title="x", body="y", thread=("M-1.1", "M-2.1"))
    channel(mail.url()).send(later)
    (got,) = mail.received
    assert got.parsed["In-Reply-To"] == "<M-2.1@example.org>"
    assert got.parsed["References"] == "<M-1.1@example.org> <M-2.1@example.org>"


def test_a_headline_cannot_add_mail_headers(mail: MailReceiver) -> None:
    evil = Outgoing(
        id="M-1",
        reference="M-1.1",
        title="Vote\r\nBcc: spy@example.net\n\nbody",
        body="a\r\n.\r\nMAIL FROM:<x>",
    )
    channel(mail.url()).send(evil)
    (got,) = mail.received
    assert got.parsed["Bcc"] is None
    assert got.parsed["Subject"] == "Vote Bcc: spy@example.net body"
    assert got.recipients == ("desk@example.org",)
    assert "MAIL FROM:<x>" in got.text


def test_a_wrong_password_is_a_matter_of_login(mail: MailReceiver) -> None:
    error = failure(channel(mail.url(password="old")))
    assert (error.reason, error.retryable) == ("auth", False)


@pytest.mark.parametrize(
    ("answer", "reason", "retryable"),
    [
        ("451 try later", "rate_limited", True),
        ("421 closing", "unreachable", True),
        ("554 no", "rejected", False),
        ("552 too big", "too_long", False),
    ],
)
def test_a_mail_server_tells_what_failed(
    mail: MailReceiver, answer: str, reason: str, retryable: bool
) -> None:
    mail.refusals.append(answer)
    error = failure(channel(mail.url()))
    assert (error.reason, error.retryable) == (reason, retryable)


def test_an_unknown_mailbox_is_rejected(mail: MailReceiver) -> None:
    mail.recipient_refusal = "550 no such user"
    assert failure(channel(mail.url())).reason == "rejected"


# ---- webhook


def test_a_webhook_is_signed_and_can_be_told_from_its_repeat(web: WebReceiver) -> None:
    target = channel(web.http_url(), format="webhook", secret="key")
    target.send(MESSAGE)
    target.send(MESSAGE)
    first, second = web.received
    stamp, digest = (part.split("=", 1)[1] for part in first.headers["tocsin-signature"].split(","))
    assert digest == hmac.new(b"key", f"{stamp}.".encode() + first.body, hashlib.sha256).hexdigest()
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"] == MESSAGE.reference
    assert first.body == second.body == MESSAGE.body.encode()


def test_a_webhook_ignores_the_machines_proxy_settings(
    web: WebReceiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    channel(web.http_url(), format="webhook").send(MESSAGE)
    assert len(web.received) == 1


# ---- configuration


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nosuch://x", "is no service that Apprise knows"),
        ("https://example.org/hook", 'format = "webhook"'),
        ("just words", "no address of the form"),
        ("xmpp://user:hunter2@example.org", "slixmpp"),
        ("slack://hunter2", "lacks a part"),
    ],
)
def test_a_wrong_address_is_named_without_its_secret(url: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        channel(url)
    assert said in str(caught.value)
    assert "channels.desk.url" in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_every_wrong_channel_is_named_at_once() -> None:
    settings = Settings.model_validate(
        {
            "channels": {
                "a": {"url": "nosuch://x"},
                "b": {"url": "env:TOCSIN_TEST_NOT_SET"},
                "c": {"url": "json://x"},
            }
        }
    )
    with pytest.raises(ConfigError) as caught:
        open_channels(settings, base_dir=Path(), allow=Allow())
    assert len(caught.value.problems) == 2


# ---- proxies


@pytest.mark.parametrize("kind", ["apprise", "webhook", "mail"])
def test_through_a_proxy_the_name_is_looked_up_there(web: WebReceiver, mail: MailReceiver, kind: str) -> None:
    target = mail.port if kind == "mail" else web.port
    with SocksServer(f"127.0.0.1:{target}") as proxy:
        url, keys = {
            "apprise": ("json://chat.invalid/room", {}),
            "webhook": ("http://hook.invalid/x", {"format": "webhook"}),
            "mail": (mail.url().replace(f"127.0.0.1:{mail.port}", "mail.invalid:25"), {}),
        }[kind]
        channel(url, via=proxy.url, allow=Allow(), **keys).send(MESSAGE)
        assert [name for name, _ in proxy.asked] == [
            {"apprise": "chat", "webhook": "hook", "mail": "mail"}[kind] + ".invalid"
        ]
    assert len(web.received) + len(mail.received) == 1


@pytest.mark.parametrize("kind", ["apprise", "webhook", "mail"])
def test_a_proxy_that_is_down_is_never_gone_around(web: WebReceiver, mail: MailReceiver, kind: str) -> None:
    with SocksServer("127.0.0.1:9") as gone:
        via = gone.url
    url, keys = {
        "apprise": (web.chat_url(), {}),
        "webhook": (web.http_url(), {"format": "webhook"}),
        "mail": (mail.url(), {}),
    }[kind]
    assert failure(channel(url, via=via, **keys)).reason in ("unreachable", "unknown")
    assert web.received == []
    assert mail.attempts == 0


def test_a_service_that_no_proxy_can_carry_is_refused_with_one() -> None:
    with pytest.raises(ConfigError, match="via"):
        channel("irc://irc.example.org/room", via="tor")


def test_no_secret_reaches_the_log_or_the_error(
    web: WebReceiver, mail: MailReceiver, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    web.default = Answer(401)
    errors = [
        failure(channel(f"json://user:hunter2@127.0.0.1:{web.port}/hunter2?+X-Token=hunter2")),
        failure(channel(mail.url(password="hunter2"))),
        failure(channel(f"{web.http_url()}?token=hunter2", format="webhook", secret="hunter2")),
    ]
    told = caplog.text + "".join(f"{error} {error.hint}" for error in errors)
    assert "hunter2" not in told
