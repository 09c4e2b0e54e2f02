"""A quote is cut only between clauses and never away from what decides its sense."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.notify.quote import CUT, cut, occurrences

LONG = (
    "Speaking on Monday to a crowd in the capital, Mr. Invented Minister, who has ruled for 30 years, "
    "called for members of the Example Party to leave and join his own; the Example Party denied that anyone had."
)


def keep(text: str, *words: str) -> list[tuple[int, int]]:
    return occurrences(text, words)


def test_a_short_quote_is_whole() -> None:
    assert cut(LONG, [], 500) == LONG


def test_clauses_that_hold_nothing_dear_go() -> None:
    assert cut(LONG, keep(LONG, "called for", "leave and join"), 90) == (
        "[…] called for members of the Example Party to leave and join his own; […]"
    )


def test_the_words_that_decided_the_claim_stay_with_those_that_matched() -> None:
    made = cut(LONG, keep(LONG, "leave and join", "denied"), 130)
    assert made == (
        "[…] called for members of the Example Party to leave and join his own; "
        "the Example Party denied that anyone had."
    )


def test_where_they_are_too_far_apart_there_is_no_short_quote() -> None:
    assert cut(LONG, keep(LONG, "Speaking", "denied"), 120) is None


@pytest.mark.parametrize(
    ("text", "word", "limit", "said"),
    [
        ("他周一表示，示例党十二名议员已退党，加入执政党。另一方否认。", "退党", 21, "[…] 示例党十二名议员已退党， […]"),
        ("ပါတီဝင်များ နုတ်ထွက်ခဲ့သည်။ နောက်တစ်နေ့ အစည်းအဝေး လုပ်သည်။", "နုတ်ထွက်", 34, "ပါတီဝင်များ နုတ်ထွက်ခဲ့သည်။ […]"),
        ("កាលពីថ្ងៃច័ន្ទ មន្ត្រីម្នាក់ចុះចូល នៅទីក្រុង", "ចុះចូល", 30, "[…] មន្ត្រីម្នាក់ចុះចូល […]"),
        ("قال، إن الحزب حُلّ أمس؛ ثم غادر.", "حُلّ", 26, "[…] إن الحزب حُلّ أمس؛ […]"),
    ],
)  # fmt: skip
def test_clauses_end_where_each_script_ends_them(text: str, word: str, limit: int, said: str) -> None:
    assert cut(text, keep(text, word), limit) == said


def test_a_title_or_an_initial_ends_no_clause() -> None:
    text = "The court heard Dr. J. Invented of the party, and it adjourned until the following week at noon."
    assert cut(text, keep(text, "heard", "party"), 60) == "The court heard Dr. J. Invented of the party, […]"


@given(
    st.lists(st.sampled_from(["He left, ", "they said; ", "and no. ", "ចុះចូល ", "退党，", "x" * 30 + " "]), min_size=1, max_size=25),
    st.data(),
)  # fmt: skip
def test_a_cut_quote_is_an_exact_slice_that_holds_every_dear_word(
    pieces: list[str], data: st.DataObject
) -> None:
    text = "".join(pieces).strip()
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    limit = data.draw(st.integers(20, 200))
    made = cut(text, [(start, end)], limit)
    if made is None:
        return
    assert len(made) <= limit
    inner = re.sub(rf"^{re.escape(CUT)} | {re.escape(CUT)}$", "", made)
    assert inner in text
    at = text.find(text[start:end].strip())
    assert text[start:end].strip() in inner or at < 0
