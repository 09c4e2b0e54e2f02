"""The words under pictures: figcaption, else the alternative text, each once, with its credit."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree
from lxml.html import HtmlElement

from crawler.sites.blocks import Block, line
from crawler.sites.tree import Document, class_path, first
from crawler.sites.words import clean, is_file_name, same_words
from state.article import Caption

_IMAGE = etree.XPath(".//img")
_CAPTION = etree.XPath(
    f".//figcaption | .//*[{class_path('image-caption', 'wp-caption-text', 'caption', 'ipsImage_caption')}]"
)
_CREDIT = etree.XPath(
    './/*[contains(@class,"credit") or contains(@class,"copyright") or contains(@class,"photographer") or '
    'contains(@class,"attribution") or @itemprop="copyrightHolder"]'
)
_SPAN = etree.XPath("./span | ./em | ./cite | ./small")
_AROUND = re.compile(r"^[(（\[](.+)[)）\]]$|^$")
_LAZY = ("data-src", "data-original", "data-lazy-src", "src")


def caption_of(document: Document, figure: HtmlElement) -> Caption | None:
    """Return what a figure (or another box around a picture) says, None if it says nothing.

    A credit is what stands in an element of its own class, or the last span of a
    caption whose other words are the picture's alternative text.
    """
    image = first(_IMAGE(figure)) if figure.tag != "img" else figure
    alternative = _alternative(image)
    box = _words_box(figure)
    credit_box = first(_CREDIT(figure))
    credit = _bare(line(credit_box)) if credit_box is not None else ""
    text = line(box) if box is not None else ""
    if box is not None and credit and credit_box is not None and box in credit_box.iterancestors():
        text = _without(text, line(credit_box))
    elif box is not None and not credit and alternative:
        text, credit = _credit_beside(box, text, alternative)
    if not text:
        text = alternative
    text, credit = text or credit, credit if text else ""
    return Caption(text, credit or None, image_address(document, image)) if text else None


def picture_caption(document: Document, image: HtmlElement) -> Caption | None:
    """Return what the alternative text of a picture in the text says, None if it is a label or a file name."""
    found = caption_of(document, image)
    words = found.text.split() if found else []
    telling = len(words) >= 4 or any(len(word) >= 12 and not word.isascii() for word in words)
    return found if telling else None


def apart_from_captions(
    found: Iterable[Block], captions: Iterable[Caption | None]
) -> tuple[list[Block], list[Caption]]:
    """Return blocks without those that repeat a caption, and all captions.

    A line printed twice, one directly below the other, is a caption too: so
    pages paste the alternative text of a picture and the words under it.
    """
    kept: list[Block] = []
    told = [caption for caption in captions if caption]
    texts = {caption.text for caption in told}
    for block in found:
        if block.text in texts and block.kind == "paragraph":
            continue
        if (
            kept
            and kept[-1].text == block.text
            and block.kind == kept[-1].kind == "paragraph"
            and len(block.text) >= 20
        ):
            kept.pop()
            told.append(Caption(block.text))
            texts.add(block.text)
        else:
            kept.append(block)
    return kept, told


def image_address(document: Document, image: HtmlElement | None) -> str | None:
    """Return a picture's absolute address; lazy ones have it beside ``src``."""
    if image is None:
        return None
    for name in _LAZY:
        if (address := image.get(name)) and not address.startswith("data:"):
            return document.join(address)
    return None


def once(captions: Iterable[Caption | None]) -> tuple[Caption, ...]:
    """Return captions without repetitions: the same picture is often shown as teaser and in the text."""
    kept: list[Caption] = []
    for caption in captions:
        if caption and not any(same_words(caption.text, other.text) for other in kept):
            kept.append(caption)
    return tuple(kept)


def _bare(credit: str) -> str:
    """Return a credit without the brackets or the word before it that the page's style adds."""
    found = _AROUND.match(credit)
    return clean(found.group(1)) if found else credit


def _words_box(figure: HtmlElement) -> HtmlElement | None:
    boxes = _CAPTION(figure)
    inner = [
        box for box in boxes if not any(other in box.iterdescendants() and line(other) for other in boxes)
    ]
    with_words = [box for box in inner if line(box)]
    outer = first([box for box in boxes if box.tag == "figcaption" and line(box)])
    return outer if outer is not None else first(with_words)


def _alternative(image: HtmlElement | None) -> str:
    if image is None:
        return ""
    for name in ("alt", "title"):
        text = clean(image.get(name) or "")
        if text and not is_file_name(text):
            return text
    return ""


def _without(text: str, credit: str) -> str:
    kept = text.removesuffix(credit) if text.endswith(credit) else text.replace(credit, "", 1)
    return clean(kept).rstrip(" |·–-") if kept != text else text


def _credit_beside(box: HtmlElement, text: str, alternative: str) -> tuple[str, str]:
    spans = [span for span in _SPAN(box) if line(span)]
    if spans and (credit := line(spans[-1])) and text.endswith(credit):
        rest = _without(text, credit)
        if rest and same_words(rest, alternative):
            return rest, credit
    if text != alternative and text.startswith(alternative) and len(text) - len(alternative) < 80:
        rest = clean(text[len(alternative) :])
        return (alternative, rest) if rest[:1].isalnum() else (text, "")
    return text, ""
