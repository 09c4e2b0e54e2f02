"""Sitemaps, sitemap indexes, news sitemaps → candidates and further parts.

Files are often gzip *bodies*; indexes list hundreds of files of 20,000 rows, of
which only the latest are of interest here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from io import BytesIO

from lxml import etree

from crawler.discover import misfit
from crawler.discover.halves import without_halves
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
_MOST_NAMED_LATEST = 3
_LONGEST_TEXT = 2048
#: So many rows changed on one day, or at one instant, only if the dates are the file's and not the rows'.
_TOO_MANY_OF_A_DAY = 500
_TOO_MANY_OF_AN_INSTANT = 50
_LATEST_NAME = re.compile(r"latest|news|recent|current", re.IGNORECASE)
_NOT_ARTICLES = re.compile(
    r"(?<![a-z])(?:videos?|images?|photos?|galler(?:y|ies)|sections?|categor(?:y|ies)|(?:post_)?tags?|authors?|users?|"
    r"podcasts?|audios?|pages?-sitemap|sitemap-pages?)(?![a-z])",
    re.IGNORECASE,
)
_ROWS = frozenset({"url", "sitemap", "news", "publication"})
_NUMBER = re.compile(r"\d+")
_BEGINNING = re.compile(rb"<\?xml\b|<(?:[a-z]+:)?(?:urlset|sitemapindex)[\s>]", re.IGNORECASE)
_END = re.compile(rb"</(?:[a-z]+:)?(?:urlset|sitemapindex)\s*>", re.IGNORECASE)
_BARE_AMPERSAND = re.compile(rb"&(?!#?\w{1,10};)")
_HEAD = _TAIL = 64 * 1024


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
    notes = (
        [] if whole else [f"it breaks off; {len(rows)} row{'' if len(rows) == 1 else 's'} came before that"]
    )
    if _are_dates_of_the_file([c.modified_at for c in found if c.published_at is None]):
        found = tuple(c if c.published_at is not None else replace(c, modified_at=None) for c in found)
        notes.append("its rows all bear the same date, which is not believed")
    return Reading(
        candidates=tuple(sorted(found, key=_latest_first(now), reverse=True)),
        parts=tuple(part for part in parts if part),
        whole=whole,
        notes=tuple(notes),
        language=_language(rows),
    )


def _are_dates_of_the_file(dates: Sequence[datetime | None]) -> bool:
    """Tell whether rows were all given the day on which the file was made: such dates name no change."""
    known = [at for at in dates if at is not None]
    days = {at.date() for at in known}
    clocks = {at.time() for at in known}
    if len(days) != 1:
        return False
    at_one_instant = len(clocks) == 1 and known[0].time() != time()
    return len(known) >= (_TOO_MANY_OF_AN_INSTANT if at_one_instant else _TOO_MANY_OF_A_DAY)


def _language(rows: Sequence[_Row]) -> str | None:
    named = Counter(row.texts["language"][:20] for row in rows if row.texts.get("language"))
    return named.most_common(1)[0][0] if named else None


def choose_parts(parts: Sequence[Part], horizon: datetime) -> list[Part]:
    """Return the parts of an index worth reading: those that changed since the horizon, the newest first.

    Parts named "latest" or "news" come before all; where nothing is dated, or
    all by the same day, the files with the highest numbers are taken, and the
    first, as some count down.
    """
    useful = [part for part in parts if not _NOT_ARTICLES.search(_file_name(part))] or list(parts)
    named = [part for part in useful if _LATEST_NAME.search(_file_name(part))]
    if len(named) > _MOST_NAMED_LATEST:
        named = []  # a word that all of them bear says nothing
    rest = [part for part in useful if part not in named]
    days = {part.modified_at.date() for part in rest if part.modified_at is not None}
    if len(days) > 1 or (days and len(rest) <= _MOST_NAMED_LATEST):
        dated = [p for p in rest if p.modified_at is not None and p.modified_at >= horizon - _DAY]
        chosen = [*named, *sorted(dated, key=lambda part: part.modified_at or horizon, reverse=True)]
    elif named:
        chosen = named
    else:
        numbered = sorted(rest, key=lambda part: [int(n) for n in _NUMBER.findall(part.url)][-6:])
        chosen = [*numbered[-2:][::-1], *rest[:1]]
    return list({part.url: part for part in chosen}.values())[:_MOST_PARTS_READ]


def _file_name(part: Part) -> str:
    return part.url.rstrip("/").rpartition("/")[2]


def _xml_rows(raw: bytes) -> tuple[list[_Row], bool]:
    """Return the rows of what is well formed and of what is not, and whether the end of the document came."""
    beginning = _BEGINNING.search(raw, 0, _HEAD)
    document = _BARE_AMPERSAND.sub(b"&amp;", without_halves(raw[beginning.start() :] if beginning else raw))
    rows: list[_Row] = []
    try:
        for row in _walk(document):
            rows.append(row)
            if len(rows) >= _MOST_ROWS:
                return rows, True
    except etree.XMLSyntaxError:
        return rows, False
    whole = _END.search(raw[-_TAIL:]) is not None
    return rows if whole else rows[:-1], whole  # the last row of what breaks off may be half an address


def _walk(raw: bytes) -> Iterator[_Row]:
    events = etree.iterparse(
        BytesIO(raw),
        events=("end",),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
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
        elif above in _ROWS and element.text:
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
    what, hint = misfit.describe(raw), misfit.remedy(raw, base_url, "a sitemap")
    if misfit.is_sitemap(raw):
        what = "a sitemap without addresses"
    elif misfit.is_feed(raw) and not misfit.is_html(raw):
        what, hint = "a feed", "write it under feeds"
    return DiscoverError(f"{what} came where a sitemap was due", source=source, url=base_url, hint=hint)
