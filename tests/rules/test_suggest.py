"""Words chosen from an article: known names and acts, else capitals and rare words."""

from dataclasses import replace

import pytest

from rules.suggest import suggest
from tests.rules.rulebook import article

LISTS = {
    "parties": ("Reed Party", "គណបក្សភ្លើងទៀន", "congress"),
    "defection_en": ("defected to",),
    "dissolution_km": ("រំលាយ",),
}


def test_names_and_acts_of_the_lists_are_taken_as_published() -> None:
    found = suggest(
        article("Lina Hart defected to the REED PARTY. The Reed Party cheered the congress.", title="A move"),
        LISTS,
    )

    assert (found.names, found.acts) == (("REED PARTY",), ("defected to",))
    assert found.proof == "Lina Hart defected to the REED PARTY."
    assert found.against == ("The Reed Party cheered the congress.",)


def test_a_script_without_spaces_is_read_by_the_lists() -> None:
    km = replace(article("តុលាការបានរំលាយគណបក្សភ្លើងទៀន។", title="ព័ត៌មាន"), language="km")

    found = suggest(km, LISTS)

    assert (found.names, found.acts) == (("គណបក្សភ្លើងទៀន",), ("រំលាយ",))


def test_without_lists_capitals_and_rare_words_are_taken() -> None:
    found = suggest(
        article(
            "On Tuesday the Bank of Orchard's Lina Hart bribed nobody.",
            "We met Lina Hart.",
            title="Bribery at a bank",
        ),
        {},
    )

    assert found.names[0] == "Lina Hart"
    assert "Tuesday" not in found.names
    assert found.acts[0] == "Bribery"


@pytest.mark.parametrize("title", ["", "ព័ត៌មាន"])
def test_where_nothing_stands_out_nothing_is_chosen(title: str) -> None:
    found = suggest(article("and so on", title=title), {})

    assert (found.names, found.acts) == ((), ())
