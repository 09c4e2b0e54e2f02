"""Readers' comments: every known markup becomes records, and nothing of them becomes the article's."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.sites import parse_page
from state.article import Article
from tests.crawler.sites.pages import html, page


def story(comments: str = "", *, head: str = "", before: str = "", inside: str = "") -> Article:
    """Read a Radio Free Asia page with something in it that is not its story."""
    return parse_page(
        page(
            html(
                f'<div id="storypagemaincol"><h1>Mayor leaves</h1>{before}<div id="storytop"><div id="dateline">'
                '<span id="story_date">2017-11-07</span></div></div><div id="storytext"><p>The mayor of Port Example left '
                f"his party on Monday.</p><p>He gave no reason for it.</p>{inside}</div>{comments}</div>",
                head,
            )
        )
    )


def told(article: Article) -> list[tuple[str | None, str | None, str, str | None, str | None]]:
    """Return author, place, text, time (UTC) and parent of each comment."""
    return [
        (c.author, c.place, c.text, f"{c.posted_at:%Y-%m-%d %H:%M}" if c.posted_at else None, c.parent)
        for c in article.comments
    ]


PLONE_6 = """\
<div class="pat-discussion">
<div class="discussion">
<div class="comment level-0 state-published" id="111">
<div class="d-flex flex-row align-items-center mb-3">
<div class="comment-image me-3"><img alt="Ann" src="x.png"></div>
<div class="comment-author">
<span>Ann</span><br /><small class="text-muted">Nov 08, 2017 01:00 AM</small></div></div>
<div class="comment-body">
<p>First.</p>
<div class="d-flex">
<div class="comment-actions actions-edit"><a>Edit</a></div></div></div><button class="context reply-to-comment-button">Reply</button></div>
<div class="comment level-0 state-published" id="112">
<div class="comment-body">
<div class="text-muted fst-italic">This comment was deleted.</div></div></div>
<div class="comment level-1 state-published" id="113">
<div class="d-flex">
<div class="comment-author">
<span>Anonymous</span>
<span>Anonymous</span><br /><small class="text-muted">Nov 09, 2017 02:00 AM</small></div></div>
<div class="comment-body">Reply to a deleted one.<br/>Second line.</div></div>
<div class="comment level-2 state-published" id="114">
<div class="d-flex">
<div class="comment-author"><a href="/author/bo">Bo</a><br /><small class="text-muted">11/10/2017 12:40:44 PM</small></div></div>
<div class="comment-body">
<p>Deeper.</p></div></div>
<div class="comment level-0 state-published" id="115">
<div class="d-flex">
<div class="comment-author">
<span>from Takeo</span><br /><small class="text-muted">Nov 11, 2017 02:00 AM</small></div></div>
<div class="comment-body">
<p>Last.</p></div></div>
</div>
<div class="reply border p-3" id="commenting"><fieldset><legend>Add comment</legend>
<p>You can add a comment by filling out the form below. Plain text formatting.</p></fieldset></div></div>"""

PLONE_4 = """\
<div class="discussion showCommenterImage">
<div class="comment replyTreeLevel0 state-published" id="1">
<div class="commentImage"><img alt="Ann"></div>
<div class="documentByLine"><a href="/author/ann">Ann Example</a>
<span>(<a href="mailto:a@x.example">a@x.example</a>)</span> says: <div class="commentDate">Nov 08, 2017 01:00 AM</div></div>
<div class="commentBody">Bare text here.</div></div>
<div class="comment replyTreeLevel1 state-published" id="2">
<div class="documentByLine"> <span>Anonymous</span> says: <div class="commentDate">Nov 08, 2017 03:00 AM</div></div>
<div class="commentBody">
<p>He left on 3 May 2010, they say.</p></div></div>
<div class="comment replyTreeLevel1 state-published" id="3">
<div class="documentByLine">Cy says: <div class="commentDate">Nov 08, 2017 04:00 AM</div></div>
<div class="commentBody">
<p>Me too.</p></div></div></div>"""

WORDPRESS_CLASSIC = """\
<h3 id="comments">2 Responses to “Mayor leaves”</h3>
<ol class="commentlist">
<li class="comment even thread-even depth-1" id="li-comment-12">
<div id="comment-12">
<div class="comment-author vcard"><img class="avatar" alt=""/>
<cite class="fn"><a href="http://x" rel="external nofollow">Ann</a></cite> <span class="says">says:</span></div>
<div class="comment-meta commentmetadata"><a href="#comment-12">April 5, 2012 at 9:15 am</a>&nbsp;<a class="comment-edit-link">(Edit)</a></div>
<p>First paragraph.</p>
<p>Second paragraph.</p>
<div class="reply"><a class="comment-reply-link">Reply</a></div></div>
<ul class="children">
<li class="comment byuser odd depth-2" id="li-comment-13">
<div id="comment-13">
<div class="comment-author vcard">
<cite class="fn">Bo</cite> <span class="says">says:</span></div><em>Your comment is awaiting moderation.</em><br/>
<div class="comment-meta commentmetadata"><a href="#comment-13">April 6, 2012 at 9:15 am</a></div>
<p>A reply.</p></div></li></ul></li></ol>
<div id="respond"><h3>Leave a Reply</h3></div>"""

WORDPRESS_KUBRICK = """\
<ol class="commentlist">
<li class="alt" id="comment-5">
<cite><a href="http://x" rel="nofollow">Ann</a></cite> Says:<br/><small class="commentmetadata"><a href="#comment-5">April 5th, 2012 at 3:03 pm</a></small>
<p>Kubrick text.</p></li>
<li id="comment-6">
<cite>Bo</cite> Says:<br/><small class="commentmetadata"><a href="#comment-6">April 6th, 2012 at 3:03 pm</a></small>
<p>More text.</p></li></ol>"""

WORDPRESS_BLOCKS = """\
<div class="wp-block-comments"><h2 class="wp-block-comments-title">2 responses</h2>
<ol class="wp-block-comment-template">
<li id="comment-3" class="comment even depth-1">
<div class="wp-block-columns">
<div class="wp-block-column">
<div class="wp-block-avatar"><img alt="Ann Avatar"></div></div>
<div class="wp-block-column">
<div class="wp-block-comment-author-name"><a rel="external" href="http://x">Ann</a></div>
<div class="wp-block-group">
<div class="wp-block-comment-date"><time datetime="2022-04-05T09:15:00+07:00"><a href="#">April 5, 2022</a></time></div>
<div class="wp-block-comment-edit-link"><a>Edit</a></div></div>
<div class="wp-block-comment-content">
<p>Block text.</p></div>
<div class="wp-block-comment-reply-link"><a>Reply</a></div></div></div>
<ol>
<li id="comment-4" class="comment odd depth-2">
<div class="wp-block-comment-author-name">Bo</div>
<div class="wp-block-comment-date"><time datetime="2022-04-06T09:15:00+07:00"><a href="#">April 6, 2022</a></time></div>
<div class="wp-block-comment-content">
<p>Nested.</p></div></li></ol></li></ol>
<div id="respond" class="comment-respond wp-block-post-comments-form"><h3>Leave a Reply</h3></div></div>"""

MICRODATA = """\
<div id="comments">
<div itemscope itemtype="https://schema.org/UserComments" id="uc-7"><meta itemprop="commentTime" content="2017-11-08T10:00:00Z">
<span itemprop="creator" itemscope itemtype="https://schema.org/Person">
<span itemprop="name">Ann</span></span>
<div itemprop="commentText">Micro text.</div></div></div>"""

BLOGGER = """\
<div class="comments" id="comments"><h4>1 comment:</h4>
<ol id="top-ra">
<li class="comment" id="c7700">
<div class="avatar-image-container"><img/></div>
<div class="comment-block">
<div class="comment-header">
<cite class="user"><a rel="nofollow">Ann</a></cite>
<span class="icon user"></span>
<span class="datetime secondary-text"><a rel="nofollow" href="#">November 8, 2017 at 3:17 AM</a></span></div>
<p class="comment-content">Blogger text<br>two lines</p>
<span class="comment-actions secondary-text"><a class="comment-reply">Reply</a></span></div>
<div class="comment-replies">
<ol>
<li class="comment" id="c7701">
<div class="comment-block">
<div class="comment-header">
<cite class="user">Bo</cite>
<span class="datetime"><a>November 9, 2017 at 3:17 AM</a></span></div>
<p class="comment-content">A reply</p></div></li></ol></div></li></ol></div>"""

NAMES_ONLY = """\
<div id="commenting"><h3>Comments (2)</h3><div class="commentitem"><h4>Anonymous Reader</h4><p>To you.</p>
<p class="when">Nov 12, 2017 04:36 PM</p></div><div class="commentitem"><h4>from Takeo</h4><p>Always right.</p>
<p>Nov 09, 2017 06:20 AM</p></div><form>Your comment</form></div>"""

DISQUS = """\
<div id="disqus_thread">
<div id="dsq-content"><ul id="dsq-comments">
<li class="comment even thread-even depth-1" id="dsq-comment-77">
<div id="dsq-comment-header-77" class="dsq-comment-header">
<cite id="dsq-cite-77">
<span id="dsq-author-user-77">Ann</span></cite></div>
<div id="dsq-comment-body-77" class="dsq-comment-body">
<div id="dsq-comment-message-77" class="dsq-comment-message">
<p>Disqus words.</p></div></div></li></ul></div></div>"""

DRUPAL = """\
<section id="comments" class="comments comment-wrapper"><h2>Comments</h2><article class="comment comment-new clearfix" about="/comment/9#comment-9" id="comment-9"><header>
<p class="submitted">Submitted by <span class="username">Ann</span></p></header>
<div class="content">
<div class="field field-name-comment-body">
<p>Drupal words.</p></div></div><ul class="links inline">
<li class="comment-reply"><a>reply</a></li></ul></article>
<div class="indented"><article class="comment" id="comment-10">
<p class="submitted">Submitted by <span class="username">Bo</span></p>
<div class="content">
<p>Below.</p></div></article></div></section>"""

WORDS_ONLY = """\
<div id="commentcount">
<span>Comments</span>
<span>(2)</span></div>
<div id="comments"><h3>Comments (2)</h3>
<div>
<p>Anonymous Reader</p>
<p>To you.</p>
<p>You are wrong<br/>and bad</p>
<p>Nov 12, 2017 04:36 PM</p></div>
<div>
<p>from ភ្នំពេញ</p>
<p>Always right.</p>
<p>Nov 09, 2017 06:20 AM</p></div></div>"""


@pytest.mark.parametrize(
    ("markup", "comments"),
    [
        pytest.param(
            PLONE_6,
            [
                ("Ann", None, "First.", "2017-11-08 06:00", None),
                ("Anonymous", None, "Reply to a deleted one.\nSecond line.", "2017-11-09 07:00", "112"),
                ("Bo", None, "Deeper.", "2017-11-10 17:40", "113"),
                (None, "Takeo", "Last.", "2017-11-11 07:00", None),
            ],
            id="plone 6",
        ),
        pytest.param(
            PLONE_4,
            [
                ("Ann Example", None, "Bare text here.", "2017-11-08 06:00", None),
                ("Anonymous", None, "He left on 3 May 2010, they say.", "2017-11-08 08:00", "1"),
                ("Cy", None, "Me too.", "2017-11-08 09:00", "1"),
            ],
            id="plone 4",
        ),
        pytest.param(
            WORDPRESS_CLASSIC,
            [
                ("Ann", None, "First paragraph.\n\nSecond paragraph.", "2012-04-05 13:15", None),
                ("Bo", None, "A reply.", "2012-04-06 13:15", "12"),
            ],
            id="wordpress classic",
        ),
        pytest.param(
            WORDPRESS_KUBRICK,
            [
                ("Ann", None, "Kubrick text.", "2012-04-05 19:03", None),
                ("Bo", None, "More text.", "2012-04-06 19:03", None),
            ],
            id="wordpress kubrick",
        ),
        pytest.param(
            WORDPRESS_BLOCKS,
            [
                ("Ann", None, "Block text.", "2022-04-05 02:15", None),
                ("Bo", None, "Nested.", "2022-04-06 02:15", "3"),
            ],
            id="wordpress blocks",
        ),
        pytest.param(MICRODATA, [("Ann", None, "Micro text.", "2017-11-08 10:00", None)], id="microdata"),
        pytest.param(
            NAMES_ONLY,
            [
                ("Anonymous Reader", None, "To you.", "2017-11-12 21:36", None),
                (None, "Takeo", "Always right.", "2017-11-09 11:20", None),
            ],
            id="headings and dates without classes",
        ),
        pytest.param(
            BLOGGER,
            [
                ("Ann", None, "Blogger text\ntwo lines", "2017-11-08 08:17", None),
                ("Bo", None, "A reply", "2017-11-09 08:17", "7700"),
            ],
            id="blogger",
        ),
        pytest.param(DISQUS, [("Ann", None, "Disqus words.", None, None)], id="disqus"),
        pytest.param(
            DRUPAL,
            [("Ann", None, "Drupal words.", None, None), ("Bo", None, "Below.", None, None)],
            id="drupal",
        ),
        pytest.param(
            WORDS_ONLY,
            [
                ("Anonymous Reader", None, "To you.\n\nYou are wrong\nand bad", "2017-11-12 21:36", None),
                (None, "ភ្នំពេញ", "Always right.", "2017-11-09 11:20", None),
            ],
            id="words only",
        ),
    ],
)
def test_every_known_markup_gives_author_place_text_time_and_parent(
    markup: str, comments: list[tuple[str | None, ...]]
) -> None:
    article = story(markup)
    assert told(article) == comments
    assert article.paragraphs == (
        "The mayor of Port Example left his party on Monday.",
        "He gave no reason for it.",
    )
    assert article.byline == ()
    assert article.published_at == datetime(2017, 11, 7, 5, tzinfo=UTC)


TROLL = """
<div class="comment replyTreeLevel0" id="9"><div class="documentByLine byline"><a rel="author" href="/a">Troll</a> says:
<time class="commentDate" id="story_date" datetime="2016-01-01T00:00:00Z">2016-01-01</time></div>
<div class="commentBody"><h1>Party dissolved</h1><p>By Nobody. The party was dissolved.</p></div></div>
<div class="discussion"><div class="byline">Ghost</div><span id="story_date">2015-01-01</span></div>"""


def test_a_comment_before_the_date_line_gives_the_article_neither_name_nor_date() -> None:
    article = story(before=TROLL)
    assert (article.title, article.byline) == ("Mayor leaves", ())
    assert article.published_at == datetime(2017, 11, 7, 5, tzinfo=UTC)
    assert [comment.author for comment in article.comments] == ["Troll"]


def test_a_comment_within_the_text_is_no_paragraph() -> None:
    inside = (
        '<div class="comments"><div class="comment" id="c1" itemscope itemtype="http://schema.org/Comment">'
        '<span itemprop="author">Inner</span> <time itemprop="datePublished" datetime="2016-02-02T00:00:00Z">x</time>'
        '<div itemprop="text">The party was dissolved.</div></div></div>'
    )
    article = story(inside=inside)
    assert len(article.paragraphs) == 2
    assert told(article) == [("Inner", None, "The party was dissolved.", "2016-02-02 00:00", None)]
    assert article.published_at == datetime(2017, 11, 7, 5, tzinfo=UTC)


DATA = """<script type="application/ld+json">[
{"@context":"https://schema.org","@type":"Comment","author":{"@type":"Person","name":"Troll"},
 "datePublished":"2016-01-01T00:00:00Z","text":"Party dissolved!"},
{"@type":"ClaimReview","datePublished":"2016-01-02T00:00:00Z","author":{"name":"Reviewer"}},
{"@type":"NewsArticle","headline":"Mayor leaves","datePublished":"2017-11-07T10:00:00Z","author":{"name":"Real Reporter"},
 "comment":[{"@type":"Comment","@id":"#c2","author":{"name":"Ann"},"dateCreated":"2017-11-08T10:00:00Z","text":"One<br>two",
  "comment":[{"@type":"Comment","author":"Bo","text":"A reply"}]}]}]</script>"""


def test_comments_told_in_data_alone_are_records_and_date_and_author_are_the_storys() -> None:
    article = story(head=DATA)
    assert article.byline == ("Real Reporter",)
    assert article.published_at == datetime(2017, 11, 7, 10, tzinfo=UTC)
    assert told(article) == [
        ("Troll", None, "Party dissolved!", "2016-01-01 00:00", None),
        ("Ann", None, "One\ntwo", "2017-11-08 10:00", None),
        ("Bo", None, "A reply", None, "#c2"),
    ]
    assert article.provenance["comments"] == "json-ld"


def test_teasers_beside_the_story_give_it_neither_name_nor_date() -> None:
    side = (
        '<div id="frontsidebar"><div class="sectionteaser"><h2><a href="/q">Other</a></h2><span id="story_date">2011-01-01'
        '</span><div class="byline">Sidebar Person</div></div></div>'
    )
    article = story(before=side)
    assert article.byline == ()
    assert article.published_at == datetime(2017, 11, 7, 5, tzinfo=UTC)


BLOG = """<article class="post"><header><h1 class="entry-title">Village chief hands back his badge</h1></header>
<div class="entry-content"><p>The chief of Upper Example handed back his party badge on Friday, two weeks after the vote in the
valley that had kept him in office with a majority of nine.</p><p>In a letter to the district he said that he would go on
serving the village, but without any party, as the people who had elected him had asked him to do.</p></div></article>"""


@pytest.mark.parametrize("markup", [WORDPRESS_CLASSIC, WORDPRESS_BLOCKS, WORDPRESS_KUBRICK, MICRODATA])
def test_on_a_blog_no_commenter_is_its_author_and_no_comments_time_its_date(markup: str) -> None:
    article = parse_page(page(html(f"<main>{BLOG}{markup}</main>"), "https://valley.example/2022/04/chief/"))
    assert article.comments
    names = {comment.author for comment in article.comments}
    assert not names & set(article.byline)
    assert article.published_at is None or article.published_at not in {c.posted_at for c in article.comments}
    assert not {comment.text for comment in article.comments} & set(article.paragraphs)


@pytest.mark.parametrize(
    ("language", "printed", "at"),
    [
        ("vi", "5/6/2017 14:30", "2017-06-05T14:30:00+00:00"),
        ("hi", "5 June 2017 14:30 IST", "2017-06-05T09:00:00+00:00"),
    ],
)
def test_a_comments_date_is_read_as_the_pages_language_writes_it(
    language: str, printed: str, at: str
) -> None:
    said = (
        '<div id="comments"><h3>Comments (1)</h3><div class="comment" id="comment-7"><span class="comment-author">A Reader</span>'
        f'<span class="comment-date">{printed}</span><div class="comment-body">The bridge is late.</div></div></div>'
    )
    text = "<p>The council of the valley met on Monday and heard the report of its treasurer about the bridge.</p>"
    markup = f'<html lang="{language}"><body><article><h1>Bridge report heard</h1>{text * 3}</article>{said}</body></html>'

    [comment] = parse_page(page(markup)).comments

    assert comment.posted_at is not None
    assert comment.posted_at.isoformat() == at
