"""A real web server on loopback, in a thread, that answers as told and remembers who asked.

::

    with FakeSite() as site:
        site.page("/a.html", "<h1>A</h1>", etag='"1"')
        site.page("/map.xml.gz", gzip.compress(xml), content_type="application/x-gzip")
        site.redirect("/old", "/a.html", status=301)
        site.status("/busy", 503, headers={"Retry-After": "30"})
        fetch(site.url + "/a.html")
        assert site.count("/a.html") == 1

What is not known answers 404.  Every method may be called while the server runs.
``host`` may be any loopback address (127.0.0.2 …), which makes a second "domain".
``certificate`` is a PEM file with key and certificate: the site then speaks https.
"""

from __future__ import annotations

import gzip as gzip_module
import hashlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from xml.sax.saxutils import escape


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came in."""

    method: str
    path: str
    headers: Mapping[str, str]
    status: int
    at: float = field(default_factory=time.monotonic)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one path says: either ``body`` or an endless-able ``stream`` of chunks."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    etag: str | None = None
    last_modified: str | None = None
    delay_s: float = 0.0
    stream: Callable[[], Iterable[bytes]] | None = None
    hang_up: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of a feed; ``link`` may be a path, which the site completes."""

    title: str
    link: str | None = None
    guid: str | None = None
    published: datetime | str | None = None
    description: str = ""
    content: str | None = None


class FakeSite:
    """A server on ``http://HOST:PORT``; start it with ``with``."""

    def __init__(self, *, host: str = "127.0.0.1", port: int = 0, certificate: Path | None = None) -> None:
        self.requests: list[Asked] = []
        self._answers: dict[str, list[Answer]] = {}
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._server = _Server((host, port), _Handler)
        self._server.site = self
        self.host = f"{host}:{self._server.server_address[1]}"
        self.url = f"{'https' if certificate else 'http'}://{self.host}"
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop answering and cut every open connection."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.server_close()
        with self._lock:
            lines = list(self._open)
        for line in lines:
            try:
                line.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    # ---- what it says

    def answer(self, path: str, *answers: Answer) -> None:
        """Say these in turn; the last one stays."""
        with self._lock:
            self._answers[path] = list(answers)

    def page(
        self,
        path: str,
        body: str | bytes,
        *,
        content_type: str = "text/html; charset=utf-8",
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
        delay_s: float = 0.0,
        gzip: bool = False,
    ) -> None:
        """Serve a body; with ``etag`` ("auto" makes one) or ``last_modified`` answer 304 if unchanged.

        ``gzip`` compresses in transit (Content-Encoding).  For a gzip *file*
        pass compressed bytes instead.
        """
        raw = body.encode() if isinstance(body, str) else body
        tag = f'"{hashlib.sha256(raw).hexdigest()[:16]}"' if etag == "auto" else etag
        fields = {"Content-Type": content_type, **(headers or {})}
        if gzip:
            raw = gzip_module.compress(raw)
            fields["Content-Encoding"] = "gzip"
        self.answer(path, Answer(status, raw, fields, tag, last_modified, delay_s))

    def redirect(self, path: str, to: str, *, status: int = 302) -> None:
        """Send callers elsewhere; ``to`` goes out as written."""
        self.answer(path, Answer(status, headers={"Location": to}))

    def status(self, path: str, status: int, *, headers: Mapping[str, str] | None = None) -> None:
        """Answer only a status."""
        self.answer(path, Answer(status, b"", {"Content-Type": "text/plain", **(headers or {})}))

    def stream(self, path: str, chunks: Callable[[], Iterable[bytes]], **headers: str) -> None:
        """Serve chunks without a Content-Length (pass one in ``headers`` to lie about it)."""
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answer(path, Answer(200, b"", {"Content-Type": "text/html", **fields}, stream=chunks))

    def hang_up(self, path: str) -> None:
        """Close the connection without an answer."""
        self.answer(path, Answer(hang_up=True))

    def remove(self, path: str) -> None:
        """Make it 404."""
        with self._lock:
            self._answers.pop(path, None)

    def feed(self, path: str, items: Iterable[Item], **options: Any) -> None:
        """Serve RSS 2.0 made of items."""
        self.page(path, rss(self.url, items), **{"content_type": "application/rss+xml", **options})

    # ---- what was asked

    def count(self, path: str, *, status: int | None = None) -> int:
        """Tell how often a path was asked for (and answered with this status)."""
        return len([ask for ask in self.asked(path) if status in (None, ask.status)])

    def asked(self, path: str) -> list[Asked]:
        """Return the requests for one path, in order."""
        with self._lock:
            return [ask for ask in self.requests if ask.path == path]

    def forget(self) -> None:
        """Empty the request log."""
        with self._lock:
            self.requests.clear()

    def next_answer(self, path: str) -> Answer:
        """Return what to say now to one request."""
        with self._lock:
            known = self._answers.get(path)
            if not known:
                return Answer(404, b"nothing here", {"Content-Type": "text/plain"})
            return known.pop(0) if len(known) > 1 else known[0]

    def record(self, asked: Asked) -> None:
        """Write one request into the log."""
        with self._lock:
            self.requests.append(asked)

    def connection(self, line: socket.socket, *, is_open: bool) -> None:
        """Keep account of open connections, so that closing the site ends them."""
        with self._lock:
            (self._open.add if is_open else self._open.discard)(line)


def rss(base: str, items: Iterable[Item]) -> bytes:
    """Return an RSS 2.0 document."""
    rows = "".join(_rss_item(base, item) for item in items)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Feed</title><link>{escape(base)}</link><description>d</description>{rows}</channel></rss>"
    ).encode()


def _rss_item(base: str, item: Item) -> str:
    published = item.published
    if isinstance(published, datetime):
        published = format_datetime(published)
    parts = {
        "title": item.title,
        "link": None if item.link is None else base + item.link if item.link.startswith("/") else item.link,
        "guid": item.guid,
        "pubDate": published,
        "description": item.description,
        "content:encoded": item.content,
    }
    inner = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in parts.items() if text is not None)
    return f"<item>{inner}</item>"


def sitemap(urls: Mapping[str, str | None]) -> bytes:
    """Return a sitemap of address → lastmod."""
    rows = "".join(
        f"<url><loc>{escape(url)}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</url>"
        for url, changed in urls.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'
    ).encode()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    site: FakeSite

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Callers that hang up early are part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server
    disable_nagle_algorithm = True
    wbufsize = -1

    def setup(self) -> None:
        super().setup()
        self.server.site.connection(self.connection, is_open=True)

    def finish(self) -> None:
        self.server.site.connection(self.connection, is_open=False)
        try:
            super().finish()
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Stay quiet."""

    def do_GET(self) -> None:
        site = self.server.site
        answer = site.next_answer(self.path)
        unchanged = answer.status == 200 and self._is_unchanged(answer)
        status = 0 if answer.hang_up else 304 if unchanged else answer.status
        site.record(Asked(self.command, self.path, dict(self.headers.items()), status))
        if answer.delay_s:
            time.sleep(answer.delay_s)
        if answer.hang_up:
            self.close_connection = True
            return
        self.send_response(status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.etag:
            self.send_header("ETag", answer.etag)
        if answer.last_modified:
            self.send_header("Last-Modified", answer.last_modified)
        self._send_body(answer, empty=unchanged or self.command == "HEAD")

    do_HEAD = do_GET

    def _is_unchanged(self, answer: Answer) -> bool:
        if answer.etag and "If-None-Match" in self.headers:
            return self.headers["If-None-Match"] == answer.etag
        known = self.headers.get("If-Modified-Since")
        return answer.last_modified is not None and known == answer.last_modified

    def _send_body(self, answer: Answer, *, empty: bool) -> None:
        if answer.stream is not None:
            self.send_header("Connection", "close")
            self.end_headers()
            for chunk in answer.stream():
                self.wfile.write(chunk)
            self.close_connection = True
            return
        body = b"" if empty else answer.body
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()
