"""Real places to deliver to, on loopback: a mail server and a web server that remember what came.

Both run in threads of their own and answer as a test tells them to: accept,
refuse, hang, hang up.  Nothing here pretends to be a library's object.
"""

from __future__ import annotations

import json
import socket
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail as it crossed the wire."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes

    @property
    def parsed(self) -> EmailMessage:
        """Return the mail with its headers decoded."""
        return message_from_bytes(self.raw, policy=policy.default)

    @property
    def text(self) -> str:
        """Return the plain-text part."""
        part = self.parsed.get_body(("plain",))
        assert part is not None, "the mail has no plain-text part"
        return str(part.get_content()).replace("\r\n", "\n").rstrip("\n")

    @property
    def html(self) -> str:
        """Return the HTML part; empty if there is none."""
        part = self.parsed.get_body(("html",))
        return "" if part is None else str(part.get_content())


class MailReceiver:
    """An SMTP server with one account.

    ``refusals`` are answers to the next mails, one each, taken after DATA
    (``"451 try later"``); ``recipient_refusal`` answers every RCPT.
    """

    USER, PASSWORD = "tocsin", "open-sesame"

    def __init__(self) -> None:
        self.received: list[Mail] = []
        self.attempts = 0
        self.refusals: deque[str] = deque()
        self.recipient_refusal: str | None = None
        self.password = self.PASSWORD
        self._controller = Controller(
            self, hostname="127.0.0.1", port=0, authenticator=self._login, auth_require_tls=False
        )

    def __enter__(self) -> Self:
        # aiosmtpd connects to its own server once to see it run, so port 0 must be resolved first.
        self._controller.port = _free_port()
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._controller.stop()

    @property
    def port(self) -> int:
        """Return where the server listens."""
        return int(self._controller.port)

    def url(self, to: str = "desk@example.org", *, password: str | None = None) -> str:
        """Return an Apprise address that reaches this server."""
        account = f"{self.USER}:{password or self.PASSWORD}"
        return f"mailto://{account}@127.0.0.1:{self.port}/?from=tocsin@example.org&to={to}&mode=insecure&rto=5&cto=5"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer one recipient."""
        if self.recipient_refusal:
            return self.recipient_refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep the mail, or refuse it as told."""
        self.attempts += 1
        if self.refusals:
            return self.refusals.popleft()
        content = envelope.content
        raw = (
            content.encode("utf-8", "surrogateescape") if isinstance(content, str) else bytes(content or b"")
        )
        self.received.append(Mail(envelope.mail_from or "", tuple(envelope.rcpt_tos), raw))
        return "250 kept"

    def _login(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        right = isinstance(data, LoginPassword) and data.password == self.password.encode()
        return AuthResult(success=right, handled=False)


@dataclass(frozen=True, slots=True)
class Post:
    """One HTTP request as it came; header names are lower case."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """Return the body read as JSON."""
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the web server says to one request."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b"{}"


class WebReceiver:
    """An HTTP server: ``received`` are the requests it accepted, ``refused`` the others.

    ``answers`` are taken one a request; without any, ``default`` is given.
    While ``held`` is set requests wait, as with a server that hangs.
    """

    def __init__(self) -> None:
        self.received: list[Post] = []
        self.refused: list[Post] = []
        self.answers: deque[Answer] = deque()
        self.default = Answer()
        self.arrived = threading.Semaphore(0)
        self._open = threading.Event()
        self._open.set()
        self._server = _Server(("127.0.0.1", 0), self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), name="web-receiver")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def port(self) -> int:
        """Return where the server listens."""
        return int(self._server.server_address[1])

    def hold(self) -> None:
        """Accept connections and answer nothing until ``release``."""
        self._open.clear()

    def release(self) -> None:
        """Answer everything that waits."""
        self._open.set()

    def chat_url(self, path: str = "room", **options: str) -> str:
        """Return an Apprise address (its plain JSON plugin) that posts here."""
        extra = "".join(f"&{name}={value}" for name, value in options.items())
        return f"json://127.0.0.1:{self.port}/{path}?cto=5&rto=5{extra}"

    def http_url(self, path: str = "hook") -> str:
        """Return the plain address of this server."""
        return f"http://127.0.0.1:{self.port}/{path}"

    def texts(self) -> list[str]:
        """Return the message texts that Apprise's JSON plugin posted, in order."""
        return [post.json["message"] for post in self.received]

    def take(self, post: Post) -> Answer:
        """Decide one request's answer and remember the request."""
        self.arrived.release()
        self._open.wait(60)
        answer = self.answers.popleft() if self.answers else self.default
        (self.received if 200 <= answer.status < 300 else self.refused).append(post)
        return answer


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True

    def __init__(self, address: tuple[str, int], receiver: WebReceiver) -> None:
        self.receiver = receiver
        super().__init__(address, _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay quiet when a client hung up: tests hang up on purpose."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length", 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = self.server.receiver.take(Post(self.path, headers, self.rfile.read(length)))
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    do_GET: Callable[[_Handler], None] = do_POST

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the test's output clean."""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
