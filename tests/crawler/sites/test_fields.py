"""Every field that a reader of a golden news page counts is found, and none beyond it."""

from __future__ import annotations

import re

import pytest

from tests.crawler.sites.fields import GOLDEN, measured, table

MEASURED = measured(GOLDEN)


@pytest.mark.parametrize("name", MEASURED)
def test_every_field_of_a_news_page_is_found_and_none_beyond(name: str) -> None:
    present, found = MEASURED[name]
    assert found == present


def test_every_golden_news_page_is_counted() -> None:
    pages = {path.name for path in GOLDEN.glob("*") if path.suffix in (".html", ".json")}
    assert {name for name in pages if name.startswith(("rfa-", "voa-"))} == set(MEASURED)


def test_the_table_says_how_many_fields_of_how_many_were_found() -> None:
    lines = table(GOLDEN).splitlines()
    counts = [re.search(r"(\d+) pages +(\d+) of +(\d+)$", line) for line in lines]
    assert all(found and found[2] == found[3] for found in counts)
    assert sum(int(found[1]) for found in counts if found) == len(MEASURED)
