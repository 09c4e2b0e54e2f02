"""Topics of forums that no parser knows, told in schema.org's words: JSON-LD or microdata.

``DiscussionForumPosting`` and ``Question`` open a topic, ``Comment`` and
``Answer`` reply to it.  Much software gives search engines its posts this way.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from crawler.sites.blocks import Block
from crawler.sites.dates import parse_date
from crawler.sites.engine import Layout, page_number, read_topic, topic_title
from crawler.sites.forum import Post, topic
from crawler.sites.jsonld import objects, string, types_of
from crawler.sites.tree import Document
from crawler.sites.words import clean
from state.article import Article

_OPENING = frozenset(("DiscussionForumPosting", "Question", "SocialMediaPosting"))
_REPLIES = ("acceptedAnswer", "suggestedAnswer", "comment")
_BREAK = re.compile(r"<br\s*/?>|</p>|\r?\n", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{1,500}>")
#: Replies to replies deeper than this are not followed.
_DEEPEST = 20
_MOST = 5000

MICRODATA = Layout(
    name="schema.org microdata",
    posts=(
        "[itemtype*=/DiscussionForumPosting], [itemtype*=/Question], [itemtype*=/Comment], [itemtype*=/Answer]",
    ),
    content=("[itemprop=text]", "[itemprop=articleBody]", "[itemprop=commentText]", "[itemprop=description]"),
    authors=("[itemprop=author] [itemprop=name]", "[itemprop=creator] [itemprop=name]", "[itemprop=author]"),
    times=("[itemprop=datePublished]", "[itemprop=dateCreated]", "time"),
    titles=("[itemprop=headline]", "h1"),
    numbers=("id",),
)


def matches(document: Document) -> bool:
    """Tell whether a page tells a topic and at least one reply in these words."""
    if b"DiscussionForumPosting" not in document.data and b"/Question" not in document.data:
        return False
    if any(types_of(item) & _OPENING and _reply_objects(item) for item in document.json_ld):
        return True
    opening = document.first("[itemtype*=/DiscussionForumPosting]", "[itemtype*=/Question]")
    return opening is not None and document.first("[itemtype*=/Comment]", "[itemtype*=/Answer]") is not None


def parse(document: Document, now: datetime) -> Article:
    """Return the topic of a page; raises LayoutError if it has no title or no post with words."""
    for opening in document.json_ld:
        if not types_of(opening) & _OPENING:
            continue
        replies = _replies(opening, now, 0)
        if replies and any(reply.body for reply in replies):
            return topic(
                document,
                title=string(opening, "headline")
                or string(opening, "name")
                or topic_title(document, MICRODATA),
                posts=[_post(opening, now), *replies][:_MOST],
                site="generic",
                page=page_number(document),
                provenance={"parser": "schema.org json-ld"},
            )
    return read_topic(document, (MICRODATA,), "generic", now)


def _reply_objects(item: dict[str, Any]) -> list[dict[str, Any]]:
    return [reply for name in _REPLIES for reply in objects(item, name) if string(reply, "text")]


def _replies(item: dict[str, Any], now: datetime, depth: int) -> list[Post]:
    if depth > _DEEPEST:
        return []
    found = []
    for reply in _reply_objects(item)[:_MOST]:
        found.append(_post(reply, now))
        found.extend(_replies(reply, now, depth + 1))
    return found


def _post(item: dict[str, Any], now: datetime) -> Post:
    raw = item.get("text") or item.get("articleBody") or ""
    texts = [clean(_TAG.sub("", part)) for part in _BREAK.split(raw if isinstance(raw, str) else "")]
    posted = parse_date(string(item, "datePublished") or string(item, "dateCreated"), now=now)
    changed = parse_date(string(item, "dateModified"), now=now)
    return Post(
        body=tuple(Block("paragraph", text, None) for text in texts if text),
        id=string(item, "@id") or string(item, "url") or None,
        author=string(item, "author", "name") or string(item, "author") or None,
        posted_at=posted.at if posted else None,
        day_only=posted.day_only if posted else False,
        edited_at=changed.at if changed else None,
    )
