import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.condition import (
    MAX_DEPTH,
    All,
    AnyOf,
    AtLeast,
    ConditionError,
    Near,
    Not,
    Scoped,
    Score,
    Within,
    Word,
    depth,
    parse,
    walk,
)


def word(text: str, column: int) -> Word:
    return Word(text, quoted=False, column=column)


def test_or_binds_loosest_then_in_then_and_then_not_then_near() -> None:
    tree = parse("a NEAR/15 b OR c AND NOT d NEAR/2 e IN sentence").root
    assert tree == AnyOf(
        (
            Near(word("a", 1), word("b", 11), 15),
            Within(All((word("c", 16), Not(Near(word("d", 26), word("e", 35), 2)))), "sentence"),
        )
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a BEFORE/3 b", Near),
        ("2 OF (a, b, c)", AtLeast),
        ("2 OF group", AtLeast),
        ("title:(a OR b)", Scoped),
        ("title:a", Scoped),
        ('SCORE>=2.5 (a^2, "b c"^-1, @d, (e OR f)^3)', Score),
        ("(a IN sentence) AND (b IN post)", All),
        ("a NOT b", All),
        ("/part(y|iya)/ AND x", All),
        ("គណបក្ស OR ပါတီ OR 政党 OR O‘zbek OR 10% OR a/b", AnyOf),
    ],
)
def test_every_operator_is_read(text: str, kind: type) -> None:
    assert isinstance(parse(text).root, kind)


def test_quotes_of_word_processors_are_quotes() -> None:
    words = [
        node.text
        for node in walk(parse("“two words” OR «deux mots» OR „zwei Worte“").root)
        if isinstance(node, Word)
    ]
    assert words == ["two words", "deux mots", "zwei Worte"]


def test_exceptions_stand_at_the_end() -> None:
    assert [one.text for one in parse('a EXCEPT ("b c", d OR e)').exceptions] == ["b c", "d", "e"]


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("hun sen", 5, "side by side"),
        ("Candlelight Party OR CNRP", 13, "side by side"),
        ('hun sen" OR x', 8, "not closed"),
        ("(a OR b", 1, "not closed"),
        ("a)", 2, "nothing opens"),
        ("a and b", 3, "operators are written AND"),
        ("a NEAR b", 3, "needs a number"),
        ("a AND", 5, "ends too early"),
        ("a OR OR b", 6, "not expected"),
        ("", 1, "empty"),
        ("   ", 1, "empty"),
        ("a IN book", 6, "IN sentence"),
        ("a IN sentence AND b", 15, "parentheses"),
        ("a AND headline:(a)", 7, "fields are title:"),
        ("(" * 50 + "a" + ")" * 50, 1, "deeper"),
        ("NOT " * 200 + "a", 1, "deeper"),
        ("a NEAR/2 " * 200 + "b", 1, "deeper"),
    ],
)
def test_mistakes_are_told_with_column_and_remedy(text: str, column: int, said: str) -> None:
    with pytest.raises(ConditionError) as error:
        parse(text)
    assert error.value.column == column
    assert said in f"{error.value} {error.value.hint}"


@given(
    st.lists(
        st.sampled_from(
            ["a", '"b c"', "AND", "OR", "NOT", "NEAR/2", "(", ")", "IN", "sentence", "2 OF", ",", "title:"]
        )
    ).map(" ".join)
)
def test_any_string_of_tokens_is_a_tree_of_bounded_depth_or_an_error(text: str) -> None:
    try:
        tree = parse(text).root
    except ConditionError:
        return
    assert depth(tree) <= MAX_DEPTH
