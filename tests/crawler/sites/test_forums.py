"""Topics: posts as records, whatever engine, skin or fault of markup."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.sites import parse_page, read_topic_page
from state.article import Article
from state.errors import LayoutError, NotArticleError
from tests.crawler.sites.pages import html, page
from tests.crawler.sites.test_golden import GOLDEN

TOPICS = {
    "discourse-crawler.html": ("discourse", ["ada", "bob"]),
    "discourse-topic.json": ("discourse json", ["ada", "bob"]),
    "invision4-topic.html": ("invision 4", ["harbour", "quay_walker", "Guest Lee"]),
    "invision5-topic.html": ("invision 4", ["tide", "ebb"]),
    "invision5-classic-topic.html": ("invision 4", ["skerry", "Guest"]),
    "ipboard2-topic.html": ("ip.board 2", ["mooring", "Guest_Olu_*"]),
    "ipboard3-topic.html": ("ip.board 3", ["lamplighter", "Guest_Mia_*"]),
    "phpbb2-topic.html": ("phpbb 2", ["laterne", "brücke"]),
    "phpbb3-topic.html": ("phpbb 3 prosilver", ["r23", "ghost"]),
    "phpbb3-subsilver2-topic.html": ("phpbb 3 subsilver2", ["mate", "cook"]),
    "vbulletin3-topic.html": ("vbulletin 3", ["beacon", "wick"]),
    "vbulletin4-topic.html": ("vbulletin 4", ["pilot", "gull"]),
    "vbulletin5-topic.html": ("vbulletin 5", ["crane", "hook"]),
    "xenforo1-topic.html": ("xenforo 1", ["saltwife", "tarpot"]),
    "xenforo2-topic.html": ("xenforo 2", ["nightwatch", "ferryman"]),
}


def golden(name: str) -> Article:
    kind = "application/json" if name.endswith("json") else "text/html"
    return parse_page(page((GOLDEN / name).read_bytes(), content_type=kind))


@pytest.mark.parametrize("name", TOPICS)
def test_every_post_is_a_record_with_author_and_time(name: str) -> None:
    article = golden(name)
    parser, authors = TOPICS[name]
    assert article.provenance["parser"] == parser
    assert [*article.byline, *(comment.author for comment in article.comments)] == authors
    assert article.published_at is not None
    assert all(comment.posted_at is not None and comment.id for comment in article.comments)


@pytest.mark.parametrize("name", TOPICS)
def test_what_a_reply_quotes_is_kept_apart_without_the_line_that_cites(name: str) -> None:
    quoted = [text for comment in golden(name).comments for text in comment.quoted]
    assert quoted
    told = " ".join(quoted).lower()
    assert not any(
        word in told for word in ("said:", "wrote:", "posted by", "geschrieben", "click to expand", "↑")
    )
    replies = " ".join(comment.text for comment in golden(name).comments)
    assert not any(text in replies for text in quoted)


@pytest.mark.parametrize("name", TOPICS)
def test_furniture_and_signatures_are_no_text(name: str) -> None:
    article = golden(name)
    told = " ".join([*article.paragraphs, *(comment.text for comment in article.comments)]).lower()
    for word in (
        "signature",
        "my party is the best",
        "keep the light",
        "____",
        "last edited",
        "edited",
        "gruß",
        "1990",
    ):
        assert word not in told


def test_an_edit_is_told_and_is_not_the_time_of_the_post() -> None:
    article = golden("invision4-topic.html")
    assert article.comments[0].posted_at == datetime(2023, 7, 5, 8, 15, tzinfo=UTC)
    assert article.comments[0].edited_at == datetime(2023, 7, 5, 9, tzinfo=UTC)
    assert golden("xenforo2-topic.html").modified_at == datetime(2018, 9, 27, 13, tzinfo=UTC)


def test_a_guest_without_a_time_gets_what_the_json_ld_says() -> None:
    [guest] = [
        comment for comment in golden("invision4-topic.html").comments if comment.author == "Guest Lee"
    ]
    assert guest.posted_at == datetime(2023, 7, 6, 10, tzinfo=UTC)


def test_highlighted_copies_and_share_texts_are_not_counted_twice() -> None:
    article = golden("invision4-topic.html")
    assert [comment.id for comment in article.comments] == ["9002", "9003"]
    told = " ".join([*article.paragraphs, *(comment.text for comment in article.comments)])
    assert told.count("have left the Bokor Lantern Party") == 1


def test_the_full_story_a_post_links_to_is_its_origin() -> None:
    origin = golden("invision4-topic.html").origin
    assert origin is not None
    assert (origin.publisher, origin.url) == ("news.example", "https://news.example/a/1.html")


def test_labels_are_no_part_of_a_title() -> None:
    assert golden("xenforo2-topic.html").title == "Deputy speaker crosses the floor"
    assert golden("invision4-topic.html").title == "Two councillors switch sides"


def test_moderators_actions_are_no_posts() -> None:
    article = golden("discourse-topic.json")
    assert len(article.comments) == 1
    assert article.comments[0].parent == "1"
    assert article.tags == ("wards",)


def test_a_page_for_browsers_carries_its_posts_as_json() -> None:
    stored = (GOLDEN / "discourse-topic.json").read_text(encoding="utf-8").strip()
    packed = '{"topic_77": "' + stored.replace("\\", "\\\\").replace('"', '\\"') + '"}'
    attribute = packed.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    article = parse_page(
        page(html(f'<div class="hidden" id="data-preloaded" data-preloaded="{attribute}"></div>'))
    )
    assert article.comments[0].author == "bob"
    assert article.provenance["body"] == "embedded"


@pytest.mark.parametrize(
    ("name", "following"),
    [
        ("invision4-topic.html", "https://forum.example/topic/501-two-councillors-switch-sides/page/2/"),
        ("discourse-crawler.html", "https://talk.example/t/ward-members-resign/77?page=2"),
        ("phpbb3-topic.html", "https://board.example/viewtopic.php?t=167&start=10"),
        ("xenforo2-topic.html", "https://xf.example/threads/deputy-speaker-crosses-the-floor.3001/page-2"),
        ("xenforo1-topic.html", "https://old.example/threads/x.5/page-2"),
        ("invision5-topic.html", None),
        ("vbulletin4-topic.html", None),
        ("rfa-plone1-english.html", None),
    ],
)
def test_the_next_page_of_a_topic_is_found(name: str, following: str | None) -> None:
    assert read_topic_page(page((GOLDEN / name).read_bytes()))[1] == following


def test_on_a_later_page_all_posts_are_replies() -> None:
    body = (GOLDEN / "xenforo2-topic.html").read_bytes()
    article = parse_page(
        page(body, "https://xf.example/threads/deputy-speaker-crosses-the-floor.3001/page-2")
    )
    assert article.sections == ()
    assert [comment.author for comment in article.comments] == ["nightwatch", "ferryman"]
    assert article.provenance["topic_page"] == 2
    assert article.key == "xf.example:3001"


def test_posts_that_unclosed_tags_nest_into_one_another_stay_apart() -> None:
    posts = "".join(
        f'<article class="message" id="js-post-{n}" data-author="a{n}"><header><time data-time="{1538052669 + n}"></time>'
        f'</header><div class="message-body"><div class="bbWrapper">words of {n}<div>'
        for n in range(1, 10)
    )
    article = parse_page(page(html(f'<h1 class="p-title-value">Topic</h1>{posts}')))
    assert article.paragraphs == ("words of 1",)
    assert [comment.text for comment in article.comments] == [f"words of {n}" for n in range(2, 10)]
    assert len({comment.posted_at for comment in article.comments}) == 8


def test_dates_in_figures_are_read_in_the_order_the_page_itself_shows() -> None:
    def thread(first: str, second: str) -> str:
        return "".join(
            f'<table id="post{n}"><tr><td class="thead">{when}, 10:00</td></tr><tr><td><a class="bigusername">u</a></td>'
            f'<td><div id="post_message_{n}">words {n}</div></td></tr></table>'
            for n, when in ((1, first), (2, second))
        )

    day_first = parse_page(page(html(f"<h1>T</h1>{thread('05-06-2011', '25-06-2011')}", lang="en")))
    month_first = parse_page(page(html(f"<h1>T</h1>{thread('05-06-2011', '05-26-2011')}", lang="en")))
    assert day_first.published_at == datetime(2011, 6, 5, 10, tzinfo=UTC)
    assert month_first.published_at == datetime(2011, 5, 6, 10, tzinfo=UTC)


def test_the_day_an_author_joined_is_not_the_time_of_the_post() -> None:
    post = (
        '<li class="postbit" id="post_5"><a class="username"><strong>u</strong></a><dl><dt>Registriert seit</dt>'
        "<dd>Registriert: 18.09.2008, 05:56</dd><dd> 03.03.2011,&nbsp;14:27 </dd></dl>"
        '<div id="post_message_5"><blockquote class="postcontent">words on 01.01.2001, 10:00</blockquote></div></li>'
    )
    article = parse_page(page(html(f"<h1>T</h1>{post}", lang="de")))
    assert article.published_at == datetime(2011, 3, 3, 14, 27, tzinfo=UTC)


def test_a_post_that_only_quotes_is_still_a_post() -> None:
    posts = (
        '<h1>T</h1><article id="elComment_1" class="ipsComment"><h3 class="cAuthorPane_author">a</h3>'
        '<div data-role="commentContent"><p>first</p></div></article>'
        '<article id="elComment_2" class="ipsComment"><h3 class="cAuthorPane_author">b</h3>'
        '<div data-role="commentContent"><blockquote class="ipsQuote"><p>first</p></blockquote></div></article>'
    )
    [reply] = parse_page(page(html(posts))).comments
    assert (reply.author, reply.text, reply.quoted) == ("b", "", ("first",))


def test_a_topic_told_in_schema_org_words_is_read_from_any_software() -> None:
    microdata = (
        '<div itemscope itemtype="https://schema.org/DiscussionForumPosting"><h1 itemprop="headline">Topic</h1>'
        '<span itemprop="author" itemscope><span itemprop="name">ada</span></span>'
        '<time itemprop="datePublished" datetime="2020-01-01T10:00:00Z"></time><div itemprop="text"><p>First words.</p></div>'
        '<div itemprop="comment" itemscope itemtype="https://schema.org/Comment"><span itemprop="author" itemscope>'
        '<span itemprop="name">bob</span></span><time itemprop="datePublished" datetime="2020-01-02T10:00:00Z"></time>'
        '<div itemprop="text">Second words.</div></div></div>'
    )
    json_ld = (
        '<script type="application/ld+json">{"@type":"DiscussionForumPosting","headline":"Topic","text":"First words.",'
        '"author":{"name":"ada"},"datePublished":"2020-01-01T10:00:00Z","comment":[{"@type":"Comment","text":"Second words.",'
        '"author":{"name":"bob"},"datePublished":"2020-01-02T10:00:00Z"}]}</script>'
    )
    for markup in (html(microdata), html("<p>rendered by scripts</p>", json_ld)):
        article = parse_page(page(markup))
        assert (article.title, article.byline, article.paragraphs) == ("Topic", ("ada",), ("First words.",))
        [reply] = article.comments
        assert (reply.author, reply.text) == ("bob", "Second words.")
        assert reply.posted_at == datetime(2020, 1, 2, 10, tzinfo=UTC)


def test_a_crawlers_page_that_begins_with_a_later_post_has_no_body() -> None:
    text = (GOLDEN / "discourse-crawler.html").read_text(encoding="utf-8")
    article = parse_page(page(text.replace("'post_1'", "'post_21'").replace("'post_2'", "'post_22'")))
    assert article.sections == ()
    assert [comment.id for comment in article.comments] == ["21", "22"]


def test_an_article_with_comments_is_no_topic_though_a_forum_software_shows_it() -> None:
    words = (
        "The council of the valley met on Monday and heard the report of its treasurer about the new bridge. "
    )
    body = (
        f'<article><h1>Bridge report heard</h1><section class="ipsType_richText"><p>{words * 4}</p></section></article>'
        '<article id="elComment_5" class="ipsComment"><h3 class="cAuthorPane_author">a</h3><time datetime="2020-01-01T00:00:00Z">'
        '</time><div data-role="commentContent"><p>Nice bridge.</p></div></article>'
    )
    article = parse_page(page(html(body).replace("<body>", '<body data-pageapp="cms">')))
    assert article.provenance["parser"] == "generic"
    assert article.paragraphs[0].startswith("The council")


def test_a_skin_whose_posts_have_no_element_of_their_own_name_is_read_by_what_holds_one_message_each() -> (
    None
):
    posts = "".join(
        f'<div class="x"><div><a href="member.php?u={n}">user{n}</a><span>0{n}-15-2011, 11:0{n} PM</span></div>'
        f'<div id="post_message_{n}">words {n}</div></div>'
        for n in range(1, 4)
    )
    article = parse_page(page(html(f"<h1>T</h1><table><tr><td>{posts}</td></tr></table>")))
    assert [*article.byline, *(comment.author for comment in article.comments)] == ["user1", "user2", "user3"]
    assert article.published_at == datetime(2011, 1, 15, 23, 1, tzinfo=UTC)
    assert [comment.text for comment in article.comments] == ["words 2", "words 3"]


def test_a_skin_with_a_header_row_like_a_post_and_a_listing_is_read_without_either() -> None:
    post = (
        '<div id="p{n}" class="post has-profile bg2"><div class="inner"><dl class="postprofile" id="profile{n}"><dt><a href='
        '"memberlist.php?mode=viewprofile&amp;u={n}" class="username-coloured">{who}</a></dt><dd class="profile-joined"><strong>'
        'Joined:</strong> 22 Jan 2010 18:01</dd></dl><div class="postbody"><div id="post_content{n}"><h3><a href="#p{n}">Re: Pier'
        '</a></h3><p class="author"><span class="posti"><a href="viewtopic.php?p={n}#p{n}">#1</a></span> <span class='
        '"responsive-hide">by <strong><a href="memberlist.php?mode=viewprofile&amp;u={n}" class="username-coloured">{who}</a>'
        '</strong> &raquo; </span>05 Sep 2018 10:44</p><div class="content">{words}</div></div></div></div></div>'
    )
    listing = 'Put this in.<div class="codebox"><p>Code: <a href="#">Select all</a></p><pre><code>lift = 2</code></pre></div>Done.'
    article = parse_page(
        page(
            html(
                '<h2 class="topic-title"><a href="viewtopic.php?t=9">Pier</a></h2><div id="nav-topic"><div class="post has-profile">'
                '<div class="postbody">Message</div><div class="postprofile">Author</div></div></div>'
                + post.format(n=71, who="harbour", words=listing)
                + post.format(n=72, who="quay_walker", words='Thanks <img class="smilies" alt=":D">')
            )
        )
    )
    assert (article.byline, article.paragraphs) == (("harbour",), ("Put this in.", "lift = 2", "Done."))
    [reply] = article.comments
    assert (reply.id, reply.author, reply.text) == ("72", "quay_walker", "Thanks")
    assert article.published_at == reply.posted_at == datetime(2018, 9, 5, 10, 44, tzinfo=UTC)
    assert article.captions == ()


@pytest.mark.parametrize(
    ("name", "anchor", "number"),
    [
        ("xenforo2-topic.html", "#post-{id}", "70002"),
        ("phpbb3-topic.html", "#p{id}", "454"),
        ("vbulletin4-topic.html", "#post{id}", "991"),
        ("invision4-topic.html", "?do=findComment&comment={id}", "9002"),
        ("discourse-topic.json", "/{id}", "2"),
    ],
)
def test_what_leads_to_a_single_post_is_told(name: str, anchor: str, number: str) -> None:
    article = golden(name)
    assert article.provenance["anchor"] == anchor
    assert article.comments[0].id == number


def test_a_session_in_the_link_to_the_next_page_is_left_out() -> None:
    text = (GOLDEN / "phpbb3-topic.html").read_text(encoding="utf-8")
    session = "sid=22c0aa0b1c2d3e4f5a6b7c8d9e0f1a2b"
    for told in (
        text.replace("start=10", f"{session}&amp;start=10"),
        text.replace("start=10", f"start=10&amp;{session}"),
    ):
        assert read_topic_page(page(told))[1] == "https://board.example/viewtopic.php?t=167&start=10"


@pytest.mark.parametrize(
    "address",
    [
        "https://b.example/viewtopic.php?t=9",
        "https://b.example/threads/pier.9/",
        "https://b.example/topic/9-pier/",
    ],
)
def test_a_topics_address_without_posts_is_a_fault_not_an_empty_article(address: str) -> None:
    words = (
        "The board of the harbour explains its rules at length, and nobody has posted anything under them. "
        * 8
    )
    body = f'<h1>Pier</h1><div class="x"><p>{words}</p><p>{words}</p></div><div>Powered by phpBB® Forum Software</div>'
    with pytest.raises(LayoutError, match="a topic without posts"):
        parse_page(page(html(body), address))


def test_a_login_wall_at_a_topics_address_is_named() -> None:
    body = (
        '<title>Log in | Harbour</title><h1>You must be logged-in to do that.</h1><form action="/login"><input type="password">'
        "</form><div>Forum software by XenForo</div>"
    )
    with pytest.raises(NotArticleError, match="login"):
        parse_page(page(html(body), "https://b.example/threads/pier.9/"))


def test_deleted_users_guests_and_likes_beside_posts_change_no_record() -> None:
    post = (
        '<article class="message message--post js-post {more}" data-author="{who}" data-content="post-{n}" id="js-post-{n}">'
        '<h4 class="message-name"><span class="username">{who}</span></h4><header class="message-attribution">'
        '<time datetime="2024-05-0{n}T10:00:00+0000" data-time="171455760{n}"></time></header><div class="message-body">'
        '<div class="bbWrapper">words of {n}</div></div><footer class="message-footer"><div class="reactionsBar">ada, bob and 3 '
        'others</div><div class="message-signature">vote for me</div></footer></article>'
    )
    solution = (
        '<article class="message message--simple"><div class="message-cell--solutionHeader">Solution</div><h4 class="attribution">'
        '<a class="username">lee</a></h4><div class="bbWrapper">words of 2</div></article>'
    )
    similar = '<div class="structItem structItem--thread"><a href="/threads/other.4/">Other</a> <time datetime="2024-01-01T00:00:00Z">x</time></div>'
    body = (
        '<h1 class="p-title-value">Pier</h1>'
        + post.format(n=1, who="Deleted member 77", more="is-first")
        + solution
        + '<div class="samCodeUnit"><script>ad()</script>Buy a boat</div>'
        + post.format(n=2, who="lee", more="message--solution is-unread")
        + post.format(n=3, who="Guest", more="")
        + similar * 5
    )
    article = parse_page(page(html(body), "https://b.example/threads/pier.9/"))
    assert article.byline == ("Deleted member 77",)
    assert [(reply.author, reply.text) for reply in article.comments] == [
        ("lee", "words of 2"),
        ("Guest", "words of 3"),
    ]
