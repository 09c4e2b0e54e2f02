"""What is fuzzed: one function per kind of input, which raises only for what is a defect."""

from __future__ import annotations

import gzip
import html
import io
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from crawler.discover import feed, listing, opml, sitemap
from crawler.sites import read_topic_page
from crawler.sites.finish import finish
from crawler.sites.jsonld import read_json
from crawler.sites.read import FAMILIES
from crawler.sites.tree import read_document
from state import text
from state.archive.answer import page_of
from state.archive.reading import Damage, read_records
from state.archive.warc import response_record
from state.article import Article
from state.article_json import from_json, to_json
from state.errors import ArchiveError, DiscoverError, InputError, ParseError
from state.records import Candidate
from tests.crawler.sites.pages import NOW, page
from tests.fuzz.seeds import DISCOVERED, PAGES, RECORD

_PAGES = Path(__file__).parents[1] / "pages"
_URL = "https://x.example/2017/11/some-words-here"


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader under test: the inputs it starts from, and how one is read."""

    seeds: tuple[bytes, ...]
    read: Callable[[bytes], None]


def _checked(article: Article) -> None:
    form = to_json(article)
    json.dumps(form, ensure_ascii=False).encode("utf-8")
    for at in (
        article.published_at,
        article.modified_at,
        *(comment.posted_at for comment in article.comments),
    ):
        if at is not None:
            at.astimezone(UTC)


def read_html(body: bytes) -> None:
    """Read a page by every family whose markers it has, as the fallback does too."""
    answer = page(body, (_URL, "", "https://www.rfa.org/khmer/x")[len(body) % 3])
    try:
        document = read_document(answer)
    except ParseError:
        return
    for family in FAMILIES:
        if not family.matches(document):
            continue
        try:
            article = family.parse(document, NOW)
        except ParseError:
            continue
        done = finish(article, document, fetched_at=NOW, source=None, language=None)
        _checked(done)


def read_embedded(body: bytes) -> None:
    """Read JSON of any shape in each place where a page or an interface may carry it."""
    told = body.decode("utf-8", "replace")
    packed = html.escape(json.dumps({"topic_5": told}), quote=True)
    shapes = (
        page(body, "https://x.example/a", content_type="application/json"),
        page(f"<script>Fusion.globalContent={told};</script><h1>T</h1><article class=b-article-body><p>w</p></article>"),
        page(f'<div id="data-preloaded" data-preloaded="{packed}"></div><h1>T</h1><article class="b-article-body"><p>w</p></article>'),
        page(f'<h1>T</h1><article id="elComment_5"><div data-quotedata="{html.escape(told, quote=True)}"><div data-role="commentContent">w</div></div></article>'),
        page(f'<h1>Some words here</h1><script type="application/ld+json">{told}</script><script id="__NEXT_DATA__" type="application/json">{told}</script>'),
    )  # fmt: skip
    with suppress(ParseError):
        _checked(read_topic_page(shapes[len(body) % len(shapes)])[0])


def _candidates(found: tuple[Candidate, ...] | list[Candidate]) -> None:
    for candidate in found:
        assert candidate.url.startswith(("http://", "https://")), candidate.url
        assert candidate.key
        repr(candidate).encode("utf-8")


def read_feed(body: bytes) -> None:
    """Read a feed, and a list of feeds."""
    with suppress(DiscoverError):
        _candidates(feed.read(body, base_url=_URL, headers={}, source="s", channel=_URL, now=NOW).candidates)
    with suppress(InputError):
        opml.write_opml(opml.read_opml(body))


def read_sitemap(body: bytes) -> None:
    """Read a sitemap, plain or packed."""
    for form in (body, gzip.compress(body, 1)):
        try:
            found = sitemap.read(form, base_url=_URL, source="s", channel=_URL, now=NOW)
        except DiscoverError:
            continue
        _candidates(found.candidates)


def read_listing(body: bytes) -> None:
    """Read a page that lists articles or topics."""
    try:
        _candidates(listing.read(page(body, _URL), source="s", channel=_URL, now=NOW).candidates)
    except DiscoverError:
        return


def read_text(body: bytes) -> None:
    """Read the text form; what was read must print and read back."""
    try:
        article = text.load(body.decode("utf-8", "replace"))
    except InputError:
        return
    _checked(article)
    text.markdown(article)
    if len(body) % 16:
        return  # printing reads back what it printed, which costs much more than reading once
    printed = text.dump(article)
    if not printed.lost:
        assert text.dump(text.load(printed.text)).text == printed.text


def read_article(body: bytes) -> None:
    """Read an article's JSON form; what was read must come back the same."""
    try:
        form = json.loads(body.decode("utf-8", "replace"))
        article = from_json(form)
    except (ValueError, RecursionError, InputError):
        return
    _checked(article)
    assert from_json(json.loads(json.dumps(to_json(article)))) == article


def read_warc(body: bytes) -> None:
    """Read an archive, plain and packed; every page in it can be archived again."""
    for form in (body, gzip.compress(body, 1)):
        try:
            for part in read_records(io.BytesIO(form), "fuzz"):
                if not isinstance(part, Damage) and part.type == "response":
                    response_record(page_of(part))
        except ArchiveError:
            continue


def _golden(kind: str) -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted((_PAGES / "golden").glob(kind)))


def _embedded() -> tuple[bytes, ...]:
    whole = (_PAGES / "golden" / "rfa-arc-english.html").read_text(encoding="utf-8")
    story = read_json(whole[whole.index("globalContent=") + len("globalContent=") :])
    return (json.dumps(story).encode(), *_golden("*.json"), RECORD)


def _texts() -> tuple[bytes, ...]:
    whole = (*(path.read_bytes() for path in sorted((_PAGES / "seeds").glob("*.txt"))), *_golden("*.txt"))
    return tuple(told for told in whole if len(told) < 5000)


def _articles() -> tuple[bytes, ...]:
    return tuple(json.dumps(to_json(text.load(told.decode()))).encode() for told in _texts())


def _archives() -> tuple[bytes, ...]:
    plain = [gzip.decompress(response_record(page(body, _URL)).data) for body in PAGES[:3]]
    return (*plain, b"".join(plain))


READERS: dict[str, Reader] = {
    "html": Reader((*_golden("*.html"), *PAGES), read_html),
    "embedded": Reader(_embedded(), read_embedded),
    "feed": Reader(DISCOVERED, read_feed),
    "sitemap": Reader(DISCOVERED, read_sitemap),
    "listing": Reader((*DISCOVERED, *_golden("*.html")), read_listing),
    "text": Reader(_texts(), read_text),
    "article": Reader(_articles(), read_article),
    "warc": Reader(_archives(), read_warc),
}
