"""The message about one article: first notices and news on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crawler.notify import when
from crawler.notify.blocks import BLANK, Block, Worth
from crawler.notify.lines import acknowledge, article_lines, id_line, quote_block, rules_lines, senses_line
from crawler.notify.plain import one_line, shorten
from crawler.notify.sense import claim_label, sense, told_line
from crawler.notify.told import Reader, Told
from state.article import texts
from state.records import Claim, Event, NoticeKind

_HAPPENED = frozenset((Claim.REPORTED, Claim.CLAIMED, Claim.ESTIMATED, Claim.RUMOURED, Claim.BACKGROUND))
#: To be pressed or courted is not to have left.
_NO_MOVE = frozenset(("pressure", "recruitment"))
_ALSO = 3


def alert_blocks(items: Sequence[Told], reader: Reader) -> list[Block]:
    """Return the whole message; ``items`` are notices about one version of one article."""
    first = items[0]
    return [
        *(lead(told, reader) for told in items),
        *_earlier(items, reader),
        *_facts(items, reader),
        *_quotes(items),
        *senses_line(first, reader),
        *_also(items, reader),
        BLANK,
        *article_lines(first, reader),
        *_joined(first, reader),
        *rules_lines(items, reader),
        *acknowledge([told.alert.id for told in items], reader),
        id_line(items),
    ]


def lead(told: Told, reader: Reader) -> Block:
    """Return severity, notice word, claim and sense, on one line and in this order."""
    words = reader.words
    parts = [words.severity(told.notice.severity)]
    if told.notice.kind != NoticeKind.ALERT:
        parts.append(f"{words.notice(told.notice.kind)} {told.alert.id}".strip())
    parts.append(told_line(told, words))
    return Block(" · ".join(parts), style="lead")


def _earlier(items: Sequence[Told], reader: Reader) -> Iterator[Block]:
    for told in items:
        headline = told.earlier_headline
        if told.notice.kind == NoticeKind.UPDATE and headline and headline != told.headline:
            sent = (
                reader.words.text("sent_on", when=when.near(told.earlier_at, reader.zone, reader.now))
                if (told.earlier_at)
                else ""
            )
            said = f'{told.alert.id}: "{shorten(headline, 120)}"' + (f" ({sent})" if sent else "")
            yield Block(said, Worth.EXPLANATION)


def _facts(items: Sequence[Told], reader: Reader) -> Iterator[Block]:
    words = reader.words
    for told in items:
        event = told.lead
        if event is None:
            continue
        values = {
            name: shorten(value, 60) if value else words.text("not_stated")
            for name, value in (("from", event.from_), ("to", event.to), ("by", event.by))
        }
        date = words.text("words_of_article", date=shorten(event.date, 40)) if event.date else None
        key = "by_when" if event.kind == "dissolution" else "from_to_when"
        yield Block(words.text(key, when=date or words.text("not_stated"), **values), Worth.FACTS)
    if sentence := _nothing_done(items, reader):
        yield Block(sentence, Worth.FACTS)


def _nothing_done(items: Sequence[Told], reader: Reader) -> str | None:
    """Return the sentence that says so when the article reports none of it as done."""
    events = [event for told in items for event in told.notice.events]
    for kind, key in (("defection", "nobody_left"), ("dissolution", "nothing_dissolved")):
        mine = [event for event in events if event.kind == kind]
        done = [event for event in mine if event.claim in _HAPPENED and event.subkind not in _NO_MOVE]
        if mine and not done:
            return reader.words.text(key)
    return None


def _quotes(items: Sequence[Told]) -> Iterator[Block]:
    """Yield the leading quote of each notice; all after the first may go for room."""
    seen: set[str] = set()
    for told in items:
        event = told.lead
        quote = event.quote if event else _sentence_of_match(told)
        if quote and quote not in seen:
            worth = Worth.SECOND_QUOTE if seen else Worth.QUOTE
            seen.add(quote)
            yield quote_block(quote, event, told, worth)


def _sentence_of_match(told: Told) -> str | None:
    """Return the text around the first matched words, for rules that draw no event."""
    if told.article is None or not told.matches or not told.matches[0].spans:
        return None
    span = told.matches[0].spans[0]
    return next((item.text for item in texts(told.article) if item.pointer == span.field), None)


def _also(items: Sequence[Told], reader: Reader) -> Iterator[Block]:
    words = reader.words
    leads = [told.lead for told in items]
    for told in items:
        if told.lead and told.lead.pressure:
            quotes = ", ".join(f"“{shorten(text, 80)}”" for text in told.lead.pressure[:2])
            yield Block(words.text("pressure", quotes=quotes), Worth.EXPLANATION)
    others = [(told, event) for told in items for event in told.notice.events if event not in leads]
    grouped: dict[str, list[Event]] = {}
    for told, event in others:
        grouped.setdefault(claim_label(event, told.outlet, words), []).append(event)
    for label, events in list(grouped.items())[:_ALSO]:
        said = sense(events[0], words)
        more = f" (+{len(events) - 1})" if len(events) > 1 else ""
        yield Block(words.text("also", label=label, said=f"{said}{more}"), Worth.EXPLANATION)


def _joined(told: Told, reader: Reader) -> Iterator[Block]:
    words = reader.words
    joined = told.notice.told.get("joined_to")
    if isinstance(joined, dict) and joined.get("title"):
        said = " ".join(one_line(str(part)) for part in (joined.get("title"), joined.get("url")) if part)
        yield Block(words.text("joined", title=said), Worth.OTHERS)
    if told.copies:
        outlets = ", ".join(shorten(name, 40) for name in told.copies[:5])
        more = f" (+{len(told.copies) - 5})" if len(told.copies) > 5 else ""
        yield Block(words.text("copies", outlets=outlets + more), Worth.OTHERS)
