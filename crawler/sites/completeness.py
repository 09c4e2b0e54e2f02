"""Whether a layout read all of a topic: where it did not, what the page's structure tells is kept if it is more."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import datetime
from itertools import islice

from crawler.sites import structure
from crawler.sites.tree import Document
from crawler.sites.words import clean
from state.article import Article, Comment
from state.errors import LayoutError

_NUMBERED = re.compile(
    rb"[\"'/#?&](?:el|js-)?(?:post|p|comment|entry|reply|answer|node|msg|message)[-_]?(?:id)?[-_=]?(\d+)[\"'&#]",
    re.IGNORECASE,
)
_MOST = 200
#: So many characters tell that two readings mean the same post.
_BEGINNING = 40


def fuller(article: Article, document: Document, now: datetime) -> Article:
    """Return a topic as its structure tells it where a layout found less of it: in a skin that it fits in part.

    A topic all of whose posts have author, time and words stays as it is.
    """
    known = _told_posts(article)
    if all(map(_is_complete, known)) and (len(known) > 1 or not _numbers_more(document)):
        return article
    try:
        other = structure.parse(document, now)
    except LayoutError:
        return article
    found = _told_posts(other)
    texts = "\n".join(clean(text) for _, _, text in found)
    if any(clean(text)[:_BEGINNING] not in texts for _, _, text in known):
        return article
    if sum(map(_is_complete, found)) <= sum(map(_is_complete, known)):
        return article
    if all(map(_is_complete, known)) and (
        other.provenance["cues"] == ["times"] or not all(map(_is_complete, found))
    ):
        return article  # one post that is read whole, and something that has a date
    provenance = {**other.provenance, "less": article.provenance.get("parser")}
    return replace(_joined(article, other), site=article.site, tags=article.tags, provenance=provenance)


def _joined(exact: Article, other: Article) -> Article:
    """Return another reading of a topic with the posts of a layout's, which is exact as far as it goes."""
    numbered = {reply.id: reply for reply in exact.comments if reply.id}
    begun = {_beginning(reply): reply for reply in exact.comments}
    alike = Counter(map(_beginning, other.comments))

    def filled(reply: Comment) -> Comment:
        words = _beginning(reply)
        known = numbered.get(reply.id or "") or (begun.get(words) if alike[words] == 1 else None)
        return _filled(known, reply) if known is not None and (known.text or known.quoted) else reply

    replies = tuple(map(filled, other.comments))
    if not exact.paragraphs or exact.paragraphs[0][:_BEGINNING] != "".join(other.paragraphs[:1])[:_BEGINNING]:
        return replace(other, comments=replies)
    return replace(
        other,
        comments=replies,
        sections=exact.sections,
        quoted=exact.quoted or other.quoted,
        captions=exact.captions,
        byline=exact.byline or other.byline,
        published_at=exact.published_at or other.published_at,
        modified_at=exact.modified_at or other.modified_at,
    )


def _beginning(reply: Comment) -> str:
    return clean(reply.text)[:_BEGINNING]


def _filled(exact: Comment, other: Comment) -> Comment:
    """Return a reply with what another reading of it adds."""
    return replace(
        exact,
        id=exact.id or other.id,
        author=exact.author or other.author,
        posted_at=exact.posted_at or other.posted_at,
    )


def _numbers_more(document: Document) -> bool:
    """Tell whether a page gives numbers to more posts than one."""
    return len({found[1] for found in islice(_NUMBERED.finditer(document.data), _MOST)}) > 1


def _told_posts(article: Article) -> list[tuple[str | None, datetime | None, str]]:
    """Return author, time and words of each post of a topic."""
    words = " ".join(
        filter(None, (text for part in article.sections for text in (part.heading, *part.paragraphs)))
    )
    replies = [
        (reply.author, reply.posted_at, reply.text or "".join(reply.quoted)) for reply in article.comments
    ]
    if not words and not article.quoted:
        return replies
    first = (
        article.byline[0] if article.byline else None,
        article.published_at,
        words or "".join(article.quoted),
    )
    return [first, *replies]


def _is_complete(post: tuple[str | None, datetime | None, str]) -> bool:
    return None not in post and "" not in post
