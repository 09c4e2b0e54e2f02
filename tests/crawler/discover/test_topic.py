"""A topic over several answers: what is read next, and how much at most."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from crawler.discover.discourse import further_posts
from crawler.discover.topic import TopicReader
from crawler.sites import read_topic_page
from state.article import Article, Comment, Section
from state.records import Page

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def answer(
    value: object, url: str = "https://talk.example/t/long/77.json", kind: str = "application/json"
) -> Page:
    body = value if isinstance(value, str) else json.dumps(value)
    return Page(url=url, status=200, headers={"content-type": kind}, body=body.encode(), fetched_at=NOW)


def topic_of(count: int) -> dict[str, object]:
    posts = [
        {
            "id": n,
            "post_number": n,
            "username": f"u{n}",
            "created_at": "2024-05-01T10:00:00Z",
            "cooked": f"<p>words {n}</p>",
        }
        for n in range(1, 21)
    ]
    return {"id": 77, "title": "Long", "post_stream": {"posts": posts, "stream": list(range(1, count + 1))}}


def test_further_posts_are_asked_for_fifty_at_a_time() -> None:
    first, second = further_posts(answer(topic_of(120)))
    assert first.startswith("https://talk.example/t/77/posts.json?post_ids[]=21&post_ids[]=22&")
    assert first.endswith("post_ids[]=70")
    assert second.endswith("post_ids[]=120")


def test_a_board_in_a_folder_keeps_its_folder() -> None:
    [address] = further_posts(answer(topic_of(21), "https://www.example.org/forum/t/long/77.json?print=true"))
    assert address == "https://www.example.org/forum/t/77/posts.json?post_ids[]=21"


@pytest.mark.parametrize(
    "value",
    [
        topic_of(20),
        {"id": "77", "title": "x", "post_stream": {"stream": [1], "posts": []}},
        {"id": 77, "title": "x", "post_stream": {"stream": {"a": 1}, "posts": 7}},
        {"id": 77, "title": "x", "post_stream": {"stream": ["1", None, {}], "posts": [None, 3]}},
        [1, 2],
        "<html><body>no topic</body></html>",
        "{ broken",
    ],
)
def test_what_numbers_no_further_posts_leads_nowhere(value: object) -> None:
    assert further_posts(answer(value)) == []


def test_of_a_hundred_thousand_posts_the_newest_are_read_within_bounds() -> None:
    reader = TopicReader(read_topic_page)
    page = answer(topic_of(100_000))
    addresses = []
    following = reader.next_url([page])
    while following is not None:
        addresses.append(following)
        numbers = [int(part.partition("=")[2]) for part in following.partition("?")[2].split("&")]
        posts = [{"id": n, "post_number": n, "username": "u", "cooked": f"<p>words {n}</p>"} for n in numbers]
        following = reader.next_url([answer({"post_stream": {"posts": posts}}, following)])
    assert len(addresses) == 39
    assert addresses[-1].endswith("post_ids[]=100000")
    assert reader.article().comments[-1].text == "words 100000"
    assert reader.article().title == "Long"
    assert "has many more" in reader.article().provenance["truncated"]


def read_pages(count: int) -> tuple[int, Article]:
    """Read a topic of so many pages, one reply on each; return how many were read, and the topic."""

    def one(page: Page) -> tuple[Article, str | None]:
        number = int(page.url.rpartition("=")[2])
        reply = Comment(id=str(number), author="u", text=f"words {number}")
        told = {"posts": 1 + (number == 1), "opening": "0"}
        body = (Section(None, ("first",)),) if number == 1 else ()
        following = f"https://b.example/t?page={number + 1}" if number < count else None
        return Article(title="T", sections=body, comments=(reply,), provenance=told), following

    reader = TopicReader(one)
    following: str | None = "https://b.example/t?page=1"
    read = 0
    while following is not None:
        read += 1
        following = reader.next_url([answer("<html><body>x</body></html>", following, "text/html")])
    return read, reader.article()


def test_a_topic_of_ninety_pages_is_read_whole() -> None:
    read, article = read_pages(90)
    assert (read, len(article.comments)) == (90, 90)
    assert "truncated" not in article.provenance


def test_a_topic_without_end_is_read_within_bounds_and_says_where_it_goes_on() -> None:
    read, article = read_pages(5_000)
    assert read == 200
    assert (
        article.provenance["truncated"]
        == "200 pages of the topic were read; it goes on at https://b.example/t?page=201"
    )


def stored(*numbers: str, parser: str = "invision 4") -> Article:
    comments = tuple(Comment(id=n, author=f"u{n}", text=f"words {n}") for n in numbers)
    return Article(
        title="T", sections=(Section(None, ("first",)),), comments=comments, provenance={"parser": parser}
    )


def reading(known: Article, *shown: str) -> Article:
    """Read a topic of one page again that now shows these replies."""
    fresh = Article(
        title="T",
        sections=(Section(None, ("first",)),),
        comments=tuple(Comment(id=n, author=f"u{n}", text=f"words {n}") for n in shown),
        provenance={"posts": 1 + len(shown), "opening": "1"},
    )
    reader = TopicReader(lambda page: (fresh, None), known)
    assert (
        reader.next_url([answer("<html><body>x</body></html>", "https://b.example/topic/1-x/", "text/html")])
        is None
    )
    return reader.article()


def test_replies_that_left_a_page_are_named_and_those_beside_them_stay() -> None:
    article = reading(stored("2", "3", "4"), "2", "4", "5")
    assert [comment.id for comment in article.comments] == ["2", "4", "5"]
    assert article.provenance["deleted"] == [{"id": "3", "author": "u3"}]


def test_what_was_deleted_before_stays_named() -> None:
    once = reading(stored("2", "3", "4"), "2", "4")
    twice = reading(once, "2")
    assert [gone["id"] for gone in twice.provenance["deleted"]] == ["3", "4"]


def test_new_numbers_for_all_posts_delete_none() -> None:
    article = reading(stored("2", "3", "4", "5"), "a2", "a3", "a4", "a5")
    assert [comment.id for comment in article.comments] == ["a2", "a3", "a4", "a5"]
    assert "deleted" not in article.provenance
