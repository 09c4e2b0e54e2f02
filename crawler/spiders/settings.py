"""Scrapy's settings for every crawl: what it does by itself is switched off, what guards us is switched on."""

from __future__ import annotations

from typing import Any

from crawler.fetch.visit import Visit

_OURS = {
    "crawler.fetch.failures.FailureMiddleware": 50,
    "crawler.fetch.addresses.AddressMiddleware": 100,
    "crawler.fetch.robots.RobotsMiddleware": 200,
    "crawler.fetch.redirects.RedirectMiddleware": 600,
    "crawler.fetch.pace.PaceMiddleware": 800,
}
_THEIRS_OFF = (
    "offsite.OffsiteMiddleware",
    "robotstxt.RobotsTxtMiddleware",
    "httpauth.HttpAuthMiddleware",
    "retry.RetryMiddleware",
    "redirect.MetaRefreshMiddleware",
    "redirect.RedirectMiddleware",
    "cookies.CookiesMiddleware",
    "httpproxy.HttpProxyMiddleware",
    "stats.DownloaderStats",
    "httpcache.HttpCacheMiddleware",
)
_SPIDER_MIDDLEWARES_OFF = (
    "httperror.HttpErrorMiddleware",
    "referer.RefererMiddleware",
    "depth.DepthMiddleware",
    "metacopy.MetaCopyDetectionMiddleware",
)
_EXTENSIONS_OFF = (
    "corestats.CoreStats",
    "logcount.LogCount",
    "telnet.TelnetConsole",
    "memusage.MemoryUsage",
    "memdebug.MemoryDebugger",
    "closespider.CloseSpider",
    "feedexport.FeedExporter",
    "logstats.LogStats",
    "spiderstate.SpiderState",
    "throttle.AutoThrottle",
    "remote_control.RemoteControl",
)
_HANDLER = "crawler.fetch.handler.GuardedHandler"


_PARTS: dict[str, Any] = {
    "DOWNLOAD_HANDLERS": {
        "http": _HANDLER,
        "https": _HANDLER,
        "data": None,
        "file": None,
        "ftp": None,
        "s3": None,
    },
    "DOWNLOADER_MIDDLEWARES": {
        **_OURS,
        **{f"scrapy.downloadermiddlewares.{name}": None for name in _THEIRS_OFF},
    },
    "SPIDER_MIDDLEWARES": {f"scrapy.spidermiddlewares.{name}": None for name in _SPIDER_MIDDLEWARES_OFF},
    "EXTENSIONS": {f"scrapy.extensions.{name}": None for name in _EXTENSIONS_OFF},
    "ITEM_PIPELINES": {"crawler.spiders.handoff.HandOff": 100},
    "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",
    "SCHEDULER_PRIORITY_QUEUE": "scrapy.pqueues.ScrapyPriorityQueue",
}
_SWITCHES: dict[str, Any] = {
    # A server on a local port that runs any Python it is sent; on by default.
    "REMOTE_CONTROL_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "MEMUSAGE_ENABLED": False,
    "LOG_ENABLED": False,
    "STATS_DUMP": False,
    "COOKIES_ENABLED": False,
    "RETRY_ENABLED": False,
    "DOWNLOAD_VERIFY_CERTIFICATES": True,
    "WARN_ON_GENERATOR_RETURN_VALUE": False,
}


def crawl_settings(visit: Visit) -> dict[str, Any]:
    """Return the settings of one crawl."""
    fetch = visit.app.settings.fetch
    # Waiting requests hold reserved turns of their host; with a delay more of them only hold up others.
    at_once = 2 if visit.delay else 8
    return {
        **_PARTS,
        **_SWITCHES,
        "USER_AGENT": visit.user_agent,
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
        },
        "DOWNLOAD_TIMEOUT": fetch.timeout.total_seconds(),
        "DOWNLOAD_MAXSIZE": fetch.max_body,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_DELAY": 0,
        # For every answer Scrapy starts this many tasks; ours gives one item at the most.
        "CONCURRENT_ITEMS": 1,
        "CONCURRENT_REQUESTS": at_once,
        "CONCURRENT_REQUESTS_PER_DOMAIN": at_once,
    }
