"""Bytes of a page → text: byte-order mark, strict UTF-8, HTTP header, meta element, detector.

Strict UTF-8 comes before what the page says of itself: pages in Khmer or
Burmese are often UTF-8 under a forgotten ``charset=iso-8859-1``, and text in
another encoding almost never is valid UTF-8 by accident.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Labels that browsers read as another, larger encoding (WHATWG Encoding Standard), and Python's names.
_WIDER = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "windows-1252": "cp1252",
    "iso-8859-9": "cp1254",
    "tis-620": "cp874",
    "iso-8859-11": "cp874",
    "windows-874": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "unicode": "utf-16",
}
#: What a page may claim: Python knows codecs (punycode, unicode_escape …) that are no page's encoding.
_ALLOWED = re.compile(
    r"utf-?(8|16|32)(-?[lb]e)?|cp(1250|1251|1252|1253|1254|1255|1256|1257|1258|866|874|932|949)|"
    r"windows-125[0-8]|iso-?8859-(1[0-6]|[1-9])|koi8-[ru]|mac[-_]?(roman|cyrillic)|gb18030|big5hkscs|"
    r"euc[-_](jp|kr)|iso-?2022-(jp|kr)"
)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]{2,40})", re.IGNORECASE)
_XML_DECLARATION = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([a-zA-Z0-9_.-]{2,40})")
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)
_TAG = re.compile(rb"<[^<>]{0,2000}>")
_ASCII = bytes(range(128))
_HEAD_BYTES = 4096
_SAMPLE_BYTES = 1 << 16
_PIECE = 1 << 14
#: Share of undecodable characters up to which a claimed encoding is still believed (a cut or patched page).
_TOLERATED = 0.001


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's bytes, their encoding, and which cue named it (``utf-8``, ``meta:cp874``, ``detector:cp1256``)."""

    body: bytes
    codec: str
    how: str
    #: The text, where the choice of an encoding needed it; most pages are parsed as bytes.
    known: str | None = field(default=None, repr=False, compare=False)

    @property
    def text(self) -> str:
        """Return the page's text."""
        return self.body.decode(self.codec, "replace") if self.known is None else self.known


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """Return the encoding of ``body``; never raises.

    Args:
        body: The answer's bytes after content encoding.
        content_type: The raw HTTP header, if there was one.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return Decoded(body[len(bom) :], name, f"bom:{name}")
    if wide := _unmarked_utf16(body):
        return Decoded(body, wide, f"nulls:{wide}")
    if not _claims_iso_2022(body, content_type):
        if _is_utf8(body):
            return Decoded(body, "utf-8", "utf-8")
        if damaged := _damaged_utf8(body):
            return damaged
    for cue, label in (("header", _header_charset(content_type)), ("meta", _meta_charset(body))):
        if label and (text := _fitting(body, label)) is not None:
            return Decoded(body, label, f"{cue}:{label}", text)
    return _detect(body)


def _is_utf8(body: bytes) -> bool:
    """Tell whether bytes are strict UTF-8, piece by piece: a page's whole text is large, and not needed."""
    if body.isascii():
        return True
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(body), _PIECE):
            decoder.decode(body[start : start + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _claims_iso_2022(body: bytes, content_type: str | None) -> bool:
    """Tell whether a page says that it is in an encoding whose every byte is ASCII."""
    return b"iso-2022" in body[:_HEAD_BYTES].lower() or "iso-2022" in (content_type or "").lower()


def _unmarked_utf16(body: bytes) -> str | None:
    head = body[:512]
    if head.count(0) * 4 < len(head) or len(head) < 4:
        return None
    return "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"


def _damaged_utf8(body: bytes) -> Decoded | None:
    """Return the text if the page is UTF-8 with a few bytes broken (cut, or patched by an old script)."""
    text = body.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    beyond_ascii = len(body.translate(None, _ASCII))
    return Decoded(body, "utf-8", f"utf-8, {bad} bad bytes", text) if beyond_ascii > 9 * bad else None


def _header_charset(content_type: str | None) -> str | None:
    found = _HEADER.search(content_type or "")
    return _codec(found.group(1)) if found else None


def _meta_charset(body: bytes) -> str | None:
    head = body[:_HEAD_BYTES]
    found = _META.search(head) or _XML_DECLARATION.search(head)
    return _codec(found.group(1).decode("ascii")) if found else None


def _codec(label: str) -> str | None:
    name = label.strip().lower()
    name = _WIDER.get(name, name)
    if not _ALLOWED.fullmatch(name):
        return None
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def _fitting(body: bytes, codec: str) -> str | None:
    """Return the text of bytes in an encoding, None where too much of it cannot be decoded."""
    text = body.decode(codec, "replace")
    return text if text.count("\ufffd") <= max(1, len(text) * _TOLERATED) else None


def _detect(body: bytes) -> Decoded:
    sample = _TAG.sub(b" ", body[: 8 * _SAMPLE_BYTES])[:_SAMPLE_BYTES]
    best = from_bytes(sample).best()
    name = _codec(best.encoding.replace("_", "-")) if best else None
    if name and (text := _fitting(body, name)) is not None:
        return Decoded(body, name, f"detector:{name}", text)
    return Decoded(body, "cp1252", "fallback:cp1252")
