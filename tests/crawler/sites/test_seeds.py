"""The two seed documents, put back into their sites' markup, read as the seeds themselves do."""

from __future__ import annotations

from html import escape
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crawler.sites import parse_page
from state.article import Article
from state.text import load
from tests.crawler.sites.pages import html, page

SEEDS = Path(__file__).parents[2] / "pages" / "seeds"
RFA = load((SEEDS / "rfa-000.txt").read_text(encoding="utf-8"))
FORUM = load((SEEDS / "forum-004.txt").read_text(encoding="utf-8"))


def _body(article: Article, spacer: str = "") -> str:
    parts = []
    for section in article.sections:
        if section.heading:
            parts.append(f"<h3>{escape(section.heading)}</h3>")
        parts.extend(f"<p>{escape(text)}</p>{spacer}" for text in section.paragraphs)
    return "\n".join(parts)


def _rfa_page(caption: str, comment: str) -> str:
    comments = []
    for number, item in enumerate(RFA.comments):
        posted = item.posted_at.astimezone(ZoneInfo("America/New_York")) if item.posted_at else None
        text = "".join(f"<p>{escape(block)}</p>".replace("\n", "<br/>") for block in item.text.split("\n\n"))
        who = escape(item.author or f"from {item.place}")
        when = posted.strftime("%b %d, %Y %I:%M %p") if posted else ""
        comments.append(comment.format(id=1500 + number, who=who, when=when, text=text))
    return html(
        '<div id="storypagemaincol"><h1>{title}</h1><div id="storytop"><span id="story_date">2017-11-07</span>'
        "<ul><li>Email story</li><li>Comment on this story</li><li>Print story</li></ul></div>"
        '<div id="headerimg">{caption}</div><div id="storytext">{body}<p>{attribution}</p></div>'
        '<div id="commentcount"><span>Comments</span><span>2</span></div>'
        '<div class="discussion">{comments}</div></div><div id="frontsidebar">Most Popular</div>'.format(
            title=escape(RFA.title),
            caption=caption.format(
                text=escape(RFA.captions[0].text), credit=escape(RFA.captions[0].credit or "")
            ),
            body=_body(RFA),
            attribution=escape(RFA.attribution or ""),
            comments="".join(comments),
        ),
        '<meta property="og:description" content="">',
    )


CAPTIONS = {
    "span in the figcaption": '<img alt="{text}" title="{text}"><figcaption>{text} <span>{credit}</span></figcaption>',
    "class of its own": '<img alt="{text}"><figcaption>{text}</figcaption><div class="imagecredit">{credit}</div>',
    "beside the figcaption": '<img alt="x.jpg" title="{text}"><figcaption>{text}</figcaption><p>{credit}</p>',
}
COMMENTS = {
    "plone 4": '<div class="comment replyTreeLevel0" id="{id}"><div class="documentByLine">{who} says:'
    '<div class="commentDate">{when}</div></div><div class="commentBody">{text}</div></div>',
    "plone 6": '<div class="comment level-0" id="{id}"><div class="comment-author">{who}</div>'
    '<div class="comment-date">{when}</div><div class="comment-body">{text}</div></div>',
    "date last": '<div class="comment"><h4 class="commentAuthor">{who}</h4><div class="commentBody">{text}</div>'
    '<span class="commentDate">{when}</span></div>',
    "no classes": "<div><p>{who}</p>{text}<p>{when}</p></div>",
}


@pytest.mark.parametrize("caption", CAPTIONS.values(), ids=CAPTIONS)
@pytest.mark.parametrize("comment", COMMENTS.values(), ids=COMMENTS)
def test_an_rfa_page_says_what_the_seed_says(caption: str, comment: str) -> None:
    article = parse_page(page(_rfa_page(caption, comment)))
    assert article.title == RFA.title
    assert article.sections == RFA.sections
    assert [(item.text, item.credit) for item in article.captions] == [
        (item.text, item.credit) for item in RFA.captions
    ]
    assert article.attribution == RFA.attribution
    assert [(c.author, c.place, c.text, c.posted_at) for c in article.comments] == [
        (c.author, c.place, c.text, c.posted_at) for c in RFA.comments
    ]
    assert article.version == RFA.version


PICTURES = {
    "figure": '<figure><img alt="{text}" src="/a.jpg"><figcaption>{text}</figcaption></figure>',
    "paragraph below": '<p><img alt="{text}" src="/a.jpg"></p><p>{text}</p>',
    "line below": '<p><img alt="{text}" src="/a.jpg"><br>{text}</p>',
    "printed twice": '<p><img alt="a.jpg" src="/a.jpg"></p><p>{text}</p><p>{text}</p>',
    "alternative text alone": '<p><img alt="{text}" data-src="/a.jpg" src="spacer.png"></p>',
}


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_an_invision_page_says_what_the_seed_says(picture: str) -> None:
    post = (
        '<article id="elComment_1" class="cPost ipsComment"><aside><h3 class="cAuthorPane_author">poster</h3></aside>'
        '<div class="ipsComment_meta">Posted <time datetime="2023-07-05T02:00:00Z">July 5</time></div>'
        f'<div data-role="commentContent">{_body(FORUM, "<p>&nbsp;</p>")}'
        f"{picture.format(text=escape(FORUM.captions[0].text, quote=True))}<p><a>read more</a></p></div></article>"
    )
    title = f'<h1 class="ipsType_pageTitle"><span class="ipsContained"><span>{escape(FORUM.title)}</span></span></h1>'
    article = parse_page(page(html(f"<a>Jump to content</a>{title}<h2>Recommended Posts</h2>{post}")))
    assert article.sections == FORUM.sections
    assert article.version == FORUM.version
    assert article.byline == ("poster",)
