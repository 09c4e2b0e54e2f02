"""Radio Free Asia's pages since 2024/25, and others built with Arc XP's theme blocks.

The page carries its story twice: as HTML, and as JSON in
``Fusion.globalContent``.  Body, date and byline blocks may be loaded late; then
only the JSON has them.  ``publish_date`` is the last republication and is never
the date of the story.
"""

from __future__ import annotations

import re
from datetime import datetime
from html import escape
from typing import Any

from crawler.sites.blocks import Kind, line
from crawler.sites.captions import caption_of, once
from crawler.sites.comments import read_comments
from crawler.sites.jsonld import assigned, objects, story_object, string, strings
from crawler.sites.newsbody import Body, dated, keywords, read_body, teaser
from crawler.sites.rfa_plone import EASTERN, service_language
from crawler.sites.select import Element
from crawler.sites.tree import Document, has_class
from crawler.sites.tree import parse as parse_markup
from state.article import Article, Caption
from state.errors import LayoutError
from state.identity import article_key

_BODY = "article.b-article-body, div.b-article-body, section.b-article-body, div.article-body"
_DROPPED = frozenset(
    "b-article-body__interstitial-link b-article-body__html b-article-body__copyright b-article-body__gallery "
    "b-article-body__pullquote b-article-body__citation b-article-body__video b-article-body__embed b-article-body__icon "
    "b-ads-block b-gallery".split()
)
_STORY = frozenset(("b-article-body",))
_RFA = re.compile(rb'Fusion\.arcSite\s*=\s*"(?:radio-free-asia|rfa-[a-z]+)"')
_SITE_SUFFIX = re.compile(r"\s+[|–—]\s+[^|–—]{2,40}$")
#: Elements of the story JSON deeper than this are not followed.
_DEEPEST = 8


def matches(document: Document) -> bool:
    """Tell whether a page bears Arc's markers."""
    return document.index.holds(classes=("b-article-body",)) or b"Fusion.globalContent" in document.data


def parse(document: Document, now: datetime) -> Article:
    """Return the article of a page, its text from the HTML if that has any, else from the JSON.

    Raises:
        LayoutError: Neither has a headline and text.
    """
    story = assigned(document.data, "Fusion.globalContent")
    story = story if isinstance(story, dict) else {}
    body, body_from = _html_body(document), "html"
    if not body or not body.length:
        body, body_from = story_body(document, story), "Fusion.globalContent"
    title = line_of(document.select("h1.b-headline, h1")) or string(story, "headlines", "basic")
    title = title or _SITE_SUFFIX.sub("", document.meta.get("og:title", ""))
    if not title or not body or not (body.length or body.captions):
        raise LayoutError(
            "no headline or no text: tried article.b-article-body and Fusion.globalContent", url=document.url
        )
    lead = [_lead_caption(document), promo_caption(document, story)]
    return _article(document, now, story, title, body, lead, body_from)


def story_article(document: Document, story: dict[str, Any], now: datetime) -> Article:
    """Return the article of a story's JSON alone, as the site's content API answers it.

    Raises:
        LayoutError: It has no headline or no text.
    """
    title, body = string(story, "headlines", "basic"), story_body(document, story)
    if not title or body is None:
        raise LayoutError("the story has no headlines.basic or no content_elements", url=document.url)
    return _article(document, now, story, title, body, [promo_caption(document, story)], "html")


def is_story(value: Any) -> bool:
    """Tell whether a JSON value is such a story."""
    return (
        isinstance(value, dict) and isinstance(value.get("headlines"), dict) and "content_elements" in value
    )


def read_markup(document: Document, markup: str) -> Body | None:
    """Return the body of HTML paragraphs: a feed's ``content:encoded``, or a rendered story."""
    root, _ = parse_markup(f"<article>{markup}</article>")
    return None if root is None else read_body(document, root, _judge)


def story_body(document: Document, story: dict[str, Any]) -> Body | None:
    """Return the body of a story's ``content_elements``."""
    elements = story.get("content_elements")
    if not isinstance(elements, list):
        return None
    return read_markup(document, "\n".join(_rendered(item, 0) for item in elements if isinstance(item, dict)))


def promo_caption(document: Document, story: dict[str, Any]) -> Caption | None:
    """Return the caption of the story's lead picture."""
    promo = story.get("promo_items")
    basic = promo.get("basic") if isinstance(promo, dict) else None
    if not isinstance(basic, dict) or basic.get("type") not in ("image", None):
        return None
    text = string(basic, "caption")
    return Caption(text, _credit(basic) or None, document.join(string(basic, "url"))) if text else None


def line_of(found: list[Element]) -> str:
    """Return the words of the first element that has any."""
    return next((text for element in found if (text := line(element))), "")


def _article(
    document: Document,
    now: datetime,
    story: dict[str, Any],
    title: str,
    body: Body,
    lead: list[Caption | None],
    how: str,
) -> Article:
    data = story_object(document.json_ld)
    published, modified, told = _times(document, story, data, now)
    description = (
        line_of(document.select("h2.b-subheadline, div.b-subheadline, h3.b-subheadline"))
        or string(story, "description", "basic")
        or document.meta.get("description")
        or string(story, "subheadlines", "basic")
    )
    discussion = read_comments(document, now=now, zone=EASTERN)
    address = document.base or string(story, "canonical_url")
    return Article(
        title=title,
        sections=body.sections,
        site="rfa" if _is_rfa(document, address) else "arc",
        url=document.join(string(story, "canonical_url") or string(story, "website_url")),
        subtitle=teaser(description, title, body.sections),
        byline=_byline(document, story, data),
        section=string(story, "taxonomy", "primary_section", "name")
        or line_of(document.select("a.b-overline"))
        or None,
        tags=_tags(document, story),
        captions=once([*lead, *body.captions]),
        attribution=body.attribution,
        comments=discussion.comments,
        published_at=published,
        modified_at=modified,
        language=service_language(address) or string(story, "language") or None,
        provenance={
            "parser": "rfa arc",
            "body": "page" if how == "html" else "embedded",
            "body_from": how,
            "published_at": told,
            "comments": discussion.how,
        },
    )


def _is_rfa(document: Document, address: str) -> bool:
    """Tell whether the page is Radio Free Asia's: others are built with the same blocks."""
    return (
        article_key(address).startswith("rfa:")
        or bool(_RFA.search(document.data))
        or b"Radio Free Asia" in document.data
    )


def _times(
    document: Document, story: dict[str, Any], data: dict[str, Any], now: datetime
) -> tuple[datetime | None, datetime | None, dict[str, Any]]:
    published, told = dated(
        [
            ("first_publish_date", string(story, "first_publish_date")),
            ("display_date", string(story, "display_date")),
            ("json-ld", string(data, "datePublished")),
            ("time", _printed_time(document)),
            ("article:published_time", document.meta.get("article:published_time")),
        ],
        now=now,
        zone=EASTERN,
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


def _printed_time(document: Document) -> str | None:
    stamp = document.first("time.b-date", "time[itemprop=datePublished]")
    return stamp.get("datetime") if stamp is not None else None


def _html_body(document: Document) -> Body | None:
    bodies = [read_body(document, box, _judge) for box in document.select(_BODY)]
    return max(bodies, key=lambda body: body.length, default=None)


def _judge(element: Element) -> Kind | None:
    if has_class(element, _DROPPED) or element.get("data-fusion-type"):
        return "drop"
    return None


def _lead_caption(document: Document) -> Caption | None:
    for box in document.select("div.b-lead-art, figure.b-lead-art, figure.c-media-item"):
        if any(has_class(above, _STORY) for above in box.iterancestors()):
            continue
        if found := caption_of(document, box):
            return found
    return None


def _byline(document: Document, story: dict[str, Any], data: dict[str, Any]) -> tuple[str, ...]:
    names = [
        string(person, "additional_properties", "original", "byline") or string(person, "name")
        for credits in objects(story, "credits")
        for person in objects(credits, "by")
    ]
    if not any(names):
        names = [
            re.sub(r"^by\s+", "", line(element), flags=re.IGNORECASE)
            for element in document.select("span.b-byline__names a")
            or document.select("span.b-byline__names")
        ]
    return tuple(dict.fromkeys(filter(None, names))) or strings(data, "author")


def _tags(document: Document, story: dict[str, Any]) -> tuple[str, ...]:
    taxonomy = story.get("taxonomy")
    if not isinstance(taxonomy, dict):
        return keywords(document)
    return strings(taxonomy, "tags", "text") or strings(taxonomy, "tags", "slug") or keywords(document)


def _credit(image: dict[str, Any]) -> str:
    if vanity := string(image, "vanity_credits", "by", "name"):
        return vanity
    named = [
        name
        for credits in objects(image, "credits")
        for kind in ("by", "affiliation")
        for name in strings(credits, kind)
    ]
    return ", ".join(dict.fromkeys(named))


def _rendered(item: dict[str, Any], depth: int) -> str:
    """Return one element of a story as HTML; embeds, links to other stories and pull quotes are left out."""
    kind, content = item.get("type"), item.get("content")
    words = content if isinstance(content, str) else ""
    if kind in ("text", "paragraph", "correction", "endorsement"):
        return f"<p>{words}</p>"
    if kind == "header":
        return f"<h2>{words}</h2>"
    if kind == "image" and (caption := string(item, "caption")):
        credit = _credit(item)
        written = f'<span class="credit">{escape(credit)}</span>' if credit else ""
        source = escape(string(item, "url"), quote=True)
        box = f'<figcaption><span class="caption">{escape(caption)}</span>{written}</figcaption>'
        return f'<figure><img src="{source}">{box}</figure>'
    if depth >= _DEEPEST or (kind == "quote" and item.get("subtype") == "pullquote"):
        return ""
    if kind in ("quote", "list"):
        inner = objects(item, "content_elements") or objects(item, "items")
        return "".join(_rendered(part, depth + 1) for part in inner)
    if kind == "table":
        rows = item.get("rows")
        cells = (
            [cell for row in rows if isinstance(row, list) for cell in row] if isinstance(rows, list) else []
        )
        return "".join(f"<p>{string(cell, 'content')}</p>" for cell in cells)
    return ""
