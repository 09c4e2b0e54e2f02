"""Item pipeline: each item goes to the job that ordered the crawl, and the crawl waits for it."""

from __future__ import annotations

from typing import cast

from scrapy.crawler import Crawler

from crawler.spiders.ask_spider import AskSpider
from crawler.spiders.asks import Fetched


class HandOff:
    """Awaits the job's receiver; an error of one item does not end the crawl and is reported by the job."""

    def __init__(self, spider: AskSpider) -> None:
        self._spider = spider

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> HandOff:
        """Build from the crawl's spider."""
        return cls(cast(AskSpider, crawler.spider))

    async def process_item(self, item: Fetched) -> Fetched:
        """Hand the item over."""
        try:
            await self._spider.take(item)
        except Exception as error:
            self._spider.faults.append(error)
        finally:
            self._spider.handed_over()
        return item
