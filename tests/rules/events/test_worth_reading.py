"""The test before reading: it passes whatever the reader finds an act in, and spares it most other news."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from rules.events.english.read import EnglishReader
from rules.events.english.trigger import worth_reading
from rules.events.reading import units
from state.article import Article, Section

_LABELLED = sorted((Path(__file__).parents[2] / "packs" / "dev").glob("en*.jsonl"))


def _articles(path: Path) -> Iterator[tuple[str, Article]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield row["id"], Article(title=row["title"], sections=(Section(None, tuple(row["paragraphs"])),))


@pytest.mark.parametrize("path", _LABELLED, ids=lambda path: path.stem)
def test_every_labelled_text_in_which_the_reader_finds_an_act_is_worth_reading(path: Path) -> None:
    lost = [
        name
        for name, article in _articles(path)
        if not worth_reading(unit.text for unit in units(article))
        and EnglishReader(article, units(article)).drafts()
    ]
    assert lost == []


@pytest.mark.parametrize(
    "text",
    [
        "Senator Ada Obi is no longer in the Civic Union party.",
        "The commission denied the Harmony Front party registration.",
        "Court hands 55 seats of the party to smaller rivals.",
        "Five officials sought asylum at the embassy.",
        "Elected for the Harmony Front, MP Weiss turned up with the Civic Union’s members.",
    ],
)
def test_an_act_beside_all_that_it_takes_is_worth_reading(text: str) -> None:
    assert worth_reading([text])


@pytest.mark.parametrize(
    "texts",
    [
        ["The party denied that it had broken the law.", "The minister declined to comment."],
        ["The government gave the bank two weeks.", "Members of parliament hold a vote on Friday."],
        ["Shares closed higher as the opposition kept quiet."],
        ["They will trade on the new exchange.", "The president met party leaders."],
        ["The airbag was replaced.", "The band went on a tour."],
    ],
)
def test_words_of_acts_without_what_the_act_takes_are_not_worth_reading(texts: list[str]) -> None:
    assert not worth_reading(texts)
