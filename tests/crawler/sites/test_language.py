from __future__ import annotations

from pathlib import Path

import pytest

from crawler.sites.language import detect, normalised


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("រដ្ឋាភិបាល", "km"),
        ("CNRP ត្រូវរំលាយ RFA", "km"),
        ("รัฐบาล", "th"),
        ("ລັດຖະບານ", "lo"),
        ("ရန်ကုန်", "my"),
        ("བོད་ལྗོངས", "bo"),
        ("ئۇيغۇر خەلقى ۋە پارتىيە", "ug"),
        ("دولت ایران گفت که پارلمان", "fa"),
        ("中共发文国际关注", "zh-Hans"),
        ("中共發文國際關注", "zh-Hant"),
        ("정부는 정당", "ko"),
        ("政府は政党を解散した", "ja"),
        ("Chính phủ Việt Nam giải thể đảng", "vi"),
        ("The government of the country said", "en"),
        ("Der Minister ist nicht mit der Partei", "de"),
        ("правительство распустило партию", "ru"),
        ("уряд розпустив партію і її фракцію", "uk"),
    ],
)
def test_the_script_tells_the_language_where_nothing_else_does(text: str, language: str) -> None:
    assert detect([text], None) == language


@pytest.mark.parametrize(
    ("text", "prior", "language"),
    [
        ("ភ្នំពេញ", "en", "km"),
        ("The council voted", "km", "en"),
        ("中共發文國際關注", "yue-Hant", "yue"),
        ("中共發文國際關注", "zh-Hans", "zh-Hant"),
        ("Die Partei wurde aufgelöst", "de-AT", "de"),
        ("Partai itu dibubarkan", "id", "id"),
        ("پارتىيە تارقىتىۋېتىلدى دېدى", "ar", "ug"),
        ("", "km", "km"),
        ("12 34", None, "und"),
    ],
)
def test_what_is_known_beforehand_stands_unless_the_script_contradicts(
    text: str, prior: str | None, language: str
) -> None:
    assert detect([text], prior) == language


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("zh_CN", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("en-US", "en"),
        ("kr", "ko"),
        ("en-Poly", "en"),
        ("not a tag", ""),
    ],
)
def test_tags_are_brought_to_one_form(tag: str, expected: str) -> None:
    assert normalised(tag) == expected


def test_19_of_20_short_texts_of_fifty_languages_are_told() -> None:
    """Four to forty-five letters each; the rest are words that two languages share."""
    table = Path(__file__).parent / "data" / "languages.tsv"
    rows = [line.split("\t") for line in table.read_text("utf-8").splitlines() if not line.startswith("#")]
    mistakes = [
        (expected, text, told)
        for expected, prior, text in rows
        if (told := detect([text], prior or None)) != expected
    ]
    assert len(rows) > 380
    assert len(mistakes) <= len(rows) * 0.05, mistakes
    unmistakable = {"km", "th", "lo", "my", "bo", "ug", "zh-Hans", "zh-Hant", "yue", "ko", "ja"}
    assert [row for row in mistakes if row[0] in unmistakable] == []


def test_letters_decide_against_a_neighbours_language_named_by_the_source() -> None:
    assert detect(["Київ і вся Україна"], "ru") == "uk"
    assert detect(["Москва и вся Россия"], "uk") == "uk"
    assert detect(["CNRP 2017"], "km") == "km"
