"""Pages that list articles or topics → candidates, and the page before this one in time.

Known layouts are tried first, by what the page shows rather than by host; where
none fits, links that look like articles are taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.discover import discourse, misfit
from crawler.discover.layouts import LAYOUTS, Layout, base_of, select
from crawler.discover.links import article_links, day_of, end_of_day
from crawler.discover.pager import older_page
from crawler.discover.reading import Reading, address, once
from crawler.sites.dates import from_epoch, parse_date
from crawler.sites.tree import language_of, read_document, text_of
from state.article import tidy
from state.errors import DiscoverError, NotArticleError
from state.identity import article_key
from state.records import Candidate, Page

_MOST_ROWS = 500
_LONGEST_TITLE = 500
#: What a link adds to a topic's address to name a place or a visit in it.
_INSIDE = re.compile(r"/(?:page[-/]?\d+|latest|unread|last)/?$")
_VIEW = re.compile(r"(?:s|sid|phpsessid|do|comment|view|goto|page|start|p|e|tab|nojs|unread)=", re.IGNORECASE)
_COUNT = re.compile(r"^\D{0,20}?(\d[\d.,\s]*)\s*([kKmM])?")


@dataclass(frozen=True, slots=True)
class _When:
    at: datetime | None = None
    day_only: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    """An item and when it was last heard of; the end of the day where only that is said."""

    candidate: Candidate
    at: datetime | None


def read_listing(page: Page, *, source: str, channel: str, now: datetime) -> list[Candidate]:
    """Return the items of a listing in its order.

    Raises:
        DiscoverError: No item can be found; the error names what the page is.
    """
    return list(read(page, source=source, channel=channel, now=now).candidates)


def read(page: Page, *, source: str, channel: str, now: datetime) -> Reading:
    """Return the items of a listing and its next page.

    Raises:
        DiscoverError: No item can be found.
    """
    if page.body.lstrip()[:1] == b"{":
        return discourse.read(page, source=source, channel=channel)
    if not page.body.strip() or misfit.is_challenge(page.body):
        raise _no_items(page, source)
    try:
        document = read_document(page)
    except NotArticleError as error:
        raise _no_items(page, source) from error
    root = document.root
    base = base_of(root, page.url)
    rows = _best_layout(root, base, source, channel, now) or _linked(root, page.url, source, channel, now)
    found = once(row.candidate for row in rows)[:_MOST_ROWS]
    if not found:
        raise _no_items(page, source)
    return Reading(
        candidates=found,
        older=older_page(root, page.url),
        whole=not page.truncated,
        notes=("it breaks off",) if page.truncated else (),
        language=(root.get("lang") or "").strip()[:20] or None,
        latest_at=max((row.at for row in rows if row.at is not None), default=None),
    )


def _linked(root: HtmlElement, base: str, source: str, channel: str, now: datetime) -> list[_Row]:
    """Return the links of a page in no layout we know that look like articles."""
    rows = []
    for link in article_links(root, base):
        when = _when(link.time, now)
        candidate = Candidate(
            url=link.url,
            key=article_key(link.url),
            source=source,
            channel=channel,
            kind="listing",
            title=link.text,
            published_at=None if when.day_only else when.at,
        )
        rows.append(_Row(candidate, when.at or day_of(link.url)))
    return rows


def _best_layout(root: HtmlElement, base: str, source: str, channel: str, now: datetime) -> list[_Row]:
    """Return the rows of the layout that explains most of the page, at least two of them."""
    best: list[_Row] = []
    for layout in LAYOUTS:
        rows = select(root, layout.row)
        if len(rows) < 2:
            continue
        found = list(_rows(layout, rows[: 4 * _MOST_ROWS], base, source, channel, now))
        if len({row.candidate.key for row in found}) > len({row.candidate.key for row in best}):
            best = found
        if layout.activity and len(best) > 1:
            break  # a forum's own marks are beyond doubt; the news layouts after it are not
    return best if len({row.candidate.key for row in best}) > 1 else []


def _rows(
    layout: Layout, rows: Iterable[HtmlElement], base: str, source: str, channel: str, now: datetime
) -> Iterable[_Row]:
    for row in rows:
        link = _first(row, layout.link)
        url = address(base, link.get("href")) if link is not None else None
        if link is None or url is None:
            continue
        last = _when(_first(row, layout.time), now)
        if last.at is None and (stamp := row.get("data-timestamp")):
            last = _When(from_epoch(stamp, now=now))
        started = _when(_first(row, layout.started), now) if layout.started else _When()
        if layout.activity:
            url = _topic_address(url)
        published = started if layout.activity else last
        candidate = Candidate(
            url=url,
            key=article_key(url),
            source=source,
            channel=channel,
            kind="listing",
            title=_title(link),
            published_at=None if published.day_only else published.at,
            modified_at=last.at if layout.activity and not last.day_only else None,
            comments=_count(_first(row, layout.count)) if layout.count else None,
        )
        yield _Row(candidate, end_of_day(last.at) if last.at and last.day_only else last.at or day_of(url))


def _topic_address(url: str) -> str:
    """Return a topic's first page: lists link to the last post, the newest unread, page 9."""
    parts = urlsplit(url)
    path = _INSIDE.sub("/", parts.path)
    query = "&".join(piece for piece in parts.query.split("&") if not _VIEW.match(piece))
    return parts._replace(path=path, query=query, fragment="").geturl()


def _title(link: HtmlElement) -> str | None:
    text = text_of(link) or tidy(link.get("title") or "")
    return text[:_LONGEST_TITLE] or None


def _when(element: HtmlElement | None, now: datetime) -> _When:
    if element is None:
        return _When()
    for name in ("data-time", "data-timestamp", "data-epoch"):
        if at := from_epoch(element.get(name), now=now):
            return _When(at)
    for text in (element.get("datetime"), text_of(element), element.get("title")):
        if dated := parse_date(tidy(text or "")[:200] or None, now=now, language=language_of(element)):
            return _When(dated.at, dated.day_only)
    return _When()


def _count(element: HtmlElement | None) -> int | None:
    found = _COUNT.match(text_of(element)) if element is not None else None
    if found is None:
        return None
    if found[2]:
        return None  # "12k" is no count that could show one reply more
    digits = re.sub(r"\D", "", found[1])
    return int(digits[:9]) if digits else None


def _first(row: HtmlElement, selector: str) -> HtmlElement | None:
    """Return what the first alternative that fits finds: they are ordered by how sure they are."""
    return next((found[0] for one in selector.split(", ") if (found := select(row, one))), None)


def _no_items(page: Page, source: str) -> DiscoverError:
    return DiscoverError(
        f"no list of articles was found, only {misfit.describe(page.body)}",
        source=source,
        url=page.url,
        hint=misfit.remedy(page.body, page.url, "a page that lists articles"),
    )
