"""Golden pages broken at random: every site's parser ends in an article or says why not."""

from __future__ import annotations

import html
import json
import random
from pathlib import Path

import pytest

from crawler.sites import topic_pages
from crawler.sites.finish import finish
from crawler.sites.jsonld import read_json
from crawler.sites.read import FAMILIES, parse_page
from crawler.sites.tree import read_document
from state.article_json import to_json
from state.errors import ParseError
from tests.crawler.sites.pages import NOW, page

GOLDEN = Path(__file__).parents[1] / "pages" / "golden"
PAGES = [path.read_bytes() for path in sorted(GOLDEN.glob("*.html"))]
PIECES = (
    "<div>|</div>|</article>|<article>|<table>|</p>|<p>|\"|'|>|<|<!--|-->|<script>|</script>|&#xD800;|&#0;|{|}|[|null|5|<br>|"
    'class="comment"|<blockquote>|\u200b|<svg>|0001-01-01|99999999999999999999|\x00'
).split("|")
JUNK = (
    None,
    5,
    -1.5,
    True,
    "x",
    "",
    [],
    {},
    [[]],
    {"a": 1},
    ["x", 5, None],
    "\ud800",
    10**30,
    "2020-13-45",
    "<p>",
)
INPUTS = 2000


def _broken(source: random.Random) -> bytes:
    body = bytearray(source.choice(PAGES))
    for _ in range(source.randint(1, 12)):
        at = source.randrange(len(body) + 1)
        kind = source.random()
        if kind < 0.4:
            body[at:at] = source.choice(PIECES).encode()
        elif kind < 0.6:
            del body[at : at + source.randint(1, 200)]
        elif kind < 0.8:
            body[at:at] = bytes(body[at : at + source.randint(1, 400)])
        elif kind < 0.9:
            other = source.choice(PAGES)
            start = source.randrange(len(other))
            body[at:at] = other[start : start + source.randint(1, 600)]
        else:
            body[at : at + 1] = bytes([source.randrange(256)])
    return bytes(body)


def _mutated(value: object, source: random.Random) -> object:
    if source.random() < 0.08:
        return source.choice(JUNK)
    if isinstance(value, dict):
        return {name: _mutated(part, source) for name, part in value.items() if source.random() > 0.05}
    return [_mutated(part, source) for part in value] if isinstance(value, list) else value


def _embedded() -> list[object]:
    whole = (GOLDEN / "rfa-arc-english.html").read_text(encoding="utf-8")
    record = {
        "@id": "https://x.rfaweb.org/khmer/a-01142021143304.html",
        "title": "T",
        "effective": "2021-01-14T19:33:08Z",
        "text": {"data": "<p>x</p>"},
        "subjects": ["a"],
        "parent": {"title": "p"},
        "image_caption": "c",
    }
    topic = json.loads((GOLDEN / "discourse-topic.json").read_text(encoding="utf-8"))
    return [read_json(whole[whole.index("globalContent=") + len("globalContent=") :]), topic, record]


@pytest.mark.parametrize("seed", range(4))
def test_a_broken_page_is_read_or_refused(seed: int) -> None:
    source = random.Random(seed)
    read = 0
    for _ in range(INPUTS // 4):
        answer = page(
            _broken(source), source.choice(["", "https://x.example/t/5", "https://www.rfa.org/khmer/x"])
        )
        topic_pages(answer)
        document = read_document(answer)
        for family in FAMILIES:
            if not family.matches(document):
                continue
            try:
                article = family.parse(document, NOW)
            except ParseError:
                continue
            done = finish(article, document, fetched_at=NOW, source=None, language=None)
            json.dumps(to_json(done), ensure_ascii=False).encode("utf-8")
            read += 1
    assert read > INPUTS // 8


@pytest.mark.parametrize("seed", range(4))
def test_embedded_data_of_any_shape_is_read_or_refused(seed: int) -> None:
    source = random.Random(100 + seed)
    values = _embedded()
    for _ in range(INPUTS // 4):
        text = json.dumps(_mutated(source.choice(values), source))
        packed = html.escape(json.dumps({"topic_5": text}), quote=True)
        shapes = (
            page(text, "https://x.example/a", content_type="application/json"),
            page(f'<script>Fusion.globalContent={text};</script><h1>T</h1><article class="b-article-body"><p>w</p></article>'),
            page(f'<div id="data-preloaded" data-preloaded="{packed}"></div><h1>T</h1><article class="b-article-body"><p>w</p></article>'),
            page(f'<h1>T</h1><article id="elComment_5"><div data-quotedata="{html.escape(text, quote=True)}"><div data-role="commentContent">w</div></div></article>'),
        )  # fmt: skip
        try:
            article = parse_page(source.choice(shapes))
        except ParseError:
            continue
        json.dumps(to_json(article), ensure_ascii=False).encode("utf-8")
