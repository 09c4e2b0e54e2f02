"""How the sites we know lay out their lists: which element is a row, which link its item, which time its own.

``activity`` says that a row's time is its last reply: the item is then read
again when it moves.  Sources: Invision 4.7 and 5, phpBB 2 and 3.3, XenForo 1
and 2, vBulletin 3 to 5, Simple Machines, MyBB, Flarum, Discourse and Plone templates; Radio Free Asia's Arc theme; RFE/RL's
Pangea, which Voice of America uses.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import cast

from cssselect import HTMLTranslator
from lxml import etree
from lxml.html import HtmlElement

from crawler.discover.reading import web_address


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """CSS selectors of one kind of list; ``time``, ``started`` and ``count`` are looked up inside a row."""

    name: str
    row: str
    link: str
    time: str = "time"
    started: str | None = None
    count: str | None = None
    activity: bool = False


LAYOUTS: tuple[Layout, ...] = (
    Layout(
        name="invision-4",
        row="li.ipsDataItem[data-rowid], li.ipsDataItem.cTopic, tr.ipsDataItem",
        link=".ipsDataItem_title a[href*='topic']",
        time=".ipsDataItem_lastPoster time",
        started=".ipsDataItem_meta time, .ipsDataItem_main time",
        count=".ipsDataItem_stats_number",
        activity=True,
    ),
    Layout(
        name="invision-5",
        row="li.ipsData__item, [data-ips-hook='row'], li[data-rowid]",
        link=".ipsData__title a, h4 a[href*='topic'], h3 a[href*='topic']",
        time=".ipsData__last time, .ipsData__last-text time",
        started=".ipsData__meta time, .ipsData__main time",
        count=".ipsData__stats [data-stattype*='comments'] .ipsData__stats-value, .ipsData__stats span",
        activity=True,
    ),
    Layout(
        name="invision-stream",
        row="li.ipsStreamItem, li[data-role='activityItem']",
        link=".ipsStreamItem_title a, .ipsStreamItem__title a, h2 a[href], h3 a[href]",
        time="time",
        activity=True,
    ),
    Layout(
        name="xenforo",
        row=".structItem--thread",
        link=".structItem-title a[href*='thread']:not(.labelLink)",
        time=".structItem-latestDate, .structItem-cell--latest time",
        started=".structItem-startDate time, .structItem-parts time",
        count=".structItem-cell--meta dd",
        activity=True,
    ),
    Layout(
        name="xenforo-1",
        row="li.discussionListItem",
        link=".title a[href*='threads/']:not(.prefixLink)",
        time=".lastPostInfo .DateTime",
        started=".posterDate .DateTime, .main .DateTime",
        count=".stats .major dd",
        activity=True,
    ),
    Layout(
        name="simple-machines",
        row="#messageindex tr, #topic_container > div",
        link="span[id^='msg_'] a, .subject a[href*='topic'], .message_index_title a",
        time=".lastpost",
        activity=True,
    ),
    Layout(
        name="mybb",
        row="tr.inline_row",
        link="span[id^='tid_'] a, a[id^='tid_'], .subject_new a, .subject_old a",
        time=".lastpost",
        activity=True,
    ),
    Layout(
        name="flarum",
        row=".DiscussionListItem",
        link="a[href*='/d/']",
        time="time",
        activity=True,
    ),
    Layout(
        name="phpbb",
        row="li.row, ul.topics > li, table.forumbg tr, table.tablebg tr, table.forumline tr",
        link="a.topictitle",
        time="dd.lastpost time, .lastpost time, td:last-child .postdetails, dd.lastpost, .lastpost",
        started=".topic-poster time, .responsive-hide time",
        count="dd.posts",
        activity=True,
    ),
    Layout(
        name="vbulletin",
        row="li.threadbit, li[id^='thread_'], tr[id^='vbpostrow_'], tr.topic-item, #threadslist tr",
        link="a.title, a[id^='thread_title_'], a.topic-title",
        time=".threadlastpost, .lastpost, .post-date, td.alt2 .smallfont",
        started=".threadmeta, .author",
        count=".threadstats li a, .posts-count",
        activity=True,
    ),
    Layout(
        name="discourse",
        row="tr.topic-list-item, .topic-list tr, div[itemprop='itemListElement']",
        link="a.title.raw-topic-link, a.title, a.raw-link, a[itemprop='url'], .link-top-line a",
        time="time, .age [title], td[title]",
        count=".posts",
        activity=True,
    ),
    Layout(
        name="rfa-plone",
        row=".sectionteaser, #topstorywidefull, .two_featured, .three_featured, .single_column_teaser, .specialwrap",
        link="h2 a, h1 a, h3 a",
        time="#story_date, .story_date, .date",
    ),
    Layout(
        name="arc",
        row="article, .b-results-list__wrapper, .c-stack[data-style-direction], .b-top-table-list__item, .b-card-list__item",
        link="h2 a.c-link, h3 a.c-link, a.c-link[href*='/20'], h2 a, h3 a",
        time="time.b-date, time.c-date, time",
    ),
    Layout(
        name="pangea",
        row=".media-block, .media-block-wrap li, li.col-xs-12, .teaser",
        link="a[href*='/a/'][class*='title'], .media-block__content a[href*='/a/'], a[href*='/a/']",
        time="time, .date, .media-block__date",
    ),
)


def select(element: HtmlElement, selector: str) -> list[HtmlElement]:
    """Return the descendants that a CSS selector names, in page order."""
    return cast("list[HtmlElement]", _compiled(selector)(element))


def base_of(root: HtmlElement, url: str) -> str:
    """Return the address on which a page's relative links stand: its own, or the one of its ``base`` element."""
    for element in select(root, "base[href]")[:1]:
        return web_address(url, element.get("href")) or url
    return url


@cache
def _compiled(selector: str) -> etree.XPath:
    return etree.XPath(HTMLTranslator().css_to_xpath(selector))
