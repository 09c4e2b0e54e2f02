"""What pages of unknown sites print around their headlines."""

from __future__ import annotations

import pytest

from crawler.sites import parse_page
from tests.crawler.sites.pages import html, page

LONG = "The council of the valley met on Monday and heard the report of its treasurer about the new bridge. "
TEXT = f'<div class="text"><p>{LONG * 3}</p><p>{LONG * 2}</p></div>'
TITLE = "<h1>Bridge report heard in the valley</h1>"
FOOT = "<footer><p>Copyright © 2016 The Valley Herald. All rights reserved.</p></footer>"


@pytest.mark.parametrize(
    ("lang", "before", "after", "published"),
    [
        ("en", "", "<p>Monday, 6 November 2017 | 4:20 PM ICT</p>", "2017-11-06T09:20:00+00:00"),
        ("th", "", '<div><span class="date">6 พ.ย. 2560 18:45 น.</span></div>', "2017-11-06T11:45:00+00:00"),
        ("fa", "<ul><li>۱۵ آبان ۱۳۹۶ / ۱۸:۲۲</li></ul>", "", "2017-11-06T14:52:00+00:00"),
        ("km", "", '<div class="meta">ថ្ងៃទី ៦ វិច្ឆិកា ២០១៧</div>', "2017-11-05T17:00:00+00:00"),
        ("en", "", "<p>Updated 7 November 2017, 08:00 UTC</p><p>6 November 2017, 09:30 UTC</p>", "2017-11-06T09:30:00+00:00"),
    ],
)  # fmt: skip
def test_the_date_beside_the_headline_is_the_articles_and_the_one_in_the_footer_is_not(
    lang: str, before: str, after: str, published: str
) -> None:
    article = parse_page(page(html(f"<article>{before}{TITLE}{after}{TEXT}</article>{FOOT}", lang=lang)))
    assert article.published_at is not None
    assert article.published_at.isoformat() == published
    assert article.provenance["published_at"]["from"] == "headline"


def test_a_date_in_the_sites_head_or_in_a_sentence_is_no_date_of_the_article() -> None:
    head = '<header><div class="today">Sunday, 5 July 2015</div></header><nav><a href="/">Home</a></nav>'
    short = "<p>The bridge was closed on 3 March 2014.</p>"
    article = parse_page(page(html(f"{head}<main><article>{TITLE}{short}{TEXT}</article></main>")))
    assert article.published_at is None or article.published_at.year not in (2014, 2015)
    assert "The bridge was closed on 3 March 2014." in article.paragraphs


def test_the_dates_of_other_stories_below_the_headline_are_not_the_articles() -> None:
    other = "<ul><li><a href='/a'>Farmers block the northern highway</a> <span>4 July 2015</span></li></ul>"
    article = parse_page(page(html(f"<div>{TITLE}{other}{TEXT}</div>")))
    assert article.published_at is None


def test_a_zone_that_only_the_language_suggests_is_said_to_be_assumed() -> None:
    article = parse_page(page(html(f"<article>{TITLE}<p>2017-11-06 20:15</p>{TEXT}</article>", lang="zh")))
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2017-11-06T12:15:00+00:00"
    assert "zone assumed Asia/Shanghai" in article.provenance["published_at"]["how"]


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("<p>By Ann Example</p>", ("Ann Example",)),
        ('<div class="author-name">Ann Example and Bo Sample</div>', ("Ann Example", "Bo Sample")),
        ('<div class="meta">ដោយ <a href="/a">សេង វិចិត្រា</a></div>', ("សេង វិចិត្រា",)),
        ('<em class="journalist">한서윤백 기자</em>', ("한서윤백",)),
        ("<li>기자명 한서윤 기자</li>", ("한서윤",)),
        ('<span class="author">Ann Example / VALLEY TOWN</span>', ("Ann Example",)),
    ],
)
def test_names_below_the_headline_are_the_byline_and_no_text(printed: str, names: tuple[str, ...]) -> None:
    article = parse_page(page(html(f"<article>{TITLE}{printed}{TEXT}</article>")))
    assert article.byline == names
    assert not any(name in text for text in article.paragraphs for name in names)


@pytest.mark.parametrize(
    "printed",
    [
        '<h2 class="pw-subtitle">{}</h2>',
        "<h3>{}</h3>",
        '<div class="field--name-field-summary"><p>{}</p></div>',
        '<div class="standfirst"><div><p>{}</p></div></div>',
        "<p>{}</p><p>By Ann Example</p>",
    ],
)
def test_the_words_between_headline_and_text_are_the_subtitle(printed: str) -> None:
    words = "Engineers say that the old piers will not stand another spring flood"
    article = parse_page(page(html(f"<article>{TITLE}{printed.format(words)}{TEXT}</article>")))
    assert article.subtitle == words
    assert words not in article.paragraphs
    assert words not in [section.heading for section in article.sections]


def test_the_first_paragraph_of_a_text_is_no_subtitle() -> None:
    article = parse_page(page(html(f"<article>{TITLE}{TEXT}</article>")))
    assert article.subtitle is None
    assert len(article.paragraphs) == 2


def test_a_text_of_one_paragraph_above_the_names_is_text() -> None:
    body = f'<div class="entry-content">{LONG * 2}</div><p>Posted by Ann Example</p>'
    article = parse_page(page(html(f"<article>{TITLE}{body}</article>")))
    assert len(article.paragraphs) == 1
    assert article.subtitle is None


@pytest.mark.parametrize(
    "whole",
    [
        "The Valley Herald: Bridge report heard in the valley",
        "The Valley Herald :: Bridge report heard in the valley",
    ],
)
def test_a_title_after_the_sites_name_is_found_where_the_page_prints_it(whole: str) -> None:
    for headline in (
        '<h1><a href="/">The Valley Herald</a></h1><h3 class="entry-title">Bridge report heard in the valley</h3>',
        "<font size=4><b>Bridge report heard in the valley</b></font>",
    ):
        body = f"<div>{headline}</div>{TEXT}"
        article = parse_page(page(html(body, f"<title>{whole}</title>")))
        assert article.title == "Bridge report heard in the valley"


def test_words_above_the_headline_are_no_text() -> None:
    article = parse_page(page(html(f'<article><div class="cat">National news</div>{TITLE}{TEXT}</article>')))
    assert "National news" not in article.paragraphs


def test_an_introduction_in_the_texts_own_box_is_its_first_paragraph_and_one_in_the_head_is_a_subtitle() -> (
    None
):
    intro = "The treasurer told the council on Monday that the new bridge will cost twice what was planned in May."
    inside = (
        f'<article>{TITLE}<div><p class="intro">{intro}</p><p>{LONG * 3}</p><p>{LONG * 2}</p></div></article>'
    )
    led = parse_page(page(html(inside)))
    assert (led.paragraphs[0], led.subtitle) == (intro, None)
    head = f'<article><header>{TITLE}<p class="standfirst">{intro}</p></header>{TEXT}</article>'
    below = parse_page(page(html(head)))
    assert below.subtitle == intro
    assert intro not in below.paragraphs
