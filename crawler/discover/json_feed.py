"""JSON Feed 1.0 and 1.1 (jsonfeed.org) → rows for the feed reader."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from state.article import tidy

_ITEMS = re.compile(r'"items"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
_SURROGATES = re.compile("[\ud800-\udfff]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_MOST_SALVAGED = 10_000


@dataclass(frozen=True, slots=True)
class JsonFeed:
    """The items of a JSON Feed, the address of its older ones, whether it came whole, and its language."""

    items: tuple[dict[str, Any], ...]
    older: str | None
    whole: bool
    language: str | None


def read_json_feed(text: str, *, longest_body: int) -> JsonFeed | None:
    """Return what a JSON Feed holds, of one that broke off the items that came; None if it is other JSON."""
    try:
        read: object = json.loads(text)
        whole = True
    except (ValueError, RecursionError):
        read, whole = {"items": _salvaged(text)}, False
    rows = read.get("items") if isinstance(read, dict) else None
    if not isinstance(read, dict) or not isinstance(rows, list) or not (whole or rows):
        return None
    items = tuple(_item(row, longest_body) for row in rows if isinstance(row, dict))
    return JsonFeed(items, _text(read, "next_url") or None, whole, _text(read, "language")[:20] or None)


def _salvaged(text: str) -> list[object]:
    """Return the complete items at the beginning of a document that broke off."""
    found = _ITEMS.search(text)
    rows: list[object] = []
    decoder, at = json.JSONDecoder(), found.end() if found else len(text)
    while at < len(text) and len(rows) < _MOST_SALVAGED:
        try:
            row, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        rows.append(row)
        gap = _BETWEEN.match(text, at)
        at = gap.end() if gap else at
    return rows


def _item(row: Mapping[str, Any], longest_body: int) -> dict[str, Any]:
    guid = row.get("id")
    authors = row.get("authors") or [row.get("author")]
    named = authors if isinstance(authors, list) else []
    names = [_text(author, "name") for author in named if isinstance(author, dict)]
    return {
        "url": _text(row, "url")
        or (guid if isinstance(guid, str) and guid.startswith("http") else _text(row, "external_url")),
        "title": tidy(_text(row, "title")),
        "author": tidy(", ".join(name for name in names if name))[:300],
        "published": _text(row, "date_published"),
        "modified": _text(row, "date_modified"),
        "summary": _text(row, "summary")[:longest_body],
        "body": (_text(row, "content_html") or _text(row, "content_text"))[:longest_body],
    }


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", value)) if isinstance(value, str) else ""
