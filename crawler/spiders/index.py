"""The index spider: feeds, sitemaps, listings, topic lists."""

from __future__ import annotations

from crawler.spiders.ask_spider import AskSpider


class IndexSpider(AskSpider):
    """Fetches the channels of a source."""

    name = "index"
    accept = (
        "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,"
        "text/html;q=0.8,*/*;q=0.7"
    )
