"""What is printed reads back, or is named as lost."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from state.article import Article, Caption, Comment, Section
from state.errors import InputError
from state.text import dump, load

WORDS = st.sampled_from(
    (
        "party court Sok Dara defects ភ្នំពេញ 政党 พรรค ပါတီ 정당 Nov. 4, 2017 Sign in from the > \\ Print story “quoted”"
    ).split()
)
PHRASES = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)
SENTENCES = st.tuples(PHRASES, st.sampled_from([".", "!", "?", "។", "。", ".”"])).map("".join)
HEADINGS = st.lists(
    st.sampled_from(["Loss", "of", "trust", "court", "ruling", "Sign"]), min_size=1, max_size=8
).map(" ".join)
SECTIONS = st.builds(Section, HEADINGS, st.lists(SENTENCES, min_size=1, max_size=4).map(tuple))
COMMENTS = st.builds(
    Comment,
    text=st.lists(PHRASES, min_size=1, max_size=4).map("\n".join),
    author=st.one_of(st.none(), PHRASES),
    place=st.none(),
    posted_at=st.one_of(
        st.none(),
        st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1)).map(lambda at: at.replace(tzinfo=UTC)),
    ),
)
ARTICLES = st.builds(
    Article,
    title=PHRASES,
    subtitle=st.one_of(st.none(), PHRASES, SENTENCES),
    sections=st.tuples(
        st.builds(Section, st.none(), st.lists(SENTENCES, min_size=1, max_size=4).map(tuple)),
        SECTIONS,
        SECTIONS,
    ),
    captions=st.lists(
        st.builds(Caption, SENTENCES, st.one_of(st.none(), PHRASES)), max_size=2, unique=True
    ).map(tuple),
    attribution=st.sampled_from([None, "Reported by RFA’s Lao Service.", "By our own desk"]),
    comments=st.lists(COMMENTS, max_size=3).map(tuple),
)


def test_at_least_95_of_100_articles_read_back_whole():
    failures = []
    seen = 0

    @settings(max_examples=400, deadline=None, derandomize=True, database=None)
    @given(ARTICLES)
    def collect(article):
        nonlocal seen
        seen += 1
        printed = dump(article)
        if printed.lost:
            failures.append((printed.lost, printed.text))

    collect()

    assert len(failures) <= 0.05 * seen, failures[:3]


@settings(max_examples=300, deadline=None, database=None)
@given(st.text(max_size=400))
def test_any_text_loads_or_is_refused(text):
    try:
        article = load(text)
    except InputError:
        return
    dump(article)


def test_a_chrome_line_that_is_a_heading_survives():
    article = Article(
        title="Print story",
        sections=(
            Section(None, ("One.",)),
            Section("Sign in", ("Sign in", "Comments (2)")),
            Section("End", ("Two.",)),
        ),
    )

    printed = dump(article)

    assert printed.lost == ()
    assert "\\Sign in\n\n\\\\Sign in" in printed.text


def test_a_short_title_is_printed_as_it_is():
    article = Article(title="Party dissolved", sections=(Section(None, ("One.",)),))

    printed = dump(article)

    assert printed.text == "Party dissolved\n\nOne.\n"
    assert printed.lost == ()


def test_a_lost_field_is_named():
    article = Article(
        title="T", sections=(Section(None, ("One.",)), Section(None, ("A second part without heading.",)))
    )

    assert dump(article).lost == ("sections",)


def test_a_leading_backslash_of_the_page_survives():
    article = Article(title="\\ T", sections=(Section(None, ("\\starts with a backslash.", "\\ Sign in")),))

    assert dump(article).lost == ()


@pytest.mark.parametrize(
    ("text", "subtitle", "captions", "paragraphs"),
    [
        pytest.param(
            "Title here\n\nA dek of one sentence.\nEmail story\nComment on this story\nPrint story\nCap one.\nCap one.\n\nPara.\n",
            "A dek of one sentence.",
            [("Cap one.", None)],
            ["Para."],
            id="toolbar-with-dek",
        ),
        pytest.param(
            "Title here\n\nShare on WhatsApp\nShare on WhatsApp\nCap one.\n\nPara one.\n\nPara two.\n",
            None,
            [("Cap one.", None)],
            ["Para one.", "Para two."],
            id="whatsapp",
        ),
        pytest.param(
            "Title here\n\nvietnam-trial-305.jpg Police stand guard.\nAFP\n\nPara one.\n",
            None,
            [("Police stand guard.", "AFP")],
            ["Para one."],
            id="image-name",
        ),
        pytest.param(
            "Title here\nThe dek\n\n2012.06.29\nCap one.\nAFP\n\nPara one.\n",
            "The dek",
            [("Cap one.", "AFP")],
            ["Para one."],
            id="iso-date",
        ),
        pytest.param(
            "Title here\n2024.08.21\nPara one.\nPara two is longer than the first one.\nPara three.\n",
            None,
            [],
            ["Para one.", "Para two is longer than the first one.", "Para three."],
            id="single-line-breaks",
        ),
        pytest.param(
            " date 2017-09-11 Title here\n\nPara one.\n\nPara two.\n",
            None,
            [],
            ["Para one.", "Para two."],
            id="crawler-prefix",
        ),
        pytest.param(
            "Skip to content\n\nView in the app\n\nTitle here\n\nFeatured Replies\n\n\u00a0\nPara one.\n\u00a0\nPara two.\n",
            None,
            [],
            ["Para one.", "Para two."],
            id="invision-5",
        ),
        pytest.param(
            "Title here\n\n\nCap by one (Sok/ VOA)\nCap by one (Sok/ VOA)\n\nPara one.\n",
            None,
            [("Cap by one (Sok/ VOA)", None)],
            ["Para one."],
            id="voa-language-site",
        ),
        pytest.param(
            "Title here\n\nToolbar follows\nEmail story\nA picture of a rally\nA picture of a rally @RFI\n\nPara one.\n",
            "Toolbar follows",
            [("A picture of a rally", "@RFI")],
            ["Para one."],
            id="credit-glued-to-second-copy",
        ),
    ],
)
def test_saved_pages_read_alike(text, subtitle, captions, paragraphs):
    article = load(text)

    assert article.title == "Title here"
    assert article.subtitle == subtitle
    assert [(c.text, c.credit) for c in article.captions] == captions
    assert list(article.paragraphs) == paragraphs


def test_a_hard_wrapped_letter_is_joined():
    wrapped = "\n".join(
        [
            "Officials of the province said on Monday that the councillors who had been",
            "asked to attend the meeting had not",
        ]
        + [
            f"come although they had been called {n} times by the chief of the village and by"
            for n in range(6)
        ]
        + ["his men."]
    )

    article = load(f"Title here\n\n{wrapped}\n\nA second paragraph.\n")

    assert len(article.paragraphs) == 2


def test_a_page_saved_without_headline_keeps_its_first_paragraph():
    long = "The council " + "said that the members had met again and again " * 6 + "on Monday."

    article = load(f"{long}\nA second paragraph.\n")

    assert article.title == ""
    assert article.paragraphs == (long, "A second paragraph.")
