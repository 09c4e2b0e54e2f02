"""Looking at a source: what is fetched, stored, left alone, waited for."""

import asyncio
import gzip
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crawler.fetch.loop import run_async
from crawler.jobs.poll import poll_source
from state.errors import ConfigError
from tests.crawler.jobs.watching import DAY, HOUR, NOW, Watcher, story, watching
from tests.support.fake_site import Answer, FakeSite, Item, sitemap


@pytest.fixture
def desk(site: FakeSite, tmp_path: Path) -> Iterator[Watcher]:
    with watching(tmp_path, {"feeds": [site.url + "/feed"]}) as someone:
        yield someone


def publish(
    site: FakeSite,
    names: Sequence[str],
    *,
    at: datetime | None = NOW - HOUR,
    feed: str = "/feed",
    **options: str,
) -> None:
    for name in names:
        site.page(f"/{name}.html", story(name, at=at), etag="auto")
    site.feed(feed, [Item(title=name, link=f"/{name}.html", published=at) for name in names], **options)


def test_a_first_look_stores_what_a_feed_offers(site: FakeSite, desk: Watcher) -> None:
    publish(site, ["one-story", "two-story"])

    done = desk.poll()

    assert (done.ok, done.found, done.new, done.stored, done.left) == (True, 2, 2, 2, 0)
    assert set(desk.rows) == {"one-story", "two-story"}
    assert desk.article("one-story").source == "s"
    assert not desk.waiting
    assert desk.source.first_finished_at == NOW


def test_a_second_look_asks_only_whether_the_feed_changed(site: FakeSite, desk: Watcher) -> None:
    publish(site, ["one-story"], etag='"1"')
    desk.poll()
    site.forget()

    done = desk.later()

    assert done.ok
    assert [(asked.path, asked.status) for asked in site.requests] == [("/feed", 304)]


def test_a_feed_without_validators_is_read_again_but_no_article_is(site: FakeSite, desk: Watcher) -> None:
    publish(site, ["one-story"])
    desk.poll()
    publish(site, ["two-story", "one-story"])
    site.forget()

    done = desk.later()

    assert (done.found, done.new, done.stored) == (2, 1, 1)
    assert site.count("/one-story.html") == 0


def test_a_server_that_says_unchanged_for_ever_is_asked_anew_after_a_day(
    site: FakeSite, desk: Watcher
) -> None:
    publish(site, ["one-story"], etag='"always"')
    desk.poll()
    publish(site, ["two-story", "one-story"], etag='"always"')

    assert desk.later().new == 0
    assert desk.later(DAY).new == 1


def test_a_page_that_cannot_be_had_waits_and_comes_later(site: FakeSite, desk: Watcher) -> None:
    publish(site, ["one-story"], etag='"1"')
    site.answer("/one-story.html", Answer(500), Answer(200, story("one-story", at=NOW - HOUR).encode()))

    first = desk.poll()
    assert (first.stored, first.failed) == (0, 1)
    assert desk.waiting[0].error.endswith("(500)")
    second = desk.later()

    assert second.stored == 1
    assert not desk.waiting


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_page_that_is_refused_or_missing_is_not_lost(site: FakeSite, desk: Watcher, status: int) -> None:
    publish(site, ["one-story"])
    site.status("/one-story.html", status)

    desk.poll()
    publish(site, ["one-story"])
    done = desk.later(DAY)

    assert done.stored == 1


def test_the_feeds_own_text_is_stored_where_the_page_refuses_us(site: FakeSite, desk: Watcher) -> None:
    site.status("/one-story.html", 403)
    text = "<p>The council of the town met on Friday and talked about its budget.</p>"
    site.feed("/feed", [Item(title="One story", link="/one-story.html", published=NOW - HOUR, content=text)])

    done = desk.poll()

    assert done.stored == 1
    assert desk.rows["One story"].rendering == "feed"
    assert "talked about its budget" in desk.article("One story").paragraphs[0]


def test_items_found_at_the_first_look_ring_for_a_day_and_later_ones_for_a_week(
    site: FakeSite, desk: Watcher
) -> None:
    for name, age in (("hour", HOUR), ("two-days", 2 * DAY)):
        site.page(f"/{name}.html", story(name, at=NOW - age))
    site.feed("/feed", [Item(title=name, link=f"/{name}.html") for name in ("hour", "two-days")])
    desk.poll()
    for name, age in (("three-days", 3 * DAY), ("ten-days", 10 * DAY)):
        site.page(f"/{name}.html", story(name, at=NOW - age))
    site.feed(
        "/feed", [Item(title=n, link=f"/{n}.html") for n in ("three-days", "ten-days", "hour", "two-days")]
    )
    desk.later()

    assert {title: row.backlog for title, row in desk.rows.items()} == {
        "hour": False,
        "two-days": True,
        "three-days": False,
        "ten-days": True,
    }


def test_an_undated_item_is_backlog_at_the_first_look_and_rings_later(site: FakeSite, desk: Watcher) -> None:
    publish(site, ["one-story"], at=None)
    desk.poll()
    publish(site, ["two-story", "one-story"], at=None)
    desk.later()

    assert desk.rows["one-story"].backlog
    assert not desk.rows["two-story"].backlog


def test_ring_rings_everything(site: FakeSite, desk: Watcher) -> None:
    publish(site, ["one-story"], at=NOW - 900 * DAY)

    desk.poll(ring=True)

    assert not desk.rows["one-story"].backlog


@pytest.mark.parametrize(
    ("body", "state"),
    [
        ("<html><head><title>Just a moment...</title></head><body>cookies</body></html>", "refuses us"),
        ("<html><head><title>Welcome</title></head></html>", "unreadable"),
        ("<rss version='2.0'><channel><title>t</title></channel></rss>", "unreadable"),
        ("", "unreadable"),
    ],
)
def test_what_stands_in_a_feeds_place_is_a_fault_and_time_unseen(
    site: FakeSite, desk: Watcher, body: str, state: str
) -> None:
    publish(site, ["one-story"])
    desk.poll()
    site.page("/feed", body, content_type="application/rss+xml")

    done = desk.later()

    assert (done.ok, done.state, desk.source.state) == (False, state, state)
    assert done.error
    assert [(time.since, time.until) for time in desk.unseen] == [(NOW, None)]


def test_a_source_that_comes_back_ends_the_time_unseen(site: FakeSite, desk: Watcher) -> None:
    publish(site, ["one-story"])
    desk.poll()
    site.status("/feed", 503)
    desk.later()
    publish(site, ["two-story", "one-story"])

    done = desk.later(HOUR)

    assert (done.ok, done.stored, done.state) == (True, 1, "well")
    assert [time.until for time in desk.unseen] == [desk.clock.now()]


def test_a_dead_network_is_told_and_harms_nothing(site: FakeSite, desk: Watcher) -> None:
    site.close()

    done = desk.poll()

    assert (done.ok, done.state) == (False, "never worked")
    assert desk.source.first_finished_at is None
    assert desk.source.sentence.startswith("It has never worked: ")


def test_a_feed_that_moved_to_another_domain_is_not_followed(site: FakeSite, desk: Watcher) -> None:
    with FakeSite(host="127.0.0.2") as other:
        publish(other, ["one-story"])
        site.redirect("/feed", other.url + "/feed", status=301)

        done = desk.poll()

    assert (done.ok, done.stored) == (False, 0)
    assert "127.0.0.2" in done.error
    assert not other.requests


def test_a_feed_that_robots_txt_forbids_is_not_fetched(site: FakeSite, desk: Watcher) -> None:
    publish(site, ["one-story"])
    site.page("/robots.txt", "User-agent: *\nDisallow: /feed\n", content_type="text/plain")

    done = desk.poll()

    assert not done.ok
    assert "robots.txt" in done.error
    assert site.count("/feed") == 0


def test_a_feed_that_shows_nothing_known_any_more_leaves_a_time_of_doubt(
    site: FakeSite, desk: Watcher
) -> None:
    publish(site, ["one-story"])
    desk.poll()
    publish(site, ["nine-story"], at=NOW + 5 * HOUR)

    desk.later(6 * HOUR)

    (doubt,) = desk.unseen
    assert (doubt.since, doubt.until) == (NOW, NOW + 5 * HOUR)
    assert "may be missing" in doubt.why


def test_a_gap_is_read_back_on_older_pages(site: FakeSite, tmp_path: Path) -> None:
    def listing(numbers: range, older: str) -> str:
        links = "".join(
            f'<p><a href="/story-number-{n}.html">A story of the day, number {n}</a></p>' for n in numbers
        )
        return f"<html><body><main>{links}<a rel='next' href='{older}'>older</a></main></body></html>"

    for number in range(30):
        site.page(f"/story-number-{number}.html", story(f"number {number}", at=NOW - HOUR))
    site.page("/list", listing(range(3), "/list2"))
    site.page("/list2", listing(range(3, 6), "/list3"))
    with watching(tmp_path, {"listings": [site.url + "/list"]}) as desk:
        first = desk.poll()
        site.page("/list", listing(range(20, 23), "/list2"))
        site.page("/list2", listing(range(23, 26), "/list3"))
        site.page("/list3", listing(range(2, 5), "/list4"))
        second = desk.later()

    assert (first.new, second.new) == (3, 8)
    assert not desk.unseen


def test_another_channel_closes_a_gap(site: FakeSite, tmp_path: Path) -> None:
    source = {"feeds": [site.url + "/feed"], "sitemaps": [site.url + "/map.xml"]}
    publish(site, ["one-story"])
    lastmod = f"{NOW:%Y-%m-%dT%H:%M:%SZ}"
    site.page("/map.xml", sitemap({f"{site.url}/one-story.html": lastmod}))
    with watching(tmp_path, source) as desk:
        desk.poll()
        publish(site, ["nine-story"])
        site.page("/five-story.html", story("five-story"))
        names = ("one", "five", "nine")
        site.page("/map.xml", sitemap({f"{site.url}/{name}-story.html": lastmod for name in names}))
        done = desk.later()

        assert done.stored == 2
        assert not desk.unseen


def test_a_sitemap_of_gzip_files_is_read_to_its_latest_part(site: FakeSite, tmp_path: Path) -> None:
    site.page("/one-story.html", story("one-story", at=NOW - HOUR))
    index = f"<sitemapindex><sitemap><loc>{site.url}/map_latest.xml.gz</loc></sitemap></sitemapindex>"
    site.page("/sitemap.xml", index, content_type="application/xml", etag='"never changes"')
    rows = {f"{site.url}/one-story.html": "2026-11-21", f"{site.url}/old-story.html": "2020-01-01"}
    site.page("/map_latest.xml.gz", gzip.compress(sitemap(rows)), content_type="application/x-gzip")
    with watching(tmp_path, {"sitemaps": [site.url + "/sitemap.xml"]}) as desk:
        first = desk.poll()
        site.page("/two-story.html", story("two-story", at=NOW - HOUR))
        rows[f"{site.url}/two-story.html"] = "2026-11-21"
        site.page("/map_latest.xml.gz", gzip.compress(sitemap(rows)), content_type="application/x-gzip")
        second = desk.later()

    assert (first.stored, second.stored) == (1, 1)
    assert site.count("/old-story.html") == 0


def test_an_address_that_leads_elsewhere_is_stored_once_and_not_offered_again(
    site: FakeSite, desk: Watcher
) -> None:
    site.page("/real/one-story.html", story("one-story", at=NOW - HOUR))
    site.redirect("/go/77001.html", "/real/one-story.html")
    site.feed("/feed", [Item(title="x", link="/go/77001.html")])
    desk.poll()
    site.feed("/feed", [Item(title="x", link="/go/77001.html", description="changed")])
    site.forget()

    done = desk.later()

    assert (done.new, len(desk.rows)) == (0, 1)
    assert site.count("/go/77001.html") == 0


def test_a_page_without_text_waits_and_says_why(site: FakeSite, desk: Watcher) -> None:
    site.page(
        "/one-story.html",
        '<html><body><div id="storypagemaincol"><div id="storytext"></div></div></body></html>',
    )
    site.feed("/feed", [Item(title="One", link="/one-story.html")])

    done = desk.poll()

    assert done.failed == 1
    assert desk.waiting[0].attempts == 1
    assert desk.waiting[0].error


def test_a_page_sent_to_the_front_page_is_not_there(site: FakeSite, desk: Watcher) -> None:
    site.redirect("/one-story.html", "/")
    site.page("/", story("Welcome to the front page", at=NOW))
    site.feed("/feed", [Item(title="One", link="/one-story.html")])

    desk.poll()

    assert not desk.rows
    assert "front page" in desk.waiting[0].error


def test_time_given_up_leaves_the_rest_for_the_next_look(site: FakeSite, desk: Watcher) -> None:
    publish(site, ["one-story"])

    done = desk.poll(budget=0 * HOUR)

    assert (done.stored, done.left) == (0, 1)
    assert desk.later().stored == 1


def test_a_source_is_looked_at_by_one_at_a_time(site: FakeSite, desk: Watcher) -> None:
    publish(site, ["one-story"])

    async def both() -> list[bool]:
        looks = await asyncio.gather(poll_source(desk.app, "s"), poll_source(desk.app, "s"))
        return sorted(look.busy for look in looks)

    assert run_async(both()) == [False, True]
    assert site.count("/feed") == 1


def test_one_bad_channel_does_not_hide_a_good_one(site: FakeSite, tmp_path: Path) -> None:
    publish(site, ["one-story"])
    site.status("/broken", 500)
    with watching(tmp_path, {"feeds": [site.url + "/broken", site.url + "/feed"]}) as desk:
        done = desk.poll()

        assert (done.ok, done.stored) == (True, 1)
        assert "(500)" in desk.source.sentence


def test_a_redirect_of_a_page_to_the_metadata_service_is_refused(site: FakeSite, desk: Watcher) -> None:
    site.redirect("/one-story.html", "http://169.254.169.254/latest/meta-data/")
    site.feed("/feed", [Item(title="One", link="/one-story.html")])

    done = desk.poll()

    assert done.failed == 1
    assert "169.254.169.254" in desk.waiting[0].error


def test_an_unknown_source_is_a_configuration_error(desk: Watcher) -> None:
    with pytest.raises(ConfigError, match="no source"):
        run_async(poll_source(desk.app, "nobody"))


def test_the_next_look_is_due_after_the_sources_own_interval(site: FakeSite, tmp_path: Path) -> None:
    publish(site, ["one-story"])
    with watching(tmp_path, {"feeds": [site.url + "/feed"], "every": "7m"}) as desk:
        desk.poll()

        assert desk.source.next_at is not None
        assert (desk.source.next_at - NOW).total_seconds() == 420


def test_progress_is_told_after_each_article(site: FakeSite, desk: Watcher) -> None:
    publish(site, ["one-story", "two-story"])
    told: list[int] = []

    desk.poll(progress=told.append)

    assert told == [1, 2]


def test_pages_that_refuse_us_one_a_look_make_the_source_one_that_refuses_us(
    site: FakeSite, desk: Watcher
) -> None:
    publish(site, ["zero-story"])
    desk.poll()
    for number in range(4):
        names = [f"story-{n}" for n in range(number + 1)]
        publish(site, [*names, "zero-story"])
        for name in names:
            site.status(f"/{name}.html", 403)
        done = desk.later(timedelta(hours=1))

    assert (done.ok, done.state) == (False, "refuses us")
    assert "403" in done.error


def test_a_followed_topic_that_cannot_be_read_is_no_source_that_is_well(
    site: FakeSite, tmp_path: Path
) -> None:
    with watching(tmp_path, {"topics": [site.url + "/topic/1-one/"]}) as desk:
        first, second = desk.poll(), desk.later(timedelta(minutes=1))

    assert (first.state, second.state) == ("never worked", "never worked")


def test_what_a_killed_process_held_is_free_at_once(site: FakeSite, desk: Watcher) -> None:
    publish(site, ["one-story"])
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    owner = f"{socket.gethostname()}:{process.pid}#dead"
    with desk.app.store.begin() as tx:
        tx.sources.upsert("s", {})
        tx.sources.lease("s", owner, 3600)

    assert desk.poll().stored == 1


def test_what_another_machine_holds_is_left_to_it(site: FakeSite, desk: Watcher) -> None:
    publish(site, ["one-story"])
    with desk.app.store.begin() as tx:
        tx.sources.upsert("s", {})
        tx.sources.lease("s", "elsewhere:1#abc", 3600)

    assert desk.poll().busy
    assert not site.requests


def test_a_change_of_state_is_told_to_the_operator_once(site: FakeSite, tmp_path: Path) -> None:
    channels = {"desk": {"url": "json://127.0.0.1:9/"}}
    tables = {"channels": channels, "operator": {"to": ["desk"]}, "routes": [{"to": ["desk"]}]}
    with watching(tmp_path, {"feeds": [site.url + "/feed"]}, **tables) as desk:
        publish(site, ["one-story"])
        desk.poll()
        site.status("/feed", 403)
        desk.later()
        desk.later()
        with desk.app.store.read() as tx:
            told = [message.title for message in tx.messages.list(channel="desk", limit=10)]

    assert len(told) == 1
    assert "refuses us" in (told[0] or "")


CHALLENGE = (
    "<html><head><title>Just a moment...</title></head><body>Enable JavaScript and cookies</body></html>"
)


def test_a_challenge_in_an_articles_place_is_a_refusal_and_the_address_is_never_dropped(
    site: FakeSite, desk: Watcher
) -> None:
    publish(site, ["one-story"])
    site.page("/one-story.html", CHALLENGE)
    desk.poll()
    for _ in range(5):
        desk.later(8 * DAY)
    publish(site, ["one-story"])

    assert desk.later(8 * DAY).stored == 1


def test_a_file_in_an_articles_place_is_given_up_after_three_tries(site: FakeSite, desk: Watcher) -> None:
    site.page("/paper", b"%PDF-1.7 ...", content_type="application/pdf")
    site.feed("/feed", [Item(title="Paper", link="/paper")])
    desk.poll()
    for _ in range(5):
        desk.later(40 * DAY)

    assert site.count("/paper") == 3
    assert not desk.waiting


def test_a_sitemap_that_dates_by_the_day_does_not_make_us_read_everything_again(
    site: FakeSite, tmp_path: Path
) -> None:
    site.page("/one-story.html", story("one-story", at=NOW - HOUR))
    rows = {f"{site.url}/one-story.html": "2026-11-21"}
    site.page("/map.xml", sitemap(rows))
    with watching(tmp_path, {"sitemaps": [site.url + "/map.xml"]}) as desk:
        desk.poll()
        site.page("/two-story.html", story("two-story", at=NOW - HOUR))
        site.page("/map.xml", sitemap({**rows, f"{site.url}/two-story.html": "2026-11-21"}))
        desk.later()

    assert site.count("/one-story.html") == 1
    assert site.count("/two-story.html") == 1


def test_an_article_that_a_sitemap_shows_as_changed_is_read_again(site: FakeSite, tmp_path: Path) -> None:
    site.page("/one-story.html", story("one-story", at=NOW - HOUR))
    site.page("/map.xml", sitemap({f"{site.url}/one-story.html": "2026-11-21T10:00:00Z"}))
    with watching(tmp_path, {"sitemaps": [site.url + "/map.xml"]}) as desk:
        desk.poll()
        site.page("/one-story.html", story("one-story", "All is different now.", at=NOW - HOUR))
        site.page("/map.xml", sitemap({f"{site.url}/one-story.html": "2026-11-21T12:05:00Z"}))

        assert desk.later().revised == 1


def test_a_feed_services_link_is_followed_to_the_publisher_but_the_publishers_own_to_no_stranger(
    site: FakeSite, desk: Watcher
) -> None:
    with FakeSite(host="127.0.0.2") as other:
        other.page("/one-story.html", story("one-story", at=NOW - HOUR))
        other.redirect("/go/1", site.url + "/two-story.html")
        site.page("/two-story.html", story("two-story", at=NOW - HOUR))
        site.redirect("/own-page.html", other.url + "/one-story.html")
        site.feed(
            "/feed", [Item(title="a", link="/own-page.html"), Item(title="b", link=other.url + "/go/1")]
        )

        done = desk.poll()

    assert set(desk.rows) == {"two-story"}
    assert done.failed == 1
    assert "another domain" in desk.waiting[0].error
