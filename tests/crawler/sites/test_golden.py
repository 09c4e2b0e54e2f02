"""Each golden page becomes the golden text beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.sites import parse_page
from state.text import dump
from tests.crawler.sites.pages import page

GOLDEN = Path(__file__).parents[2] / "pages" / "golden"
PAGES = sorted(path for path in GOLDEN.iterdir() if path.suffix in (".html", ".json"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_golden_page_reads_as_its_golden_text(path: Path) -> None:
    kind = "application/json" if path.suffix == ".json" else "text/html"
    article = parse_page(page(path.read_bytes(), content_type=kind))
    printed = dump(article)
    assert printed.text == path.with_suffix(".txt").read_text(encoding="utf-8")
    assert printed.lost == ()


def test_every_family_has_a_golden_page() -> None:
    names = {path.name.split("-")[0].rstrip("0123456789") for path in PAGES}
    assert names >= {
        "rfa",
        "voa",
        "invision",
        "ipboard",
        "phpbb",
        "discourse",
        "xenforo",
        "vbulletin",
        "wordpress",
    }
