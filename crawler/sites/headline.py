"""The title of an unknown page's story: what its data, its head and its headlines agree on."""

from __future__ import annotations

import re
from typing import Any

from crawler.sites.blocks import line
from crawler.sites.embedded import embedded_story
from crawler.sites.extract import Extracted
from crawler.sites.jsonld import string
from crawler.sites.lines import lines
from crawler.sites.tree import Document, text_of
from crawler.sites.words import clean, letters_of, same_words

_SUFFIX = re.compile(r"\s+(?:[|»·•—–]|::|-)\s+[^|»·•—–]{2,60}$")
_SHORTEST_TITLE = 15
_HEADLINES = "[itemprop=headline], .entry-title, .post-title"
#: Characters of a text that only the page's data hold, from which its title there is the page's.
_TEXT = 80


def read_title(document: Document, data: dict[str, Any], extracted: Extracted) -> tuple[str, bool]:
    """Return the title of an unknown page's story, "" if there is none, and whether it is a guess.

    Args:
        document: The page.
        data: What its JSON-LD says of the story.
        extracted: What an extractor made of it.
    """
    shared = document.meta.get("og:title") or document.meta.get("twitter:title") or ""
    whole = text_of(next(document.root.iter("title"), None))
    headlines = [text for element in document.root.iter("h1") if (text := line(element))]
    named = [text for element in document.select(_HEADLINES) if (text := line(element))]
    told = string(data, "headline")
    for others in ((shared, told), (whole,)):
        if same := [text for text in (*headlines, *named) if len(text) > 8 and _is_in(text, others)]:
            return max(same, key=len), False
    if told:
        return told, False
    if shared:
        return _without_site(shared, document), False
    if len(headlines) == 1:
        return headlines[0], False
    if not extracted.blocks and (story := embedded_story(document)) and story.body.length > _TEXT:
        return story.title, True
    if printed := _printed(document, whole):
        return printed, True
    guess = clean(extracted.title) or (headlines[0] if headlines else _without_site(whole, document))
    return guess, True


def _is_in(text: str, others: tuple[str, ...]) -> bool:
    return any(
        same_words(text, other) or other.startswith(text) or other.endswith(text) for other in others if other
    )


def _printed(document: Document, whole: str) -> str:
    """Return the longest line of the page that begins or ends its title, where that names the site too."""
    key = letters_of(whole)
    same = [
        line.text
        for line in lines(document.root)
        if len(line.text) >= _SHORTEST_TITLE and (key.endswith(line.key) or key.startswith(line.key))
    ]
    return max(same, key=len, default="")


def _without_site(title: str, document: Document) -> str:
    name = document.meta.get("og:site_name", "")
    if name and title.endswith(name):
        return title.removesuffix(name).rstrip(" |»·•—–-:") or title
    cut = _SUFFIX.sub("", title)
    return cut if len(cut) >= _SHORTEST_TITLE else title
