"""Pages of unknown sites, and the process that reads them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.sites import parse_page
from crawler.sites.edges import without_edges
from crawler.sites.extract import Extractor
from crawler.sites.extract_worker import extract
from state.errors import LayoutError
from state.records import Candidate
from tests.crawler.sites.pages import html, page

LONG = "The council of the valley met on Monday and heard the report of its treasurer about the new bridge. "
TEXT = f"<p>{LONG * 3}</p><p>{LONG * 2}</p>"
COMMENT = (
    '<div id="comments"><h3>Comments (1)</h3><div class="comment" id="comment-7"><span class="comment-author">Nosy Reader</span>'
    '<span class="comment-date">December 24, 2019 8:00 PM</span><div class="comment-body">They all took money.</div></div></div>'
)


def test_nothing_of_a_comment_becomes_the_articles_author_date_or_text() -> None:
    article = parse_page(page(html(f"<article><h1>Bridge report heard</h1>{TEXT}</article>{COMMENT}")))
    assert "Nosy Reader" not in article.byline
    assert article.published_at is None or article.published_at.date().isoformat() != "2019-12-24"
    assert "took money" not in " ".join(article.paragraphs)
    [comment] = article.comments
    assert (comment.id, comment.author, comment.text) == ("7", "Nosy Reader", "They all took money.")
    assert comment.posted_at == datetime(2019, 12, 24, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("head", "body", "author", "published"),
    [
        ('<script type="application/ld+json">{"@type":"NewsArticle","headline":"Bridge report heard","author":[{"name":"Ann Example"}],"datePublished":"2020-05-01T10:00:00+02:00"}</script>', "", ("Ann Example",), "2020-05-01T08:00:00+00:00"),
        ('<meta name="author" content="By Ann Example"><meta property="article:published_time" content="2020-05-01T08:00:00Z">', "", ("Ann Example",), "2020-05-01T08:00:00+00:00"),
        ("", '<span itemprop="author"><span itemprop="name">Ann Example</span></span><time itemprop="datePublished" datetime="2020-05-01T08:00:00Z"></time>', ("Ann Example",), "2020-05-01T08:00:00+00:00"),
        ("", '<p class="byline">By Ann Example</p><time datetime="2020-05-01T08:00:00Z">May 1</time>', ("Ann Example",), "2020-05-01T08:00:00+00:00"),
    ],
)  # fmt: skip
def test_what_a_page_tells_of_itself_goes_before_what_is_guessed(
    head: str, body: str, author: tuple[str, ...], published: str
) -> None:
    article = parse_page(page(html(f"<article><h1>Bridge report heard</h1>{body}{TEXT}</article>", head)))
    assert article.byline == author
    assert article.published_at is not None
    assert article.published_at.isoformat() == published
    assert "published_at" not in article.provenance["guessed"]


def test_sub_headings_that_the_fallback_loses_are_put_back() -> None:
    body = f'<div id="storybody"><h1>Bridge report heard</h1><p>{LONG * 3}</p><h3>A second opinion</h3><p>{LONG} Not all agreed.</p></div>'
    article = parse_page(page(html(body)))
    assert "A second opinion" in [section.heading for section in article.sections]


def test_captions_are_apart_from_the_text_and_teasers_are_no_captions() -> None:
    figure = '<figure><img src="/b.jpg" alt="b"><figcaption>The bridge in May. <span class="credit">Bo Sample</span></figcaption></figure>'
    teaser = '<aside class="related"><figure><img src="/c.jpg"><figcaption>Party is dissolved</figcaption></figure></aside>'
    article = parse_page(page(html(f"<main><h1>Bridge report heard</h1>{figure}{TEXT}</main>{teaser}")))
    assert [(caption.text, caption.credit) for caption in article.captions] == [
        ("The bridge in May.", "Bo Sample")
    ]
    assert "The bridge in May." not in " ".join(article.paragraphs)


def test_the_text_in_json_ld_is_taken_where_the_page_shows_none() -> None:
    data = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Bridge report heard","articleBody":"First paragraph of it.\\n\\nSecond paragraph of it."}</script>'
    article = parse_page(page(html('<div id="app">Loading</div>', data)))
    assert article.paragraphs == ("First paragraph of it.", "Second paragraph of it.")
    assert article.provenance["body_from"] == "json-ld articleBody"


def test_what_a_parser_left_over_is_told_where_it_took_less_than_a_fifth() -> None:
    rest = "".join(
        f"<div><p>Another long paragraph number {n} about the harbour.</p></div>" for n in range(40)
    )
    body = f'<div id="storypagemaincol"><h1>Short</h1><div id="storytext"><p>One line.</p></div></div>{rest}<nav><a>Menu</a></nav>'
    article = parse_page(page(html(body)))
    assert article.paragraphs == ("One line.",)
    assert article.provenance["drift"]["taken"] < article.provenance["drift"]["visible"] / 5
    assert "Another long paragraph number 7 about the harbour." in article.provenance["outside"]
    assert "Menu" not in article.provenance["outside"]


def test_an_ordinary_page_has_no_drift() -> None:
    article = parse_page(page(html(f"<article><h1>Bridge report heard</h1>{TEXT}</article>")))
    assert "drift" not in article.provenance
    assert "outside" not in article.provenance


def test_a_page_without_text_is_a_fault() -> None:
    with pytest.raises(LayoutError, match="no title or no text"):
        parse_page(page(html("<h1>Only a headline here</h1>")))


def test_a_worker_that_takes_too_long_is_replaced() -> None:
    extractor = Extractor(timeout=0.01)
    try:
        assert "took too long" in extractor.extract(html(TEXT * 50), None).error
        slow = Extractor(timeout=30)
        assert slow.extract(html(f"<article>{TEXT}</article>"), None).blocks
        slow.close()
    finally:
        extractor.close()


def test_a_worker_that_dies_is_replaced_and_the_page_is_told() -> None:
    extractor = Extractor()
    try:
        assert extractor.extract(html(f"<article>{TEXT}</article>"), None).blocks
        worker = extractor._worker
        assert worker is not None
        worker.kill()
        worker.wait()
        assert extractor.extract(html(f"<article>{TEXT}</article>"), None).blocks
        assert extractor._worker is not worker
    finally:
        extractor.close()


def test_a_page_too_long_for_the_fallback_is_not_handed_over() -> None:
    extractor = Extractor()
    assert "too long" in extractor.extract("x" * 13_000_000, None).error
    assert extractor._worker is None


def test_the_worker_answers_in_plain_blocks() -> None:
    answer = extract(
        html(f"<article><h1>T</h1><p>{LONG}<br>line two {LONG}</p><ul><li>{LONG}</li></ul>{TEXT}</article>"),
        None,
    )
    assert all(kind in ("p", "h") and isinstance(text, str) for kind, text in answer["blocks"])
    assert any(text.startswith("line two") for _, text in answer["blocks"])


def test_comments_that_outweigh_the_article_are_known_by_a_sites_own_prefix() -> None:
    one = (
        '<div class="sf_comment" id="sf_comment_{n}"><p class="sf_comment_info"><span class="sf_comment_author">Reader{n}</span>'
        '<span class="date">3 hours ago</span></p></div><div class="sf_comment_text"><p>{words}</p></div>'
    )
    talk = "".join(
        one.format(n=n, words=f"Remark {n}: nobody asked the valley at all. " * 5) for n in range(30)
    )
    article = parse_page(
        page(
            html(
                f'<article><h1>Bridge report heard</h1>{TEXT}</article><div id="sf_comment_list">{talk}</div>'
            )
        )
    )
    assert not any("Reader" in name for name in article.byline)
    assert "Remark" not in " ".join(article.paragraphs)


def test_words_around_an_article_that_the_strict_reading_leaves_out_go_but_its_long_lead_stays() -> None:
    lead, first, last = LONG * 2, LONG * 3, LONG.replace("valley", "town") * 2
    generous = [("p", "Log in to save this"), ("p", lead), ("p", first), ("h", "Between"), ("p", last), ("p", "Report an error")]  # fmt: skip
    strict = [("p", first), ("p", last)]
    kept = without_edges(generous, strict, "")
    assert kept == [("p", lead), ("p", first), ("h", "Between"), ("p", last)]


def test_an_opening_that_the_page_describes_itself_with_stays_however_short() -> None:
    generous = [("p", "Bridge closed."), ("p", LONG * 3)]
    assert without_edges(generous, [("p", LONG * 3)], "Bridge closed") == generous
    assert without_edges(generous, [("p", LONG * 3)], "") == generous[1:]


def test_a_strict_reading_that_found_next_to_nothing_decides_nothing() -> None:
    generous = [("p", LONG * 3), ("p", "The end.")]
    assert without_edges(generous, [("p", "The end.")], "") == generous
    assert without_edges(generous, [], "") == generous


def test_line_ends_that_only_wrap_the_source_break_no_paragraph() -> None:
    wrapped = LONG.replace(" and ", "\nand\r\n")
    article = parse_page(
        page(html(f"<article><h1>Bridge report heard</h1><p>{wrapped}</p><p>{LONG * 3}</p></article>"))
    )
    assert article.paragraphs[0] == LONG.strip()


def test_a_year_that_the_text_speaks_of_is_no_date_and_a_feed_goes_before_a_guess() -> None:
    text = "<p>The councillors of Sampleton had served since the year 2022, and the market was open on every day.</p>"
    answer = page(html(f"<main><h1>Bridge report heard</h1>{text * 3}</main>"))
    at = datetime(2026, 11, 21, 12, tzinfo=UTC)
    shown = Candidate(
        url=answer.url, key="k", source="s", channel="https://x.example/feed", kind="feed", published_at=at
    )

    assert parse_page(answer).published_at is None
    assert parse_page(answer, feed_item=shown).published_at == at

    guessed = page(
        html(f"<main><h1>Bridge report heard</h1><p>Written on 3 May 2022 in Sampleton.</p>{text}</main>")
    )
    assert parse_page(guessed, feed_item=shown).published_at == at


LONG_TEXT = (
    "The council of the valley met on Monday and heard the report of its treasurer about the new bridge. "
)


def test_a_bold_line_above_a_paragraph_is_a_heading_and_the_last_is_none() -> None:
    body = (
        f"<article><h1>Bridge report heard</h1><p>{LONG_TEXT * 3}</p><p><strong>A second opinion</strong></p><p>{LONG_TEXT * 2}</p>"
        "<p><strong>Ann Example of the Herald</strong></p></article>"
    )
    article = parse_page(page(html(body)))
    assert [section.heading for section in article.sections] == [None, "A second opinion"]


@pytest.mark.parametrize(
    "line",
    [
        "<p><strong>Baca juga: <a href='/x'>Farmers block the northern highway</a></strong></p>",
        "<p>Advertisement · Scroll to continue</p>",
        "<div>انتهای پیام</div>",
        "<div class='kg-signup-card'><h2>Sign up for the Herald</h2><p>Elections explained, every Friday.</p></div>",
    ],
)
def test_lines_that_are_no_articles_are_left_out(line: str) -> None:
    body = f"<article><h1>Bridge report heard</h1><p>{LONG_TEXT * 3}</p>{line}<p>{LONG_TEXT * 2}</p>{line}</article>"
    article = parse_page(page(html(body)))
    assert len(article.paragraphs) == 2
    assert [section.heading for section in article.sections] == [None]


def test_a_tag_that_the_text_names_too_is_no_paragraph() -> None:
    text = f"<p>The ministry wrote to the Green Compass Alliance on Monday. {LONG_TEXT * 2}</p><p>{LONG_TEXT * 2}</p>"
    tags = "<div class='field__items'><div><a href='/t'>Green Compass Alliance</a></div></div>"
    article = parse_page(
        page(html(f"<article><h1>Bridge report heard</h1><div>{text}</div>{tags}</article>"))
    )
    assert "Green Compass Alliance" not in article.paragraphs


def test_linked_tags_are_the_tags_where_the_head_names_none() -> None:
    tags = "<span>Tagged <a rel='tag' href='/t'>bridge</a>, <a rel='tag' href='/u'>flood</a></span>"
    article = parse_page(
        page(html(f"<article><h1>Bridge report heard</h1><p>{LONG_TEXT * 3}</p></article>{tags}"))
    )
    assert article.tags == ("bridge", "flood")


@pytest.mark.parametrize(
    "end",
    [
        "<section><h3>Berita Terkait</h3><ul><li><a href='/a'>Farmers block the northern highway</a></li></ul></section>",
        "<p>Read more stories:</p>",
        "<div>(c) 2003 The Valley Herald, reprinting by leave only</div>",
        "<div class='teaser'><a href='/a'><h3>Farmers block the northern highway</h3></a></div>",
    ],
)
def test_what_ends_a_page_is_no_end_of_its_text(end: str) -> None:
    body = f"<article><h1>Bridge report heard</h1><p>{LONG_TEXT * 3}</p><p>{LONG_TEXT * 2}</p>{end}</article>"
    article = parse_page(page(html(body)))
    assert len(article.paragraphs) == 2
    assert [section.heading for section in article.sections] == [None]


def test_a_reporters_address_below_a_korean_text_is_its_attribution() -> None:
    body = f"<article><h1>Bridge report heard</h1><p>{LONG_TEXT * 3}</p><p>{LONG_TEXT * 2}</p><p>한서윤 기자 han@herald.example</p></article>"
    article = parse_page(page(html(body)))
    assert article.attribution == "한서윤 기자 han@herald.example"
    assert len(article.paragraphs) == 2


@pytest.mark.parametrize(
    "comment",
    [
        "<div class='comment'><div class='comment-body'><div class='comment-meta'><a class='name' href='/n'>Nosy Reader</a>"
        "<a class='date'>Nov 07, 2017</a></div><p>They all took money.</p></div></div>",
        "<div class='comment-item'><div class='comment-user'>Nosy Reader</div><div class='comment-date'>7 November 2017 10:12</div>"
        "<div class='comment-text'>They all took money.</div></div>",
        "<div class='comment_item'><div class='content-comment'><p><span class='txt-name'><a class='nickname'>Nosy Reader</a></span>"
        "They all took money.</p><p class='block_like_web'><a>Like</a><a>Share</a></p></div></div>",
    ],
)
def test_comments_of_other_systems_have_author_and_words(comment: str) -> None:
    body = f"<article><h1>Bridge report heard</h1><p>{LONG_TEXT * 3}</p></article><div class='comments-list'>{comment}</div>"
    [found] = parse_page(page(html(body))).comments
    assert (found.author, found.text) == ("Nosy Reader", "They all took money.")
