"""Documents made to break parsers: each ends in an article or in an error that says why."""

from __future__ import annotations

import pytest

from crawler.sites import parse_page, read_topic_page
from state.article_json import to_json
from state.errors import ParseError
from tests.crawler.sites.pages import html, page

WORDS = "The court dissolved the party on Monday in the capital, officials said. "
ARTICLE = f"<h1>Court dissolves party</h1><article><p>{WORDS * 4}</p></article>"
FORUM = '<h1 class="p-title-value">T</h1>'


def _posts(count: int) -> str:
    return "".join(
        f'<article class="message" id="js-post-{n}" data-author="a{n}"><div class="bbWrapper">post {n}</div></article>'
        for n in range(count)
    )


def _ld(data: str) -> str:
    return html(ARTICLE, f'<script type="application/ld+json">{data}</script>')


READABLE: dict[str, bytes | str] = {
    "nested fonts": html("<font><b><i>" * 3000 + ARTICLE),
    "nested divs": html("<div>" * 20_000 + ARTICLE),
    "250,000 comments without end in nested divs": html(ARTICLE + "<div>" * 2100 + "<!--" * 250_000),
    "100,000 scripts without end in nested divs": html(ARTICLE + "<div>" * 2100 + "<script>" * 100_000),
    "nested tables": html("<table><tr><td>" * 3000 + ARTICLE),
    "nested groups of a drawing": html("<svg>" + "<g>" * 3000 + "</svg>" + ARTICLE),
    "nulls": html(ARTICLE).replace("court", "co\0urt"),
    "control characters": html(ARTICLE).replace("court", "co\x08ur\x1bt"),
    "a declaration": '<?xml version="1.0" encoding="utf-8"?>' + html(ARTICLE),
    "half a surrogate pair": html(ARTICLE).replace("court", "co\ud800urt").encode("utf-8", "surrogatepass"),
    "a line of 2 MB": html(f"<h1>Court dissolves party</h1><p>{WORDS * 30_000}</p>"),
    "10,000 paragraphs": html("<h1>Court dissolves party</h1>" + f"<p>{WORDS}</p>" * 10_000),
    "20,000 links": html('<a href="/x">l</a>' * 20_000 + ARTICLE),
    "data nested 100,000 deep": _ld("[" * 100_000 + "]" * 100_000),
    "broken data": _ld('{"@type":"NewsArticle",'),
    "data of wrong types": _ld('{"@type":["NewsArticle",5],"headline":{"a":1},"author":[[1]],"datePublished":[2],"articleBody":7}'),
    "a number of 10,000 digits": _ld('{"@type":"NewsArticle","x":' + "9" * 10_000 + "}"),
    "an escaped half pair": _ld('{"@type":"NewsArticle","headline":"\\ud800 x","datePublished":"0001-01-01"}'),
    "a long title": html(f"<h1>{'title ' * 50_000}</h1><article><p>{WORDS}</p></article>"),
    "blanks": html(ARTICLE + " " * 1_000_000),
    "utf-16": html(ARTICLE).encode("utf-16"),
    "invalid utf-8": html(ARTICLE).encode() + b"\xff\xfe\xe1",
    "utf-7": html(ARTICLE, '<meta charset="utf-7">').encode() + b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "a class of 200,000 names": html(f'<div class="{"a " * 200_000}">{ARTICLE}</div>'),
    "dates that are none": html(ARTICLE, '<meta name="date" content="0001-01-01T00:00:00Z"><meta property="article:published_time" content="' + "9" * 5000 + '">'),
    "entities that multiply": '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + html(ARTICLE + "<p>&b;</p>"),
    "an unclosed cdata": "<![CDATA[" + html(ARTICLE),
    "directions": html("\u202e" * 2000 + ARTICLE),
    "marks upon marks": html("<h2>a" + "\u0301" * 50_000 + "</h2>" + ARTICLE),
    "700 comments in one another": html(ARTICLE + '<div class="comment" id="comment-1"><i class="author">a</i><p class="comment-body">hi</p>' * 700),
    "2,000 comments": html(ARTICLE + '<div class="comment"><i class="author">a</i><p class="comment-body">hi</p></div>' * 2000),
    "2,000 posts": html(FORUM + _posts(2000)),
    "1,000 unclosed posts": html(FORUM + _posts(1000).replace("</div>", "").replace("</article>", "")),
    "an instant far away": html(FORUM + '<article class="message" id="js-post-1" data-author="a"><time data-time="99999999999999999999"></time><div class="bbWrapper">x</div></article>'),
    "braces in embedded text": '<script>Fusion.globalContent={"headlines":{"basic":"a };b"},"content_elements":[{"type":"text","content":"x };y"}]};</script>',
    "embedded data nested deep": '<script>Fusion.globalContent=' + '{"a":' * 50_000 + "1" + "}" * 50_000 + ";</script>" + ARTICLE,
}  # fmt: skip
REFUSED: dict[str, bytes | str] = {
    "nothing": b"",
    "blanks": b" \n ",
    "2 MB of divs": b"<div>" * 400_000,
    "100,000 bold letters": html("<b>x" * 100_000),
    "a comment that never ends": "<!-- " + html(ARTICLE),
    "a frameset": "<frameset><frame src=x></frameset>",
    "plaintext": "<plaintext>" + "<div>" * 500,
    "text areas": "<textarea>" + "<h1>x</h1>" * 500,
    "half of embedded data": '<script>Fusion.globalContent={"headlines":{"basic":"a</script><article class="b-article-body"></article>',
}
JSON = {
    "null": "null",
    "a list": "[1,2,3]",
    "200,000 deep": "[" * 200_000,
    "a topic of wrong types": '{"title":5,"post_stream":{"posts":[1,{"cooked":5},{"cooked":"<p>x</p>","username":7}]}}',
    "a record of wrong types": '{"@id":5,"title":[],"effective":7,"text":{"data":5},"subjects":"x","parent":[]}',
    "a story of wrong types": '{"headlines":{"basic":7},"content_elements":[1,{"type":"quote","content_elements":{"a":1}}]}',
}


@pytest.mark.parametrize("body", READABLE.values(), ids=READABLE)
def test_a_hostile_page_that_holds_an_article_is_read(body: bytes | str) -> None:
    article, following = read_topic_page(page(body, "https://x.example/a"))
    assert following is None
    assert article.title
    told = " ".join([*article.paragraphs, *(comment.text for comment in article.comments)])
    assert told
    assert "\0" not in told
    assert str(to_json(article)).encode("utf-8")
    assert article.published_at is None or article.published_at.year >= 1990


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED)
def test_a_hostile_page_without_an_article_is_refused_with_a_reason(body: bytes | str) -> None:
    with pytest.raises(ParseError) as refusal:
        parse_page(page(body, "https://x.example/a"))
    assert len(refusal.value.problem) > 20


@pytest.mark.parametrize("body", JSON.values(), ids=JSON)
def test_json_of_any_shape_is_refused_with_a_reason(body: str) -> None:
    with pytest.raises(ParseError):
        parse_page(page(body, "https://x.example/a.json", content_type="application/json"))


@pytest.mark.parametrize(
    "url", ["", "not an address", "http://[::1", "file:///etc/passwd", "https://x.example:99999/"]
)
def test_an_address_of_any_kind_does_no_harm(url: str) -> None:
    assert parse_page(page(html(ARTICLE), url)).title == "Court dissolves party"
