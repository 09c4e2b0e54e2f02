"""Ingesting an article against a bare SQLite insert of the same bytes.

The floor is what any archive pays: one transaction, one row with the article's
JSON and one with the response, committed to disk as safely as ours.
"""

from __future__ import annotations

import json
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from crawler.pipeline import ingest
from crawler.policy import policy_of
from crawler.pseudonyms import Pseudonyms
from crawler.settings import Settings
from rules.alerts.policy import Policy
from rules.compile import Ruleset, load_rules
from state.archive.warc import WarcRecord, response_record
from state.article import Article, Section
from state.article_json import to_json
from state.records import Page
from state.store import Store

ARTICLES = 200
WARM_UP = 30
BAR = 3.0
START = datetime(2026, 11, 20, tzinfo=UTC)
RULE = """
id: crossing
title: Councilors go over
severity: high
terms:
  act: [defected, joined, left]
  party: [Candlelight, CPP]
when: act NEAR/15 party
events: [defection]
"""
SETTINGS = {"channels": {"desk": {"url": "json://localhost/"}}, "routes": [{"to": ["desk"]}]}


@dataclass(frozen=True, slots=True)
class _Desk:
    settings: Settings
    ruleset: Ruleset
    policy: Policy
    names: Pseudonyms | None = None


def run() -> list[dict[str, Any]]:
    """Return the ratio of the two, both measured in turns in this process."""
    items = [_item(number) for number in range(ARTICLES + WARM_UP)]
    with tempfile.TemporaryDirectory() as folder:
        bare = _bare(Path(folder) / "bare.db")
        ours = _ours(Path(folder) / "ours.db")
        spent = {"bare": 0.0, "ours": 0.0}
        for number, (article, record) in enumerate(items):
            for name, take in (("bare", bare), ("ours", ours)):
                began = time.perf_counter()
                take(article, record)
                spent[name] += (time.perf_counter() - began) * (number >= WARM_UP)
    ratio = spent["ours"] / spent["bare"]
    return [
        {
            "name": "ingest",
            "value": round(1000 * spent["ours"] / ARTICLES, 3),
            "unit": "ms/article",
            "against": f"bare SQLite insert of the same bytes, {1000 * spent['bare'] / ARTICLES:.3f} ms",
            "ratio": round(ratio, 2),
            "bar": BAR,
            "ok": ratio <= BAR,
        }
    ]


def _bare(path: Path) -> Callable[[Article, WarcRecord], None]:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE articles (key TEXT PRIMARY KEY, body TEXT, record BLOB)")

    def take(article: Article, record: WarcRecord) -> None:
        body = json.dumps(to_json(article), ensure_ascii=False)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO articles VALUES (?, ?, ?)", (article.key, body, record.data))
        connection.execute("COMMIT")

    return take


def _ours(path: Path) -> Callable[[Article, WarcRecord], None]:
    settings = Settings.model_validate(SETTINGS)
    desk = _Desk(settings, load_rules([("bench.yaml", RULE.encode())]).ruleset, policy_of(settings))
    store = Store.open(f"sqlite:///{path}")

    def take(article: Article, record: WarcRecord) -> None:
        with store.begin() as tx:
            ingest(article, record, desk, tx, rings=True, now=START)

    return take


def _item(number: int) -> tuple[Article, WarcRecord]:
    """Return an article of some 600 words that shares no story with the others; one in fifty matches."""
    dice = random.Random(number)
    text = [_paragraph(dice) for _ in range(12)]
    if number % 50 == 0:
        text.insert(
            1, f"Councilor {_name(dice)} {_name(dice)} defected to the CPP on Monday, officials said."
        )
    url = f"https://news.example/{number}"
    article = Article(
        title=f"{_name(dice)} {_name(dice)} {_paragraph(dice)[:40]}",
        sections=(Section(None, tuple(text)),),
        url=url,
        key=f"news:{number}",
        source="news",
        site="generic",
        language="en",
        published_at=START + timedelta(minutes=number),
        fetched_at=START + timedelta(minutes=number),
    )
    body = (
        "<html><body>" + "".join(f"<p>{part}</p>" for part in text) + "<!-- " + "x" * 20_000 + " -->"
    ).encode()
    page = Page(url=url, status=200, headers={"content-type": "text/html"}, body=body, fetched_at=START)
    return article, response_record(page)


def _paragraph(dice: random.Random) -> str:
    words = [_word(dice) for _ in range(45)]
    words[dice.randrange(5, 40)] = _name(dice)
    words[0] = words[0].capitalize()
    return " ".join(words) + "."


def _word(dice: random.Random) -> str:
    return "".join(dice.choice("aeioubcdfglmnprst") for _ in range(dice.randrange(2, 9)))


def _name(dice: random.Random) -> str:
    return _word(dice).capitalize()
