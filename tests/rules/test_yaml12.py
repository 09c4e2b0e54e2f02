import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.yaml12 import MAX_ALIASED, MAX_DEPTH, Mapping, Node, Scalar, Sequence, documents
from state.errors import RuleSyntaxError


def plain(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.value: plain(value) for key, value in node.pairs}


def read(text: str) -> list[object]:
    return [plain(node) for node in documents("rules.yaml", text.encode())]


def test_every_scalar_is_the_string_that_was_typed() -> None:
    text = "a: [no, on, yes, null, ~, 2017-11-04, 12:30, 0123, 0x1f, 1e3, .inf, '', \"\\u17d2\"]"
    assert read(text) == [
        {
            "a": [
                "no",
                "on",
                "yes",
                "null",
                "~",
                "2017-11-04",
                "12:30",
                "0123",
                "0x1f",
                "1e3",
                ".inf",
                "",
                "\u17d2",
            ]
        }
    ]


def test_documents_comments_blocks_and_anchors_are_read() -> None:
    text = "a: &x [one]  # comment\nb: *x\n---\n- >\n  folded\n  text\n- |\n  kept\n---\n"
    assert read(text) == [{"a": ["one"], "b": ["one"]}, ["folded text\n", "kept\n"]]


def test_nodes_know_their_line_and_column() -> None:
    (root,) = documents("rules.yaml", b"a:\n  - one\n  - 'two'\n")
    assert isinstance(root, Mapping)
    items = root.pairs[0][1].items
    assert [(item.line, item.column, item.offset) for item in items] == [(2, 5, 0), (3, 5, 1)]


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("a: 1\nb: 2\na: 3", "3:1", "stands twice, first in line 1"),
        ("a: [1, 2\nb: 3", "2:", "not YAML"),
        ("a: @macro", "1:4", "not YAML"),
        ("a: !!python/object/apply:os.system [x]", "1:4", "tag"),
        ("a: !!int 3", "1:4", "tag"),
        ("a: *nothing", "1:4", "names no anchor"),
        ("a: &a [*a]", "1:8", "names no anchor"),
        ("{a: 1}: b", "1:1", "a key must be a plain word"),
        ("a: " + "[" * 5000, "1:", "nested deeper"),
        ("a: b: c", "1:5", "not YAML"),
        ("\tа: b", "1:1", "not YAML"),
    ],
)
def test_what_is_refused_is_refused_at_its_place(text: str, place: str, said: str) -> None:
    with pytest.raises(RuleSyntaxError) as error:
        read(text)
    assert str(error.value).startswith(f"rules.yaml:{place}")
    assert said in str(error.value)


def test_aliases_cannot_blow_up() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    with pytest.raises(RuleSyntaxError, match=f"more than {MAX_ALIASED}"):
        read("\n".join(lines))


def test_a_file_in_another_encoding_is_named_with_the_line() -> None:
    with pytest.raises(RuleSyntaxError, match=r"rules.yaml:2: the file is not UTF-8"):
        documents("rules.yaml", b"a: 1\nb: \xe9")


@given(st.binary(max_size=200) | st.text(alphabet="ab:-[]{}&*!|>'\"#%@` \n\t,?", max_size=80).map(str.encode))
def test_any_bytes_give_nodes_of_bounded_depth_or_an_error(data: bytes) -> None:
    try:
        roots = documents("rules.yaml", data)
    except RuleSyntaxError:
        return
    waiting = [(root, 1) for root in roots]
    while waiting:
        node, depth = waiting.pop()
        assert depth <= MAX_DEPTH + 1
        if isinstance(node, Sequence):
            waiting += [(item, depth + 1) for item in node.items]
        elif isinstance(node, Mapping):
            waiting += [(value, depth + 1) for _, value in node.pairs]
