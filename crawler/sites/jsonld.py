"""Data that a page carries in scripts: JSON-LD, and objects assigned to a JavaScript name."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from typing import Any

from crawler.sites.select import Element
from crawler.sites.words import clean

_DECODER = json.JSONDecoder(strict=False)
#: Objects read of one page: a bomb of small ones costs no more than this.
_MOST = 2000
#: Types of a story, and those of what stands beside one and is dated too.
STORIES = frozenset(
    (
        "NewsArticle", "Article", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle",
        "BackgroundNewsArticle", "ReviewNewsArticle", "LiveBlogPosting", "BlogPosting",
    )
)  # fmt: skip
_NO_STORIES = frozenset(
    (
        "Comment", "Answer", "UserComments", "Review", "ImageObject", "Person", "Organization", "BreadcrumbList", "WebSite",
        "ItemList", "ListItem",
    )
)  # fmt: skip


def json_ld(root: Element) -> list[dict[str, Any]]:
    """Return every JSON-LD object of a page, lists and ``@graph`` flattened; broken scripts are passed over."""
    found: list[dict[str, Any]] = []
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        text = (script.text or "").strip().removeprefix("//<![CDATA[").removesuffix("//]]>").strip()
        value = read_json(text)
        found.extend(item for item, _ in zip(_objects(value), range(_MOST), strict=False))
    return found


def read_json(text: str) -> Any:
    """Return the first JSON value of a text (what follows is ignored), or None if there is none."""
    try:
        return _DECODER.raw_decode(text.lstrip())[0]
    except (ValueError, RecursionError):
        return None


def assigned(markup: bytes, name: str) -> Any:
    """Return the JSON value that a script assigns to ``name``, or None.

    The value is read by a JSON decoder from its first brace on: a text in it
    may hold ``};`` and script tags.
    """
    wanted = name.encode()
    at = markup.find(wanted + b"=")
    if at < 0:
        at = markup.find(wanted + b" =")
    if at < 0:
        return None
    at = markup.find(b"=", at) + 1
    end = markup.find(b"</script", at)
    value = read_json(markup[at : end if end >= 0 else len(markup)].decode("utf-8", "replace"))
    if value is None and end >= 0:
        return read_json(markup[at:].decode("utf-8", "replace"))
    return value


def types_of(item: dict[str, Any]) -> set[str]:
    """Return the schema.org types of an object."""
    value = item.get("@type")
    if isinstance(value, str):
        return {value.rsplit("/", 1)[-1]}
    return (
        {kind.rsplit("/", 1)[-1] for kind in value if isinstance(kind, str)}
        if isinstance(value, list)
        else set()
    )


def story_object(items: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the dated object that describes the page's story, {} if there is none.

    Articles go first; what describes a reader's comment, a review or a picture is never it.
    """
    dated = [item for item in items if "datePublished" in item and not types_of(item) & _NO_STORIES]
    return next((item for item in dated if types_of(item) & STORIES), dated[0] if dated else {})


def string(item: Any, *path: str) -> str:
    """Return the text at a path of names, the first of a list at each step; "" if there is none."""
    for name in path:
        item = _first(item)
        item = item.get(name) if isinstance(item, dict) else None
    item = _first(item)
    return clean(item) if isinstance(item, str) else ""


def strings(item: Any, name: str, inner: str = "name") -> tuple[str, ...]:
    """Return the texts under ``name``: strings, or the ``inner`` of objects; one or a list."""
    value = item.get(name) if isinstance(item, dict) else None
    values = value if isinstance(value, list) else [value]
    texts = (v if isinstance(v, str) else v.get(inner) if isinstance(v, dict) else None for v in values)
    return tuple(dict.fromkeys(clean(text) for text in texts if isinstance(text, str) and clean(text)))


def objects(item: object, name: str) -> list[dict[str, Any]]:
    """Return the objects under ``name``, of a list or alone; what is none is left out."""
    value = item.get(name) if isinstance(item, dict) else None
    values = value if isinstance(value, list) else [value]
    return [part for part in values if isinstance(part, dict)]


def _first(item: Any) -> Any:
    return item[0] if isinstance(item, list) and item else None if isinstance(item, list) else item


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    pending = deque([value])
    while pending:
        item = pending.popleft()
        if isinstance(item, list):
            pending.extend(item[:_MOST])
        elif isinstance(item, dict):
            yield item
            if isinstance(item.get("@graph"), list):
                pending.extend(item["@graph"][:_MOST])
