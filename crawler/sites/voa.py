"""Voice of America and the other sites of the Pangea content system (RFE/RL, Polygraph …).

Markers: ``.wsw`` and ``pg-title``.  A live blog has one ``.wsw`` for each entry, a
gallery has a caption for each picture.  Programme, video and audio pages have no
``.wsw``: their introduction is the text.  Their text and titles still name
events, so they are articles like others.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from crawler.sites.attribution import split_attribution
from crawler.sites.blocks import Kind, line
from crawler.sites.captions import caption_of, once
from crawler.sites.comments import read_comments
from crawler.sites.jsonld import objects, story_object, string, strings, types_of
from crawler.sites.newsbody import Body, dated, keywords, read_body, teaser
from crawler.sites.rfa_plone import EASTERN
from crawler.sites.select import Element, Index
from crawler.sites.tree import Document, has_class, text_of
from crawler.sites.words import same_words
from state.article import Article, Caption, Section
from state.errors import LayoutError, NotArticleError
from state.identity import article_key

_DROPPED_IDS = frozenset(("ymla-section", "comments", "disqus_thread"))
_DROPPED = frozenset(
    "media-block-wrap media-block share--box print-dialogue c-lightbox media-pholder c-mmp region links hidden wsw__related "
    "infographics author-bio newsletter-box banner news-app-promo article-categories also-read c-mmp__player player-and-links "
    "pg-title--sticky-share publishing-details".split()
)
_TITLE = frozenset(("title",))
_HEADLINE = frozenset(("pg-title", "title"))
_STATEMENT = frozenset(("statement",))
_TEASER = frozenset(("media-block", "media-block-wrap", "share--box", "c-lightbox"))
_DATELINE = frozenset(("dateline",))
_EMBED = frozenset(("wsw__embed",))
#: The clock beside each entry of a live blog, the number of each picture of a gallery.
_APART = frozenset(("date", "datetime", "time", "counter", "live-blog__time"))
_TEXTS = (
    ("#article-content .wsw", "div#article-content div.wsw"),
    (".wsw", "div.wsw, section.wsw, article.wsw"),
    ("articleBody", "[itemprop=articleBody]"),
    ("#article-content", "div#article-content"),
)
_STORY_TIME = (
    "div.published time",
    "span.published time",
    "div.publishing-details time",
    "time[pubdate]",
    "time[itemprop=datePublished]",
)
_CHANGED_TIME = ("div.updated time", "span.updated time", "time[itemprop=dateModified]")
_GLOSSARY = re.compile(r"^words in this (?:story|lesson|article)\b|^vocabulary$", re.IGNORECASE)
_WROTE = re.compile(
    r"^\S.{2,80}\b(?:wrote|reported|adapted|produced|edited) (?:this|it|the) .{0,80}"
    r"(?:story|report|article|lesson|Learning English|editor)\b",
    re.IGNORECASE,
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
_COUNTERS = "figure span.counter, figcaption span.counter, figure span.number, div.slide span.counter"
_GALLERY = (
    "div.gallery figure, ul.gallery figure, section.gallery figure, div.media-gallery figure, div.photo-gallery figure, "
    "div.c-gallery figure, div.slide figure"
)
_CHROME = frozenset(
    (
        "No media source currently available", "EMBED SHARE", "Embed", "share", "Share", "XS SM MD LG", "Accessibility links",
        "Your browser doesn’t support HTML5", "Your browser doesn't support HTML5", "Pop-out player", "Print", "Direct link",
        "The code has been copied to your clipboard.", "The URL has been copied to your clipboard",
        "[Zawgyi/Unicode]", "Breaking News", "[video src]", "[audio src]",
    )
)  # fmt: skip
_MEDIA = frozenset(("VideoObject", "AudioObject", "PodcastEpisode", "RadioEpisode", "TVEpisode"))
_RULE = re.compile(r"^[_*\-–—=]{3,}$|^\d:\d\d(?: \d:\d\d:\d\d)?(?: \d:\d\d)?$")


def matches(document: Document) -> bool:
    """Tell whether a page bears this system's markers."""
    index = document.index
    if index.holds(classes=("wsw",)):
        return True
    if not index.holds(classes=("pg-title", "section-head")):
        return False
    return index.holds(classes=(*_STORY_CLASSES, "media-block"), ids=("article-content",))


def parse(document: Document, now: datetime) -> Article:
    """Return the article of a page.

    Raises:
        NotArticleError: The page lists stories: a section, a search.
        LayoutError: It has no title, or is no media page and has no text.
    """
    if not document.index.holds(classes=("wsw", *_STORY_CLASSES), ids=("article-content",)):
        raise NotArticleError("a list of articles or topics, not one of them", url=document.url)
    document.cut(document.select(_COUNTERS))
    data = story_object(document.json_ld)
    discussion = read_comments(document, now=now)
    title, title_from = _title(document, data)
    if not title:
        raise LayoutError("no title: tried h1.pg-title, og:title, JSON-LD", url=document.url)
    container, body, body_from = _body(document, data, frozenset(discussion.elements))
    captions = once([*_lead(document, container), *body.captions])
    if not body.length and not captions and not _is_media(document):
        raise LayoutError("no text: tried #article-content .wsw and the introduction", url=document.url)
    body, glossary = _without_glossary(body)
    published, modified, told = _times(document, data, now)
    byline, byline_from = _byline(document, data)
    return Article(
        title=title,
        sections=body.sections,
        site="voa" if _is_voa(document) else "pangea",
        subtitle=teaser(_description(document, data), title, body.sections),
        byline=byline,
        dateline=_dateline(container) if container is not None else None,
        section=text_of(document.first("div.category a")) or string(data, "articleSection") or None,
        tags=keywords(document),
        captions=captions,
        attribution=body.attribution,
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
            "type": document.meta.get("og:type"),
            **({"glossary": list(glossary)} if glossary else {}),
            **_media(document, body_from),
        },
    )


def _description(document: Document, data: dict[str, Any]) -> str:
    meta = document.meta
    return meta.get("og:description") or meta.get("description") or string(data, "description")


def _lead(document: Document, container: Element | None) -> list[Caption | None]:
    """Return the captions outside the text: of the picture above it, and of a gallery."""
    return [caption_of(document, figure) for figure in (*_cover(document, container), *_gallery(document))]


def _body(
    document: Document, data: dict[str, Any], commented: frozenset[Element]
) -> tuple[Element | None, Body, str]:
    """Return the text's element, the text, and by which cue it was found."""

    def judge(element: Element) -> Kind | None:
        return "drop" if element in commented else _judge(element)

    for cue, selector in _TEXTS:
        found = [
            box for box in document.select(selector) if not any(map(_is_beside, (box, *box.iterancestors())))
        ]
        container = _around([box for box in found if box not in commented])
        if container is None:
            continue
        body = _without_rules(read_body(document, container, judge, chrome=_CHROME))
        if body.length:
            return container, body, cue
    if updates := _live_updates(data):
        return None, Body(updates, (), None), "json-ld liveBlogUpdate"
    return None, _introduction(document), "introduction"


def _is_beside(element: Element) -> bool:
    return has_class(element, _STATEMENT) or has_class(element, _TEASER)


def _around(boxes: list[Element]) -> Element | None:
    """Return the one element that holds the text: where entries have one each, what holds them all."""
    known = set(boxes)
    outer = [box for box in boxes if not any(up in known for up in box.iterancestors())]
    if len(outer) < 2:
        return outer[0] if outer else None
    shared = set(outer[0].iterancestors())
    for box in outer[1:]:
        shared &= set(box.iterancestors())
    around = next((up for up in outer[0].iterancestors() if up in shared), None)
    if around is None or around.tag in ("body", "html"):
        return max(outer, key=lambda box: len(text_of(box)))
    return around


def _live_updates(data: dict[str, Any]) -> tuple[Section, ...]:
    """Return the entries of a live blog as its data tell them."""
    told = [
        Section(string(item, "headline") or None, (text,) if (text := string(item, "articleBody")) else ())
        for item in objects(data, "liveBlogUpdate")
    ]
    return tuple(part for part in told if part.heading or part.paragraphs)


def _without_glossary(body: Body) -> tuple[Body, tuple[str, ...]]:
    """Return a lesson's text without its list of words explained, and that list; what names its authors goes apart."""
    at = next((n for n, part in enumerate(body.sections) if _GLOSSARY.match(part.heading or "")), None)
    glossary = () if at is None else tuple(text for part in body.sections[at:] for text in part.paragraphs)
    kept = body.sections if at is None else body.sections[:at]
    if not kept or body.attribution:
        return replace(body, sections=kept), glossary
    *before, last = kept
    if last.paragraphs and _WROTE.match(last.paragraphs[-1]) and len(last.paragraphs[-1]) < 300:
        kept = (*before, replace(last, paragraphs=last.paragraphs[:-1]))
        return Body(kept, body.captions, last.paragraphs[-1]), glossary
    kept, attribution = split_attribution(kept)
    return Body(kept, body.captions, attribution), glossary


def _gallery(document: Document) -> list[Element]:
    return [
        figure for figure in document.select(_GALLERY) if not any(map(_is_beside, figure.iterancestors()))
    ]


def _media(document: Document, body_from: str) -> dict[str, Any]:
    """Return what tells a page of sound or pictures from one whose text was not found."""
    if body_from != "introduction":
        return {}
    told = next((item for item in document.json_ld if types_of(item) & _MEDIA), {})
    printed = document.first(*_DURATION)
    duration = (line(printed) if printed is not None else "") or string(told, "duration")
    kind = next(iter(sorted(types_of(told))), None) or document.meta.get("og:type") or "media"
    return {"media": {"type": kind, "duration": duration or None}}


def _dateline(container: Element) -> str | None:
    box = Index(container).first("span.dateline", "p.dateline", "div.dateline")
    return (line(box) or None) if box is not None else None


def _is_media(document: Document) -> bool:
    return b'class="wsw' not in document.data or document.first("div.c-mmp", "div.media-pholder") is not None


def _cover(document: Document, container: Element | None) -> list[Element]:
    """Return the figure above the text; those in teasers of other stories lie in media blocks."""
    found = document.select("div.cover-media figure") or document.select(
        "figure.media-image, figure.js-media-expand, div.media-image"
    )
    beside = (figure for figure in found if not any(map(_is_beside, figure.iterancestors())))
    return [figure for figure in beside if container is None or container not in figure.iterancestors()][:1]


def _title(document: Document, data: dict[str, Any]) -> tuple[str, str]:
    headlines = [
        box for box in document.root.iter("h1") if line(box) and not any(map(_is_beside, box.iterancestors()))
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
    return "", ""


def _names_programme(document: Document, named: list[Element]) -> bool:
    """Tell whether the first of two headlines is not the story's: a programme page begins with the programme."""
    shared = document.meta.get("og:title", "")
    return len(named) > 1 and not same_words(line(named[0]), shared) and same_words(line(named[-1]), shared)


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
    if has_class(element, _DATELINE):
        return "apart"
    if element.get("id") in _DROPPED_IDS or (
        element.tag in ("time", "span", "div") and has_class(element, _APART)
    ):
        return "drop"
    if has_class(element, _EMBED):
        return None if element.find(".//figure") is not None else "drop"
    return "drop" if has_class(element, _DROPPED) else None


def _times(
    document: Document, data: dict[str, Any], now: datetime
) -> tuple[datetime | None, datetime | None, dict[str, Any]]:
    zone = EASTERN if _is_voa(document) else None
    stamp, changed = document.first(*_STORY_TIME), document.first(*_CHANGED_TIME)
    published, told = dated(
        [
            ("time", stamp.get("datetime") if stamp is not None else None),
            ("json-ld", string(data, "datePublished")),
            ("json-ld upload", _uploaded(document)),
            ("article:published_time", document.meta.get("article:published_time")),
            ("time text", line(stamp) if stamp is not None else None),
        ],
        now=now,
        zone=zone,
    )
    modified, _ = dated(
        [
            ("json-ld", string(data, "dateModified")),
            ("time", (changed.get("datetime") or line(changed)) if changed is not None else None),
            ("article:modified_time", document.meta.get("article:modified_time")),
        ],
        now=now,
        zone=zone,
    )
    return published, modified, told


def _uploaded(document: Document) -> str:
    return next(
        (day for item in document.json_ld if types_of(item) & _MEDIA and (day := string(item, "uploadDate"))),
        "",
    )


def _byline(document: Document, data: dict[str, Any]) -> tuple[tuple[str, ...], str | None]:
    shown = [line(part) for part in document.select("div.publishing-details a.links__item-link")]
    shown = shown or [line(part) for part in document.select("div.publishing-details li.links__item")]
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
