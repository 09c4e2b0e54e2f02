"""The article in the data that a page's own script would show: Next.js, Nuxt and their like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from crawler.sites.blocks import line
from crawler.sites.jsonld import read_json
from crawler.sites.newsbody import Body, read_body
from crawler.sites.richtext import figure_of, markup_of
from crawler.sites.tree import Document, parse
from crawler.sites.words import clean

_BODIES = (
    "articleBody", "body", "content", "bodyHtml", "html", "text", "story", "fullText", "paragraphs", "blocks",
    "content_elements", "article_body", "bodyText", "richText",
)  # fmt: skip
_TITLES = ("headline", "title", "heading", "headlines")
_SUBTITLES = (
    "subtitle",
    "subheadline",
    "subHeadline",
    "subheadlines",
    "standfirst",
    "deck",
    "dek",
    "lead",
    "excerpt",
    "summary",
)
_AUTHORS = ("authors", "author", "byline", "bylines", "credits", "writers", "contributors")
_NAMES = ("name", "fullName", "full_name", "displayName", "display_name", "title", "by", "byline")
_PUBLISHED = (
    "datePublished", "publishedAt", "published_at", "first_publish_date", "firstPublished", "firstPublishedAt", "publishDate",
    "publishedDate", "published", "published_date", "publicationDate", "publish_date", "display_date", "displayDate", "pubDate",
    "postDate", "date_gmt", "date", "createdAt", "created_at",
)  # fmt: skip
_MODIFIED = (
    "dateModified",
    "updatedAt",
    "updated_at",
    "last_updated_date",
    "modifiedAt",
    "lastModified",
    "modified_gmt",
    "modified",
)
_PICTURES = (
    "leadImage",
    "featuredImage",
    "featured_image",
    "heroImage",
    "mainImage",
    "image",
    "cover",
    "promo_items",
)
#: Where scripts that are no JSON put the page's state.
_ASSIGNED = re.compile(
    r"(?:window|self|globalThis)\s*(?:\.\s*[\w$]{1,60}|\[\s*[\"'][\w$.-]{1,60}[\"']\s*\])\s*=\s*(JSON\.parse\(\s*(?=[\"'])|(?=[{\[]))"
)
#: Objects looked at, values followed, and values assigned in one page's scripts.
_MOST, _MOST_STATES = 50_000, 40
#: Parts measured of one page in all: texts that hold texts that hold texts cost no more.
_MOST_WORK = 500_000
_DEEPEST_REFERENCE = 24
_SHORTEST = 100
_WRAPPED = frozenset(("Reactive", "ShallowReactive", "Ref", "ShallowRef", "Set", "Date", "EmptyRef"))
_TAG = re.compile(r"<[^<>]{1,300}>")
_MARKED = re.compile(r"<[a-zA-Z/]|&#?\w{2,8};")
#: Seconds and milliseconds since 1970 of the years 1995 to 2100.
_SECONDS, _MILLISECONDS = (788_918_400, 4_102_444_800), 1000


@dataclass(frozen=True, slots=True)
class Told:
    """What the data say of a story: dates are texts, as ``parse_date`` reads them."""

    title: str
    body: Body
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    modified: str = ""


def embedded_story(document: Document) -> Told | None:
    """Return the longest text that stands beside a title in the page's data, and what stands beside it; read once."""
    return document.once("embedded story", lambda: _embedded(document))


def _embedded(document: Document) -> Told | None:
    best, weight = None, 0
    left = [_MOST_WORK]
    for state in _states(document):
        for item in _objects(state):
            for name in _BODIES:
                length = _length(item.get(name), left) if item.get(name) else 0
                if length > weight and (title := _title(item)):
                    best, weight = (item, name, title), length
    return _told(document, *best) if best else None


def _told(document: Document, item: dict[str, Any], name: str, title: str) -> Told | None:
    lead = "".join(
        figure_of(part) for key in _PICTURES for part in _listed(item.get(key)) if isinstance(part, dict)
    )
    root, _ = parse(f"<article>{lead}{markup_of(item[name])}</article>")
    if root is None:
        return None
    return Told(
        title,
        read_body(document, root, lambda _: None),
        subtitle=next((text for key in _SUBTITLES if (text := _string(item.get(key)))), ""),
        authors=next((names for key in _AUTHORS if (names := _people(item.get(key)))), ()),
        published=next((text for key in _PUBLISHED if (text := _date(item.get(key)))), ""),
        modified=next((text for key in _MODIFIED if (text := _date(item.get(key)))), ""),
    )


def _states(document: Document) -> Iterator[Any]:
    """Yield the JSON values that the page's scripts hold."""
    found = 0
    for script in document.root.iter("script"):
        told = script.text or ""
        kind = script.get("type") or ""
        if len(told) < _SHORTEST or "ld+json" in kind:
            continue
        if script.get("id") == "__NEXT_DATA__" or kind.endswith("/json"):
            value = read_json(told)
            yield _joined(value) if _is_flat(value) else value
            continue
        for assigned in islice(_ASSIGNED.finditer(told), max(0, _MOST_STATES - found)):
            found += 1
            value = read_json(told[assigned.end() :])
            yield read_json(value) if assigned.group(1) and isinstance(value, str) else value


def _is_flat(value: Any) -> bool:
    """Tell whether a value is Nuxt's list of parts that name one another by their places."""
    return (
        isinstance(value, list)
        and len(value) > 1
        and isinstance(value[0], dict | list)
        and _of_places(value[0])
    )


def _of_places(part: Any) -> bool:
    places = (
        list(part.values())
        if isinstance(part, dict)
        else part[1:]
        if part[:1] and part[0] in _WRAPPED
        else part
    )
    return bool(places) and all(isinstance(place, int) and not isinstance(place, bool) for place in places)


def _joined(flat: list[Any]) -> list[Any]:
    """Return the objects of such a list with their parts in place, to a bounded depth and number."""
    left = [_MOST]
    return [
        _follow(flat, n, _DEEPEST_REFERENCE, left)
        for n, part in enumerate(flat)
        if isinstance(part, dict) and _title_place(part)
    ]


def _title_place(part: dict[str, Any]) -> bool:
    return any(name in part for name in _TITLES) and any(name in part for name in _BODIES)


def _follow(flat: list[Any], place: Any, depth: int, left: list[int]) -> Any:
    if (
        not isinstance(place, int)
        or isinstance(place, bool)
        or not 0 <= place < len(flat)
        or not depth
        or left[0] <= 0
    ):
        return None
    part = flat[place]
    left[0] -= 1 + (len(part) if isinstance(part, dict | list) else 0)
    if left[0] <= 0:
        return None
    if isinstance(part, dict):
        return {name: _follow(flat, inner, depth - 1, left) for name, inner in part.items()}
    if isinstance(part, list):
        if part[:1] and isinstance(part[0], str):
            inner = part[1] if len(part) > 1 else None
            is_date, is_wrapped = part[0] == "Date", part[0] in _WRAPPED
            return inner if is_date else _follow(flat, inner, depth - 1, left) if is_wrapped else None
        return [_follow(flat, inner, depth - 1, left) for inner in part[: left[0]]]
    return part


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    pending = [value]
    for _ in range(_MOST):
        if not pending:
            return
        item = pending.pop()
        if isinstance(item, dict):
            yield item
            pending.extend(part for part in item.values() if isinstance(part, dict | list))
        elif isinstance(item, list):
            pending.extend(part for part in item[:_MOST] if isinstance(part, dict | list))


def _title(item: dict[str, Any]) -> str:
    return next((text for name in _TITLES if (text := _string(item.get(name)))), "")


def _string(value: Any) -> str:
    """Return a line of text: alone, or as an object's ``rendered``, ``basic`` or ``text``."""
    if isinstance(value, dict):
        value = next((value[name] for name in ("rendered", "basic", "text", "html") if name in value), None)
    if not isinstance(value, str) or len(value) > 2000:
        return ""
    root, _ = parse(value) if _MARKED.search(value) else (None, "")
    return clean(_TAG.sub("", value)) if root is None else line(root)


def _length(value: Any, left: list[int]) -> int:
    """Return how many characters of text a value holds at all; ``left`` counts down the parts looked at."""
    pending, length = [value], 0
    while pending and left[0] > 0:
        left[0] -= 1
        item = pending.pop()
        if isinstance(item, str):
            length += len(_TAG.sub("", item)) if " " in item or len(item) > 60 or not item.isascii() else 0
        elif isinstance(item, dict):
            pending.extend(item.values())
        elif isinstance(item, list):
            pending.extend(item[:_MOST])
    return length


def _listed(value: Any) -> list[Any]:
    return value[:3] if isinstance(value, list) else [value]


def _people(value: Any, depth: int = 3) -> tuple[str, ...]:
    if isinstance(value, str):
        text = _string(value)
        return (text,) if 0 < len(text) <= 90 and not text.startswith("http") else ()
    if depth and isinstance(value, list):
        return tuple(dict.fromkeys(name for part in value[:20] for name in _people(part, depth - 1)))
    if depth and isinstance(value, dict):
        return next((names for key in _NAMES if (names := _people(value.get(key), depth - 1))), ())
    return ()


def _date(value: Any) -> str:
    """Return a date as text; numbers are seconds or milliseconds since 1970."""
    if isinstance(value, str):
        return clean(value) if len(value) <= 60 and any(map(str.isdigit, value)) else ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        seconds = value / _MILLISECONDS if value > _SECONDS[1] else value
        if _SECONDS[0] <= seconds <= _SECONDS[1]:
            return datetime.fromtimestamp(seconds, UTC).isoformat()
    return ""
