"""Who publishes: what makes an article an original, and what a repost."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from state.article import Article

#: Families whose pages repeat what others wrote; the first of a broadcaster's text is never among them.
FORUMS = frozenset({"invision", "phpbb", "discourse", "xenforo", "vbulletin", "forum"})
BROADCASTERS = frozenset({"rfa", "voa"})
#: A topic's key: the forum's host and the topic's number.
_TOPIC = re.compile(r"[^/:]+\.[^/:]+:\d+$")
_LAST = datetime.max.replace(tzinfo=UTC)


def is_repost(article: Article) -> bool:
    """Tell whether an article is known to repeat another publisher's text."""
    return article.origin is not None or is_forum(article)


def is_forum(article: Article) -> bool:
    """Tell whether an article is a forum topic, by its site or by its address."""
    return (article.site or "").lower() in FORUMS or bool(_TOPIC.match(article.key or ""))


def is_broadcaster(article: Article) -> bool:
    """Tell whether an article stands on a broadcaster's own pages."""
    return (article.site or "").lower() in BROADCASTERS or (article.key or "").startswith(("rfa:", "voa:"))


def standing(article: Article) -> tuple[int, datetime]:
    """Return what makes an original: who publishes, then how early; the least stands first."""
    repeats = 3 if is_forum(article) else 2
    rank = repeats if is_repost(article) else int(not is_broadcaster(article))
    return rank, article.published_at or article.fetched_at or _LAST
