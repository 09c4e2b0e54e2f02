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
import zlib
from base64 import b32encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParserException
from warcio.warcwriter import WARCWriter

from state.article_json import instant_from_json
from state.errors import ArchiveError
from state.records import Page

#: A body larger than this is cut when it is read back.
MAX_BODY = 64 << 20
#: Fast; ten per cent larger than the best.
_LEVEL = 3
_WIRE = frozenset({"content-encoding", "content-length", "transfer-encoding"})
_LINE_BREAKS = re.compile(r"[\r\n\0]+")
_REQUESTED = "X-Requested-URI"
#: What the library raises on damaged files; AttributeError where a header is missing.
_DAMAGE = (
    ArchiveLoadFailed,
    StatusAndHeadersParserException,
    zlib.error,
    EOFError,
    ValueError,
    AttributeError,
)


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
        headers[_REQUESTED] = _one_line(page.requested_url)
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
        ArchiveError: The bytes hold no response.
    """
    for page in _pages(io.BytesIO(data), "the record"):
        return page
    raise ArchiveError("the record holds no response")


def pages(path: Path) -> Iterator[Page]:
    """Yield every response of a WARC file, plain or compressed, in its order.

    Raises:
        ArchiveError: The file cannot be read, or is damaged from some record on.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise ArchiveError(
            f"{path}: {error.strerror}", hint="give the path of a .warc or .warc.gz file"
        ) from error
    with file:
        yield from _pages(file, str(path))


def _pages(file: BinaryIO, where: str) -> Iterator[Page]:
    try:
        for record in ArchiveIterator(file):
            if record.rec_type == "response" and record.http_headers is not None:
                yield _page(record)
    except _DAMAGE as error:
        raise ArchiveError(f"{where}: {error}", hint="the file is damaged or is no WARC file") from error


def _page(record: Any) -> Page:
    body = record.content_stream().read(MAX_BODY + 1)
    while record.raw_stream.read(1 << 16):
        pass
    if record.raw_stream.limit > 0:
        raise ArchiveLoadFailed("a record ends before its length")
    headers: dict[str, str] = {}
    for name, value in record.http_headers.headers:
        name = name.lower().removeprefix("x-wire-")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    return Page(
        url=url,
        requested_url=record.rec_headers.get_header(_REQUESTED) or url,
        status=int(record.http_headers.get_statuscode() or 0),
        headers=headers,
        body=body[:MAX_BODY],
        fetched_at=instant_from_json(record.rec_headers.get_header("WARC-Date") or ""),
        ip=record.rec_headers.get_header("WARC-IP-Address"),
        truncated=len(body) > MAX_BODY or record.rec_headers.get_header("WARC-Truncated") is not None,
    )


def _http_headers(page: Page) -> StatusAndHeaders:
    lines = [
        (f"X-Wire-{name}" if name.lower() in _WIRE else name, _one_line(value))
        for name, value in page.headers.items()
    ]
    try:
        phrase = HTTPStatus(page.status).phrase
    except ValueError:
        phrase = "Unknown"
    return StatusAndHeaders(f"{page.status} {phrase}", lines, protocol="HTTP/1.1")


def _labelled(digest: bytes) -> str:
    return f"sha256:{b32encode(digest).decode()}"


def _one_line(text: str) -> str:
    return _LINE_BREAKS.sub(" ", text).encode("utf-8", "replace").decode()
