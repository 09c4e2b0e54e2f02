"""Readers' comments that no class names: what repeats below a label such as "Comments (2)", in any language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice, takewhile

from crawler.sites.blocks import blocks, line
from crawler.sites.comment_parts import is_button, record
from crawler.sites.comments import Comments
from crawler.sites.dates import parse_date
from crawler.sites.select import Element
from crawler.sites.tree import Document, language_of
from state.article import Comment

_WORDS = (
    r"(?:(?:readers?|users?|latest|all)\W{0,2}\s?)?(?:comments?|reactions?|responses?|opinions?)(?: from readers)?|"
    r"réactions?|commentaires?|comentarios?|comentários?|(?:leser)?kommentare?|commenti|reacties|komentar(?:ze)?|yorum(?:lar)?|"
    r"комментари[ийев]{1,2}|коментар[іиів]{1,2}|bình luận|ý kiến(?: bạn đọc)?|ความคิดเห็น|មតិ(?:យោបល់)?|មតិ​យោបល់|မှတ်ချက်(?:များ)?|"
    r"ຄວາມ(?:ຄິດ)?ເຫັນ|བསམ་འཆར|评论|評論|留言|网友评论|コメント|댓글|التعليقات|تعليقات|نظرات|دیدگاه‌?ها|মন্তব্য|تبصرے|टिप्पणिया[ँं]|ئىنكاس"
)
_LABEL = re.compile(rf"^\W*(?:\(?\d{{1,6}}\)?\s+)?(?:{_WORDS})\W*(?:\d{{1,6}})?\W*$", re.IGNORECASE)
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:binh-?luan|y-?kien|yorum(?:lar)?|reacties|reactions?|talkbacks?|komentar(?:ze)?|opini(?:e|ones)|feedbacks?|"
    r"replies|responses)(?=$|[\s_-])",
    re.IGNORECASE,
)
_LABELS = (
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "b",
    "strong",
    "legend",
    "summary",
    "p",
    "div",
    "span",
    "dt",
    "caption",
)
_BOXES = ("div", "section", "ul", "ol", "aside", "table", "dl")
_ITEMS = frozenset(("div", "li", "article", "section", "tr", "blockquote", "dd", "p", "table"))
_LONGEST_LABEL = 40
_LONGEST_HEAD = 70
#: A paragraph as long as this below a label is the article's, and so is the label.
_PROSE = 120
#: A list with more of its words in links leads to other stories.
_LINKED = 0.4
#: What stands between a name and the words of a comment.
_SAYS = re.compile(
    r"^\W*(?:says|said|wrote|sagt|schreibt|schrieb|dit|dice|disse|пишет)?\s*:\s*\n+", re.IGNORECASE
)
#: How far below and around a label the list of comments stands, and how many lists and comments are looked at.
_UP, _NEAR, _BESIDE, _DOWN, _MOST_LISTS, _MOST = 3, 20, 4, 4, 8, 20_000


def labelled_comments(document: Document, now: datetime) -> Comments | None:
    """Return the comments below a page's label for them, None if there is none or what follows is no comments.

    Each must have words, and an author or a date; most of what repeats there must be such.
    """
    headline = next(document.root.iter("h1"), None)
    for box in islice(_lists(document, headline), _MOST_LISTS):
        if headline is not None and headline in box.iterdescendants():
            continue
        for items in _kinds(box):
            found = [told for item in items if _is_written(item) and (told := _record(item, now))]
            if found and 2 * len(found) > len(items) and (len(items) > 1 or found[0].posted_at):
                return Comments(tuple(found), (box,), "label")
        if _is_written(box) and (plain := _by_heads(box, now)):
            return Comments(plain, (box,), "label")
    return None


def _record(item: Element, now: datetime) -> Comment | None:
    told = record(item, set(), now, None)
    if told is None or not (told.posted_at or told.author):
        return None
    return replace(told, text=_SAYS.sub("", told.text)) if _SAYS.sub("", told.text) else None


def _is_written(box: Element) -> bool:
    """Tell whether a box holds words of readers: no form to fill in, and more than links."""
    if next(box.iter("textarea", "input", "select"), None) is not None:
        return False
    linked = sum(len(line(link)) for link in islice(box.iter("a"), _MOST))
    return linked < _LINKED * len(line(box))


def _by_heads(box: Element, now: datetime) -> tuple[Comment, ...]:
    """Read comments whose words follow a line with name and date, or a name's and a date's line."""
    told = [block.text for block in islice(blocks(box), _MOST) if not is_button(block)]
    heads: list[tuple[int, int, str, datetime]] = []
    for number, text in enumerate(told):
        name, _, rest = text.partition(",") if "," in text else ("", "", text)
        when = parse_date(rest, now=now, language=language_of(box)) if len(text) <= _LONGEST_HEAD else None
        above = told[number - 1] if number and not name else ""
        if when and 0 < len(name or above) <= _LONGEST_LABEL:
            heads.append((number - (not name), number + 1, name or above, when.at))
    if not heads or heads[0][0] != 0:
        return ()
    ends = [*(head[0] for head in heads[1:]), len(told)]
    found = [
        Comment(author=name.strip(), text="\n\n".join(told[begins:end]), posted_at=at)
        for (_, begins, name, at), end in zip(heads, ends, strict=True)
    ]
    return tuple(found) if all(comment.text for comment in found) else ()


def _lists(document: Document, headline: Element | None) -> Iterator[Element]:
    """Yield what stands below a label, or is named as one."""
    below = headline is None
    for element in document.root.iter("h1", *_LABELS, *_BOXES):
        below = below or element is headline
        if not below:
            continue
        if element.tag in _BOXES and _NAMED.search(f"{element.get('id') or ''} {element.get('class') or ''}"):
            yield element
        if element.tag in _LABELS and len(element) <= 3 and _is_label(element):
            yield from _following(element)


def _is_label(element: Element) -> bool:
    words = islice(element.itertext(), 8)
    if sum(len(str(part)) for part in words) > 2 * _LONGEST_LABEL:
        return False
    text = line(element)
    return len(text) <= _LONGEST_LABEL and bool(_LABEL.match(text))


def _following(label: Element) -> Iterator[Element]:
    """Yield the elements after a label, or after the boxes in which it stands alone."""
    for above in islice((label, *label.iterancestors()), _UP):
        if above.tag in ("body", "main", "article"):
            return
        near = islice((part for part in islice(above.itersiblings(), _NEAR) if line(part)), _BESIDE)
        beside = list(takewhile(lambda part: part.tag in _BOXES or len(line(part)) < _PROSE, near))
        beside = [part for part in beside if part.tag in _BOXES]
        yield from beside
        if beside:
            return


def _kinds(box: Element) -> Iterator[list[Element]]:
    """Yield the elements of one kind that a list consists of: those beside one another first, then what stands alone."""
    alone: list[list[Element]] = []
    for _ in range(_DOWN):
        parts = [part for part in box if part.tag in _ITEMS and line(part)]
        inner = next((part for part in box if part.tag in ("tbody", "ul", "ol", "dl")), None)
        if len(parts) > 1:
            kind, _count = Counter(part.tag for part in parts).most_common(1)[0]
            yield [part for part in parts if part.tag == kind][:_MOST]
            break
        if parts:
            alone.append(parts)
        box = parts[0] if parts else inner if inner is not None else box
    yield from alone
