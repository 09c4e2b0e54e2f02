"""Whatever a page says, reading it ends, soon, and with slices that are in it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.events import extract
from state.article import Article, Section, text_at

WORDS = (
    "the a of to from by who which that and but if not never will would has had been was is said claimed denied party "
    "parties opposition ruling MP MPs members court government defect defected defection quit left leave join joined "
    "dissolve dissolved dissolution ban banned resigned refused urged threatened petition registration seats Harmony "
    "Front Civic Union Sok Dara CPP CNRP he she they it his their her 200 three % , . ; : ( ) ' \" “ ” ’ — ? ! 2017 May "
    "May, In On Monday ’s 's n't to-be If Should"
).split()


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40))
@settings(max_examples=300, deadline=None)
def test_no_order_of_words_breaks_the_reading(words: list[str]) -> None:
    text = " ".join(words)
    article = Article(title=text[:60] or "t", sections=(Section(None, (text,)),), language="en")
    for event in extract(article, []):
        where = event.quote_at
        assert text_at(article, where.field)[where.start : where.end] == event.quote


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_text_breaks_the_reading(text: str) -> None:
    extract(Article(title=text, sections=(Section(None, (text + " defected to the party",)),)), [])


def test_a_megabyte_in_one_paragraph_is_read_to_its_bound() -> None:
    text = "the party of the MP who said that he left, " * 25_000
    extract(Article(title="t", sections=(Section(None, (text,)),), language="en"), [])
