"""Pages are parsed alike here and in a process of its own, and one that kills the process takes no other along."""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime

from crawler.jobs.parsing import Parser, Refused, Wanted
from state.article import Article
from state.records import Page
from tests.support.newsroom import rfa_page

AT = datetime(2026, 3, 10, 8, tzinfo=UTC)


def wanted(number: int, body: str | None = None) -> Wanted:
    markup = (
        rfa_page(f"Bridge {number} opens", ["It is long.", "It is wide."], AT, number)
        if body is None
        else body
    )
    page = Page(
        url=f"https://www.rfa.org/english/news/bridge-{number}.html",
        status=200,
        headers={"content-type": "text/html; charset=utf-8"},
        body=markup.encode(),
        fetched_at=AT,
    )
    return Wanted(page, site="rfa", source="rfa")


def ready(parser: Parser) -> None:
    """Wait until the process of a parser takes pages."""
    parser.parse([wanted(0)])
    parser.parse([wanted(0)])
    assert parser._pipe is not None
    assert parser._pipe.poll(60)


def test_the_process_gives_what_parsing_here_gives() -> None:
    pages = [wanted(1), wanted(2, "<html><body><p>nothing</p></body></html>"), wanted(3)]

    with Parser() as parser:
        here = parser.parse(pages)
        ready(parser)
        there = parser.parse(pages)
        assert parser._is_ready

    assert there == here
    assert [type(outcome) for outcome in here] == [Article, Refused, Article]


def test_pages_go_on_after_the_process_was_killed() -> None:
    with Parser() as parser:
        ready(parser)
        parser.parse([wanted(1)])
        assert parser._process is not None
        assert parser._process.pid is not None
        os.kill(parser._process.pid, signal.SIGKILL)
        parser._process.join()

        again = parser.parse([wanted(1), wanted(2)])

    assert [outcome.title for outcome in again if isinstance(outcome, Article)] == [
        "Bridge 1 opens",
        "Bridge 2 opens",
    ]


def test_no_process_is_left_behind() -> None:
    with Parser() as parser:
        ready(parser)
        process = parser._process
        assert process is not None

    assert not process.is_alive()
