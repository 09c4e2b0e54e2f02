import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.regex import check_regex, required_literals

ATOMS = st.sampled_from(
    ["abc", "xyz", "vwx", "a", ".", "[bc]", "\\d", "\\.", "c+", "b?", "x*", "z{2}", "y{0,2}"]
)
PATTERNS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({'|'.join(parts)})"),
        inner.map(lambda part: f"({part})?"),
        inner.map(lambda part: f"(?:{part})+"),
    ),
    max_leaves=6,
)


@given(PATTERNS, st.data())
def test_every_match_holds_one_of_the_required_literals(pattern: str, data: st.DataObject) -> None:
    literals = required_literals(pattern)
    if not literals:
        return
    text = data.draw(st.from_regex(re.compile(pattern, re.ASCII), fullmatch=True))
    assert any(literal in text for literal in literals)


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        ("defect(ed|ion)s?", {"defect"}),
        ("(dissolv|outlaw)ed", {"dissolv", "outlaw"}),
        ("(the )?court", {"court"}),
        ("quit(s|ting)?", {"quit"}),
        ("a|defect", set()),
        ("[a-z]+", set()),
        ("(?i:x)abc", set()),
    ],
)
def test_literals_are_the_longest_that_are_certain(pattern: str, literals: set[str]) -> None:
    assert required_literals(pattern) == literals


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("(a", "refused"),
        (r"(a)\1", "refused"),
        ("a(?=b)", "refused"),
        ("(((a{900}){900}){900})", "refused"),
        ("x" * 2000, "longer than"),
        ("a*", "matches nothing at all"),
    ],
)
def test_expressions_that_cannot_be_trusted_are_refused(pattern: str, said: str) -> None:
    assert said in check_regex(pattern)
