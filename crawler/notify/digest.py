"""The daily digest: what rang, what we could not see, what stood still, and when the next one comes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.notify import when
from crawler.notify.blocks import Block, html_of, text_of
from crawler.notify.listing import discreet_item, item_blocks, parts
from crawler.notify.plain import shorten
from crawler.notify.told import Composed, Reader, Told

_Item = tuple[Sequence[Block], tuple[str, int] | None]


@dataclass(frozen=True, slots=True)
class Blind:
    """A time in which a source could not be seen; ``until`` None is still so."""

    source: str
    since: datetime
    until: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class Still:
    """A standing state of a source since ``since``; its sentence says what it is."""

    source: str
    since: datetime
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What a digest tells of: from ``since`` to ``until``.

    ``rang`` are the notices this channel was sent, ``background`` those that
    waited for this digest.
    """

    since: datetime | None
    until: datetime
    rang: Sequence[Told] = ()
    background: Sequence[Told] = ()
    corrected: int = 0
    not_seen: Sequence[str] = ()
    blind: Sequence[Blind] = ()
    silent: Sequence[Still] = ()
    standing: Sequence[Still] = ()
    articles: int = 0
    sources: int = 0
    without_gap: int = 0
    waiting: int = 0
    muted: int = 0
    retracted: int = 0
    dead: int = 0
    seal: str | None = None
    next_at: datetime | None = None


def compose_digest(day: Day, reader: Reader) -> list[Composed]:
    """Return the digest as few messages as hold it, nothing left out; the id line is the sender's to add."""
    head = _head(day, reader)
    dealt = parts([*_front(day, reader), *_foot(day, reader), *_back(day, reader)], around=len(head) + 40)
    composed = []
    for number, part in enumerate(dealt, 1):
        numbered = reader.words.text("part", number=number, total=len(dealt)) if len(dealt) > 1 else ""
        blocks = [Block(head + numbered, style="lead"), *(block for lines, _ in part for block in lines)]
        notices = tuple(notice for _, notice in part if notice)
        composed.append(
            Composed(
                title=head + numbered,
                body=text_of(blocks),
                html=html_of(blocks),
                notices=notices,
                own_id=True,
            )
        )
    return composed


def _head(day: Day, reader: Reader) -> str:
    at = when.headed(day.until, reader.zone)
    if day.since is None:
        return reader.words.word("digest", "head_first", when=at)
    length = when.span(day.until - day.since, reader.words)
    return reader.words.word("digest", "head", when=at, hours=length)


def _front(day: Day, reader: Reader) -> Iterator[_Item]:
    words = reader.words
    alerts = {told.alert.id for told in day.rang}
    counts = words.word(
        "digest", "counts", rang=len(alerts), corrected=day.corrected, background=len(day.background)
    )
    line = f"{counts}."
    if not alerts and not day.background:
        line = words.word("digest", "nothing")
    if day.not_seen:
        line += " " + words.word("digest", "not_seen", ids=_ids(day.not_seen))
    yield [Block(line)], None
    for told in day.rang:
        yield _line(told, reader), None
    yield from _unseen(day, reader)


def _unseen(day: Day, reader: Reader) -> Iterator[_Item]:
    words = reader.words
    if day.blind:
        title = Block(words.word("digest", "could_not_see"), style="lead")
        for number, blind in enumerate(day.blind):
            yield ([title] if number == 0 else []) + [Block(_blind(blind, reader))], None
    elif day.sources:
        yield [Block(words.word("digest", "saw_all"))], None
    for key, rows in (("published_nothing", day.silent), ("standing", day.standing)):
        title = Block(words.word("digest", key), style="lead")
        for number, row in enumerate(rows):
            yield ([title] if number == 0 else []) + [Block(_still(row, reader))], None


def _blind(blind: Blind, reader: Reader) -> str:
    words, zone = reader.words, reader.zone
    start = blind.since.astimezone(zone)
    why = _inside(blind.why)
    if blind.until is None:
        length = when.span(reader.now - blind.since, words)
        still = words.word("digest", "still", since=when.near(blind.since, zone, reader.now))
        return f"· {shorten(blind.source, 60)} {still} ({length}): {why}"
    end = blind.until.astimezone(zone)
    today = reader.now.astimezone(zone).date()
    days = "" if start.date() == end.date() == today else f"{when.short(blind.since, zone).split()[0]} "
    later = "" if start.date() == end.date() else f"{when.short(blind.until, zone).split()[0]} "
    length = when.span(blind.until - blind.since, words)
    return f"· {shorten(blind.source, 60)} {days}{start:%H:%M}–{later}{end:%H:%M} ({length}): {why}"


def _still(row: Still, reader: Reader) -> str:
    if row.sentence:
        return f"· {shorten(row.source, 60)}: {_inside(row.sentence)}"
    days = max(0, (reader.now - row.since) // timedelta(days=1))
    source, since = shorten(row.source, 60), when.day(row.since, reader.zone)
    return "· " + reader.words.word("digest", "nothing_since", source=source, since=since, days=days)


def _inside(sentence: str) -> str:
    """Return a sentence as it stands after a colon."""
    text = shorten(sentence, 140)
    return (text[:1].lower() + text[1:]).removesuffix(".")


def _foot(day: Day, reader: Reader) -> Iterator[_Item]:
    words = reader.words
    lines = [
        words.word("digest", "read", articles=day.articles, well=day.without_gap, all=day.sources),
        words.word("digest", "waiting", waiting=day.waiting, muted=day.muted, retracted=day.retracted),
    ]
    if day.dead:
        lines.append(words.word("digest", "undelivered", dead=day.dead))
    lines.append(
        words.word("digest", "seal", seal=_grouped(day.seal)) if day.seal else words.word("digest", "no_seal")
    )
    if day.next_at is not None:
        next_at = f"{when.short(day.next_at, reader.zone)}"
        lines.append(words.word("digest", "next", when=next_at))
    yield [Block(line) for line in lines], None


def _back(day: Day, reader: Reader) -> Iterator[_Item]:
    title = Block(reader.words.word("digest", "background_head"), style="lead")
    for number, told in enumerate(day.background):
        blocks = ([title] if number == 0 else []) + list(_line(told, reader))
        yield blocks, (told.alert.id, told.notice.number)


def _line(told: Told, reader: Reader) -> Sequence[Block]:
    return discreet_item(told, reader) if reader.content == "discreet" else item_blocks(told, reader)


def _ids(ids: Sequence[str]) -> str:
    return " ".join(ids[:12]) + (f" (+{len(ids) - 12})" if len(ids) > 12 else "")


def _grouped(seal: str) -> str:
    return " ".join(seal[at : at + 4] for at in range(0, 16, 4))
