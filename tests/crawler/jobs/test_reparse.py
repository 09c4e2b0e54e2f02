"""Stored pages through today's parsers: the difference is shown, kept if asked for, and rings nobody by itself."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.app import App
from crawler.chores import archive_folder
from crawler.jobs.reparse import GIVEN_UP, NO_RESPONSE, Reparsed, ReparseRun, Reread, chosen
from crawler.jobs.warc import WarcRun
from crawler.pipeline import ingest
from crawler.settings import Settings
from crawler.sites import parse_page
from state.archive.rotate import move_records
from state.archive.warc import response_record
from state.article import Article, Section
from state.clock import ManualClock
from state.errors import InputError
from state.records import Page
from state.store.audit import audit
from state.store.store import Store
from tests.crawler.jobs.test_warc import CONFIG, DEFECTION, NOW, TABLE
from tests.support import killer
from tests.support.archives import archive, story
from tests.support.killer import Kill

KEY = "rfa:story-1-04302023000001"
LONG_AGO = datetime(2021, 1, 3, tzinfo=UTC)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    with App.open(Settings.model_validate(TABLE), base_dir=tmp_path, clock=ManualClock(NOW)) as opened:
        yield opened


def store_as_an_older_parser_did(
    app: App, number: int = 1, *, rings: bool = False, text: str = "Menu", says: str = ""
) -> str:
    """Keep a page whose parser took something else for its text; return the article's key."""
    url, body = story(number, text=says)
    article = Article(
        title=f"Harbour council hears matter {number}",
        sections=(Section(None, (text,)),),
        url=url,
        key=f"rfa:story-{number}-04302023{number:06d}",
        source="news",
        site="rfa",
        language="en",
        published_at=datetime(2023, 4, 30, tzinfo=UTC),
    )
    page = Page(url=url, status=200, headers={"content-type": "text/html"}, body=body, fetched_at=NOW)
    with app.store.begin() as tx:
        ingest(article, response_record(page), app, tx, rings=rings, now=NOW)
    return article.key or ""


def reparse(app: App, *names: str, apply: bool = False, ring: bool = False) -> tuple[Reparsed, list[Reread]]:
    told: list[Reread] = []
    with app.store.read() as tx:
        keys = chosen(tx, names, list(app.settings.sources))
    run = ReparseRun(
        app,
        archive_folder(app),
        apply=apply,
        ring=ring,
        told=told.append,
        skipped=lambda *_: None,
        progress=lambda _: None,
    )
    return run.read(keys), told


def test_the_difference_is_shown_and_nothing_kept_until_asked(app: App) -> None:
    store_as_an_older_parser_did(app)
    done, [found] = reparse(app)

    assert (done.changed, done.kept) == (1, 0)
    assert found.old.paragraphs == ("Menu",)
    assert found.new.paragraphs[0].startswith("The council of the harbour met")
    with app.store.read() as tx:
        assert len(tx.articles.versions(KEY)) == 1


def test_what_is_kept_is_a_better_rendering_of_the_same_response(app: App) -> None:
    store_as_an_older_parser_did(app)
    reparse(app, apply=True)
    again, told = reparse(app, apply=True)

    with app.store.read() as tx:
        first, second = tx.articles.versions(KEY)
        article = tx.articles.get(KEY)
    assert (first.replaced, second.replaced) == (False, True)
    assert first.response == second.response
    assert article is not None
    assert len(article.paragraphs) == 2
    assert (again.unchanged, again.changed, told) == (1, 0, [])


def store_under_another_day(app: App, *, provenance: dict[str, object] | None = None, says: str = "") -> None:
    """Keep a page read as it is read today, but for its time of publication."""
    url, body = story(1, text=says)
    page = Page(url=url, status=200, headers={"content-type": "text/html"}, body=body, fetched_at=NOW)
    article = replace(parse_page(page, site="rfa", source="news"), key=KEY, published_at=LONG_AGO)
    article = replace(article, provenance={**article.provenance, **(provenance or {})})
    with app.store.begin() as tx:
        ingest(article, response_record(page), app, tx, rings=False, now=NOW)


def test_a_page_that_only_bears_another_day_now_is_listed_and_kept_once(app: App) -> None:
    store_under_another_day(app)
    done, [found] = reparse(app, apply=True)
    again, told = reparse(app, apply=True)

    assert (done.changed, done.kept, again.unchanged, told) == (1, 1, 1, [])
    assert (found.old.published_at, found.old.version) == (LONG_AGO, found.new.version)
    with app.store.read() as tx:
        article, row = tx.articles.get(KEY), tx.articles.row(KEY)
        assert [version.replaced for version in tx.articles.versions(KEY)] == [False, True]
    assert article is not None
    assert row is not None
    assert article.published_at == row.published_at == found.new.published_at


def test_a_better_day_does_not_tell_matches_and_events_twice(app: App) -> None:
    store_under_another_day(app, says=DEFECTION)
    with app.store.read() as tx:
        before = tx.articles.get(KEY)
        assert before is not None
        matches, events = len(tx.matches.of(KEY)), len(tx.events.of(KEY, before.version))
    reparse(app, apply=True)

    assert matches
    assert events
    with app.store.read() as tx:
        assert (len(tx.matches.of(KEY)), len(tx.events.of(KEY, before.version))) == (matches, events)
        assert audit(tx, channels=["desk"]).gaps == ()


@pytest.mark.parametrize("ring", [False, True])
def test_what_was_told_is_corrected_only_if_asked_for(app: App, ring: bool) -> None:
    says = DEFECTION.replace("Ten", "Twenty")
    store_as_an_older_parser_did(app, rings=True, text=DEFECTION, says=says)
    done, _ = reparse(app, apply=True, ring=ring)

    with app.store.read() as tx:
        [alert] = tx.alerts.list()
        [notice] = tx.notices.of(alert.id)
    assert done.notices == ring
    assert notice.reason.startswith("re-composed") == ring  # nobody has been sent it yet


def test_a_page_that_is_gone_stays_gone(app: App) -> None:
    key = store_as_an_older_parser_did(app)
    with app.store.begin() as tx:
        tx.articles.set_state(key, "gone")
    reparse(app, apply=True)

    with app.store.read() as tx:
        row = tx.articles.row(key)
    assert row is not None
    assert (row.state, row.versions) == ("gone", 2)


def test_responses_are_read_from_the_archive_and_what_is_not_there_is_counted(app: App) -> None:
    first, second, third = (store_as_an_older_parser_did(app, number) for number in (1, 2, 3))
    move_records(app.store, archive_folder(app), NOW)
    with app.store.begin() as tx:
        tx.responses.prune([response.id for response in tx.responses.of(second)], NOW)
        ingest(replace(tx.articles.get(third), key="import:1"), None, app, tx, rings=False, now=NOW)  # type: ignore[type-var]
    done, told = reparse(app)

    assert [found.old.key for found in told] == [first, third]
    assert done.skipped == {GIVEN_UP: 1, NO_RESPONSE: 1}


def test_articles_are_named_by_key_address_or_source(app: App) -> None:
    keys = [store_as_an_older_parser_did(app, number) for number in (1, 2, 3)]

    assert reparse(app, keys[0], story(2)[0])[0].read == 2
    assert reparse(app, "news")[0].read == 3
    assert reparse(app, "board")[0].read == 0
    with pytest.raises(InputError, match="no stored article and no source"):
        reparse(app, "nobody")


def test_a_page_of_an_archive_reads_again_as_it_was_read(app: App, tmp_path: Path) -> None:
    WarcRun(app).read([archive(tmp_path / "a.warc.gz", range(1, 4))])
    done, told = reparse(app)

    assert (done.unchanged, told) == (3, [])


def test_a_kill_in_the_middle_loses_nothing_and_the_next_run_keeps_the_rest(tmp_path: Path) -> None:
    (tmp_path / "tocsin.toml").write_text(CONFIG, "utf-8")
    with App.open(Settings.model_validate(TABLE), base_dir=tmp_path, clock=ManualClock(NOW)) as app:
        for number in range(1, 101):
            store_as_an_older_parser_did(app, number)
    kill = Kill("crawler.pipeline:reparse", "before", 60)
    killed = killer.run(["articles", "reparse", "--apply"], cwd=tmp_path, kill=kill)
    shown = killer.run(["articles", "reparse"], cwd=tmp_path)
    again = killer.run(["articles", "reparse", "--apply", "news"], cwd=tmp_path)

    assert killed.returncode == -signal.SIGKILL
    assert "40 of 100 articles read as before, 60 otherwise; nothing was changed" in shown.stdout, (
        shown.stderr
    )
    assert "[-Menu-]" in shown.stdout
    assert "60 versions kept" in again.stdout
    store = Store.open(f"sqlite:///{tmp_path / 'state.db'}")
    with store.read() as tx:
        assert {row.versions for row in tx.articles.list(limit=200)} == {2}
    store.close()
