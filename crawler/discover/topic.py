"""A forum topic over many pages: which page to read next, and the pages joined to one article.

A topic read for the first time is read from its start.  One that is known is
read from its end backwards until a known reply shows up, so that a topic of
four hundred pages costs two requests when somebody answers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from crawler.discover.layouts import select
from crawler.discover.reading import address
from crawler.sites import topic_pages
from crawler.sites.tree import read_document
from state.article import Article, Comment
from state.errors import ParseError
from state.identity import canonical_url
from state.records import Page

_MOST_PAGES = 40
_LAST = (
    "link[rel='last'], a[rel='last'], li.ipsPagination_last a, .ipsPagination__last a, "
    ".pageNav-main li:last-child a, .pagination li.next + li a, span.first_last a[rel='last']"
)
_PREVIOUS = (
    "link[rel='prev'], a[rel='prev'], li.ipsPagination_prev a, .ipsPagination__prev a, a.pageNav-jump--prev, "
    ".arrow.previous a, span.prev_next a[rel='prev']"
)


class TopicReader:
    """Reads one topic page by page.

    Args:
        parse: Page → article, as for any page.
        stored: The topic as we know it; None if it is new.
    """

    def __init__(self, parse: Callable[[Page], Article], stored: Article | None = None) -> None:
        self._parse = parse
        self._stored = stored if stored is not None and stored.comments else None
        self._known = frozenset(c.id for c in stored.comments if c.id) if stored is not None else frozenset()
        self._articles: list[Article] = []
        self._visited: set[str] = set()
        self._went_back = False

    def next_url(self, pages: Sequence[Page]) -> str | None:
        """Take in the newest page and return the next to read, None when the topic is read.

        Raises:
            LayoutError: The first page is no topic we can read.
            NotArticleError: The first page is something else.
        """
        page = pages[-1]
        if self._articles and canonical_url(page.url) in self._visited:
            return None  # beyond its end a topic leads back to a page we have
        self._visited |= {canonical_url(page.url), canonical_url(page.requested_url or page.url)}
        try:
            article = self._parse(page)
        except ParseError:
            if not self._articles:
                raise
            return None
        self._articles.append(article)
        if len(self._articles) >= _MOST_PAGES or "posts" not in article.provenance:
            return None  # only a forum's parser counts posts; every other page stands alone
        if not self._known:
            return self._unread(topic_pages(page))
        if not self._went_back:
            if topic_pages(page) is None:
                return None
            self._went_back = True
            return self._unread(_linked(page, _LAST) or topic_pages(page))
        shown = {comment.id for comment in _posts(article)}
        return None if shown & self._known else self._unread(_linked(page, _PREVIOUS))

    @property
    def is_empty(self) -> bool:
        """Tell whether no page could be read."""
        return not self._articles

    def article(self) -> Article:
        """Return the topic as one article; replies that were not read again stay as they were."""
        opening, *rest = self._articles
        fresh = list(opening.comments)
        for article in sorted(rest, key=_order) if self._went_back else rest:
            fresh.extend(_posts(article))
        if self._went_back and self._stored is not None:
            fresh = _joined(self._stored.comments, fresh)
        return replace(opening, comments=tuple(_distinct(fresh)))

    def _unread(self, url: str | None) -> str | None:
        return url if url is not None and canonical_url(url) not in self._visited else None


def is_later_page(page: Page) -> bool:
    """Tell whether a topic's page has one before it."""
    return _linked(page, _PREVIOUS) is not None


def joined(stored: Article, article: Article, *, later: bool, newer: bool) -> Article:
    """Return a topic as we know it with one more of its pages.

    Args:
        stored: The topic as we know it.
        article: The page, read by itself.
        later: Whether the page has one before it, so that its first post is a reply.
        newer: Whether the page was seen after what we know: what it says of a reply we have goes first.
    """
    opening = stored if later or not newer else replace(article, comments=())
    fresh = _posts(article) if later else list(article.comments)
    known = list(stored.comments)
    every = _joined(known, fresh) if newer else _joined(fresh, known)
    times = [comment.posted_at for comment in every if comment.posted_at is not None]
    if len(times) == len(every):
        every = [comment for _, comment in sorted(zip(times, every, strict=True), key=lambda pair: pair[0])]
    return replace(opening, comments=tuple(_distinct(every)))


def _posts(article: Article) -> list[Comment]:
    """Return the posts of a later page; where its first one was taken for an article's body, that one too."""
    opening = article.provenance.get("opening")
    body = "\n\n".join(
        text for part in article.sections for text in (part.heading, *part.paragraphs) if text is not None
    )
    if not body and not article.quoted:
        return list(article.comments)
    first_post = Comment(
        id=opening if isinstance(opening, str) else None,
        author=article.byline[0] if article.byline else None,
        text=body,
        quoted=article.quoted,
        posted_at=article.published_at,
        edited_at=article.modified_at,
    )
    return [first_post, *article.comments]


def _order(article: Article) -> float:
    return article.published_at.timestamp() if article.published_at is not None else 0.0


def _joined(stored: Sequence[Comment], fresh: Sequence[Comment]) -> list[Comment]:
    again = {comment.id: comment for comment in fresh if comment.id}
    known = {comment.id for comment in stored if comment.id}
    kept = [again.get(comment.id, comment) if comment.id else comment for comment in stored]
    return [*kept, *(comment for comment in fresh if comment.id not in known)]


def _distinct(comments: Sequence[Comment]) -> list[Comment]:
    seen: dict[object, Comment] = {}
    for comment in comments:
        seen.setdefault(comment.id or (comment.author, comment.posted_at, comment.text), comment)
    return list(seen.values())


def _linked(page: Page, selector: str) -> str | None:
    try:
        links = select(read_document(page).root, selector)
    except ParseError:
        return None
    return next((url for link in links if (url := address(page.url, link.get("href")))), None)
