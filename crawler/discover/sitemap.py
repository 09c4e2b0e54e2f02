"""Sitemaps, sitemap indexes, news sitemaps → candidates and further parts.

Files are often gzip *bodies*; indexes list hundreds of files of 20,000 rows, of
which only the latest are of interest here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO

from lxml import etree

from crawler.discover import misfit
from crawler.discover.reading import Part, Reading, address, once
from crawler.discover.unpack import unpack
from crawler.sites.dates import parse_date
from state.article import tidy
from state.errors import DiscoverError
from state.identity import article_key
from state.records import Candidate

_DAY = timedelta(days=1)
_MOST_ROWS = 50_000
_MOST_PARTS_READ = 8
_LONGEST_TEXT = 2048
_LATEST_NAME = re.compile(r"latest|news|recent|current", re.IGNORECASE)
_NOT_ARTICLES = re.compile(
    r"video|image|photo|section|categor|tag|author|podcast|audio|page-sitemap", re.IGNORECASE
)
_NUMBER = re.compile(r"\d+")


@dataclass(slots=True)
class _Row:
    kind: str
    texts: dict[str, str] = field(default_factory=dict)


def read_sitemap(body: bytes, *, base_url: str, source: str, channel: str, now: datetime) -> list[Candidate]:
    """Return a sitemap's addresses, the newest first where it dates them.

    Raises:
        DiscoverError: It is no sitemap, or has no rows; the error names what it is.
    """
    return list(read(body, base_url=base_url, source=source, channel=channel, now=now).candidates)


def read(body: bytes, *, base_url: str, source: str, channel: str, now: datetime) -> Reading:
    """Return a sitemap's addresses, or an index's parts.

    ``modified_at`` of a candidate is its ``lastmod`` (a date alone stands for
    the beginning of that day, or it would look changed all day long); a news
    sitemap's publication date may be the time of an update, too.

    Raises:
        DiscoverError: It is no sitemap, or has no rows.
    """
    raw = unpack(body, source=source, url=base_url)
    rows, whole = _plain_rows(raw), True
    if not rows:
        if not raw.strip() or misfit.is_html(raw):
            raise _not_a_sitemap(raw, base_url, source)
        rows, whole = _xml_rows(raw)
    parts = [_part(row, now) for row in rows if row.kind == "sitemap"]
    candidates = [_candidate(row, base_url, source, channel, now) for row in rows if row.kind == "url"]
    found = once(candidate for candidate in candidates if candidate is not None)
    if not found and not any(parts):
        raise _not_a_sitemap(raw, base_url, source)
    dated = sorted(found, key=_latest_first(now), reverse=True)
    return Reading(candidates=tuple(dated), parts=tuple(part for part in parts if part), whole=whole)


def choose_parts(parts: Sequence[Part], horizon: datetime) -> list[Part]:
    """Return the parts of an index worth reading: those that changed since the horizon, the newest first.

    Parts named "latest" or "news" come before all; where nothing is dated, the
    files with the highest numbers are taken, and the first, as some count down.
    """
    useful = [part for part in parts if not _NOT_ARTICLES.search(part.url.rpartition("/")[2])] or list(parts)
    named = [part for part in useful if _LATEST_NAME.search(part.url.rpartition("/")[2])]
    dated = [part for part in useful if part.modified_at is not None and part.modified_at >= horizon - _DAY]
    dated.sort(key=lambda part: part.modified_at or horizon, reverse=True)
    chosen = [*named, *dated]
    if not named and not any(part.modified_at for part in useful):
        numbered = sorted(useful, key=lambda part: [int(n) for n in _NUMBER.findall(part.url)][-6:])
        chosen = [*numbered[-2:][::-1], *useful[:1]]
    return list({part.url: part for part in chosen}.values())[:_MOST_PARTS_READ]


def _xml_rows(raw: bytes) -> tuple[list[_Row], bool]:
    rows: list[_Row] = []
    try:
        for row in _walk(raw):
            rows.append(row)
            if len(rows) >= _MOST_ROWS:
                return rows, True
    except etree.XMLSyntaxError:
        return rows, False
    return rows, True


def _walk(raw: bytes) -> Iterator[_Row]:
    events = etree.iterparse(
        BytesIO(raw),
        events=("end",),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    row = _Row("")
    for _, element in events:
        if not isinstance(element.tag, str):
            continue
        name, parent = _local(element.tag), element.getparent()
        above = _local(parent.tag) if parent is not None and isinstance(parent.tag, str) else ""
        if name in ("url", "sitemap"):
            row.kind = name
            yield row
            row = _Row("")
            element.clear()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
        elif above in ("url", "sitemap", "news") and element.text:
            row.texts.setdefault(name, element.text.strip()[:_LONGEST_TEXT])


def _local(tag: str) -> str:
    return tag.rpartition("}")[2].lower()


def _plain_rows(raw: bytes) -> list[_Row]:
    """Return the rows of a sitemap written as plain text, one address a line (sitemaps.org)."""
    if not raw.lstrip(b"\xef\xbb\xbf \r\n").startswith((b"http://", b"https://")):
        return []
    lines = raw.decode("utf-8-sig", "replace").split()[:_MOST_ROWS]
    return [_Row("url", {"loc": line[:_LONGEST_TEXT]}) for line in lines]


def _part(row: _Row, now: datetime) -> Part | None:
    loc = row.texts.get("loc", "")
    url = loc if loc.startswith(("http://", "https://")) else None
    return Part(url=url, modified_at=_instant(row.texts.get("lastmod"), now)) if url else None


def _candidate(row: _Row, base_url: str, source: str, channel: str, now: datetime) -> Candidate | None:
    url = address(base_url, row.texts.get("loc"))
    if url is None:
        return None
    published = parse_date(row.texts.get("publication_date"), now=now)
    return Candidate(
        url=url,
        key=article_key(url),
        source=source,
        channel=channel,
        kind="sitemap",
        title=tidy(row.texts["title"]) if row.texts.get("title") else None,
        published_at=published.at if published is not None and not published.day_only else None,
        modified_at=_instant(row.texts.get("lastmod") or row.texts.get("publication_date"), now),
    )


def _instant(text: str | None, now: datetime) -> datetime | None:
    dated = parse_date(text, now=now)
    return dated.at if dated is not None else None


def _latest_first(now: datetime) -> Callable[[Candidate], datetime]:
    oldest = now.replace(year=1990)
    return lambda candidate: candidate.modified_at or candidate.published_at or oldest


def _not_a_sitemap(raw: bytes, base_url: str, source: str) -> DiscoverError:
    what = misfit.describe(raw)
    if what.startswith(("broken XML that begins as <urlset", "broken XML that begins as <sitemapindex")):
        what = "a sitemap without addresses"
    return DiscoverError(
        f"{what} came where a sitemap was due",
        source=source,
        url=base_url,
        hint=misfit.remedy(raw, base_url, "a sitemap"),
    )
