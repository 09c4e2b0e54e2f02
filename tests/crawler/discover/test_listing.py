"""Lists of articles and topics in the layouts of the sites we know, and in unknown ones."""

import json
from datetime import UTC, datetime

import pytest

from crawler.discover.listing import read, read_listing
from state.errors import DiscoverError
from state.records import Candidate, Page

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
URL = "https://board.example/forum/3-news/"


def page(body: str, url: str = URL) -> Page:
    return Page(url=url, status=200, headers={}, body=body.encode(), fetched_at=NOW)


def found(body: str, url: str = URL) -> list[Candidate]:
    return read_listing(page(body, url), source="s", channel=url, now=NOW)


INVISION_ROW = """<li class="ipsDataItem" data-rowid="{id}" data-controller="forums.front.forum.topicRow">
<div class="ipsDataItem_main"><h4 class="ipsDataItem_title"><span><a href="https://board.example/topic/{id}-slug/?do=getNewComment">Topic {id}</a></span></h4>
<div class="ipsDataItem_meta">By ana, <time datetime="2026-11-01T10:00:00Z">November 1</time></div></div>
<ul class="ipsDataItem_stats"><li data-stattype="forums_comments"><span class="ipsDataItem_stats_number">1,204</span> replies</li></ul>
<ul class="ipsDataItem_lastPoster"><li><a href="/topic/{id}-slug/?do=getLastComment"><time datetime="{last}">x</time></a></li></ul></li>"""


def test_an_invision_board_gives_topics_with_their_last_reply() -> None:
    body = "<html><body><ol>" + "".join(
        INVISION_ROW.format(id=n, last=f"2026-11-21T0{n}:00:00Z") for n in (1, 2)
    )

    first, second = found(body)

    assert first.key == "board.example:1"
    assert first.url == "https://board.example/topic/1-slug/"
    assert first.comments == 1204
    assert first.published_at == datetime(2026, 11, 1, 10, tzinfo=UTC)
    assert second.modified_at == datetime(2026, 11, 21, 2, tzinfo=UTC)


def test_an_invision_5_board_is_read_by_its_structure() -> None:
    row = (
        '<li class="ipsData__item" data-rowid="{n}"><div class="ipsData__main"><h4 class="ipsData__title">'
        '<a href="/topic/{n}-a-topic/">Topic {n}</a></h4></div><div class="ipsData__last">'
        '<time datetime="2026-11-20T08:00:00Z">yesterday</time></div></li>'
    )

    topics = found("<html><body><ul>" + row.format(n=71) + row.format(n=72))

    assert [topic.key for topic in topics] == ["board.example:71", "board.example:72"]
    assert topics[0].modified_at == datetime(2026, 11, 20, 8, tzinfo=UTC)


def test_an_activity_stream_gives_topics_once() -> None:
    row = (
        '<li class="ipsStreamItem" data-role="activityItem" data-timestamp="1795000000">'
        '<h2 class="ipsStreamItem_title"><a href="https://board.example/topic/{n}-t/?do=findComment&comment=9{n}">T</a>'
        '</h2><time datetime="2026-11-21T11:00:00Z">1 hr</time></li>'
    )

    topics = found("<html><body><ol>" + row.format(n=5) * 3 + row.format(n=6))

    assert [topic.key for topic in topics] == ["board.example:5", "board.example:6"]


def test_a_phpbb_board_loses_session_ids() -> None:
    row = (
        '<li class="row bg1"><dl><dt><a href="./viewtopic.php?f=4&amp;t={n}&amp;sid=22c0ffee" class="topictitle">T {n}</a>'
        '</dt><dd class="posts">12 <dfn>Replies</dfn></dd><dd class="lastpost"><time datetime="2026-11-21T05:00:00+00:00">'
        "x</time></dd></dl></li>"
    )

    topics = found("<html><body><ul class='topiclist topics'>" + row.format(n=167) + row.format(n=168))

    assert topics[0].key == "board.example:167"
    assert "sid" not in topics[0].url
    assert topics[0].comments == 12


def test_a_xenforo_board_is_read_with_epoch_times() -> None:
    row = (
        '<div class="structItem structItem--thread"><div class="structItem-title"><a href="/forums/x/?prefix_id=1" '
        'class="labelLink">News</a><a href="/threads/slug.{n}/">Thread {n}</a></div><ul class="structItem-parts"><li '
        'class="structItem-startDate"><time data-time="1794000000">a</time></li></ul><div class="structItem-cell '
        'structItem-cell--meta"><dl><dt>Replies:</dt><dd>3K</dd></dl></div><div class="structItem-cell--latest">'
        '<time class="structItem-latestDate" data-time="1795100000">b</time></div></div>'
    )

    topics = found("<html><body>" + row.format(n=11) + row.format(n=12))

    assert topics[0].key == "board.example:11"
    assert topics[0].modified_at == datetime.fromtimestamp(1795100000, UTC)
    assert topics[0].comments is None


def test_a_vbulletin_board_keeps_the_number_that_is_the_whole_query() -> None:
    row = '<li class="threadbit" id="thread_{n}"><a class="title" href="showthread.php?{n}-slug&s=abc">T</a></li>'

    topics = found("<html><body><ol>" + row.format(n=401) + row.format(n=402))

    assert [topic.key for topic in topics] == ["board.example:401", "board.example:402"]
    assert topics[0].url.endswith("showthread.php?401-slug")


def test_discourse_json_is_a_list_of_topics() -> None:
    body = json.dumps(
        {
            "topic_list": {
                "more_topics_url": "/latest?page=1",
                "topics": [
                    {
                        "id": 9,
                        "slug": "a",
                        "title": "A",
                        "created_at": "2026-11-20T00:00:00.000Z",
                        "last_posted_at": "2026-11-21T00:00:00.000Z",
                        "posts_count": 4,
                    }
                ],
            }
        }
    )

    reading = read(page(body, "https://talk.example/latest.json"), source="s", channel="c", now=NOW)

    assert reading.candidates[0].key == "talk.example:9"
    assert reading.candidates[0].comments == 3
    assert reading.older == "https://talk.example/latest.json?page=1"


def test_a_plone_archive_gives_stories_without_times_of_day() -> None:
    row = (
        '<div class="sectionteaser archive"><div class="teaserimg"><a href="/english/news/x/{s}.html"><img></a></div>'
        '<h2><a href="/english/news/x/{s}.html"><span>A headline</span></a></h2><span id="story_date">2026-11-20</span></div>'
    )
    body = row.format(s="vote-11202026101112") + row.format(s="poll-11202026111213")
    pager = '<ul class="pagination"><li class="next"><a href="?b_start:int=15">Next</a></li></ul>'
    url = "https://www.rfa.org/english/story_archive"

    reading = read(page(f"<html><body>{body}{pager}", url), source="s", channel=url, now=NOW)

    assert reading.candidates[0].key == "rfa:vote-11202026101112"
    assert reading.candidates[0].published_at is None
    assert reading.older == "https://www.rfa.org/english/story_archive?b_start:int=15"


def test_a_pangea_section_gives_articles() -> None:
    row = (
        '<li class="col-xs-12"><div class="media-block"><a href="/a/{n}.html" class="img-wrap"></a><div '
        'class="media-block__content"><span class="date">November 20, 2026</span><a href="/a/{n}.html">'
        '<h4 class="media-block__title">Headline {n}</h4></a></div></div></li>'
    )

    url = "https://www.voanews.com/z/599"
    stories = found("<html><body><ul>" + row.format(n=7000001) + row.format(n=7000002), url)

    assert [story.key for story in stories] == ["voa:7000001", "voa:7000002"]
    assert stories[0].title == "Headline 7000001"


def test_an_unknown_layout_is_read_by_links_that_look_like_articles() -> None:
    body = """<html><body><nav><a href="/2026/11/20/in-the-menu-of-the-site/">In the menu of the site</a></nav>
    <main><div class=x><a href="/2026/11/20/council-votes-on-merger/">Council votes on merger of two parties</a></div>
    <div class=x><a href="/politics/mayor-leaves-party-after-vote">Mayor leaves party after the vote</a></div>
    <a href="/category/politics/">All of our stories on politics</a>
    <a href="https://other.example/2026/11/20/some-long-slug-here/">A story on some other site</a>
    <a href="/kh/123456.html">បក្សនយោបាយត្រូវបានរំលាយ</a></main></body></html>"""

    assert [item.url for item in found(body, "https://paper.example/")] == [
        "https://paper.example/2026/11/20/council-votes-on-merger/",
        "https://paper.example/politics/mayor-leaves-party-after-vote",
        "https://paper.example/kh/123456.html",
    ]


OTHER_BOARDS = {
    "Simple Machines": (
        "<div id='messageindex'><table>{rows}</table></div>",
        "<tr><td class='subject'><span id='msg_{n}'><a href='/index.php?topic={n}.0'>Talk {n}</a></span></td>"
        "<td class='lastpost'><a href='/index.php?topic={n}.msg9#new'></a> November 20, 2026, 08:00:00 AM</td></tr>",
    ),
    "MyBB": (
        "<table>{rows}</table>",
        "<tr class='inline_row'><td><span id='tid_{n}'><a href='showthread.php?tid={n}'>Talk {n}</a></span></td>"
        "<td><span class='lastpost smalltext'>11-20-2026, 08:00 AM</span></td></tr>",
    ),
    "vBulletin 3": (
        "<table id='threadslist'>{rows}</table>",
        "<tr><td class='alt1'><a href='showthread.php?t={n}' id='thread_title_{n}'>Talk {n}</a></td><td class='alt2'>"
        "<div class='smallfont'>20-11-2026 <span class='time'>08:00 AM</span></div></td></tr>",
    ),
    "phpBB 2": (
        "<table class='forumline'>{rows}</table>",
        "<tr><td><a href='viewtopic.php?t={n}&sid=ab' class='topictitle'>Talk {n}</a></td><td><span class='postdetails'>4"
        "</span></td><td><span class='postdetails'>Fri Nov 20, 2026 8:00 am<br></span></td></tr>",
    ),
    "XenForo 1": (
        "<ol>{rows}</ol>",
        "<li class='discussionListItem'><h3 class='title'><a href='threads/talk.{n}/'>Talk {n}</a></h3><dl class="
        "'lastPostInfo'><dd><abbr class='DateTime' data-time='1795161600'>x</abbr></dd></dl></li>",
    ),
    "Flarum": (
        "<ul>{rows}</ul>",
        "<li><div class='DiscussionListItem'><a href='/d/{n}-talk'><h3>Talk {n}</h3></a>"
        "<time datetime='2026-11-20T08:00:00+00:00'>x</time></div></li>",
    ),
    "an activity stream": (
        "<ol>{rows}</ol>",
        "<li class='ipsStreamItem' data-timestamp='1795161600'><h2 class='ipsStreamItem__title'>"
        "<a href='/topic/{n}-talk/'>Talk {n}</a></h2></li>",
    ),
}


@pytest.mark.parametrize(("frame", "row"), OTHER_BOARDS.values(), ids=OTHER_BOARDS.keys())
def test_boards_of_other_engines_give_topics_with_their_last_reply(frame: str, row: str) -> None:
    rows = "".join(row.format(n=number) for number in (501, 502))

    topics = found(f"<html><body>{frame.format(rows=rows)}</body></html>", "https://board.example/index")

    assert [topic.key for topic in topics] == ["board.example:501", "board.example:502"]
    assert [topic.title for topic in topics] == ["Talk 501", "Talk 502"]
    assert topics[0].modified_at == datetime(2026, 11, 20, 8, tzinfo=UTC)


def test_relative_addresses_stand_on_the_pages_base() -> None:
    frame, row = OTHER_BOARDS["XenForo 1"]
    rows = "".join(row.format(n=number) for number in (501, 502))
    body = (
        f"<html><head><base href='/'></head><body>{frame.format(rows=rows)}<a href='forums/x.3/page-2'>2</a>"
    )

    reading = read(page(body, "https://board.example/forums/x.3/"), source="s", channel="c", now=NOW)

    assert reading.candidates[0].url == "https://board.example/threads/talk.501/"
    assert reading.older == "https://board.example/forums/x.3/page-2"


def test_the_time_beside_a_link_is_its_own_and_no_others() -> None:
    row = (
        "<div class='card'><a href='/news/the-merger-of-parties-{n}'><img></a><div><h3><a href='/news/the-merger-of-parties-{n}'>"
        "The merger of the parties {n}</a></h3><time datetime='2026-11-{n}T08:00:00Z'>x</time></div></div>"
    )
    undated = "<div><a href='/news/the-budget-of-the-city'>The budget of the whole city</a></div>"

    stories = found(
        f"<html><body><main>{row.format(n=19)}{undated}{row.format(n=20)}</main>", "https://paper.example/"
    )

    assert [story.published_at and story.published_at.day for story in stories] == [19, None, 20]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("", "an empty answer"),
        (
            "<html><head><title>Just a moment...</title></head><body>checking</body></html>",
            "a challenge page",
        ),
        ("<html><head><title>Nothing</title></head><body><p>x</p></body></html>", "an HTML page ('Nothing')"),
        ("{}", "JSON of another kind"),
    ],
)
def test_a_page_without_a_list_is_a_fault(body: str, said: str) -> None:
    with pytest.raises(DiscoverError) as error:
        found(body)

    assert said in error.value.problem
