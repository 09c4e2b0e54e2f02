"""Mail whose headers are ours: the same Message-ID on repeats, threads for later notices.

Apprise reads the address and knows the providers.  It makes a fresh Message-ID
for every attempt and does not say why a server refused, so the mail itself is
built and handed over here.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_string, policy
from email.headerregistry import Address
from email.message import EmailMessage, Message
from email.utils import format_datetime

import apprise
import socks
from apprise.plugins.email import NotifyEmail

from crawler.fetch.guard import Allow
from crawler.fetch.proxy import Proxy
from crawler.notify.channel import Outgoing
from crawler.notify.plain import one_line
from crawler.notify.service import check_endpoint
from state.clock import SystemClock
from state.errors import DeliveryError, FailureReason

# 7-bit content passes every relay; the shorter of base64 and quoted-printable is chosen for us.
_POLICY = policy.SMTP.clone(cte_type="7bit")
_SUBJECT_MAX = 150
_THREAD_MAX = 10


class MailChannel:
    """One mailbox, and who gets copies of what it gets."""

    def __init__(self, name: str, plugin: NotifyEmail, *, allow: Allow, proxy: Proxy | None = None) -> None:
        self.name = name
        self._allow = allow
        self._proxy = proxy
        self._plugin = plugin
        self._sender = str(plugin.from_addr[1])
        self._domain = self._sender.rpartition("@")[2]
        self._encrypted = str(plugin.pgp_mode) != "no"

    @property
    def wants_html(self) -> bool:
        """Tell whether the address leaves HTML on (``?format=text`` turns it off)."""
        return not self._encrypted and self._plugin.resolve_format(None) == apprise.NotifyFormat.HTML

    def send(self, outgoing: Outgoing) -> None:
        """Hand the mail to the server.

        Raises:
            DeliveryError: The server did not take it, or there is none.
        """
        if self._proxy is None:
            check_endpoint(self.name, self._plugin.smtp_host, int(self._plugin.port or 25), self._allow)
        make = self._encrypted_mails if self._encrypted else self._mails
        mails = [(recipients, mail.as_bytes(policy=_POLICY)) for recipients, mail in make(outgoing)]
        with _told_as_delivery_errors(self.name), self._session() as server:
            for recipients, content in mails:
                if refused := server.sendmail(self._sender, recipients, content):
                    raise smtplib.SMTPRecipientsRefused(refused)

    @contextmanager
    def _session(self) -> Iterator[smtplib.SMTP]:
        plugin = self._plugin
        context = ssl.create_default_context()
        if not plugin.verify_certificate:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        host, port, timeout = plugin.smtp_host, int(plugin.port or 25), plugin.socket_connect_timeout
        server = _server(host, port, timeout, self._proxy, context if plugin.secure_mode == "ssl" else None)
        with server:
            if plugin.secure_mode == "starttls":
                server.starttls(context=context)
            if plugin.user and plugin.password:
                server.login(plugin.user, plugin.password)
            yield server

    def _mails(self, outgoing: Outgoing) -> Iterator[tuple[list[str], Message]]:
        """Yield one mail per recipient with everybody it goes to."""
        plugin = self._plugin
        for name, address in plugin.targets:
            mail = EmailMessage(policy=_POLICY)
            mail["Subject"] = _subject(outgoing)
            mail["From"] = _address(plugin.from_addr[0], self._sender)
            mail["To"] = _address(name, address)
            copied = sorted(plugin.cc - plugin.bcc - {address})
            if copied:
                mail["Cc"] = [_address(plugin.names.get(other), other) for other in copied]
            if plugin.reply_to:
                mail["Reply-To"] = [
                    _address(plugin.names.get(other), other) for other in sorted(plugin.reply_to)
                ]
            for header, value in self._own_headers(outgoing).items():
                mail[header] = value
            mail.set_content(outgoing.body + "\n")
            if outgoing.html and self.wants_html:
                mail.add_alternative(outgoing.html, subtype="html")
            yield [address, *copied, *sorted(plugin.bcc - {address})], mail

    def _encrypted_mails(self, outgoing: Outgoing) -> Iterator[tuple[list[str], Message]]:
        """Yield mails that Apprise signed or encrypted, its Message-ID replaced by ours."""
        plugin = self._plugin
        prepared = NotifyEmail.prepare_emails(
            subject=_subject(outgoing),
            body=outgoing.body,
            notify_format=apprise.NotifyFormat.TEXT,
            from_addr=plugin.from_addr,
            to=plugin.targets,
            cc=plugin.cc,
            bcc=plugin.bcc,
            reply_to=plugin.reply_to,
            smtp_host=plugin.smtp_host,
            names=plugin.names,
            pgp=plugin.pgp,
            pgp_mode=plugin.pgp_mode,
        )
        for item in prepared:
            mail = message_from_string(item.body)
            for header, value in self._own_headers(outgoing).items():
                del mail[header]
                mail[header] = value
            yield list(item.to_addrs), mail

    def _own_headers(self, outgoing: Outgoing) -> dict[str, str]:
        headers = {
            "Message-ID": f"<{outgoing.reference}@{self._domain}>",
            "Date": format_datetime(SystemClock().now()),
            # Keeps holiday answers from coming back (RFC 3834).
            "Auto-Submitted": "auto-generated",
        }
        if outgoing.thread:
            thread = [f"<{reference}@{self._domain}>" for reference in outgoing.thread[-_THREAD_MAX:]]
            headers |= {"In-Reply-To": thread[-1], "References": " ".join(thread)}
        return headers | {one_line(name): one_line(value) for name, value in self._plugin.headers.items()}


def _server(
    host: str, port: int, timeout: float, proxy: Proxy | None, tls: ssl.SSLContext | None
) -> smtplib.SMTP:
    """Return a connection to a mail server; through a proxy, which looks the name up, if there is one."""

    def connect() -> socket.socket:
        if proxy is None:
            return socket.create_connection((host, port), timeout)
        kind = socks.HTTP if proxy.scheme == "http" else socks.SOCKS5
        made: socket.socket = socks.create_connection(
            (host, port),
            int(timeout),
            proxy_type=kind,
            proxy_addr=proxy.host,
            proxy_port=proxy.port,
            proxy_rdns=True,
            proxy_username=proxy.user or None,
            proxy_password=proxy.password or None,
        )
        return made

    class Server(smtplib.SMTP):
        def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
            made = connect()
            return tls.wrap_socket(made, server_hostname=host) if tls else made

    return Server(host, port, timeout=timeout)


def _subject(outgoing: Outgoing) -> str:
    title = one_line(outgoing.title)
    return title if len(title) <= _SUBJECT_MAX else title[: _SUBJECT_MAX - 1] + "…"


def _address(name: object, address: str) -> Address:
    return Address(display_name=one_line(name) if isinstance(name, str) else "", addr_spec=address)


@contextmanager
def _told_as_delivery_errors(channel: str) -> Iterator[None]:
    """Turn what a mail server or the network did into one class of failure, in words of ours.

    Raises:
        DeliveryError: Instead of what smtplib raises, whose texts may name people.
    """
    try:
        yield
        return
    except smtplib.SMTPRecipientsRefused as error:
        failure = _answered(channel, max(code for code, _ in error.recipients.values()))
    except smtplib.SMTPAuthenticationError as error:
        failure = _failure(channel, "the mail server refused the login", "auth", error.smtp_code < 500)
    except smtplib.SMTPNotSupportedError:
        failure = _failure(channel, "the mail server offers no such login or encryption", "rejected", False)
    except smtplib.SMTPResponseException as error:
        failure = _answered(channel, error.smtp_code)
    except TimeoutError:
        failure = _failure(channel, "no answer in time", "timeout", True)
    except ssl.SSLError:
        failure = _failure(channel, "its certificate or encryption is not acceptable", "unreachable", True)
    except (OSError, smtplib.SMTPException):
        failure = _failure(channel, "no connection", "unreachable", True)
    raise failure


def _answered(channel: str, code: int) -> DeliveryError:
    reason: FailureReason = "rejected"
    if code in (530, 534, 535, 538):
        reason = "auth"
    elif code == 552:
        reason = "too_long"
    elif code in (450, 451, 452):
        reason = "rate_limited"
    elif code < 500:
        reason = "unreachable"
    return _failure(channel, f"the mail server answered {code}", reason, code < 500)


def _failure(channel: str, problem: str, reason: FailureReason, retryable: bool) -> DeliveryError:
    return DeliveryError(problem, channel=channel, reason=reason, retryable=retryable)
