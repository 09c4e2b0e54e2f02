"""Channels in their daily troubles, through a real crawl."""

import gzip
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.crawler.jobs import probed_sites
from tests.crawler.jobs.watching import DAY, HOUR, NOW, Watcher, board, story, topic, watching
from tests.support.fake_site import FakeSite, Item, rss


@pytest.fixture
def desk(site: FakeSite, tmp_path: Path) -> Iterator[Watcher]:
    with watching(tmp_path, {"feeds": [site.url + "/feed"]}) as someone:
        yield someone


def feed(site: FakeSite, *names: str, build: str = "") -> bytes:
    items = [Item(title=name, link=f"/{name}.html", published=NOW - HOUR) for name in names]
    for name in names:
        site.page(f"/{name}.html", story(name, at=NOW - HOUR))
    return rss(site.url, items).replace(
        b"<description>d", f"<lastBuildDate>{build}</lastBuildDate><description>d".encode(), 1
    )


def test_a_feed_that_dates_itself_anew_at_every_look_brings_nothing_new(
    site: FakeSite, desk: Watcher
) -> None:
    site.page("/feed", feed(site, "one-story", build="1"))
    desk.poll()
    site.page("/feed", feed(site, "one-story", build="2"))

    again = desk.later()

    assert (again.ok, again.new, again.revised) == (True, 0, 0)


def test_an_item_whose_guid_and_time_moved_is_not_new(site: FakeSite, desk: Watcher) -> None:
    site.page("/one-story.html", story("one-story", at=NOW - HOUR))
    for guid, hours in (("tag:1", 2), ("tag:2", 1)):
        item = Item(title="one-story", link="/one-story.html", guid=guid, published=NOW - hours * HOUR)
        site.feed("/feed", [item])
        done = desk.later()

    assert done.new == 0
    assert len(desk.rows) == 1


@pytest.mark.parametrize("how", ["gzip file", "utf-16", "text/plain", "a warning before it"])
def test_a_feed_in_a_wrong_wrapping_is_read(site: FakeSite, desk: Watcher, how: str) -> None:
    body = feed(site, "one-story")
    if how == "gzip file":
        body = gzip.compress(body)
    if how == "utf-16":
        body = body.decode().replace("UTF-8", "UTF-16").encode("utf-16")
    if how == "a warning before it":
        body = b"<br/><b>Warning</b>: x in y on line 1<br/>" + body
    site.page("/feed", body, content_type="text/plain" if how == "text/plain" else "application/rss+xml")

    assert desk.poll().stored == 1


def test_of_a_feed_that_breaks_off_what_came_is_stored_and_its_validators_are_not_kept(
    site: FakeSite, desk: Watcher
) -> None:
    whole = feed(site, "one-story", "two-story")
    site.page("/feed", whole[: whole.index(b"two-story") + 4], etag='"cut"')
    cut = desk.poll()

    assert cut.stored == 1
    assert cut.notes == (f"{site.url}/feed: it breaks off; 1 item came before that",)
    assert cut.remark == desk.source.sentence == f"Well, but {cut.notes[0]}."
    site.page("/feed", whole, etag='"cut"')
    assert desk.later().stored == 1
    assert desk.source.sentence == "Well."


def test_a_feed_behind_a_permanent_redirect_on_its_own_site_is_read(site: FakeSite, desk: Watcher) -> None:
    site.page("/arc/feed/", feed(site, "one-story"), content_type="application/rss+xml")
    site.redirect("/feed", "/arc/feed/", status=301)
    moved = desk.poll()

    assert (moved.stored, moved.remark) == (1, "")
    assert moved.notes == (
        f"{site.url}/feed: it answers from {site.url}/arc/feed/ now: write that address into the configuration",
    )


def test_only_the_servers_own_validators_are_replayed_and_to_the_letter(
    site: FakeSite, desk: Watcher
) -> None:
    site.page("/feed", feed(site, "one-story"), headers={"Expires": "Sat, 21 Nov 2026 13:00:00 GMT"})
    desk.poll()
    site.page("/feed", feed(site, "one-story", build="2"), last_modified="Sat, 21-Nov-26 08:00:00 gmt")
    desk.later()
    desk.later()

    asked = [{name.lower(): value for name, value in ask.headers.items()} for ask in site.asked("/feed")]
    validators = [(ask.get("if-none-match"), ask.get("if-modified-since")) for ask in asked]
    assert validators == [(None, None), (None, None), (None, "Sat, 21-Nov-26 08:00:00 gmt")]


def test_a_station_whose_feeds_robots_may_not_have_is_read_by_its_zone_feed_and_its_sitemap(
    site: FakeSite, tmp_path: Path
) -> None:
    probed_sites.voa(site)
    table = {
        "site": "voa",
        "feeds": [f"{site.url}/api/", f"{site.url}/rss/?zoneid=599&count=50"],
        "sitemaps": [f"{site.url}/sitemap.xml"],
    }
    with watching(tmp_path, table) as desk:
        done = desk.poll()

    assert done.found == 8
    assert site.count("/api/") == 0
    assert site.count("/sitemap_404_1.xml.gz") == 0


def test_a_board_is_read_back_behind_its_held_topics(site: FakeSite, tmp_path: Path) -> None:
    held = ("/topic/1-rules/", "Rules", NOW - 300 * DAY, 1)
    before = [(f"/topic/{n}-t/", f"Talk {n}", NOW - 2 * DAY, 1) for n in (11, 12)]
    rush = [(f"/topic/{n}-t/", f"Talk {n}", NOW + timedelta(minutes=90 - n), 1) for n in range(21, 27)]
    for path, title, at, _ in [held, *before, *rush]:
        site.page(path, topic(title, [(1, "Something was said.", at)]))
    site.page("/forum/3-news/", board([held, *before]))
    with watching(tmp_path, {"listings": [f"{site.url}/forum/3-news/"]}) as desk:
        desk.poll()
        more = '<ul><li class="ipsPagination_next"><a href="/forum/3-news/page/2/">Next</a></li></ul>'
        site.page("/forum/3-news/", board([held, *rush[:3]]) + more)
        site.page("/forum/3-news/page/2/", board([*rush[3:], *before]))
        done = desk.later(2 * HOUR)

    assert done.new == 6
    assert not desk.unseen


def test_what_a_board_dropped_and_cannot_be_read_back_to_is_a_time_of_doubt_with_its_bounds(
    site: FakeSite, tmp_path: Path
) -> None:
    def row(number: int, hours: int) -> tuple[str, str, datetime, int]:
        site.page(
            f"/topic/{number}-t/", topic(f"Talk {number}", [(1, "Something was said.", NOW + hours * HOUR)])
        )
        return (f"/topic/{number}-t/", f"Talk {number}", NOW + hours * HOUR, 1)

    with watching(tmp_path, {"listings": [f"{site.url}/forum/3-news/"]}) as desk:
        site.page("/forum/3-news/", board([row(1, -2), row(2, -3)]))
        desk.poll()
        site.page("/forum/3-news/", board([row(7, 5), row(8, 4)]))
        desk.later(6 * HOUR)

        [doubt] = desk.unseen
        assert (doubt.since, doubt.until) == (NOW, NOW + 6 * HOUR)


def plone(names: list[str], older: str = "") -> str:
    rows = "".join(
        f'<div class="sectionteaser archive"><h2><a href="/khmer/news/{name}.html">{name}</a></h2>'
        '<span id="story_date">2026-11-21</span></div>'
        for name in names
    )
    pager = f'<ul class="pagination"><li class="next"><a href="{older}">Next</a></li></ul>' if older else ""
    return f"<html><body>{rows}{pager}</body></html>"


def test_an_archive_is_read_back_by_its_own_addresses_colon_and_all(site: FakeSite, tmp_path: Path) -> None:
    names = [f"vote-112120260{n}0000" for n in range(1, 9)]
    for name in names:
        site.page(f"/khmer/news/{name}.html", story(name, at=NOW - HOUR))
    archive = "/khmer/story_archive?year=2026&month=11"
    older = f"{archive}&b_start:int=15"
    with watching(tmp_path, {"listings": [site.url + archive]}) as desk:
        site.page(archive, plone(names[:2]))
        desk.poll()
        site.page(archive, plone(names[5:], older))
        site.page(older, plone(names[1:5]))
        done = desk.later()

    assert site.count(older) == 1
    assert done.new == 6
    assert not desk.unseen


def test_a_blogs_feed_is_read_back_page_by_page_to_what_is_known(site: FakeSite, desk: Watcher) -> None:
    def page(*names: str) -> bytes:
        generator = b"<generator>https://wordpress.org/?v=6.7</generator><description>d"
        return feed(site, *names).replace(b"<description>d", generator, 1)

    site.page("/feed", page("a-1", "a-2"))
    desk.poll()
    site.page("/feed", page("a-7", "a-6"))
    site.page("/feed?paged=2", page("a-5", "a-4"))
    site.page("/feed?paged=3", page("a-3", "a-2"))
    site.page("/feed?paged=4", page("a-1"))

    done = desk.later()

    assert (done.new, site.count("/feed?paged=4")) == (5, 0)
    assert not desk.unseen
