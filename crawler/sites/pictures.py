"""The pictures of an unknown page that have words under them, in a figure or in an older system's box."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from crawler.sites.blocks import line
from crawler.sites.captions import caption_of, once
from crawler.sites.select import Element
from crawler.sites.tree import Document
from state.article import Caption

_ELSEWHERE = re.compile(
    r"related|teaser|recirc|sidebar|promo|\bcard|widget|most-?read|newsletter|media-block", re.IGNORECASE
)
#: What the words under a picture are called that stands in no figure element.
_CAPTION = re.compile(
    r"caption(?!s\b)|(?:img|image|photo|pic(?:ture)?|foto)[-_]{0,2}(?:desc(?:r|ription)?|legend|info|text|title)\b|absatzbild__info$|"
    r"^legend$|gallery-caption",
    re.IGNORECASE,
)
_NO_WORDS = re.compile(r"container|wrap|box\b|button|toggle|track|image$|block$", re.IGNORECASE)
_CREDITS = re.compile(r"credit|copyright|attribution", re.IGNORECASE)
_PICTURES = frozenset(("img", "picture", "amp-img"))
_WORDS = ("div", "p", "span", "dd", "td", "em", "small", "cite")
_HOLDERS = ("div", "span", "dl", "p", "table", "figure", "article", "section", "li")
#: What may stand beside the words in the box around a picture.
_BESIDE = 200
_MOST_PICTURES = 500
_HEADLINES = frozenset(("entry-title", "post-title"))
_LONGEST_CAPTION = 1500


def pictures(document: Document) -> tuple[tuple[Caption, ...], set[Element]]:
    """Return the captions of an article's pictures, and the elements that hold them and are no part of its text."""
    boxes = [
        (figure, words)
        for figure, words in (*_figures(document), *_boxes(document))
        if not any(map(_is_elsewhere, figure.iterancestors()))
    ][:_MOST_PICTURES]
    captions = once(_told_caption(document, figure, words) for figure, words in boxes)
    return captions, {part for figure, words in boxes for part in _apart(figure, words)}


def _figures(document: Document) -> Iterator[tuple[Element, None]]:
    for figure in document.root.iter("figure"):
        if figure.find(".//figcaption") is not None and figure.find(".//figure") is None:
            yield figure, None


def _boxes(document: Document) -> Iterator[tuple[Element, Element]]:
    """Yield what holds a picture in older systems, and the element with the words under it."""
    named = (
        part
        for part in document.root.iter(*_WORDS)
        if (told := part.get("class")) and _CAPTION.search(told) and any(map(_names_words, told.split()))
    )
    seen: set[Element] = set()
    for words in islice(named, _MOST_PICTURES):
        if (
            words.tag in ("figcaption", "figure", "img")
            or next(words.iterancestors("figcaption"), None) is not None
        ):
            continue
        near = islice(words.iterancestors(*_HOLDERS), 3)
        box = next((above for above in near if next(above.iter(*_PICTURES), None) is not None), None)
        if box is None or box in seen or not 0 < len(line(words)) <= _LONGEST_CAPTION:
            continue
        if len(line(box)) <= len(line(words)) + _BESIDE:
            seen.add(box)
            yield box, words


def _names_words(name: str) -> bool:
    return bool(_CAPTION.search(name)) and not _NO_WORDS.search(name)


def _told_caption(document: Document, box: Element, words: Element | None) -> Caption | None:
    found = caption_of(document, box, words)
    return found if found and 0 < len(found.text) <= _LONGEST_CAPTION else None


def _apart(figure: Element, words: Element | None) -> Iterator[Element]:
    """Yield the elements of a picture that are told apart from the text: its words and its credit."""
    if words is not None:
        yield words
    for part in figure.iterdescendants():
        told = part.get("class") or ""
        if part.tag == "figcaption" or (words is not None and _CREDITS.search(told)):
            yield part


def _is_elsewhere(element: Element) -> bool:
    """Tell whether a box holds other things than the article: by its name, unless the headline is in it."""
    told = f"{element.get('class') or ''} {element.get('id') or ''}"
    if element.tag in ("nav", "aside", "footer"):
        return True
    return element.tag != "body" and bool(_ELSEWHERE.search(told)) and not _holds_headline(element)


def _holds_headline(element: Element) -> bool:
    return any(
        part.tag == "h1" or not _HEADLINES.isdisjoint((part.get("class") or "").split())
        for part in element.iter("h1", "h2", "h3")
    )
