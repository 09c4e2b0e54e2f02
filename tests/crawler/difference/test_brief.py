"""A change on one line: both texts can be read back from it, and what lies far from a change is left out."""

import re

from hypothesis import given
from hypothesis import strategies as st

from crawler.difference.brief import brief, words_in
from crawler.difference.words import parts


def test_a_changed_word_stands_among_its_neighbours() -> None:
    found = parts("Ten councillors left.", "Two councillors left.")

    assert brief(found) == "[-Ten-]{+Two+} councillors left."
    assert (words_in(found, "-"), words_in(found, "+")) == (1, 1)


def test_scripts_without_spaces_are_compared_by_what_a_reader_sees_as_one() -> None:
    assert brief(parts("បក្សរលាយហើយ", "បក្សមិនរលាយហើយ")).startswith("បក្ស{+មិន+}")


def test_what_is_far_from_any_change_is_left_out() -> None:
    found = parts("word " * 400 + "end", "word " * 400 + "close")

    assert brief(found).endswith("[-end-]{+close+}")
    assert brief(found).startswith("… word")
    assert len(brief(found)) < 80


@given(st.text("ab ក1", max_size=12), st.text("ab ក1", max_size=12))
def test_both_texts_stand_in_the_difference(old: str, new: str) -> None:
    text = brief(parts(old, new)).replace("␣", " ")  # how a space that went or came is shown

    assert re.sub(r"\{\+.*?\+\}", "", text).replace("[-", "").replace("-]", "") == old
    assert re.sub(r"\[-.*?-\]", "", text).replace("{+", "").replace("+}", "") == new
