"""The pictures of an unknown page that have words under them, in a figure or in an older system's box."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from crawler.sites.blocks import line
from crawler.sites.captions import caption_of, image_address, once
from crawler.sites.select import Element
from crawler.sites.tree import Document
from state.article import Caption

_ELSEWHERE = re.compile(
    r"related|teaser|recirc|sidebar|promo|\bcard|widget|most-?read|newsletter|media-block", re.IGNORECASE
)
#: Words under a picture that stands in no figure element: what older content systems print.
_CAPTION_WORDS = (
    "p.wp-caption-text, dd.wp-caption-dd, dd.gallery-caption, div.caption, p.caption, span.caption, div.image-caption, "
    "p.image-caption, span.image-caption, div.photo-caption, p.photo-caption, div.img-caption, p.imgcaption, td.tr-caption"
)
_CAPTION_CLASSES = frozenset(part.strip().partition(".")[2] for part in _CAPTION_WORDS.split(","))
_MOST_PICTURES = 500
_LONGEST_CAPTION = 1500


def pictures(document: Document) -> tuple[tuple[Caption, ...], set[Element]]:
    """Return the captions of an article's pictures, and the elements that hold them and are no part of its text."""
    figures = _figures(document)
    return once(_told_caption(document, figure) for figure in figures), _caption_words(figures)


def _figures(document: Document) -> list[Element]:
    """Return the pictures with words under them that belong to the article, not to a list of others."""
    found = [
        figure
        for figure in document.root.iter("figure")
        if figure.find(".//figcaption") is not None and figure.find(".//figure") is None
    ]
    for words in document.select(_CAPTION_WORDS)[:_MOST_PICTURES]:
        near = islice(words.iterancestors("div", "span", "dl", "p", "table"), 2)
        box = next((above for above in near if above.find(".//img") is not None), None)
        if box is not None:
            found.append(box)
    return [figure for figure in dict.fromkeys(found) if not any(map(_is_elsewhere, figure.iterancestors()))][
        :_MOST_PICTURES
    ]


def _told_caption(document: Document, box: Element) -> Caption | None:
    found = caption_of(document, box)
    if box.tag == "table":
        words = next((cell for cell in box.iter("td") if "tr-caption" in (cell.get("class") or "")), box)
        found = Caption(line(words), None, image_address(document, next(box.iter("img"), None)))
    return found if found and 0 < len(found.text) <= _LONGEST_CAPTION else None


def _caption_words(figures: Iterable[Element]) -> set[Element]:
    """Return the elements that hold captions, which are told apart from the text."""
    return {
        part
        for figure in figures
        for part in figure.iterdescendants()
        if part.tag == "figcaption" or not _CAPTION_CLASSES.isdisjoint((part.get("class") or "").split())
    }


def _is_elsewhere(element: Element) -> bool:
    told = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.tag in ("nav", "aside", "footer") or (
        element.tag != "body" and bool(_ELSEWHERE.search(told))
    )
