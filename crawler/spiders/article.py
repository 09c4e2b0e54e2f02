"""The article spider: single articles and the pages of forum topics."""

from __future__ import annotations

from crawler.spiders.ask_spider import AskSpider


class ArticleSpider(AskSpider):
    """Fetches articles."""

    name = "article"
