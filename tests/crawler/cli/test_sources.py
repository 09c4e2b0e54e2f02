"""`tocsin sources`: the catalogue, a probe, and lists of feeds in and out."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from crawler.config import load
from tests.crawler.jobs import probed_sites
from tests.support import killer
from tests.support.fake_site import FakeSite

HEAD = '[fetch]\ndelay = "0s"\n[network]\nallow_private = ["127.0.0.1"]\n'


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    path = tmp_path / "tocsin.toml"
    path.write_text(
        f'{HEAD}[sources.a_b]\nsite = "rfa"\nlanguage = "km"\nfeeds = ["https://a.example/1", "https://a.example/2"]\n',
        encoding="utf-8",
    )
    return path


def said(desk: Path, *verb: str, code: int = 0) -> str:
    done = killer.run(["sources", *verb], cwd=desk.parent)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_a_publisher_of_the_catalogue_is_shown_with_its_evidence_and_added(desk: Path) -> None:
    shown = said(desk, "catalogue", "rfa-khmer")
    said(desk, "add", "rfa-khmer")

    assert "seen 2026: " in shown
    assert load(desk).settings.sources["rfa-khmer"].language == "km"


def test_an_address_is_added_as_people_write_it_and_no_other(desk: Path) -> None:
    said(desk, "add", "one", "feed://a.example/rss")

    assert load(desk).settings.sources["one"].feeds == ("https://a.example/rss",)
    assert "no web address" in said(desk, "add", "two", "ftp://a.example/rss", code=1)


def test_a_publisher_that_ended_is_not_added(desk: Path) -> None:
    assert "no working address is known" in said(desk, "add", "benarnews", code=1)


def test_a_probe_prints_a_source_that_the_configuration_accepts_and_can_add_it(desk: Path) -> None:
    with FakeSite() as site:
        path = probed_sites.xenforo(site)
        shown = said(desk, "probe", site.url + path, "--add", "board")
        rows = said(desk, "probe", site.url + path, "--json")

    pasted = tomllib.loads(shown[shown.index("[sources.") : shown.index("Done.")])
    [table] = pasted["sources"].values()
    assert table["feeds"] == [f"{site.url}/forums/news.3/index.rss"]
    assert load(desk).settings.sources["board"].listings == (f"{site.url}/forums/news.3/",)
    proposal = [json.loads(line) for line in rows.splitlines() if line.startswith("{")][-1]
    assert (proposal["kind"], proposal["table"]) == ("proposal", table)


def test_a_probe_that_finds_nothing_says_what_to_do(desk: Path) -> None:
    with FakeSite() as site:
        told = said(desk, "probe", site.url + probed_sites.closed(site), code=1)

    assert "it refuses us (403)" in told
    assert "ask the publisher" in told


def test_what_was_exported_is_the_same_after_import(desk: Path, tmp_path: Path) -> None:
    listed = killer.run(["sources", "export"], cwd=desk.parent).stdout
    (tmp_path / "list.opml").write_text(listed, encoding="utf-8")
    before = load(desk).settings.sources
    desk.write_text(HEAD, encoding="utf-8")

    told = said(desk, "import", "list.opml")

    assert load(desk).settings.sources == before
    assert "1 source added" in told
    assert "2 of the feeds known already" in said(desk, "import", "list.opml")


def test_a_name_that_is_taken_by_other_feeds_is_numbered(desk: Path, tmp_path: Path) -> None:
    (tmp_path / "list.opml").write_text(
        "<opml><body><outline text='a' tocsin:sourceName='a_b' xmlUrl='https://b.example/1'/></body></opml>",
        encoding="utf-8",
    )

    said(desk, "import", "list.opml")

    assert load(desk).settings.sources["a_b-2"].feeds == ("https://b.example/1",)
