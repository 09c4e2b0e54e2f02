"""An element → its text in blocks, as a browser would break it.

Inline tags join without a separator: content systems split words over spans
(``今年<span>1</span><span>月</span>``, ``wo<abbr>rk</abbr>s``).  Block tags begin
a new block, ``<br>`` a new line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from crawler.sites.select import Element
from crawler.sites.words import clean
from state.article import Section

#: What a site's parser says of an element: ``None`` walks on into it; every other kind becomes one block.
Kind = Literal["drop", "heading", "figure", "apart"]
Decide = Callable[[Element], Kind | None]

NEVER_TEXT = frozenset(
    "script style noscript template iframe object embed svg math canvas audio video button select textarea "
    "input head title map datalist dialog frameset".split()
)
BLOCK_TAGS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol p pre section summary table tbody td "
    "tfoot th thead tr ul".split()
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


class Block(NamedTuple):
    """One paragraph, heading, quotation … in reading order.

    ``soft`` tells that only a line break stands before it, no new block.
    """

    kind: Literal["paragraph", "heading", "figure", "apart"]
    text: str
    element: Element | None
    soft: bool = False


def blocks(root: Element, decide: Decide | None = None) -> list[Block]:
    """Return the text of ``root`` in blocks; blocks of kind ``figure`` and ``apart`` may be empty."""
    walk = _Walk(decide)
    walk.add(root.text or "")
    element: Element = root
    children: Iterator[Element] = iter(root)
    above: list[tuple[Element, Iterator[Element]]] = []
    while True:
        for child in children:
            if walk.enter(child):
                above.append((element, children))
                element, children = child, iter(child)
                break
            if tail := child.tail:
                walk.add(tail)
        else:
            if not above:
                walk.flush(root)
                return walk.found
            walk.leave(element)
            element, children = above.pop()


class _Walk:
    """The state of one walk: the blocks found, and the words since the last break."""

    __slots__ = ("_decide", "_soft", "_words", "found")

    def __init__(self, decide: Decide | None) -> None:
        self.found: list[Block] = []
        self._decide = decide
        self._words: list[str] = []
        self._soft = False

    def add(self, text: str) -> None:
        """Take note of words."""
        self._words.append(text)

    def flush(self, element: Element, *, soft: bool = False) -> None:
        """End a paragraph; ``soft`` where only a line break ends it."""
        if not self._words:
            self._soft = False
            return
        words = "".join(self._words)
        self._words.clear()
        if text := "" if words.isspace() else clean(words):
            self.found.append(Block("paragraph", text, element, self._soft))
            self._soft = soft
        else:
            self._soft = False

    def enter(self, element: Element) -> bool:
        """Take note of an element; True if what is inside is to be walked."""
        tag = element.tag
        if tag == "br":
            self.flush(element, soft=True)
            return False
        if tag in NEVER_TEXT:
            return False
        is_block = tag in BLOCK_TAGS
        kind = self._decide(element) if self._decide else None
        if is_block or (kind is not None and kind != "drop"):
            self.flush(element)
        if kind == "drop":
            return False
        if kind is not None:
            text = line(element)
            if text or kind != "heading":
                self.found.append(Block(kind, text, element))
            return False
        if words := element.text:
            self._words.append(words)
        if len(element) > 0:
            return True
        if is_block:
            self.flush(element)
        return False

    def leave(self, element: Element) -> None:
        """Take note of a closing tag."""
        if element.tag in BLOCK_TAGS:
            self.flush(element)
        if tail := element.tail:
            self._words.append(tail)


def line(element: Element) -> str:
    """Return an element's words on one line, a space between blocks and lines."""
    if len(element) == 0:
        return clean(element.text or "")
    return clean(" ".join(block.text for block in blocks(element)))


def joined(found: Iterable[Block]) -> str:
    """Return paragraphs as a comment holds them: line breaks kept, an empty line between paragraphs."""
    text = ""
    for block in found:
        text += ("\n" if block.soft else "\n\n") * bool(text) + block.text
    return text


def sections(found: Iterable[Block]) -> tuple[Section, ...]:
    """Return paragraphs under their headings; other kinds of block are left out.

    Headings that nothing follows stay: a live page ends with one.
    """
    return tuple(_sections(found))


def _sections(found: Iterable[Block]) -> Iterator[Section]:
    heading: str | None = None
    paragraphs: list[str] = []
    for block in found:
        if block.kind == "paragraph":
            paragraphs.append(block.text)
        elif block.kind == "heading":
            if heading or paragraphs:
                yield Section(heading, tuple(paragraphs))
            heading, paragraphs = block.text, []
    if heading or paragraphs:
        yield Section(heading, tuple(paragraphs))
