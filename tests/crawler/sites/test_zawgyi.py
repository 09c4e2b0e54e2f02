from __future__ import annotations

import pytest

from crawler.documents import complete
from crawler.sites import parse_page
from crawler.sites.zawgyi import is_zawgyi, to_unicode
from state.text import load
from tests.crawler.sites.pages import html, page

PAIRS = [
    ("ျမန္မာႏိုင္ငံ", "မြန်မာနိုင်ငံ"),
    ("ေအာင္ဆန္းစုၾကည္", "အောင်ဆန်းစုကြည်"),
    ("ရန္ကုန္ၿမိဳ႕", "ရန်ကုန်မြို့"),
    ("အမ်ိဳးသားဒီမိုကေရစီအဖြဲ႕ခ်ဳပ္", "အမျိုးသားဒီမိုကရေစီအဖွဲ့ချုပ်"),
    ("၀န္ႀကီးခ်ဳပ္ ၂၀၁၇", "ဝန်ကြီးချုပ် ၂၀၁၇"),
    ("အဂၤလိပ္", "အင်္ဂလိပ်"),
    ("သတၱဝါ", "သတ္တဝါ"),
    ("ဘ႑ာေရး", "ဘဏ္ဍာရေး"),
    ("ယဥ္ေက်းမႈ", "ယဉ်ကျေးမှု"),
    ("လႊတ္ေတာ္ကိုယ္စားလွယ္", "လွှတ်တော်ကိုယ်စားလှယ်"),
]


@pytest.mark.parametrize(("zawgyi", "unicode"), PAIRS)
def test_zawgyi_is_turned_into_unicode(zawgyi: str, unicode: str) -> None:
    assert to_unicode(zawgyi) == unicode


@pytest.mark.parametrize("text", [pair[1] for pair in PAIRS] + ["plain English", "ភាសាខ្មែរ", ""])
def test_what_is_not_zawgyi_is_told_apart(text: str) -> None:
    assert not is_zawgyi(text)


def test_a_page_in_zawgyi_is_converted_by_paragraph_and_keeps_the_original() -> None:
    zawgyi, right = PAIRS[3]
    body = f'<div id="storypagemaincol"><h1>Example</h1><div id="storytext"><p>{zawgyi}</p><p>{PAIRS[1][1]}</p></div></div>'
    article = parse_page(page(html(body), "https://www.rfa.org/burmese/news/x-01012015010101.html"))
    assert article.paragraphs == (right, PAIRS[1][1])
    assert article.provenance["zawgyi"] == {"/sections/0/paragraphs/0": zawgyi}
    assert article.language == "my"


ZAWGYI = "ေအာင္ဆန္းစုၾကည္ ရန္ကုန္ၿမိဳ႕ လႊတ္ေတာ္ကိုယ္စားလွယ္။"
UNICODE = "အောင်ဆန်းစုကြည် ရန်ကုန်မြို့ လွှတ်တော်ကိုယ်စားလှယ်။"


def test_each_sentence_of_a_mixed_paragraph_is_taken_for_what_it_is() -> None:
    for mixed in (f"{ZAWGYI} {UNICODE}", f"{UNICODE} {ZAWGYI}", f"{UNICODE} {UNICODE} {ZAWGYI}"):
        assert is_zawgyi(mixed)
        assert set(to_unicode(mixed).replace("။ ", "။|").split("|")) == {UNICODE}


def test_english_and_figures_in_a_paragraph_stay() -> None:
    assert to_unicode(f"The NLD (2017) said: {ZAWGYI} RFA") == f"The NLD (2017) said: {UNICODE} RFA"


@pytest.mark.parametrize(
    "text",
    [
        "ၵူၼ်းမိူင်းၸိူဝ်းၼႆႉ လႆႈၶဝ်ႈပႃႇတီႇ",
        "ၸၼ်ႉသုၼ်ပႃႇတီႇ",
        "ပါတဳမန်ဂၠံၚ် ကွာန်ဍုၚ်",
        "ကီၢ်ပယီၤ တၢ်ကစီၣ်",
        "ပၢၤတံၢ်",
        UNICODE,
        f"{UNICODE} {UNICODE}",
        "ပါတီ",
        "၂၀၁၇ NLD",
    ],
)
def test_other_languages_of_the_script_and_short_words_are_not_converted(text: str) -> None:
    assert not is_zawgyi(text)


def test_a_headline_alone_in_zawgyi_is_converted() -> None:
    body = (
        f'<div id="storypagemaincol"><h1>{PAIRS[3][0]}</h1><div id="storytext"><p>{UNICODE}</p></div></div>'
    )
    article = parse_page(page(html(body), "https://www.rfa.org/burmese/news/x-01012015010101.html"))
    assert article.title == PAIRS[3][1]
    assert article.paragraphs == (UNICODE,)
    assert article.provenance["zawgyi"] == {"/title": PAIRS[3][0]}


def test_a_text_handed_in_is_converted_as_a_page_is() -> None:
    article = complete(load(f"{PAIRS[3][0]}\n\n{UNICODE}\n\n{ZAWGYI}\n"))
    assert article.paragraphs == (UNICODE, UNICODE)
    assert article.language == "my"


def test_marks_of_direction_and_joiners_are_kept() -> None:
    text = "گفت: \u200fمی\u200cخواهد \u202bCNRP\u202c را منحل کند."
    assert complete(load(f"عنوان خبر\n\n{text}\n\nپایان.\n")).paragraphs[0] == text
