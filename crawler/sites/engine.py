"""How posts are read from a forum page: one description per edition of a software, one reader for all.

Skins and plugins move things about, so every part of a post has several cues,
the most exact first; the layout that won stands in ``provenance.parser``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import islice, pairwise
from typing import Any, NamedTuple

from crawler.sites.blocks import Kind, blocks
from crawler.sites.cues import named_in
from crawler.sites.dates import Dated
from crawler.sites.forum import Post, read_post_body, topic
from crawler.sites.select import Element, Index, PostIndex, Posts
from crawler.sites.stamps import inside, printed_time, stamp_time, tells_edit
from crawler.sites.tree import Document, has_class
from crawler.sites.words import clean
from state.article import Article
from state.errors import LayoutError

_PAGE = re.compile(
    r"/page[/-](\d+)|[?&]page=(\d+)|[?&](?:start|st)=([1-9]\d*)|/page(\d+)|/index(\d+)\.html|-(\d+)\.html$"
)
_NO_NAME = re.compile(r"^(?:avatar|photo|profile|offline|online|op|author)$", re.IGNORECASE)
#: Links to a member, whatever the skin calls them.
_PROFILES = (
    "a[href*=/members/], a[href^=members/]",
    "a[href*=member.php]",
    "a[href*=/profile/]",
    "a[href*=/user/]",
    "a[href*=/users/]",
    "a[href*=/u/]",
)
#: Boxes that name those who liked a post.
_THANKS = re.compile(
    r"(?:^|[\s_-])(?:thanks?|thanked|likes?|liked|likers|reactions?|react)(?:$|[\s_\d-])", re.IGNORECASE
)
_LONGEST_NAME = 100
#: Blockquotes in which software puts its own messages.
_MESSAGES = frozenset(("postcontent", "messageText", "message-body"))
_LAST_NUMBER = re.compile(r"(\d+)(?!.*\d)")


class Told(NamedTuple):
    """What a post says of itself in data attributes, exact where it is there."""

    id: str | None = None
    author: str | None = None
    posted_at: datetime | None = None


def nothing_told(frame: Index, now: datetime) -> Told:
    """Return that a post carries no data."""
    return Told()


def all_blockquotes(element: Element) -> bool:
    """Tell whether an element is a quotation where every ``blockquote`` is one."""
    return element.tag == "blockquote"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One edition of a forum software's topic page, in selectors.

    ``posts``, ``titles`` and ``next_pages`` are sought in the page, the others in a
    post; of each tuple the first that finds something usable is taken, so the most
    exact and cheapest stands first.
    """

    name: str
    posts: tuple[str, ...]
    #: Tag of the element around what ``posts`` finds that is the post, where no class names it.
    posts_in: str = ""
    content: tuple[str, ...]
    #: The same for the message.
    content_in: str = ""
    authors: tuple[str, ...]
    author_data: tuple[str, ...] = ()
    times: tuple[str, ...]
    titles: tuple[str, ...]
    edited: tuple[str, ...] = ()
    next_pages: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    dropped_attributes: tuple[str, ...] = ()
    title_dropped: tuple[str, ...] = ()
    is_quote: Callable[[Element], bool] = all_blockquotes
    numbers: tuple[str, ...] = ("id",)
    #: What an element must hold to be a post, where the selector alone would say too much.
    needs: tuple[str, ...] = ()
    #: Whether a post's id is its place in the topic: a page that does not begin with 1 is a later one.
    counted: bool = False
    #: What leads to one post, after the topic's address.
    anchor: str = ""
    told: Callable[[Index, datetime], Told] = nothing_told
    by_id: Callable[[Document, datetime], dict[str, Told]] = field(default=lambda document, now: {})


def read_topic(
    document: Document, layouts: Iterable[Layout], site: str, now: datetime, **provenance: Any
) -> Article:
    """Return the topic of a page by the first layout that finds posts.

    Raises:
        LayoutError: No layout finds a post, or there is no title.
    """
    tried = []
    for layout in layouts:
        posts = read_posts(document, layout, now)
        if posts:
            return topic(
                document,
                title=topic_title(document, layout),
                posts=posts,
                site=site,
                page=page_number(document)
                if not layout.counted or posts[0].id in (None, "1")
                else max(2, page_number(document)),
                provenance={
                    "parser": layout.name,
                    **({"anchor": layout.anchor} if layout.anchor else {}),
                    **provenance,
                },
            )
        tried.append(layout.name)
    raise LayoutError(f"no post was found: tried {', '.join(tried)}", url=document.url)


def read_posts(document: Document, layout: Layout, now: datetime) -> list[Post]:
    """Return the posts of a page in its order."""
    for selector in layout.posts:
        posts = _posts(document, layout, _frames(document.select(selector), layout.posts_in), now)
        if any(post.body or post.quoted or post.captions for post in posts):
            return _completed(document, layout, posts, now)
    return []


def _posts(document: Document, layout: Layout, elements: list[Element], now: datetime) -> list[Post]:
    posts = Posts(document.index, elements)
    frames = (PostIndex(posts, element) for element in elements)
    made = (_post(document, layout, frame, posts.elements, now) for frame in frames)
    return [post for post in made if post]


def topic_title(document: Document, layout: Layout) -> str:
    """Return the topic's title without labels; "" if there is none."""

    dropped = frozenset(layout.title_dropped)

    def decide(part: Element) -> Kind | None:
        return "drop" if has_class(part, dropped) else None

    for selector in layout.titles:
        for box in document.select(selector):
            if text := clean(" ".join(block.text for block in blocks(box, decide))):
                return text
    return document.meta.get("og:title", "") or document.meta.get("twitter:title", "")


def next_page(document: Document, layouts: Iterable[Layout]) -> str | None:
    """Return the address of the topic's next page."""
    if named := document.join(document.links.get("next")):
        return named
    for layout in layouts:
        for selector in layout.next_pages:
            for link in document.select(selector):
                if address := document.join(link.get("href")):
                    return address
    return None


def page_number(document: Document) -> int:
    """Return which page of its topic this is: 1, or more than 1 as far as the address tells."""
    found = _PAGE.search(document.url)
    if not found:
        return 1
    number = next((int(group) for group in found.groups()[:2] if group), 0)
    if number:
        return number
    if found.group(3):
        return 2
    return int(found.group(4)) if found.group(4) else 1


def _post(
    document: Document, layout: Layout, frame: Index, taken: frozenset[Element], now: datetime
) -> Post | None:
    content = _content(layout, frame)
    if content is None or any(frame.first(selector) is None for selector in layout.needs):
        return None
    return post_of(document, layout, frame, content, taken, now)


def post_of(
    document: Document,
    layout: Layout,
    frame: Index,
    content: Element,
    taken: frozenset[Element],
    now: datetime,
) -> Post:
    """Return the post in a frame whose message is known; ``taken`` are frames of posts, which may be nested in it."""
    dropped, attributes = frozenset(layout.dropped), frozenset(layout.dropped_attributes)

    def drop(part: Element) -> Kind | None:
        classes = part.get("class")
        if part in taken or (classes and not dropped.isdisjoint(classes.split())):
            return "drop"
        if not attributes:
            return None
        return "drop" if not attributes.isdisjoint(part.keys()) else None

    message = read_post_body(document, content, drop=drop, quote=layout.is_quote)
    told = layout.told(frame, now)
    edits = [box for selector in layout.edited for box in frame.select(selector)]
    posted = None if told.posted_at else _time(document, layout, frame, content, edits, now)
    changed = _edited(document, edits, now)
    return Post(
        body=message.body,
        quoted=message.quoted,
        captions=message.captions,
        more=message.more,
        id=told.id or _number(layout, frame),
        author=told.author or _author(layout, frame, content),
        posted_at=told.posted_at or (posted.at if posted else None),
        day_only=posted.day_only if posted else False,
        edited_at=changed.at if changed else None,
    )


def _content(layout: Layout, frame: Index) -> Element | None:
    spare: Element | None = None
    for selector in layout.content:
        for box in frame.select(selector):
            if _in_quote(layout, box, frame.root):
                continue
            held = _climbed([box], layout.content_in)[0]
            if _has_words(held) or next(held.iter("img"), None) is not None:
                return held
            spare = held if spare is None else spare
    return spare


def _has_words(element: Element) -> bool:
    begun = (element.text, *(part.text for part in islice(element, 1)))
    # most begin with words, and to walk is dear
    return any(text and not text.isspace() for text in begun) or any(
        not text.isspace() for text in element.itertext()
    )


def _climbed(elements: list[Element], tag: str) -> list[Element]:
    """Return the nearest elements of a tag that hold others, or are these; the same ones without a tag."""
    if not tag:
        return elements
    above = (
        element if element.tag == tag else next(element.iterancestors(tag), element) for element in elements
    )
    return list(dict.fromkeys(above))


def _frames(elements: list[Element], tag: str) -> list[Element]:
    """Return the element around each message that is its post.

    That is the nearest of a tag; where there is none, or one holds several messages (a skin without it), it is
    the outermost element that holds this message and no other.
    """
    framed = _climbed(elements, tag)
    if not tag or (len(framed) == len(elements) and all(frame.tag == tag for frame in framed)):
        return framed
    held = Counter(above for element in elements for above in (element, *element.iterancestors()))
    return [
        next(
            (below for below, above in pairwise((element, *element.iterancestors())) if held[above] > 1),
            element,
        )
        for element in elements
    ]


def _in_quote(layout: Layout, box: Element, post: Element) -> bool:
    for above in box.iterancestors():
        if above is post:
            return False
        if layout.is_quote(above) and not has_class(above, _MESSAGES):
            return True
    return False


def _number(layout: Layout, frame: Index) -> str | None:
    values = [frame.root.get(name) for name in layout.numbers]
    if not any(values):
        holders = (frame.first(f"[{name}]") for name in layout.numbers)
        values = [
            holder.get(name)
            for name, holder in zip(layout.numbers, holders, strict=True)
            if holder is not None
        ]
    found = next((match for value in values if value and (match := _LAST_NUMBER.search(value))), None)
    return found.group(1) if found else None


def _author(layout: Layout, frame: Index, content: Element) -> str | None:
    for name in layout.author_data:
        if text := clean(frame.root.get(name) or ""):
            return text
    for selector in (*layout.authors, *_PROFILES):
        for box in frame.select(selector):
            text = _first_line(box) if _is_beside(box, content, frame.root) else ""
            if text and len(text) <= _LONGEST_NAME and not _NO_NAME.match(text):
                return text
    return named_in(frame.parts(frame.root, None), content)


def _first_line(box: Element) -> str:
    if len(box) == 0:
        return clean(box.text or "")
    return next((block.text for block in blocks(box)), "")


def _is_beside(box: Element, content: Element, post: Element) -> bool:
    """Tell whether an element of a post stands outside its message, and names nobody who liked it."""
    if box is content:
        return False
    for above in box.iterancestors():
        if above is content:
            return False
        if above is post:
            return True
        classes, number = above.get("class"), above.get("id")
        if (classes and _names_thanks(classes)) or (number and _names_thanks(number)):
            return False
    return True


@lru_cache(maxsize=1024)
def _names_thanks(name: str) -> bool:
    """Tell whether a class or id is of such a box; a page repeats a few, often."""
    return _THANKS.search(name) is not None


def _time(
    document: Document, layout: Layout, frame: Index, content: Element, edited: list[Element], now: datetime
) -> Dated | None:
    day: Dated | None = None
    for selector in layout.times:
        for stamp in frame.select(selector):
            if inside(stamp, content) or any(inside(stamp, box) for box in edited) or tells_edit(stamp):
                continue
            found = stamp_time(document, stamp, now)
            if found and not found.day_only:
                return found
            day = day or found
    return printed_time(document, frame, content, now) or day


def _edited(document: Document, edits: list[Element], now: datetime) -> Dated | None:
    for box in edits:
        inner = Index(box).first("time", "abbr", "span.DateTime")
        if found := stamp_time(document, box if inner is None else inner, now):
            return found
    return None


def _completed(document: Document, layout: Layout, posts: list[Post], now: datetime) -> list[Post]:
    """Return the posts with what the page's data add where a post itself does not say it."""
    if all(post.author and post.posted_at for post in posts):
        return posts
    known = layout.by_id(document, now)
    told = ((post, known.get(post.id or "") or Told()) for post in posts)
    return [
        post._replace(author=post.author or more.author, posted_at=post.posted_at or more.posted_at)
        for post, more in told
    ]
