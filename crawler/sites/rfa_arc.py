"""Radio Free Asia's pages since 2024/25, and others built with Arc XP's theme blocks.

The page carries its story twice: as HTML, and as JSON in
``Fusion.globalContent``.  Body, date and byline blocks may be loaded late; then
only the JSON has them.  ``publish_date`` is the last republication and is never
the date of the story.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from crawler.sites.arc_elements import promo_caption, story_markup
from crawler.sites.blocks import HEADINGS, Kind, line
from crawler.sites.captions import caption_of, once
from crawler.sites.comments import read_comments
from crawler.sites.jsonld import assigned, objects, story_object, string, strings
from crawler.sites.newsbody import Body, dated, keywords, read_body, teaser
from crawler.sites.related import is_related
from crawler.sites.rfa_plone import EASTERN, SERVICES, service_language
from crawler.sites.select import Element, Index
from crawler.sites.tree import Document, drop, has_class
from crawler.sites.tree import parse as parse_markup
from state.article import Article, Caption
from state.errors import LayoutError, NotArticleError
from state.identity import article_key

_BODY = "article.b-article-body, div.b-article-body, section.b-article-body, div.article-body"
_DROPPED = frozenset(
    "b-article-body__interstitial-link b-article-body__link-list b-article-body__html b-article-body__copyright "
    "b-article-body__pullquote b-article-body__citation b-article-body__embed b-article-body__embed-responsive "
    "b-article-body__icon b-article-body__divider b-ads-block interstitial-link b-related-content-block".split()
)
#: Sections of pictures or film: their captions are told, their buttons and counters are not.
_PICTURES = frozenset(("b-article-body__gallery", "b-article-body__video", "b-gallery"))
_CORRECTION = "section.b-article-body__correction, section.correction, div.b-article-body__correction"
_SUBHEADLINES = ("h2.b-subheadline", "div.b-subheadline", "h3.b-subheadline", "p.b-subheadline")
_LEAD_ART = ("div.b-lead-art", "section.b-lead-art", "figure.b-lead-art", "figure.c-media-item")
_FIGURE_TITLE = "span.c-media-item__title, figcaption .c-media-item__title"
_LISTS = frozenset(("section", "results", "collection", "feed", "author", "tag"))
_STORY = frozenset(("b-article-body",))
_SITE = re.compile(rb'Fusion\.arcSite\s*=\s*"(radio-free-asia|rfa-[a-z]+)"')
_SITE_SUFFIX = re.compile(r"\s+[|–—]\s+[^|–—]{2,40}$")


def matches(document: Document) -> bool:
    """Tell whether a page bears Arc's markers."""
    return document.index.holds(classes=("b-article-body",)) or b"Fusion.globalContent" in document.data


def parse(document: Document, now: datetime) -> Article:
    """Return the article of a page, its text from the HTML if that has any, else from the JSON.

    Raises:
        NotArticleError: The page lists stories: a section, a search.
        LayoutError: Neither has a headline and text.
    """
    story = assigned(document.data, "Fusion.globalContent")
    story = story if isinstance(story, dict) else {}
    if _is_list(document, story):
        raise NotArticleError("a list of articles or topics, not one of them", url=document.url)
    body, body_from = _html_body(document), "html"
    if not body or not body.length:
        body, body_from = story_body(document, story), "Fusion.globalContent"
    title, title_from = _title(document, story)
    if not title or not body or not (body.length or body.captions):
        raise LayoutError(
            "no headline or no text: tried article.b-article-body and Fusion.globalContent", url=document.url
        )
    lead = [_lead_caption(document), promo_caption(document, story)]
    return _article(document, now, story, (title, title_from), body, lead, body_from)


def story_article(document: Document, story: dict[str, Any], now: datetime) -> Article:
    """Return the article of a story's JSON alone, as the site's content API answers it.

    Raises:
        LayoutError: It has no headline or no text.
    """
    title, body = string(story, "headlines", "basic"), story_body(document, story)
    if not title or body is None:
        raise LayoutError("the story has no headlines.basic or no content_elements", url=document.url)
    lead = [promo_caption(document, story)]
    return _article(document, now, story, (title, "headlines.basic"), body, lead, "content_elements")


def is_story(value: Any) -> bool:
    """Tell whether a JSON value is such a story."""
    return (
        isinstance(value, dict) and isinstance(value.get("headlines"), dict) and "content_elements" in value
    )


def read_markup(document: Document, markup: str) -> Body | None:
    """Return the body of HTML paragraphs: a feed's ``content:encoded``, or a rendered story."""
    root, _ = parse_markup(f"<article>{markup}</article>")
    return None if root is None else _read(document, root)


def story_body(document: Document, story: dict[str, Any]) -> Body | None:
    """Return the body of a story's ``content_elements``."""
    markup = story_markup(story)
    return None if markup is None else read_markup(document, markup)


def line_of(found: Iterable[Element]) -> str:
    """Return the words of the first element that has any."""
    return next((text for element in found if (text := line(element))), "")


def _article(
    document: Document,
    now: datetime,
    story: dict[str, Any],
    title: tuple[str, str],
    body: Body,
    lead: list[Caption | None],
    how: str,
) -> Article:
    data = story_object(document.json_ld)
    published, modified, told = _times(document, story, data, now)
    byline, byline_from = _byline(document, story, data)
    discussion = read_comments(document, now=now, zone=EASTERN)
    address = document.base or string(story, "canonical_url")
    named = string(story, "taxonomy", "primary_section", "name") or line_of(document.select("a.b-overline"))
    return Article(
        title=title[0],
        sections=body.sections,
        site="rfa" if _is_rfa(document, address) else "arc",
        url=document.join(string(story, "canonical_url") or string(story, "website_url")),
        subtitle=teaser(_description(document, story), title[0], body.sections),
        byline=byline,
        section=named or None,
        tags=_tags(document, story),
        captions=once([*lead, *body.captions]),
        attribution=body.attribution,
        comments=discussion.comments,
        published_at=published,
        modified_at=modified,
        language=service_language(address) or _site_language(document, story),
        provenance={
            "parser": "rfa arc",
            "body": "embedded" if how == "Fusion.globalContent" else "page",
            "title": title[1],
            "byline": byline_from,
            "body_from": how,
            "published_at": told,
            "comments": discussion.how,
            **_corrections(document, story),
        },
    )


def _description(document: Document, story: dict[str, Any]) -> str:
    return (
        line_of(part for cue in _SUBHEADLINES for part in document.select(cue))
        or string(story, "description", "basic")
        or document.meta.get("description")
        or document.meta.get("og:description")
        or string(story, "subheadlines", "basic")
    )


def _is_list(document: Document, story: dict[str, Any]) -> bool:
    """Tell whether a page's content is a section or the answer to a search, and it shows no story."""
    if document.index.holds(classes=("b-article-body",)) or is_story(story):
        return False
    kind = string(story, "node_type") or string(story, "type")
    return kind in _LISTS or document.index.holds(classes=("b-results-list", "b-results-list__item"))


def _title(document: Document, story: dict[str, Any]) -> tuple[str, str]:
    return next(((text, cue) for cue, text in _titles(document, story) if text), ("", ""))


def _titles(document: Document, story: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for cue in ("h1.b-headline", "h1"):
        yield cue, line_of(document.select(cue))
    yield "headlines.basic", string(story, "headlines", "basic")
    shared = document.meta.get("og:title", "") or document.meta.get("twitter:title", "")
    yield "og:title", _SITE_SUFFIX.sub("", shared)
    yield "json-ld", string(story_object(document.json_ld), "headline")


def _corrections(document: Document, story: dict[str, Any]) -> dict[str, list[str]]:
    """Return what the page says it had wrong before: that is text like any other, and worth knowing."""
    shown = [line(box) for box in document.select(_CORRECTION)]
    told = [
        string(item, "text") or string(item, "content")
        for item in objects(story, "content_elements")
        if item.get("type") == "correction"
    ]
    found = shown or told
    return {"corrections": found} if any(found) else {}


def _is_rfa(document: Document, address: str) -> bool:
    """Tell whether the page is Radio Free Asia's: others are built with the same blocks."""
    return (
        article_key(address).startswith("rfa:")
        or bool(_site(document))
        or b"Radio Free Asia" in document.data
    )


def _site(document: Document) -> str:
    """Return the name of the site that the page says it is one of, "" if it is none of Radio Free Asia's."""
    found = _SITE.search(document.data) if b"Fusion.arcSite" in document.data else None
    return found.group(1).decode() if found else ""


def _site_language(document: Document, story: dict[str, Any]) -> str | None:
    """Return the language of the service that the page names as its site."""
    named = _site(document) or string(story, "canonical_website")
    spoken = SERVICES.get("english" if named == "radio-free-asia" else named.removeprefix("rfa-"))
    return spoken or string(story, "language") or None


def _times(
    document: Document, story: dict[str, Any], data: dict[str, Any], now: datetime
) -> tuple[datetime | None, datetime | None, dict[str, Any]]:
    published, told = dated(
        _published(document, story, data), now=now, zone=EASTERN, language=document.root.get("lang")
    )
    modified, _ = dated(
        [
            ("last_updated_date", string(story, "last_updated_date")),
            ("json-ld", string(data, "dateModified")),
        ],
        now=now,
        zone=EASTERN,
    )
    return published, modified, told


def _published(
    document: Document, story: dict[str, Any], data: dict[str, Any]
) -> Iterator[tuple[str, str | None]]:
    yield "first_publish_date", string(story, "first_publish_date")
    yield "display_date", string(story, "display_date")
    yield "json-ld", string(data, "datePublished")
    stamp = document.first("time.b-date", "time[itemprop=datePublished]")
    yield "time", stamp.get("datetime") if stamp is not None else None
    yield "article:published_time", document.meta.get("article:published_time")


def _html_body(document: Document) -> Body | None:
    bodies = [_read(document, box) for box in document.select(_BODY) if not _is_inner(box)]
    return max(bodies, key=lambda body: body.length, default=None)


def _is_inner(box: Element) -> bool:
    return any(has_class(up, _STORY) for up in box.iterancestors())


def _read(document: Document, box: Element) -> Body:
    index = Index(box)
    for correction in index.select(_CORRECTION):
        _join_label(correction)
    for title in index.select(_FIGURE_TITLE):
        beside = title.getparent()
        if beside is not None and len(beside) > 1:
            drop([title])
    known: dict[Element, bool] = {}
    has_pictures = index.holds(classes=_PICTURES)

    def judge(element: Element) -> Kind | None:
        if has_class(element, _DROPPED) or element.get("data-fusion-type") or is_related(element):
            return "drop"
        return "drop" if has_pictures and _in_pictures(element, known) else None

    return read_body(document, box, judge)


def _join_label(correction: Element) -> None:
    """Put the label of a correction before its words: a heading would part the story in two."""
    label = next((part for part in correction.iter(*HEADINGS)), None)
    words = next(
        (part for part in correction.iter("p", "div") if part is not correction and line(part)), None
    )
    if label is None or words is None:
        return
    if not line(words).casefold().startswith(line(label).casefold()):
        words.text = f"{line(label).rstrip(':')}: {words.text or ''}"
    drop([label])


def _in_pictures(element: Element, known: dict[Element, bool]) -> bool:
    """Tell whether an element stands in a gallery or film, outside its captions; ``known`` is told of those above."""
    if element.tag == "figure" or next(element.iter("figure"), None) is not None:
        return False
    climbed = []
    verdict = False
    for up in (element, *element.iterancestors()):
        if up in known:
            verdict = known[up]
            break
        climbed.append(up)
        if up.tag == "figure" or has_class(up, _STORY):
            break
        if has_class(up, _PICTURES):
            verdict = True
            break
    known.update(dict.fromkeys(climbed, verdict))
    return verdict


def _lead_caption(document: Document) -> Caption | None:
    for box in (found for cue in _LEAD_ART for found in document.select(cue)):
        if any(has_class(above, _STORY) for above in box.iterancestors()):
            continue
        if told := caption_of(document, box):
            return told
    return None


def _byline(
    document: Document, story: dict[str, Any], data: dict[str, Any]
) -> tuple[tuple[str, ...], str | None]:
    credited = [
        string(person, "additional_properties", "original", "byline") or string(person, "name")
        for credits in objects(story, "credits")
        for person in objects(credits, "by")
    ]
    cues: tuple[tuple[str, Callable[[], Sequence[str]]], ...] = (
        ("credits", lambda: credited),
        ("b-byline", lambda: _printed_names(document)),
        ("json-ld", lambda: strings(data, "author")),
        ("meta author", lambda: [document.meta.get("author", "")]),
    )
    for cue, names in cues:
        if told := tuple(dict.fromkeys(filter(None, names()))):
            return told, cue
    return (), None


def _printed_names(document: Document) -> list[str]:
    shown = document.select("span.b-byline__names a") or document.select(
        "span.b-byline__names, div.b-byline__names, div.b-byline, section.b-byline"
    )
    return [re.sub(r"^by\s+", "", line(part), flags=re.IGNORECASE) for part in shown]


def _tags(document: Document, story: dict[str, Any]) -> tuple[str, ...]:
    taxonomy = story.get("taxonomy")
    if not isinstance(taxonomy, dict):
        return keywords(document)
    return strings(taxonomy, "tags", "text") or strings(taxonomy, "tags", "slug") or keywords(document)
