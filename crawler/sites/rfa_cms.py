"""Radio Free Asia's stories as their CMS keeps them: records of Plone's REST interface."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from crawler.sites.captions import once
from crawler.sites.jsonld import string, strings
from crawler.sites.newsbody import Body, dated, teaser
from crawler.sites.rfa_plone import EASTERN, believable_modified, read_markup, service_language
from crawler.sites.tree import Document
from crawler.sites.words import clean
from state.article import Article, Caption
from state.errors import LayoutError


def is_record(value: Any) -> bool:
    """Tell whether a JSON value is such a record."""
    return (
        isinstance(value, dict)
        and "@id" in value
        and "title" in value
        and ("effective" in value or "text" in value)
    )


def record_article(document: Document, record: dict[str, Any], now: datetime) -> Article:
    """Return the article of a record; ``language`` in it is always English and is not believed.

    Raises:
        LayoutError: The record has no title.
    """
    title = string(record, "title")
    if not title:
        raise LayoutError("the record has no title", url=document.url)
    markup = _markup(record)
    body = (read_markup(document, markup) if markup else None) or Body((), (), None)
    address = string(record, "@id")
    caption = string(record, "image_caption")
    picture = document.join(string(record, "image", "download"))
    lead = Caption(caption, string(record, "image_copyright") or None, picture) if caption else None
    published, told = dated(
        [("effective", string(record, "effective")), ("created", string(record, "created"))],
        now=now,
        zone=EASTERN,
    )
    modified, _ = dated([("modified", string(record, "modified"))], now=now, zone=EASTERN)
    return Article(
        title=title,
        sections=body.sections,
        site="rfa",
        url=address or None,
        subtitle=teaser(string(record, "description"), title, body.sections),
        byline=tuple(filter(None, (string(record, "story_byline"),))),
        dateline=string(record, "story_dateline") or None,
        section=string(record, "parent", "title") or None,
        tags=strings(record, "subjects"),
        captions=once([lead, *body.captions]),
        attribution=body.attribution,
        published_at=published,
        modified_at=believable_modified(modified),
        language=service_language(address),
        provenance={
            "parser": "rfa cms record",
            "body_from": "text" if markup else None,
            "published_at": told,
        },
    )


def _markup(record: dict[str, Any]) -> str:
    for name in ("text", "content", "body"):
        value = record.get(name)
        if isinstance(value, dict):
            value = value.get("data")
        if isinstance(value, str) and clean(value):
            return value
    return ""
