"""Radio Free Asia's pages of 2003–2025: Plone 4 and 5, one template in two editions.

Markers: ``#storypagemaincol`` and ``#storytext``.  The printed date has no hour;
JSON-LD (second edition only) has one.  Stories older than October 2020 were
migrated then: what they give as modified is that week.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from crawler.sites.blocks import Kind, line
from crawler.sites.captions import caption_of, once
from crawler.sites.comments import Comments, read_comments
from crawler.sites.jsonld import story_object, string, strings
from crawler.sites.newsbody import Body, dated, keywords, read_body, teaser
from crawler.sites.related import is_related
from crawler.sites.select import Element
from crawler.sites.tree import Document, has_class, text_of
from crawler.sites.tree import parse as parse_markup
from crawler.sites.words import clean, same_words
from state.article import Article, Caption, Section
from state.errors import LayoutError
from state.identity import stamp_time

EASTERN = ZoneInfo("America/New_York")
#: First path segment → language; page and CMS metadata say "English" everywhere.
SERVICES = {
    "english": "en",
    "khmer": "km",
    "burmese": "my",
    "lao": "lo",
    "tibetan": "bo",
    "uyghur": "ug",
    "vietnamese": "vi",
    "korean": "ko",
    "mandarin": "zh-Hans",
    "cantonese": "yue-Hant",
}
_MIGRATED = (datetime(2020, 10, 8, tzinfo=UTC), datetime(2020, 10, 12, tzinfo=UTC))
_DEK = (
    "div#storydek, h2#storydek, div#story_description, h2.story-dek, div.story-dek, div.storydek, div.dek, h2.dek, "
    "div.documentDescription"
)
_BYLINE = (
    "div#story_byline",
    "div.story_byline",
    "div.story-byline",
    "div.byline",
    "div#storytop span.byline",
    "div#storytop p.byline",
    "section#story_byline",
    "section.byline",
)
_TEXTS = (
    "div#storytext",
    "section#storytext",
    "#storytext",
    "div.storytext",
    "section.storytext",
    "div#story_text",
    "div#story-text",
    "[itemprop=articleBody]",
)
_PRINTED = (
    "div#dateline #story_date",
    "section#dateline #story_date",
    "div#storytop #story_date",
    "section#storytop #story_date",
    "span#story_date",
    "div#story_date",
    "section#story_date",
    "p#story_date",
)
#: What stands beside the story and has dates, names and headlines of its own.
_BESIDE = frozenset(("frontsidebar", "sidebar", "mostpopular", "footer", "header", "portal-column-two"))
_BESIDE_CLASSES = frozenset(
    "sectionteaser teaser single_column_teaser two_featured three_featured comment discussion".split()
)
_SERVICE = re.compile(r"^https?://[^/]+/(?:amp/)?([a-z]+)(?:/|$)", re.IGNORECASE)
_CHROME = frozenset(
    (
        "Email story", "Comment on this story", "Print story", "Share on WhatsApp", "Email", "Comment", "Comments",
        "Print", "Share", "More Listening Options", "View Full Site", "Listen to audio",
    )
)  # fmt: skip
_DROPPED_CLASSES = frozenset(
    "shadowbox storyaudio audio-tool-download storytools teaserimg relatedstories discussion".split()
)
_IMAGES = frozenset(("image-inline", "image-left", "image-right"))
_CREDITS = frozenset(
    ("image_copyright", "image-copyright", "imagecredit", "image-credit", "photo-credit", "photocredit")
)
_PICTURES = frozenset(("image-inline", "image-left", "image-right", "captioned"))
_CAPTIONED = frozenset(("captioned",))
_DROPPED_IDS = frozenset(
    ("frontsidebar", "storytools", "commentcount", "commenting", "storytop", "headerimg", "relatedstories")
)


def matches(document: Document) -> bool:
    """Tell whether a page bears this template's markers."""
    return document.has_id("storytext", "storypagemaincol")


def parse(document: Document, now: datetime) -> Article:
    """Return the article of a page.

    Raises:
        LayoutError: It has no title, or no text and no caption.
    """
    discussion = read_comments(document, now=now, zone=EASTERN)
    container, body_from = _container(document)
    title, title_from = _title(document, discussion)
    if not title:
        raise LayoutError("no headline: tried h1 of #storypagemaincol, og:title, JSON-LD", url=document.url)
    if container is None:
        raise LayoutError("no #storytext", url=document.url, hint="the page has #storypagemaincol only")
    dropped = frozenset(discussion.elements)

    def judge(element: Element) -> Kind | None:
        return "drop" if element in dropped else _judge(element)

    body = read_body(document, container, judge, chrome=_CHROME)
    captions = _credited(once([*_lead_captions(document, container), *body.captions]), container)
    if not body.length and not captions:
        raise LayoutError(f"{body_from} holds no words", url=document.url)
    byline, byline_from = _byline(document, discussion)
    return _with_times(
        document,
        now,
        discussion,
        {
            "title": title_from,
            "byline": byline_from,
            "body_from": body_from,
            "comments": discussion.how,
            **_uncounted(document, discussion),
        },
        title=title,
        sections=body.sections,
        captions=captions,
        attribution=body.attribution,
        subtitle=_subtitle(document, title, body.sections),
        byline=byline,
        section=_section(document),
    )


def read_markup(document: Document, markup: str) -> Body | None:
    """Return the body of HTML as this system's editors write it: the text of a record."""
    root, _ = parse_markup(f"<div>{markup}</div>")
    return None if root is None else read_body(document, root, _judge, chrome=_CHROME)


def service_language(address: str) -> str | None:
    """Return the language of the service whose name begins an address's path."""
    found = _SERVICE.match(address)
    return SERVICES.get(found.group(1).lower()) if found else None


def believable_modified(modified: datetime | None) -> datetime | None:
    """Return a modification time unless it only dates the migration of October 2020."""
    return None if modified and _MIGRATED[0] <= modified < _MIGRATED[1] else modified


def _with_times(
    document: Document, now: datetime, discussion: Comments, provenance: dict[str, Any], **fields: Any
) -> Article:
    data = story_object(document.json_ld)
    printed = _own(document, discussion, *_PRINTED)
    published, told = dated(
        [
            ("json-ld", string(data, "datePublished")),
            ("article:published_time", document.meta.get("article:published_time")),
            ("story_date", line(printed) if printed is not None else None),
            ("meta date", document.meta.get("date") or document.meta.get("dc.date.issued")),
        ],
        now=now,
        zone=EASTERN,
        language=document.root.get("lang"),
    )
    modified, _ = dated(
        [("json-ld", string(data, "dateModified")), ("meta", document.meta.get("article:modified_time"))],
        now=now,
        zone=EASTERN,
    )
    if published is None and (stamp := stamp_time(document.base)):
        published, told = stamp, {"from": "stamp in the address", "day_only": False, "uncertain": "3h"}
    edition = "plone/2" if data else "plone/1"
    return Article(
        site="rfa",
        tags=keywords(document),
        comments=discussion.comments,
        published_at=published,
        modified_at=believable_modified(modified),
        language=service_language(document.base),
        provenance={"parser": f"rfa {edition}", **provenance, "published_at": told},
        **fields,
    )


def _own(document: Document, discussion: Comments, *selectors: str) -> Element | None:
    """Return the first element found that stands neither in a comment nor beside the story."""
    return next(
        (part for selector in selectors for part in document.select(selector) if _is_own(part, discussion)),
        None,
    )


def _is_own(part: Element, discussion: Comments) -> bool:
    return not any(
        up in discussion.elements or up.get("id") in _BESIDE or has_class(up, _BESIDE_CLASSES)
        for up in (part, *part.iterancestors())
    )


def _container(document: Document) -> tuple[Element | None, str]:
    for cue in _TEXTS:
        if (found := document.first(cue)) is not None:
            return found, cue.removeprefix("div").removeprefix("section")
    return None, ""


def _title(document: Document, discussion: Comments) -> tuple[str, str]:
    for headline in (
        *document.select("div#storypagemaincol h1, section#storypagemaincol h1"),
        *document.root.iter("h1"),
    ):
        if _is_own(headline, discussion) and (text := line(headline)):
            return text, "h1"
    for cue in ("og:title", "twitter:title", "title"):
        if text := document.meta.get(cue, ""):
            return re.sub(r"\s+[—–|-]\s+(?:Radio Free Asia|RFA.*)$", "", text), cue
    return string(story_object(document.json_ld), "headline"), "json-ld"


def _uncounted(document: Document, discussion: Comments) -> dict[str, Any]:
    """Return how many comments the page says it has, where as many were not read."""
    box = document.first("div#commentcount, #commentcount", "div.commentcount")
    found = re.search(r"\d{1,5}", line(box)) if box is not None else None
    if found is None or int(found.group()) == len(discussion.comments):
        return {}
    return {"comments_printed": int(found.group())}


def _section(document: Document) -> str | None:
    if b"current-section" not in document.data:
        return None
    for item in document.root.iter("li"):
        if "current-section" in (item.get("class") or ""):
            return text_of(next(item.iter("a"), item)) or None
    return None


def _subtitle(document: Document, title: str, parts: tuple[Section, ...]) -> str | None:
    shown = document.first(_DEK)
    return teaser(line(shown) if shown is not None else document.meta.get("og:description"), title, parts)


def _byline(document: Document, discussion: Comments) -> tuple[tuple[str, ...], str | None]:
    shown = _own(document, discussion, *_BYLINE)
    if shown is not None and (text := re.sub(r"^by\s+", "", line(shown), flags=re.IGNORECASE)):
        return (text,), "byline"
    if names := strings(story_object(document.json_ld), "author"):
        return names, "json-ld"
    named = document.meta.get("author") or document.meta.get("dc.creator") or ""
    return (named,) if named else (), "meta author" if named else None


def _lead_captions(document: Document, container: Element) -> list[Caption | None]:
    boxes = document.select("div#headerimg, figure#headerimg, section#headerimg, div.headerimg")
    if not boxes:
        boxes = [
            figure
            for figure in document.select("div#storypagemaincol figure, section#storypagemaincol figure")
            if container not in figure.iterancestors() and not any(map(is_related, figure.iterancestors()))
        ][:1]
    return [_lead_caption(document, box) for box in boxes]


def _credited(captions: tuple[Caption, ...], container: Element) -> tuple[Caption, ...]:
    """Give the first caption the credit that stands on a line of its own in the text."""
    if not captions or captions[0].credit:
        return captions
    lines = [line(part) for part in container.iter("p", "div", "span") if has_class(part, _CREDITS)]
    credit = next(filter(None, lines), None)
    return (replace(captions[0], credit=credit), *captions[1:])


def _lead_caption(document: Document, box: Element) -> Caption | None:
    """Return the caption of the lead photo; its credit may stand beside the figcaption, in any element."""
    found = caption_of(document, box)
    if found is None or found.credit:
        return found
    rest = line(box).removeprefix(found.text)
    while rest and same_words(rest[: len(found.text)], found.text):
        rest = clean(rest[len(found.text) :])
    rest = clean(rest)
    return Caption(found.text, rest, found.image_url) if 0 < len(rest) < 90 and rest in line(box) else found


def _judge(element: Element) -> Kind | None:
    named = (element.get("class") or "").split()
    if element.get("id") in _DROPPED_IDS or not _DROPPED_CLASSES.isdisjoint(named) or is_related(element):
        return "drop"
    if not named:
        return None
    if has_class(element, _CREDITS) and not any(has_class(up, _PICTURES) for up in element.iterancestors()):
        return "drop"
    if has_class(element, _IMAGES) and element.tag not in ("img", "p"):
        return "figure"
    if element.tag == "dl" and has_class(element, _CAPTIONED):
        return "figure"
    return None
