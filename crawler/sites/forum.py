"""Posts of a topic → an article whose first post is the body and whose replies are comments."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from crawler.sites.blocks import HEADINGS, Block, Decide, Kind, blocks, joined, sections
from crawler.sites.captions import apart_from_captions, caption_of, once, picture_caption
from crawler.sites.select import Element
from crawler.sites.tree import Document
from state.article import Article, Caption, Comment, Origin
from state.errors import LayoutError

_MORE = re.compile(
    r"^(?:read|see|view) (?:more|full story|the full (?:story|article))\b.{0,20}$|^full (?:story|article)$|^continue reading$"
    r"|^(?:click|tap) to (?:expand|enlarge)(?:…|\.\.\.)?$|^(?:expand|reveal hidden contents|hide contents)$",
    re.IGNORECASE,
)
#: What software prints above a listing, above what it hides, and above files.
_CODE_HEAD = re.compile(
    r"^(?:code|php|html|css|less|sql|xml|json|yaml|java(?:script)?|typescript|python|perl|ruby|rust|go|swift|bash|c|c\+\+|c#|"
    r"objective-c|visual basic|rich \(bb code\)|код|código|codice|kod|mã|โค้ด|代码|程式碼|コード|코드)\s?[:：]\s*"
    r"(?:(?:\[?(?:select all|copy to clipboard|download|expand|view)\]?)\s*)*$|^code:? alles auswählen$",
    re.IGNORECASE,
)
_SPOILER_HEAD = re.compile(
    r"^(?:spoiler|спойлер|ซ่อน|剧透)\s?[:：]?(?: ?\(?(?:show|hide|click to (?:show|reveal))\)?)?$",
    re.IGNORECASE,
)
_FILES_HEAD = re.compile(
    r"^(?:attach(?:ments|ed (?:files|images|thumbnails))|(?:datei)?anhänge|angehängte (?:dateien|grafiken|bilder)|"
    r"(?:images|fichiers) (?:attachées|joints)|pièces jointes|вложения|đính kèm|ไฟล์แนบ|附件)\s?[:：]?$",
    re.IGNORECASE,
)
_HEADS = re.compile(
    "|".join(head.pattern for head in (_CODE_HEAD, _SPOILER_HEAD, _FILES_HEAD)), re.IGNORECASE
)
_EXPAND = re.compile(r" ?Click to expand(?:…|\.\.\.)?$", re.IGNORECASE)
#: What software prints above a quotation, outside it.
_QUOTE_HEAD = re.compile(
    r"^(?:quote|zitat|citation|cita|citazione|cytat|цитата|цитат|alıntı|citaat|trích dẫn|引用|인용)\s?[:：]?$",
    re.IGNORECASE,
)
#: A line in a quotation that only says whom it quotes, where no class tells it apart.
_CITES = re.compile(
    r"^(?:(?:originally (?:posted|written) by|quote from:?|quote:?|zitat(?: von)?|citation(?: de)?|cita(?: de)?|цитата:?)"
    r"\b.{0,80}|on .{6,80}\bsaid:|.{1,60}\s(?:said|wrote|schrieb|hat folgendes geschrieben|hat geschrieben|hat gesagt|"
    r"a écrit|a dit|escribió|dijo|ha scritto|napisał\(?a?\)?|написал\(?а?\)?|пишет|сказал\(?а?\)?|写道|說|说)"
    r"\.?\s?[:：]?\s?↑?)$",
    re.IGNORECASE,
)
_CITATION_CLASSES = frozenset(
    "ipsQuote_citation bbCodeBlock-title bbCodeBlock-expandLink bbCodeBlock-sourceJump attribution bbcode_postedby "
    "quotetitle quoteExpand quote-controls quote_header quoteheader topslice_quote citation".split()
)
#: What is longer is a text of its own.
_LONGEST_LABEL, _LONGEST_CITATION = 60, 140
#: What separates a signature from the message where the software prints both as one text.
_SIGNATURE = "________"


class Post(NamedTuple):
    """One post as an engine's parser found it, before it is known whether it opens the topic."""

    body: tuple[Block, ...]
    quoted: tuple[str, ...] = ()
    id: str | None = None
    author: str | None = None
    posted_at: datetime | None = None
    edited_at: datetime | None = None
    day_only: bool = False
    parent: str | None = None
    captions: tuple[Caption, ...] = ()
    more: str | None = None


class Message(NamedTuple):
    """The words of a post."""

    body: tuple[Block, ...]
    quoted: tuple[str, ...]
    captions: tuple[Caption, ...]
    more: str | None


_NOBODY = Post(body=())
#: All that is printed, in small letters, in place of a post the reader may not or will not see.
_WITHHELD = re.compile(
    r"(?:this (?:message|post) is hidden because .{1,60} is on your ignore list"
    r"|this (?:message|post) has been (?:removed|hidden) from public view"
    r"|this post was made by .{1,60} who is currently on your ignore list"
    r"|you are ignoring content by this member|you have chosen to ignore (?:all posts|content) (?:from|by)\b"
    r"|dieser beitrag wird nicht angezeigt, da sich .{1,60} auf deiner ignorier-liste befindet"
    r"|du ignorierst (?:diesen benutzer|inhalte)\b)"
)


def read_post_body(
    document: Document, content: Element, *, drop: Decide, quote: Callable[[Element], bool]
) -> Message:
    """Return the words of a post: text, quotations, captions, link to the full story.

    Args:
        document: The page.
        content: The element that holds the message.
        drop: What of the engine's own furniture inside messages is no text.
        quote: Which elements repeat somebody else.
    """
    captions: list[Caption | None] = []
    quoted: list[str] = []

    def decide(element: Element) -> Kind | None:
        if quote(element):
            quoted.append(quotation(element))
            return "drop"
        tag = element.tag
        if tag == "figure":
            captions.append(caption_of(document, element))
            return "figure"
        if tag == "img":
            captions.append(picture_caption(document, element))
        return "heading" if tag in HEADINGS else drop(element)

    walked = blocks(content, decide)
    found = _without_signature(walked, 0 if quoted else 1)
    labels = [block for block in found if len(block.text) <= _LONGEST_LABEL]
    links = [block for block in labels if _MORE.match(block.text)]
    furniture = [*links, *(block for block in labels if _HEADS.match(block.text))]
    if quoted:
        furniture += [block for block in labels if _QUOTE_HEAD.match(block.text)]
    words = [block for block in found if block.kind in ("paragraph", "heading") and block not in furniture]
    kept, told = apart_from_captions(words, captions)
    return Message(
        body=tuple(kept),
        quoted=tuple(filter(None, quoted)),
        captions=once(told),
        more=_address(document, links),
    )


def quotation(element: Element) -> str:
    """Return the words of a quotation, without the line that says whom it quotes and without its button."""

    def decide(part: Element) -> Kind | None:
        if part.tag == "cite":
            return "drop"
        if not (told := part.get("class")):
            return None
        names = told.split()
        in_discourse = "title" in names and part.getparent() is element and element.tag == "aside"
        return "drop" if in_discourse or not _CITATION_CLASSES.isdisjoint(names) else None

    texts = [block.text for block in blocks(element, decide)]
    if texts and len(texts[0]) <= _LONGEST_CITATION and _CITES.match(texts[0]):
        del texts[0]
    text = " ".join(texts)
    button = _EXPAND.search(text, max(0, len(text) - _LONGEST_LABEL))
    return text[: button.start()] if button else text


def _without_signature(found: list[Block], least: int) -> list[Block]:
    """Return blocks without the signature, which does not stand among the first ``least``."""
    begun = (at for at in range(least, len(found)) if found[at].text.startswith(_SIGNATURE))
    return found[: next(begun, len(found))]


def topic(
    document: Document, *, title: str, posts: list[Post], site: str, provenance: dict[str, Any], page: int = 1
) -> Article:
    """Return the article of a topic; on a later page of it all posts are replies and there is no body.

    ``published_at`` is the time of the first post on the page.

    Raises:
        LayoutError: There is no title, or no post with words.
    """
    if not title:
        raise LayoutError("the topic has no title", url=document.url, hint=f"tried as {site}")
    posts = [post for post in _distinct(posts) if not _is_withheld(post)]
    if not any(post.body or post.quoted or post.captions for post in posts):
        raise LayoutError("no post with words was found", url=document.url, hint=f"tried as {site}")
    opening, replies = (posts[0], posts[1:]) if page == 1 else (_NOBODY, posts)
    days = [post.id for post in posts if post.day_only and post.id]
    told: dict[str, Any] = {**provenance, "posts": len(posts), "opening": opening.id}
    if page > 1:
        told["topic_page"] = page
    if days:
        told["day_only"] = days
    if posts[0].posted_at:
        told["published_at"] = {"from": "first post", "day_only": posts[0].day_only}
    return Article(
        title=title,
        sections=sections(opening.body),
        site=site,
        byline=(opening.author,) if opening.author else (),
        captions=opening.captions,
        quoted=opening.quoted,
        comments=tuple(_comment(post) for post in replies),
        published_at=posts[0].posted_at,
        modified_at=opening.edited_at,
        origin=_origin(opening.more),
        language=document.root.get("lang"),
        provenance=told,
    )


def _comment(post: Post) -> Comment:
    return Comment(
        id=post.id,
        author=post.author,
        text=joined([*post.body, *(_caption_block(c) for c in post.captions)]),
        quoted=post.quoted,
        posted_at=post.posted_at,
        edited_at=post.edited_at,
        parent=post.parent,
    )


def _caption_block(caption: Caption) -> Block:
    return Block("paragraph", caption.text, None)


def _distinct(posts: list[Post]) -> list[Post]:
    """Return posts without the copies that pinned and "best answer" boxes show a second time.

    A copy has the number of a post, or none and its author, time and words.
    """
    has_unnumbered = any(not post.id for post in posts)
    numbered = {_said(post) for post in posts if post.id and has_unnumbered}
    seen: set[object] = set()
    kept = []
    for post in posts:
        mark = post.id or _said(post)
        if mark is not None and (mark in seen or (not post.id and mark in numbered)):
            continue
        seen.add(mark)
        kept.append(post)
    return kept


def _is_withheld(post: Post) -> bool:
    begins_long = bool(post.body) and len(post.body[0].text) > _LONGEST_CITATION
    return not begins_long and is_withheld(" ".join(block.text for block in post.body))


def is_withheld(text: str, longest: int = _LONGEST_CITATION) -> bool:
    """Tell whether all that is printed of a post says that it is not shown: it was removed, its author is ignored."""
    return len(text) <= longest and bool(_WITHHELD.search(text.lower()))


def _said(post: Post) -> object:
    """Return who said what when; None where that does not tell two posts apart."""
    words = tuple(block.text for block in post.body)
    return (post.author, post.posted_at, words) if post.posted_at and words else None


def _address(document: Document, links: list[Block]) -> str | None:
    for block in links:
        for anchor in block.element.iter("a") if block.element is not None else ():
            if address := document.join(anchor.get("href")):
                return address
    return None


def _origin(address: str | None) -> Origin | None:
    if not address:
        return None
    host = address.split("/")[2].removeprefix("www.")
    return Origin(host, address)
