"""Reading stored articles again."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.crawler.jobs.watching import DAY, HOUR, NOW, Watcher, story, watching
from tests.support.fake_site import FakeSite, Item


@pytest.fixture
def desk(site: FakeSite, tmp_path: Path) -> Iterator[Watcher]:
    with watching(tmp_path, {"feeds": [site.url + "/feed"]}) as someone:
        yield someone


def publish(site: FakeSite, *names: str) -> None:
    for name in names:
        site.page(f"/{name}.html", story(name, at=NOW - HOUR), etag="auto")
    site.feed("/feed", [Item(title=name, link=f"/{name}.html", published=NOW - HOUR) for name in names])


def test_nothing_is_read_again_within_ten_minutes(site: FakeSite, desk: Watcher) -> None:
    publish(site, "one-story")
    desk.poll()

    assert desk.recheck(timedelta(minutes=10)).read == 0
    assert desk.recheck(timedelta(minutes=3)).read == 1


def test_an_unchanged_page_is_asked_for_with_its_own_validator(site: FakeSite, desk: Watcher) -> None:
    publish(site, "one-story")
    desk.poll()
    site.forget()

    done = desk.recheck(HOUR)

    assert (done.read, done.unchanged, done.revised) == (1, 1, 0)
    assert [(asked.path, asked.status) for asked in site.requests] == [("/one-story.html", 304)]


def test_an_edit_becomes_a_version(site: FakeSite, desk: Watcher) -> None:
    publish(site, "one-story")
    desk.poll()
    site.page("/one-story.html", story("one-story", "It was all quite different.", at=NOW - HOUR))

    done = desk.recheck(HOUR)

    assert done.revised == 1
    assert desk.rows["one-story"].versions == 2
    assert desk.article("one-story").paragraphs == ("It was all quite different.",)


def test_young_articles_are_read_often_and_old_ones_rarely_but_always(site: FakeSite, desk: Watcher) -> None:
    publish(site, "one-story")
    desk.poll()
    reads = {"first day": 0, "second month": 0}

    for _ in range(24 * 6):
        reads["first day"] += desk.recheck(timedelta(minutes=10)).read
    desk.recheck(30 * DAY)
    for _ in range(30):
        reads["second month"] += desk.recheck(DAY).read

    assert reads["first day"] > 10
    assert 0 < reads["second month"] <= 3


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_vanished_is_believed_gone_only_after_a_while(
    site: FakeSite, desk: Watcher, status: int
) -> None:
    publish(site, "one-story", *(f"story-{n}" for n in range(5)))
    desk.poll()
    site.status("/one-story.html", status)

    first = desk.recheck(HOUR)
    after_first = desk.rows["one-story"].state
    for _ in range(4):
        desk.recheck(HOUR)

    assert (first.vanished, after_first) == (1, "live")
    assert desk.rows["one-story"].state == "gone"


def test_a_page_sent_to_the_front_page_counts_as_vanished(site: FakeSite, desk: Watcher) -> None:
    publish(site, "one-story")
    desk.poll()
    site.redirect("/one-story.html", "/")
    site.page("/", story("Front page of the paper", at=NOW))

    assert desk.recheck(HOUR).vanished == 1
    assert desk.article("one-story").title == "one-story"


def test_a_not_found_page_that_answers_200_counts_as_vanished(site: FakeSite, desk: Watcher) -> None:
    publish(site, "one-story")
    desk.poll()
    site.page(
        "/one-story.html",
        "<html><head><title>404 Not Found</title></head><body><h1>Not found</h1></body></html>",
    )

    assert desk.recheck(HOUR).vanished == 1


def test_a_page_that_came_back_is_alive(site: FakeSite, desk: Watcher) -> None:
    publish(site, "one-story")
    desk.poll()
    site.status("/one-story.html", 404)
    desk.recheck(HOUR)
    publish(site, "one-story")
    desk.recheck(HOUR)

    assert desk.rows["one-story"].gone_count == 0


@pytest.mark.parametrize("status", [403, 500])
def test_a_refusal_or_a_fault_says_nothing_of_the_article(site: FakeSite, desk: Watcher, status: int) -> None:
    publish(site, "one-story")
    desk.poll()
    site.status("/one-story.html", status)

    done = desk.recheck(HOUR)

    assert (done.failed, done.vanished) == (1, 0)
    assert desk.rows["one-story"].gone_count == 0
    assert desk.recheck(2 * DAY).read == 1


def test_many_pages_that_vanish_together_are_the_sites_trouble(site: FakeSite, desk: Watcher) -> None:
    names = [f"story-number-{n}" for n in range(10)]
    publish(site, *names)
    desk.poll()
    for name in names:
        site.status(f"/{name}.html", 404)

    for _ in range(5):
        desk.recheck(HOUR)

    assert {row.state for row in desk.rows.values()} == {"live"}


def test_a_page_that_can_be_had_at_last_takes_the_place_of_the_feeds_text(
    site: FakeSite, desk: Watcher
) -> None:
    site.status("/one-story.html", 403)
    text = "<p>The council met about one-story.</p>"
    site.feed("/feed", [Item(title="one-story", link="/one-story.html", published=NOW - HOUR, content=text)])
    desk.poll()
    site.page("/one-story.html", story("one-story", at=NOW - HOUR))

    desk.recheck(HOUR)

    assert desk.rows["one-story"].rendering == "page"


def test_a_domain_that_was_sold_edits_nothing(site: FakeSite, desk: Watcher) -> None:
    publish(site, "one-story")
    desk.poll()
    with FakeSite(host="127.0.0.2") as buyer:
        buyer.page("/one-story.html", story("Win money at our tables", at=NOW))
        site.redirect("/one-story.html", buyer.url + "/one-story.html", status=301)

        done = desk.recheck(HOUR)

    assert (done.failed, done.revised, done.vanished) == (1, 0, 0)
    assert desk.article("one-story").title == "one-story"
    assert not buyer.requests
