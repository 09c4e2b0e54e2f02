"""What the parsers of news sites share: an article's body from its container."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from crawler.sites.attribution import split_attribution
from crawler.sites.blocks import HEADINGS, Kind, blocks, line, sections
from crawler.sites.captions import apart_from_captions, caption_of, once, picture_caption
from crawler.sites.dates import parse_date
from crawler.sites.select import Element
from crawler.sites.tree import Document
from crawler.sites.words import clean, same_words
from state.article import Caption, Section

_BOLD = frozenset(("strong", "b"))
_SENTENCE_END = re.compile(r"[.!:;,…。！：；，។၊။།]['”’\"»)]?$")
_LONGEST_HEADING = 90
#: A Tibetan heading ends with the stroke that ends a sentence, too.
_TIBETAN_END = re.compile(r"[།༎]\s?$")
_LONGEST_TIBETAN_HEADING = 40


@dataclass(frozen=True, slots=True)
class Body:
    """Sections, captions and the closing attribution line of one container."""

    sections: tuple[Section, ...]
    captions: tuple[Caption, ...]
    attribution: str | None

    @property
    def length(self) -> int:
        """Return how many characters its paragraphs have."""
        return sum(len(text) for section in self.sections for text in section.paragraphs)


Verdict = Callable[[Element], Kind | None]


def read_body(
    document: Document, container: Element, judge: Verdict, *, chrome: frozenset[str] = frozenset()
) -> Body:
    """Return the body that ``container`` holds.

    Args:
        document: The page.
        container: The element around the paragraphs.
        judge: The site's own word on an element; its ``figure`` become captions.
        chrome: Lines that are buttons and labels wherever they stand alone.
    """
    captions: list[Caption | None] = []

    def decide(element: Element) -> Kind | None:
        verdict = judge(element)
        if verdict is None:
            verdict = _usual(element)
        if verdict == "figure":
            captions.append(caption_of(document, element))
        elif element.tag == "img":
            captions.append(picture_caption(document, element))
        return verdict

    found = [block for block in blocks(container, decide) if block.text not in chrome]
    kept, told = apart_from_captions(found, captions)
    parts, attribution = split_attribution(sections(kept))
    return Body(parts, once(told), attribution)


def _usual(element: Element) -> Kind | None:
    tag = element.tag
    if tag in HEADINGS:
        return "heading"
    if tag == "figure":
        return "figure"
    return "heading" if tag == "p" and is_bold_heading(element) else None


def is_bold_heading(paragraph: Element) -> bool:
    """Tell whether a paragraph is a sub-heading: short, all of it bold, and no sentence."""
    if len(paragraph) != 1 or clean(paragraph.text or "") or clean(paragraph[0].tail or ""):
        return False
    child = paragraph[0]
    while child.tag in ("span", "em", "i", "u") and len(child) == 1 and not clean(child.text or ""):
        child = child[0]
    if child.tag not in _BOLD or child.find(".//br") is not None:
        return False
    text = line(child)
    if _TIBETAN_END.search(text):
        return len(text) <= _LONGEST_TIBETAN_HEADING
    return 0 < len(text) <= _LONGEST_HEADING and not _SENTENCE_END.search(text) and text[:1] not in '“"‘(（['


def teaser(text: str | None, title: str, parts: tuple[Section, ...]) -> str | None:
    """Return a subtitle, None where it only repeats the title or the beginning of the text."""
    text = clean(text or "")
    if not text or same_words(text, title):
        return None
    opening = next((paragraph for section in parts for paragraph in section.paragraphs), "")
    begun = text.rstrip(" .…")[:60]
    return None if same_words(text, opening) or (begun and opening.startswith(begun)) else text


def dated(
    candidates: Iterable[tuple[str, str | None]],
    *,
    now: datetime,
    zone: tzinfo | None = None,
    day_first: bool | None = None,
    language: str | None = None,
) -> tuple[datetime | None, dict[str, Any]]:
    """Return the best of several dates and how it was found: one with an hour before a day alone."""
    day: tuple[datetime | None, dict[str, Any]] = (None, {"from": None})
    for source, text in candidates:
        found = parse_date(text, now=now, zone=zone, day_first=day_first, language=language)
        if found is None:
            continue
        told = {"from": source, "how": found.how, "day_only": found.day_only}
        if not found.day_only:
            return found.at, told
        if day[0] is None:
            day = (found.at, told)
    return day


def keywords(document: Document) -> tuple[str, ...]:
    """Return the page's tags as its head lists them."""
    listed = document.meta.get("keywords", "").replace("،", ",").replace("，", ",").split(",")
    return tuple(dict.fromkeys(tag for word in listed if (tag := clean(word))))
