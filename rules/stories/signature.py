"""Where to look for the other articles of a story: a few dozen keys, however large the archive.

Keys are of five kinds: the two least shingles of each paragraph (a MinHash of
size two per paragraph: shared by texts that hold that paragraph, edited or
not), the headline, figures within a few days, what an event says within a few
days, and addresses (own, canonical, stated origin).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import compress, count, pairwise

from rules.stories.body import Body, body_of
from state.article import Article
from state.identity import article_key
from state.records import Claim, Event

#: Paragraphs that give keys: the opening ones, where cut copies begin, and the last ones.
_FIRST, _LAST = 10, 2
_LEAST_TOKENS = 8
#: Width of the time window of fact keys; the neighbouring windows are looked up too.
_DAYS = 3
_FIGURES = 6
_NAMES = 8
_PARTIES = 4
_QUOTATIONS = 5


@dataclass(frozen=True, slots=True, eq=False)
class Signature:
    """``keys`` are stored with the article, ``lookup`` finds others; ``body`` is what is compared."""

    keys: tuple[str, ...]
    lookup: tuple[str, ...]
    body: Body


def signature(article: Article, events: Sequence[Event] = ()) -> Signature:
    """Return the keys under which an article's story is found."""
    body = body_of(article, events)
    fixed = [*_text_keys(body), *_spoken_keys(body), *_address_keys(article)]
    facts = [*_figure_facts(body), *_name_facts(body), *_event_facts(body)]
    window = _window(body.time)
    stored = [f"{fact}@{window}" for fact in facts]
    near = [f"{fact}@{window + step}" for fact in facts for step in (-1, 0, 1)]
    return Signature(tuple(dict.fromkeys(fixed + stored)), tuple(dict.fromkeys(fixed + near)), body)


def _text_keys(body: Body) -> Iterator[str]:
    if len(body.title.tokens) >= 3:
        yield f"t:{zlib.crc32(' '.join(body.title.tokens).encode()):08x}"
    long = [item for item in body.passages if len(item.tokens) >= _LEAST_TOKENS]
    chosen = long if len(long) <= _FIRST + _LAST else long[:_FIRST] + long[-_LAST:]
    for item in chosen or body.passages[:1]:
        for value in item.least:
            yield f"p:{value:016x}"


def _spoken_keys(body: Body) -> Iterator[str]:
    """What is quoted stays when all else is reworded."""
    for item in body.quotations[:_QUOTATIONS]:
        if len(item.tokens) >= _LEAST_TOKENS:
            yield f"q:{item.least[0]:016x}"


def _address_keys(article: Article) -> Iterator[str]:
    """Own, canonical and stated addresses; script variants of one page share their key."""
    addresses = [article.url, article.canonical_url, article.origin.url if article.origin else None]
    keys = [article.key or "", *(article_key(url) for url in dict.fromkeys(addresses) if url)]
    for key in dict.fromkeys(keys):
        if key:
            yield f"a:{base_key(key)}"


def base_key(key: str) -> str:
    """Return the key without the mark of a script variant."""
    return re.sub(r"\?encoding=[a-z]+$", "", key)


def _figure_facts(body: Body) -> Iterator[str]:
    """Figures rare enough to lead somewhere: of three digits and more, or with a fraction."""
    rare = sorted(number for number in body.numbers if len(number) > 2)
    for number in [*sorted(body.cases), *rare][:_FIGURES]:
        yield f"n:{number}"


def _name_facts(body: Body) -> Iterator[str]:
    """Names of two words that few people bear, and the parties of a text by their ids."""
    for name in _full_names(body) or sorted(body.announced)[:_NAMES]:
        yield f"w:{zlib.crc32(name.encode()):08x}"
    for party in sorted(body.parties)[:_PARTIES]:
        yield f"g:{party}"


def _full_names(body: Body) -> dict[str, None]:
    """Return the first rare names that stand side by side, two and two."""
    row, found = body.text, dict[str, None]()
    places = compress(count(), map(body.rare_names.__contains__, row))
    for at, after in pairwise(places):
        if after == at + 1:
            found[f"{row[at]} {row[after]}"] = None
            if len(found) == _NAMES:
                break
    return found


def _event_facts(body: Body) -> Iterator[str]:
    for event in body.events:
        if event.claim == Claim.BACKGROUND:
            continue
        for name in (event.actor_id, event.from_id, event.to_id):
            if name:
                yield f"e:{event.kind}:{name}"
        if event.actor and not event.actor_id:
            words = " ".join(sorted(event.actor.casefold().split()))
            yield f"e:{event.kind}:{zlib.crc32(words.encode()):08x}"


def _window(at: datetime | None) -> int:
    return int(at.timestamp() // (86400 * _DAYS)) if at else -1
