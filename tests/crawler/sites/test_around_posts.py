"""What software prints in and around posts is neither their text nor their author."""

from __future__ import annotations

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
