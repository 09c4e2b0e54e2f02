"""A user's own list of parties: every mistake told with its place, names joined by id."""

import pytest

from rules.packs.own_gazetteer import read_gazetteer

GOOD = """\
reviewed: "2026-01-01"
entities:
- id: xx.reed
  country: XX
  type: party
  names: {en: [Reed Party], km: [គណបក្សដើមត្រែង]}
  abbreviations: [RDP]
- id: kh.cpp
  short: [the ruling side]
"""


def test_a_new_party_and_more_names_of_a_known_one_are_read() -> None:
    read = read_gazetteer("own.yaml", GOOD.encode(), ["kh.cpp"])

    assert read.errors == ()
    assert [row["id"] for row in read.rows] == ["xx.reed", "kh.cpp"]
    assert read.rows[0]["names"]["en"] == ["Reed Party"]
    assert read.rows[1] == {"id": "kh.cpp", "short": ["the ruling side"]}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("entities:\n- country: XX\n", "own.yaml:2:3: the entity has no id"),
        ("entities:\n- id: Reed\n", "own.yaml:2:7: 'Reed' is no id"),
        ("entities:\n- id: xx.reed\n", "has no country"),
        (GOOD.replace("country: XX", "country: xx"), "own.yaml:4:12: 'xx' is no country"),
        (GOOD.replace("type: party", "type: team"), "'team' is no type"),
        (GOOD.replace("short:", "shorts:"), 'did you mean "short"'),
        (GOOD.replace("[RDP]", "['!']"), "no letter or digit"),
        (GOOD.replace("reviewed", "review"), "'review' is no key of a gazetteer"),
        ("entities: []\n", "names nobody"),
        ("- [", "not YAML"),
    ],
)
def test_each_mistake_is_told(text: str, said: str) -> None:
    errors = read_gazetteer("own.yaml", text.encode(), ["kh.cpp"]).errors

    assert any(said in str(error) for error in errors), errors
