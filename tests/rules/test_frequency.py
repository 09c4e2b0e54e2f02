"""Words and sought strings counted over articles, and anchors chosen by them."""

from rules.compile import compile_rules
from rules.frequency import frequencies
from tests.rules.rulebook import article, rule

BOOK = "query: harbour AND orchard AND រំលាយ AND def*"


def test_words_and_what_rules_seek_are_counted_once_an_article() -> None:
    texts = ["The harbour, the harbour!", "A harbour; តុលាការរំលាយ.", "Harbour: defected. រំលាយ", "រំលាយ defect"]

    read, shares = frequencies(map(article, texts), rule(BOOK))

    assert read == 4
    assert shares == {" harbour ": 0.75, "រំលាយ": 0.75}


def test_a_word_common_in_the_archive_is_no_anchor() -> None:
    [only] = rule("query: harbour AND orchard").rules.values()

    def anchor(shares: dict[str, float]) -> str:
        engine = compile_rules([only], shares=shares).engine
        [number] = engine.prepared[0].anchor.first
        return engine.needles[number].text

    assert anchor({" harbour ": 0.5}) == " orchard "
    assert anchor({" orchard ": 0.5}) == " harbour "


def test_a_measured_beginning_counts_more_than_the_guess() -> None:
    [only] = rule("query: qua* AND orchard").rules.values()
    engine = compile_rules([only], shares={" qua": 0.0001, " orchard ": 0.002}).engine

    assert {engine.needles[number].text for number in engine.prepared[0].anchor.first} == {" qua"}
