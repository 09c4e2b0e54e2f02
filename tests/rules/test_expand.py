"""What a term stands for: lists written out, strings as sought, and what they really hit."""

import pytest

from rules.expand import Expanded, expand_rule, expand_text, spellings
from rules.terms import UnknownListError
from tests.rules.rulebook import LISTS, article, rule


def shown(found: list[Expanded]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.group, one.term.label, one.sought) for one in found]


def test_a_rule_is_written_out_group_by_group() -> None:
    text = "terms: {act: ['@defect_en'], who: [{substring: rescue}, {regex: 'cn.p party'}]}\n"
    [only] = rule(text + "when: act NEAR/5 who\nexcept: [birth defect]\n").rules.values()

    assert shown(expand_rule(only)) == [
        ("act", "defect", ("defect",)),
        ("act", "defected", ("defected",)),
        ("act", "defection*", ("defection*",)),
        ("act", "defector*", ("defector*",)),
        ("who", "rescue", ("rescue",)),
        ("who", "/cn.p party/", ("*p party*",)),
        ("except", "birth defect", ("birth defect",)),
    ]
    assert [one.term.macro for one in expand_rule(only)][:1] == ["defect_en"]


@pytest.mark.parametrize(
    ("text", "sought"),
    [
        ("Đảng", [("đảng",)]),
        ("@kh_parties", [("cnrp",), ("candlelight party",)]),
        ("救國黨", [("救国党",)]),
        ("더불어 민주당", [("더불어 민주당", "더불어민주당")]),
        ("*tion", [("*tion",)]),
    ],
)
def test_a_term_shows_the_strings_it_is_sought_as(text: str, sought: list[tuple[str, ...]]) -> None:
    assert [one.sought for one in expand_text(text, LISTS)] == sought


def test_an_unknown_list_names_its_neighbour() -> None:
    with pytest.raises(UnknownListError) as caught:
        expand_text("@kh_partys", LISTS)

    assert caught.value.hint == 'did you mean "@kh_parties"?'


def test_spellings_are_counted_once_an_article_as_published() -> None:
    found = expand_text("defect*", LISTS)
    articles = [article("He defected. They DEFECTED, they defected."), article("A defect."), article("No.")]

    counted = spellings(found, articles)[found[0].term]
    bounded = spellings(found, articles, most=1)[found[0].term]

    assert (counted.articles, dict(counted.each)) == (2, {"defected": 1, "DEFECTED": 1, "defect": 1})
    assert bounded.articles == 2
    assert bounded.each["…"] == 2
