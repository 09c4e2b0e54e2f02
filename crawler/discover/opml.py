"""Lists of feeds as other programs write them (OPML 1.0 to 2.0), read and written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from crawler.discover import misfit
from crawler.discover.halves import without_halves
from crawler.discover.reading import web_address
from crawler.sites.decode import decode
from crawler.sites.language import normalised
from state.article import tidy
from state.errors import InputError

_LARGEST = 5_000_000
_MOST = 10_000
_LONGEST = 200
_OURS = "urn:tocsin:opml"
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")
_OUR_NAME = re.compile(r"[A-Za-z0-9_-]{1,60}")
_PREFIX = re.compile(r"^.*[}:]")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FEED_SCHEME = re.compile(r"^feed:(?://)?(?=https?://)|^feed(?=://)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed of a list; ``name`` is fit for a source's name, and unique among the feeds of other publishers.

    ``site`` is what our own lists say of its system, ``folders`` are the headings it stands
    under, the outermost first.
    """

    name: str
    title: str
    feed: str
    page: str | None = None
    language: str | None = None
    site: str | None = None
    folders: tuple[str, ...] = ()


def read_opml(body: bytes) -> list[Outline]:
    """Return the feeds of a list, each address once.

    A name that was written by ``write_opml`` is kept, so that feeds of one
    source come back as one.

    Raises:
        InputError: It is no OPML, or names no feed.
    """
    text = _DECLARATION.sub("", decode(body[:_LARGEST]).text, count=1)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(without_halves(_UNWRITABLE.sub("", text).encode()), parser)
        tag = root.tag if root is not None else None  # a name with half a surrogate pair in it raises here
    except (etree.XMLSyntaxError, ValueError):
        root = tag = None
    if root is None or not isinstance(tag, str) or tag.lower() != "opml":
        raise InputError(f"{misfit.describe(body)} came where OPML was due", hint="export the list as OPML")
    found: dict[str, Outline] = {}
    names: set[str] = set()
    for element in root.iter("outline", "OUTLINE"):
        given = _attributes(element)
        feed = _web(given.get("xmlurl"))
        if feed is None or feed in found:
            continue
        title = _words(given.get("title") or given.get("text")) or feed
        name = given.get("sourcename", "").strip()
        if not _OUR_NAME.fullmatch(name):
            name = _name(title, feed, names)
        names.add(name)
        language = normalised(given.get("language", "")[:20]) or None
        found[feed] = Outline(
            name,
            title,
            feed,
            page=_web(given.get("htmlurl")),
            language=language,
            site=given.get("sourcesite", "")[:20] or None,
            folders=_folders(element, given),
        )
        if len(found) >= _MOST:
            break
    if not found:
        raise InputError("the list names no feed", hint="its outlines need an xmlUrl")
    return list(found.values())


def write_opml(outlines: Iterable[Outline], *, title: str = "Sources") -> bytes:
    """Return a list that other programs read, and ``read_opml`` as it was."""
    rows = "".join(f"    <outline {_written(outline)}/>\n" for outline in outlines)
    head = f"  <head><title>{escape(_writable(title))}</title></head>\n"
    opening = f'<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0" xmlns:tocsin="{_OURS}">\n'
    return f"{opening}{head}  <body>\n{rows}  </body>\n</opml>\n".encode()


def _written(outline: Outline) -> str:
    rows = {
        "type": "rss",
        "text": outline.title,
        "title": outline.title,
        "xmlUrl": outline.feed,
        "htmlUrl": outline.page,
        "language": outline.language,
        "category": "/" + "/".join(folder.replace("/", "-") for folder in outline.folders)
        if outline.folders
        else None,
        "tocsin:sourceName": outline.name,
        "tocsin:sourceSite": outline.site,
    }
    return " ".join(f"{key}={quoteattr(_writable(value))}" for key, value in rows.items() if value)


def _attributes(element: etree._Element) -> dict[str, str]:
    """Return attributes by lower-case name: programs disagree on ``xmlUrl``, ``xmlurl`` and ``XMLURL``."""
    return {_PREFIX.sub("", str(name)).lower(): str(value) for name, value in element.attrib.items()}


def _folders(element: etree._Element, given: dict[str, str]) -> tuple[str, ...]:
    """Return the outlines around a feed; where there are none, its category (``/a/b,/c``: the first)."""
    above = [_attributes(outer) for outer in element.iterancestors("outline", "OUTLINE")]
    names = [_words(outer.get("text") or outer.get("title")) for outer in reversed(above[:20])]
    listed = [_words(part) for part in given.get("category", "").split(",")[0].split("/")]
    return tuple(name for name in names or listed if name)


def _words(text: str | None) -> str:
    return tidy((text or "")[:2000])[:_LONGEST]


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)


def _web(url: str | None) -> str | None:
    """Return a feed's address; ``feed://`` and ``feed:https://`` are other ways to write it."""
    text = _FEED_SCHEME.sub(lambda found: "https" if found[0].lower() == "feed" else "", (url or "").strip())
    return web_address("", text) if text.startswith(("http://", "https://")) else None


def _name(title: str, feed: str, taken: set[str]) -> str:
    host = feed.partition("://")[2].partition("/")[0].removeprefix("www.")
    plain = _NOT_IN_A_NAME.sub("-", title.lower()).strip("-")[:40].strip("-")
    plain = plain or _NOT_IN_A_NAME.sub("-", host.lower()).strip("-") or "feed"
    number, name = 1, plain
    while name in taken:
        number += 1
        name = f"{plain}-{number}"
    return name
