"""Articles that only a page's own data hold: every editor's blocks, every framework's place for them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from crawler.sites import parse_page
from tests.crawler.sites.pages import html, page

A = "The council heard a long report on Monday about the bridge over the river, and several members asked questions."
B = "Engineers had told the town in May that two of the four pillars were no longer safe for heavy lorries at night."
C = "A decision is expected before the end of the year, according to the mayor, who spoke to reporters after the vote."
TITLE = "Bridge report heard in the valley"
HEAD = f'<meta property="og:title" content="{TITLE}">'

BLOCKS: dict[str, Any] = {
    "arc": [
        {"type": "text", "content": A},
        {"type": "header", "content": "Who pays", "level": 2},
        {"type": "text", "content": f"{B[:20]}<b>{B[20:30]}</b>{B[30:]}"},
        {"type": "raw_html", "content": "<div>An embed that is no text of the article.</div>"},
        {"type": "text", "content": C},
    ],
    "contentful": {
        "nodeType": "document",
        "content": [
            {"nodeType": "paragraph", "content": [{"nodeType": "text", "value": A}]},
            {"nodeType": "heading-2", "content": [{"nodeType": "text", "value": "Who pays"}]},
            {
                "nodeType": "paragraph",
                "content": [
                    {"nodeType": "text", "value": B[:20]},
                    {"nodeType": "hyperlink", "content": [{"nodeType": "text", "value": B[20:30]}]},
                    {"nodeType": "text", "value": B[30:]},
                ],
            },
            {"nodeType": "paragraph", "content": [{"nodeType": "text", "value": C}]},
        ],
    },
    "editor.js": {
        "blocks": [
            {"type": "paragraph", "data": {"text": A}},
            {"type": "header", "data": {"text": "Who pays", "level": 2}},
            {"type": "paragraph", "data": {"text": B}},
            {"type": "paragraph", "data": {"text": C}},
        ]
    },
    "gutenberg": [
        {"blockName": "core/paragraph", "innerHTML": f"<p>{A}</p>"},
        {"blockName": "core/heading", "innerHTML": "<h2>Who pays</h2>"},
        {"blockName": "core/paragraph", "innerHTML": f"<p>{B}</p>"},
        {"blockName": "core/paragraph", "innerHTML": f"<p>{C}</p>"},
    ],
    "portable text": [
        {"_type": "block", "style": "normal", "children": [{"_type": "span", "text": A}]},
        {"_type": "block", "style": "h2", "children": [{"_type": "span", "text": "Who pays"}]},
        {"_type": "block", "style": "normal", "children": [{"_type": "span", "text": B[:30]}, {"_type": "span", "text": B[30:]}]},
        {"_type": "block", "style": "normal", "children": [{"_type": "span", "text": C}]},
    ],
    "slate": [
        {"type": "paragraph", "children": [{"text": A}]},
        {"type": "heading", "children": [{"text": "Who pays"}]},
        {"type": "paragraph", "children": [{"text": B[:30]}, {"text": B[30:40], "bold": True}, {"text": B[40:]}]},
        {"type": "paragraph", "children": [{"text": C}]},
    ],
    "draft.js": {
        "blocks": [
            {"type": "unstyled", "text": A},
            {"type": "header-two", "text": "Who pays"},
            {"type": "unstyled", "text": B},
            {"type": "unstyled", "text": C},
        ]
    },
    "markup": f"<p>{A}</p><h2>Who pays</h2><p>{B[:20]}<i>{B[20:30]}</i>{B[30:]}</p><p>{C}</p>",
}  # fmt: skip


def next_page(story: dict[str, Any]) -> str:
    data = json.dumps({"props": {"pageProps": {"story": story}}})
    return html(
        f'<div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{data}</script>', HEAD
    )


@pytest.mark.parametrize("blocks", BLOCKS.values(), ids=BLOCKS.keys())
def test_paragraphs_and_sub_headings_of_every_editor_are_read(blocks: Any) -> None:
    article = parse_page(page(next_page({"headline": TITLE, "body": blocks})))
    assert [(part.heading, part.paragraphs) for part in article.sections] == [
        (None, (A,)),
        ("Who pays", (B, C)),
    ]
    assert article.provenance["body_from"] == "embedded data"


def test_authors_date_with_its_hour_subtitle_and_captions_are_read_too() -> None:
    picture = {
        "type": "image",
        "url": "https://news.example/a.jpg",
        "caption": "The bridge in May.",
        "credit": "Ann Example",
    }
    story = {
        "title": TITLE,
        "standfirst": "The treasurer says that it will cost twice as much.",
        "authors": [{"name": "Ann Example"}, {"displayName": "Bo Example"}],
        "publishedAt": "2017-11-06T09:30:00Z",
        "updatedAt": 1510048800000,
        "content": [{"type": "paragraph", "text": A}, picture, {"type": "paragraph", "text": B}],
    }  # fmt: skip
    article = parse_page(page(next_page(story)))
    assert article.byline == ("Ann Example", "Bo Example")
    assert article.published_at == datetime(2017, 11, 6, 9, 30, tzinfo=UTC)
    assert article.modified_at == datetime(2017, 11, 7, 10, 0, tzinfo=UTC)
    assert article.subtitle == "The treasurer says that it will cost twice as much."
    assert [(caption.text, caption.credit) for caption in article.captions] == [
        ("The bridge in May.", "Ann Example")
    ]
    assert article.paragraphs == (A, B)


def test_nuxts_list_of_parts_that_name_one_another_is_followed() -> None:
    flat = [
        {"state": 1},
        ["Reactive", 2],
        {"article": 3},
        {"title": 4, "body": 5, "publishedAt": 6, "author": 7, "self": 3},
        TITLE,
        f"<p>{A}</p><p>{B}</p>",
        ["Date", "2017-11-06T09:30:00.000Z"],
        {"name": 8},
        "Ann Example",
    ]
    body = f'<div id="__nuxt"></div><script type="application/json" id="__NUXT_DATA__">{json.dumps(flat)}</script>'
    article = parse_page(page(html(body, HEAD)))
    assert article.paragraphs == (A, B)
    assert article.byline == ("Ann Example",)
    assert article.published_at == datetime(2017, 11, 6, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "name", ["window.__INITIAL_STATE__", 'window["__PRELOADED_STATE__"]', "self.__DATA__"]
)
def test_states_that_scripts_assign_are_read(name: str) -> None:
    state = json.dumps({"page": {"article": {"title": TITLE, "content": f"<p>{A}</p><p>{B} }};</p>"}}})
    article = parse_page(
        page(html(f"<div id=app></div><script>var x=1;{name} = {state};start();</script>", HEAD))
    )
    assert article.paragraphs == (A, f"{B} }};")


def test_a_page_without_a_title_of_its_own_takes_that_of_its_data() -> None:
    data = json.dumps({"props": {"story": {"headline": TITLE, "body": [A, B]}}})
    body = f'<div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{data}</script>'
    article = parse_page(page(f"<html><head><title>News</title></head><body>{body}</body></html>"))
    assert (article.title, article.paragraphs) == (TITLE, (A, B))


def test_data_of_another_story_say_nothing_of_this_one() -> None:
    other = {
        "headline": "Another story altogether",
        "body": [C],
        "author": "Bo Example",
        "publishedAt": "2016-01-01T00:00:00Z",
    }
    data = json.dumps({"props": {"story": other}})
    text = f"<article><h1>{TITLE}</h1>{''.join(f'<p>{part}</p>' for part in (A, B, A.upper(), B.upper()))}</article>"
    article = parse_page(page(html(f'{text}<script type="application/json">{data}</script>', HEAD)))
    assert article.byline == ()
    assert C not in article.paragraphs


def test_a_text_in_the_page_takes_its_author_and_hour_from_the_data() -> None:
    story = {
        "headline": TITLE,
        "body": [A],
        "author": {"name": "Ann Example"},
        "publishedAt": "2017-11-06T09:30:00Z",
    }
    data = json.dumps({"props": {"story": story}})
    text = f"<article><h1>{TITLE}</h1><p>{A}</p><p>{B}</p><p>{C}</p></article>"
    article = parse_page(page(html(f'{text}<script type="application/json">{data}</script>', HEAD)))
    assert article.byline == ("Ann Example",)
    assert article.published_at == datetime(2017, 11, 6, 9, 30, tzinfo=UTC)


def test_data_nested_without_end_are_read_in_bounded_time() -> None:
    flat = [{"title": 1, "body": 2}, TITLE, [2, 2, 2, 2, 2, 2, 2, 2]]
    script = f'<script type="application/json" id="__NUXT_DATA__">{json.dumps(flat)}{" " * 100}</script>'
    text = f"<article><h1>{TITLE}</h1><p>{A}</p><p>{B}</p><p>{C}</p></article>"
    assert parse_page(page(html(text + script, HEAD))).paragraphs == (A, B, C)
