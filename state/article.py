"""The one shape that every page of every site becomes.

Text in these records is NFC with single spaces (a comment keeps its line
breaks); instants are aware UTC.  ``version`` is the content hash: two articles
with the same version say the same thing, whenever and wherever they were
fetched.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple

Scope = Literal["title", "subtitle", "body", "caption", "comment"]

_SURROGATES = re.compile("[\ud800-\udfff]")  # halves of a pair: no text can be written with them


@dataclass(frozen=True, slots=True)
class Section:
    """Paragraphs under one heading; the first section of most articles has none."""

    heading: str | None
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Caption:
    """Words under a picture, and who is credited with it."""

    text: str
    credit: str | None = None
    image_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A reader's comment, or a reply in a forum topic.

    ``quoted`` holds what the post repeats of others; it is kept and never matched.
    """

    text: str
    id: str | None = None
    author: str | None = None
    place: str | None = None
    quoted: tuple[str, ...] = ()
    posted_at: datetime | None = None
    parent: str | None = None
    edited_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Who published a text first, when this page says it is a copy."""

    publisher: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article or forum topic.

    In a topic the first post is the body (its author is ``byline[0]``) and
    replies are comments.  ``provenance`` tells for each field how it was found;
    its values are JSON (strings, numbers, lists, objects).
    """

    title: str
    sections: tuple[Section, ...]
    url: str | None = None
    canonical_url: str | None = None
    key: str | None = None
    source: str | None = None
    site: str | None = None
    language: str | None = None
    subtitle: str | None = None
    byline: tuple[str, ...] = ()
    dateline: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    captions: tuple[Caption, ...] = ()
    attribution: str | None = None
    quoted: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()
    published_at: datetime | None = None
    modified_at: datetime | None = None
    fetched_at: datetime | None = None
    origin: Origin | None = None
    provenance: Mapping[str, Any] = field(default_factory=dict, compare=False, hash=False)

    @property
    def version(self) -> str:
        """Return the content hash: what a reader would call "the article changed"."""
        return content_hash(self)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Return the body's paragraphs in order, without headings."""
        return tuple(text for section in self.sections for text in section.paragraphs)


class FieldText(NamedTuple):
    """One string of an article and where it stands.

    ``pointer`` is a JSON Pointer into the article's JSON form; ``post`` is -1
    for the article itself, else the index of the comment.
    """

    pointer: str
    text: str
    scope: Scope
    post: int = -1


def tidy(text: str) -> str:
    """Return text as articles hold it: NFC, each run of white space one space, ends trimmed.

    Zero-width characters stay: in Khmer and Persian they are spelling.  Lone
    surrogates, which no file can hold, become U+FFFD.
    """
    tidied = " ".join(unicodedata.normalize("NFC", text).split())
    return tidied if tidied.isascii() else _SURROGATES.sub("\ufffd", tidied)


def tidy_lines(text: str) -> str:
    """Return text tidied line by line; blank lines at the ends go, inside at most one stays."""
    lines = [tidy(line) for line in re.split(r"\r\n|\r|\n|\u2028|\u2029", text)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def texts(article: Article) -> Iterator[FieldText]:
    """Yield every string that rules read, in reading order.

    Attribution, dateline, byline and quotations are left out: they name
    reporters and repeat others.
    """
    yield FieldText("/title", article.title, "title")
    if article.subtitle:
        yield FieldText("/subtitle", article.subtitle, "subtitle")
    for number, section in enumerate(article.sections):
        if section.heading:
            yield FieldText(f"/sections/{number}/heading", section.heading, "body")
        for index, paragraph in enumerate(section.paragraphs):
            yield FieldText(f"/sections/{number}/paragraphs/{index}", paragraph, "body")
    for number, caption in enumerate(article.captions):
        yield FieldText(f"/captions/{number}/text", caption.text, "caption")
    for number, comment in enumerate(article.comments):
        yield FieldText(f"/comments/{number}/text", comment.text, "comment", number)


def strings(article: Article) -> list[str]:
    """Return the strings of :func:`texts` in the same order, quicker where their places are not needed."""
    found = [article.title]
    if article.subtitle:
        found.append(article.subtitle)
    for section in article.sections:
        if section.heading:
            found.append(section.heading)
        found += section.paragraphs
    found += [caption.text for caption in article.captions]
    found += [comment.text for comment in article.comments]
    return found


def text_at(article: Article, pointer: str) -> str:
    """Return the string that a span's ``field`` names.

    Raises:
        KeyError: The pointer names nothing in this article.
    """
    for item in texts(article):
        if item.pointer == pointer:
            return item.text
    raise KeyError(pointer)


def content_hash(article: Article) -> str:
    """Return the SHA-256 (hex) over what the article says.

    Addresses, image addresses (they are signed anew at each render), fetch and
    modification times, tags and provenance are left out.
    """
    said = [
        article.title,
        article.subtitle,
        article.dateline,
        [[section.heading, list(section.paragraphs)] for section in article.sections],
        [[caption.text, caption.credit] for caption in article.captions],
        article.attribution,
        list(article.quoted),
        [[comment.author, comment.place, comment.text, list(comment.quoted)] for comment in article.comments],
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()
