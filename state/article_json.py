"""The lossless JSON form of an article, ``tocsin-article/1``: exports, API and bundles use it.

Instants are RFC 3339 in UTC; every field but ``title`` and ``sections`` may be
absent on input, and null equals absent.  The published JSON Schema is
``article.schema.json`` beside this file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from state.article import Article, Caption, Comment, Origin, Section, tidy, tidy_lines
from state.errors import InputError

FORMAT = "tocsin-article/1"

_PLAIN = (
    "url",
    "canonical_url",
    "key",
    "source",
    "site",
    "language",
    "subtitle",
    "dateline",
    "section",
    "attribution",
)
_LISTS = ("byline", "tags", "quoted")
_INSTANTS = ("published_at", "modified_at", "fetched_at")


def to_json(article: Article) -> dict[str, Any]:
    """Return the JSON form; every field is present, empty ones as null or []."""
    form: dict[str, Any] = {"format": FORMAT, "title": article.title}
    form |= {name: getattr(article, name) for name in _PLAIN}
    form |= {name: list(getattr(article, name)) for name in _LISTS}
    form |= {name: instant_to_json(getattr(article, name)) for name in _INSTANTS}
    form["sections"] = [{"heading": s.heading, "paragraphs": list(s.paragraphs)} for s in article.sections]
    form["captions"] = [
        {"text": c.text, "credit": c.credit, "image_url": c.image_url} for c in article.captions
    ]
    form["comments"] = [_comment_to_json(comment) for comment in article.comments]
    form["origin"] = (
        {"publisher": article.origin.publisher, "url": article.origin.url} if article.origin else None
    )
    form["provenance"] = dict(article.provenance)
    form["version"] = article.version
    return form


def from_json(form: Mapping[str, Any]) -> Article:
    """Return the article of a JSON form, its text tidied as ingest does.

    A paragraph that begins with ``> `` is a quotation and moves to ``quoted``.

    Raises:
        InputError: A field has the wrong type, or title or sections are missing.
    """
    if not isinstance(form, Mapping):
        raise InputError(f"an article is a JSON object, this is {type(form).__name__}")
    if form.get("format", FORMAT) != FORMAT:
        raise InputError(f"format is {form['format']!r}", hint=f"this version reads {FORMAT!r}")
    quoted = [*_strings(form, "quoted")]
    sections = tuple(_section(item, quoted) for item in _objects(form, "sections", required=True))
    origin = form.get("origin")
    if origin is not None and not isinstance(origin, Mapping):
        raise InputError("origin is not an object", hint='write {"publisher": …, "url": …} or leave it out')
    provenance = form.get("provenance") or {}
    if not isinstance(provenance, Mapping):
        raise InputError("provenance is not an object")
    title = _string(form, "title")
    if title is None and form.get("title") is None:
        raise InputError("the article has no title", hint='"title" and "sections" are required')
    plain = {name: _string(form, name) for name in _PLAIN}
    return Article(
        title=title or "",
        sections=sections,
        byline=tuple(_strings(form, "byline")),
        tags=tuple(_strings(form, "tags")),
        quoted=tuple(quoted),
        captions=tuple(_caption(item) for item in _objects(form, "captions")),
        comments=tuple(_comment(item) for item in _objects(form, "comments")),
        origin=_origin(origin) if origin else None,
        provenance=_writable(provenance),
        published_at=_instant(form, "published_at"),
        modified_at=_instant(form, "modified_at"),
        fetched_at=_instant(form, "fetched_at"),
        **plain,
    )


def instant_to_json(at: datetime | None) -> str | None:
    """Return an instant as RFC 3339 UTC (``2017-11-07T01:02:03Z``), None as None."""
    return None if at is None else at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def instant_from_json(text: str) -> datetime:
    """Return the aware UTC instant of an RFC 3339 text.

    Raises:
        ValueError: It is none, or has no zone.
    """
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone")
    return at.astimezone(UTC)


def _comment_to_json(comment: Comment) -> dict[str, Any]:
    return {
        "id": comment.id,
        "author": comment.author,
        "place": comment.place,
        "text": comment.text,
        "quoted": list(comment.quoted),
        "posted_at": instant_to_json(comment.posted_at),
        "parent": comment.parent,
        "edited_at": instant_to_json(comment.edited_at),
    }


def _section(item: Mapping[str, Any], quoted: list[str]) -> Section:
    kept = []
    for paragraph in _strings(item, "paragraphs"):
        if paragraph.startswith("> "):
            quoted.append(paragraph.removeprefix("> "))
        elif paragraph:
            kept.append(paragraph)
    return Section(_string(item, "heading"), tuple(kept))


def _caption(item: Mapping[str, Any]) -> Caption:
    return Caption(_string(item, "text") or "", _string(item, "credit"), _string(item, "image_url"))


def _origin(item: Mapping[str, Any]) -> Origin:
    return Origin(_string(item, "publisher") or "", _string(item, "url"))


def _comment(item: Mapping[str, Any]) -> Comment:
    text = item.get("text")
    if not isinstance(text, str):
        raise InputError("a comment has no text")
    quoted = list(_strings(item, "quoted"))
    kept = [block for block in re.split(r"\n{2,}", tidy_lines(text)) if not _take_quotation(block, quoted)]
    return Comment(
        id=_string(item, "id"),
        author=_string(item, "author"),
        place=_string(item, "place"),
        text="\n\n".join(kept),
        quoted=tuple(quoted),
        posted_at=_instant(item, "posted_at"),
        parent=_string(item, "parent"),
        edited_at=_instant(item, "edited_at"),
    )


def _take_quotation(block: str, quoted: list[str]) -> bool:
    if not block.startswith("> "):
        return False
    quoted.append(tidy(block.removeprefix("> ").replace("\n> ", " ")))
    return True


def _string(form: Mapping[str, Any], name: str) -> str | None:
    value = form.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise InputError(f"{name} is {type(value).__name__}, not a string")
    return tidy(value) or None


def _strings(form: Mapping[str, Any], name: str) -> list[str]:
    value = form.get(name)
    if value is None:
        return []
    if (
        isinstance(value, str)
        or not isinstance(value, Sequence)
        or not all(isinstance(v, str) for v in value)
    ):
        raise InputError(f"{name} is not a list of strings")
    return [tidied for item in value if (tidied := tidy(item))]


def _objects(form: Mapping[str, Any], name: str, *, required: bool = False) -> list[Mapping[str, Any]]:
    value = form.get(name)
    if value is None and not required:
        return []
    if not isinstance(value, list) or not all(isinstance(v, Mapping) for v in value):
        raise InputError(f"{name} is {'missing' if value is None else 'not a list of objects'}")
    return value


def _instant(form: Mapping[str, Any], name: str) -> datetime | None:
    value = form.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise InputError(f"{name} is {type(value).__name__}, not a string")
    try:
        return instant_from_json(value)
    except ValueError as error:
        raise InputError(f"{name}: {error}", hint="write 2017-11-07T01:02:03Z") from None


def _writable(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return provenance without the halves of surrogate pairs, which no file can hold."""
    whole = json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")
    done: dict[str, Any] = json.loads(whole)
    return done
