"""Read an article from plain text: our own print, or a page that a browser saved as text.

Nine renderings of one site alone are known (with a toolbar, with the picture's
file name before the caption, with the day above the body, with single line
breaks between paragraphs, hard-wrapped …).  What each line was taken for can
be kept, so that a person can see what was read past.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from state.article import Article, Caption, Section, tidy
from state.errors import InputError
from state.text.comments import EASTERN, load_comments
from state.text.lines import (
    Line,
    Slot,
    chrome_name,
    comment_count,
    ends_sentence,
    is_credit,
    is_heading,
    printed_day,
    read_line,
    reading,
)

_BREAKS = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_CRAWLER_PREFIX = re.compile(r"^\s*date \d{4}-\d{2}(?:-\d{2})?\s+")
_IMAGE_NAME = re.compile(r"^\S{3,80}\.(?:jpe?g|png|gif|webp)\b\s*", re.IGNORECASE)
_MOST_TITLE_WORDS = 40

Block = list[Line]


@dataclass(slots=True)
class _Draft:
    """What has been read so far."""

    keep_lines: bool
    title: str = ""
    subtitle: str | None = None
    day: tuple[int, int, int] | None = None
    attribution: str | None = None
    captions: list[Caption] = field(default_factory=list)
    quoted: list[str] = field(default_factory=list)
    sections: list[tuple[str | None, list[str]]] = field(default_factory=lambda: [(None, [])])
    taken: list[list[str]] = field(default_factory=list)

    def note(self, line: str, taken_for: str) -> None:
        if self.keep_lines:
            self.taken.append([line, taken_for])


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
    draft = _Draft(keep_lines)
    body, after, stated = _split_comments(rows)
    blocks = _blocks(body, draft)
    if not any(blocks):
        raise InputError("the text holds no article", hint="is the file empty, or only page furniture?")
    _read_body(_read_head(blocks, draft), draft)
    comments = load_comments(after)
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
        attribution=draft.attribution,
        quoted=tuple(draft.quoted),
        comments=comments,
        published_at=_end_of_day(draft.day),
        provenance=provenance,
    )


def _split_comments(rows: list[str]) -> tuple[list[str], list[str], int | None]:
    for number, row in enumerate(rows):
        line = read_line(row)
        stated = comment_count(line.text)
        if stated is not None and not line.denied:
            return rows[:number], rows[number + 1 :], stated
    return rows, [], None


def _blocks(rows: list[str], draft: _Draft) -> list[Block]:
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


def _is_chrome(line: Line) -> bool:
    return not line.denied and chrome_name(line.text) is not None


def _read_head(blocks: list[Block], draft: _Draft) -> list[Block]:
    """Read title, subtitle, day and captions; return the blocks of the body."""
    while blocks and all(_is_chrome(line) for line in blocks[0]):
        _drop_chrome(blocks.pop(0), draft)
    if not blocks:
        return []
    first = [line for line in blocks[0] if not _is_chrome(line)]
    if len(first[0].text.split()) > _MOST_TITLE_WORDS:  # saved without its headline
        return blocks
    draft.title = first[0].text
    draft.note(draft.title, "title")
    rest = _after_title(first[1:], draft)
    blocks = blocks[1:]
    if rest:
        return [rest, *blocks]
    while blocks and all(_is_chrome(line) for line in blocks[0]):
        _drop_chrome(blocks.pop(0), draft)
    return _read_header_block(blocks, draft) if blocks else []


def _after_title(lines: Block, draft: _Draft) -> Block:
    """Take a dek or a day that follows the title without a blank line."""
    while lines and (day := printed_day(lines[0].text)):
        draft.day = day
        draft.note(lines[0].text, "date")
        lines = lines[1:]
    if len(lines) == 1:
        draft.subtitle = lines[0].text
        draft.note(lines[0].text, "subtitle")
        return []
    return lines


def _read_header_block(blocks: list[Block], draft: _Draft) -> list[Block]:
    block = blocks[0]
    bar = next((n for n, line in enumerate(block) if _is_chrome(line)), None)
    if bar is not None:
        _drop_chrome(block, draft)
        before = block[:bar]
        after = [line for line in block[bar:] if not _is_chrome(line)]
        if before:
            draft.subtitle = " ".join(line.text for line in before)
            draft.note(draft.subtitle, "subtitle")
        captions, left = _saved_captions(after)
        _add_captions(captions, draft)
        return [left, *blocks[1:]] if left else blocks[1:]
    if printed_day(block[0].text) and not block[0].denied:
        draft.day = printed_day(block[0].text)
        draft.note(block[0].text, "date")
        captions, left = _saved_captions(block[1:])
        _add_captions(captions, draft)
        return [left, *blocks[1:]] if left else blocks[1:]
    if len(block) == 1:
        return _read_single(block[0], blocks, draft)
    if (pairs := _pairs(block)) is not None:
        odd = len(block) % 2
        if odd:
            draft.subtitle = block[0].text
            draft.note(draft.subtitle, "subtitle")
        _add_captions(pairs, draft)
        return blocks[1:]
    return blocks


def _read_single(line: Line, blocks: list[Block], draft: _Draft) -> list[Block]:
    if _IMAGE_NAME.match(line.text) and not line.denied:
        _add_captions([Caption(_IMAGE_NAME.sub("", line.text))], draft)
        return blocks[1:]
    if reading(line, "header") == "subtitle":
        draft.subtitle = line.text
        draft.note(line.text, "subtitle")
        return blocks[1:]
    if reading(line, "header") == "heading":
        _start_section(line.text, draft)
        return blocks[1:]
    return [[Line(line.text, _as_paragraph(line.text))], *blocks[1:]] if line.denied else blocks


def _as_paragraph(text: str) -> int:
    """Return how often a body line must be denied to be read as a paragraph."""
    probe = 0
    while reading(Line(text, probe), "body") != "paragraph":
        probe += 1
    return probe


def _pairs(block: Block) -> list[Caption] | None:
    """Read our own caption block: caption and credit, or the caption twice; None if it is no such block."""
    lines = block[len(block) % 2 :]
    captions = []
    for caption, credit in zip(lines[::2], lines[1::2], strict=True):
        if caption.text == credit.text:
            captions.append(Caption(caption.text))
        elif credit.denied or is_credit(credit.text):
            captions.append(Caption(_IMAGE_NAME.sub("", caption.text) or caption.text, credit.text))
        else:
            return None
    return captions


def _saved_captions(lines: Block) -> tuple[list[Caption], Block]:
    """Read captions as browsers save them: often twice, the second time sometimes with the credit glued on."""
    captions: list[Caption] = []
    while lines:
        text = _IMAGE_NAME.sub("", lines[0].text) or lines[0].text
        lines = lines[1:]
        credit = None
        if lines and lines[0].text == text:
            lines = lines[1:]
        elif (
            lines and lines[0].text.startswith(text) and is_credit(lines[0].text[len(text) :].strip() or "…")
        ):
            credit = lines[0].text[len(text) :].strip()
            lines = lines[1:]
        elif captions:
            return captions, [Line(text), *lines]
        if credit is None and lines and is_credit(lines[0].text):
            credit = lines[0].text
            lines = lines[1:]
        captions.append(Caption(text, credit))
    return captions, []


def _add_captions(captions: list[Caption], draft: _Draft) -> None:
    for caption in captions:
        if caption not in draft.captions:
            draft.captions.append(caption)
        draft.note(caption.text, "caption")
        if caption.credit:
            draft.note(caption.credit, "credit")


def _drop_chrome(block: Block, draft: _Draft) -> None:
    for line in block:
        if _is_chrome(line):
            draft.note(line.text, f"page furniture: {chrome_name(line.text)}")


def _read_body(blocks: list[Block], draft: _Draft) -> None:
    lines: Block = []
    for block in blocks:
        _drop_chrome(block, draft)
        lines += _take_doubled([line for line in block if not _is_chrome(line)], draft)
    for number, line in enumerate(lines):
        _read_body_line(line, "last" if number == len(lines) - 1 else "body", draft)


def _take_doubled(block: Block, draft: _Draft) -> Block:
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
            _add_captions([Caption(line.text, credit)], draft)
        else:
            kept.append(line)
            index += 1
    return kept


def _read_body_line(line: Line, slot: Slot, draft: _Draft) -> None:
    taken = reading(line, slot)
    if taken == "attribution":
        draft.attribution = line.text
    elif taken == "quotation":
        draft.quoted.append(tidy(line.text.removeprefix("> ")))
    elif taken == "heading" and not (is_heading(line.text) and slot == "last"):
        _start_section(line.text, draft)
        return
    elif taken != "chrome":
        draft.sections[-1][1].append(line.text)
    draft.note(line.text, taken)


def _start_section(heading: str, draft: _Draft) -> None:
    draft.sections.append((heading, []))
    draft.note(heading, "heading")


def _end_of_day(day: tuple[int, int, int] | None) -> datetime | None:
    if day is None:
        return None
    try:
        return datetime(*day, 23, 59, 59, tzinfo=EASTERN).astimezone(UTC)
    except ValueError:
        return None
