"""An unknown page as lines, broken as a browser would break them, each with the share of it that is links."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from lxml import etree

from crawler.sites.blocks import BLOCK_TAGS, HEADINGS, NEVER_TEXT
from crawler.sites.select import Element
from crawler.sites.words import clean, letters_of

#: Scripts that say in one character what others say in two.
DENSE = re.compile(r"[぀-鿿가-힯฀-໿က-႟ក-៿]")


class Line(NamedTuple):
    """A line as a browser would break it, the block that holds it, and the share of it that is links."""

    text: str
    element: Element
    links: float
    heading: bool
    key: str


def lines(root: Element, left_out: Collection[Element] = ()) -> list[Line]:
    """Return the lines of a page in order."""
    return list(_lines(root, left_out))


def _lines(root: Element, left_out: Collection[Element]) -> Iterator[Line]:
    words: list[str] = []
    boxes = [root]
    linked = depth = 0
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        starts = event == "start"
        if tag in BLOCK_TAGS or tag == "br":
            if text := clean("".join(words)):
                yield _line(text, boxes[-1], linked)
            words.clear()
            linked = 0
        if tag in BLOCK_TAGS:
            boxes.append(element) if starts else boxes.pop()
        if tag == "a":
            depth += 1 if starts else -1
        if starts and (tag in NEVER_TEXT or element in left_out):
            walker.skip_subtree()
            continue
        said = element.text if starts else element.tail
        if said and element is not root:
            words.append(said)
            linked += len(letters_of(said)) if depth > 0 else 0
    if text := clean("".join(words)):
        yield _line(text, root, linked)


def _line(text: str, box: Element, linked: int) -> Line:
    key = letters_of(text)
    return Line(text, box, linked / max(1, len(key)), box.tag in HEADINGS, key)


def upwards(element: Element) -> Iterator[Element]:
    """Yield an element and those around it, from the inside."""
    yield element
    yield from element.iterancestors()
