"""The text of a page of the Pangea content system: where it stands, what in it is none.

A live blog has one ``.wsw`` for each entry; a page of sound or pictures has an
introduction; a lesson ends with a list of words explained.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from crawler.sites.attribution import split_attribution
from crawler.sites.blocks import Kind, line
from crawler.sites.jsonld import objects, string
from crawler.sites.newsbody import Body, read_body
from crawler.sites.related import is_related
from crawler.sites.select import Element
from crawler.sites.tree import Document, has_class, text_of
from state.article import Section

_DROPPED_IDS = frozenset(("ymla-section", "comments", "disqus_thread"))
_DROPPED = frozenset(
    "media-block-wrap media-block share--box print-dialogue c-lightbox media-pholder c-mmp region links hidden wsw__related "
    "infographics author-bio newsletter-box banner news-app-promo article-categories also-read c-mmp__player player-and-links "
    "pg-title--sticky-share publishing-details".split()
)
_STATEMENT = frozenset(("statement",))
_BESIDE = frozenset(("media-block", "media-block-wrap", "share--box", "c-lightbox"))
_DATELINE = frozenset(("dateline",))
_EMBED = frozenset(("wsw__embed",))
_TEXT = frozenset(("wsw",))
#: The clock beside each entry of a live blog, the number of each picture of a gallery.
_APART = frozenset(("date", "datetime", "time", "counter", "live-blog__time"))
_TEXTS = (
    (
        "#article-content .wsw",
        "div#article-content div.wsw, section#article-content section.wsw, main#article-content div.wsw",
    ),
    (".wsw", "div.wsw, section.wsw, article.wsw"),
    ("articleBody", "[itemprop=articleBody]"),
    ("#article-content", "div#article-content, section#article-content"),
)
_GLOSSARY = re.compile(r"^words in this (?:story|lesson|article)\b|^vocabulary$", re.IGNORECASE)
_WROTE = re.compile(
    r"^\S.{2,80}\b(?:wrote|reported|adapted|produced|edited) (?:this|it|the) .{0,80}"
    r"(?:story|report|article|lesson|Learning English|editor)\b",
    re.IGNORECASE,
)
_INTRODUCTION = (
    "div.intro p, section.intro p, div.intro, section.intro, div.m-t-md p, "
    "div.content-offset p, section.content-offset p"
)
_CHROME = frozenset(
    (
        "No media source currently available", "EMBED SHARE", "Embed", "share", "Share", "XS SM MD LG", "Accessibility links",
        "Your browser doesn’t support HTML5", "Your browser doesn't support HTML5", "Pop-out player", "Print", "Direct link",
        "The code has been copied to your clipboard.", "The URL has been copied to your clipboard",
        "[Zawgyi/Unicode]", "Breaking News", "[video src]", "[audio src]",
    )
)  # fmt: skip
_RULE = re.compile(r"^[_*\-–—=]{3,}$|^\d:\d\d(?: \d:\d\d:\d\d)?(?: \d:\d\d)?$")


def text_of_page(
    document: Document, data: dict[str, Any], commented: frozenset[Element]
) -> tuple[Element | None, Body, str]:
    """Return the text's element, the text, and by which cue it was found.

    Args:
        document: The page.
        data: What the page tells search engines of its story.
        commented: Elements that hold readers' comments: what is in them is no text.
    """

    def judge(element: Element) -> Kind | None:
        return "drop" if element in commented else _judge(element)

    for cue, selector in _TEXTS:
        found = [
            box for box in document.select(selector) if not any(map(is_beside, (box, *box.iterancestors())))
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


def is_beside(element: Element) -> bool:
    """Tell whether an element shows other stories, the statement under check, or buttons."""
    return has_class(element, _STATEMENT) or has_class(element, _BESIDE)


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


def without_glossary(body: Body) -> tuple[Body, tuple[str, ...]]:
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


def _introduction(document: Document) -> Body:
    texts: list[str] = []
    for element in document.select(_INTRODUCTION):
        if any(has_class(up, _BESIDE) for up in element.iterancestors()):
            continue
        text = line(element)
        if text and text not in _CHROME and not any(text in other for other in texts):
            texts.append(text)
    if not texts and not document.index.holds(classes=("wsw",)):
        texts += filter(None, [document.meta.get("og:description") or document.meta.get("description")])
    return Body((Section(None, tuple(texts)),) if texts else (), (), None)


def _without_rules(body: Body) -> Body:
    parts = tuple(
        replace(part, paragraphs=tuple(p for p in part.paragraphs if not _RULE.match(p)))
        for part in body.sections
    )
    return replace(body, sections=tuple(part for part in parts if part.paragraphs or part.heading))


def _judge(element: Element) -> Kind | None:
    named = (element.get("class") or "").split()
    if not _DATELINE.isdisjoint(named):
        return "apart"
    if element.get("id") in _DROPPED_IDS or (
        element.tag in ("time", "span", "div") and not _APART.isdisjoint(named)
    ):
        return "drop"
    if not _EMBED.isdisjoint(named):
        return None if element.find(".//figure") is not None else "drop"
    if element.tag == "h1" and not any(has_class(up, _TEXT) for up in element.iterancestors()):
        return "drop"
    return "drop" if not _DROPPED.isdisjoint(named) or is_related(element) else None
