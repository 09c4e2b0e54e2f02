"""The way from a page of a list to the one before it in time."""

import pytest
from lxml.html import document_fromstring

from crawler.discover.pager import older_page

SITE = "https://news.example"


def older(body: str, path: str) -> str | None:
    found = older_page(document_fromstring(f"<html><body>{body}</body></html>"), SITE + path)
    return found.removeprefix(SITE) if found else None


def links(*pairs: tuple[str, str]) -> str:
    return "".join(f'<a href="{href}">{text}</a>' for href, text in pairs)


@pytest.mark.parametrize(
    ("body", "path", "expected"),
    [
        ('<link rel="next" href="/list/page/2/">', "/list/", "/list/page/2/"),
        (
            '<ul class="pagination"><li class="next"><a href="/english/story_archive?b_start:int=15&year=2021">Next</a></li></ul>',
            "/english/story_archive?year=2021",
            "/english/story_archive?b_start:int=15&year=2021",
        ),
        ('<li class="ipsPagination_next"><a href="/forum/3-x/page/2/">Next</a></li>', "/forum/3-x/", "/forum/3-x/page/2/"),
        ('<a class="pageNav-jump pageNav-jump--next" href="/forums/x.3/page-3">Next</a>', "/forums/x.3/page-2", "/forums/x.3/page-3"),
        ('<li class="arrow next"><a href="./viewforum.php?f=4&start=25">Next</a></li>', "/viewforum.php?f=4", "/viewforum.php?f=4&start=25"),
        ('<span class="prev_next"><a rel="next" href="forumdisplay.php?4-x/page2">x</a></span>', "/forumdisplay.php?4-x", "/forumdisplay.php?4-x/page2"),
        ('<p class="btn--load-more"><a class="link-showMore btn" href="/z/599?p=1">Load more</a></p>', "/z/599", "/z/599?p=1"),
        ('<div class="nav-previous"><a href="/page/2/">Older posts</a></div>', "/", "/page/2/"),
        ('<button data-next-url="/news?offset=20">More</button>', "/news", "/news?offset=20"),
        ('<li class="pager__item--next"><a href="?page=1">x</a></li>', "/news", "/news?page=1"),
    ],
)  # fmt: skip
def test_the_marks_of_known_engines_are_followed(body: str, path: str, expected: str) -> None:
    assert older(body, path) == expected


@pytest.mark.parametrize(
    ("pairs", "path", "expected"),
    [
        ([("/news?page=2", "2"), ("/news?page=3", "3")], "/news", "/news?page=2"),
        ([("/news?page=1", "2"), ("/news?page=2", "3")], "/news", "/news?page=1"),
        ([("/news?page=1", "1"), ("/news?page=2", "»"), ("/news?page=9", "last")], "/news", "/news?page=2"),
        (
            [("/news?page=1", "1"), ("/news?page=3", "3"), ("/news?page=5", "5")],
            "/news?page=2",
            "/news?page=3",
        ),
        (
            [("/list?b_start%3Aint=30", "3"), ("/list?b_start%3Aint=15", "2")],
            "/list",
            "/list?b_start%3Aint=15",
        ),
        ([("/k/page/4/", "4"), ("/k/page/2/", "2")], "/k/page/3/", "/k/page/4/"),
        ([("/news?cat=7&page=2", "2")], "/news?cat=6", None),
        ([("/news?page=1", "1"), ("/news?page=2", "2")], "/news?page=2", None),
        ([("https://other.example/news?page=2", "2")], "/news", None),
    ],
)
def test_pages_are_counted_on_by_the_least_step(
    pairs: list[tuple[str, str]], path: str, expected: str | None
) -> None:
    assert older(links(*pairs), path) == expected


@pytest.mark.parametrize("word", ["Older posts »", "下一页", "Trang sau", "បន្ទាប់", "Load more"])
def test_a_link_that_says_so_leads_on(word: str) -> None:
    assert older(links(("/news/archive?page=2", word)), "/news") == "/news/archive?page=2"


def test_the_next_article_is_not_the_next_page() -> None:
    assert older(links(("/news/council-votes-on-merger", "Next")), "/news") is None
