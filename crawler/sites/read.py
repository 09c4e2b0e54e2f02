"""One page, or one item of a feed, → one article: the parser is chosen by markers in the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape

from crawler.sites import (
    discourse,
    generic,
    invision,
    phpbb,
    rfa_arc,
    rfa_cms,
    rfa_plone,
    vbulletin,
    voa,
    xenforo,
)
from crawler.sites.finish import finish
from crawler.sites.jsonld import read_json
from crawler.sites.newsbody import teaser
from crawler.sites.refusals import refusal
from crawler.sites.tree import Document, read_document
from crawler.sites.words import clean
from state.article import Article
from state.errors import LayoutError, NotArticleError
from state.records import Candidate, Page

_BINARY = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"ID3",
    b"\x1f\x8b",
    b"OggS",
    b"RIFF",
    b"\x00\x00\x00",
)


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
    Family("rfa arc", rfa_arc.matches, rfa_arc.parse),
    Family("voa", voa.matches, voa.parse),
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

    Args:
        page: The answer as it came.
        site: The source's ``site`` setting: which family is asked first where several markers are found.
        source: Name of the source, kept in the article.
        language: The source's language; a text in another script overrules it.
        feed_item: What the feed said of it, for fields that the page does not have.

    Raises:
        NotArticleError: A challenge, a login, a "not found", a file that is no page.
        LayoutError: A page without title or text for every parser tried.
    """
    _refuse_files(page)
    if _is_json(page):
        document, article = _from_json(page)
    else:
        document = read_document(page)
        article = _from_markup(document, page.fetched_at, site)
    return _with_feed(finish(article, document, page, source=source, language=language), feed_item)


def article_from_candidate(candidate: Candidate, *, language: str | None = None) -> Article:
    """Return the article of a feed's item alone, where the page cannot be had.

    Raises:
        LayoutError: The item has no title.
    """
    if not candidate.title:
        raise LayoutError("the feed's item has no title", source=candidate.source, url=candidate.url)
    markup = candidate.body or candidate.summary or ""
    body_markup = f"<html><body><article>{markup}</article></body></html>"
    seen = candidate.published_at or candidate.modified_at
    page = Page(
        url=candidate.url,
        status=200,
        headers={},
        body=f"<!-- {escape(candidate.channel)} -->{body_markup}".encode("utf-8", "replace"),
        fetched_at=seen or datetime.fromtimestamp(0).astimezone(),
    )
    document = read_document(page)
    body = rfa_arc.read_markup(document, markup)
    parts = body.sections if body else ()
    article = Article(
        title=clean(candidate.title),
        sections=parts,
        site="feed",
        subtitle=teaser(_words(candidate.summary), candidate.title, parts) if candidate.body else None,
        captions=body.captions if body else (),
        attribution=body.attribution if body else None,
        byline=(clean(candidate.author),) if candidate.author else (),
        published_at=candidate.published_at,
        modified_at=candidate.modified_at,
        language=rfa_plone.service_language(candidate.url),
        provenance={"parser": "feed item", "body": "feed", "channel": candidate.channel},
    )
    done = finish(article, document, page, source=candidate.source, language=language)
    return replace(done, fetched_at=None)


def topic_pages(page: Page) -> str | None:
    """Return the address of the next page of a forum topic, None at its end or where the page is no topic."""
    document = read_document(page)
    for family in FAMILIES:
        if family.next_page and family.matches(document):
            following = family.next_page(document)
            return following if following != page.url else None
    return None


def join_topic_pages(pages: Sequence[Article]) -> Article:
    """Return one article of a topic's pages in order; posts that two pages show are kept once."""
    opening, *later = pages
    seen = {comment.id for comment in opening.comments if comment.id}
    comments = list(opening.comments)
    for article in later:
        for comment in article.comments:
            if comment.id is None or comment.id not in seen:
                comments.append(comment)
                seen.add(comment.id or "")
    told = {**opening.provenance, "posts": len(comments) + 1, "pages": len(pages)}
    return replace(opening, comments=tuple(comments), provenance=told)


def _from_markup(document: Document, now: datetime, site: str | None) -> Article:
    tried: list[str] = []
    found = [family for family in FAMILIES if family.matches(document)]
    found.sort(key=lambda family: family.name.split()[0] != site)
    for family in found:
        try:
            return family.parse(document, now)
        except LayoutError as error:
            tried.append(f"{family.name}: {error.problem}")
    if reason := refusal(document):
        raise NotArticleError(
            reason, url=document.url, hint="the page was not stored; it is fetched again later"
        )
    try:
        article = generic.parse(document, now)
    except LayoutError as error:
        raise LayoutError(
            "; ".join([*tried, error.problem]), url="" if tried else "", hint=error.hint
        ) from None
    return replace(article, provenance={**article.provenance, "failed": tried}) if tried else article


def _refuse_files(page: Page) -> None:
    if not page.body[:4096].strip() and not page.body.strip():
        raise NotArticleError("the page is empty", url=page.url)
    kind = page.headers.get("content-type", "").split(";")[0].strip().lower()
    if (
        page.body.startswith(_BINARY)
        or kind.startswith(("image/", "audio/", "video/", "font/"))
        or kind == "application/pdf"
    ):
        raise NotArticleError(f"a file ({kind or 'binary'}), not a page", url=page.url)
    head = page.body[:600].lstrip().lower()
    if head.startswith(b"<?xml") and any(
        mark in head for mark in (b"<rss", b"<feed", b"<urlset", b"<sitemapindex", b"<rdf:rdf")
    ):
        raise NotArticleError("a feed or sitemap, not a page", url=page.url)


def _is_json(page: Page) -> bool:
    kind = page.headers.get("content-type", "").lower()
    return "html" not in kind and page.body.lstrip()[:1] in (b"{", b"[")


def _from_json(page: Page) -> tuple[Document, Article]:
    document = read_document(replace(page, body=b"<html></html>"))
    value = read_json(page.body.decode("utf-8", "replace"))
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if rfa_cms.is_record(value):
        return document, rfa_cms.record_article(document, value, page.fetched_at)
    if rfa_arc.is_story(value):
        return document, rfa_arc.story_article(document, value, page.fetched_at)
    if discourse.is_topic(value):
        return document, discourse.topic_article(document, value, page.fetched_at)
    raise NotArticleError("JSON that is no story or topic we know", url=page.url)


def _with_feed(article: Article, item: Candidate | None) -> Article:
    """Fill in what only the feed knows; what the page says goes first."""
    if item is None:
        return article
    filled = {
        name: value
        for name, value in (("published_at", item.published_at), ("modified_at", item.modified_at))
        if value is not None and getattr(article, name) is None
    }
    if not article.byline and item.author:
        filled["byline"] = (clean(item.author),)  # type: ignore[assignment]
    if not filled:
        return article
    return replace(article, **filled, provenance={**article.provenance, "from_feed": sorted(filled)})  # type: ignore[arg-type]


def _words(markup: str | None) -> str:
    return clean("".join(__import__("re").split(r"<[^<>]*>", markup))) if markup else ""
