"""Forum topics: found on boards, read over their pages, read again when somebody answers."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.crawler.jobs.watching import DAY, HOUR, NOW, Watcher, board, topic, watching
from tests.support.fake_site import FakeSite

OLD = NOW - 900 * DAY


@pytest.fixture
def site() -> Iterator[FakeSite]:
    with FakeSite() as running:
        yield running


@pytest.fixture
def desk(site: FakeSite, tmp_path: Path) -> Iterator[Watcher]:
    with watching(tmp_path, {"site": "invision", "listings": [site.url + "/forum/3-news/"]}) as someone:
        yield someone


def show_board(site: FakeSite, *rows: tuple[str, str, int]) -> None:
    """Rows are path, hours since the last reply, number of replies; a board has at least two topics."""
    listed = [(path, f"Topic at {path}", NOW - hours * HOUR, count) for path, hours, count in rows]
    site.page("/forum/3-news/", board(listed))


def pager(number: int, last: int) -> str:
    def link(kind: str, target: int) -> str:
        where = "/topic/1-one/" if target == 1 else f"/topic/1-one/page/{target}/"
        return f'<li class="ipsPagination_{kind}"><a href="{where}" rel="{kind}">{kind}</a></li>'

    items = []
    if number > 1:
        items.append(link("prev", number - 1))
    if number < last:
        items += [link("next", number + 1), link("last", last)]
    return f'<ul class="ipsPagination" data-pages="{last}">{"".join(items)}</ul>'


def show_pages(site: FakeSite, last: int) -> None:
    """Three posts a page; post 1 opens the topic."""
    for number in range(1, last + 1):
        posts = [
            (3 * number - 2 + n, f"Post number {3 * number - 2 + n} of the topic.", OLD) for n in range(3)
        ]
        path = "/topic/1-one/" if number == 1 else f"/topic/1-one/page/{number}/"
        site.page(path, topic("One", posts, pages=pager(number, last)))


def test_a_board_leads_to_its_topics(site: FakeSite, desk: Watcher) -> None:
    site.page(
        "/topic/1-one/", topic("One", [(11, "The first post is here.", OLD), (12, "A reply.", NOW - HOUR)])
    )
    site.page("/topic/2-two/", topic("Two", [(21, "Another first post.", OLD)]))
    show_board(site, ("/topic/1-one/?do=getNewComment", 1, 1), ("/topic/2-two/", 500, 0))

    done = desk.poll()

    assert done.stored == 2
    assert desk.rows["One"].key == f"{site.host}:1"
    assert [comment.text for comment in desk.article("One").comments] == ["A reply."]


def test_a_topic_is_read_again_when_somebody_answers_and_not_otherwise(site: FakeSite, desk: Watcher) -> None:
    posts = [(11, "The first post is here.", OLD)]
    site.page("/topic/1-one/", topic("One", posts))
    site.page("/topic/2-two/", topic("Two", [(21, "Another first post.", OLD)]))
    show_board(site, ("/topic/1-one/", 5, 0), ("/topic/2-two/", 500, 0))
    desk.poll()
    site.page("/topic/1-one/", topic("One", [*posts, (12, "A new reply.", NOW + HOUR)]))
    show_board(site, ("/topic/1-one/", -1, 1), ("/topic/2-two/", 500, 0))
    site.forget()

    done = desk.later(2 * HOUR)

    assert (done.new, done.revised) == (0, 1)
    assert [comment.text for comment in desk.article("One").comments] == ["A new reply."]
    assert site.count("/topic/1-one/") == 1
    assert site.count("/topic/2-two/") == 0


def test_a_topic_is_read_over_all_its_pages(site: FakeSite, desk: Watcher) -> None:
    show_pages(site, 4)
    site.page("/topic/2-two/", topic("Two", [(21, "Another first post.", OLD)]))
    show_board(site, ("/topic/1-one/", 1, 11), ("/topic/2-two/", 500, 0))

    desk.poll()

    texts = [comment.text for comment in desk.article("One").comments]
    assert texts == [f"Post number {n} of the topic." for n in range(2, 13)]


def test_of_a_long_topic_only_its_end_is_read_again(site: FakeSite, desk: Watcher) -> None:
    show_pages(site, 6)
    site.page("/topic/2-two/", topic("Two", [(21, "Another first post.", OLD)]))
    show_board(site, ("/topic/1-one/", 1, 17), ("/topic/2-two/", 500, 0))
    desk.poll()
    show_pages(site, 7)
    show_board(site, ("/topic/1-one/", -1, 20), ("/topic/2-two/", 500, 0))
    site.forget()

    desk.later(2 * HOUR)

    texts = [comment.text for comment in desk.article("One").comments]
    assert texts == [f"Post number {n} of the topic." for n in range(2, 22)]
    read = [asked.path for asked in site.requests if asked.path.startswith("/topic/1")]
    assert read == ["/topic/1-one/", "/topic/1-one/page/7/", "/topic/1-one/page/6/"]


def test_a_page_beyond_the_end_that_leads_back_ends_the_topic(site: FakeSite, desk: Watcher) -> None:
    posts = [(n, f"Post number {n} of the topic.", OLD) for n in range(1, 4)]
    site.page("/topic/1-one/", topic("One", posts, pages=pager(1, 2)))
    site.redirect("/topic/1-one/page/2/", "/topic/1-one/")
    site.page("/topic/2-two/", topic("Two", [(21, "Another first post.", OLD)]))
    show_board(site, ("/topic/1-one/", 1, 2), ("/topic/2-two/", 500, 0))

    desk.poll()

    assert len(desk.article("One").comments) == 2
    assert site.count("/topic/1-one/page/2/") == 1


def test_a_single_topic_is_followed(site: FakeSite, tmp_path: Path) -> None:
    posts = [(11, "The first post is here.", OLD)]
    site.page("/topic/1-one/", topic("One", posts))
    with watching(tmp_path, {"site": "invision", "topics": [site.url + "/topic/1-one/"]}) as desk:
        first = desk.poll()
        same = desk.later()
        site.page("/topic/1-one/", topic("One", [*posts, (12, "A new reply.", NOW)]))
        third = desk.later()

        assert (first.stored, same.revised, third.revised) == (1, 0, 1)
        assert len(desk.article("One").comments) == 1


def test_a_board_whose_clock_is_ahead_does_not_make_us_read_at_every_look(
    site: FakeSite, desk: Watcher
) -> None:
    site.page("/topic/1-one/", topic("One", [(11, "The first post is here.", OLD)]))
    site.page("/topic/2-two/", topic("Two", [(21, "Another first post.", OLD)]))
    show_board(site, ("/topic/1-one/", -7, 0), ("/topic/2-two/", 500, 0))
    desk.poll()
    site.forget()

    for number in range(4):
        show_board(site, ("/topic/1-one/", -7, 0), ("/topic/2-two/", 500 + number, 0))
        desk.later()

    assert site.count("/topic/1-one/") == 0
    show_board(site, ("/topic/1-one/", -7, 0), ("/topic/2-two/", 499, 0))
    desk.later(HOUR)
    assert site.count("/topic/1-one/") == 1


def test_a_reply_deleted_in_the_middle_is_noticed_and_stays_in_the_record(
    site: FakeSite, tmp_path: Path
) -> None:
    posts = [(n, f"Post number {n} of the topic.", OLD) for n in range(11, 15)]
    site.page("/topic/1-one/", topic("One", posts))
    with watching(tmp_path, {"site": "invision", "topics": [site.url + "/topic/1-one/"]}) as desk:
        desk.poll()
        site.page("/topic/1-one/", topic("One", [posts[0], posts[1], posts[3], (15, "A new reply.", NOW)]))

        done = desk.later()

        article = desk.article("One")
        assert done.revised == 1
        assert [comment.id for comment in article.comments] == ["12", "14", "15"]
        assert article.provenance["deleted"] == [{"id": "13", "author": "tester13"}]
        with desk.app.store.read() as tx:
            first, *_ = tx.articles.versions(desk.rows["One"].key)
            before = tx.articles.version(desk.rows["One"].key, first.version)
        assert before is not None
        assert "Post number 13 of the topic." in [comment.text for comment in before.comments]


def test_a_reply_deleted_on_a_page_between_is_noticed_when_the_board_counts_fewer(
    site: FakeSite, desk: Watcher
) -> None:
    show_pages(site, 4)
    site.page("/topic/2-two/", topic("Two", [(21, "Another first post.", OLD)]))
    show_board(site, ("/topic/1-one/", 1, 11), ("/topic/2-two/", 500, 0))
    desk.poll()
    site.page(
        "/topic/1-one/page/2/",
        topic(
            "One",
            [(4, "Post number 4 of the topic.", OLD), (6, "Post number 6 of the topic.", OLD)],
            pages=pager(2, 4),
        ),
    )
    show_board(site, ("/topic/1-one/", 1, 10), ("/topic/2-two/", 500, 0))

    desk.later(2 * DAY)

    article = desk.article("One")
    assert [comment.id for comment in article.comments] == ["2", "3", "4", *map(str, range(6, 13))]
    assert article.provenance["deleted"] == [{"id": "5", "author": "tester5"}]


def test_a_page_that_cannot_be_had_deletes_no_replies(site: FakeSite, desk: Watcher) -> None:
    show_pages(site, 4)
    site.page("/topic/2-two/", topic("Two", [(21, "Another first post.", OLD)]))
    show_board(site, ("/topic/1-one/", 1, 11), ("/topic/2-two/", 500, 0))
    desk.poll()
    site.status("/topic/1-one/page/3/", 404)
    show_board(site, ("/topic/1-one/", 1, 10), ("/topic/2-two/", 500, 0))

    desk.later(2 * DAY)

    article = desk.article("One")
    assert [comment.id for comment in article.comments] == [str(n) for n in range(2, 13)]
    assert "deleted" not in article.provenance


def discourse_post(number: int) -> dict[str, object]:
    return {
        "id": 900 + number,
        "post_number": number,
        "post_type": 1,
        "username": f"member{number}",
        "created_at": "2024-05-01T10:00:00.000Z",
        "updated_at": "2024-05-01T10:00:00.000Z",
        "cooked": f"<p>Post number {number} of the topic.</p>",
        "topic_slug": "long-topic",
    }


def show_discourse(site: FakeSite, count: int, *, first: int = 20) -> None:
    """A topic whose first answer holds some posts and numbers all; the rest is asked for by number."""
    numbers = [900 + n for n in range(1, count + 1)]
    shown = [discourse_post(n) for n in range(1, min(first, count) + 1)]
    stream = {"stream": numbers, "posts": shown}
    value = {"title": "Long topic", "id": 77, "slug": "long-topic", "post_stream": stream}
    site.page("/t/77.json", json.dumps(value), content_type="application/json")
    for start in range(first, count, 50):
        chunk = range(start + 1, min(start + 50, count) + 1)
        query = "&".join(f"post_ids[]={900 + n}" for n in chunk)
        more = {"post_stream": {"posts": [discourse_post(n) for n in chunk]}, "id": 77}
        for path in (f"/t/77/posts.json?{query}", f"/t/77/posts.json?{quote(query, safe='=&')}"):
            site.page(path, json.dumps(more), content_type="application/json")


def test_the_rest_of_a_long_discourse_topic_is_asked_for_by_number(site: FakeSite, tmp_path: Path) -> None:
    show_discourse(site, 130)
    with watching(tmp_path, {"site": "discourse", "topics": [site.url + "/t/77.json"]}) as desk:
        desk.poll()
        texts = [comment.text for comment in desk.article("Long topic").comments]
        assert texts == [f"Post number {n} of the topic." for n in range(2, 131)]
        assert sum("posts.json" in asked.path for asked in site.requests) == 3

        show_discourse(site, 131)
        site.forget()
        desk.later(2 * HOUR)

        assert len(desk.article("Long topic").comments) == 130
        assert sum("posts.json" in asked.path for asked in site.requests) == 1
