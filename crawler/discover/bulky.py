"""Large feeds made harmless before feedparser sees them.

feedparser takes 170 µs for each item and goes quadratic over ill-formed, deeply
nested markup; libxml2 reads the same bytes in linear time, limits depth, and
writes them out well formed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from crawler.discover.feed_date import feed_date
from crawler.discover.halves import without_halves

_BULKY = 256 * 1024
_ITEMS = frozenset({"item", "entry"})
_DATES = frozenset({"pubdate", "published", "issued", "date", "updated", "modified"})


@dataclass(frozen=True, slots=True)
class Slim:
    """A feed of bearable size: ``whole`` tells whether all of it came, ``items`` how many it held if that was counted."""

    body: bytes
    whole: bool = True
    items: int = 0


def slimmed(body: bytes, *, most_items: int, now: datetime) -> Slim:
    """Return a large feed well formed and with its newest items only; a small one as it is.

    What cannot be read at all is returned empty.
    """
    if len(body) <= _BULKY:
        return Slim(body)
    root, whole = _tree(body)
    if root is None:
        return Slim(b"", whole=False)
    items = [e for e in root.iter() if isinstance(e.tag, str) and _name(e) in _ITEMS]
    if len(items) > most_items:
        surplus = items[:-most_items] if _grows_at_its_end(items, now) else items[most_items:]
        for element in surplus:
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
    return Slim(etree.tostring(root, encoding="utf-8", xml_declaration=True), whole, len(items))


def _grows_at_its_end(items: list[etree._Element], now: datetime) -> bool:
    """Tell whether the last items are the newest: feeds are usually the other way round."""
    first, last = _date(items[0], now), _date(items[-1], now)
    return first is not None and last is not None and last > first


def _date(item: etree._Element, now: datetime) -> datetime | None:
    texts = (child.text for child in item if isinstance(child.tag, str) and _name(child) in _DATES)
    return next((at for text in texts if (at := feed_date(text, now)) is not None), None)


def _name(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2].lower()


def _tree(body: bytes) -> tuple[etree._Element | None, bool]:
    for recover in (False, True):
        parser = etree.XMLParser(
            recover=recover, resolve_entities=False, no_network=True, load_dtd=False, strip_cdata=False
        )
        try:
            root = etree.fromstring(without_halves(body), parser)
        except (etree.XMLSyntaxError, ValueError):
            continue
        return root, not recover
    return None, False
