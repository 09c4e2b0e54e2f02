"""Tokens, figures, names and exchanges in every script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.stories.align import exchanges
from rules.stories.body import body_of
from rules.stories.compare import compare
from rules.stories.differ import same_spelling
from rules.stories.facts import cases_in, han_numbers_in, names_in, numbers_in, spoken
from rules.stories.parties import parties_in
from rules.stories.places import places_in
from rules.stories.words import passage, tokens_of
from state.article import Article, Section


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("The CPP’s 1,200 members", ["the", "cpp", "s", "1,200", "members"]),
        ("ឃុំ៣រូប", ["ឃុំ", "3", "រូ", "ប"]),
        ("คน 10 คน", ["ค", "น", "10", "ค", "น"]),
        ("三名议员", ["三", "名", "议", "员"]),
        ("의원 4명", ["의원", "4", "명"]),
        ("حزب ۱۲", ["حزب", "12"]),
        ("विधायक", ["विधायक"]),
        ("Đảng Bình Minh", ["đảng", "bình", "minh"]),
        ("a\u200bb", ["ab"]),
        ("", []),
    ],
)
def test_words_and_characters_are_tokens(text: str, tokens: list[str]) -> None:
    assert tokens_of(text) == tokens


@given(st.text(max_size=200))
def test_any_text_has_tokens_and_as_many_runs_as_it_must(text: str) -> None:
    found = passage(text)
    assert found.runs.size <= len(found.tokens)
    assert bool(found.runs.size) == bool(found.tokens)
    assert passage(text).runs.tolist() == found.runs.tolist()


def test_a_name_is_what_stands_capitalised_inside_a_sentence() -> None:
    text = "Members left. Sao Vannak joined the CPP on Monday, President Long Vibol said. “They came,” Sao Vannak said."
    assert names_in([text]) == {"sao": 2, "vannak": 2, "cpp": 1, "long": 1, "vibol": 1}


def test_figures_are_read_with_and_without_grouping_and_years_are_none() -> None:
    assert numbers_in(tokens_of("1,200 and 1.200, forty of 2023, 7, 15")) == {"1200", "40", "15"}


def test_chinese_figures_are_read() -> None:
    assert han_numbers_in(["四十人，三百二十票，两万名，十二月，一人", "plain 12"]) == {
        "40",
        "320",
        "20000",
        "12",
    }


def test_case_numbers_are_no_dates() -> None:
    assert cases_in("in case No. 5/2563 of 4/11/2017 and 012/2024") == {"5/2563", "12/2024"}


def test_what_is_spoken_is_found_in_every_kind_of_marks() -> None:
    assert spoken(["“It is over now,” he said. «C'est fini.» 「もう終わりです」"]) == [
        "It is over now,",
        "C'est fini.",
        "もう終わりです",
    ]


def test_places_and_parties_are_the_same_in_two_languages() -> None:
    assert places_in("in Takeo and Kampotville") == places_in("នៅខេត្តតាកែវ") == {"kh.takeo"}
    assert parties_in("គណបក្សភ្លើងទៀន") == parties_in("the Candlelight Party of Cambodia") != frozenset()


def test_a_name_for_a_name_is_an_exchange() -> None:
    one = tuple("on monday the councilor sao vannak left his party in takeo for good".split())
    two = tuple("on monday the councilor khem bora left his party in kampot for good".split())
    assert [(item.mine, item.theirs) for item in exchanges(one, two)] == [
        (("sao", "vannak"), ("khem", "bora")),
        (("takeo",), ("kampot",)),
    ]


def test_texts_without_common_words_have_no_exchange() -> None:
    assert exchanges(("a", "b", "c"), ("x", "y", "z")) == []


def test_one_letter_in_six_is_a_spelling() -> None:
    assert same_spelling("sokeysan", "sokeysan2")
    assert same_spelling("vannak", "vanak")
    assert not same_spelling("kampot", "kampong")
    assert not same_spelling("sok", "suk")


@given(st.lists(st.text(max_size=60), max_size=5), st.lists(st.text(max_size=60), max_size=5))
def test_comparing_never_fails_and_likeness_is_symmetric(one: list[str], two: list[str]) -> None:
    first, second = (
        body_of(Article(title="T", sections=(Section(None, tuple(text)),))) for text in (one, two)
    )
    assert compare(first, second).held == compare(second, first).held


def test_a_hostile_page_is_compared_in_bounded_work() -> None:
    text = tuple(("Aaaa Bbbb " * 5000, "王" * 20_000, "លោក" * 5000) * 100)
    body = body_of(Article(title="A" * 5000, sections=(Section(None, text),)))
    assert len(body.tokens) < 2_000_000
    assert compare(body, body).verdict == "copy"
