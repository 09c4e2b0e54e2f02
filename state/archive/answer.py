"""The page of a WARC record: status, headers and the body without its encodings, whoever wrote the record."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from state.archive.reading import MAX_BODY, Record
from state.errors import ArchiveError
from state.records import Page

#: Before the name of a header that described the body on the wire and no longer does.
WIRE = "x-wire-"
REQUESTED = "X-Requested-URI"
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})")
_SIZE = re.compile(rb"[0-9a-fA-F]{1,8}")


def page_of(record: Record) -> Page:
    """Return the page of a response record.

    Raises:
        ArchiveError: It holds no answer, or one that cannot be read.
    """
    told = _STATUS.match(record.block)
    if told is None:
        raise ArchiveError("the record holds no HTTP answer")
    head, body = _split(record.block)
    headers = _headers(head)
    body, is_cut = _decoded(body, headers)
    url = record.fields.get("warc-target-uri", "").strip("<>")
    return Page(
        url=url,
        requested_url=record.fields.get(REQUESTED.lower()) or url,
        status=int(told.group(1)),
        headers={name.removeprefix(WIRE): value for name, value in headers.items()},
        body=body[:MAX_BODY],
        fetched_at=_date(record.fields.get("warc-date", "")),
        ip=record.fields.get("warc-ip-address"),
        truncated=is_cut or len(body) > MAX_BODY or not record.whole or "warc-truncated" in record.fields,
    )


def _split(block: bytes) -> tuple[bytes, bytes]:
    head, mark, body = block.partition(b"\r\n\r\n")
    if not mark or b"\n\n" in head:
        head, _, body = block.partition(b"\n\n")
    return head, body


def _headers(head: bytes) -> dict[str, str]:
    headers: dict[str, str] = {}
    for line in head.split(b"\n")[1:]:
        raw, mark, text = line.partition(b":")
        name = raw.decode("latin-1").strip().lower()
        if mark and name:
            value = _text(text.strip())
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _date(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise ArchiveError(f"the record's date {text[:40]!r} is none") from None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)


def _decoded(body: bytes, headers: Mapping[str, str]) -> tuple[bytes, bool]:
    """Return the body without transfer and content encodings, and whether it broke off.

    Tools differ in whether they undo an encoding before they write, and few
    strike the header then: what does not look encoded is taken as it is.
    """
    is_cut = False
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body, is_cut = _joined(body)
    for name in reversed(headers.get("content-encoding", "").lower().split(",")):
        undo = _UNDO.get(name.strip())
        if undo is not None:
            body, cut = undo(body)
            is_cut = is_cut or cut
    return body, is_cut


def _joined(body: bytes) -> tuple[bytes, bool]:
    parts: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\n", at, at + 1024)
        size = _SIZE.match(body, at) if end >= 0 else None
        if size is None:
            return (b"".join(parts), True) if parts else (body, False)
        length = int(size.group(), 16)
        if length == 0:
            return b"".join(parts), False
        part = body[end + 1 : end + 1 + length]
        parts.append(part)
        if len(part) < length:
            return b"".join(parts), True
        at = end + 1 + length
        at += 2 if body[at : at + 2] == b"\r\n" else body[at : at + 1] == b"\n"


def _unzip(body: bytes) -> tuple[bytes, bool]:
    return _inflate(body, 31) if body.startswith(b"\x1f\x8b") else (body, False)


def _deflate(body: bytes) -> tuple[bytes, bool]:
    if body.lstrip()[:1] == b"<":
        return body, False
    # Written with zlib's frame, as the standard says, or without, as some servers do.
    is_framed = len(body) > 1 and body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0
    return _inflate(body, 15 if is_framed else -15)


def _inflate(body: bytes, form: int) -> tuple[bytes, bool]:
    unpack = zlib.decompressobj(form)
    try:
        done = unpack.decompress(body, MAX_BODY + 1)
    except zlib.error:
        raise ArchiveError("the body is damaged where it is compressed") from None
    return done, not unpack.eof


def _unbrotli(body: bytes) -> tuple[bytes, bool]:
    if body.lstrip()[:1] == b"<":
        return body, False
    brotli: Any = import_module("brotli")  # it comes with Scrapy and has no types

    unpack = brotli.Decompressor()
    try:
        done = unpack.process(body, output_buffer_limit=MAX_BODY + 1)
    except brotli.error:
        raise ArchiveError("the body is damaged where it is compressed") from None
    return done, not unpack.is_finished()


_UNDO: dict[str, Callable[[bytes], tuple[bytes, bool]]] = {
    "gzip": _unzip,
    "x-gzip": _unzip,
    "deflate": _deflate,
    "br": _unbrotli,
}
