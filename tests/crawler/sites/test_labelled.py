"""Readers' comments on pages where no class names them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.sites import parse_page
from tests.crawler.sites.pages import html, page

A = "The council heard a long report on Monday about the bridge over the river, and several members asked questions."
B = "Engineers had told the town in May that two of the four pillars were no longer safe for heavy lorries at night."
C = "A decision is expected before the end of the year, according to the mayor, who spoke to reporters after the vote."
X, Y = "I saw it with my own eyes last week.", "Nobody told us anything before the vote."
TITLE = "Bridge report heard in the valley"
ARTICLE = f"<article><h1>{TITLE}</h1><p>By Ann Author</p><p>{A}</p><p>{B}</p><p>{C}</p></article>"
TEN, ELEVEN = datetime(2017, 11, 7, 10, tzinfo=UTC), datetime(2017, 11, 7, 11, tzinfo=UTC)


def read(below: str):
    return parse_page(page(html(ARTICLE + below, f'<meta property="og:title" content="{TITLE}">')))


@pytest.mark.parametrize(
    "below",
    [
        f"<h3>Comments (2)</h3><div><div><b>Kim</b> <span>7 Nov 2017 10:00</span><div>{X}</div></div><div><b>Lee</b> <span>7 Nov 2017 11:00</span><div>{Y}</div></div></div>",
        f"<h3>មតិយោបល់ (2)</h3><div><div><b>Kim</b><p>{X}</p><span>7 Nov 2017 10:00</span></div><div><b>Lee</b><p>{Y}</p><span>7 Nov 2017 11:00</span></div></div>",
        f'<section class="user-reactions"><h4>2 reader reactions</h4><div><span class="nick">Kim</span><span>7 Nov 2017 10:00</span><div>{X}</div></div><div><span class="nick">Lee</span><span>7 Nov 2017 11:00</span><div>{Y}</div></div></section>',
        f'<div id="binhluan"><div><b>Kim</b> <i>7 Nov 2017 10:00</i><p>{X}</p></div><div><b>Lee</b> <i>7 Nov 2017 11:00</i><p>{Y}</p></div></div>',
        f"<b>Comments</b><table><tr><td>Kim<br>7 Nov 2017 10:00</td><td>{X}</td></tr><tr><td>Lee<br>7 Nov 2017 11:00</td><td>{Y}</td></tr></table>",
        f"<h2>Leserkommentare</h2><dl><dt>Kim, 07.11.2017 10:00</dt><dd>{X}</dd><dt>Lee, 07.11.2017 11:00</dt><dd>{Y}</dd></dl>",
    ],
    ids=["heading", "Khmer", "reactions", "id", "table", "definitions"],
)  # fmt: skip
def test_what_repeats_below_a_label_are_comments_and_their_dates_are_not_the_articles(below: str) -> None:
    article = read(below)
    told = [(comment.author, comment.text, comment.posted_at) for comment in article.comments]
    assert told == [("Kim", X, TEN), ("Lee", Y, ELEVEN)]
    assert article.provenance["comments"] == "label"
    assert article.paragraphs == (A, B, C)
    assert (article.byline, article.published_at) == (("Ann Author",), None)


def test_names_without_dates_are_enough_where_several_repeat() -> None:
    article = read(
        f"<h3>2 Comments</h3><ol><li><cite>Kim</cite> says:<p>{X}</p></li><li><cite>Lee</cite> says:<p>{Y}</p></li></ol>"
    )
    assert [(comment.author, comment.text) for comment in article.comments] == [("Kim", X), ("Lee", Y)]


def test_a_single_comment_counts_if_it_has_a_date() -> None:
    dated = read(f"<h3>Comments</h3><ul><li><b>Kim</b> <span>7 Nov 2017 10:00</span><p>{X}</p></li></ul>")
    assert [(comment.author, comment.text) for comment in dated.comments] == [("Kim", X)]
    assert read(f"<h3>Comments</h3><ul><li><b>Kim</b><p>{X}</p></li></ul>").comments == ()


@pytest.mark.parametrize(
    "below",
    [
        "<h3>Comments</h3><form><div><b>Name</b><input></div><div><b>Words</b><textarea></textarea></div></form>",
        "<h3>Opinion</h3><ul><li><b>Ann</b> <a href='/1'>What the bridge taught us</a></li><li><b>Bo</b> <a href='/2'>Why the mayor waits for spring</a></li></ul>",
    ],
    ids=["a form", "a list of columns"],
)
def test_a_form_and_a_list_of_columns_are_no_comments(below: str) -> None:
    assert read(below).comments == ()


def test_a_sub_heading_of_the_article_that_reads_like_a_label_stays_its() -> None:
    quoted = (
        f"<h2>Reactions</h2><p>{A} {B}</p><ul><li><b>Kim</b> {X}</li><li><b>Lee</b> {Y}</li></ul><p>{C}</p>"
    )
    article = parse_page(page(html(f"<article><h1>{TITLE}</h1><p>{A}</p><p>{B}</p>{quoted}</article>")))
    assert article.comments == ()
    assert any(X in paragraph for paragraph in article.paragraphs)
