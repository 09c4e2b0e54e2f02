"""Radio Free Asia, Voice of America: what the golden pages do not show."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from crawler.sites import article_from_candidate, parse_page
from state.article import content_hash
from state.errors import LayoutError, NotArticleError
from state.records import Candidate
from tests.crawler.sites.pages import html, page
from tests.crawler.sites.test_golden import GOLDEN

PLONE = '<div id="storypagemaincol"><h1>{title}</h1>{top}<div id="headerimg">{lead}</div><div id="storytext">{text}</div></div>'


def plone(
    url: str = "",
    title: str = "Title",
    top: str = "",
    lead: str = "",
    text: str = "<p>One sentence.</p>",
    head: str = "",
):  # type: ignore[no-untyped-def]
    return parse_page(page(html(PLONE.format(title=title, top=top, lead=lead, text=text), head), url))


def test_the_language_of_an_rfa_page_is_its_services_not_what_its_metadata_say() -> None:
    article = plone("https://www.rfa.org/khmer/news/x-11062017170405.html", "តុលាការ", text="<p>រំលាយគណបក្ស</p>")
    assert article.language == "km"


def test_a_page_without_a_date_takes_it_from_the_address_and_says_how_sure_it_is() -> None:
    article = plone("https://www.rfa.org/english/x/defect-11062017170405.html")
    assert article.published_at == datetime(2017, 11, 6, 22, 4, 5, tzinfo=UTC)
    assert article.provenance["published_at"] == {
        "from": "stamp in the address",
        "day_only": False,
        "uncertain": "3h",
    }


def test_a_date_alone_is_the_start_of_that_day_in_washington_and_says_so() -> None:
    article = plone(top='<span id="story_date">2017-11-07</span>')
    assert article.published_at == datetime(2017, 11, 7, 5, tzinfo=UTC)
    assert article.provenance["published_at"]["day_only"] is True


def test_the_week_of_the_migration_is_no_modification() -> None:
    head = '<script type="application/ld+json">{"datePublished":"2015-03-16T12:46:00Z","dateModified":"2020-10-11T06:20:33Z"}</script>'
    assert plone(head=head).modified_at is None


def test_the_same_story_under_two_sections_has_one_key() -> None:
    one = plone("https://www.rfa.org/english/news/cambodia/defect-11062017170405.html?searchterm=None")
    two = plone("https://www.rfa.org/english/women/defect-11062017170405.html")
    assert one.key == two.key == "rfa:defect-11062017170405"


@pytest.mark.parametrize(
    ("text", "attribution"),
    [
        ("<p>Text here.</p><p>Reported by A and B for RFA’s Lao Service. Translated by C</p>", "Reported by A and B for RFA’s Lao Service. Translated by C"),
        ("<p>正文。<br/>（责编：家傲）</p>", "（责编：家傲）"),
        ("<p>正文。</p><p>记者：某某 责编：某某</p>", "记者：某某 责编：某某"),
        ("<p>Text here.</p><p>RFA’s Lao Service</p>", "RFA’s Lao Service"),
        ("<p>Text here.</p><p>(Reporting by A; Editing by B and C)</p>", "(Reporting by A; Editing by B and C)"),
        ("<p>The killing was reported by three papers on Monday.</p>", None),
    ],
)  # fmt: skip
def test_the_line_that_names_the_desk_is_kept_apart(text: str, attribution: str | None) -> None:
    article = plone(text=text)
    assert article.attribution == attribution
    assert len(article.paragraphs) == 1


def test_bare_elements_in_the_text_are_text_too() -> None:
    article = plone(
        text="start<p>one</p><span>two</span> <strong>three</strong><ul><li>four</li></ul><a href='#'>five</a>"
    )
    assert article.paragraphs == ("start", "one", "two three", "four", "five")


def test_a_bold_line_alone_is_a_heading_and_a_bold_sentence_is_not() -> None:
    article = plone(
        text="<p>a.</p><p><strong>Loss of trust</strong></p><p>b.</p><p><b>We shall not leave.</b></p>"
    )
    assert [section.heading for section in article.sections] == [None, "Loss of trust"]
    assert article.paragraphs == ("a.", "b.", "We shall not leave.")


def test_a_short_bold_line_in_tibetan_is_a_heading_with_its_stroke_and_a_long_one_is_not() -> None:
    short, long = "གྲོང་སྡེའི་གནོན་ཤུགས།", "ཚོགས་པའི་འཐུས་མི་གསུམ་གྱིས་ཁ་སང་ཚོགས་འདུའི་ནང་ཚོགས་པ་དགོངས་ཞུ་ཕུལ་བ་རེད།"
    article = plone(text=f"<p>ཀ།</p><p><strong>{short}</strong></p><p>ཁ།</p><p><b>{long}</b></p>")
    assert [section.heading for section in article.sections] == [None, short]
    assert article.paragraphs == ("ཀ།", "ཁ།", long)


@pytest.mark.parametrize(
    ("lead", "text", "credit"),
    [
        ('<img alt="x.jpg"><figcaption>Words.</figcaption>', "Words.", None),
        ('<img alt="Words."><figcaption></figcaption>', "Words.", None),
        ('<img alt="Words." title="Words."><figcaption>Words. <em>AFP</em></figcaption>', "Words.", "AFP"),
        ('<img alt=""><figcaption>Words. <span class="copyright">(AP File Photo)</span></figcaption>', "Words.", "AP File Photo"),
    ],
)  # fmt: skip
def test_a_caption_is_said_once_and_its_credit_apart(lead: str, text: str, credit: str | None) -> None:
    [caption] = plone(lead=lead).captions
    assert (caption.text, caption.credit) == (text, credit)


def test_a_page_whose_layout_changed_is_read_by_the_fallback_and_says_what_failed() -> None:
    body = "<p>" + "The mayor of Port Example left his party on Monday, he told the council. " * 8 + "</p>"
    article = parse_page(
        page(html(f'<div id="storypagemaincol"><article><h1>The mayor leaves</h1>{body}</article></div>'))
    )
    assert article.paragraphs
    assert article.provenance["failed"] == ["rfa plone: no #storytext"]


def test_a_story_without_a_word_is_a_fault_that_names_what_was_tried() -> None:
    with pytest.raises(LayoutError, match="rfa plone: #storytext holds no words; generic: "):
        plone(text="<p/>")


def _arc(name: str) -> str:
    return (GOLDEN / "rfa-arc-english.html").read_text(encoding="utf-8") if name == "whole" else ""


def test_an_arc_page_says_the_same_as_html_as_json_and_as_feed_item() -> None:
    whole = _arc("whole")
    start, end = whole.index('<article class="b-article-body">'), whole.index("</article>")
    lazy = whole[:start] + '<article class="b-article-body">' + whole[end:]
    without_json = whole[: whole.index("<script>")] + whole[whole.index("</script>") :]
    story = json.JSONDecoder().raw_decode(whole, whole.index("globalContent=") + len("globalContent="))[0]
    from_html, from_lazy = parse_page(page(whole)), parse_page(page(lazy))
    from_json = parse_page(page(json.dumps(story), content_type="application/json"))
    assert content_hash(from_html) == content_hash(from_lazy) == content_hash(from_json)
    assert content_hash(parse_page(page(without_json))) == content_hash(from_html)
    assert from_html.provenance["body"] == "page"
    assert from_lazy.provenance["body"] == "embedded"
    feed = article_from_candidate(
        Candidate(
            url="https://www.rfa.org/english/cambodia/2025/03/14/lantern-split/",
            key="rfa:english:20250314:lantern-split",
            source="s",
            channel="feed",
            title="Lantern Party lawmakers split",
            body=whole[start:end] + "</article>",
        )
    )
    assert feed.sections == from_html.sections
    assert feed.attribution == from_html.attribution
    assert feed.provenance["body"] == "feed"
    assert feed.site == "rfa"


def test_the_last_republication_is_not_the_date_of_a_story() -> None:
    article = parse_page(page(_arc("whole")))
    assert article.published_at == datetime(2025, 3, 14, 16, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "story",
    [
        {"headlines": [1], "content_elements": [1, "x", {"type": 5, "content": {}}]},
        {"headlines": {"basic": 7}, "content_elements": {"a": 1}, "credits": {"by": 5}, "taxonomy": 7},
        {"promo_items": {"basic": {"caption": ["x"]}}, "content_elements": [{"type": "list", "items": "x"}]},
        {"content_elements": [{"type": "table", "rows": [[1], 2]}, {"type": "image", "caption": 7}]},
        [],
        None,
    ],
)
def test_json_of_any_shape_does_not_break_a_page_that_has_html(story: object) -> None:
    markup = f'<script>Fusion.globalContent={json.dumps(story)};</script><h1>Head</h1><article class="b-article-body"><p class="c-paragraph">Hello there.</p></article>'
    article = parse_page(page(html(markup)))
    assert (article.title, article.paragraphs) == ("Head", ("Hello there.",))


@pytest.mark.parametrize(
    ("service", "text"),
    [
        ("mandarin", "今年<span>1</span><span>月</span><span>7</span><span>日</span>起"),
        ("khmer", "គណបក្ស<span>សង្គ្រោះ</span>ជាតិ"),
        ("burmese", "ရန်<span>ကုန်</span>မြို့"),
        ("lao", "ພັກ<b>ປະຊາ</b>ຊົນ"),
        ("english", "wo<i>rk</i>s"),
    ],
)
def test_a_cms_record_is_read_without_splitting_a_word(service: str, text: str) -> None:
    record = {
        "@id": f"https://viewer.rfaweb.org/{service}/news/a-01142021143304.html",
        "title": "Title",
        "language": {"title": "English", "token": "en"},
        "effective": "2021-01-14T19:33:08Z",
        "modified": "2021-01-14T19:29:08+00:00",
        "image_caption": "Caption words",
        "image_copyright": "AP File Photo",
        "subjects": ["one"],
        "text": {
            "content-type": "text/html",
            "data": f"<p/><p>{text}<br/>（责编：家傲）</p>",
            "encoding": "utf-8",
        },
    }
    article = parse_page(page(json.dumps(record), content_type="application/json"))
    assert article.paragraphs == (
        text.replace("<span>", "")
        .replace("</span>", "")
        .replace("<b>", "")
        .replace("</b>", "")
        .replace("<i>", "")
        .replace("</i>", ""),
    )
    assert article.attribution == "（责编：家傲）"
    assert (article.captions[0].text, article.captions[0].credit) == ("Caption words", "AP File Photo")
    assert article.key == "rfa:a-01142021143304"
    assert (
        article.language
        == {"mandarin": "zh-Hans", "khmer": "km", "burmese": "my", "lao": "lo", "english": "en"}[service]
    )


def test_the_statement_under_check_is_not_the_text_of_a_fact_check() -> None:
    article = parse_page(page((GOLDEN / "voa-factcheck.html").read_bytes()))
    assert "Nobody left" not in " ".join(article.paragraphs)
    assert article.published_at == datetime(2019, 11, 18, 20, 28, 55, tzinfo=UTC)
    assert article.site == "pangea"


def test_a_video_page_is_an_article_by_its_introduction_and_the_storys_own_title() -> None:
    article = parse_page(page((GOLDEN / "voa-video.html").read_bytes()))
    assert article.title == "សមាជិក​គណបក្ស​បួន​នាក់​លា​ឈប់"
    assert article.provenance["body_from"] == "introduction"


def test_a_dateline_is_its_own_field() -> None:
    article = parse_page(page((GOLDEN / "voa-news.html").read_bytes()))
    assert article.dateline == "PORT EXAMPLE, Testland —"
    assert article.paragraphs[0].startswith("The mayor of Port Example said")
    assert [caption.text for caption in article.captions] == [
        "The mayor at the quay, May 1, 2024. (Ann Example/VOA)",
        "Voters on the quay.",
    ]


def test_a_feed_item_without_a_title_is_a_fault() -> None:
    with pytest.raises(LayoutError):
        article_from_candidate(Candidate(url="https://x.example/a", key="k", source="s", channel="c"))


@pytest.mark.parametrize(
    ("body", "kind", "reason"),
    [
        (b"%PDF-1.4", "application/pdf", "a file"),
        (b"<?xml version='1.0'?><rss><channel/></rss>", "text/xml", "a feed"),
        (b"[1, 2]", "application/json", "JSON"),
        (b"<title>Just a moment...</title><p>Checking your browser</p>", "text/html", "challenge"),
        (
            b"<title>Error</title><p>You do not have permission to view this forum.</p>",
            "text/html",
            "permission",
        ),
        (b"<h1>Page not found</h1><p>404</p>", "text/html", "nothing here"),
        (b'<body data-pagecontroller="forums"><h1>News</h1><ol><li>Topic</li></ol>', "text/html", "a list"),
        (b'<html data-template="forum_view"><h1>News</h1></html>', "text/html", "a list"),
    ],
)
def test_what_is_no_article_is_named(body: bytes, kind: str, reason: str) -> None:
    with pytest.raises(NotArticleError, match=reason):
        parse_page(page(body, "https://x.example/a", content_type=kind))


def test_a_page_cannot_pass_for_another_sites_article() -> None:
    head = '<link rel="canonical" href="https://www.rfa.org/english/x/defect-11062017170405.html">'
    text = "<p>" + "A long enough sentence about the harbour and its people. " * 10 + "</p>"
    article = parse_page(
        page(html(f"<article><h1>Harbour news</h1>{text}</article>", head), "https://blog.example/a")
    )
    assert article.key == "https://blog.example/a"
    assert article.origin is not None
    assert article.origin.publisher == "rfa.org"
