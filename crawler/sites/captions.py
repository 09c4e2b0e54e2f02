"""The words under pictures: figcaption, else the alternative text, each once, with its credit."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawler.sites.blocks import Block, line
from crawler.sites.select import Element, Index
from crawler.sites.tree import Document
from crawler.sites.words import clean, is_file_name, letters_of, same_words
from state.article import Caption

_WORDS = "figcaption, .image-caption, .wp-caption-text, .caption, .c-media-item__caption, .ipsImage_caption"
_CREDIT = re.compile(r"credit|copyright|photographer|attribution", re.IGNORECASE)
_AROUND = re.compile(r"^[(（\[](.+)[)）\]]$")
_LAZY = ("data-src", "data-original", "data-lazy-src", "src")


def caption_of(document: Document, figure: Element, words: Element | None = None) -> Caption | None:
    """Return what a figure (or another box around a picture) says, None if it says nothing.

    A credit is what stands in an element of its own class, or the last span of a
    caption whose other words are the picture's alternative text.  ``words`` is the
    element with the caption, where it is known.
    """
    image = figure if figure.tag == "img" else next(figure.iter("img"), None)
    alternative = _alternative(image)
    box = words if words is not None else _words_box(figure) if figure.tag != "img" else None
    credit_box = _credit_box(figure, box) if box is not None else None
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


def picture_caption(document: Document, image: Element) -> Caption | None:
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


def image_address(document: Document, image: Element | None) -> str | None:
    """Return a picture's absolute address; lazy ones have it beside ``src``."""
    if image is None:
        return None
    for name in _LAZY:
        if (address := image.get(name)) and not address.startswith("data:"):
            return document.join(address)
    return None


def once(captions: Iterable[Caption | None]) -> tuple[Caption, ...]:
    """Return captions without repetitions: the same picture is often shown as teaser and in the text."""
    kept: dict[str, Caption] = {}
    for caption in captions:
        if caption:
            kept.setdefault(letters_of(caption.text), caption)
    return tuple(kept.values())


def _bare(credit: str) -> str:
    """Return a credit without the brackets or the word before it that the page's style adds."""
    found = _AROUND.match(credit)
    return clean(found.group(1)) if found else credit


def _words_box(figure: Element) -> Element | None:
    boxes = [box for box in Index(figure).select(_WORDS) if box is not figure]
    outer = next((box for box in boxes if box.tag == "figcaption" and line(box)), None)
    return outer if outer is not None else next((box for box in boxes if line(box)), None)


def _credit_box(figure: Element, words: Element) -> Element | None:
    around = {words, *words.iterancestors()}
    return next(
        (
            box
            for box in figure.iterdescendants()
            if box not in around and _CREDIT.search(box.get("class") or "")
        ),
        None,
    )


def _alternative(image: Element | None) -> str:
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


def _credit_beside(box: Element, text: str, alternative: str) -> tuple[str, str]:
    spans = [part for part in box if part.tag in ("span", "em", "cite", "small", "i") and line(part)]
    if spans and (credit := line(spans[-1])) and text.endswith(credit):
        rest = _without(text, credit)
        if rest and same_words(rest, alternative):
            return rest, credit
    if text != alternative and text.startswith(alternative) and len(text) - len(alternative) < 80:
        rest = clean(text[len(alternative) :])
        bracketed = _AROUND.match(rest)
        return (alternative, _bare(rest)) if bracketed or rest[:1].isalnum() else (text, "")
    return text, ""
