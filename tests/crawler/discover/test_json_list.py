"""Lists of articles that content systems answer in JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler.discover.feed import read
from crawler.discover.reading import Reading
from crawler.documents import read_articles
from state.errors import DiscoverError

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
POSTS = "https://news.example/wp-json/wp/v2/posts"
ARC = "https://www.rfa.org/pf/api/v3/content/fetch/story-feed-query"
A = "The council heard a long report on Monday about the bridge over the river."


def post(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "date": "2026-11-20T17:00:00",
        "date_gmt": "2026-11-20T10:00:00",
        "modified_gmt": "2026-11-20T11:30:00",
        "link": f"https://news.example/2026/11/story-{number}/",
        "title": {"rendered": "Rivers &#8217;round the <em>bridge</em>"},
        "content": {"rendered": f"<p>{A}</p>\n<h2>Who pays</h2>\n<p>{A}</p>", "protected": False},
        "excerpt": {"rendered": "<p>The bridge.</p>"},
        "_embedded": {"author": [{"name": "Ann Example"}]},
    }


def story(number: int) -> dict[str, Any]:
    return {
        "type": "story",
        "headlines": {"basic": f"Bridge report {number}"},
        "description": {"basic": "The bridge."},
        "website_url": f"/english/news/2026/11/20/bridge-{number}/",
        "display_date": "2026-11-20T10:00:00Z",
        "publish_date": "2026-11-21T10:00:00Z",
        "last_updated_date": "2026-11-20T11:30:00.123Z",
        "credits": {"by": [{"name": "Ann Example"}]},
        "content_elements": [{"type": "text", "content": A}],
    }


def listed(value: Any, url: str) -> Reading:
    return read(json.dumps(value).encode(), base_url=url, headers={}, source="s", channel=url, now=NOW)


def test_wordpress_posts_are_items_with_body_author_and_their_times_in_utc() -> None:
    reading = listed([post(n) for n in range(10)], POSTS)
    first = reading.candidates[0]
    assert len(reading.candidates) == 10
    assert (first.url, first.title, first.author) == (
        "https://news.example/2026/11/story-0/",
        "Rivers ’round the bridge",
        "Ann Example",
    )
    assert first.published_at == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert first.modified_at == datetime(2026, 11, 20, 11, 30, tzinfo=UTC)
    assert first.body is not None
    assert "<h2>Who pays</h2>" in first.body
    assert reading.older == f"{POSTS}?page=2"


def test_a_page_of_fewer_posts_than_were_asked_for_is_the_last() -> None:
    assert listed([post(1)], f"{POSTS}?per_page=50&page=3").older is None
    assert (
        listed([post(n) for n in range(2)], f"{POSTS}?per_page=2&page=3").older
        == f"{POSTS}?per_page=2&page=4"
    )


def test_a_post_behind_a_password_has_no_body() -> None:
    closed = {**post(1), "content": {"rendered": "<p>Enter the password.</p>", "protected": True}}
    assert listed([closed], POSTS).candidates[0].body is None


def test_arc_stories_are_items_and_the_next_offset_goes_into_the_query() -> None:
    address = f'{ARC}?query={{"offset":0,"size":20}}&_website=rfa-khmer'
    reading = listed({"content_elements": [story(1), story(2)], "count": 40, "next": 20}, address)
    first = reading.candidates[0]
    assert first.url == "https://www.rfa.org/english/news/2026/11/20/bridge-1/"
    assert (first.title, first.author) == ("Bridge report 1", "Ann Example")
    assert first.published_at == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert first.body == f"<p>{A}</p>"
    query = parse_qs(urlsplit(reading.older or "").query)
    assert json.loads(query["query"][0]) == {"offset": 20, "size": 20}
    assert query["_website"] == ["rfa-khmer"]


def test_an_offset_that_does_not_grow_leads_nowhere() -> None:
    address = f'{ARC}?query={{"offset":40}}'
    assert listed({"content_elements": [story(1)], "next": 40}, address).older is None


@pytest.mark.parametrize(
    "value", [[], [1, "two"], [{"title": "a"}], {"content_elements": []}, {"code": "rest_no_route"}]
)
def test_json_of_another_kind_is_no_list(value: Any) -> None:
    with pytest.raises(DiscoverError):
        listed(value, POSTS)


def test_saved_lists_are_read_as_articles() -> None:
    posts = read_articles("posts.json", json.dumps([post(1), post(2)]).encode())
    assert [article.title for article in posts] == ["Rivers ’round the bridge"] * 2
    assert posts[0].sections[1].heading == "Who pays"
    stories = read_articles(
        "stories.json", json.dumps({"content_elements": [story(1), story(2)], "count": 2}).encode()
    )
    assert [article.title for article in stories] == ["Bridge report 1", "Bridge report 2"]
