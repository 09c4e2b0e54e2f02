"""A site changes its layout overnight: the words come back, it is told once, and nothing is lost or taken back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from html import escape
from pathlib import Path

import pytest

from crawler.jobs.layout import Readings
from state.article import Article
from state.records import Message, NoticeKind
from tests.crawler.jobs.watching import DAY, HOUR, NOW, Watcher, story, watching
from tests.support import killer
from tests.support.archives import packed, response
from tests.support.fake_site import FakeSite, Item

ALARM = "Twelve councillors defect to the Reed Party"
LEAD = "Twelve commune councillors of the Lotus Party defected to the Reed Party on Friday, its spokesman Dara Sok said."
FILLING = (
    "The councillors of Kampot province had served since the year 2022, and the market was open on every day."
)


@pytest.fixture
def desk(site: FakeSite, tmp_path: Path) -> Iterator[Watcher]:
    tables = {
        "rules": {"packs": ["defection"]},
        "channels": {"desk": {"url": "json://127.0.0.1:9/"}},
        "routes": [{"to": ["desk"]}],
    }
    with watching(tmp_path, {"feeds": [site.url + "/feed"]}, **tables) as someone:
        yield someone


def redesigned(title: str, *paragraphs: str) -> str:
    """Return the same article in a markup that no parser was made for."""
    body = "".join(f'<p class="t7">{escape(text)}</p>' for text in paragraphs)
    return (
        f'<html lang="en"><head><title>{title}</title><meta property="og:title" content="{title}"/></head><body>'
        f'<main class="k1"><section class="k2"><h1>{title}</h1><div class="k3">{body}</div></section></main></body></html>'
    )


def hollow(title: str, *paragraphs: str) -> str:
    """Return the old markup with its container left as a stump; the text stands elsewhere on the page."""
    body = "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    return story(title, "Read on below.", links=f'<div class="k9">{body}</div>')


class Paper:
    """A site that publishes; ``layout`` is how its pages are made from now on."""

    def __init__(self, site: FakeSite) -> None:
        self.site = site
        self.items: list[Item] = []

    def publish(self, title: str, page: str, at: object = NOW) -> str:
        path = f"/english/news/piece-11212026{len(self.items):06}.html"
        self.site.page(path, page, etag="auto")
        self.items.insert(0, Item(title=title, link=path, published=at))  # type: ignore[arg-type]
        self.site.feed("/feed", self.items)
        return path

    def edit(self, path: str, page: str) -> None:
        self.site.page(path, page, etag="auto")


@pytest.fixture
def paper(site: FakeSite) -> Paper:
    """Return the site after a day on which all was read well."""
    made = Paper(site)
    for number in range(4):
        title = f"Market day in village number {number}"
        made.publish(title, story(title, FILLING, FILLING), NOW - HOUR)
    return made


def told(desk: Watcher) -> list[str]:
    """Return what the operator was told, oldest first."""
    with desk.app.store.read() as tx:
        messages: list[Message] = [m for m in tx.messages.list(limit=500) if m.kind == "operator"]
    return [f"{m.body}" for m in sorted(messages, key=lambda m: (m.opened_at or NOW, m.id))]


def notices(desk: Watcher) -> list[tuple[NoticeKind, str]]:
    with desk.app.store.read() as tx:
        return [
            (notice.kind, notice.severity.label)
            for alert in tx.alerts.list()
            for notice in tx.notices.of(alert.id)
        ]


def test_a_new_layout_is_told_once_and_its_articles_are_read_all_the_same(
    desk: Watcher, paper: Paper
) -> None:
    desk.poll()
    before = told(desk)

    paper.publish("The council met", redesigned("The council met", FILLING, FILLING), NOW)
    paper.publish(ALARM, redesigned(ALARM, LEAD, FILLING), NOW)
    result = desk.later(DAY)
    once = told(desk)[len(before) :]
    for number in range(3):
        title = f"Rain in village number {number}"
        paper.publish(title, redesigned(title, FILLING, FILLING), NOW + DAY)
        desk.later()

    assert result.ok
    assert desk.article(ALARM).paragraphs == (LEAD, FILLING)
    assert [kind for kind, _ in notices(desk)] == [NoticeKind.ALERT]
    assert len(once) == 1
    assert "layout changed?" in once[0]
    assert "tocsin sources test s" in once[0]
    assert told(desk)[len(before) :] == once
    assert desk.source.sentence.startswith("Well, but layout changed?")
    assert not desk.unseen


def test_a_layout_that_hides_the_text_is_time_when_we_could_not_see(desk: Watcher, paper: Paper) -> None:
    desk.poll()
    before = told(desk)

    for title, lead in (("The council met", FILLING), (ALARM, LEAD)):
        paper.publish(title, hollow(title, lead, *[FILLING] * 12), NOW)
    result = desk.later(DAY)
    desk.later()
    [blind] = desk.unseen
    changed = told(desk)[len(before) :]

    assert (result.ok, result.state) == (False, "unreadable")
    assert (
        desk.source.sentence
        == "Layout changed? less than a fifth of the text was taken from 2 of the newest 3 pages."
    )
    assert len(changed) == 1
    assert "Layout changed?" in changed[0]
    assert (blind.since, blind.until) == (NOW, None)

    for number in range(3):
        title = f"Rain in village number {number}"
        paper.publish(title, story(title, FILLING, FILLING), NOW + DAY)
    assert desk.later().ok
    [blind] = desk.unseen
    assert blind.until is not None
    assert [text for text in told(desk)[len(before) + 1 :] if "well" in text] == told(desk)[len(before) + 1 :]


def test_what_no_parser_placed_is_matched_low(desk: Watcher, paper: Paper) -> None:
    desk.poll()

    paper.publish("Read more", hollow("Read more", LEAD, *[FILLING] * 12), NOW)
    desk.later()

    assert notices(desk) == [(NoticeKind.ALERT, "low")]
    assert "1 of the newest 3 pages" in desk.source.sentence


def test_a_story_that_rang_is_not_corrected_because_its_text_is_missed(desk: Watcher, paper: Paper) -> None:
    path = paper.publish(ALARM, story(ALARM, LEAD, FILLING), NOW - HOUR)
    desk.poll()
    with desk.app.store.begin() as tx:
        tx.messages.hurry(desk.clock.now())
        for claimed in tx.messages.claim(desk.clock.now(), "test"):
            tx.messages.fix(claimed.message.id, "told", "told", now=desk.clock.now())

    paper.edit(path, hollow(ALARM, LEAD, *[FILLING] * 12))
    reread = desk.recheck(HOUR)
    paper.edit(path, story(ALARM, LEAD, FILLING))
    desk.recheck(timedelta(hours=3))

    assert reread.revised == 1
    assert [kind for kind, _ in notices(desk)] == [NoticeKind.ALERT]
    assert desk.article(ALARM).paragraphs == (LEAD, FILLING)


def test_a_source_that_no_parser_was_made_for_has_not_changed(desk: Watcher, site: FakeSite) -> None:
    paper = Paper(site)
    for number in range(4):
        title = f"Rain in village number {number}"
        paper.publish(title, redesigned(title, FILLING, FILLING), NOW - HOUR)
    desk.poll()
    paper.publish("The council met", redesigned("The council met", FILLING, FILLING), NOW)
    desk.later()

    assert desk.source.sentence == "Well."


def test_match_reads_what_no_parser_placed_and_says_where_it_stood(tmp_path: Path) -> None:
    (tmp_path / "missed.html").write_text(hollow("Read more", LEAD, *[FILLING] * 12), encoding="utf-8")
    (tmp_path / "whole.html").write_text(story("Read more", LEAD, *[FILLING] * 12), encoding="utf-8")

    lines = killer.run(["match", "missed.html", "whole.html"], cwd=tmp_path).stdout.splitlines()
    missed, whole = (json.loads(line) for line in lines[:2])

    assert {(m["severity"], m["where"]) for m in missed["matches"]} == {("low", "outside the article")}
    assert {alert["severity"] for alert in missed["alerts"]} == {"low"}
    assert {m.get("where") for m in whole["matches"]} == {None}
    assert {alert["severity"] for alert in whole["alerts"]} - {"low"}


def read_by(source: str, parser: str = "rfa arc", **provenance: object) -> Article:
    return Article(title="Story", sections=(), source=source, provenance={"parser": parser, **provenance})


def test_pages_of_an_archive_in_another_layout_are_told_by_source() -> None:
    readings = Readings()
    for article in (
        read_by("river"),
        read_by("river", parser="generic"),
        read_by("river", parser="generic"),
        read_by("coast", parser="generic"),
        read_by("coast", parser="generic"),
        read_by("hills", drift={"taken": 5}, outside=["A long text that no parser placed."]),
        read_by("hills", truncated=True),
    ):
        readings.add(article)

    assert [remark.partition(":")[0] for remark in readings.remarks()] == ["hills", "hills", "river"]
    hollow_pages, cut, redesigned_pages = readings.remarks()
    assert "taken from 1 of 2 pages" in hollow_pages
    assert "the end of 1 of 2 pages" in cut
    assert "2 of 3 pages, another stood in" in redesigned_pages


def test_a_hollow_page_among_those_of_an_archive_is_told(tmp_path: Path) -> None:
    pages = [story("Harbour", *[FILLING] * 4), hollow("Read more", LEAD, *[FILLING] * 12)]
    (tmp_path / "tocsin.toml").write_text('[sources.paper]\nfeeds = ["https://news.example/feed"]\n', "utf-8")
    urls = [f"https://news.example/english/news/piece-1121202600000{n}.html" for n in range(2)]
    records = (response(url, page.encode()) for url, page in zip(urls, pages, strict=True))
    (tmp_path / "a.warc.gz").write_bytes(packed(*records))

    done = killer.run(["crawl", "--warc", "a.warc.gz"], cwd=tmp_path)
    again = killer.run(["articles", "reparse"], cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    for out in (done.stdout, again.stdout):
        assert "less than a fifth of the text was taken from 1 of 2 pages" in out
