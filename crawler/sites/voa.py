"""Voice of America and the other sites of the Pangea content system (RFE/RL, Polygraph …).

Markers: ``.wsw`` and ``pg-title``.  A live blog has one ``.wsw`` for each entry, a
gallery has a caption for each picture.  Programme, video and audio pages have no
``.wsw``: their introduction is the text.  Their text and titles still name
events, so they are articles like others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from crawler.sites.blocks import line
from crawler.sites.captions import caption_of, once
from crawler.sites.comments import read_comments
from crawler.sites.jsonld import story_object, string, strings, types_of
from crawler.sites.newsbody import Body, dated, keywords, teaser
from crawler.sites.rfa_plone import EASTERN
from crawler.sites.select import Element, Index
from crawler.sites.tree import Document, has_class, text_of
from crawler.sites.voa_text import is_beside, text_of_page, without_glossary
from crawler.sites.words import same_words
from state.article import Article, Caption
from state.errors import LayoutError, NotArticleError
from state.identity import article_key

_TITLE = frozenset(("title",))
_HEADLINE = frozenset(("pg-title", "title"))
_STORY_TIME = (
    "div.published time",
    "section.published time",
    "span.published time",
    "div.publishing-details time",
    "section.publishing-details time",
    "time[pubdate]",
    "time[itemprop=datePublished]",
)
_CHANGED_TIME = (
    "div.updated time",
    "span.updated time",
    "section.updated time",
    "time[itemprop=dateModified]",
)
#: "By" before a name, as the services print it.
_BY = re.compile(
    r"^(?:by|por|par|von|oleh|bởi|da|de|tarafından|автор|аўтар|müəllif|ដោយ|ໂດຍ|โดย|ရေးသားသူ|作者|撰稿|记者|記者|글|기자|نوشته|از|بقلم)"
    r"(?:\s*[:：៖]\s*|\s+)",
    re.IGNORECASE,
)
#: Beside ``.wsw``, what a page of one story has and a list of stories has not.
_STORY_CLASSES = ("publishing-details", "media-pholder", "c-mmp", "media-gallery", "photo-gallery", "intro")
_DURATION = ("span.duration", "div.duration", "time.duration", "span.c-mmp__duration", "span.media-duration")
_SECTION = ("div.category a", "section.category a")
_NAMED = "div.publishing-details a.links__item-link, section.publishing-details a.links__item-link"
_NAMED_PLAINLY = "div.publishing-details li.links__item, section.publishing-details li.links__item"
_COUNT = re.compile(r"^\d{1,3} ?/ ?\d{1,3} +")
_COUNTERS = "figure span.counter, figcaption span.counter, figure span.num, figure span.number, div.slide span.counter"
_GALLERY = (
    "div.gallery figure, ul.gallery figure, section.gallery figure, div.media-gallery figure, div.photo-gallery figure, "
    "section.media-gallery figure, section.photo-gallery figure, div.c-gallery figure, div.slide figure"
)
_MEDIA = frozenset(("VideoObject", "AudioObject", "PodcastEpisode", "RadioEpisode", "TVEpisode"))


def matches(document: Document) -> bool:
    """Tell whether a page bears this system's markers."""
    index = document.index
    if index.holds(classes=("wsw",)):
        return True
    if not index.holds(classes=("pg-title", "section-head")):
        return False
    return index.holds(classes=(*_STORY_CLASSES, "media-block")) or document.has_id("article-content")


def parse(document: Document, now: datetime) -> Article:
    """Return the article of a page.

    Raises:
        NotArticleError: The page lists stories: a section, a search.
        LayoutError: It has no title, or is no media page and has no text.
    """
    if not document.index.holds(classes=("wsw", *_STORY_CLASSES)) and not document.has_id("article-content"):
        raise NotArticleError("a list of articles or topics, not one of them", url=document.url)
    _cut_counters(document)
    data = story_object(document.json_ld)
    discussion = read_comments(document, now=now)
    title, title_from = _title(document, data)
    container, body, body_from = text_of_page(document, data, frozenset(discussion.elements))
    if not (captions := once([*_lead(document, container), *body.captions])) and not _has_words(
        document, body
    ):
        raise LayoutError("no text: tried #article-content .wsw and the introduction", url=document.url)
    body, glossary = without_glossary(body)
    byline, byline_from = _byline(document, data)
    published, modified, told = _times(document, data, now)
    return Article(
        title=title,
        sections=body.sections,
        site="voa" if _is_voa(document) else "pangea",
        subtitle=teaser(_description(document, data), title, body.sections),
        byline=byline,
        dateline=_dateline(container),
        section=text_of(document.first(*_SECTION)) or string(data, "articleSection") or None,
        tags=keywords(document),
        captions=captions,
        attribution=body.attribution,
        quoted=_statements(document),
        comments=discussion.comments,
        published_at=published,
        modified_at=modified,
        language=document.root.get("lang") or string(data, "inLanguage") or None,
        provenance={
            "parser": "pangea",
            "title": title_from,
            "byline": byline_from,
            "body_from": body_from,
            "published_at": told,
            "comments": discussion.how,
            **_kind(document, body_from, glossary),
        },
    )


def _cut_counters(document: Document) -> None:
    """Take the numbers out of captions ("3", "3/12")."""
    if counters := document.select(_COUNTERS):
        document.cut(counters)


def _statements(document: Document) -> tuple[str, ...]:
    """Return what a fact-check checks: others said it, and it may be false."""
    found = [
        line(part) for part in document.select("div.statement p, section.statement p, blockquote.statement p")
    ]
    return tuple(dict.fromkeys(filter(None, found)))


def _description(document: Document, data: dict[str, Any]) -> str:
    meta = document.meta
    return meta.get("og:description") or meta.get("description") or string(data, "description")


def _lead(document: Document, container: Element | None) -> list[Caption]:
    """Return the captions outside the text: of the picture above it, and of a gallery."""
    found = [caption_of(document, figure) for figure in (*_cover(document, container), *_gallery(document))]
    return [replace(caption, text=_COUNT.sub("", caption.text)) for caption in found if caption]


def _gallery(document: Document) -> list[Element]:
    return [figure for figure in document.select(_GALLERY) if not any(map(is_beside, figure.iterancestors()))]


def _kind(document: Document, body_from: str, glossary: tuple[str, ...]) -> dict[str, Any]:
    """Return what kind of page it is: one of sound or pictures, a lesson, an article."""
    kind: dict[str, Any] = {"type": document.meta.get("og:type")}
    verdict = document.first("div.verdict", "section.verdict")
    if verdict is None and document.index.holds(classes=("statement",)):
        verdict = document.first("span.verdict")
    if text := text_of(verdict):
        kind["verdict"] = text
    if glossary:
        kind["glossary"] = list(glossary)
    if body_from == "introduction":
        told = next((item for item in document.json_ld if types_of(item) & _MEDIA), {})
        printed = document.first(*_DURATION)
        duration = (line(printed) if printed is not None else "") or string(told, "duration")
        shown = next(iter(sorted(types_of(told))), None) or kind["type"] or "media"
        kind["media"] = {"type": shown, "duration": duration or None}
    return kind


def _dateline(container: Element | None) -> str | None:
    if container is None:
        return None
    box = Index(container).first("span.dateline", "p.dateline", "div.dateline", "section.dateline")
    return (line(box) or None) if box is not None else None


def _has_words(document: Document, body: Body) -> bool:
    """Tell whether a page has text, or is one of sound or pictures that need not."""
    return (
        bool(body.length)
        or b'class="wsw' not in document.data
        or document.index.holds(classes=("c-mmp", "media-pholder"))
    )


def _cover(document: Document, container: Element | None) -> list[Element]:
    """Return the figure above the text; those in teasers of other stories lie in media blocks."""
    found = document.select("div.cover-media figure, section.cover-media figure") or document.select(
        "figure.media-image, figure.js-media-expand, div.media-image"
    )
    beside = (figure for figure in found if not any(map(is_beside, figure.iterancestors())))
    return [figure for figure in beside if container is None or container not in figure.iterancestors()][:1]


def _title(document: Document, data: dict[str, Any]) -> tuple[str, str]:
    headlines = [
        box for box in document.root.iter("h1") if line(box) and not any(map(is_beside, box.iterancestors()))
    ]
    inner = [span for box in headlines for span in box.iter("span") if has_class(span, _TITLE) and line(span)]
    if inner:
        return line(inner[0]), "h1 span.title"
    named = [box for box in headlines if has_class(box, _HEADLINE)]
    found = (named or headlines)[-1:] if _names_programme(document, named) else (named or headlines)[:1]
    if found:
        return line(found[0]), "h1.pg-title" if named else "h1"
    for cue, text in (
        ("og:title", document.meta.get("og:title", "")),
        ("twitter:title", document.meta.get("twitter:title", "")),
        ("json-ld", string(data, "headline") or string(data, "name")),
    ):
        if text:
            return text, cue
    raise LayoutError("no title: tried h1.pg-title, og:title, JSON-LD", url=document.url)


def _names_programme(document: Document, named: list[Element]) -> bool:
    """Tell whether the first of two headlines is not the story's: a programme page begins with the programme."""
    shared = document.meta.get("og:title", "")
    return len(named) > 1 and not same_words(line(named[0]), shared) and same_words(line(named[-1]), shared)


def _times(
    document: Document, data: dict[str, Any], now: datetime
) -> tuple[datetime | None, datetime | None, dict[str, Any]]:
    zone = EASTERN if _is_voa(document) else None
    published, told = dated(
        _published(document, data), now=now, zone=zone, language=document.root.get("lang")
    )
    modified, _ = dated(_modified(document, data), now=now, zone=zone)
    return published, modified, told


def _published(document: Document, data: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
    stamp = document.first(*_STORY_TIME)
    yield "time", stamp.get("datetime") if stamp is not None else None
    yield "json-ld", string(data, "datePublished")
    yield "json-ld upload", _uploaded(document)
    yield "article:published_time", document.meta.get("article:published_time")
    yield "time text", line(stamp) if stamp is not None else None
    yield "date text", text_of(document.first("div.published span.date", "div.published", "span.published"))


def _modified(document: Document, data: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
    yield "json-ld", string(data, "dateModified")
    changed = document.first(*_CHANGED_TIME)
    yield "time", (changed.get("datetime") or line(changed)) if changed is not None else None
    yield "article:modified_time", document.meta.get("article:modified_time")


def _uploaded(document: Document) -> str:
    return next(
        (day for item in document.json_ld if types_of(item) & _MEDIA and (day := string(item, "uploadDate"))),
        "",
    )


def _byline(document: Document, data: dict[str, Any]) -> tuple[tuple[str, ...], str | None]:
    shown = [line(part) for part in document.select(_NAMED)]
    shown = shown or [line(part) for part in document.select(_NAMED_PLAINLY)]
    if names := tuple(dict.fromkeys(filter(None, (_BY.sub("", text) for text in shown)))):
        return names, "publishing details"
    named = document.meta.get("author", "")
    if named:
        return (_BY.sub("", named),), "meta author"
    told = tuple(_BY.sub("", name) for name in strings(data, "author"))
    return told, "json-ld" if told else None


def _is_voa(document: Document) -> bool:
    named = document.meta.get("og:site_name", "").casefold()
    return (
        article_key(document.base).startswith("voa:")
        or "voice of america" in named
        or named.startswith("voa")
    )
