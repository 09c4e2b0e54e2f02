"""The two seed documents, put back into their sites' markup, read as the seeds themselves do."""

from __future__ import annotations

import json
from dataclasses import replace
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


def test_the_seed_in_the_sites_later_theme_says_the_same_as_html_and_as_data() -> None:
    caption = RFA.captions[0]
    elements: list[dict[str, object]] = []
    for section in RFA.sections:
        if section.heading:
            elements.append({"type": "header", "level": 3, "content": escape(section.heading)})
        elements += [{"type": "text", "content": escape(text)} for text in section.paragraphs]
    elements.append({"type": "text", "content": escape(RFA.attribution or "")})
    story = {
        "headlines": {"basic": RFA.title},
        "first_publish_date": "2017-11-07T22:00:00Z",
        "promo_items": {
            "basic": {"type": "image", "caption": caption.text, "credits": {"by": [{"name": caption.credit}]}}
        },
        "content_elements": elements,
    }
    data = f"<script>Fusion.arcSite='x';Fusion.globalContent={json.dumps(story)};</script>"
    body = "".join(
        f"<h3 class='c-heading'>{item['content']}</h3>"
        if item["type"] == "header"
        else f"<p class='c-paragraph'>{item['content']}</p>"
        for item in elements
    )
    lead = (
        f'<figure class="c-media-item"><figcaption><span class="c-media-item__caption">{escape(caption.text)}</span>'
        f'<span class="c-media-item__credit">({escape(caption.credit or "")})</span></figcaption></figure>'
    )
    shown = f'<h1 class="b-headline">{escape(RFA.title)}</h1><div class="b-lead-art">{lead}</div><article class="b-article-body">'
    said = replace(RFA, comments=())
    for markup in (f"{shown}{body}</article>", f"{data}{shown}</article>", f"{data}{shown}{body}</article>"):
        article = parse_page(page(html(markup)))
        assert (article.title, article.sections, article.attribution) == (
            said.title,
            said.sections,
            said.attribution,
        )
        assert [(item.text, item.credit) for item in article.captions] == [(caption.text, caption.credit)]
        assert article.version == said.version


def test_the_seed_page_has_every_other_field_too() -> None:
    article = parse_page(
        page(
            _rfa_page(CAPTIONS["span in the figcaption"], COMMENTS["plone 4"]),
            "https://www.rfa.org/english/news/cambodia/defect-11062017170405.html",
        )
    )
    assert article.key == "rfa:defect-11062017170405"
    assert (article.site, article.language, article.byline, article.subtitle) == ("rfa", "en", (), None)
    assert article.published_at is not None
    assert article.published_at.astimezone(ZoneInfo("America/New_York")).date().isoformat() == "2017-11-07"
    assert (article.modified_at, article.origin, article.quoted) == (None, None, ())
    assert [comment.id for comment in article.comments] == ["1500", "1501"]
    assert [comment.parent for comment in article.comments] == [None, None]


def test_the_seed_topic_has_every_other_field_too() -> None:
    post = (
        '<article id="elComment_77" class="cPost ipsComment"><aside><h3 class="cAuthorPane_author">poster</h3></aside>'
        '<div class="ipsComment_meta">Posted <time datetime="2023-07-05T02:00:00Z">July 5</time></div>'
        f'<div data-role="commentContent">{_body(FORUM)}<figure><img alt="" src="/a.jpg"><figcaption>'
        f"{escape(FORUM.captions[0].text)}</figcaption></figure></div></article>"
    )
    title = f'<h1 class="ipsType_pageTitle">{escape(FORUM.title)}</h1>'
    article = parse_page(page(html(f"{title}{post}"), "https://forum.example/topic/1299681-x/"))
    assert (article.title, article.sections) == (FORUM.title, FORUM.sections)
    assert [item.text for item in article.captions] == [item.text for item in FORUM.captions]
    assert (article.byline, article.comments, article.quoted) == (("poster",), (), ())
    assert (article.key, article.language) == ("forum.example:1299681", "en")
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2023-07-05T02:00:00+00:00"
