"""An unknown page's text as it stands in the page: what an extractor loses comes back, what it took too much goes."""

from __future__ import annotations

import pytest

from crawler.sites import parse_page
from crawler.sites.lines import lines
from crawler.sites.placed import densest, placed
from crawler.sites.tree import parse
from tests.crawler.sites.pages import html, page

A = "The council heard a long report on Monday about the bridge over the river, and several members asked questions."
B = "Engineers had told the town in May that two of the four pillars were no longer safe for heavy lorries at night."
C = "A decision is expected before the end of the year, according to the mayor, who spoke to reporters after the vote."


def root_of(body: str):
    root, _ = parse(html(body))
    assert root is not None
    return root


def texts(body: str, *pieces: str, strict: tuple[str, ...] = ()) -> list[str]:
    taken = [("p", piece) for piece in pieces]
    found = placed(root_of(body), taken, taken, [("p", piece) for piece in strict], (), ())
    assert found is not None
    return [("# " if kind == "h" else "") + text for kind, text in found]


def test_sub_headings_list_items_and_loose_lines_between_paragraphs_come_back() -> None:
    body = f"<div><p>{A}</p><h3>Who pays</h3><p>{B}</p><ul><li>First item</li><li>Second item</li></ul>A loose line that stands in the box itself, without a tag of its own.<p>{C}</p></div>"
    assert texts(body, A, B, C) == [
        A,
        "# Who pays",
        B,
        "First item",
        "Second item",
        "A loose line that stands in the box itself, without a tag of its own.",
        C,
    ]


def test_an_opening_paragraph_that_the_extractor_lost_comes_back() -> None:
    body = f"<div><p>{A}</p><p>{B}</p><p>{C}</p></div>"
    assert texts(body, B, C) == [A, B, C]


def test_boxes_of_other_things_inside_an_article_go() -> None:
    body = f'<article><p>{A}</p><div class="newsletter-signup"><p>Get our letter every morning.</p></div><p>{B}</p><aside><p>Also today.</p></aside><p>{C}</p></article>'
    assert texts(body, A, "Get our letter every morning.", B, "Also today.", C) == [A, B, C]


def test_a_box_that_holds_the_article_stays_whatever_its_name() -> None:
    assert texts(f'<div class="related widget"><p>{A}</p><p>{B}</p></div>', A, B) == [A, B]


def test_what_a_strict_reading_has_too_stays_whatever_its_name() -> None:
    body = f'<div><p>{A}</p><p class="print">{B}</p><p>{C}</p></div>'
    assert texts(body, A, B, C, strict=(A, B, C)) == [A, B, C]


@pytest.mark.parametrize(
    "label",
    [
        "Read more:",
        "เรื่องที่เกี่ยวข้อง",
        "相关新闻",
        "Sur le sujet",
        "Related stories",
        "Kapcsolódó írások",
        "Lees ook",
    ],
)
def test_lists_of_other_stories_go_with_their_label(label: str) -> None:
    links = "".join(f'<li><a href="/{n}">Another story number {n} of the day</a></li>' for n in range(3))
    taken = [A, B, label, *(f"Another story number {n} of the day" for n in range(3))]
    body = f"<div><p>{A}</p><p>{B}</p><p>{C}</p><h4>{label}</h4><ul>{links}</ul></div>"
    assert texts(body, *taken[:2], C, *taken[2:], strict=(A, B, C, *taken[2:])) == [A, B, C]


def test_cards_of_other_stories_go_with_their_label_even_if_a_strict_reading_has_them() -> None:
    text = [f"{A} {B} {C} Part {n}." for n in range(3)]
    cards = [(f"A bridge in town number {n}", f"What was said of it {n}.") for n in range(1, 4)]
    boxes = "".join(
        f'<div class="card c{n}"><h4><a href="/{n}">{h}</a></h4><p>{t}</p></div>'
        for n, (h, t) in enumerate(cards)
    )
    extra = [part for card in cards for part in card]
    body = f"<div>{''.join(f'<p>{part}</p>' for part in text)}<h3>Other columns</h3>{boxes}</div>"
    assert texts(body, *text, "Other columns", *extra, strict=(*text, *extra)) == text


def test_a_list_whose_items_are_cards_is_the_article_where_it_has_most_of_the_text() -> None:
    items = [f"{A} Number {n}." for n in range(4)]
    body = "".join(
        f'<div class="item"><h3><a href="/{n}">The bridge number {n}</a></h3><p>{t}</p></div>'
        for n, t in enumerate(items)
    )
    assert [text for text in texts(f"<div>{body}</div>", *items) if not text.startswith("# ")] == items


def test_a_text_ends_before_named_boxes_of_other_things_and_before_labelled_short_lines() -> None:
    box = '<div class="inline-recirc"><h2>More to read</h2><ul><li>A story told elsewhere.</li></ul></div>'
    recirc = ("More to read", "A story told elsewhere.")
    body = f"<div><p>{A}</p><p>{B}</p><p>{C}</p>{box}</div>"
    assert texts(body, A, B, C, *recirc, strict=(A, B, C, *recirc)) == [A, B, C]
    tail = (
        f"<section><div><p>{A}</p><p>{B}</p></div><div><h3>Get alerts</h3><p>Ann Example</p></div></section>"
    )
    assert texts(tail, A, B, "Get alerts", "Ann Example") == [A, B]


def test_a_table_among_the_paragraphs_comes_back() -> None:
    table = "<table><tr><th>Pillar</th><th>Age</th></tr><tr><td>North</td><td>41</td></tr></table>"
    assert texts(f"<div><p>{A}</p><p>{B}</p>{table}<p>{C}</p></div>", A, B, C) == [
        A,
        B,
        "Pillar",
        "Age",
        "North",
        "41",
        C,
    ]


def test_words_in_a_figure_are_no_paragraph() -> None:
    figure = "<figure><img src='/a.jpg'>Photo by Ann Example for the paper in the town.</figure>"
    assert texts(f"<div><p>{A}</p><p>{B}</p>{figure}<p>{C}</p></div>", A, B, C) == [A, B, C]


def test_a_sentence_set_as_heading_above_the_first_paragraph_comes_back() -> None:
    body = f"<h1>Title</h1><div><h2>{C}</h2><p>{A}</p><p>{B}</p></div>"
    assert texts(body, A, B) == [f"# {C}", A, B]


def test_text_that_a_page_holds_twice_is_taken_once() -> None:
    body = f"<div class=teaser><p>{A}</p></div><div><p>{A}</p><p>{B}</p><p>{C}</p></div>"
    assert texts(body, A, B, C) == [A, B, C]


def test_words_that_are_not_in_the_page_are_not_placed() -> None:
    assert placed(root_of(f"<p>{A}</p>"), [("p", B)], [("p", B)], [], (), ()) is None


def test_where_no_extractor_helps_the_densest_box_is_the_text() -> None:
    body = f'<div class=menu><a href="/">Home</a> <a href="/x">News of the whole day</a></div><div>{A}<br><br>{B}<br><br><b>{C}</b></div><div><p>Small.</p></div>'
    assert [text for _, text in densest(root_of(body), (), ())] == [A, B, C]


def test_a_line_tells_how_much_of_it_is_links() -> None:
    found = lines(root_of('<p>abcd <a href="/">efgh</a></p><ul><li><a href="/x">ijkl</a></li></ul>'))
    assert [(line.text, line.links) for line in found] == [("abcd efgh", 0.5), ("ijkl", 1.0)]


@pytest.mark.parametrize(
    "picture",
    [
        '<div class="wp-caption"><img src="/a.jpg"><p class="wp-caption-text">The bridge in May.</p></div>',
        '<table class="tr-caption-container"><tr><td><img src="/a.jpg"></td></tr><tr><td class="tr-caption">The bridge in May.</td></tr></table>',
        '<div class="photo"><img src="/a.jpg"><div class="caption">The bridge in May.</div></div>',
        '<figure><img src="/a.jpg"><figcaption>The bridge in May.</figcaption></figure>',
    ],
)
def test_words_under_pictures_are_captions_in_every_content_systems_markup(picture: str) -> None:
    body = f"<article><h1>Bridge report heard</h1><p>{A}</p>{picture}<p>{B}</p><p>{C}</p></article>"
    article = parse_page(page(html(body)))
    assert [caption.text for caption in article.captions] == ["The bridge in May."]
    assert article.paragraphs == (A, B, C)


@pytest.mark.parametrize(
    "body",
    [
        f'"<p>{A}</p><p>{B}</p>"',
        f'[{{"type":"paragraph","text":"{A}"}},{{"type":"paragraph","content":[{{"text":"{B}"}}]}}]',
        f'"{A}\\n\\n{B}"',
    ],
)
def test_an_article_that_only_the_pages_data_holds_is_read(body: str) -> None:
    data = f'{{"props":{{"pageProps":{{"story":{{"headline":"Bridge report heard","body":{body}}}}}}}}}'
    markup = html(
        f'<div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{data}</script>',
        '<meta property="og:title" content="Bridge report heard">',
    )
    article = parse_page(page(markup))
    assert article.paragraphs == (A, B)
    assert article.provenance["body_from"] == "embedded data"
