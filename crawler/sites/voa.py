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

from lxml import etree
from lxml.html import HtmlElement

from crawler.sites.blocks import Kind, line
from crawler.sites.captions import caption_of, once
from crawler.sites.comments import read_comments
from crawler.sites.jsonld import string, strings, types_of
from crawler.sites.newsbody import Body, dated, keywords, read_body, teaser
from crawler.sites.rfa_plone import EASTERN
from crawler.sites.tree import Document, class_path, first, has_class
from crawler.sites.words import clean
from state.article import Article, Section
from state.errors import LayoutError
from state.identity import article_key

_WSW = etree.XPath(
    f'//*[@id="article-content"]//*[{class_path("wsw")}] | //*[@id="article-content"][not(.//*[{class_path("wsw")}])]'
)
_ANY_WSW = etree.XPath(f"//*[{class_path('wsw')}]")
_TITLE = etree.XPath(f"//h1[{class_path('pg-title', 'title')}] | //h1")
_INNER_TITLE = etree.XPath(f".//span[{class_path('title')}]")
_DATELINE = etree.XPath(f".//*[{class_path('dateline')}]")
_TIME = etree.XPath(f"//*[{class_path('published', 'publishing-details')}]//time")
_AUTHORS = etree.XPath(f"//*[{class_path('publishing-details')}]//*[{class_path('links__item-link')}]")
_CATEGORY = etree.XPath(f"//*[{class_path('category')}]//a")
_COVER = etree.XPath(
    f"//*[{class_path('cover-media')}]//figure | //figure[{class_path('media-image', 'media-expand')}]"
)
_INTRO = etree.XPath(
    f"//*[{class_path('intro', 'm-t-md', 'content-offset')}]//p | //*[{class_path('intro')}]"
)
_DROPPED_IDS = frozenset(("ymla-section", "comments"))
_DROPPED = (
    "media-block-wrap", "share--box", "print-dialogue", "c-lightbox", "media-pholder", "c-mmp", "region", "links",
    "hidden", "wsw__related", "infographics", "author-bio", "newsletter-box", "banner",
)  # fmt: skip
_CHROME = frozenset(
    (
        "No media source currently available", "EMBED SHARE", "Embed", "share", "Share", "XS SM MD LG", "Accessibility links",
        "Your browser doesn’t support HTML5", "Your browser doesn't support HTML5", "Pop-out player", "Print", "Direct link",
        "The code has been copied to your clipboard.", "The URL has been copied to your clipboard",
        "[Zawgyi/Unicode]", "Breaking News", "[video src]", "[audio src]",
    )
)  # fmt: skip
_RULE = re.compile(r"^[_*\-–—=]{3,}$|^\d:\d\d(?: \d:\d\d:\d\d)?(?: \d:\d\d)?$")
_MEDIA = re.compile(r'class="[^"]*(?:c-mmp|media-pholder|pg-(?:multimedia|video|audio))')


def matches(markup: str) -> bool:
    """Tell whether a page bears this system's markers."""
    if 'id="article-content"' in markup and ("wsw" in markup or "pg-title" in markup):
        return True
    return "pg-title" in markup and ("pangea" in markup.lower() or "publishing-details" in markup)


def parse(document: Document, now: datetime) -> Article:
    """Return the article of a page.

    Raises:
        LayoutError: It has no title, or is no media page and has no text.
    """
    title = _title(document)
    if not title:
        raise LayoutError("no title: tried h1.pg-title, og:title", url=document.url)
    discussion = read_comments(document, document.root, now=now)
    container = _container(document)
    body = (
        _without_rules(read_body(document, container, _judge, chrome=_CHROME))
        if container is not None
        else None
    )
    how, dateline = "#article-content .wsw", None
    if body is not None and container is not None and body.length:
        dateline = line_without_dash(first(_DATELINE(container)))
    else:
        body, how = _introduction(document), "introduction"
    lead = [caption_of(document, figure) for figure in _COVER(document.root) if not _in(figure, container)]
    is_media = "wsw" not in document.markup or bool(_MEDIA.search(document.markup))
    if not body.length and not (is_media and how == "introduction"):
        raise LayoutError("no text: tried #article-content .wsw and the introduction", url=document.url)
    data = _story_data(document)
    published, modified, told = _times(document, data, now)
    return Article(
        title=title,
        sections=body.sections,
        site="voa" if _is_voa(document) else "pangea",
        subtitle=teaser(
            document.meta.get("og:description") or document.meta.get("description"), title, body.sections
        ),
        byline=_byline(document, data),
        dateline=dateline,
        section=line(first(_CATEGORY(document.root)))
        if _CATEGORY(document.root)
        else string(data, "articleSection") or None,
        tags=keywords(document),
        captions=once([*lead[:1], *body.captions, *lead[1:]]),
        attribution=body.attribution,
        comments=discussion.comments,
        published_at=published,
        modified_at=modified,
        language=document.root.get("lang") or string(data, "inLanguage") or None,
        provenance={"parser": "pangea", "body": how, "published_at": told, "type": _page_type(document)},
    )


def line_without_dash(element: HtmlElement | None) -> str | None:
    """Return a dateline as it is printed, a dash at its end included."""
    return (line(element) or None) if element is not None else None


def _title(document: Document) -> str:
    for headline in _TITLE(document.root):
        inner = first(_INNER_TITLE(headline))
        if text := line(inner) if inner is not None else line(headline):
            programme = any(
                has_class(other, "title") and other is not inner for other in headline.iterdescendants("a")
            )
            if inner is not None or not _programme_above(headline, document) or programme:
                return text
    return document.meta.get("og:title", "")


def _programme_above(headline: HtmlElement, document: Document) -> bool:
    """Tell whether the page has a further headline that is the real one: this one names a programme."""
    return any(other is not headline and _INNER_TITLE(other) for other in _TITLE(document.root))


def _container(document: Document) -> HtmlElement | None:
    found = _WSW(document.root)
    if not found:
        found = [
            box
            for box in _ANY_WSW(document.root)
            if not any(has_class(up, "statement") for up in box.iterancestors())
        ]
    outer = [box for box in found if not any(up in found for up in box.iterancestors())]
    return max(outer, key=lambda box: len(box.xpath("string()")), default=None)


def _introduction(document: Document) -> Body:
    texts: list[str] = []
    for element in _INTRO(document.root):
        if any(
            has_class(up, "media-block", "media-block-wrap", "share--box") for up in element.iterancestors()
        ):
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


def _judge(element: HtmlElement) -> Kind | None:
    if has_class(element, "dateline") or element.get("id") in _DROPPED_IDS:
        return "apart" if has_class(element, "dateline") else "drop"
    if has_class(element, "wsw__embed"):
        return None if element.find(".//figure") is not None else "drop"
    return "drop" if has_class(element, *_DROPPED) else None


def _in(element: HtmlElement, container: HtmlElement | None) -> bool:
    return container is not None and any(up is container for up in element.iterancestors())


def _story_data(document: Document) -> dict[str, Any]:
    stories = [item for item in document.json_ld if "datePublished" in item]
    return next(
        (item for item in stories if "ClaimReview" not in types_of(item)), stories[0] if stories else {}
    )


def _times(
    document: Document, data: dict[str, Any], now: datetime
) -> tuple[datetime | None, datetime | None, dict[str, Any]]:
    stamped = first(_TIME(document.root))
    published, told = dated(
        [
            ("time", stamped.get("datetime") if stamped is not None else None),
            ("json-ld", string(data, "datePublished")),
            ("time text", line(stamped) if stamped is not None else None),
        ],
        now=now,
        zone=EASTERN if _is_voa(document) else None,
    )
    modified, _ = dated([("json-ld", string(data, "dateModified"))], now=now)
    return published, modified, told


def _byline(document: Document, data: dict[str, Any]) -> tuple[str, ...]:
    shown = tuple(dict.fromkeys(text for element in _AUTHORS(document.root) if (text := line(element))))
    named = document.meta.get("author", "")
    return shown or ((named,) if named else strings(data, "author"))


def _is_voa(document: Document) -> bool:
    named = document.meta.get("og:site_name", "").casefold()
    return (
        article_key(document.base).startswith("voa:")
        or "voice of america" in named
        or named.startswith("voa")
    )


def _page_type(document: Document) -> str:
    found = re.search(r'page_type:"([^"]{1,30})"', document.markup)
    return found.group(1) if found else clean(document.meta.get("og:type", ""))
