"""Every field that a reader of a golden news page counts is found, and none beyond it."""

from __future__ import annotations

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
    assert all(line.split()[3] == line.split()[5] for line in lines if " of " in line)
    assert len(lines) == len({line.split()[0] for line in lines})
