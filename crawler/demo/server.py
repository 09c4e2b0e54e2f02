"""Sample sites on loopback: each publisher is a server of its own, and one more stands for the desk's channel."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from types import TracebackType
from typing import Self

_GONE = b"<html><head><title>410 Gone</title></head><body><h1>Gone</h1></body></html>"


@dataclass(frozen=True, slots=True)
class Resource:
    """What one path says; ``body`` None means it was taken down."""

    body: bytes | None
    content_type: str = "text/html; charset=utf-8"


@dataclass(slots=True)
class SampleSite:
    """One publisher on ``http://127.0.0.1:PORT``; pages may be put up, edited and taken down while it runs."""

    _resources: dict[str, Resource] = field(default_factory=dict)
    #: JSON bodies that were posted, in order: what a channel was told.
    posted: list[dict[str, str]] = field(default_factory=list)
    _server: ThreadingHTTPServer = field(init=False)

    def __post_init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.text("/robots.txt", "User-agent: *\nDisallow: /api/\nDisallow: /comments/\n", "text/plain")

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def base(self) -> str:
        """Return the address without a final slash."""
        return f"http://{self.host}"

    @property
    def host(self) -> str:
        """Return host and port."""
        return f"127.0.0.1:{self._server.server_address[1]}"

    def text(self, path: str, text: str, content_type: str) -> None:
        """Put a text up at a path, ``{base}`` in it replaced by this site's address."""
        self._resources[path] = Resource(text.replace("{base}", self.base).encode(), content_type)

    def page(self, path: str, sample: str) -> None:
        """Put a sample page up."""
        self.text(path, sample_page(sample), "text/html; charset=utf-8")

    def take_down(self, path: str) -> None:
        """Answer 410 from now on."""
        self._resources[path] = Resource(None)

    def answer(self, path: str) -> tuple[int, Resource]:
        """Return status and content for a path."""
        found = self._resources.get(path)
        if found is None:
            return 404, Resource(b"not found", "text/plain")
        return (200, found) if found.body is not None else (410, Resource(_GONE))


def sample_page(name: str) -> str:
    """Return the text of a packaged sample page."""
    return resources.files("crawler.demo").joinpath("site", name).read_text("utf-8")


@contextmanager
def serving(*sites: SampleSite) -> Iterator[None]:
    """Run sites while the body runs."""
    started: list[SampleSite] = []
    try:
        for site in sites:
            started.append(site.__enter__())
        yield
    finally:
        for site in started:
            site.__exit__(None, None, None)


def _handler(site: SampleSite) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, resource = site.answer(self.path)
            self._send(status, resource.body or b"", resource.content_type)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            site.posted.append(json.loads(body))
            self._send(200, b"{}", "application/json")

        def _send(self, status: int, body: bytes, content_type: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Stay quiet: the demo tells its own story."""

    return Handler
