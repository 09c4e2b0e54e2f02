from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.sentences import sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left on Nov. 4. The court met.", ["He left on Nov. 4.", "The court met."]),
        ("It met in Nov. The party won.", ["It met in Nov.", "The party won."]),
        (
            "The U.S. Embassy spoke. He saw the U.S. The end.",
            ["The U.S. Embassy spoke.", "He saw the U.S.", "The end."],
        ),
        ("U.S. Sen. Ann Example said Mr. Example left.", ["U.S. Sen. Ann Example said Mr. Example left."]),
        ("So said Hun Sen. Kem Sokha left.", ["So said Hun Sen.", "Kem Sokha left."]),
        ("J. K. Example won 10.5 percent. No. 5 lost.", ["J. K. Example won 10.5 percent.", "No. 5 lost."]),
        ("He came at 5 p.m. with 20 men. They left.", ["He came at 5 p.m. with 20 men.", "They left."]),
        (
            "Read rfa.org for more. U.S.-backed talks ended.",
            ["Read rfa.org for more.", "U.S.-backed talks ended."],
        ),
        ("1. First thing. 2. In 2017. Then.", ["1. First thing.", "2. In 2017.", "Then."]),
        ("He left the party.The court met.", ["He left the party.", "The court met."]),
        ("It became weak … to show this.", ["It became weak … to show this."]),
        ("It became weak… Then it ended.", ["It became weak…", "Then it ended."]),
    ],
)
def test_english_full_stops_end_sentences_only_where_readers_stop(text: str, expected: list[str]) -> None:
    assert split(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“I cannot join,” he said. “I will not.” He left.",
            ["“I cannot join,” he said.", "“I will not.”", "He left."],
        ),
        ("“Is it so?” he asked. Yes!", ["“Is it so?” he asked.", "Yes!"]),
    ],
)
def test_a_quotation_stays_with_the_words_that_name_its_speaker(text: str, expected: list[str]) -> None:
    assert split(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("គណបក្សត្រូវបានរំលាយ។ បន្ទាប់មក ៕ ថ្មី", ["គណបក្សត្រូវបានរំលាយ។", "បន្ទាប់មក ៕", "ថ្មី"]),
        ("ပါတီ ဖျက်သိမ်း။ နောက်", ["ပါတီ ဖျက်သိမ်း။", "နောက်"]),
        ("政党解散。新党成立！他说。", ["政党解散。", "新党成立！", "他说。"]),
        ("พล.อ.สมมติ ลาออก พ.ศ. 2560 จาก ส.ส. พรรค", ["พล.อ.สมมติ ลาออก พ.ศ. 2560 จาก ส.ส. พรรค"]),
        ("هل حل الحزب؟ نعم. د. فلان قال.", ["هل حل الحزب؟", "نعم.", "د. فلان قال."]),
        ("حزب ختم ہو گیا۔ وہ چلا گیا۔", ["حزب ختم ہو گیا۔", "وہ چلا گیا۔"]),
        ("ཚོགས་པ། གཞན།", ["ཚོགས་པ།", "གཞན།"]),
        ("ፓርቲው ፈረሰ። ሌላ", ["ፓርቲው ፈረሰ።", "ሌላ"]),
        ("정당이 해산됐다. 그는 탈당했다.", ["정당이 해산됐다.", "그는 탈당했다."]),
        (
            "Партию закрыли в 2017 г. решением. А. Примеров ушёл.",
            ["Партию закрыли в 2017 г. решением.", "А. Примеров ушёл."],
        ),
        ("দল নিষিদ্ধ। তিনি বলেন।", ["দল নিষিদ্ধ।", "তিনি বলেন।"]),
    ],
)
def test_stops_of_other_scripts_end_sentences(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_a_blank_line_ends_a_sentence_and_a_line_break_does_not() -> None:
    assert split("one\ntwo\n\nthree") == ["one\ntwo", "three"]


@given(st.text(alphabet=st.sampled_from("aB1 .!?…。។\n“”'é\u200b") | st.characters(), max_size=80))
def test_sentences_are_disjoint_trimmed_and_cover_everything_but_white_space(text: str) -> None:
    found = sentences(text)
    kept = "".join(text[start:end] for start, end in found)
    assert [start for start, _ in found] == sorted(start for start, _ in found)
    assert all(a_end <= b_start for (_, a_end), (b_start, _) in pairwise(found))
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in found)
    assert "".join(kept.split()) == "".join(text.split())
