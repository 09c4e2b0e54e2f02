from __future__ import annotations

import pytest

from crawler.sites import parse_page
from crawler.sites.zawgyi import is_zawgyi, to_unicode
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
