"""A file in pieces reads as the whole does, and only what changed is read again."""

import pytest

from rules.pieces import KnownPieces, pieces
from rules.schema import read_rules
from tests.rules.rulebook import LISTS

DOCUMENTS = (
    "# head\n---\nid: a\nquery: x\ntests:\n- match: x\n---\n\nid: b\nquery: y\n--- # more\nid: c\nquery: z\n"
)
LISTED = "# head\nrules:\n# one\n- id: a\n  query: x\n- id: b\n  description: |\n    - no rule\n  query: y\n"
INDENTED = (
    "rules:\n  - id: a\n    query: x\n\n  # two\n  - id: b\n    query: y\n    tests:\n      - match: y\n"
)
LINKED = "rules:\n- id: a\n  tags: &tags [one]\n  query: x\n- id: b\n  tags: *tags\n  query: y\n"
ALONE = "id: a\nquery: x\n"


@pytest.mark.parametrize("text", [DOCUMENTS, LISTED, INDENTED, LINKED, ALONE, "\ufeff" + DOCUMENTS])
def test_rules_and_their_places_are_those_of_the_whole_file(text: str) -> None:
    read = KnownPieces(LISTS).read("r.yaml", text.encode())

    assert read == read_rules("r.yaml", text.encode(), LISTS)
    assert read.rules


@pytest.mark.parametrize(
    "text",
    [
        LISTED + "- id: c\n",
        DOCUMENTS + "---\nid: d\nquery: (x\n",
        "",
        "# nothing\n",
        "---\n---\n",
        "- [",
        LISTED + "id: x\n",
    ],
)
def test_mistakes_are_told_as_of_the_whole_file(text: str) -> None:
    read = KnownPieces(LISTS).read("r.yaml", text.encode())
    whole = read_rules("r.yaml", text.encode(), LISTS)

    assert list(map(str, read.errors)) == list(map(str, whole.errors))
    assert read.errors
    assert read.rules == whole.rules


@pytest.mark.parametrize(
    ("text", "number"), [(DOCUMENTS, 3), (LISTED, 2), (INDENTED, 2), (LINKED, 1), (ALONE, 1)]
)
def test_a_file_falls_into_its_rules(text: str, number: int) -> None:
    assert len(list(pieces(text.encode()))) == number


def test_what_did_not_change_is_not_read_again_though_it_moved() -> None:
    known = KnownPieces(LISTS)
    before = known.read("r.yaml", LISTED.encode()).rules
    known.forget_unmet()
    after = known.read(
        "r.yaml", LISTED.replace("# one\n- id: a\n  query: x", "# one\n\n- id: a\n  query: w").encode()
    )

    assert after.rules[1].when is before[1].when
    assert after.rules[1].place.line == before[1].place.line + 1
    assert after.rules[0].version != before[0].version


def test_what_is_gone_is_forgotten() -> None:
    known = KnownPieces(LISTS)
    first = known.read("r.yaml", ALONE.encode()).rules[0]
    known.forget_unmet()
    known.read("r.yaml", LISTED.encode())
    known.forget_unmet()

    assert known.read("r.yaml", ALONE.encode()).rules[0].when is not first.when
