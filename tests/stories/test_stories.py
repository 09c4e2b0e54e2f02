"""What the command makes of the labelled set: copies come together, the events of one day stay apart."""

from __future__ import annotations

import pytest

from tests.stories.make import articles, families
from tests.stories.measure import COPIES, Figures, figures, told

#: One report in seven is imported here, of the open part; ``python -m tests.stories.measure`` imports them all.
_EVERY = 7


def test_the_set_is_as_large_as_it_must_be() -> None:
    forms = articles()
    copies = [form for form in forms if form["role"] in COPIES]

    assert len({form["group"] for form in copies}) >= 60
    assert len({form["group"] for form in forms if form["role"] in ("original", "twin")}) >= 200
    assert len({form["language"] for form in forms}) >= 6
    assert {form["role"] for form in forms} >= COPIES | {"twin", "roundup", "translation", "development"}


def test_no_two_articles_of_the_set_share_an_address() -> None:
    urls = [form["url"] for form in articles()]
    assert len(urls) == len(set(urls))


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    chosen = {family["family"] for family in families()[::_EVERY]}
    forms = [form for form in articles() if form["family"] in chosen]
    return figures(forms, told(forms, tmp_path_factory.mktemp("stories")))


def test_copies_of_one_text_are_one_story(found: Figures) -> None:
    assert found.copies > 100
    assert found.merged / found.copies >= 0.95, found.misses


def test_events_of_one_day_stay_apart_however_alike_the_words(found: Figures) -> None:
    assert found.twins > 200
    assert found.joined / found.twins <= 0.02, found.misses


def test_nothing_is_joined_in_silence_across_languages_or_over_news(found: Figures) -> None:
    assert found.silent == 0
    assert found.hushed <= 0.1 * found.developments


def test_a_translation_that_states_where_it_is_from_joins_its_original(found: Figures) -> None:
    apart = [miss for miss in found.misses if miss.startswith("foreign") and miss.endswith("True")]
    assert apart == []
