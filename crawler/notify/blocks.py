"""A message as lines that know how dear they are: made to fit, then written as text or as HTML.

What does not fit is cut in a fixed order: other outlets, second quotes,
explanation, then the quote itself; the headline, the address and the id stay
whatever happens.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from html import escape

from crawler.notify.plain import is_rtl
from crawler.notify.quote import Range

#: Fewer than 900 code points, so that a message passes whole through all but the shortest services.
LIMIT = 899


class Worth(IntEnum):
    """In which order lines go when a message is too long: the lowest first."""

    OTHERS = 1
    SECOND_QUOTE = 2
    EXPLANATION = 3
    OLD_QUOTE = 4
    QUOTE = 5
    FACTS = 6
    KEPT = 9


@dataclass(frozen=True, slots=True)
class Block:
    """One line, or a blank one.

    ``shrink`` gives the line again within a number of code points, or None if
    it cannot; without it the line is kept or dropped whole.  ``marked`` are the
    ranges of ``text`` that matched, ``url`` an address the line consists of or
    contains.
    """

    text: str
    worth: Worth = Worth.KEPT
    style: str = "line"
    marked: tuple[Range, ...] = ()
    url: str | None = None
    shrink: Callable[[int], Block | None] | None = None


BLANK = Block("")


def text_of(blocks: Sequence[Block]) -> str:
    """Return the plain text, the master of every rendering."""
    return "\n".join(block.text for block in blocks)


def fit(blocks: Sequence[Block], limit: int = LIMIT) -> list[Block]:
    """Return the blocks that fit into ``limit`` code points.

    If what must be kept alone is longer, that is what comes back.
    """
    left = list(blocks)
    for worth in sorted(worth for worth in Worth if worth < Worth.KEPT):
        for index in _last_first(left, worth):
            over = len(text_of(left)) - limit
            if over <= 0:
                return left
            block = left[index]
            shorter = block.shrink(len(block.text) - over) if block.shrink else None
            if shorter is None:
                del left[index]
            else:
                left[index] = shorter
    return left


def _last_first(blocks: Sequence[Block], worth: Worth) -> list[int]:
    return [index for index in range(len(blocks) - 1, -1, -1) if blocks[index].worth == worth]


def html_of(blocks: Sequence[Block]) -> str:
    """Return the same message for mail: everything escaped, matched words marked, right-to-left kept.

    No image, no remote style, no script: opening the mail asks nobody for anything.
    """
    lines = [_html_line(block) for block in blocks if block.text]
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"></head>'
        '<body style="font-family:sans-serif;font-size:15px;line-height:1.5">'
        + "".join(lines)
        + "</body></html>"
    )


_STYLES = {
    "lead": "margin:0 0 4px;font-weight:bold",
    "headline": "margin:12px 0 2px;font-size:17px;font-weight:bold",
    "quote": "margin:6px 0;padding-left:10px;border-left:3px solid #888",
    "id": "margin:10px 0 0;color:#555;font-family:monospace",
    "line": "margin:0 0 2px",
}


def _html_line(block: Block) -> str:
    direction = ' dir="rtl"' if is_rtl(block.text) else ""
    style = _STYLES.get(block.style, _STYLES["line"])
    return f'<p{direction} style="{style}">{_marked(block)}</p>'


def _marked(block: Block) -> str:
    if block.url and block.url in block.text and block.url.startswith(("https://", "http://")):
        before, after = block.text.split(block.url, 1)
        address = escape(block.url, quote=True)
        return f'{escape(before)}<a href="{address}" rel="noreferrer">{address}</a>{escape(after)}'
    out, at = [], 0
    for start, end in sorted(block.marked):
        if at <= start < end <= len(block.text):
            out += [escape(block.text[at:start]), "<mark>", escape(block.text[start:end]), "</mark>"]
            at = end
    return "".join([*out, escape(block.text[at:])])


def with_ranges(block: Block, words: Sequence[str]) -> Block:
    """Return the block with every occurrence of these words marked."""
    found: list[Range] = []
    for word in words:
        start = block.text.find(word) if word else -1
        if start >= 0:
            found.append((start, start + len(word)))
    return replace(block, marked=tuple(_apart(found)))


def _apart(ranges: Sequence[Range]) -> list[Range]:
    kept: list[Range] = []
    for start, end in sorted(ranges):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept
