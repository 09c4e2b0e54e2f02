"""Matching against its floor: folding the text and running the automaton over it, nothing else.

Floor and match take turns over all articles; of several rounds each article's
best time counts for either, so that what else the machine does drops out while
no article finds its own data still in the cache.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Sequence
from typing import Any

from rules.compile import Ruleset, compile_rules
from rules.fold import BREAK_CHAR, fold
from rules.match import match
from state.article import Article, texts
from tests.bench.news_load import NewsLoad, words_of

ARTICLES, ROUNDS = 120, 25
SIZES = (10, 1_000, 100_000)


def run() -> list[dict[str, Any]]:
    """Return the rows of the table."""
    load = NewsLoad()
    articles = load.articles(ARTICLES)
    rows: list[dict[str, Any]] = []
    costs: dict[int, float] = {}
    for size in SIZES:
        started = time.process_time()
        ruleset = compile_rules(load.rules(size))
        built = time.process_time() - started
        costs[size], floor, found = measured(articles, ruleset)
        bar = {1_000: 1.5, 100_000: 2.5}.get(size)
        rows.append(
            row(f"match, {size:,} rules", costs[size], "µs/article", "fold + automaton scan", floor, bar)
        )
        rows.append(row(f"compile, {size:,} rules", built, "s", "nothing", None, None))
        rows.append(row(f"matches, {size:,} rules", found, "per article", "nothing", None, None))
        del ruleset
    rows.append(
        row("match, 100,000 rules", costs[100_000], "µs/article", "our own cost at 10 rules", costs[10], 5)
    )
    rows.append(row("article length", words_of(articles), "words", "nothing", None, None))
    return rows


def measured(articles: Sequence[Article], ruleset: Ruleset) -> tuple[float, float, float]:
    """Return µs per article of match and of its floor, and matches per article."""
    joined = [f" {BREAK_CHAR} ".join(item.text for item in texts(article)) for article in articles]
    scan = ruleset.engine.scan

    found = sum(len(match(article, ruleset)) for article in articles) / len(articles)
    gc.collect()
    gc.freeze()
    floors = [float("inf")] * len(articles)
    wholes = list(floors)
    for _ in range(ROUNDS):
        for number, text in enumerate(joined):
            started = time.perf_counter()
            scan(f" {fold(text).text} ")
            floors[number] = min(floors[number], time.perf_counter() - started)
        for number, article in enumerate(articles):
            started = time.perf_counter()
            match(article, ruleset)
            wholes[number] = min(wholes[number], time.perf_counter() - started)
    gc.unfreeze()
    return sum(wholes) / len(articles) * 1e6, sum(floors) / len(articles) * 1e6, found


def row(
    name: str, value: float, unit: str, against: str, peer: float | None, bar: float | None
) -> dict[str, Any]:
    ratio = value / peer if peer else None
    return {
        "name": name,
        "value": value,
        "unit": unit,
        "against": against if peer is None else f"{against}: {peer:.0f}",
        "ratio": ratio,
        "bar": bar,
        "ok": bar is None or ratio is None or ratio <= bar,
    }
