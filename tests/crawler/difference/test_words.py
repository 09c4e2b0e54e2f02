"""What went and what came is told in pieces that a reader would name, in any script."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.difference.tokens import clusters, tokens
from crawler.difference.words import parts

_MARKED = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}


def marked(was: str, now: str) -> str:
    return "".join(_MARKED[part.sign].format(part.text) for part in parts(was, now))


@pytest.mark.parametrize(
    ("was", "now", "shown"),
    [
        (
            "Twelve councillors defected on Friday.",
            "Four councillors did not defect on Friday.",
            "[-Twelve-]{+Four+} councillors [-defected-]{+did not defect+} on Friday.",
        ),
        ("1,204 votes don't count", "1,304 votes don't count", "[-1,204-]{+1,304+} votes don't count"),
        ("They said no.", "They said no.", "They said no."),
        ("", "All new", "{+All new+}"),
        ("All old", "", "[-All old-]"),
        # Khmer: stacks, vowels and digits stay whole.
        ("ឃុំចំនួន១២នាក់បានចុះចូល", "ឃុំចំនួន៤នាក់មិនបានចុះចូល", "ឃុំចំនួន[-១២នាក់-]{+៤នាក់មិន+}បានចុះចូល"),
        ("គណបក្សសង្គ្រោះជាតិ", "គណបក្សសង្គ្រោះជាតិខ្មែរ", "គណបក្សសង្គ្រោះជាតិ{+ខ្មែរ+}"),
        # Thai: a vowel before its consonant and a silenced letter stay with their syllable.
        ("พรรคก้าวไกลลาออก", "พรรคเพื่อไทยไม่ลาออก", "พรรค[-ก้าวไกล-]{+เพื่อไทยไม่+}ลาออก"),
        ("วันศุกร์", "วันเสาร์", "วัน[-ศุกร์-]{+เสาร์+}"),
        ("柬埔寨最高法院解散救国党", "柬埔寨最高法院未解散人民党", "柬埔寨最高法院{+未+}解散[-救国-]{+人民+}党"),
        ("ပါတီကို ဖျက်သိမ်းသည်", "ပါတီကို မဖျက်သိမ်းပါ", "ပါတီကို {+မ+}ဖျက်သိမ်း[-သည်-]{+ပါ+}"),
        ("བོད་ཀྱི་རྒྱལ་པོ", "བོད་ཀྱི་བློན་པོ", "བོད་ཀྱི་[-རྒྱལ་-]{+བློན་+}པོ"),
        ("ئون ئىككى ئەزا چىكىندى", "تۆت ئەزا چىكىنمىدى", "[-ئون ئىككى-]{+تۆت+} ئەزا [-چىكىندى-]{+چىكىنمىدى+}"),
        ("의원 열두 명이 탈당했다", "의원 네 명이 탈당하지 않았다", "의원 [-열두-]{+네+} 명이 [-탈당했다-]{+탈당하지 않았다+}"),
        ("12 đảng viên bỏ đảng", "12 đảng viên không bỏ đảng", "12 đảng viên {+không +}bỏ đảng"),
    ],
)  # fmt: skip
def test_a_change_is_marked_where_a_reader_would_mark_it(was: str, now: str, shown: str) -> None:
    assert marked(was, now) == shown


_ANY = st.text(
    alphabet=st.sampled_from("ab 1,.'\u200b\u200dកខ្ាំ់មិនกเร์ไ柬解ပတီ်ြབོད་ئە\u0301👍🏽🇰🇭가"), max_size=60
)


@given(_ANY, _ANY)
def test_nothing_of_either_text_is_lost(was: str, now: str) -> None:
    found = parts(was, now)

    assert "".join(part.text for part in found if part.sign in "=-") == was
    assert "".join(part.text for part in found if part.sign in "=+") == now


@given(_ANY)
def test_no_piece_begins_with_a_mark_that_belongs_to_the_one_before(text: str) -> None:
    found = clusters(text)

    assert "".join(found) == "".join(tokens(text)) == text
    for before, piece in pairwise(found):
        assert before[-1].isspace() or unicodedata.category(piece[0])[0] != "M"
        assert before[-1] != "\u17d2" or not piece[0].isalpha()


@pytest.mark.parametrize("text", ["a " * 60_000, "ក" * 60_000, "一二" * 60_000])
def test_a_text_without_end_is_compared_all_the_same(text: str) -> None:
    found = parts(text, text[::-1])

    assert "".join(part.text for part in found if part.sign in "=-") == text
