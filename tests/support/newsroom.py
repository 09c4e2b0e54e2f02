"""Publishers of four families on loopback, two channels that listen, and the configuration that joins them.

::

    with Newsroom(folder) as room:
        room.publish("rfa", "Ten councillors defect to the Reed Party", ["Ten councillors …"])
        done = killer.run(["crawl"], cwd=folder)
        assert room.told("desk") == [...]
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from tests.support.fake_site import FakeSite, Item
from tests.support.receivers import MailReceiver, WebReceiver

Family = Literal["rfa", "arc", "voa", "forum"]

FEEDS = {"rfa": "/english/rss2.xml", "arc": "/arc/outboundfeeds/english/rss/", "voa": "/rss/?zoneid=1579"}
BOARD = "/forum/8-news/"


@dataclass(frozen=True, slots=True)
class Published:
    """One page that was put up."""

    family: Family
    path: str
    title: str
    at: datetime


@dataclass(slots=True)
class Newsroom:
    """Sites, channels and a configuration file in ``folder``."""

    folder: Path
    site: FakeSite = field(default_factory=FakeSite)
    mail: MailReceiver = field(default_factory=MailReceiver)
    web: WebReceiver = field(default_factory=WebReceiver)
    pages: list[Published] = field(default_factory=list)

    def __enter__(self) -> Self:
        for part in (self.site, self.mail, self.web):
            part.__enter__()
        self.site.page("/robots.txt", "User-agent: *\nDisallow: /api/\n", content_type="text/plain")
        self._list()
        self.configure()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for part in (self.web, self.mail, self.site):
            part.__exit__(kind, error, trace)

    # ---- what they publish

    def publish(
        self, family: Family, title: str, paragraphs: Sequence[str], *, age: timedelta = timedelta(hours=1)
    ) -> str:
        """Put an article up, list it in its feed or board, and return its path."""
        at = datetime.now(UTC).replace(microsecond=0) - age
        number = len(self.pages) + 1
        path = _path(family, number, at)
        self.site.page(path, _PAGES[family](title, paragraphs, at, number))
        self.pages.append(Published(family, path, title, at))
        self._list()
        return path

    def edit(self, path: str, title: str, paragraphs: Sequence[str]) -> None:
        """Change what a page says; its address and time stay."""
        number, old = next((i + 1, page) for i, page in enumerate(self.pages) if page.path == path)
        self.site.page(path, _PAGES[old.family](title, paragraphs, old.at, number))

    def _list(self) -> None:
        for family, feed in FEEDS.items():
            items = [p for p in reversed(self.pages) if p.family == family] or [_OLD]
            self.site.feed(feed, [_item(self.site.url, p) for p in items])
        topics = [p for p in reversed(self.pages) if p.family == "forum"] or [_OLD]
        self.site.page(BOARD, forum_board(topics))
        if _OLD.path not in {p.path for p in self.pages}:
            self.site.page(_OLD.path, rfa_page(_OLD.title, ["Nothing happened in those days."], _OLD.at, 0))

    # ---- who listens

    def told(self, channel: Literal["desk", "analysts"]) -> list[str]:
        """Return what a channel was told, in order: ``desk`` is the webhook, ``analysts`` the mail box."""
        if channel == "analysts":
            return [mail.text for mail in self.mail.received]
        return [json.dumps(post.json, ensure_ascii=False) for post in self.web.received]

    # ---- the configuration

    def configure(self, *, sources: Mapping[str, Mapping[str, Any]] | None = None, more: str = "") -> Path:
        """Write tocsin.toml and return its path."""
        tables = self.sources() if sources is None else sources
        parts = [_HEAD.format(host=self.site.host, web=self.web.port, mail=self.mail.port)]
        parts += [_table(f"sources.{name}", table) for name, table in tables.items()]
        parts.append(
            _table("channels.desk", {"url": self.web.http_url(), "format": "webhook", "secret": "sesame"})
        )
        parts.append(_table("channels.analysts", {"url": self.mail.url(), "digest": "07:00"}))
        parts.append('[[routes]]\nto = ["desk", "analysts"]\ngroup_wait = "1s"\n')
        path = self.folder / "tocsin.toml"
        path.write_text("\n".join(parts) + more, encoding="utf-8")
        return path

    def sources(self) -> dict[str, dict[str, Any]]:
        """Return one source of each family."""
        found: dict[str, dict[str, Any]] = {
            name: {
                "site": "rfa" if name == "arc" else name,
                "feeds": [f"{self.site.url}{feed}"],
                "every": "2s",
            }
            for name, feed in FEEDS.items()
        }
        found["forum"] = {"site": "invision", "listings": [f"{self.site.url}{BOARD}"], "every": "2s"}
        return found


_OLD = Published(
    "rfa", "/english/news/quiet-01012020000000.html", "A quiet day", datetime(2020, 1, 1, tzinfo=UTC)
)
_HEAD = """\
[fetch]
user_agent = "tocsin tests (loopback)"
delay = "0s"

[network]
allow_private = ["{host}", "127.0.0.1:{web}", "127.0.0.1:{mail}"]
"""


def _table(name: str, values: Mapping[str, Any]) -> str:
    return "\n".join([f"[{name}]", *(f"{key} = {json.dumps(value)}" for key, value in values.items()), ""])


def _item(base: str, page: Published) -> Item:
    if page.family == "voa":
        return Item(title=page.title, guid=f"{base}{page.path}", published=page.at)
    return Item(title=page.title, link=page.path, guid=f"{base}{page.path}", published=page.at)


def _path(family: Family, number: int, at: datetime) -> str:
    match family:
        case "rfa":
            return f"/english/news/story-{number}-{at:%m%d%Y%H%M%S}.html"
        case "arc":
            return f"/english/news/{at:%Y/%m/%d}/story-{number}/"
        case "voa":
            return f"/a/story-{number}/99{number:05}.html"
        case _:
            return f"/topic/{7000 + number}-story/"


def _paragraphs(texts: Sequence[str], attributes: str = "") -> str:
    return "\n".join(f"<p{attributes}>{escape(text)}</p>" for text in texts)


def rfa_page(title: str, texts: Sequence[str], at: datetime, _number: int) -> str:
    """Return a page of RFA's Plone years."""
    ld = json.dumps(
        {
            "@context": "http://schema.org",
            "@type": "NewsArticle",
            "headline": title,
            "datePublished": at.isoformat(),
            "publisher": [{"@type": "Organization", "name": "Radio Free Asia"}],
        }
    )
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"/><title>{escape(title)}</title>
<meta property="og:title" content="{escape(title)}"/><script type="application/ld+json">{ld}</script></head>
<body><div id="abovefold"><div id="storycontent"><div id="storypagemaincol">
<div class="mobilecontainer"><h1>{escape(title)}</h1></div>
<div id="storytop"><div id="dateline"><span id="story_date">{at:%Y-%m-%d}</span></div>
<ul><li>Email story</li><li>Comment on this story</li><li>Print story</li></ul></div>
<div id="storytext">{_paragraphs(texts)}</div></div>
<div id="frontsidebar">Most Popular</div></div></div></body></html>"""


def arc_page(title: str, texts: Sequence[str], at: datetime, number: int) -> str:
    """Return a page of RFA's Arc years, its data embedded as the vendor does."""
    stamp = at.isoformat().replace("+00:00", "Z")
    content = json.dumps(
        {
            "_id": f"EXAMPLE{number:019}",
            "type": "story",
            "headlines": {"basic": title},
            "display_date": stamp,
            "first_publish_date": stamp,
            "canonical_url": None,
            "content_elements": [{"type": "text", "content": escape(text)} for text in texts],
        }
    )
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"/><title>{escape(title)}</title>
<meta property="og:title" content="{escape(title)}"/>
<script id="fusion-metadata" type="application/javascript">window.Fusion=window.Fusion||{{}};
Fusion.globalContent={content};</script></head>
<body><h1 class="b-headline">{escape(title)}</h1><time class="c-date b-date" datetime="{stamp}">{at:%Y.%m.%d}</time>
<article class="b-article-body">{_paragraphs(texts, ' class="c-paragraph"')}</article></body></html>"""


def voa_page(title: str, texts: Sequence[str], at: datetime, number: int) -> str:
    """Return a page of VOA's Pangea system."""
    ld = json.dumps(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "datePublished": f"{at:%Y-%m-%d %H:%M:%SZ}",
        }
    )
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"/><title>{escape(title)}</title>
<meta content="{escape(title)} " property="og:title"/><script type="application/ld+json">{ld}</script></head>
<body class="nav-no-loaded cc_theme pg-article"><h1 class="title pg-title">
{escape(title)}
</h1><div class="publishing-details"><div class="published"><time datetime="{at.isoformat()}">{at:%B %d, %Y}</time></div></div>
<div id="article-content"><div class="wsw">{_paragraphs(texts)}</div></div>
<a href="/a/{9900000 + number}.html">share</a></body></html>"""


def forum_page(title: str, texts: Sequence[str], at: datetime, number: int) -> str:
    """Return an Invision topic of one post."""
    topic, post, stamp = 7000 + number, 88000 + number, at.isoformat().replace("+00:00", "Z")
    quoted = escape(
        json.dumps(
            {"userid": 7, "username": "poster", "timestamp": int(at.timestamp()), "contentcommentid": post}
        )
    )
    return f"""<!DOCTYPE html><html lang="en-US"><head><meta charset="utf-8"/><title>{escape(title)} - News</title>
<meta property="og:title" content="{escape(title)}"/></head>
<body class="ipsApp ipsApp_front" data-pageapp="forums" data-pagecontroller="topic" data-pageid="{topic}">
<h1 class="ipsType_pageTitle ipsContained_container"><span class="ipsType_break ipsContained"><span>{escape(title)}</span></span></h1>
<a id="comment-{post}"></a><article id="elComment_{post}" class="cPost ipsBox ipsComment">
<aside class="ipsComment_author cAuthorPane"><h3 class="cAuthorPane_author"><strong><a href="/profile/7-poster/">poster</a></strong></h3></aside>
<div id="comment-{post}_wrap" data-commentid="{post}" data-quotedata="{quoted}" class="ipsComment_content">
<div class="ipsComment_meta">Posted <time datetime='{stamp}'>today</time></div>
<div class="cPost_contentWrap"><div data-role="commentContent" class="ipsType_normal ipsType_richText">
{_paragraphs(texts)}</div></div></div></article></body></html>"""


def forum_board(topics: Sequence[Published]) -> str:
    """Return an Invision board that lists topics."""
    rows = "".join(
        f"""<li class="ipsDataItem" data-rowid="{number}" data-controller="forums.front.forum.topicRow">
<h4 class="ipsDataItem_title"><span class="ipsType_break ipsContained"><a href="{page.path}"><span>{escape(page.title)}</span></a></span></h4>
<div class="ipsDataItem_meta">By poster, <time datetime="{page.at.isoformat().replace("+00:00", "Z")}">today</time></div>
<ul class="ipsDataItem_lastPoster"><li><time datetime="{page.at.isoformat().replace("+00:00", "Z")}">today</time></li></ul></li>"""
        for number, page in enumerate(topics, 1)
    )
    return f"""<!DOCTYPE html><html lang="en-US"><head><meta charset="utf-8"/><title>News</title></head>
<body class="ipsApp ipsApp_front" data-pageapp="forums" data-pagecontroller="forums" data-pageid="8">
<h1 class="ipsType_pageTitle">News</h1><ol class="ipsDataList cForumTopicTable cTopicList">{rows}</ol></body></html>"""


_PAGES = {"rfa": rfa_page, "arc": arc_page, "voa": voa_page, "forum": forum_page}
