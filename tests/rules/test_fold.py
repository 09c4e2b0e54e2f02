import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.fold import BREAK_CHAR, comparable, fold, prepare

SAME = [
    ("English, quotes", "Cambodian People's Party", "Cambodian People’s Party"),
    ("English, full width", "Ｈｕｎ　Ｓｅｎ", "hun sen"),
    ("English, ligature", "oﬃcial", "OFFICIAL"),
    ("English, styled letters", "𝐂𝐍𝐑𝐏", "cnrp"),
    ("English, soft hyphen and no-break space", "Hun\u00a0S\u00aden", "Hun Sen"),
    ("French, decomposed", "de\u0301missionne\u0301", "démissionné"),
    ("German", "Straße", "STRASSE"),
    ("Turkish, dotted capital", "DİYARBAKIR", "Diyarbakır"),
    ("Turkish, lowered by a program", "i\u0307stifa", "İSTİFA"),
    ("Vietnamese, decomposed", unicodedata.normalize("NFD", "đảng đối lập"), "Đảng Đối Lập"),
    ("Vietnamese, tone placement oa", "hoá", "hóa"),
    ("Vietnamese, tone placement uy", "Uỷ ban", "ủy ban"),
    ("Vietnamese, tone placement oe", "khoẻ", "khỏe"),
    ("Khmer, zero-width spaces", "គណបក្ស\u200bភ្លើង\u200bទៀន", "គណបក្សភ្លើងទៀន"),
    ("Khmer, coeng DA and TA", "ផ្ដាច់", "ផ្តាច់"),
    ("Khmer, coeng RO first", "សង្រ្គោះ", "សង្គ្រោះ"),
    ("Khmer, coeng RO and TA", "មន្រ្តី", "មន្ត្រី"),
    ("Khmer, vowel before shifter", "សើ៊", "ស៊ើ"),
    ("Khmer, QOO of two shapes", "ឲ្យ", "ឱ្យ"),
    ("Khmer, spelt as heard", "អោយ", "ឱ្យ"),
    ("Khmer, OO typed as E and AA", "ក\u17c1\u17b6", "ក\u17c4"),
    ("Khmer, U for a shifter", "ស\u17bb\u17b8", "ស\u17ca\u17b8"),
    ("Khmer, digits", "២០១៧", "2017"),
    ("Thai, SARA AM as two", "ทํา", "ทำ"),
    ("Thai, tone after NIKHAHIT", "น\u0e4d\u0e49\u0e32", "น้ำ"),
    ("Thai, tone before NIKHAHIT", "น\u0e49\u0e4d\u0e32", "น้ำ"),
    ("Thai, tone after SARA AM", "นำ้", "น้ำ"),
    ("Thai, SARA AE as two", "เเพ้", "แพ้"),
    ("Thai, tone before the vowel", "ท\u0e48\u0e35", "ที่"),
    ("Thai, spaced letters", "ยุ บ พ ร ร ค", "ยุบพรรค"),
    ("Lao, SARA AM as two", "ກ\u0ecd\u0eb2ປູເຈຍ", "ກຳປູເຈຍ"),
    ("Lao, ligature HO NO", "ໜ້າ", "ຫນ້າ"),
    ("Lao, ligature HO MO", "ໝໍ", "ຫມໍ"),
    ("Burmese, zero for WA", "၀န်ကြီး", "ဝန်ကြီး"),
    ("Burmese, vowels in another order", "က\u102f\u102d", "က\u102d\u102f"),
    ("Burmese, spaces", "ပါတီ ဖျက်သိမ်း", "ပါတီဖျက်သိမ်း"),
    ("Tibetan, non-breaking tsheg", "ཚོགས༌པ", "ཚོགས་པ"),
    ("Tibetan, final tsheg", "ཚོགས་པ་", "ཚོགས་པ"),
    ("Chinese, traditional", "香港眾志解散", "香港众志解散"),
    ("Chinese, variant", "羣眾", "群众"),
    ("Chinese, a line break inside", "香港\n众志", "香港众志"),
    ("Chinese, an acronym inside", "加入CPP并", "加入 ＣＰＰ 并"),
    ("Korean, decomposed", unicodedata.normalize("NFD", "정당해산"), "정당해산"),
    ("Japanese, half width", "ﾊﾟｰﾃｨｰ", "パーティー"),
    ("Arabic, dotless YEH and KAF of Persian", "ديموقراطى كتلة", "دیموقراطی کتلة"),
    ("Arabic, tatweel", "حـــزب", "حزب"),
    ("Arabic, vowel points", "حِزْبٌ", "حزب"),
    ("Arabic, presentation forms", "ﺣﺰﺏ", "حزب"),
    ("Arabic, LAM-ALEF", "ﺍﻻﻧﺸﻘﺎﻕ", "الانشقاق"),
    ("Arabic, ALEF with HAMZA", "أحزاب", "احزاب"),
    ("Persian, ZWNJ", "می\u200cشود", "میشود"),
    ("Urdu, HEH GOAL", "سياسہ", "سیاسه"),
    ("Arabic digits", "۱۴۰۴ ١٤٠٤", "1404 1404"),
    ("Bengali, KHANDA TA", "হঠাত\u09cd\u200d", "হঠাৎ"),
    ("Bengali, nukta letters", "দলীয\u09bc", "দলীয়"),
    ("Uzbek, apostrophes", "O‘zbek", "Oʻzbek"),
    ("Uzbek, plain apostrophe", "O'zbek", "Oʼzbek"),
    ("Uzbek, a Cyrillic letter in a Latin word", "pаrtiya", "partiya"),
    ("Russian, a Latin letter in a Cyrillic word", "кoммунист", "коммунист"),
]

APART = [
    ("Vietnamese marks", "đảng", "dáng"),
    ("Vietnamese letters", "đảng", "dâng"),
    ("Uyghur AE and HEH", "ە", "ه"),
    ("Turkish letters", "kapatıldı", "kapatildu"),
    ("Khmer DA and TA outside a coeng", "ដ", "ត"),
    ("acronym with a Cyrillic ending", "CPPнинг", "СРРнинг"),
    ("a footnote mark is no letter", "CNRP²", "CNRP2"),
    ("Thai words over punctuation", "ยุบ, พรรค", "ยุบพรรค"),
    ("Korean words", "위해 산업", "위해산업"),
]


@pytest.mark.parametrize(("one", "other"), [pair[1:] for pair in SAME], ids=[pair[0] for pair in SAME])
def test_spellings_a_reader_takes_for_one_fold_to_one(one: str, other: str) -> None:
    assert fold(one).text == fold(other).text


@pytest.mark.parametrize(("one", "other"), [pair[1:] for pair in APART], ids=[pair[0] for pair in APART])
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert fold(one).text != fold(other).text


def test_punctuation_and_white_space_are_one_space_and_none_at_the_ends() -> None:
    assert fold("  “Hun\tSen” — (CPP)…\n").text == "hun sen cpp"


def test_a_digit_that_can_be_one_stays_a_digit_in_burmese() -> None:
    assert fold("၂၀၂၃ ၇ရက်").text == "2023 7 ရက်"


def test_a_field_break_is_a_line_feed_of_its_own() -> None:
    assert fold(f"one {BREAK_CHAR} two").text == "one \n two"


def test_a_quotation_takes_vowel_points_at_its_end_along() -> None:
    text = "قال حِزْبٌ كبير"
    folded = fold(text)
    start = folded.text.index("حزب")
    assert text[slice(*folded.span(start, start + 3))] == "حِزْبٌ"


@pytest.mark.parametrize(
    ("text", "sought", "quote"),
    [
        ("the «Ｈｕｎ　Ｓｅｎ» era", "hun sen", "Ｈｕｎ　Ｓｅｎ"),
        ("an oﬃcial letter", "official", "oﬃcial"),
        ("cafe\u0301 noir", "café", "cafe\u0301"),
        ("គណបក្ស\u200bភ្លើង\u200bទៀន ៖", "គណបក្សភ្លើងទៀន", "គណបក្ស\u200bភ្លើង\u200bទៀន"),
        ("ពីសង្រ្គោះជាតិ", "សង្គ្រោះ", "សង្រ្គោះ"),
        ("ดื่มน\u0e4d\u0e49\u0e32แล้ว", "น้ำ", "น\u0e4d\u0e49\u0e32"),
        ("加入CPP并", "cpp", "CPP"),
        ("(İSTİFA)", "istifa", "İSTİFA"),
    ],
)
def test_a_find_leads_back_to_its_source(text: str, sought: str, quote: str) -> None:
    folded = fold(text)
    start = folded.text.index(fold(sought).text)
    assert text[slice(*folded.span(start, start + len(fold(sought).text)))] == quote


# What texts are made of: each unit is a word or part of one, spelt in one of the ways people type.
UNITS = [spelling for _, *spellings in (*SAME, *APART) for spelling in spellings] + [
    *"  ,.—“”…・·。、។། ။\u200b\u200d\u00ad\ufe0f\u2028\n☃😀²½",
    *"aZéßİıﬁжЖ5٥๕၅Ⅷǅ한港眾カ",
    BREAK_CHAR,
]
TEXTS = st.lists(st.sampled_from(UNITS), max_size=12).map("".join)


@given(TEXTS)
def test_folding_again_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert fold(once.replace("\n", BREAK_CHAR)).text == once


@given(TEXTS)
def test_every_place_leads_to_the_source_it_came_from(text: str) -> None:
    folded = fold(text)
    bounds, at = [], 0
    for word in re.split("[ ,]", folded.text):
        if word:
            start, end = folded.span(at, at + len(word))
            assert fold(text[start:end]).text == word
            bounds.append((start, end))
        at += len(word) + 1
    assert bounds == sorted(bounds)
    assert all(a[1] <= b[0] for a, b in pairwise(bounds))


@given(st.one_of(TEXTS, st.text(max_size=60)))
def test_every_place_lies_inside_the_source(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    for at in range(len(folded.text)):
        start, end = folded.span(at, at + 1)
        assert 0 <= start <= end <= len(text)
        assert start < end or folded.text[at] in " ,"


@given(TEXTS)
def test_composed_and_decomposed_input_fold_alike(text: str) -> None:
    composed = fold(unicodedata.normalize("NFC", text)).text
    assert fold(text).text == fold(unicodedata.normalize("NFD", text)).text == composed


@given(st.one_of(TEXTS, st.text(max_size=60)))
def test_the_quick_way_for_terms_gives_the_same(text: str) -> None:
    text = text.replace(BREAK_CHAR, " ")
    assert comparable(text) == fold(text).text
    prepare([text + "ก", "ข" + text, "…ค"])
    assert comparable(text + "ก") == fold(text + "ก").text
    assert comparable("ข" + text) == fold("ข" + text).text
    ascii_only = text.encode("ascii", "ignore").decode()
    assert comparable(ascii_only) == fold(ascii_only).text
