"""Lists of feeds as other programs write them (OPML 2.0), read and written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from lxml import etree

from crawler.discover import misfit
from state.article import tidy
from state.errors import InputError

_LARGEST = 5_000_000
_MOST = 10_000
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed of a list; ``name`` is fit for a source's name and unique in the list."""

    name: str
    title: str
    feed: str
    page: str | None = None


def read_opml(body: bytes) -> list[Outline]:
    """Return the feeds of a list, each address once.

    Raises:
        InputError: It is no OPML, or names no feed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(body[:_LARGEST], parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or not isinstance(root.tag, str) or root.tag.lower() != "opml":
        raise InputError(f"{misfit.describe(body)} came where OPML was due", hint="export the list as OPML")
    found: dict[str, Outline] = {}
    names: set[str] = set()
    for element in root.iter("outline"):
        feed = _web(element.get("xmlUrl"))
        if feed is None or feed in found or len(found) >= _MOST:
            continue
        title = tidy(element.get("title") or element.get("text") or "")[:200] or feed
        name = _name(title, feed, names)
        names.add(name)
        found[feed] = Outline(name, title, feed, _web(element.get("htmlUrl")))
    if not found:
        raise InputError("the list names no feed", hint="its outlines need an xmlUrl")
    return list(found.values())


def write_opml(outlines: Iterable[Outline], *, title: str = "Sources") -> bytes:
    """Return a list that other programs read."""
    rows = "".join(
        f'    <outline type="rss" text={quoteattr(o.title)} title={quoteattr(o.title)} xmlUrl={quoteattr(o.feed)}'
        f"{f' htmlUrl={quoteattr(o.page)}' if o.page else ''}/>\n"
        for o in outlines
    )
    head = f"<head><title>{title.replace('&', '&amp;').replace('<', '&lt;')}</title></head>"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n  {head}\n  <body>\n{rows}  </body>\n</opml>\n'
    ).encode()


def _web(url: str | None) -> str | None:
    text = (url or "").strip()
    return text if text.startswith(("http://", "https://")) and len(text) < 2000 else None


def _name(title: str, feed: str, taken: set[str]) -> str:
    host = feed.partition("://")[2].partition("/")[0].removeprefix("www.")
    plain = _NOT_IN_A_NAME.sub("-", title.lower()).strip("-")[:40] or _NOT_IN_A_NAME.sub("-", host).strip("-")
    number, name = 1, plain
    while name in taken:
        number += 1
        name = f"{plain}-{number}"
    return name
