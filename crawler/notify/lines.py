"""Lines that several kinds of message share: the quote, the source, the rules, the last line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from crawler.notify import when
from crawler.notify.blocks import Block, Worth, with_ranges
from crawler.notify.plain import one_line, shorten
from crawler.notify.quote import cut, occurrences
from crawler.notify.told import Reader, Told
from state.records import Event, Match

_QUOTE_MAX = 420
_QUOTE_MIN = 40


def quote_block(quote: str, event: Event | None, told: Told, worth: Worth) -> Block:
    """Return a quote that shrinks by whole clauses and keeps the words that matched and decided."""
    quote = one_line(quote)
    dear = [one_line(word) for word in _dear_words(quote, event, told)]
    keep = occurrences(quote, dear)
    matched = [one_line(span.quote) for match in told.matches for span in match.spans]

    def shrunk(room: int) -> Block | None:
        said = cut(quote, keep, min(room, _QUOTE_MAX) - 2) if room > _QUOTE_MIN else None
        return with_ranges(Block(f'"{said}"', worth, "quote", shrink=shrunk), matched) if said else None

    whole = shrunk(_QUOTE_MAX)
    return whole or replace(
        with_ranges(Block(f'"{quote}"', worth, "quote"), matched),
        shrink=lambda room: None if room < len(quote) + 2 else Block(f'"{quote}"', worth, "quote"),
    )


def _dear_words(quote: str, event: Event | None, told: Told) -> Iterator[str]:
    """Yield what a cut may not part from the rest: matched words, names, and what decided the claim."""
    if event is not None:
        yield from event.claim_words
        yield from (part for part in (event.actor, event.from_, event.to, event.by, event.said_by) if part)
        field = event.quote_at.field
        start, end = event.quote_at.start, event.quote_at.end
        for match in told.matches:
            yield from (
                s.quote for s in match.spans if s.field == field and start <= s.start and s.end <= end
            )
    else:
        yield from (span.quote for match in told.matches for span in match.spans if span.quote in quote)


def article_lines(told: Told, reader: Reader) -> Iterator[Block]:
    """Yield headline, source, times and address."""
    yield Block(one_line(told.headline), style="headline")
    yield Block(source_line(told, reader), Worth.FACTS)
    yield Block(times_line(told, reader), Worth.FACTS)
    if told.url:
        yield Block(address(told.url), url=address(told.url))


def source_line(told: Told, reader: Reader) -> str:
    """Return outlet, language and where the text was read."""
    words = reader.words
    outlet = shorten(told.outlet, 60)
    publisher = shorten(told.publisher, 60) if told.publisher else None
    read = {
        "publisher": words.text("read_at_publisher"),
        "feed": words.text("read_from_feed"),
        "copy": words.text("read_on_copy", publisher=publisher or outlet),
    }[told.read]
    name = words.language_name(told.language)
    said = outlet if not name or name in outlet else f"{outlet} {name}"
    if told.read != "copy" and publisher and publisher not in said:
        said = words.text("outlet_by", outlet=said, publisher=publisher)
    cut_page = (
        f" {words.text('truncated')}" if told.article and told.article.provenance.get("truncated") else ""
    )
    return f"{said}; {read}{'.' if cut_page else ''}{cut_page}"


def times_line(told: Told, reader: Reader) -> str:
    """Return when it was published, by the article, and when we first saw it."""
    words = reader.words
    at = told.published_at
    if at is None:
        said = words.text("published_unknown")
    else:
        said = words.text(
            "published",
            when=when.day(at, reader.zone) if told.published_day_only else when.full(at, reader.zone),
        )
    if told.first_seen is not None:
        said += " " + words.text("first_seen", when=when.full(told.first_seen, reader.zone))
    return said


def rules_lines(items: Sequence[Told], reader: Reader) -> Iterator[Block]:
    """Yield which rules rang; the ids stay when the words must go."""
    words = reader.words
    matches = {(m.rule, m.rule_version): m for told in items for m in told.matches}
    ids = [rule_id(match) for match in matches.values()] or sorted(
        {r for told in items for r in told.alert.rules}
    )
    if ids:
        bare = _why(ids, reader)
        quoted = _matched(next(iter(matches.values()))) if len(matches) == 1 else ""
        whole = f"{bare}: {quoted}" if quoted else bare
        yield Block(whole, Worth.EXPLANATION, shrink=lambda room: Block(bare))
    outside = {match.outside for match in matches.values()}
    if outside == {"comment"}:
        yield Block(words.text("only_comments"))
    elif outside == {"outside"}:
        yield Block(words.text("outside_article"))
    for remark in dict.fromkeys(remark for told in items for remark in told.remarks):
        yield Block(one_line(remark), Worth.EXPLANATION)


def senses_line(told: Told, reader: Reader) -> Iterator[Block]:
    """Yield what the matched words mean, where the quote is in another language than the reader's."""
    if not told.senses or (told.language or "").split("-")[0] == reader.words.language.split("-")[0]:
        return
    said = " · ".join(f"{shorten(word, 40)} = {shorten(sense, 60)}" for word, sense in told.senses[:3])
    yield Block(f"{said} {reader.words.text('word_list')}", Worth.EXPLANATION)


def rule_id(match: Match) -> str:
    """Return a rule with its version: ``kh-defection v3``."""
    version = match.rule_version
    said = f"v{version}" if version[:1].isdigit() and len(version) < 8 else version[:8]
    return f"{one_line(match.rule)} {said}".strip()


def _why(ids: Sequence[str], reader: Reader) -> str:
    shown = ", ".join(ids[:4]) + (f" (+{len(ids) - 4})" if len(ids) > 4 else "")
    return reader.words.text("why" if len(ids) == 1 else "why_many", rules=shown)


def _matched(match: Match) -> str:
    """Return how the words met, as the engine says it; of older matches the words themselves."""
    if reason := match.explanation.get("reason"):
        return shorten(str(reason), 160)
    quotes = list(dict.fromkeys(shorten(span.quote, 40) for span in match.spans))[:3]
    return " … ".join(f'"{quote}"' for quote in quotes)


def acknowledge(ids: Iterable[str], reader: Reader) -> Iterator[Block]:
    """Yield how to say "I have seen this"; the command always, a link only if the desk has an address."""
    unique = list(dict.fromkeys(ids))
    link = reader.link(unique[0])
    if link:
        yield Block(reader.words.text("seen_it", link=link, ids=" ".join(unique)), url=link)
    else:
        yield Block(reader.words.text("seen_it_command", ids=" ".join(unique)))


def id_line(items: Sequence[Told]) -> Block:
    """Return the last line: the ids alone."""
    return Block(" ".join(dict.fromkeys(told.id for told in items)), style="id")


def address(url: str) -> str:
    """Return an address with nothing in it that could end it early or hide: spaces and quotes percent-encoded."""
    return "".join(
        char
        if char.isprintable() and char not in ' <>"`\\^{|}'
        else "".join(f"%{byte:02X}" for byte in char.encode())
        for char in url.strip()
    )
