"""What software prints in and around posts is neither their text nor their author."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.sites import parse_page
from state.article import Article
from tests.crawler.sites.pages import html, page


def xenforo(*posts: str) -> Article:
    made = "".join(
        f'<article class="message message--post js-post" data-author="user{n}" id="js-post-{n}"><h4 class="message-name">'
        f'<a class="username">user{n}</a></h4><header class="message-attribution"><time class="u-dt" data-time="15533288{n:02}">'
        f'x</time></header><div class="message-content"><article class="message-body"><div class="bbWrapper">{words}</div>'
        "</article></div></article>"
        for n, words in enumerate(posts, 1)
    )
    return parse_page(page(html(f'<h1 class="p-title-value">Lock gates</h1>{made}')))


@pytest.mark.parametrize(
    "label",
    [
        "Python:",
        "Mã:",
        "Rich (BB code):",
        "Spoiler:",
        "Spoiler",
        "Attachments:",
        "Angehängte Grafiken",
        "附件",
    ],
)
def test_labels_of_listings_spoilers_and_files_are_no_text(label: str) -> None:
    article = xenforo("The gates leak.", f"See this.<div>{label}</div><div>keel = 1</div>")
    assert [reply.text for reply in article.comments] == ["See this.\n\nkeel = 1"]


@pytest.mark.parametrize(
    "stub",
    [
        "This message is hidden because Gull is on your ignore list.",
        "This message has been removed from public view.",
        "You have chosen to ignore content by Gull.",
    ],
)
def test_what_stands_for_a_withheld_post_is_none(stub: str) -> None:
    article = xenforo("The gates leak.", stub, "They were mended in May.")
    assert [reply.author for reply in article.comments] == ["user3"]


def test_a_post_that_tells_of_a_removal_is_one() -> None:
    told = "The post of harbour master has been removed by the council, and the party with it."
    assert [reply.text for reply in xenforo("The gates leak.", told).comments] == [told]


def phpbb2(words: str) -> str:
    return (
        '<tr><td><span class="name"><a name="{n}"></a><b>{who}</b></span></td><td><table><tr><td><span class="postdetails">'
        'Posted: Sat Mar 23, 2019 3:1{n} pm</span></td></tr><tr><td><span class="postbody">'
        + words
        + "</td></tr>"
        "</table></td></tr>"
    )


def test_a_post_of_phpbb_2_that_only_quotes_keeps_the_quotation_and_not_the_signature() -> None:
    only = (
        '</span><table><tr><td><span class="genmed"><b>mate wrote:</b></span></td></tr><tr><td class="quote">It leaks.</td></tr>'
        '</table><span class="postbody">{signature}</span>'
    )
    rows = phpbb2("It leaks.</span>").format(n=1, who="mate")
    rows += phpbb2(only.format(signature="<br>_________________<br>Sail on.")).format(n=2, who="cook")
    rows += phpbb2(only.format(signature="")).format(n=3, who="bosun")
    footer = '<span class="copyright">Powered by <a href="http://www.phpbb.com/">phpBB</a></span>'
    article = parse_page(
        page(html(f'<a class="maintitle" href="viewtopic.php?t=1">Gates</a><table>{rows}</table>{footer}'))
    )
    assert [(reply.author, reply.text, reply.quoted) for reply in article.comments] == [
        ("cook", "", ("It leaks.",)),
        ("bosun", "", ("It leaks.",)),
    ]


def legacy(number: int, words: str) -> str:
    """Return a post of vBulletin 3 in the old layout, members at relative addresses, thanks below, one stub."""
    return (
        f'<div id="edit{number}"><table id="post{number}" class="tborder"><tr><td class="thead"><a name="post{number}"></a>'
        f'2{number}.03.2019, 15:1{number}</td></tr><tr><td class="alt2"><div id="postmenu_{number}"><a class="bigusername" '
        f'href="members/u{number}.html">user{number}</a></div></td><td class="alt1"><div id="post_message_{number}">{words}'
        f'</div></td></tr></table><div id="post_thanks_box_{number}"><table><tr><td>Danke: <a href="member.php?u=9">gull</a>'
        " (24.03.2019)</td></tr></table></div></div>"
    )


def test_who_thanks_for_a_post_is_not_its_author_where_one_post_is_only_a_picture() -> None:
    quote = '<div><div class="smallfont">Zitat:</div><table><tr><td class="alt2" style="border:1px inset">Alt.</td></tr></table></div>'
    stub = (
        '<div id="edit7"><table id="post7" class="tborder"><tr><td class="thead">23.03.2019, 15:17</td></tr><tr>'
        '<td class="alt2">gull</td><td>This message is hidden because gull is on your ignore list.</td></tr></table></div>'
    )
    posts = legacy(1, "Das Tor ist undicht, seit Wochen schon.") + legacy(2, '<img src="a.jpg">') + stub
    posts += legacy(3, f"{quote}Nein, es ist dicht, seit Mai.")
    article = parse_page(page(html(f'<h1>Schleuse</h1><div id="posts">{posts}</div>', lang="de")))
    assert [*article.byline, *(reply.author for reply in article.comments)] == ["user1", "user2", "user3"]
    assert [(reply.text, reply.quoted) for reply in article.comments] == [
        ("", ()),
        ("Nein, es ist dicht, seit Mai.", ("Alt.",)),
    ]


def by_lines(when: str, footer: str = "") -> Article:
    posts = "".join(
        f'<li class="message" id="post-{n}" data-author="user{n}"><blockquote class="messageText">{words}</blockquote>'
        f'<a class="datePermalink">{when}</a></li>'
        for n, words in enumerate(("It leaks.", "Since May?"), 1)
    )
    return parse_page(page(html(f'<div class="titleBar"><h1>Gates</h1></div><ol>{posts}</ol>{footer}')))


@pytest.mark.parametrize(
    ("when", "footer", "hour"),
    [
        ("Mar 23, 2019 at 3:14 PM", "", 15),
        ('<span class="DateTime" title="Mar 23, 2019 at 3:14 PM">Mar 23, 2019</span>', "", 15),
        ('<b><span title="Mar 23, 2019 at 3:14 PM">Mar 23, 2019</span></b>', "", 15),
        ("周六 3月 23, 2019 3:14 pm", "", 15),
        (
            "Mar 23, 2019 at 3:14 PM",
            'All times are GMT +7. The time now is <span class="time">9:02 PM</span>.',
            8,
        ),
        ("Mar 23, 2019 at 3:14 PM", 'All times are <span title="UTC-5">UTC-05:00</span>', 20),
    ],
)
def test_the_hour_of_a_post_is_read_by_the_clock_the_board_names(when: str, footer: str, hour: int) -> None:
    article = by_lines(when, footer)
    assert article.published_at == datetime(2019, 3, 23, hour, 14, tzinfo=UTC)
    assert [reply.posted_at for reply in article.comments] == [article.published_at]


def test_a_skin_of_vbulletin_4_without_list_items_is_read_with_authors_and_times() -> None:
    posts = "".join(
        f'<div class="skin" id="post_{n}"><div class="posthead"><span class="date">0{n}-23-2019, <span class="time">03:14 PM'
        f'</span></span></div><a class="username" href="member.php?{n}"><strong>user{n}</strong></a><div id="post_message_{n}">'
        f'<blockquote class="postcontent restore">words {n}</blockquote></div></div>'
        for n in (1, 2, 3)
    )
    article = parse_page(page(html(f'<div id="pagetitle"><h1>Gates</h1></div><div id="posts">{posts}</div>')))
    told = [(reply.author, reply.text, reply.posted_at) for reply in article.comments]
    assert told == [(f"user{n}", f"words {n}", datetime(2019, n, 23, 15, 14, tzinfo=UTC)) for n in (2, 3)]


def test_one_word_and_one_picture_are_posts_where_only_structure_tells() -> None:
    words = (
        "The gates leak, and nobody mends them.",
        "Up",
        '<img src="a.jpg" alt="">',
        "They were mended in May, all.",
    )
    posts = "".join(
        f'<div class="t-post"><article class="boxed"><a href="/u/user{n}" class="avatar"></a><span class="username"><a href='
        f'"/u/user{n}">user{n}</a></span><span class="relative-date" data-time="15533288{n:02}000">Mar</span><div class="text">'
        f"{text}</div></article></div>"
        for n, text in enumerate(words, 1)
    )
    article = parse_page(
        page(
            html(f'<h1 class="title">Gates</h1><div class="stream">{posts}</div>'),
            "https://forum.example/t/gates/5",
        )
    )
    assert [reply.author for reply in article.comments] == ["user2", "user3", "user4"]
