"""The article in the data that a page's own script would show: Next.js, Nuxt and their like."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from crawler.sites.jsonld import read_json
from crawler.sites.lines import lines
from crawler.sites.tree import Document, parse
from crawler.sites.words import clean

_BODIES = (
    "articleBody",
    "body",
    "content",
    "bodyHtml",
    "html",
    "text",
    "story",
    "fullText",
    "paragraphs",
    "blocks",
)
_INNER = ("text", "content", "html", "value", "children", "paragraph", "data")
_TITLES = ("headline", "title", "heading")
_MARKUP = re.compile(r"<[a-zA-Z/][^<>]{0,2000}>")
#: Objects looked at, and pieces taken of one body.
_MOST = 50_000
_DEEPEST = 12


def embedded_body(document: Document) -> tuple[str, list[str]]:
    """Return title and paragraphs of the longest text that stands beside a title; "" and [] if there is none."""
    best: tuple[str, list[str]] = ("", [])
    weight = 0
    for script in document.root.iter("script"):
        told = script.text or ""
        if script.get("id") != "__NEXT_DATA__" and script.get("type") != "application/json":
            continue
        for item in _objects(read_json(told)):
            title = next((clean(item[name]) for name in _TITLES if isinstance(item.get(name), str)), "")
            if not title:
                continue
            for name in _BODIES:
                found = _paragraphs(item.get(name))
                length = sum(map(len, found))
                if length > weight:
                    best, weight = (title, found), length
    return best


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    pending = deque([value])
    for _ in range(_MOST):
        if not pending:
            return
        item = pending.popleft()
        if isinstance(item, dict):
            yield item
            pending.extend(part for part in item.values() if isinstance(part, dict | list))
        elif isinstance(item, list):
            pending.extend(part for part in item[:_MOST] if isinstance(part, dict | list))


def _paragraphs(value: Any) -> list[str]:
    return [text for raw in _strings(value, _DEEPEST) for text in _texts(raw)]


def _strings(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif depth and isinstance(value, list):
        for part in value[:_MOST]:
            yield from _strings(part, depth - 1)
    elif depth and isinstance(value, dict):
        for name in _INNER:
            yield from _strings(value.get(name), depth - 1)


def _texts(raw: str) -> list[str]:
    if _MARKUP.search(raw):
        root, _ = parse(raw)
        return [] if root is None else [line.text for line in lines(root)]
    return [text for part in re.split(r"\n+", raw) if (text := clean(part))]
