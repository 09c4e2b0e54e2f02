"""Pictures of unknown pages that stand in no figure element."""

from __future__ import annotations

import pytest

from crawler.sites import parse_page
from tests.crawler.sites.pages import html, page

LONG = "The council of the valley met on Monday and heard the report of its treasurer about the new bridge. "
WORDS = "The bridge in the valley before the flood of the spring."


@pytest.mark.parametrize(
    "picture",
    [
        '<div class="news-img"><img src="a.jpg"><div class="news-details-caption">{}</div></div>',
        '<div class="cover"><img src="a.jpg"><p class="img-caption">{}</p></div>',
        '<div class="img_wrapper"><img src="a.jpg"><span class="img_descr">{}</span></div>',
        '<div class="im_w"><img data-src="a.jpg"><em class="img_desc">{}</em></div>',
        '<div class="image__container"><picture><img src="a.jpg"></picture><div class="image__metadata">'
        '<div class="image__caption attribution"><span>{}</span></div></div></div>',
        '<table class="tr-caption-container"><tr><td><img src="a.jpg"></td></tr><tr><td class="tr-caption">{}</td></tr></table>',
    ],
)
def test_words_that_are_called_a_caption_beside_a_picture_are_one_and_no_text(picture: str) -> None:
    body = f"<article><h1>Bridge report heard</h1>{picture.format(WORDS)}<p>{LONG * 3}</p><p>{LONG * 2}</p></article>"
    article = parse_page(page(html(body)))
    assert [(caption.text, caption.credit) for caption in article.captions] == [(WORDS, None)]
    assert WORDS not in article.paragraphs


def test_a_credit_in_a_box_of_its_own_is_told_apart() -> None:
    picture = (
        f'<div class="image__container"><img src="a.jpg"><div class="image__metadata"><div class="image__caption">{WORDS}</div>'
        '<div class="image__credit">Ann Example</div></div></div>'
    )
    body = f"<article><h1>Bridge report heard</h1>{picture}<p>{LONG * 3}</p><p>{LONG * 2}</p></article>"
    [caption] = parse_page(page(html(body))).captions
    assert (caption.text, caption.credit) == (WORDS, "Ann Example")


def test_a_picture_in_a_widget_that_holds_the_headline_is_the_articles() -> None:
    picture = f'<div class="box"><img src="a.jpg"><p class="wp-caption-text">{WORDS}</p></div>'
    body = (
        f'<div class="widget Blog"><h3 class="post-title entry-title">Bridge report heard</h3>{picture}'
        f"<p>{LONG * 3}</p><p>{LONG * 2}</p></div>"
    )
    article = parse_page(page(html(body, "<title>Bridge report heard</title>")))
    assert [caption.text for caption in article.captions] == [WORDS]
