"""When a post was written: its time element's data first, what it prints next, a date standing alone last."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone, tzinfo

from lxml import etree

from crawler.sites.blocks import line
from crawler.sites.dates import Dated, from_epoch, parse_date
from crawler.sites.select import Element, Index
from crawler.sites.tree import Document, text_of
from crawler.sites.words import clean

#: Beside these words stands when a member joined, was last here, or lives; not when the post was written.
#: Both patterns are sought in small letters: so a search costs a sixth of one that minds no case.
JOINED = re.compile(
    r"join|regist|rejestr|beigetreten|dabei seit|anmeld|member since|inscri|iscritt|miembro|membro|dołącz|регистр|"
    r"с нами с|katıl|kayıt|location|wohnort|last (?:seen|online|visit|active)|tham gia|เข้าร่วม|สมัคร|加入|注册|註冊|가입|登録日"
)
EDITED = re.compile(
    r"edit|edyt|ändert|bearbeitet|modifi|редакт|изменен|изменён|düzenle|sửa|แก้ไข|编辑|編輯|修改|수정|編集|"
    r"like[sd] (?:this|by)|thank"
)
_CLOCK = re.compile(r"\d{1,2}(?::\d{2}|[h時时點点시])")
#: It begins with a digit, not with what may not stand before one: so a page is searched in a quarter of the time.
_NUMERIC = re.compile(rb"(\d(?<![\d./-]\d)\d?)[/-](\d{1,2})[/-]\d{4}(?!\d)")
#: A board's clock in its footer, in small letters: so many hours before or after Greenwich.
_ZONE = re.compile(
    rb"(?:times?|zeit\w{0,8}|heures|hor\w{2,8}|orari|tijden|czas\w{0,4}|\xd0\xb2\xd1\x80\xd0\xb5\xd0\xbc\S{0,12}|\xe6\x97\xb6\S{0,12})[^<>+\n]{0,40}?"
    rb"\b(?:gmt|utc|wez)\s{0,3}([+-])\s{0,3}(\d{1,2})(?::?(\d\d))?(?!\d)"
)
_TAG = re.compile(rb"<[^<>]{0,300}>")
_FOOT = 20_000
#: A longer text is not one that has an hour beside other words.
_LONGEST = 200
_DAY = re.compile(r"\d{4}|\d[./-]\d|[^\W\d_]{3}")


def stamp_time(document: Document, stamp: Element, now: datetime) -> Dated | None:
    """Return the instant of a time element: its data first, what it prints last."""
    for name in ("data-time", "data-timestamp"):
        if (value := stamp.get(name)) and (at := from_epoch(value, now=now)):
            return Dated(at, False, name)
    for name in ("datetime", "content"):
        if (value := stamp.get(name)) and (found := parse_date(value, now=now)):
            return found
    both = f"{stamp.get('data-datestring') or ''} {stamp.get('data-timestring') or ''}".strip()
    for value in (both, stamp.get("title"), text_of(stamp)[-120:]):
        if value and (found := read_date(document, value, now)) and not JOINED.search(value.lower()):
            return found
    return None


def read_date(document: Document, text: str, now: datetime) -> Dated | None:
    """Return the instant that a text of a page names, by the clock the page says its times are of.

    ``5-6-2011`` is read as the page's other dates are.
    """
    found = _NUMERIC.search(text.encode())
    is_unclear = found is not None and int(found[1]) <= 12 and int(found[2]) <= 12
    day_first = document.once("day first", lambda: _day_first(document)) if is_unclear else None
    zone = document.once("board zone", lambda: _board_zone(document))
    return parse_date(text, now=now, day_first=day_first, zone=zone, language=document.root.get("lang"))


def _board_zone(document: Document) -> tzinfo | None:
    """Return the zone that a board names below its posts: "All times are GMT +7", "Alle Zeiten sind UTC+02:00"."""
    foot = document.data[-_FOOT:].lower()
    is_named = any(name in foot for name in (b"gmt", b"utc", b"wez"))
    found = _ZONE.findall(_TAG.sub(b"", foot)) if is_named else []
    if not found:
        return None
    sign, hours, minutes = found[-1]
    ahead = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return timezone(-ahead if sign == b"-" else ahead) if ahead <= timedelta(hours=14) else None


def _day_first(document: Document) -> bool:
    """Tell how a page writes dates in figures: by those that can be read in one way only, else by its language."""
    pairs = [(int(found[1]), int(found[2])) for found in _NUMERIC.finditer(document.data)]
    day_first, month_first = sum(a > 12 for a, _ in pairs), sum(b > 12 for _, b in pairs)
    if day_first != month_first:
        return day_first > month_first
    return (document.root.get("lang") or "en").lower() not in ("en", "en-us")


def printed_time(document: Document, frame: Index, content: Element, now: datetime) -> Dated | None:
    """Return the earliest date with an hour that stands alone in a post's frame.

    The day its author joined, and the time it was edited, are passed over.
    """
    best: Dated | None = None
    for holder, part, label in _clocks(frame.root, content):
        above = holder.getparent()
        text = clean(part) if _DAY.search(part) else line(holder if above is None else above)
        low = text.lower()
        if len(text) > 80 or JOINED.search(low) or EDITED.search(low) or JOINED.search(label.lower()):
            continue
        found = read_date(document, text, now)
        if found and not found.day_only and (best is None or found.at < best.at):
            best = found
    return best


def _clocks(root: Element, content: Element) -> Iterator[tuple[Element, str, str]]:
    """Yield each text with an hour outside the message, the element it stands in and the short words before it, its label."""
    clock = _CLOCK.search
    message = frozenset(content.iter(etree.Element))
    for element in root.iter(etree.Element):
        if element not in message:
            text, title = element.text, element.get("title")
        elif element is content:
            text = title = None
        else:
            continue
        tail = element.tail
        if title and 4 <= len(title) <= 80 and clock(title) and _DAY.search(title):
            yield element, title, (text or "")[:40]
        if text and 4 <= len(text) <= _LONGEST and clock(text):
            yield element, text, ""
        if tail and 4 <= len(tail) <= _LONGEST and clock(tail) and element is not root:
            above = element.getparent()
            if above is not None:
                yield above, tail, (text or "")[:40]


def tells_edit(stamp: Element) -> bool:
    """Tell whether the words before a time say that it is when something was changed."""
    before, above = stamp.getprevious(), stamp.getparent()
    words = before.tail if before is not None else above.text if above is not None else None
    return bool(words and EDITED.search(words[-60:].lower()))


def inside(part: Element, content: Element) -> bool:
    """Tell whether an element is another or stands in it."""
    return part is content or content in part.iterancestors(content.tag)
