"""Small sites in the markup of the systems we know, for looking at them from outside."""

from __future__ import annotations

import gzip
import json
from datetime import datetime, timedelta

from tests.crawler.jobs.watching import NOW, board, topic
from tests.support.fake_site import FakeSite, Item, sitemap

HOURS = [NOW - timedelta(hours=hours) for hours in range(1, 9)]
WORDS = ["merger", "ballot", "harvest", "bridge", "railway", "school", "budget", "flood"]


def _allow(site: FakeSite, *more: str) -> None:
    lines = ["User-agent: *", "Allow: /", *more]
    site.page("/robots.txt", "\n".join(lines) + "\n", content_type="text/plain")


def rfa_plone(site: FakeSite) -> str:
    """A service's front page in Plone, with its archive and its old feed."""
    _allow(site)
    names = [f"{word}-{at:%m%d%Y%H%M%S}.html" for word, at in zip(WORDS, HOURS, strict=True)]
    rows = "".join(
        f'<div class="sectionteaser archive"><h2><a href="/khmer/news/{name}"><span>គណបក្សថ្មីមួយ {word}</span></a></h2>'
        f'<span id="story_date">{at:%Y-%m-%d}</span></div>'
        for name, word, at in zip(names, WORDS, HOURS, strict=True)
    )
    pager = '<ul class="pagination"><li class="next"><a href="?b_start:int=15">Next</a></li></ul>'
    site.page("/khmer/", f'<html lang="en"><body>{rows}</body></html>')
    site.page("/khmer/story_archive", f'<html lang="en"><body>{rows}{pager}</body></html>')
    site.feed(
        "/khmer/rss2.xml",
        [
            Item(title=f"គណបក្សថ្មីមួយ {word}", link=f"/khmer/news/{name}", published=at)
            for name, word, at in zip(names, WORDS, HOURS, strict=True)
        ],
    )
    return "/khmer/"


def rfa_arc(site: FakeSite) -> str:
    """A service's front page in Arc, whose feed and news sitemap it does not name."""
    _allow(site)
    paths = [
        f"/khmer/politics/{at:%Y/%m/%d}/{word}-of-the-day/" for word, at in zip(WORDS, HOURS, strict=True)
    ]
    rows = "".join(
        f'<article><h2><a class="c-link" href="{path}">គណបក្សថ្មីមួយ {path[-20:-12]}</a></h2>'
        f'<time class="b-date" datetime="{at.isoformat()}">x</time></article>'
        for path, at in zip(paths, HOURS, strict=True)
    )
    script = '<script>Fusion.arcSite="rfa-khmer";Fusion.deployment="148";</script>'
    site.page("/khmer/", f'<html lang="en"><head>{script}</head><body>{rows}</body></html>')
    items = [
        Item(title="គណបក្សថ្មីមួយ", link=path, published=at, content="<p>x</p>")
        for path, at in zip(paths, HOURS, strict=True)
    ]
    site.feed("/arc/outboundfeeds/khmer/rss/", items)
    site.page("/arc/outboundfeeds/khmer/sitemap-news/", _news(site, paths, HOURS), content_type="text/xml")
    return "/khmer/"


def _news(site: FakeSite, paths: list[str], times: list[datetime]) -> str:
    rows = "".join(
        f"<url><loc>{site.url}{path}</loc><news:news><news:publication><news:name>N</news:name><news:language>km"
        f"</news:language></news:publication><news:publication_date>{at.isoformat()}</news:publication_date>"
        f"<news:title>គណបក្សថ្មីមួយ</news:title></news:news></url>"
        for path, at in zip(paths, times, strict=True)
    )
    spaces = (
        'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    )
    return f"<urlset {spaces}>{rows}</urlset>"


def voa(site: FakeSite) -> str:
    """A section in Pangea: its named feed is forbidden to robots, its zone feed and sitemaps are not."""
    _allow(site, "Disallow: /api/*", "Disallow: /*?p=*", f"Sitemap: {site.url}/sitemap.xml")
    paths = [f"/a/{word}-story/{7_000_001 + at}.html" for at, word in enumerate(WORDS)]
    rows = "".join(
        f'<li class="col-xs-12"><div class="media-block"><div class="media-block__content"><span class="date">'
        f'{at:%B %d, %Y}</span><a href="{path}"><h4 class="media-block__title">A {path[3:-13]} of the day</h4></a></div>'
        "</div></li>"
        for path, at in zip(paths, HOURS, strict=True)
    )
    head = (
        '<link rel="alternate" type="application/rss+xml" href="/api/"><meta name="x" content="utag_data">'
        '<link rel="sitemap" href="/sitemap.xml">'
    )
    more = '<a class="link-showMore" href="/z/599?p=1">Load more</a><a href="/rssfeeds">RSS</a>'
    site.page("/z/599", f'<html lang="en"><head>{head}</head><body><ul>{rows}</ul>{more}</body></html>')
    site.page(
        "/rssfeeds",
        '<html><body class="pg-title"><a href="/api/zkyqoejvvo">All</a><a href="/rss/?zoneid=599">Zone</a></body></html>',
    )
    items = [
        Item(title=f"A {path[3:-13]} of the day", guid=site.url + path, published=at)
        for path, at in zip(paths, HOURS, strict=True)
    ]
    site.feed("/rss/?zoneid=599&count=50", items)
    site.feed("/rss/?zoneid=599", items)
    site.page(
        "/sitemap.xml",
        _index(site, "sitemap_404_1.xml.gz", "sitemap_404_latest.xml.gz"),
        content_type="text/xml",
    )
    latest = sitemap({site.url + path: at.isoformat() for path, at in zip(paths, HOURS, strict=True)})
    site.page("/sitemap_404_latest.xml.gz", gzip.compress(latest), content_type="application/x-gzip")
    return "/z/599"


def _index(site: FakeSite, *names: str) -> str:
    parts = "".join(f"<sitemap><loc>{site.url}/{name}</loc></sitemap>" for name in names)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{parts}</sitemapindex>'


def invision(site: FakeSite) -> str:
    """A board of Invision 4 without any feed."""
    _allow(site)
    rows = [
        (f"/topic/{n}-a-topic/", f"Talk of the {word}", at, n)
        for n, (word, at) in enumerate(zip(WORDS, HOURS, strict=True), 70)
    ]
    site.page("/forum/3-news/", board(rows))
    trail = '<nav class="ipsBreadcrumb"><a href="/">Home</a><a href="/forum/3-news/">News</a></nav>'
    site.page(
        "/topic/70-a-topic/",
        topic(
            "Talk of the merger",
            [(1, "The merger was agreed.", HOURS[0]), (2, "I do not think so.", HOURS[1])],
            pages=trail,
        ),
    )
    return "/forum/3-news/"


def phpbb(site: FakeSite) -> str:
    """A board of phpBB with the Atom feeds that it does not name."""
    _allow(site)
    rows = "".join(
        f'<li class="row bg1"><dl><dt><a href="./viewtopic.php?f=4&amp;t={n}&amp;sid=22c0" class="topictitle">Talk of the {word}'
        f'</a></dt><dd class="posts">2</dd><dd class="lastpost"><time datetime="{at.isoformat()}">x</time></dd></dl></li>'
        for n, (word, at) in enumerate(zip(WORDS, HOURS, strict=True), 160)
    )
    site.page(
        "/board/viewforum.php?f=4",
        f'<html lang="en-gb"><body id="phpbb"><ul class="topiclist topics">{rows}</ul></body></html>',
    )
    entries = "".join(
        f"<entry><title>News • Talk of the {word}</title><link href='{site.url}/board/viewtopic.php?t={n}&amp;p=9#p9'/>"
        f"<updated>{at.isoformat()}</updated></entry>"
        for n, (word, at) in enumerate(zip(WORDS, HOURS, strict=True), 160)
    )
    site.page(
        "/board/app.php/feed/forum/4",
        f"<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en-gb'>{entries}</feed>",
        content_type="application/atom+xml",
    )
    return "/board/viewforum.php?f=4"


def xenforo(site: FakeSite) -> str:
    """A board of XenForo 2 with its feed."""
    _allow(site)
    rows = "".join(
        f'<div class="structItem structItem--thread"><div class="structItem-title"><a href="/threads/slug.{n}/">Talk of the {word}</a>'
        f'</div><div class="structItem-cell--latest"><time class="structItem-latestDate" data-time="{at.timestamp():.0f}">b</time></div></div>'
        for n, (word, at) in enumerate(zip(WORDS, HOURS, strict=True), 11)
    )
    pager = '<a class="pageNav-jump pageNav-jump--next" href="/forums/news.3/page-2">Next</a>'
    site.page("/forums/news.3/", f'<html id="XF" lang="en-US"><body>{rows}{pager}</body></html>')
    items = [
        Item(title=f"Talk of the {word}", link=f"/threads/slug.{n}/", published=at)
        for n, (word, at) in enumerate(zip(WORDS, HOURS, strict=True), 11)
    ]
    site.feed("/forums/news.3/index.rss", items)
    return "/forums/news.3/"


def discourse(site: FakeSite) -> str:
    """A Discourse whose pages are empty without JavaScript, but whose lists speak JSON."""
    _allow(site)
    site.page(
        "/",
        '<html lang="en"><head><meta name="generator" content="Discourse 3.4"></head><body></body></html>',
    )
    rows = [
        {
            "id": n,
            "slug": "a-topic",
            "title": f"Talk of the {word}",
            "created_at": at.isoformat(),
            "last_posted_at": at.isoformat(),
            "posts_count": 2,
        }
        for n, (word, at) in enumerate(zip(WORDS, HOURS, strict=True), 9)
    ]
    site.page(
        "/latest.json",
        json.dumps({"topic_list": {"topics": rows, "more_topics_url": "/latest?page=1"}}),
        content_type="application/json",
    )
    return "/"


def wordpress(site: FakeSite) -> str:
    """An article of a WordPress site; its feed, front page and sitemap index stand elsewhere."""
    _allow(site, f"Sitemap: {site.url}/wp-sitemap.xml")
    paths = [f"/{at:%Y/%m/%d}/{word}-of-the-day/" for word, at in zip(WORDS, HOURS, strict=True)]
    head = (
        '<meta name="generator" content="WordPress 6.7">'
        '<link rel="alternate" type="application/rss+xml" href="/feed/">'
        '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">'
    )
    rows = "".join(f'<h2><a href="{path}">The {path[12:-12]} of the day has come</a></h2>' for path in paths)
    site.page(
        "/",
        f'<html lang="en"><head>{head}</head><body><main>{rows}</main><div class="nav-previous"><a href="/page/2/">Older posts</a></div></body></html>',
    )
    text = (
        "<p>Two parties agreed to merge on Friday after eleven months of talks, their leaders said.</p>"
        "<p>They signed the paper in the capital, and will hold a common congress in the spring.</p>"
    )
    site.page(
        paths[0],
        f'<html lang="en"><head>{head}<title>The merger of the day</title></head><body><article class="post"><h1>The '
        f'merger of the day</h1><div class="entry-content">{text}</div></article></body></html>',
    )
    site.feed(
        "/feed/",
        [
            Item(title=f"The {path[12:-12]} of the day", link=path, published=at)
            for path, at in zip(paths, HOURS, strict=True)
        ],
    )
    site.feed("/comments/feed/", [Item(title="A comment", link=f"{paths[0]}#comment-1", published=HOURS[0])])
    site.page(
        "/wp-sitemap.xml",
        _index(site, "wp-sitemap-posts-post-1.xml", "wp-sitemap-taxonomies-category-1.xml"),
        content_type="text/xml",
    )
    site.page(
        "/wp-sitemap-posts-post-1.xml",
        sitemap({site.url + path: at.isoformat() for path, at in zip(paths, HOURS, strict=True)}),
        content_type="text/xml",
    )
    return paths[0]


def closed(site: FakeSite) -> str:
    """A site that refuses everything but says so."""
    _allow(site)
    site.status("/", 403)
    return "/"
