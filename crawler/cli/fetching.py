"""One page fetched at somebody's word: the same manners, guard and limits as a crawl, and no store."""

from __future__ import annotations

from pathlib import Path

from crawler.app import App
from crawler.cli.frame import Invocation
from crawler.fetch.loop import run_async
from crawler.settings import Settings
from crawler.sites import parse_page
from crawler.spiders.crawl import fetch_page
from state.article import Article


def fetch_article(invocation: Invocation, url: str, *, site: str | None) -> Article:
    """Return the article at an address.

    Raises:
        FetchError: It cannot be had, or robots.txt or the guard refuses it.
        ParseError: The page is no article.
    """
    loaded = invocation.load_if_any()
    settings = loaded.settings if loaded else Settings()
    with App.passing_by(settings, base_dir=loaded.base_dir if loaded else Path.cwd()) as app:
        page = run_async(fetch_page(app, url))
    return parse_page(page, site=site)
