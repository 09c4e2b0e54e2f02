"""Real pages, where they are at hand."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.sites import parse_page
from state.article import Article, content_hash
from state.identity import article_key
from state.text import dump
from tests.crawler.sites.pages import page

REAL_PAGES = Path(os.environ.get("TOCSIN_REAL_PAGES") or Path(__file__).parents[2] / "pages" / "real")


def real(name: str) -> Article:
    return parse_page(page((REAL_PAGES / name).read_bytes(), content_type=""))


def test_the_voa_article_is_read_whole() -> None:
    article = real("voa-article-2024.html")
    assert len(article.paragraphs) == 26
    assert article.dateline == "AUBURN, Wash. —"
    assert len(article.captions) == 3
    assert article.byline == ("Associated Press",)
    assert article.published_at == article.modified_at == datetime(2024, 4, 28, 7, tzinfo=UTC)
    assert article.key == "voa:7585813"


def test_the_arc_article_says_the_same_as_html_and_as_json() -> None:
    markup = (REAL_PAGES / "arc-article-2025.html").read_text(encoding="utf-8")
    article = parse_page(page(markup))
    assert len(article.paragraphs) == 31
    start, end = markup.index('<article class="b-article-body">'), markup.index("</article>")
    lazy = parse_page(page(markup[:start] + '<article class="b-article-body">' + markup[end:]))
    assert lazy.provenance["body"] == "embedded"
    assert content_hash(lazy) == content_hash(article)
    story = json.JSONDecoder().raw_decode(markup, markup.index("globalContent=") + len("globalContent="))[0]
    assert content_hash(parse_page(page(json.dumps(story), content_type="application/json"))) == content_hash(
        article
    )


@pytest.mark.parametrize(
    ("name", "posts", "parser"),
    [
        ("forum-xenforo.html", 18, "xenforo 2"),
        ("forum-vbulletin.html", 20, "vbulletin 4"),
        ("forum-phpbb.html", 1, "phpbb 3 prosilver"),
    ],
)
def test_every_post_of_a_real_topic_is_a_record(name: str, posts: int, parser: str) -> None:
    article = real(name)
    assert article.provenance["parser"] == parser
    assert 1 + len(article.comments) == posts
    assert article.byline
    assert article.published_at is not None
    assert all(comment.author and comment.posted_at and comment.id for comment in article.comments)
    assert len({comment.text for comment in article.comments}) == posts - 1
    assert "drift" not in article.provenance


def test_cms_records_in_five_languages_are_read() -> None:
    records = json.loads((REAL_PAGES / "rfa-cms-records.json").read_text(encoding="utf-8"))
    articles = [parse_page(page(json.dumps(record), content_type="application/json")) for record in records]
    assert [article.language for article in articles] == ["zh-Hans", "zh-Hans", "en", "my", "lo"]
    assert all(article.key and article.key.startswith("rfa:") for article in articles)
    assert [article.published_at is not None for article in articles] == [True] * 5


@pytest.mark.parametrize("name", ["voa-article-2024.html", "arc-article-2025.html", "forum-phpbb.html"])
def test_a_real_page_prints_and_reads_back(name: str) -> None:
    assert dump(real(name)).lost == ()


def test_addresses_of_one_story_under_several_sections_have_one_key() -> None:
    urls = (REAL_PAGES / "rfa-english-urls.txt").read_text(encoding="utf-8").split()
    stamped = [url for url in urls if url.endswith(".html") and url.rsplit("-", 1)[-1][:14].isdigit()]
    keys = {article_key(url) for url in stamped}
    assert all(key.startswith("rfa:") for key in keys)
    assert len(keys) == len({url.rsplit("/", 1)[-1] for url in stamped})
