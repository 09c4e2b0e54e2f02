"""Words are found in every script, indexed or not, in the newest and in earlier versions."""

import pytest

from state.article import Section
from tests.state.store.made import HOUR, NOON, article

TEXTS = {
    "en": "Ten Councillors left the Reed Party.",
    "km": "សមាជិក\u200bក្រុមប្រឹក្សា\u200bឃុំ ដប់នាក់ បានចាកចេញ",
    "my": "ပါတီမှ နုတ်ထွက်ခဲ့သည်",
    "th": "สมาชิกสภาลาออกจากพรรค",
    "lo": "ສະມາຊິກພັກລາອອກ",
    "bo": "ཚོགས་མི་བཅུ་ཚོགས་པ་ནས་ཕྱིར་འཐེན་བྱས།",
    "zh": "十名议员退出芦苇党",
    "ug": "ئون ئەزا پارتىيەدىن چېكىندى",
    "ko": "의원 열 명이 탈당했다",
    "vi": "Mười ủy viên rời đảng",
}


@pytest.fixture(params=["indexed", "not indexed", "half indexed"])
def tx(request, store):
    with store.begin() as tx:
        for number, (language, text) in enumerate(TEXTS.items()):
            made = article(f"x:{language}", title="t", sections=(Section(None, (text,)),), language=language)
            tx.articles.put(made, now=NOON)
            if request.param == "half indexed" and number == 4:
                tx.search.index()
        if request.param == "indexed":
            tx.search.index()
        yield tx


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("councillors", "en"),
        ("COUNCILLORS reed", "en"),
        ('"reed party"', "en"),
        ("ក្រុមប្រឹក្សា", "km"),
        ("សមាជិកក្រុមប្រឹក្សា", "km"),
        ("ឃុំ", "km"),
        ("នុတ်", None),
        ("နုတ်ထွက်", "my"),
        ("ลาออก", "th"),
        ("ລາອອກ", "lo"),
        ("ཕྱིར་འཐེན", "bo"),
        ("议员", "zh"),
        ("芦苇党 议员", "zh"),
        ("党", "zh"),
        ("پارتىيە", "ug"),
        ("탈당", "ko"),
        ("ỦY VIÊN", "vi"),
        ('"party reed"', None),
        ("100%", None),
        ("_", None),
        ('" OR ^zq"', None),
        ("'; drop table articles", None),
        ("", None),
    ],
)
def test_words_find_their_article(tx, words, language):
    found = [hit.row.key for hit in tx.search.find(words)]

    assert found == ([f"x:{language}"] if language else [])


def test_an_earlier_version_is_found_and_said_to_be_earlier(store):
    with store.begin() as tx:
        tx.articles.put(article(title="the word was heron"), now=NOON)
        tx.search.index()
        tx.articles.put(article(title="the word is egret"), now=NOON + HOUR)
        [before], [after] = tx.search.find("heron"), tx.search.find("egret")

    assert (before.current, after.current) == (False, True)
    assert before.version != after.version


def test_the_newest_come_first_and_not_more_than_asked(store):
    with store.begin() as tx:
        for number in range(5):
            tx.articles.put(article(f"rfa:{number}"), now=NOON)
        tx.articles.put(article("canary:1"), now=NOON, canary=True)

        assert [hit.row.key for hit in tx.search.find("councillors", 2)] == ["rfa:4", "rfa:3"]
        assert len(tx.search.find("councillors")) == 5


def test_the_index_is_brought_up_to_date_in_steps():
    from state.store import Store

    store = Store.in_memory()
    with store.begin() as tx:
        for number in range(5):
            tx.articles.put(article(f"rfa:{number}"), now=NOON)

        assert [tx.search.index(2) for _ in range(4)] == [2, 2, 1, 0]
        assert len(tx.search.find("councillors")) == 5
    store.close()
