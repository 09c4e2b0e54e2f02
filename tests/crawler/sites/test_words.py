from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.sites.words import clean
from state.article import tidy


@given(st.text(alphabet=st.characters() | st.sampled_from("  \t\n\xa0\u200b\u0301e\x00\ufeff")))
@example("two  blanks")
@example(" e\u0301 ")
@example("\ud800")
def test_cleaned_text_is_tidy_and_cleaning_it_again_changes_nothing(text: str) -> None:
    cleaned = clean(text)
    assert cleaned == tidy(cleaned) == clean(cleaned)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        (" one  two\n three ", "one two three"),
        ("plain words", "plain words"),
        ("", ""),
        ("caf\u0065\u0301", "caf\u00e9"),
        ("a\x07b", "ab"),
        ("\ufeffa", "a"),
        ("zero\u200bwidth", "zero\u200bwidth"),
    ],
)
def test_white_space_and_control_characters_go_and_letters_stay(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned
