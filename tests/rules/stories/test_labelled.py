"""How well stories are told apart, measured on the labelled set in several orders of arrival."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations

import pytest

from rules.events import extract
from state.records import Event
from tests.rules.stories.archive import Archive
from tests.rules.stories.labelled import Labelled, labelled

COPIES = frozenset(
    {
        "original",
        "identical",
        "cut at the end",
        "forum post",
        "forum post with an introduction",
        "forum post that quotes it",
        "agency copy",
        "other paragraphs",
        "longer",
        "reworded",
    }
)


@pytest.fixture(scope="module")
def articles() -> list[Labelled]:
    return labelled()


@pytest.fixture(scope="module")
def events(articles: list[Labelled]) -> dict[str, list[Event]]:
    return {item.article.key or "": extract(item.article) for item in articles}


def placed(order: list[Labelled], events: dict[str, list[Event]]) -> dict[str, str]:
    """Return the story that each article ended in."""
    archive = Archive()
    for item in order:
        archive.add(item.article, events.get(item.article.key or "", ()))
    return {item.article.key or "": archive.placement(item.article).story for item in order}


def orders(articles: list[Labelled]) -> Iterator[list[Labelled]]:
    """Yield the order of publication, and one in which copies come before originals."""
    yield sorted(articles, key=lambda item: str(item.article.published_at))
    shuffled = list(articles)
    random.Random(1).shuffle(shuffled)
    yield shuffled


@pytest.fixture(scope="module", params=["with events", "words alone"])
def outcomes(
    request: pytest.FixtureRequest, articles: list[Labelled], events: dict[str, list[Event]]
) -> list[dict[str, str]]:
    """Return for each order the story that each article ended in."""
    known = events if request.param == "with events" else {}
    return [placed(order, known) for order in orders(articles)]


def test_the_set_is_as_large_as_it_must_be(articles: list[Labelled]) -> None:
    assert len({item.story for item in articles}) >= 35
    assert sum(item.made in COPIES for item in articles) >= 100
    assert sum(item.made == "twin" for item in articles) >= 20


def test_copies_come_together(articles: list[Labelled], outcomes: list[dict[str, str]]) -> None:
    together = total = 0
    for story in outcomes:
        for one, two in combinations((item for item in articles if item.made in COPIES), 2):
            if one.story == two.story and one.article.language == two.article.language:
                total += 1
                together += story[one.article.key or ""] == story[two.article.key or ""]
    assert together / total >= 0.95


def test_what_differs_stays_apart(articles: list[Labelled], outcomes: list[dict[str, str]]) -> None:
    joined = total = 0
    for story in outcomes:
        for one, two in combinations(articles, 2):
            if one.story != two.story and hard(one, two):
                total += 1
                joined += story[one.article.key or ""] == story[two.article.key or ""]
    assert total > 500
    assert joined / total <= 0.02


def hard(one: Labelled, two: Labelled) -> bool:
    """Tell whether two articles of different stories share words: twins, or a background paragraph."""
    root = one.story.split("/")[0] == two.story.split("/")[0]
    near = ("near-", "background-", "takeo-", "follow-")
    return root or (one.story.startswith(near) and two.story.startswith(near))


def test_a_translation_joins_and_is_no_copy(articles: list[Labelled]) -> None:
    by_key = {item.article.key: item.article for item in articles}
    archive = Archive()
    first = archive.add(by_key["https://news.example/supreme-court-case"])
    second = archive.add(by_key["https://news.example/th-dissolve"])
    assert (second.placement.relation, second.placement.story) == ("joined", first.placement.story)
    assert second.placement.of == "https://news.example/supreme-court-case"


def test_an_own_report_joins_and_is_no_copy(articles: list[Labelled]) -> None:
    for name in ("takeo-three", "supreme-court-case"):
        made = {
            item.made: item.article
            for item in articles
            if item.story == name and item.article.language == "en"
        }
        archive = Archive()
        first = archive.add(made["original"])
        own = archive.add(made["own"])
        assert (own.placement.relation, own.placement.story) == ("joined", first.placement.story)


def test_a_rewording_is_a_copy(articles: list[Labelled]) -> None:
    originals = {item.story: item.article for item in articles if item.made == "original"}
    for item in articles:
        if item.made == "reworded" and item.article.language == "en":
            archive = Archive()
            archive.add(originals[item.story])
            assert archive.add(item.article).placement.relation == "copy", item.story
