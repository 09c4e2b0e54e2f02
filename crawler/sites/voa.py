"""Voice of America and the other sites of the Pangea content system (RFE/RL, Polygraph …).

Markers: ``#article-content`` with ``.wsw``, ``pg-title``.  Programme, video and
audio pages have no ``.wsw``: their introduction is the text.  Their text and
titles still name events, so they are articles like others.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from crawler.sites.blocks import Kind, line
from crawler.sites.captions import caption_of, once
from crawler.sites.comments import read_comments
from crawler.sites.jsonld import string, strings, types_of
from crawler.sites.newsbody import Body, dated, keywords, read_body, teaser
from crawler.sites.rfa_plone import EASTERN
from crawler.sites.select import Element, Index
from crawler.sites.tree import Document, has_class, text_of
from crawler.sites.words import same_words
from state.article import Article, Section
from state.errors import LayoutError
from state.identity import article_key

_DROPPED_IDS = frozenset(("ymla-section", "comments"))
_DROPPED = frozenset(
    "media-block-wrap share--box print-dialogue c-lightbox media-pholder c-mmp region links hidden wsw__related infographics "
    "author-bio newsletter-box banner".split()
)
_TITLE = frozenset(("title",))
_HEADLINE = frozenset(("pg-title", "title"))
_STATEMENT = frozenset(("statement",))
_TEASER = frozenset(("media-block", "media-block-wrap", "share--box"))
_DATELINE = frozenset(("dateline",))
_EMBED = frozenset(("wsw__embed",))
_CHROME = frozenset(
    (
        "No media source currently available", "EMBED SHARE", "Embed", "share", "Share", "XS SM MD LG", "Accessibility links",
        "Your browser doesn’t support HTML5", "Your browser doesn't support HTML5", "Pop-out player", "Print", "Direct link",
        "The code has been copied to your clipboard.", "The URL has been copied to your clipboard",
        "[Zawgyi/Unicode]", "Breaking News", "[video src]", "[audio src]",
    )
)  # fmt: skip
_RULE = re.compile(r"^[_*\-–—=]{3,}$|^\d:\d\d(?: \d:\d\d:\d\d)?(?: \d:\d\d)?$")


def matches(document: Document) -> bool:
    """Tell whether a page bears this system's markers."""
    index = document.index
    if index.holds(ids=("article-content",)) and index.holds(classes=("wsw", "pg-title")):
        return True
    return index.holds(classes=("pg-title",)) and index.holds(
        classes=("publishing-details", "media-pholder", "c-mmp")
    )


def parse(document: Document, now: datetime) -> Article:
    """Return the article of a page.

    Raises:
        LayoutError: It has no title, or is no media page and has no text.
    """
    title = _title(document)
    if not title:
        raise LayoutError("no title: tried h1.pg-title, og:title", url=document.url)
    container, body = _body(document)
    told_by_text = bool(body.length)
    if not told_by_text:
        body = _introduction(document)
    if not body.length and not _is_media(document):
        raise LayoutError("no text: tried #article-content .wsw and the introduction", url=document.url)
    lead = [caption_of(document, figure) for figure in _cover(document, container)]
    data = _story_data(document)
    published, modified, told = _times(document, data, now)
    discussion = read_comments(document, now=now)
    return Article(
        title=title,
        sections=body.sections,
        site="voa" if _is_voa(document) else "pangea",
        subtitle=teaser(
            document.meta.get("og:description") or document.meta.get("description"), title, body.sections
        ),
        byline=_byline(document, data),
        dateline=_dateline(container) if container is not None else None,
        section=text_of(document.first("div.category a")) or string(data, "articleSection") or None,
        tags=keywords(document),
        captions=once([*lead, *body.captions]),
        attribution=body.attribution,
        comments=discussion.comments,
        published_at=published,
        modified_at=modified,
        language=document.root.get("lang") or string(data, "inLanguage") or None,
        provenance={
            "parser": "pangea",
            "body_from": "#article-content .wsw" if told_by_text else "introduction",
            "published_at": told,
            "type": document.meta.get("og:type"),
        },
    )


def _body(document: Document) -> tuple[Element | None, Body]:
    container = _container(document)
    if container is None:
        return None, Body((), (), None)
    return container, _without_rules(read_body(document, container, _judge, chrome=_CHROME))


def _dateline(container: Element) -> str | None:
    box = Index(container).first("span.dateline", "p.dateline", "div.dateline")
    return (line(box) or None) if box is not None else None


def _is_media(document: Document) -> bool:
    return b'class="wsw' not in document.data or document.first("div.c-mmp", "div.media-pholder") is not None


def _cover(document: Document, container: Element | None) -> list[Element]:
    """Return the figure above the text; those in teasers of other stories lie in media blocks."""
    found = document.select("div.cover-media figure") or document.select(
        "figure.media-image, figure.js-media-expand"
    )
    return [figure for figure in found if container is None or container not in figure.iterancestors()][:1]


def _title(document: Document) -> str:
    headlines = [box for box in document.root.iter("h1") if line(box)]
    inner = [span for box in headlines for span in box.iter("span") if has_class(span, _TITLE) and line(span)]
    if inner:
        return line(inner[0])
    named = [box for box in headlines if has_class(box, _HEADLINE)]
    found = (named or headlines)[-1:] if _names_programme(document, named) else (named or headlines)[:1]
    return line(found[0]) if found else document.meta.get("og:title", "")


def _names_programme(document: Document, named: list[Element]) -> bool:
    """Tell whether the first of two headlines is not the story's: a programme page begins with the programme."""
    shared = document.meta.get("og:title", "")
    return len(named) > 1 and not same_words(line(named[0]), shared) and same_words(line(named[-1]), shared)


def _container(document: Document) -> Element | None:
    found = document.select("div#article-content div.wsw") or document.select("div#article-content")
    if not found:
        found = [
            box
            for box in document.select("div.wsw")
            if not any(has_class(up, _STATEMENT) for up in box.iterancestors())
        ]
    outer = [box for box in found if not any(up in found for up in box.iterancestors())]
    return outer[0] if len(outer) == 1 else max(outer, key=lambda box: len(text_of(box)), default=None)


def _introduction(document: Document) -> Body:
    texts: list[str] = []
    for element in document.select("div.intro p, div.intro, div.m-t-md p, div.content-offset p"):
        if any(has_class(up, _TEASER) for up in element.iterancestors()):
            continue
        text = line(element)
        if text and text not in _CHROME and not any(text in other for other in texts):
            texts.append(text)
    return Body((Section(None, tuple(texts)),) if texts else (), (), None)


def _without_rules(body: Body) -> Body:
    parts = tuple(
        replace(part, paragraphs=tuple(p for p in part.paragraphs if not _RULE.match(p)))
        for part in body.sections
    )
    return replace(body, sections=tuple(part for part in parts if part.paragraphs or part.heading))


def _judge(element: Element) -> Kind | None:
    if has_class(element, _DATELINE) or element.get("id") in _DROPPED_IDS:
        return "apart" if has_class(element, _DATELINE) else "drop"
    if has_class(element, _EMBED):
        return None if element.find(".//figure") is not None else "drop"
    return "drop" if has_class(element, _DROPPED) else None


def _story_data(document: Document) -> dict[str, Any]:
    stories = [item for item in document.json_ld if "datePublished" in item]
    return next(
        (item for item in stories if "ClaimReview" not in types_of(item)), stories[0] if stories else {}
    )


def _times(
    document: Document, data: dict[str, Any], now: datetime
) -> tuple[datetime | None, datetime | None, dict[str, Any]]:
    stamp = document.first("div.published time", "div.publishing-details time", "time[pubdate]")
    published, told = dated(
        [
            ("time", stamp.get("datetime") if stamp is not None else None),
            ("json-ld", string(data, "datePublished")),
            ("time text", line(stamp) if stamp is not None else None),
        ],
        now=now,
        zone=EASTERN if _is_voa(document) else None,
    )
    modified, _ = dated([("json-ld", string(data, "dateModified"))], now=now)
    return published, modified, told


def _byline(document: Document, data: dict[str, Any]) -> tuple[str, ...]:
    shown = [line(element) for element in document.select("div.publishing-details a.links__item-link")]
    named = document.meta.get("author", "")
    return tuple(dict.fromkeys(filter(None, shown))) or ((named,) if named else strings(data, "author"))


def _is_voa(document: Document) -> bool:
    named = document.meta.get("og:site_name", "").casefold()
    return (
        article_key(document.base).startswith("voa:")
        or "voice of america" in named
        or named.startswith("voa")
    )
