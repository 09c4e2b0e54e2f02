"""Skins, add-ons, languages and faults of markup change a topic's page; its posts still come out, each with its author."""

from __future__ import annotations

from datetime import datetime
from random import Random
from typing import NamedTuple

import pytest

from crawler.sites import parse_page
from state.article import Article
from state.errors import LayoutError
from tests.crawler.sites.pages import html, page
from tests.crawler.sites.skins import TREE_CHANGES, changed, no_ids, renamed_classes, unclosed
from tests.crawler.sites.test_golden import GOLDEN, PAGES

FORUMS = ("discourse", "invision", "ipboard", "phpbb", "vbulletin", "xenforo")
TOPICS = [path.name for path in PAGES if path.name.startswith(FORUMS) and path.suffix == ".html"]
URL = "https://forum.example/viewtopic.php?t=167"


class Told(NamedTuple):
    """What a record tells of a post."""

    author: str | None
    posted_at: datetime | None
    words: list[str]


def posts_of(article: Article) -> list[Told]:
    replies = [Told(reply.author, reply.posted_at, reply.text.split()) for reply in article.comments]
    if not article.sections and not article.quoted:
        return replies
    author = article.byline[0] if article.byline else None
    return [Told(author, article.published_at, " ".join(article.paragraphs).split()), *replies]


def read(markup: bytes | str) -> list[Told]:
    return posts_of(parse_page(page(markup, URL)))


def read_or_fail(markup: str) -> list[Told]:
    """Return no posts where the page is refused as unreadable: the operator hears of that."""
    try:
        return read(markup)
    except LayoutError:
        return []


def holds(words: list[str], wanted: list[str]) -> bool:
    """Tell whether words hold others in their order: a quotation without its classes stays in the text."""
    left = iter(words)
    return all(word in left for word in wanted)


def match(post: Told, found: list[Told]) -> Told | None:
    fitting = [other for other in found if holds(other.words, post.words)]
    return min(fitting, key=lambda other: len(other.words), default=None)


@pytest.mark.parametrize("change", TREE_CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("name", TOPICS)
def test_one_change_loses_no_post_no_author_and_no_time(name: str, change: object) -> None:
    markup = (GOLDEN / name).read_bytes()
    wanted = read(markup)
    found = read(changed(markup, (change,), seed=7))  # type: ignore[arg-type]
    assert len(found) == len(wanted) or change is no_ids
    for post in wanted:
        other = match(post, found)
        assert other is not None, post
        assert post.author in (None, other.author)
        assert post.posted_at in (None, other.posted_at)


def test_of_many_changes_at_once_no_two_posts_in_a_hundred_are_lost() -> None:
    random = Random(20261122)
    wanted = lost = unnamed = undated = 0
    for name in TOPICS:
        markup = (GOLDEN / name).read_bytes()
        posts = read(markup)
        for _ in range(12):
            changes = tuple(random.sample(TREE_CHANGES, random.choice((2, 2, 3))))
            found = read_or_fail(changed(markup, changes, seed=random.randrange(1000)))
            wanted += len(posts)
            others = [(post, match(post, found)) for post in posts]
            lost += sum(other is None for _, other in others)
            unnamed += sum(other is not None and post.author != other.author for post, other in others)
            undated += sum(other is not None and post.posted_at != other.posted_at for post, other in others)
    assert wanted > 400, (lost, unnamed, undated)
    assert lost <= 0.02 * wanted
    assert unnamed <= 0.02 * wanted
    assert undated <= 0.02 * wanted


@pytest.mark.parametrize("name", TOPICS)
def test_tags_that_nobody_closed_merge_no_posts(name: str) -> None:
    """Where the end of a quotation is missing, nobody can tell where it ends; the posts stay apart all the same."""
    markup = (GOLDEN / name).read_text(encoding="utf-8")
    wanted = read(markup)
    found = [read(unclosed(markup, Random(seed))) for seed in range(8)]
    assert {len(posts) for posts in found} == {len(wanted)}
    authors = [post.author for post in wanted]
    assert sum([post.author for post in posts] == authors for posts in found) >= 7


def test_a_page_read_by_its_structure_says_so_and_by_what() -> None:
    markup = (GOLDEN / "phpbb3-topic.html").read_bytes()
    article = parse_page(page(changed(markup, (renamed_classes,), seed=1), URL))
    assert article.provenance["parser"] == "structure"
    assert {"times", "numbers"} <= set(article.provenance["cues"])


def test_a_layout_that_found_less_than_the_structure_is_named() -> None:
    markup = (GOLDEN / "invision5-topic.html").read_text(encoding="utf-8")
    article = parse_page(
        page(markup.replace('id="elComment_9102" class="ipsEntry', 'id="reply_9102" class="custom'), URL)
    )
    assert [reply.author for reply in article.comments] == ["ebb"]
    assert article.provenance["less"] == "invision 4"


def test_a_newspapers_story_with_comments_at_an_address_like_a_topics_is_no_topic() -> None:
    words = (
        "The council of the valley met on Monday and heard the report of its treasurer about the new bridge. "
    )
    comments = "".join(
        f'<div class="reader"><a href="/users/u{n}">reader{n}</a> <time datetime="2024-05-01T1{n}:00:00Z">x</time>'
        f"<p>My view of the bridge, number {n}, at some length.</p></div>"
        for n in range(4)
    )
    head = '<meta property="og:type" content="article"><title>Bridge report heard</title>'
    body = f"<article><h1>Bridge report heard</h1>{f'<p>{words}</p>' * 6}</article><div>{comments}</div>"
    article = parse_page(page(html(body, head), "https://news.example/topic/77-bridge/"))
    assert article.provenance["parser"] == "generic"
    assert article.paragraphs[0].startswith("The council")
