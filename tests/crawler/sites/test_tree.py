from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.sites.blocks import blocks, joined, line, sections
from crawler.sites.select import Index, PostIndex, Posts
from crawler.sites.tree import (
    document_of,
    drop,
    flattened,
    is_web,
    parse,
    read_document,
    text_length,
    visible_length,
)
from state.errors import NotArticleError
from tests.crawler.sites.pages import html, page


def root_of(markup: str):  # type: ignore[no-untyped-def]
    root, _ = parse(markup)
    assert root is not None
    return root


def test_inline_tags_join_without_a_separator_and_blocks_break() -> None:
    root = root_of(
        "<p>今年<span>1</span><span>月</span></p><p>wo<abbr>rk</abbr>s<br>next<br><br>after</p>loose<div>end</div>"
    )
    assert [block.text for block in blocks(root)] == ["今年1月", "works", "next", "after", "loose", "end"]


def test_a_comment_keeps_line_breaks_and_paragraphs() -> None:
    assert joined(blocks(root_of("<p>one<br>two</p><p>three<br><br>four</p>"))) == "one\ntwo\n\nthree\n\nfour"


def test_text_around_a_dropped_block_is_not_glued() -> None:
    root = root_of("<div>before<blockquote>quoted</blockquote>after</div>")
    found = blocks(root, lambda element: "drop" if element.tag == "blockquote" else None)
    assert [block.text for block in found] == ["before", "after"]


def test_scripts_and_comments_are_no_text() -> None:
    root = root_of("<p>a<script>var x='<p>no</p>'</script><!-- no -->b<style>p{}</style></p>")
    assert line(root) == "ab"


def test_headings_open_sections() -> None:
    root = root_of("<p>lead</p><h2>Head</h2><p>under</p><h2>Last</h2>")
    found = sections(blocks(root, lambda element: "heading" if element.tag == "h2" else None))
    assert [(part.heading, part.paragraphs) for part in found] == [
        (None, ("lead",)),
        ("Head", ("under",)),
        ("Last", ()),
    ]


@pytest.mark.parametrize("tag", ["div", "font", "span", "blockquote", "b", "table"])
def test_text_nested_deeper_than_the_parser_goes_is_kept_and_the_page_marked(tag: str) -> None:
    markup = html(f"<p>first</p>{f'<{tag}>' * 5000}<p>deep words</p>{f'</{tag}>' * 5000}<p>after all</p>")
    document = read_document(page(markup))
    words = line(document.root)
    assert "deep words" in words
    assert "after all" in words
    assert "nested deeper" in document.truncated


def test_an_ordinary_page_is_not_marked() -> None:
    assert read_document(page(html("<div>" * 60 + "words" + "</div>" * 60))).truncated == ""


def test_flattening_leaves_shallow_markup_alone() -> None:
    markup = b"<html><body><div><p>a<br>b</p><script>if (a<b) {}</script></div></body></html>"
    assert flattened(markup) == markup


@pytest.mark.parametrize("body", [b"", b"   ", b"<!-- only a comment -->"])
def test_an_empty_page_is_named(body: bytes) -> None:
    with pytest.raises(NotArticleError, match="empty"):
        read_document(page(body))


def test_a_body_cut_at_the_limit_is_marked() -> None:
    assert "size limit" in read_document(page(html("words"), truncated=True)).truncated


def test_null_bytes_and_declarations_do_no_harm() -> None:
    assert line(read_document(page(b'<?xml version="1.0" encoding="utf-8"?><p>a\0b</p>')).root) == "ab"


@given(st.lists(st.sampled_from([" ", "\n\n", "<p>", "a word ", "<script>x y</script>", "</div>", "<div> "])))
def test_a_page_shows_no_more_than_the_text_it_has(parts: list[str]) -> None:
    root = root_of(html("".join(parts)))
    assert visible_length(root) <= text_length(root)


def test_what_is_made_once_of_a_page_is_made_anew_after_a_cut_only_where_it_must() -> None:
    document = document_of(html('<p class="a">1</p><p class="a">2</p>').encode(), url="")
    made = [document.once("number", lambda: 1), document.once("number", lambda: 2)]
    assert made == [1, 1]
    assert [line(element) for element in document.select("p.a")] == ["1", "2"]
    document.cut(document.select("p.a")[:1])
    assert [line(element) for element in document.select("p.a")] == ["2"]
    assert document.once("number", lambda: 3) == 1


def test_visible_text_leaves_scripts_out() -> None:
    assert visible_length(root_of(html("<script>xxxxxxxxxx</script><p>four</p><style>yyyy</style>"))) == 4


def test_dropping_keeps_the_text_behind() -> None:
    root = root_of("<p>a<i>b</i>c<i>d</i>e</p>")
    drop(root.iter("i"))
    assert line(root) == "ace"


@pytest.mark.parametrize(
    ("selector", "found"),
    [
        (".a", ["1", "3"]),
        ("p.a", ["1"]),
        ("#two", ["2"]),
        (".box .a", ["3"]),
        (".box i", ["3"]),
        ("[data-x]", ["1", "2"]),
        ("[data-x=q]", ["2"]),
        ("[data-x^=p]", ["1"]),
        ("[data-x*=q]", ["1", "2"]),
        (".none, #two, .a", ["2", "1", "3"]),
        ("div.box.tall", ["23"]),
    ],
)
def test_selectors_find_what_css_would(selector: str, found: list[str]) -> None:
    index = Index(
        root_of(
            '<p class="a b" data-x="pq">1</p><div class="box tall"><p id="two" data-x="q">2</p><i class="a">3</i></div>'
        )
    )
    assert [line(element) for element in index.select(selector)] == [
        text if text != "23" else "2 3" for text in found
    ]


def test_every_element_of_an_id_is_found_and_an_unknown_id_none() -> None:
    index = Index(root_of('<p id="x">1</p><div id="x">2</div><p id="xy">3</p>'))
    assert [line(element) for element in index.select("#x")] == ["1", "2"]
    assert [line(element) for element in index.select("[id^=x]")] == ["1", "2", "3"]
    assert index.select("#z") == []


def test_a_class_whose_letters_stand_in_another_is_not_that_class() -> None:
    index = Index(root_of('<p class="post-body">1</p><p class="body big">2</p>'))
    assert [line(element) for element in index.select(".body")] == ["2"]
    assert [line(element) for element in index.select("p.body.big")] == ["2"]


def test_a_selector_with_a_mistake_is_refused() -> None:
    with pytest.raises(ValueError, match="no selector"):
        Index(root_of("<p>x</p>")).select("p > a")


def test_an_element_belongs_to_the_nearest_post_above_it() -> None:
    root = root_of(
        '<div id="1" class="post"><b class="w">a</b><div id="2" class="post"><b class="w">b</b></div><i>c</i></div>'
    )
    page_index = Index(root)
    posts = Posts(page_index, page_index.select(".post"))
    outer, inner = (PostIndex(posts, post) for post in page_index.select("div.post"))
    assert [line(element) for element in outer.select(".w")] == ["a"]
    assert [line(element) for element in inner.select(".w")] == ["b"]
    assert [line(element) for element in outer.select("b")] == ["a"]
    assert [line(element) for element in outer.select("i")] == ["c"]


@pytest.mark.parametrize(
    "url", ["", "x", "ftp://a/b", "http://[::1", "javascript:alert(1)", "file:///etc/passwd"]
)
def test_only_web_addresses_are_addresses(url: str) -> None:
    assert not is_web(url)
