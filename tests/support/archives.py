"""WARC files as other programs write them, record by record."""

from __future__ import annotations

import gzip
from datetime import datetime
from pathlib import Path

from tests.support.newsroom import rfa_page


def record(
    kind: str,
    url: str,
    block: bytes,
    *,
    date: str = "2023-05-01T10:00:00Z",
    version: str = "1.0",
    fields: str = "",
    length: int | None = None,
) -> bytes:
    """Return one record, uncompressed."""
    name = "".join(letter for letter in url if letter.isalnum())[-40:]
    head = (
        f"WARC/{version}\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: {date}\r\n"
        f"WARC-Record-ID: <urn:test:{kind}-{name}-{date}>\r\n{fields}"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def response(
    url: str,
    body: bytes,
    *,
    headers: str = "Content-Type: text/html; charset=utf-8",
    status: int = 200,
    **more: str,
) -> bytes:
    """Return a response record, uncompressed."""
    block = f"HTTP/1.1 {status} Any\r\n{headers}\r\n\r\n".encode() + body
    return record("response", url, block, **more)  # type: ignore[arg-type]


def packed(*records: bytes) -> bytes:
    """Return records as one gzip member each."""
    return b"".join(gzip.compress(one) for one in records)


def story(number: int, *, text: str = "") -> tuple[str, bytes]:
    """Return the address and the page of one article of a news site."""
    at = datetime.fromisoformat("2023-04-30T08:00:00+00:00")
    title = f"Harbour council hears matter {number}"
    said = (
        text
        or f"The council of the harbour met for the {number}th time and heard member {number} on matter {number}."
    )
    page = rfa_page(title, [said, f"Nobody of ward {number} spoke against it, the clerk said."], at, number)
    body = page.encode() if isinstance(page, str) else page
    return f"https://news.example/english/news/story-{number}-04302023{number:06d}.html", body


def archive(path: Path, numbers: range) -> Path:
    """Write a compressed archive of articles."""
    path.write_bytes(packed(*(response(*story(number)) for number in numbers)))
    return path
