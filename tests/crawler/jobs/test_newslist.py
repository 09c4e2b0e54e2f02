"""A page that lists articles is told from an article, in whatever layout; an article with links stays one."""

from datetime import UTC, datetime

import pytest

from crawler.jobs.newslist import lists_articles
from crawler.sites import parse_page
from state.records import Page

HEADLINES = (
    "Ministry opens talks on the river dam with its neighbours",
    "Farmers ask for water as the dry season stays",
    "Council of the port town votes down a new market",
    "Teachers of three provinces wait for their pay",
    "Court hears the case of the flooded road",
    "Two parties of the assembly sign a pact on schools",
)
TEASERS = (
    "The talks are to go on until Friday, and both sides say that they want the water to be shared fairly.",
    "They say that the canals have been empty since January and that nobody has come to look at the gates.",
    "The vote was seven to four, and the mayor said that he would bring the plan back after the summer.",
    "The money was promised for the end of last month, a teacher in the north said on Tuesday.",
    "A witness told the judges that the road had been built without a drain, against the plans.",
    "The pact is to be put before both houses next week, and asks for more books and smaller classes.",
)
BOTH = tuple(zip(HEADLINES, TEASERS, strict=True))
KHMER = "ក្រុមប្រឹក្សាឃុំទី{}បើកការប្រជុំស្តីពីការចែកទឹកដល់ស្រែរបស់ប្រជាពលរដ្ឋ"
KHMER_TEASER = "ប្រជាពលរដ្ឋនិយាយថាពួកគាត់រង់ចាំទឹកតាំងពីខែមករា ហើយគ្មានអ្នកណាមកមើលទ្វារទឹកទី{}ទេ។"
LISTS = {
    "a blog's category": "<main><h1>Category: Politics</h1>"
    + "".join(
        f'<article><h2><a href="/2026/11/{n}-{n}/">{head}</a></h2><time datetime="2026-11-0{n + 1}">November {n + 1}</time>'
        f"<p>{text} <a href='/2026/11/{n}/'>Continue reading</a></p></article>"
        for n, (head, text) in enumerate(BOTH)
    )
    + "</main>",
    "cards": "<h1>World</h1>"
    + "".join(
        f'<div class="card"><a href="/world/story-{n}"><img src="/{n}.jpg"><h3>{head}</h3></a><p>{text}</p></div>'
        for n, (head, text) in enumerate(BOTH)
    ),
    "headlines alone": "<h1>Latest news</h1><ul>"
    + "".join(
        f'<li><a href="/news/{n}.html">{head}</a> <i>{n} Nov 2026</i></li>'
        for n, head in enumerate(HEADLINES * 3)
    )
    + "</ul>",
    "blocks that are links": "<h1>News</h1>"
    + "".join(f'<a href="/n/{n}"><h2>{head}</h2><p>{text}</p></a>' for n, (head, text) in enumerate(BOTH)),
    "a script without spaces": "<h1>នយោបាយ</h1>"
    + "".join(
        f'<div><h2><a href="/km/{n}.html">{KHMER.format(n)}</a></h2><p>{KHMER_TEASER.format(n)}</p></div>'
        for n in range(9)
    ),
}
RELATED = (
    "<aside><h3>Related</h3>" + "".join(f'<h4><a href="/n/{h}">{h}</a></h4>' for h in HEADLINES) + "</aside>"
)
ARTICLES = {
    "an article among related ones": f"<h1>{HEADLINES[0]}</h1>"
    + "".join(f"<p>{t}</p>" for t in TEASERS)
    + RELATED,
    "a text full of links": f"<h1>{HEADLINES[0]}</h1>"
    + "".join(f'<p>{text} <a href="/n/{n}">{head}</a>.</p>' for n, (head, text) in enumerate(BOTH)),
    "a text with a link to read after every other paragraph": f"<article><h1>{HEADLINES[0]}</h1>"
    + "".join(
        f'<p>{text}</p><p>{text[::-1]}</p><h3><a href="/n/{n}">{head}</a></h3>'
        for n, (head, text) in enumerate(BOTH)
    )
    + "</article>",
    "several stories told under headings": "<article><h1>The week in six stories</h1>"
    + "".join(f"<h2>{head}</h2><p>{text}</p>" for head, text in BOTH)
    + "</article>",
}


def page(body: str, head: str = "", path: str = "politics/") -> Page:
    html = (
        f'<html><head><title>The Daily Example</title>{head}</head><body><nav><a href="/">Home</a></nav>{body}'
        "<footer><p>Copyright The Daily Example. All rights reserved.</p></footer></body></html>"
    )
    return Page(
        url=f"https://news.example/{path}",
        status=200,
        headers={"content-type": "text/html; charset=utf-8"},
        body=html.encode(),
        fetched_at=datetime(2026, 11, 21, tzinfo=UTC),
    )


def is_list(found: Page) -> bool:
    return lists_articles(found, parse_page(found))


@pytest.mark.parametrize("layout", LISTS)
def test_a_page_of_headlines_and_teasers_is_a_list(layout: str) -> None:
    assert is_list(page(LISTS[layout]))


@pytest.mark.parametrize("layout", ARTICLES)
def test_an_article_with_links_is_none(layout: str) -> None:
    assert not is_list(page(ARTICLES[layout]))


def test_a_page_that_says_when_it_was_published_is_none() -> None:
    told = '<meta property="article:published_time" content="2026-11-01T10:00:00Z">'

    assert not is_list(page(LISTS["cards"], told))


def test_an_address_of_an_article_is_none() -> None:
    assert not is_list(page(LISTS["cards"], path="six-stories-of-the-week"))


def test_a_story_in_the_pages_data_under_its_title_makes_it_none() -> None:
    told = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"World"}</script>'

    assert not is_list(page(LISTS["cards"], told))
