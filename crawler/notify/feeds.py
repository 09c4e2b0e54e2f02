"""Alerts as a feed: Atom (RFC 4287) and JSON Feed 1.1, made of the texts that channels get."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from state.article_json import instant_to_json

_ATOM = "http://www.w3.org/2005/Atom"
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TITLE = "Tocsin: what rang"


@dataclass(frozen=True, slots=True)
class Entry:
    """One notice as readers of a feed get it; ``id`` never changes, ``url`` is the page's address."""

    id: str
    title: str
    body: str
    url: str | None
    at: datetime
    language: str | None = None


def atom(entries: Sequence[Entry], updated: datetime) -> bytes:
    """Return an Atom feed, the newest entry first."""
    feed = etree.fromstring(f'<feed xmlns="{_ATOM}"/>')
    _add(feed, "id", "urn:tocsin:alerts")
    _add(feed, "title", _TITLE)
    _add(feed, "updated", instant_to_json(updated) or "")
    author = etree.SubElement(feed, f"{{{_ATOM}}}author")
    _add(author, "name", "Tocsin")
    for entry in entries:
        element = etree.SubElement(feed, f"{{{_ATOM}}}entry")
        _add(element, "id", f"urn:tocsin:{entry.id}")
        _add(element, "title", entry.title)
        _add(element, "updated", instant_to_json(entry.at) or "")
        if entry.url:
            etree.SubElement(element, f"{{{_ATOM}}}link", href=_writable(entry.url), rel="alternate")
        _add(element, "content", entry.body)
    return etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)


def json_feed(entries: Sequence[Entry]) -> bytes:
    """Return a JSON Feed, the newest entry first."""
    form = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _TITLE,
        "items": [
            {
                "id": entry.id,
                "title": entry.title,
                "content_text": entry.body,
                "date_published": instant_to_json(entry.at),
                **({"external_url": entry.url} if entry.url else {}),
                **({"language": entry.language} if entry.language else {}),
            }
            for entry in entries
        ],
    }
    return json.dumps(form, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _add(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{_ATOM}}}{name}").text = _writable(text)


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)
