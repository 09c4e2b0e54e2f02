"""Links that look like articles, for lists in a layout we do not know."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.discover.layouts import base_of, select
from crawler.discover.reading import address
from crawler.sites.tree import text_of
from state.identity import article_key, canonical_url, stamp_time

_MOST = 300
_MOST_LOOKED_AT = 5000
_MOST_ABOVE = 5
_MOST_OF_A_ROW = 20
_DATED = re.compile(r"/(?:19|20)\d{2}[/-]?(?:0?[1-9]|1[0-2])(?:[/-]|$|\d)")
_DAY = re.compile(r"/((?:19|20)\d{2})[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?:[/-]|$)")
_NUMBERED = re.compile(r"(?:^|[/=-])\d{4,}(?:[-/.?]|$)")
_SLUG = re.compile(r"^(?:[^/-]+-){3,}[^/-]+$|^(?:[^/-]+-){2,}[^/-]+\.html?$")
_LIST_PAGE = re.compile(
    r"/(?:tag|tags|category|categories|author|authors|page|search|login|register|profile|user|users|members?|about|"
    r"contact|privacy|terms|archive|newsletters?|subscribe|rss|feeds?)(?:/|$)",
    re.IGNORECASE,
)
_FURNITURE = frozenset({"nav", "footer", "aside", "header"})
_FURNITURE_NAMES = re.compile(
    r"(?:^|[-_ ])(?:nav|menu|footer|sidebar|breadcrumb|pagination|share|social)", re.IGNORECASE
)
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
_SHORTEST = 15
_SHORTEST_UNSPACED = 6


@dataclass(frozen=True, slots=True)
class Link:
    """An address, the words it stands behind, and the time that is marked up beside them."""

    url: str
    text: str
    time: HtmlElement | None = None


def article_links(root: HtmlElement, page_url: str) -> list[Link]:
    """Return what looks like an article of the same site, in page order; the longest words of each address."""
    host = (urlsplit(page_url).hostname or "").removeprefix("www.")
    here, base = canonical_url(page_url), base_of(root, page_url)
    best: dict[str, Link] = {}
    places: dict[str, HtmlElement] = {}
    for element in select(root, "a[href]")[:_MOST_LOOKED_AT]:
        url = address(base, element.get("href"))
        if url is None or (urlsplit(url).hostname or "").removeprefix("www.") != host:
            continue
        if canonical_url(url) == here or not looks_like_article(url) or _is_furniture(element):
            continue
        text, key = text_of(element)[:500], article_key(url)
        if key not in best or len(text) > len(best[key].text):
            best[key] = Link(url, text)
            places[key] = element
        if len(best) >= _MOST:
            break
    found = [(key, link) for key, link in best.items() if _is_headline(link.text)]
    return [Link(link.url, link.text, _time_beside(places[key], key, base)) for key, link in found]


def _time_beside(link: HtmlElement, key: str, base: str) -> HtmlElement | None:
    """Return the time marked up in the largest element around a link that holds no other article."""
    row: HtmlElement | None = None
    for above in itertools.islice(link.iterancestors(), _MOST_ABOVE):
        others = list(itertools.islice(above.iter("a"), _MOST_OF_A_ROW + 1))
        if above.tag in ("body", "main") or len(others) > _MOST_OF_A_ROW:
            break
        urls = [address(base, other.get("href")) for other in others]
        if any(url and looks_like_article(url) and article_key(url) != key for url in urls):
            break
        row = above
    times = select(row, "time[datetime]") if row is not None else []
    return times[0] if times else None


def looks_like_article(url: str) -> bool:
    """Tell whether an address is built like an article's: dated, numbered, or a long slug."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    if not path or _LIST_PAGE.search(f"{path}/"):
        return False
    if not article_key(url).startswith("https://"):
        return True
    last = path.rpartition("/")[2]
    query = f"?{parts.query}" if parts.query else ""
    return bool(_DATED.search(path) or _NUMBERED.search(f"{last}{query}") or _SLUG.match(last))


def day_of(url: str) -> datetime | None:
    """Return the end of the day (UTC) that an address bears, None if it bears none."""
    if drafted := stamp_time(url):
        return drafted
    found = _DAY.search(urlsplit(url).path)
    try:
        day = datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=UTC) if found else None
    except ValueError:
        return None
    return end_of_day(day) if day is not None else None


def end_of_day(day: datetime) -> datetime:
    """Return the last second of the day that begins at an instant."""
    return day + timedelta(days=1, seconds=-1)


def _is_headline(text: str) -> bool:
    return len(text) >= (_SHORTEST_UNSPACED if _UNSPACED.search(text) else _SHORTEST)


def _is_furniture(element: HtmlElement) -> bool:
    for above in element.iterancestors():
        if above.tag in _FURNITURE and above.tag != "header":
            return True
        if above.tag in ("main", "article", "body"):
            return False
        if _FURNITURE_NAMES.search(f"{above.get('class') or ''} {above.get('id') or ''}"):
            return True
    return False
