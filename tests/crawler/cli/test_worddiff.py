"""What changed is shown by words, in every script, and both texts can be read back from it."""

import re

from hypothesis import given
from hypothesis import strategies as st

from crawler.cli.worddiff import word_diff


def test_a_changed_word_stands_among_its_neighbours():
    assert word_diff("Ten councillors left.", "Two councillors left.") == (
        1,
        1,
        "[-Ten-]{+Two+} councillors left.",
    )


def test_scripts_without_spaces_are_compared_letter_by_letter():
    assert word_diff("国会解散了", "国会没解散") == (1, 1, "国会{+没+}解散[-了-]")
    assert word_diff("បក្សរលាយ", "បក្សមិនរលាយ")[2].startswith("បក្ស{+")


def test_what_is_far_from_any_change_is_left_out():
    gone, come, text = word_diff("a " * 400 + "end", "a " * 400 + "close")

    assert (gone, come) == (1, 1)
    assert len(text) < 60


@given(st.text("ab ក1\n", max_size=12), st.text("ab ក1\n", max_size=12))
def test_both_texts_stand_in_the_difference(old, new):
    text = word_diff(old, new)[2]

    assert re.sub(r"\{\+.*?\+\}", "", text, flags=re.S).replace("[-", "").replace("-]", "") == old
    assert re.sub(r"\[-.*?-\]", "", text, flags=re.S).replace("{+", "").replace("+}", "") == new
