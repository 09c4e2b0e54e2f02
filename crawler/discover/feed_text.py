"""Bytes of a feed → text that an XML parser takes as it was meant.

What is mended here is wrong in feeds that people publish every day: a declared
encoding that is not the real one, a script's warning before the XML, control
characters, and the vocabularies of Media RSS and iTunes, whose ``description``
and ``summary`` feedparser would take for the item's own.
"""

from __future__ import annotations

import re

from crawler.sites.decode import decode

_HEAD = 64 * 1024
_START = re.compile(
    r"<\?xml\b|<!doctype\s+(?!html)|<(?:[a-z]+:)?(?:rss|feed|rdf|channel)[\s>]", re.IGNORECASE
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CONTROL_REFERENCES = re.compile(
    r"&#(?:0{0,6}(?:[0-8]|1[124-9]|2\d|3[01])|x0{0,6}(?:[0-8bcef]|1[\da-f]));", re.IGNORECASE
)
_OTHERS_WORDS = re.compile(r"<(/?)(media:(?:description|title)|itunes:summary)(?=[\s/>])", re.IGNORECASE)
_RENAMED = {
    "media:description": "media:caption",
    "media:title": "media:heading",
    "itunes:summary": "itunes:about",
}


def decoded(raw: bytes, content_type: str | None) -> str:
    """Return a feed's text, without characters that no XML and no database may hold."""
    return _CONTROLS.sub("", decode(raw, content_type).text)


def mended(text: str) -> str:
    """Return XML from its beginning, without its declaration, and with its own words only."""
    if start := _START.search(text, 0, _HEAD):
        text = text[start.start() :]
    text = _DECLARATION.sub("", text, count=1)
    text = _CONTROL_REFERENCES.sub("", text)
    return _OTHERS_WORDS.sub(lambda found: f"<{found[1]}{_RENAMED[found[2].lower()]}", text)
