"""What an unknown page prints around its headline: the words below it, who wrote the text, and when."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from crawler.sites.blocks import line as line_of
from crawler.sites.dates import Dated, parse_date
from crawler.sites.lines import DENSE, Line
from crawler.sites.placed import FURNITURE
from crawler.sites.select import Element
from crawler.sites.tree import Document
from crawler.sites.words import clean, letters_of

#: Lines looked at before and after the headline.
_BEFORE, _AFTER = 6, 25
#: A longer line after the headline, if nothing marks it as the words below one, is the text's first.
_PROSE = 120
#: Lines from such words to the names and the date, where only these tell what they are.
_NEAR = 4
_LONGEST_DATE = 100
_LONGEST_BELOW = 300
_SHORT_DATE = 60
#: A line with more letters, of which so many are a link, is another story's headline and date.
_LONGEST_LINK, _LINKED = 25, 0.3
_LONGEST_NAME = 60
_LONGEST_LINE = 160
_MOST_WORDS = 6
_SUBTITLES = re.compile(
    r"sub-?(?:title|head(?:line)?|line)|stand-?first|(?:^|[\s_-])(?:dek|deck|excerpt|abstract|summary|sapo|chapeau|tagline|"
    r"lead(?:-?in)?|lede|intro|teaser|desc|description|entradilla|bajada|vorspann|anriss|spot|kicker-?text)(?=$|[\s_-])",
    re.IGNORECASE,
)
_AUTHORS = re.compile(
    r"(?:^|[\s_-])(?:by-?line|authors?|contributor|reporter|journalist|writer|redacteur|auteur|autor|yazar|penulis)"
    r"(?=$|[\s_-]|name|by)|authorname",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"bio|avatar|desc|location|image|img|count|more|social", re.IGNORECASE)
BY = re.compile(
    r"^(?:(?:posted|submitted|written|published|reported)\s+by|by|von|par|por|oleh|di|автор:?|текст:|viết bởi|theo|tác giả:?|"
    r"بقلم|كتب(?:ت)?|نویسنده:?|ដោយ|โดย|ໂດຍ|ရေးသားသူ|作者[:：]?|记者[:：]?|記者[:：]?|기자명|文[:：/／]|글[:：]?|기자[:：])\s+",
    re.IGNORECASE,
)
_REPORTER = re.compile(r"\s*(?:기자|특파원|記者|记者|muhabiri)$")
_BEYOND = re.compile(r"\s+(?:[/|·•,–—-]|on|in|for|[A-Za-z\d_.+-]+@\S+)\s.*$|\s*[,|·•/–—-]\s*$")
_NAMES = re.compile(r"\s*(?:[,;|]|\s(?:and|und|et|y|e|dan|ve|và|и|&)\s)\s*", re.IGNORECASE)
_STAMPS = re.compile(r"date|time|publish|posted|stamp|meta|info", re.IGNORECASE)
_SENTENCE = re.compile(r"\w{4,}[.!?]$|[。！？။។।]$")
_OWNERS = re.compile(r"©|\(c\)|copyright|rights reserved", re.IGNORECASE)
_A_DAY = timedelta(hours=26)
_CHANGED = re.compile(
    r"updat|modifi|edit|changed|güncel|aktuali|cập nhật|diperbarui|измен|обнов|수정|更新|修改|آخر تحديث|به‌روز|แก้ไข|อัปเดต",
    re.IGNORECASE,
)
_ASSUMED = ", zone assumed UTC"
#: Clocks of languages whose sites keep, but for a few, one clock.
_ZONES = {
    "ko": "Asia/Seoul", "ja": "Asia/Tokyo", "vi": "Asia/Ho_Chi_Minh", "th": "Asia/Bangkok", "km": "Asia/Phnom_Penh",
    "lo": "Asia/Vientiane", "my": "Asia/Yangon", "tr": "Europe/Istanbul", "ne": "Asia/Kathmandu", "mn": "Asia/Ulaanbaatar",
    "zh": "Asia/Shanghai", "id": "Asia/Jakarta", "bn": "Asia/Dhaka",
    "hu": "Europe/Budapest", "pl": "Europe/Warsaw", "uk": "Europe/Kyiv", "fa": "Asia/Tehran", "si": "Asia/Colombo",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Masthead:
    """The words below a headline, the names, and the date; ``keys`` are the letters of the lines that told them.

    ``leads`` tells that the words below the headline stand in the text's own box, as its first paragraph.
    """

    subtitle: str = ""
    leads: bool = False
    authors: tuple[str, ...] = ()
    dated: Dated | None = None
    keys: frozenset[str] = frozenset()


def read_masthead(document: Document, found: Sequence[Line], title: str, now: datetime) -> Masthead:
    """Return what is printed around the headline.

    Args:
        document: The page.
        found: Its lines, in order, without captions.
        title: The article's.
        now: The present instant.
    """
    place = _headline(found, letters_of(title))
    if place is None:
        return Masthead()
    after = list(_after(found[place + 1 : place + 1 + _AFTER]))
    before = [line for line in found[max(0, place - _BEFORE) : place] if _stand_together(line, found[place])]
    stamps = [(line, when) for line in (*after, *before) if (when := _date(document, line, now))]
    names = {line: who for line in after if (who := _who(line))}
    told = [*names, *(line for line, _ in stamps)]
    below = _subtitle(after, {line.key for line in told}, letters_of(title))
    authors = tuple(dict.fromkeys(name for who in names.values() for name in who))
    best = sorted(stamps, key=lambda stamp: (bool(_CHANGED.search(stamp[0].text)), stamp[1].day_only))
    told += [line for line in before if line.key and not _SENTENCE.search(line.text)]
    keys = frozenset(line.key for line in told if len(line.text) <= _LONGEST_DATE)
    return Masthead(
        below.text if below else "",
        below is not None and _leads(below, found, {line.key for line in told}),
        authors,
        best[0][1] if best else None,
        keys | {below.key} if below else keys,
    )


def without_subtitle(printed: Masthead) -> Masthead:
    """Return what is printed around a headline without the words below it, which are the text's."""
    return replace(printed, subtitle="", leads=False, keys=printed.keys - {letters_of(printed.subtitle)})


def _headline(found: Sequence[Line], key: str) -> int | None:
    places = [
        number
        for number, line in enumerate(found)
        if line.key == key or (line.element.tag == "h1" and key and line.key.endswith(key))
    ]
    return min(places, key=lambda n: (found[n].element.tag != "h1", not found[n].heading), default=None)


def _after(found: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines up to the first paragraph of the text; the first line of all may be long, and the words below."""
    for number, line in enumerate(found):
        weight = len(line.key) * (3 if DENSE.search(line.text) else 1)
        if number and weight >= _PROSE and not _is_below(line):
            return
        yield line


def _stand_together(line: Line, headline: Line) -> bool:
    """Tell whether a line before the headline stands in the box that holds the headline, not in the site's head."""
    boxes = [headline.element, *islice(headline.element.iterancestors(), 2)]
    boxes = [box for box in boxes if box.tag not in ("body", "html")]
    return any(above in boxes for above in (line.element, *line.element.iterancestors()))


def _boxes(element: Element) -> Iterator[str]:
    """Yield what a line's element and the two around it are called."""
    for box in (element, *islice(element.iterancestors(), 2)):
        if box.tag in ("body", "main", "article"):
            return
        yield f"{box.get('class') or ''} {box.get('itemprop') or ''} {box.get('data-testid') or ''}"


def _is_below(line: Line) -> bool:
    """Tell whether a line stands alone in a box that is named as the words below a headline."""
    named = (box for box in (line.element, *islice(line.element.iterancestors(), 2)) if box.get("class"))
    box = next(named, None)
    if box is None or box.tag in ("body", "main", "article") or not _SUBTITLES.search(box.get("class") or ""):
        return False
    return len("".join(map(str, box.itertext()))) <= 2 * len(line.text) + 60


def _date(document: Document, line: Line, now: datetime) -> Dated | None:
    """Return the date that a line tells, None where it is a sentence or a headline with a date in it."""
    named = any(map(_STAMPS.search, _boxes(line.element))) or line.element.tag == "time"
    if len(line.text) > (_LONGEST_DATE if named else _SHORT_DATE) or not any(map(str.isdigit, line.text)):
        return None
    is_link = line.links >= _LINKED and len(line.key) > _LONGEST_LINK
    if not named and (line.heading or is_link or _SENTENCE.search(line.text)):
        return None
    parts = islice(line.element.iterdescendants("time", "span", "em", "abbr", "small", "b"), 20)
    told = (_in_zone(document, text, now) for text in (line.text, *map(line_of, parts)))
    return next((found for found in told if found), None)


def _in_zone(document: Document, text: str, now: datetime) -> Dated | None:
    """Read a date; where it names no zone the clock of its language is assumed, and said."""
    language = (document.root.get("lang") or "").split("-")[0].lower()
    found = parse_date(text, now=now, language=language or None)
    if found is None or language not in _ZONES or not found.how.endswith(_ASSUMED):
        return found
    there = parse_date(text, now=now, language=language, zone=ZoneInfo(_ZONES[language]))
    return (
        there._replace(how=f"{found.how.removesuffix(_ASSUMED)}, zone assumed {_ZONES[language]}")
        if there
        else found
    )


def is_printed(document: Document, found: Sequence[Line], day: str, now: datetime) -> bool:
    """Tell whether a day (``2017-11-06``) is told by the page's data, its address or a line of its own.

    A day that only a sentence or the owner's copyright names says nothing of when the page was published.
    """
    if day.encode() in document.data or any(day.replace("-", mark) in document.url for mark in "/-"):
        return True
    stamps = (_date(document, line, now) for line in found if not _OWNERS.search(line.text))
    return any(
        abs(stamp.at - datetime.fromisoformat(day).replace(tzinfo=UTC)) < _A_DAY for stamp in stamps if stamp
    )


def _who(line: Line) -> tuple[str, ...]:
    """Return the names that a line tells, () if it is no byline."""
    if len(line.text) > _LONGEST_LINE:
        return ()
    parts = [part for part in line.element.iterdescendants() if _names_authors(part.get("class") or "")]
    texts = [line_of(part) for part in parts if not any(part in other.iterdescendants() for other in parts)]
    if not parts and (BY.match(line.text) or any(map(_names_authors, _boxes(line.element)))):
        texts = [line.text]
    names = (
        _REPORTER.sub("", _BEYOND.sub("", clean(name)))
        for text in texts
        for name in _NAMES.split(BY.sub("", _BEYOND.sub("", text)))
    )
    return tuple(name for name in names if _is_name(name))


def _names_authors(told: str) -> bool:
    return bool(_AUTHORS.search(told)) and not _ABOUT.search(told)


def _is_name(text: str) -> bool:
    words = text.split()
    return (
        bool(words)
        and len(text) <= _LONGEST_NAME
        and len(words) <= _MOST_WORDS
        and not any(map(str.isdigit, text))
        and (text[:1].isupper() or not text[:1].islower())
        and letters_of(text) not in ("by", "author", "staff", "admin", "follow")
    )


def _leads(below: Line, found: Sequence[Line], told: Collection[str]) -> bool:
    """Tell whether the words below a headline are a paragraph directly above the text's first, or as long as one."""
    if len(below.text) > _LONGEST_BELOW:
        return True
    if below.heading or any(box.tag in ("header", "hgroup") for box in below.element.iterancestors()):
        return False
    place = next(number for number, line in enumerate(found) if line is below)
    for line in found[place + 1 :]:
        if line.key in told:
            return False
        if len(line.key) >= _PROSE:
            return line.element.getparent() in list(islice(below.element.iterancestors(), 2))
    return False


def _is_prose(text: str) -> bool:
    return len(letters_of(text)) >= 15 if DENSE.search(text) else len(text) >= 45 and text.count(" ") >= 5


def _subtitle(after: Sequence[Line], told: Collection[str], title: str) -> Line | None:
    """Return the words below the headline: what is named so, a heading, or what stands before names and date."""
    free = [
        line
        for line in after
        if line.key not in told and line.key != title and 20 <= len(line.text) <= 600 and line.links < 0.3
        and not FURNITURE.search(line.element.get("class") or "")
    ]  # fmt: skip
    named = next((line for line in free if _is_below(line)), None)
    if named or not free:
        return named
    first = next((line for line in free if _is_prose(line.text)), None)
    if first is None:
        return None
    if first is not after[0] and not (first.heading and first.element.tag == "h2"):
        return None
    last = max((number for number, line in enumerate(after) if line.key in told), default=-1)
    follows_names = 0 < last - next(number for number, line in enumerate(after) if line is first) <= _NEAR
    return first if first.heading or follows_names else None
