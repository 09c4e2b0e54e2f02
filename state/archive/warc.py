"""Responses as WARC 1.1 records (ISO 28500:2017), one gzip member each, and back.

A record is finished before it is stored: the same bytes later move into a
file.  The body is what was left after content encoding; the headers that
described its encoding and length on the wire are kept under ``X-Wire-``.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import uuid
from base64 import b32encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from state.archive.answer import REQUESTED, page_of
from state.archive.reading import Damage, Record, read_records
from state.errors import ArchiveError
from state.records import Page

#: Fast; ten per cent larger than the best.
_LEVEL = 3
_WIRE = frozenset({"content-encoding", "content-length", "transfer-encoding"})
_LINE_BREAKS = re.compile(r"[\r\n\0]+")


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """One response as finished bytes.

    ``digest`` is the SHA-256 (hex) of ``data``, ``payload_digest`` that of the body.
    """

    id: str
    data: bytes
    digest: str
    payload_digest: str
    url: str
    status: int
    fetched_at: datetime


def response_record(page: Page) -> WarcRecord:
    """Return a page as a finished record; pure but for the random record id that the standard asks for."""
    id = f"<urn:uuid:{uuid.uuid4()}>"
    payload = hashlib.sha256(page.body)
    headers = {
        "WARC-Record-ID": id,
        "WARC-Date": page.fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "WARC-Payload-Digest": _labelled(payload.digest()),
    }
    if page.ip:
        headers["WARC-IP-Address"] = page.ip
    if page.truncated:
        headers["WARC-Truncated"] = "length"
    if page.requested_url and page.requested_url != page.url:
        headers[REQUESTED] = _one_line(page.requested_url)
    plain = io.BytesIO()
    writer = WARCWriter(plain, gzip=False, warc_version="1.1")
    record = writer.create_warc_record(
        _one_line(page.url),
        "response",
        payload=io.BytesIO(page.body),
        length=len(page.body),
        warc_headers_dict=headers,
        http_headers=_http_headers(page),
    )
    record.http_headers.compute_headers_buffer(None)
    block = hashlib.sha256(record.http_headers.headers_buff + page.body).digest()
    record.rec_headers.add_header("WARC-Block-Digest", _labelled(block))
    writer.write_record(record)
    data = gzip.compress(plain.getvalue(), _LEVEL, mtime=0)
    return WarcRecord(
        id,
        data,
        hashlib.sha256(data).hexdigest(),
        payload.hexdigest(),
        page.url,
        page.status,
        page.fetched_at,
    )


def info_record(name: str, facts: dict[str, str]) -> bytes:
    """Return the record that begins a file and says who wrote it."""
    plain = io.BytesIO()
    writer = WARCWriter(plain, gzip=False, warc_version="1.1")
    writer.write_record(writer.create_warcinfo_record(name, facts))
    return gzip.compress(plain.getvalue(), _LEVEL, mtime=0)


def read_page(data: bytes) -> Page:
    """Return the page of one record.

    Raises:
        ArchiveError: The bytes hold no response, or are damaged.
    """
    for part in read_records(io.BytesIO(data), "the record"):
        if isinstance(part, Damage):
            raise ArchiveError(
                f"the record: {part.why}",
                hint="it was altered; a backup holds it as it was (`tocsin restore FILE`)",
            )
        if part.type == "response":
            return page_of(part)
    raise ArchiveError("the record holds no response")


def kept_record(record: Record, page: Page) -> WarcRecord:
    """Return another writer's record, every byte of it as it stands, as one that we keep."""
    data = record.packed or gzip.compress(record.head + record.block + b"\r\n\r\n", _LEVEL, mtime=0)
    digest = hashlib.sha256(data).hexdigest()
    return WarcRecord(
        record.fields.get("warc-record-id", f"urn:sha256:{digest}"),
        data,
        digest,
        hashlib.sha256(page.body).hexdigest(),
        page.url,
        page.status,
        page.fetched_at,
    )


def _http_headers(page: Page) -> StatusAndHeaders:
    lines = [
        (f"X-Wire-{name}" if name.lower() in _WIRE else _ascii(name), _one_line(value))
        for name, value in page.headers.items()
    ]
    try:
        phrase = HTTPStatus(page.status).phrase
    except ValueError:
        phrase = "Unknown"
    return _Headers(f"{page.status} {phrase}", lines, protocol="HTTP/1.1")


class _Headers(StatusAndHeaders):  # type: ignore[misc]
    """Headers as they came, in UTF-8: the library rewrites what is not ASCII, and fails on some of it."""

    def to_ascii_bytes(self, filter_func: Callable[[Any], Any] | None = None) -> bytes:
        return bytes(self.to_bytes(filter_func))


def _labelled(digest: bytes) -> str:
    return f"sha256:{b32encode(digest).decode()}"


def _one_line(text: str) -> str:
    return _LINE_BREAKS.sub(" ", text).encode("utf-8", "replace").decode()


def _ascii(name: str) -> str:
    """Return a header's name as the standard allows it; a server may send any byte."""
    return _LINE_BREAKS.sub(" ", name).encode("ascii", "replace").decode()
