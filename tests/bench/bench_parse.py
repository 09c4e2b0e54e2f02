"""Page → article by each site's parser, and by general extractors, against an lxml parse of the same page."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from lxml import html

from crawler.sites import parse_page
from state.records import Page
from tests.bench.layouts import LAYOUTS, page_of

ROUNDS = 60
PEER_ROUNDS = 3
BAR = 2.5


def run() -> list[dict[str, Any]]:
    """Return one row for each parser, then one for each extractor that is installed, over all the pages."""
    pages = {layout: page_of(layout) for layout in LAYOUTS}
    rows = [_row(layout, body) for layout, body in pages.items()]
    for name, (module, prepare) in _PEERS.items():
        try:
            read = prepare(import_module(module))
        except ImportError:
            print(f"{name} is not installed: left out (the extra `bench` brings it)", file=sys.stderr)
            continue
        rows.append(_peer_row(name, read, list(pages.values())))
    return rows


def _row(layout: str, body: bytes) -> dict[str, Any]:
    page = Page(
        url=LAYOUTS[layout],
        status=200,
        headers={"content-type": "text/html"},
        body=body,
        fetched_at=datetime(2026, 11, 22, tzinfo=UTC),
    )
    ours, floor = _fastest(lambda: parse_page(page), lambda: html.document_fromstring(body), ROUNDS)
    return {
        "name": f"page → article, {layout}, {len(body) // 1000} KB",
        "value": round(ours * 1000, 2),
        "unit": "ms",
        "against": "an lxml parse of the same page",
        "ratio": round(ours / floor, 2),
        "bar": BAR,
        "ok": ours <= BAR * floor,
    }


def _peer_row(name: str, read: Callable[[str], object], pages: list[bytes]) -> dict[str, Any]:
    theirs = floor = 0.0
    for body in pages:
        took, least = _fastest(_call(read, body.decode()), _call(html.document_fromstring, body), PEER_ROUNDS)
        theirs, floor = theirs + took, floor + least
    return {
        "name": f"page → article, {name}",
        "value": round(theirs * 1000 / len(pages), 2),
        "unit": "ms",
        "against": "an lxml parse of the same pages",
        "ratio": round(theirs / floor, 1),
        "bar": None,
        "ok": True,
    }


def _call(work: Callable[[Any], object], argument: object) -> Callable[[], object]:
    return lambda: work(argument)


def _fastest(one: Callable[[], object], other: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Return the least CPU seconds of each, measured in turn."""
    best = [float("inf")] * 2
    for _ in range(rounds):
        for index, work in enumerate((one, other)):
            started = time.process_time()
            work()
            best[index] = min(best[index], time.process_time() - started)
    return best[0], best[1]


def _trafilatura(module: Any) -> Callable[[str], object]:
    return lambda text: module.bare_extraction(text, include_comments=True, with_metadata=True)


def _newspaper(module: Any) -> Callable[[str], object]:
    return lambda text: module.article("https://x.example/a", input_html=text, fetch_images=False)


def _readability(module: Any) -> Callable[[str], object]:
    def read(text: str) -> object:
        document = module.Document(text)
        return document.title(), document.summary()

    return read


#: What a general extractor is imported as, and how it is asked for all it can tell.
_PEERS: dict[str, tuple[str, Callable[[Any], Callable[[str], object]]]] = {
    "trafilatura with metadata and comments": ("trafilatura", _trafilatura),
    "newspaper4k": ("newspaper", _newspaper),
    "readability-lxml": ("readability", _readability),
}


if __name__ == "__main__":
    for row in run():
        print(row)
