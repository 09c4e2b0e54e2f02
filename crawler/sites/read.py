"""One page → one article: the parser is chosen by markers in the page."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from crawler.sites import (
    discourse,
    discussion,
    generic,
    invision,
    phpbb,
    rfa_arc,
    rfa_cms,
    rfa_plone,
    structure,
    vbulletin,
    voa,
    xenforo,
)
from crawler.sites.completeness import fuller
from crawler.sites.finish import finish
from crawler.sites.jsonld import read_json
from crawler.sites.refusals import refusal
from crawler.sites.tree import Document, document_of, read_document
from crawler.sites.words import clean
from state.article import Article
from state.errors import LayoutError, NotArticleError
from state.records import Candidate, Page

#: What forums put into links for visitors without cookies.
_SESSION = re.compile(r"(?<=[?&])(?:s|sid|PHPSESSID)=[0-9a-zA-Z]{8,}(?:&|$)")
_FILES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"ID3", b"\x1f\x8b", b"OggS", b"RIFF")
_FILE_TYPES = ("image/", "audio/", "video/", "font/", "application/pdf", "application/zip")
#: Characters of text that the fallback must find where a layout was recognised and had none.
_FEWEST = 100
_FEEDS = (b"<rss", b"<feed", b"<urlset", b"<sitemapindex", b"<rdf:rdf")


@dataclass(frozen=True, slots=True)
class Family:
    """One layout: its name, its markers, its parser, and the way to a topic's next page if it is a forum's."""

    name: str
    matches: Callable[[Document], bool]
    parse: Callable[[Document, datetime], Article]
    next_page: Callable[[Document], str | None] | None = None


FAMILIES = (
    Family("discourse", discourse.matches, discourse.parse, discourse.next_page),
    Family("xenforo", xenforo.matches, xenforo.parse, xenforo.next_page),
    Family("vbulletin", vbulletin.matches, vbulletin.parse, vbulletin.next_page),
    Family("phpbb", phpbb.matches, phpbb.parse, phpbb.next_page),
    Family("invision", invision.matches, invision.parse, invision.next_page),
    Family("rfa plone", rfa_plone.matches, rfa_plone.parse),
    Family("voa", voa.matches, voa.parse),
    Family("rfa arc", rfa_arc.matches, rfa_arc.parse),
    Family("discussion", discussion.matches, discussion.parse),
)


def parse_page(
    page: Page,
    *,
    site: str | None = None,
    source: str | None = None,
    language: str | None = None,
    feed_item: Candidate | None = None,
) -> Article:
    """Return the article of a page; may take seconds where the fallback runs, so call it in a thread.

    ``provenance`` names the parser, how each value was found, what was guessed,
    and, where less than a fifth of the page was taken, what was left over.

    Args:
        page: The answer as it came.
        site: The source's ``site`` setting: which family is asked first where several markers are found.
        source: Name of the source, kept in the article.
        language: The source's language; a text in another script overrules it.
        feed_item: What the feed said of it, for fields that the page does not have.

    Raises:
        NotArticleError: A challenge, a login, a "not found", a list, a file that is no page.
        LayoutError: A page without title or text for every parser tried.
    """
    return _read(page, site, source, language, feed_item)[1]


def read_topic_page(
    page: Page,
    *,
    site: str | None = None,
    source: str | None = None,
    language: str | None = None,
    feed_item: Candidate | None = None,
) -> tuple[Article, str | None]:
    """Return the article of a page as ``parse_page`` does, and where the page is one of a topic's, the next one's address.

    The address is None at a topic's end and where the page is no topic.

    Raises:
        NotArticleError: As ``parse_page``.
        LayoutError: As ``parse_page``.
    """
    document, article = _read(page, site, source, language, feed_item)
    for family in FAMILIES:
        if family.next_page and family.matches(document):
            following = _SESSION.sub("", family.next_page(document) or "").rstrip("?&")
            return article, following if following and following != page.url else None
    return article, None


def _read(
    page: Page, site: str | None, source: str | None, language: str | None, feed_item: Candidate | None
) -> tuple[Document, Article]:
    _refuse_files(page)
    if _is_json(page):
        document, article = _from_json(page)
    else:
        document = read_document(page)
        article = _from_markup(document, page.fetched_at, site)
    done = finish(article, document, fetched_at=page.fetched_at, source=source, language=language)
    return document, _with_feed(done, feed_item)


def parse_data(value: Any, *, url: str | None, fetched_at: datetime) -> Article | None:
    """Return the article that a JSON value of a site's own is (a CMS record, a story, a topic), None if it is none.

    Raises:
        LayoutError: It is one, but has no title or text.
    """
    document = document_of(b"<html><body></body></html>", url=url or "")
    article = _data_article(document, value, fetched_at)
    if article is None:
        return None
    return finish(article, document, fetched_at=fetched_at, source=None, language=None)


def _from_markup(document: Document, now: datetime, site: str | None) -> Article:
    tried: list[str] = []
    is_topic = False
    for family in sorted(FAMILIES, key=lambda family: family.name.split()[0] != site):
        if not family.matches(document):
            continue
        try:
            article = family.parse(document, now)
            return fuller(article, document, now) if family.next_page else article
        except LayoutError as error:
            tried.append(f"{family.name}: {error.problem}")
            is_topic = is_topic or family.next_page is not None
    is_topic = is_topic or structure.may_be_topic(document)
    reason = refusal(document)
    if is_topic and (document.url or not reason):
        try:
            found = structure.parse(document, now)
            return replace(found, provenance={**found.provenance, "failed": tried}) if tried else found
        except LayoutError as error:
            tried.append(f"structure: {error.problem}")
    if reason:
        raise NotArticleError(reason, url=document.url)
    if document.url and structure.may_be_topic(document) and structure.is_forum(document):
        raise LayoutError(f"a topic without posts: {'; '.join(tried)}", url=document.url)
    try:
        article = generic.parse(document, now)
    except LayoutError as error:
        if not tried:
            raise
        raise LayoutError("; ".join([*tried, f"generic: {error.problem}"])) from None
    if not tried:
        return article
    if sum(map(len, article.paragraphs)) < _FEWEST:
        raise LayoutError("; ".join([*tried, "generic: hardly any text"]), url=document.url)
    return replace(article, provenance={**article.provenance, "failed": tried})


def _refuse_files(page: Page) -> None:
    if not page.body[:4096].strip() and not page.body.strip():
        raise NotArticleError("the page is empty", url=page.url)
    kind = page.headers.get("content-type", "").split(";")[0].strip().lower()
    if page.body.startswith(_FILES) or kind.startswith(_FILE_TYPES):
        raise NotArticleError(f"a file ({kind or 'binary'}), not a page", url=page.url)
    head = page.body[:600].lstrip().lower()
    if head.startswith((b"<?xml", b"<rss", b"<feed")) and any(mark in head for mark in _FEEDS):
        raise NotArticleError("a feed or sitemap, not a page", url=page.url)


def _is_json(page: Page) -> bool:
    kind = page.headers.get("content-type", "").lower()
    return "html" not in kind and page.body[:64].lstrip()[:1] in (b"{", b"[")


def _from_json(page: Page) -> tuple[Document, Article]:
    document = document_of(b"<html><body></body></html>", url=page.url)
    value = read_json(page.body.decode("utf-8-sig", "replace"))
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    article = _data_article(document, value, page.fetched_at)
    if article is None:
        raise NotArticleError("JSON that is no story or topic we know", url=page.url)
    return document, article


def _data_article(document: Document, value: Any, now: datetime) -> Article | None:
    if rfa_cms.is_record(value):
        return rfa_cms.record_article(document, value, now)
    if rfa_arc.is_story(value):
        return rfa_arc.story_article(document, value, now)
    if discourse.is_topic(value):
        return discourse.topic_article(document, value, now)
    return None


def _with_feed(article: Article, item: Candidate | None) -> Article:
    """Fill in what only the feed knows; what the page says goes first, what was guessed of it last."""
    if item is None:
        return article
    said = None if "published_at" in article.provenance.get("guessed", ()) else article.published_at
    filled = replace(
        article,
        published_at=said or item.published_at or article.published_at,
        modified_at=article.modified_at or item.modified_at,
        byline=article.byline or ((clean(item.author),) if item.author else ()),
    )
    names = ("published_at", "modified_at", "byline")
    taken = [name for name in names if getattr(filled, name) != getattr(article, name)]
    if not taken:
        return article
    told = {**article.provenance, "from_feed": taken}
    if "published_at" in taken:
        told["published_at"] = {"from": item.channel, "day_only": False}
    return replace(filled, provenance=told)
