"""A forum topic over many pages: which page to read next, and the pages joined to one article.

A topic read for the first time is read from its start.  One that is known is
read from its end backwards until a known reply shows up, so that a topic of
four hundred pages costs two requests when somebody answers.  A stored reply that
the pages read no longer show among its neighbours was deleted: it leaves the
topic, ``provenance.deleted`` names it, and the versions before keep its words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from crawler.discover.discourse import further_posts
from crawler.discover.layouts import select
from crawler.discover.reading import address
from crawler.sites.tree import read_document
from state.article import Article, Comment
from state.errors import ParseError
from state.identity import canonical_url
from state.records import Page

#: Pages read of one topic at a time (about 4,000 posts), and answers where an answer holds fifty posts.
_MOST_PAGES = 200
_MOST_ANSWERS = 40
#: Where more replies are stored and none of them is shown, their numbers changed; they were not all deleted.
_FEW = 3
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
        read: Page → article, and the address of the topic's next page.
        stored: The topic as we know it; None if it is new.
        whole: Whether all pages are read though it is known.
    """

    def __init__(
        self,
        read: Callable[[Page], tuple[Article, str | None]],
        stored: Article | None = None,
        *,
        whole: bool = False,
    ) -> None:
        self._read = read
        self._stored = stored if stored is not None and stored.comments else None
        known = frozenset(c.id for c in stored.comments if c.id) if stored is not None else frozenset()
        self._known = frozenset() if whole else known
        self._articles: list[Article] = []
        self._last: Article | None = None
        #: Addresses of further posts, where a topic's first answer names them all.
        self._rest: list[str] = []
        self._end = ""
        self._visited: set[str] = set()
        self._went_back = False
        self._cut = ""

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
            article, following = self._read(page)
        except ParseError:
            if not self._articles:
                raise
            return self._rest.pop(0) if self._rest else None
        self._articles.append(article)
        if len(self._articles) == 1 and following is None:
            self._plan(page)
        if following is None and (not self._end or page.requested_url == self._end or page.url == self._end):
            self._last = article
        if "posts" not in article.provenance:
            return None  # only a forum's parser counts posts; every other page stands alone
        wanted = self._wanted(page, article, following)
        if wanted is not None and len(self._articles) >= _MOST_PAGES:
            self._cut = f"{_MOST_PAGES} pages of the topic were read; it goes on at {wanted}"
            return None
        return wanted

    def _wanted(self, page: Page, article: Article, following: str | None) -> str | None:
        """Return the address of the page that is to be read after this one."""
        shown = {comment.id for comment in _posts(article)}
        if self._end:
            is_enough = self._known and len(self._articles) > 1 and shown & self._known
            return self._rest.pop(0) if self._rest and not is_enough else None
        if not self._known:
            return self._unread(following)
        if not self._went_back:
            if following is None:
                return None
            self._went_back = True
            return self._unread(_linked(page, _LAST) or following)
        return None if shown & self._known else self._unread(_linked(page, _PREVIOUS))

    def _plan(self, page: Page) -> None:
        """Take note of where the posts are that the first answer only numbers, the newest if they are too many."""
        every = further_posts(page)
        self._rest = every[1 - _MOST_ANSWERS :]
        if len(every) > len(self._rest):
            self._cut = "the topic's newest posts were read; it has many more"
        self._end = self._rest[-1] if self._rest else ""
        if self._rest and self._known:
            self._went_back = True
            self._rest.reverse()

    @property
    def is_empty(self) -> bool:
        """Tell whether no page could be read."""
        return not self._articles

    def article(self) -> Article:
        """Return the topic as one article; replies that were not read again stay as they were."""
        opening, rest = self._opening(), self._articles[1:]
        fresh = list(opening.comments)
        for article in sorted(rest, key=_order) if self._went_back else rest:
            fresh.extend(_posts(article))
        if self._stored is None:
            return replace(opening, comments=tuple(_distinct(fresh)))
        stored = self._stored.comments
        shown = {comment.id for comment in fresh if comment.id}
        is_known = all(c.id for c in stored) and (len(stored) <= _FEW or any(c.id in shown for c in stored))
        deleted = self._deleted(shown) if is_known else frozenset()
        if self._went_back or is_known:
            fresh = _joined([c for c in stored if c.id not in deleted], fresh)
        told: list[Any] = list(self._stored.provenance.get("deleted") or ())
        told += [{"id": c.id, "author": c.author} for c in stored if c.id in deleted]
        provenance = {**opening.provenance, "deleted": told} if told else opening.provenance
        return replace(opening, comments=tuple(_distinct(fresh)), provenance=provenance)

    def _opening(self) -> Article:
        """Return the first page's article; where the topic was not read whole, it says so."""
        opening = self._articles[0]
        return (
            replace(opening, provenance={**opening.provenance, "truncated": self._cut})
            if self._cut
            else opening
        )

    def _deleted(self, shown: set[str]) -> frozenset[str]:
        """Return the numbers of stored replies that are missing on pages which show what stood beside them."""
        order = [c.id for c in self._stored.comments if c.id] if self._stored is not None else []
        place = {number: index for index, number in enumerate(order)}
        missing: set[str] = set()
        for article in self._articles:
            known = [place[c.id] for c in _posts(article) if c.id in place]
            first = 0 if article is self._articles[0] else min(known, default=len(order))
            last = len(order) - 1 if article is self._last else max(known, default=-1)
            missing.update(number for number in order[first : last + 1] if number not in shown)
        return frozenset(missing)

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
