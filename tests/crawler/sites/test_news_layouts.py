"""Radio Free Asia, Voice of America: lists of other stories, pages without text, elements of every kind."""

from __future__ import annotations

import json

import pytest

from crawler.sites import parse_page
from state.article import content_hash
from state.errors import LayoutError, NotArticleError
from tests.crawler.sites.pages import html, page
from tests.crawler.sites.test_golden import GOLDEN
from tests.crawler.sites.test_news import plone


def test_every_element_of_an_arc_story_says_the_same_as_html_and_as_json() -> None:
    whole = (GOLDEN / "rfa-arc-vietnamese.html").read_text(encoding="utf-8")
    start, end = whole.index('<article class="b-article-body">'), whole.index("</article>")
    lazy = parse_page(page(whole[:start] + '<article class="b-article-body">' + whole[end:]))
    story = json.JSONDecoder().raw_decode(whole, whole.index("globalContent=") + len("globalContent="))[0]
    shown = parse_page(page(whole))
    alone = parse_page(page(json.dumps(story), content_type="application/json"))
    assert content_hash(shown) == content_hash(lazy) == content_hash(alone)
    assert [caption.text for caption in shown.captions][2:4] == [
        "Hội trường lúc sáng.",
        "Hội trường lúc tối.",
    ]
    for article in (shown, lazy, alone):
        assert "Bản trước viết năm ủy viên." in article.provenance["corrections"][0]
        assert "giải thể" not in " ".join(article.paragraphs)


def test_the_site_that_an_arc_page_names_tells_its_language_where_no_address_does() -> None:
    markup = '<script>Fusion.arcSite="rfa-cantonese";</script><h1>三名議員退黨</h1><article class="b-article-body"><p>三名議員退出燈籠黨。</p></article>'
    assert parse_page(page(html(markup))).language == "yue"


ROWS = "".join(
    f'<div class="{{0}}"><h2><a href="/english/a-1106201717040{n}.html">Story {n}: a party is dissolved</a></h2>'
    f'<span id="story_date">2017-11-0{n}</span><p>The teaser of story {n} goes on for a few words.</p></div>'
    for n in range(1, 9)
)


@pytest.mark.parametrize(
    "markup",
    [
        '<div id="storypagemaincol"><h1>Cambodia</h1>' + ROWS.format("sectionteaser archive") + "</div>",
        '<script>Fusion.globalContent={"node_type":"section","name":"Cambodia"};</script><h1 class="b-headline">Cambodia</h1>'
        + ROWS.format("b-results-list__item"),
        '<script>Fusion.globalContent={"type":"results","content_elements":[{"headlines":{"basic":"A"}}]};</script><h1>News</h1>'
        + ROWS.format("card"),
        '<h1 class="section-head pg-title">Testland</h1>' + ROWS.format("media-block"),
    ],
    ids=["plone", "arc section", "arc results", "pangea"],
)
def test_a_page_that_lists_stories_is_none(markup: str) -> None:
    with pytest.raises(NotArticleError, match="a list"):
        parse_page(page(html(markup), "https://www.rfa.org/english/news/cambodia"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<p/>",
        "<p>&nbsp;</p><div class='shadowbox storyaudio'>Listen</div>",
        "<ul class='storytools'><li>Print</li></ul>",
    ],
)
def test_a_story_without_text_is_a_fault_and_never_its_own_headline(text: str) -> None:
    with pytest.raises(LayoutError, match="holds no words"):
        plone(text=text, top='<span id="story_date">2017-11-07</span><p>Email story</p>')


@pytest.mark.parametrize(
    "related",
    [
        '<div class="related-content"><h4>Read</h4><a href="/x">Court dissolves the Star Party</a></div>',
        '<p><strong>RELATED STORIES</strong></p><p><a href="/x">Court dissolves the Star Party</a></p><p><a href="/y">Six defect</a></p>',
        '<h3>Xem thêm:</h3><ul><li><a href="/x">Court dissolves the Star Party</a></li></ul>',
        '<p>相关新闻：</p><p><a href="/x">Court dissolves the Star Party</a></p>',
        '<div id="relatedstories"><a href="/x">Court dissolves the Star Party</a></div>',
    ],
)
def test_headlines_of_other_stories_are_not_the_storys_text(related: str) -> None:
    article = plone(
        text=f"<p>Before them.</p>{related}<p>After <a href='/z'>them</a>.</p><p><a href='/q'>A linked sentence.</a></p>"
    )
    assert article.paragraphs == ("Before them.", "After them.", "A linked sentence.")
    assert [section.heading for section in article.sections] == [None]


def test_comments_that_the_page_counts_and_does_not_show_are_told() -> None:
    article = plone(text='<p>Words.</p><div id="commentcount"><span>Comments</span><span>(7)</span></div>')
    assert article.provenance["comments_printed"] == 7


def test_a_page_of_sound_is_no_drift_whatever_stands_around_it() -> None:
    markup = (GOLDEN / "voa-audio-tibetan.html").read_text(encoding="utf-8")
    crowded = markup.replace("</body>", "<p>" + "Party dissolved elsewhere. " * 200 + "</p></body>")
    article = parse_page(page(crowded))
    assert article.provenance["media"] == {"type": "AudioObject", "duration": "59:58"}
    assert not {"drift", "outside"} & set(article.provenance)


def test_the_word_list_of_a_lesson_is_kept_apart_from_its_text() -> None:
    article = parse_page(page((GOLDEN / "voa-learning.html").read_bytes()))
    assert "defect" not in " ".join(article.paragraphs)
    assert article.provenance["glossary"][0].startswith("defect –")
    assert (
        article.attribution
        == "Ann Example wrote this story for VOA Learning English. Cy Tester was the editor."
    )


def test_a_live_blog_is_read_from_its_data_where_the_page_has_no_entries() -> None:
    markup = (GOLDEN / "voa-liveblog.html").read_text(encoding="utf-8")
    start, end = markup.index('<div id="live-blog"'), markup.index('<div class="media-block-wrap">')
    article = parse_page(page(markup[:start] + "</div></div>" + markup[end:]))
    assert [section.heading for section in article.sections] == [
        "Two members cross the floor",
        "Debate opens",
    ]
    assert article.provenance["body_from"] == "json-ld liveBlogUpdate"


@pytest.mark.parametrize(
    ("printed", "name"),
    [("By Ann Example", "Ann Example"), ("Bởi Ann Example", "Ann Example"), ("ដោយ៖ Ann", "Ann"), ("작성자 Ann", "작성자 Ann"), ("作者：试笔", "试笔"), ("Автор: Анна", "Анна"), ("Byron Example", "Byron Example")],
)  # fmt: skip
def test_a_byline_loses_the_word_before_the_name_in_every_language(printed: str, name: str) -> None:
    markup = f'<h1 class="pg-title">T</h1><div class="publishing-details"><ul><li class="links__item">{printed}</li></ul></div><div id="article-content"><div class="wsw"><p>Words.</p></div></div>'
    assert parse_page(page(html(markup))).byline == (name,)


@pytest.mark.parametrize(
    ("text", "attribution"),
    [
        ("<p>正文。</p><p><strong>编辑：何试</strong></p><p>自由亚洲电台</p>", "编辑：何试 自由亚洲电台"),
        ("<p>正文。</p><h3>責編：何試</h3>", "責編：何試"),
        (
            "<p>Words.</p><p><em>Reported by A.</em></p><p><em>Edited by D</em></p>",
            "Reported by A. Edited by D",
        ),
    ],
)
def test_a_bold_line_that_names_the_desk_is_no_heading(text: str, attribution: str) -> None:
    article = plone(text=text)
    assert article.attribution == attribution
    assert len(article.sections) == len(article.paragraphs) == 1


def test_a_credit_that_stands_in_the_text_belongs_to_the_picture() -> None:
    lead = '<img src="/a.jpg" alt="Words of it."><figcaption>Words of it.</figcaption>'
    article = plone(lead=lead, text='<p class="image_copyright">AP File Photo</p><p>Text of it.</p>')
    assert [(caption.text, caption.credit) for caption in article.captions] == [
        ("Words of it.", "AP File Photo")
    ]
    assert article.paragraphs == ("Text of it.",)


PANGEA = (
    '<h1 class="pg-title">Head of it</h1>{top}<div id="article-content"><div class="wsw">{text}</div></div>'
)


@pytest.mark.parametrize(
    "related",
    [
        '<p>Read more: <a href="/a">Another party dissolved</a></p><ul><li><a href="/r">Party dissolved again</a></li></ul>',
        '<p>SEE ALSO:</p><div class="media-block also-read"><h4>Other party dissolved</h4></div>',
        '<div class="wsw__embed"><div class="media-block-wrap"><h4>Party dissolved</h4></div></div>',
        '<div class="wsw__related"><p>Party dissolved</p></div>',
    ],
)
def test_what_a_pangea_page_sets_into_the_text_of_other_stories_is_left_out(related: str) -> None:
    article = parse_page(page(html(PANGEA.format(top="", text=f"<p>One.</p>{related}<p>Two.</p>"))))
    assert article.paragraphs == ("One.", "Two.")


def test_a_pangea_date_is_read_where_no_time_element_is() -> None:
    top = '<div class="publishing-details"><div class="published"><span class="date">2 ឧសភា 2024</span></div></div>'
    article = parse_page(page(html(PANGEA.format(top=top, text="<p>One.</p>"))))
    assert article.published_at is not None
    assert article.published_at.date().isoformat() == "2024-05-02"
    assert article.provenance["published_at"]["from"] == "date text"


def test_a_film_without_introduction_is_told_by_its_description_and_an_empty_text_is_a_fault() -> None:
    head = '<meta property="og:description" content="Two members resigned."/><meta property="og:type" content="video"/>'
    film = '<h1 class="pg-title">Head of it</h1><div class="c-mmp"><span class="duration">12:01</span></div>'
    article = parse_page(page(html(film, head)))
    assert article.paragraphs == ("Two members resigned.",)
    assert article.provenance["media"] == {"type": "video", "duration": "12:01"}
    with pytest.raises(LayoutError, match="voa: no text"):
        parse_page(page(html(PANGEA.format(top="", text="<p></p>"), head)))


@pytest.mark.parametrize(
    "count", ["{n} / 12 ", '<span class="num">{n}</span>', '<span class="counter">{n}/12</span>']
)
def test_numbers_of_pictures_are_no_words_of_their_captions(count: str) -> None:
    pictures = "".join(
        f'<li><figure><img data-src="/{n}.jpg"/><figcaption class="caption">{count.format(n=n)}Picture number {n}.</figcaption></figure></li>'
        for n in (1, 2)
    )
    article = parse_page(
        page(
            html(
                f'<h1 class="pg-title">Head</h1><div class="intro"><p>Lead.</p></div><ul class="gallery">{pictures}</ul>'
            )
        )
    )
    assert [caption.text for caption in article.captions] == ["Picture number 1.", "Picture number 2."]


def test_the_parts_of_a_long_read_are_one_text_and_its_headline_is_no_heading() -> None:
    parts = (
        '<div class="hero"><h1>A long story</h1></div><section><div class="wsw"><p>Part one.</p></div></section>'
        '<section><div class="wsw"><h2>Then</h2><p>Part two.</p></div></section>'
    )
    article = parse_page(page(html(f'<div class="longread">{parts}</div>')))
    assert [(s.heading, s.paragraphs) for s in article.sections] == [
        (None, ("Part one.",)),
        ("Then", ("Part two.",)),
    ]


def test_a_credit_in_brackets_behind_the_pictures_own_words_is_a_credit() -> None:
    figure = '<figure><img alt="Cap words." src="/a.jpg"><figcaption>Cap words. (RFA)</figcaption></figure>'
    [caption] = plone(text=f"<p>One.</p>{figure}").captions
    assert (caption.text, caption.credit) == ("Cap words.", "RFA")
