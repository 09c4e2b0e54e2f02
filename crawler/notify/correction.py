"""What takes back something told before: corrections, withdrawals, retractions.

Before and after stand side by side with their quotes; what we say of the page
is only what changed on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from crawler.notify import when
from crawler.notify.blocks import BLANK, Block, Worth
from crawler.notify.lines import (
    acknowledge,
    address,
    id_line,
    quote_block,
    rules_lines,
    senses_line,
    source_line,
)
from crawler.notify.plain import one_line, shorten
from crawler.notify.sense import claim_label, sense, side
from crawler.notify.told import Reader, Told
from rules.alerts.meaning import GROUPS
from state.article import texts
from state.records import Event, NoticeKind

_HEADLINE_MAX = 90
# Only of English pages can we tell that an edit is owned up to, or is not.
_OWNED_UP = re.compile(
    r"correct(?:ion|ed|s)\b|clarif|editor[’']?s note|updated?\b|amended|retract", re.IGNORECASE
)


def correction_blocks(told: Told, reader: Reader) -> list[Block]:
    """Return the whole message about one correction."""
    was, now = side(told, "was"), side(told, "now")
    return [
        _lead(told, reader, _what_changed(told, was, now, reader)),
        *_before_and_after(told, was, now, reader),
        *_both_quotes(told, was, now, reader),
        *senses_line(told, reader),
        *_foot(told, reader),
    ]


def ending_blocks(told: Told, reader: Reader) -> list[Block]:
    """Return the whole message about a withdrawal or a retraction."""
    words = reader.words
    event = told.lead
    if told.notice.kind == NoticeKind.RETRACTION:
        what = shorten(str(told.notice.told.get("because") or told.notice.reason), 200)
        by = told.notice.told.get("by")
        reason = words.text("because", reason=f"{what} ({shorten(str(by), 40)})" if by else what)
    else:
        reason = words.text("pages_gone" if told.notice.told.get("pages_gone") else "denied_elsewhere")
    blocks = [_lead(told, reader, reason)]
    if event is not None:
        said = f"{claim_label(event, told.outlet, words)}: {sense(event, words)}"
        blocks.append(Block(words.text("was", said=said), Worth.FACTS))
        blocks.append(_quoted("then_quote", event.quote, event, told, reader, Worth.QUOTE))
    return [*blocks, *_foot(told, reader)]


def _lead(told: Told, reader: Reader, what: str) -> Block:
    words = reader.words
    sent = ""
    if told.earlier_at is not None:
        sent = f" ({words.text('sent_on', when=when.near(told.earlier_at, reader.zone, reader.now))})"
    title = shorten(told.earlier_headline or told.headline, _HEADLINE_MAX)
    severity, notice = words.severity(told.notice.severity), words.notice(told.notice.kind)
    return Block(f'{severity} · {notice} {told.alert.id}{sent} "{title}": {what}', style="lead")


def _what_changed(told: Told, was: Event | None, now: Event | None, reader: Reader) -> str:
    words = reader.words
    changed = told.notice.told.get("changed") or ()
    if was and now and was.claim != now.claim:
        opposite = (GROUPS.get(was.claim) == "undone") != (GROUPS.get(now.claim) == "undone")
        return words.text("says_opposite" if opposite else "says_otherwise")
    for name, key in (("quote_gone", "words_gone"), ("quote_back", "words_back")):
        if name in changed:
            return words.text(key)
    return words.text("headline_changed" if list(changed) == ["title"] else "says_otherwise")


def _before_and_after(told: Told, was: Event | None, now: Event | None, reader: Reader) -> Iterator[Block]:
    words = reader.words
    if was is not None:
        yield Block(words.text("was", said=_claimed(was, told, reader)), Worth.FACTS)
    changed = told.notice.told.get("changed") or ()
    old = told.notice.told.get("was", {}).get("title")
    if "title" in changed and old and old != told.earlier_headline:
        yield Block(words.text("headline_was", title=f'"{shorten(str(old), _HEADLINE_MAX)}"'), Worth.FACTS)
    if now is not None:
        date = words.text("words_of_article", date=shorten(now.date, 40)) if now.date else ""
        said = f"{words.text('now', said=_claimed(now, told, reader))}."
        edit = f" {words.text('page_silent')}" if _hides_the_edit(told) else ""
        more = edit + (f" {words.text('when', when=date)}" if date else "")
        yield Block(said + more, Worth.EXPLANATION, shrink=lambda _: Block(said, Worth.FACTS))
    elif "quote_gone" in changed:
        yield Block(words.text("quote_gone"), Worth.FACTS)
    if "quote_back" in changed:
        yield Block(words.text("quote_back"), Worth.FACTS)


def _claimed(event: Event, told: Told, reader: Reader) -> str:
    return f"{claim_label(event, told.outlet, reader.words)}: {sense(event, reader.words)}"


def _hides_the_edit(told: Told) -> bool:
    if told.article is None or not (told.language or "").startswith("en"):
        return False
    return not any(_OWNED_UP.search(item.text) for item in texts(told.article) if item.scope != "comment")


def _both_quotes(told: Told, was: Event | None, now: Event | None, reader: Reader) -> Iterator[Block]:
    then_said = was.quote if was else next(iter(told.notice.told.get("gone") or ()), "")
    if then_said:
        yield _quoted("then_quote", str(then_said), was, told, reader, Worth.OLD_QUOTE)
    if now is not None and now.quote and now.quote != then_said:
        yield _quoted("now_quote", now.quote, now, told, reader, Worth.QUOTE)


def _quoted(key: str, quote: str, event: Event | None, told: Told, reader: Reader, worth: Worth) -> Block:
    """Return a quote with THEN or NOW before it, that shrinks by whole clauses."""
    return _prefixed(reader.words.text(key, quote=""), quote_block(quote, event, told, worth))


def _prefixed(prefix: str, block: Block) -> Block:
    inner = block.shrink

    def shrunk(room: int) -> Block | None:
        shorter = inner(room - len(prefix)) if inner else None
        return _prefixed(prefix, shorter) if shorter else None

    marked = tuple((start + len(prefix), end + len(prefix)) for start, end in block.marked)
    return replace(block, text=f"{prefix}{block.text}", marked=marked, shrink=shrunk)


def _foot(told: Told, reader: Reader) -> Iterator[Block]:
    words = reader.words
    yield BLANK
    yield Block(one_line(told.headline), style="headline")
    yield Block(_source_and_change(told, reader), Worth.FACTS)
    if told.url:
        yield Block(address(told.url), url=address(told.url))
    if told.earlier_to:
        channels = ", ".join(told.earlier_to)
        yield Block(words.text("sent_to", id=told.alert.id, channels=channels), Worth.EXPLANATION)
    else:
        yield Block(words.text("kept"), Worth.EXPLANATION)
    yield from rules_lines([told], reader)
    yield from acknowledge([told.alert.id], reader)
    yield id_line([told])


def _source_and_change(told: Told, reader: Reader) -> str:
    said = source_line(told, reader)
    if told.notice.kind != NoticeKind.CORRECTION:
        return said
    found = told.article.fetched_at if told.article and told.article.fetched_at else told.notice.created_at
    earlier = told.seen_before
    if earlier is None or earlier >= found:
        return f"{said}. {reader.words.text('first_seen', when=when.full(found, reader.zone))}"
    return f"{said}. {_between(earlier, found, reader)}"


def _between(earlier: datetime, later: datetime, reader: Reader) -> str:
    first = when.near(earlier, reader.zone, reader.now)
    return reader.words.text("changed_between", earlier=first, later=when.full(later, reader.zone))
