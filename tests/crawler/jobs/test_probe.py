"""Finding out what could be watched."""

from datetime import timedelta
from typing import cast

import pytest

from crawler.app import App
from crawler.fetch.loop import run_async
from crawler.jobs.probe import probe
from state.errors import FetchError
from tests.crawler.fetch.visiting import visitor
from tests.crawler.jobs.watching import NOW
from tests.support.fake_site import FakeSite, Item, sitemap


def test_a_front_page_leads_to_its_feed_its_sitemap_and_itself() -> None:
    with FakeSite() as site, visitor(delay=timedelta()) as someone:
        links = "".join(
            f'<p><a href="/2026/11/{n}/a-story-of-the-day/">A story of the day, {n}</a></p>' for n in (10, 11)
        )
        head = '<head><link rel="alternate" type="application/rss+xml" href="/the-feed"></head>'
        site.page("/", f"<html>{head}<body><main>{links}</main></body></html>")
        site.page(
            "/robots.txt",
            f"User-agent: *\nAllow: /\nSitemap: {site.url}/map.xml\n",
            content_type="text/plain",
        )
        site.feed("/the-feed", [Item(title="One", link="/one", published=NOW)])
        site.page("/map.xml", sitemap({f"{site.url}/one": "2026-01-01"}))

        found = run_async(probe(cast(App, someone.parts), site.url + "/"))

    offers = {offer.url.removeprefix(site.url): (offer.kind, offer.items) for offer in found.offers}
    assert offers == {"/": ("listing", 2), "/the-feed": ("feed", 1), "/map.xml": ("sitemap", 1)}


def test_an_address_that_cannot_be_had_is_an_error() -> None:
    with FakeSite() as site, visitor() as someone, pytest.raises(FetchError, match="404"):
        run_async(probe(cast(App, someone.parts), site.url + "/nothing"))
