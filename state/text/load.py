"""Read an article from plain text: our own print, or a page that a browser saved as text.

Nine renderings of one site alone are known (with a toolbar, with the picture's
file name before the caption, with the day above the body, with single line
breaks between paragraphs, hard-wrapped …).  What each line was taken for can
be kept, so that a person can see what was read past.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from state.article import Article, Caption, Comment, Origin, Section, tidy, tidy_lines
from state.errors import InputError
from state.text.comments import EASTERN, load_comments
from state.text.draft import Block, Draft
from state.text.head import drop_chrome, is_chrome, read_head
from state.text.lines import (
    Line,
    Slot,
    comment_count,
    ends_sentence,
    is_attribution,
    is_credit,
    is_heading,
    read_line,
    reading,
)
from state.text.posts import Posts, split_posts

_BREAKS = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_CRAWLER_PREFIX = re.compile(r"^\s*date \d{4}-\d{2}(?:-\d{2})?\s+")
_RELATED = re.compile(
    r"related (?:stories|articles|news|coverage)|read also|see also:?|相关(?:新闻|报道)|相關(?:新聞|報導)|延伸阅读|延伸閱讀|"
    r"Tin liên quan|អត្ថបទទាក់ទង|"
    r"ဆက်စပ်သတင်းများ|ข่าวที่เกี่ยวข้อง|ຂ່າວທີ່ກ່ຽວຂ້ອງ|관련 기사|関連記事|مواضيع ذات صلة|مطالب مرتبط",
    re.IGNORECASE,
)
_MOST_RELATED = 6
_COPY_OF = re.compile(
    r"permission of Radio Free Asia|Copyright © ?[\d–-]{4,9},? (?:RFA|Radio Free Asia)", re.IGNORECASE
)


def load(
    text: str, *, url: str | None = None, source: str | None = None, keep_lines: bool = False
) -> Article:
    """Return the article of a text, page furniture read past.

    Args:
        text: The whole file; any line ends.
        url: Where the page came from, if known.
        source: Name of the source it belongs to, if any.
        keep_lines: Keep under ``provenance["lines"]`` what each line was taken for.

    Raises:
        InputError: There is no text.
    """
    rows = _BREAKS.split(_CRAWLER_PREFIX.sub("", text.removeprefix("\ufeff")))
    draft = Draft(keep_lines)
    body, comments, stated = _split_comments(rows, draft)
    blocks = _without_related(_blocks(body), draft)
    if not any(blocks):
        raise InputError("the text holds no article", hint="is the file empty, or only page furniture?")
    _read_body(read_head(blocks, draft), draft)
    provenance: dict[str, Any] = {"body": "text"}
    if stated is not None and stated != len(comments):
        provenance["comments_stated"] = stated
    if keep_lines:
        provenance["lines"] = draft.taken
    if draft.day:
        provenance["published_at"] = "printed day, its end"
    return Article(
        title=draft.title,
        sections=tuple(
            Section(heading, tuple(texts)) for heading, texts in draft.sections if heading or texts
        ),
        url=url,
        source=source,
        subtitle=draft.subtitle,
        captions=tuple(draft.captions),
        byline=draft.byline,
        dateline=draft.dateline,
        attribution=draft.attribution,
        quoted=tuple(draft.quoted),
        comments=comments,
        published_at=_end_of_day(draft.day),
        origin=Origin(draft.publisher) if draft.publisher else None,
        provenance=provenance,
    )


def _split_comments(rows: list[str], draft: Draft) -> tuple[list[str], tuple[Comment, ...], int | None]:
    """Part the rows of the article from what readers wrote under it."""
    for number, row in enumerate(rows):
        line = read_line(row)
        stated = comment_count(line.text)
        if stated is not None and not line.denied:
            draft.note(line.text, "comments")
            after = rows[number + 1 :]
            for below in (read_line(row) for row in after):
                if below.text:
                    draft.note(below.text, _comment_line(below))
            posts = split_posts(after)
            return rows[:number], _all_posts(posts) if posts else load_comments(after), stated
    posts = split_posts(rows)
    if posts is None:
        return rows, (), None
    if posts.author:
        draft.byline = (posts.author,)
    for reply in posts.replies:
        draft.note(f"{reply.author or '(no name)'}: {reply.text[:60]}", "reply")
    return posts.opening, posts.replies, None


def _comment_line(line: Line) -> str:
    return "page furniture" if is_chrome(line) else "comment"


def _all_posts(posts: Posts) -> tuple[Comment, ...]:
    """Return every post of a block of comments: its first is a comment too."""
    said = tidy_lines("\n".join(posts.opening))
    first = (Comment(author=posts.author, text=said),) if said else ()
    return (*first, *posts.replies)


def _blocks(rows: list[str]) -> list[Block]:
    """Group lines between blank ones; chrome stays in, to tell where captions begin."""
    blocks: list[Block] = [[]]
    for row in rows:
        line = read_line(row)
        if line.text:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    kept = [block for block in blocks if block]
    return [_unwrap(block) for block in kept] if _is_hard_wrapped(kept) else kept


def _is_hard_wrapped(blocks: list[Block]) -> bool:
    """Tell whether lines were broken at about 60 to 100 columns in mid-sentence."""
    inner = [line for block in blocks for line in block[:-1] if len(block) > 2]
    if len(inner) < 6:
        return False
    full = [line for line in inner if 55 <= len(line.text) <= 100]
    return len(full) >= 0.8 * len(inner) and sum(ends_sentence(line.text) for line in full) < 0.4 * len(full)


def _unwrap(block: Block) -> Block:
    return [Line(" ".join(line.text for line in block), block[0].denied)]


def _read_body(blocks: list[Block], draft: Draft) -> None:
    lines: Block = []
    for block in blocks:
        lines += _take_doubled(drop_chrome(block, draft), draft)
    lines, credits = _tail(lines)
    for number, line in enumerate(lines):
        _read_body_line(line, "last" if number == len(lines) - 1 and not credits else "body", draft)
    if credits:
        draft.attribution = " ".join(line.text for line in credits)
        draft.note(draft.attribution, "attribution")
    if draft.attribution and draft.publisher is None and _COPY_OF.search(draft.attribution):
        draft.publisher = "Radio Free Asia"


def _tail(lines: Block) -> tuple[Block, Block]:
    """Part several lines of attribution from the end of the text; one alone is left where it stands."""
    at = len(lines)
    while at > 1 and not lines[at - 1].denied and is_attribution(lines[at - 1].text):
        at -= 1
    return (lines[:at], lines[at:]) if len(lines) - at > 1 else (lines, [])


def _without_related(blocks: list[Block], draft: Draft) -> list[Block]:
    """Leave out the headlines under a "RELATED STORIES" inside the text."""
    kept: list[Block] = []
    inside = 0
    for block in blocks:
        left: Block = []
        for line in block:
            if not line.denied and _RELATED.fullmatch(line.text):
                inside = _MOST_RELATED
                left.append(line)  # a line of the page's furniture
            elif inside and _is_headline(line):
                inside -= 1
                draft.note(line.text, "page furniture: related story")
            else:
                inside = 0
                left.append(line)
        kept.append(left)
    return [block for block in kept if block]


def _is_headline(line: Line) -> bool:
    words = len(line.text.split())
    return (
        not line.denied
        and not ends_sentence(line.text)
        and len(line.text) < 140
        and (words >= 4 or (words == 1 and len(line.text) >= 12))
        and not is_attribution(line.text)
    )


def _take_doubled(block: Block, draft: Draft) -> Block:
    """Take captions out of a body block: a line printed twice in a row is one, a short line after it its credit."""
    kept: Block = []
    index = 0
    while index < len(block):
        line = block[index]
        if index + 1 < len(block) and block[index + 1].text == line.text:
            index += 2
            credit = None
            if index < len(block) and is_credit(block[index].text):
                credit = block[index].text
                index += 1
            draft.add_captions([Caption(line.text, credit)])
        else:
            kept.append(line)
            index += 1
    return kept


def _read_body_line(line: Line, slot: Slot, draft: Draft) -> None:
    taken = reading(line, slot)
    if taken == "attribution":
        draft.attribution = line.text
    elif taken == "quotation":
        draft.quoted.append(tidy(line.text.removeprefix("> ")))
    elif taken == "heading" and not (is_heading(line.text) and slot == "last"):
        draft.start_section(line.text)
        return
    elif taken != "chrome":
        draft.sections[-1][1].append(line.text)
    draft.note(line.text, taken)


def _end_of_day(day: tuple[int, int, int] | None) -> datetime | None:
    if day is None:
        return None
    try:
        return datetime(*day, 23, 59, 59, tzinfo=EASTERN).astimezone(UTC)
    except ValueError:
        return None
