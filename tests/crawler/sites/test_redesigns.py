"""What redesigns do to pages: each field has a second cue, and the article says which one it was found by."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from crawler.sites import parse_page
from state.article import Article
from tests.crawler.sites.pages import page
from tests.crawler.sites.test_golden import GOLDEN

PAGES = [
    "rfa-plone1-english.html",
    "rfa-plone2-khmer.html",
    "rfa-plone2-english.html",
    "rfa-plone1-uyghur.html",
    "rfa-arc-english.html",
    "rfa-arc-vietnamese.html",
    "rfa-arc-uyghur.html",
    "voa-news.html",
    "voa-burmese.html",
    "voa-liveblog.html",
    "voa-azattyk.html",
    "voa-learning.html",
]


def modified_classes(markup: str) -> str:
    """Every class attribute gains a name before and one behind."""
    return re.sub(r'class="([^"]*)"', r'class="x-theme \1 \1--wide-v2"', markup)


def wrapped(markup: str) -> str:
    """Around every heading, paragraph, picture and date stands one more element."""
    return re.sub(
        r"(<(h1|h2|h3|figure|time)\b[^>]*>.*?</\2>)",
        r'<div class="grid__cell"><div>\1</div></div>',
        markup,
        flags=re.DOTALL,
    )


def reordered(markup: str) -> str:
    """Attributes stand in the opposite order, in single quotes."""

    def turn(found: re.Match[str]) -> str:
        attributes = re.findall(r'\s[\w:-]+="[^"\']*"', found[2])
        if len("".join(attributes)) != len(found[2]):
            return found[0]
        return f"<{found[1]}{''.join(reversed(attributes))}{found[3]}>".replace('"', "'")

    return re.sub(
        r"<(meta|link|img|time|div|span|a|article|figure)((?:\s[\w:-]+=\"[^\"]*\")+)(\s*/?)>", turn, markup
    )


def without_meta(markup: str) -> str:
    """Nothing stands in the head but the title and the canonical address; scripts of data stay."""
    return re.sub(r"<meta (?:property|content|name)=[^>]*>", "", markup)


def without_data(markup: str) -> str:
    """No script of data is left."""
    return re.sub(r"<script\b.*?</script>", "", markup, flags=re.DOTALL)


def new_spaces(markup: str) -> str:
    """Block tags stand on lines of their own, indented."""
    return re.sub(
        r"(</?(?:div|p|h[1-6]|figure|figcaption|article|section|ul|li)\b[^>]*>)", r"\n\t  \1\n  ", markup
    )


def advertised(markup: str) -> str:
    """Between paragraphs stand advertisements and calls to share."""
    box = '<div class="ad-slot" data-fusion-type="ad"><script>ads("The party was dissolved.");</script></div>'
    return markup.replace("</p>", f"</p>{box}")


def upper(markup: str) -> str:
    """Tags are in capitals."""
    return re.sub(
        r"</?(div|p|h1|h2|h3|span|figure|figcaption|article|section)\b",
        lambda found: found[0].upper(),
        markup,
    )


def other_tags(markup: str) -> str:
    """What was a div is a section."""
    return re.sub(r"(</?)div\b", r"\1section", markup)


SAME: list[Callable[[str], str]] = [
    modified_classes,
    wrapped,
    reordered,
    new_spaces,
    advertised,
    upper,
    other_tags,
]


def read(markup: str) -> Article:
    return parse_page(page(markup))


def said(article: Article) -> Article:
    """Return an article without how it was found and where its pictures lie."""
    captions = tuple(replace(caption, image_url=None) for caption in article.captions)
    return replace(article, provenance={}, captions=captions)


@pytest.mark.parametrize("change", SAME, ids=lambda change: change.__name__)
@pytest.mark.parametrize("name", PAGES)
def test_a_redesign_of_the_frame_changes_no_field(name: str, change: Callable[[str], str]) -> None:
    markup = (GOLDEN / name).read_text(encoding="utf-8")
    assert change(markup) != markup
    assert said(read(change(markup))) == said(read(markup))


@pytest.mark.parametrize("change", [without_meta, without_data], ids=lambda change: change.__name__)
@pytest.mark.parametrize("name", PAGES)
def test_title_text_date_and_captions_need_neither_meta_nor_data(
    name: str, change: Callable[[str], str]
) -> None:
    markup = (GOLDEN / name).read_text(encoding="utf-8")
    before, after = read(markup), read(change(markup))
    assert (after.title, after.sections, after.attribution) == (
        before.title,
        before.sections,
        before.attribution,
    )
    assert [(c.text, c.credit) for c in after.captions] == [(c.text, c.credit) for c in before.captions]
    assert after.comments == before.comments
    assert after.published_at is not None
    assert before.published_at is not None
    assert after.published_at.date() == before.published_at.date()


#: What is taken away, the field it told, and the cues that may win then.
LOSSES = [
    ("rfa-plone2-khmer.html", r"<h1>.*?</h1>", "title", {"og:title"}),
    ("rfa-plone2-khmer.html", r'<h1>.*?</h1>|<meta property="og:title"[^>]*>', "title", {"json-ld"}),
    ("rfa-plone2-khmer.html", r'<div id="storytext"', "body_from", {".storytext"}),
    ("rfa-plone2-khmer.html", r'"datePublished":"[^"]*",', "published_at", {"story_date"}),
    ("rfa-plone2-khmer.html", r'"datePublished":"[^"]*",|<span id="story_date">[^<]*</span>', "published_at", {"stamp in the address"}),
    ("rfa-plone2-english.html", r'<div id="story_byline">.*?</div>', "byline", {"json-ld"}),
    ("rfa-arc-vietnamese.html", r"<h1.*?</h1>", "title", {"headlines.basic"}),
    ("rfa-arc-vietnamese.html", r'<article class="b-article-body">.*</article>(?=\s*<div class="b-results)', "body_from", {"Fusion.globalContent"}),
    ("rfa-arc-vietnamese.html", r'"first_publish_date": "[^"]*", ', "published_at", {"display_date"}),
    ("rfa-arc-uyghur.html", r"<script.*?</script>", "published_at", {"time"}),
    ("rfa-arc-english.html", r"<script.*?</script>", "byline", {"b-byline"}),
    ("voa-burmese.html", r"<h1.*?</h1>", "title", {"og:title"}),
    ("voa-burmese.html", r'<h1.*?</h1>|<meta content="[^"]*" property="og:title"/>', "title", {"json-ld"}),
    ("voa-burmese.html", r' id="article-content"', "body_from", {".wsw"}),
    ("voa-burmese.html", r"<time.*?</time>", "published_at", {"json-ld"}),
    ("voa-burmese.html", r'<ul class="links__list">.*?</ul>', "byline", {"json-ld"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "taken", "field", "cues"), LOSSES)
def test_where_one_cue_is_gone_another_wins_and_the_article_says_so(
    name: str, taken: str, field: str, cues: set[str]
) -> None:
    markup = (GOLDEN / name).read_text(encoding="utf-8")
    instead = '<div class="storytext"' if taken == '<div id="storytext"' else ""
    cut = re.sub(taken, instead, markup, flags=re.DOTALL)
    assert cut != markup
    article = read(cut)
    won = article.provenance[field]
    assert (won["from"] if isinstance(won, dict) else won) in cues
    assert article.title
    assert article.sections
    assert article.published_at
