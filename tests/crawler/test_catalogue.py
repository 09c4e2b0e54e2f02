"""The shipped catalogue of publishers."""

from urllib.parse import urlsplit

import pytest

from crawler.catalogue import Publisher, publishers
from crawler.settings import Settings
from crawler.starter import Answers, catalogue, starter

EVERY = list(publishers().values())
SERVICES = "english mandarin cantonese korean khmer vietnamese lao burmese tibetan uyghur".split()


def test_all_ten_services_of_radio_free_asia_and_the_voice_of_america_are_there() -> None:
    assert {f"rfa-{service}" for service in SERVICES} <= set(publishers())
    assert {"voa-english", "voa-khmer", "voa-burmese", "voa-lao", "voa-vietnamese"} <= set(publishers())


@pytest.mark.parametrize("publisher", EVERY, ids=lambda publisher: publisher.name)
def test_every_address_has_its_evidence_and_every_entry_says_how_it_stands(publisher: Publisher) -> None:
    addresses = {url for urls in publisher.channels.values() for url in urls}

    assert addresses == {row.url for row in publisher.evidence}
    assert all(urlsplit(url).scheme == "https" for url in addresses)
    assert publisher.state in ("partly resumed", "frozen", "ended", "unverified")
    assert publisher.note
    assert all(row.by for row in publisher.evidence)
    assert publisher.channels or publisher.state == "ended"


@pytest.mark.parametrize("publisher", EVERY, ids=lambda publisher: publisher.name)
def test_every_entry_is_accepted_as_a_source(publisher: Publisher) -> None:
    table = {key: value for key, value in publisher.table.items() if key != "note"}

    read = Settings.model_validate({"sources": {publisher.name: table}})

    assert read.sources[publisher.name].language == publisher.language


def test_no_address_is_one_that_the_sites_robots_file_forbids() -> None:
    assert not [
        url for p in EVERY for urls in p.channels.values() for url in urls if "/api/" in url or "?p=" in url
    ]


def test_what_has_no_address_is_not_offered_and_what_is_offered_can_be_written() -> None:
    offered = catalogue()

    assert "benarnews" in publishers()
    assert "benarnews" not in offered
    assert "evidence =" not in starter(Answers(sources=offered))
