"""Lists are read back to a day on purpose, stopped at any moment and gone on with, and nothing is fetched twice."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.fetch.loop import run_async
from crawler.jobs.readback import read_back
from tests.crawler.jobs.watching import DAY, NOW, story, watching
from tests.support import killer
from tests.support.fake_site import FakeSite
from tests.support.killer import Kill

#: Ten articles a day, twenty on a page of the list.
A_DAY, A_PAGE, STORIES = 10, 20, 3000


@pytest.fixture
def site() -> Iterator[FakeSite]:
    with FakeSite() as running:
        yield running


def publish(site: FakeSite, newest: datetime, stories: int = STORIES) -> None:
    """Put up a site of that many articles, a list with a pager, and an archive of sitemaps by month."""
    paths = []
    for number in range(stories):
        at = newest - timedelta(days=number // A_DAY, minutes=number % A_DAY)
        path = f"/news/{at:%Y/%m/%d}/story-{number}.html"
        site.page(path, story(f"Matter {number} of the harbour", at=at))
        paths.append((path, at))
    pages = -(-stories // A_PAGE)
    for page in range(pages):
        rows = paths[page * A_PAGE : (page + 1) * A_PAGE]
        links = "".join(
            f"<h2><a href='{path}'>The council hears of matter {path[-9:]}</a></h2>" for path, _ in rows
        )
        older = f"<a rel='next' href='/news/page/{page + 2}/'>Older</a>" if page + 1 < pages else ""
        where = "/news/" if page == 0 else f"/news/page/{page + 1}/"
        site.page(where, f"<html><body><main>{links}{older}</main></body></html>")
    months: dict[str, list[tuple[str, datetime]]] = {}
    for path, at in paths:
        months.setdefault(f"{at:%Y-%m}", []).append((path, at))
    for month, rows in months.items():
        urls = "".join(
            f"<url><loc>{site.url}{p}</loc><lastmod>{at:%Y-%m-%d}</lastmod></url>" for p, at in rows
        )
        site.page(f"/sitemap-{month}.xml", f"<urlset>{urls}</urlset>", content_type="application/xml")
    index = "".join(
        f"<sitemap><loc>{site.url}/sitemap-{month}.xml</loc><lastmod>{rows[0][1]:%Y-%m-%d}</lastmod></sitemap>"
        for month, rows in months.items()
    )
    site.page("/sitemap.xml", f"<sitemapindex>{index}</sitemapindex>", content_type="application/xml")


def asked(site: FakeSite) -> Counter[str]:
    return Counter(request.path for request in site.requests)


def test_a_list_is_read_back_to_the_day_and_no_further(site: FakeSite, tmp_path: Path) -> None:
    publish(site, NOW)
    with watching(tmp_path, {"listings": [site.url + "/news/"]}) as desk:
        errors = run_async(read_back(desk.app, "s", NOW - 30 * DAY))
        with desk.app.store.read() as tx:
            number = tx.frontier.count("s")

    lists = [path for path in asked(site) if path.startswith("/news/")]
    assert errors == []
    assert 300 <= number <= 320
    assert len(lists) <= 17


def test_a_sitemap_archive_is_read_file_by_file_as_far_as_asked(site: FakeSite, tmp_path: Path) -> None:
    publish(site, NOW)
    with watching(tmp_path, {"sitemaps": [site.url + "/sitemap.xml"]}) as desk:
        run_async(read_back(desk.app, "s", NOW - 45 * DAY))
        few = asked(site)
        with desk.app.store.read() as tx:
            number = tx.frontier.count("s")

    assert 440 <= number <= 470
    assert {path for path in few if "sitemap-" in path} == {
        "/sitemap-2026-11.xml",
        "/sitemap-2026-10.xml",
    }


def test_a_way_that_broke_off_goes_on_where_it_stood(site: FakeSite, tmp_path: Path) -> None:
    publish(site, NOW)
    good = site.url + "/news/"
    with watching(tmp_path, {"listings": [good]}) as desk:
        page = site._answers["/news/page/6/"]
        site.page("/news/page/6/", "busy", status=500)
        [error] = run_async(read_back(desk.app, "s", NOW - 30 * DAY))
        site.answer("/news/page/6/", *page)
        with desk.app.store.begin() as tx:
            tx.hosts.note_success(site.host)
        errors = run_async(read_back(desk.app, "s", NOW - 30 * DAY))
        again = run_async(read_back(desk.app, "s", NOW - 29 * DAY))

    times = asked(site)
    assert "500" in error.problem
    assert (errors, again) == ([], [])
    assert {path: n for path, n in times.items() if n > 1} == {"/news/page/6/": 2}


@pytest.mark.parametrize(
    "kill",
    [
        Kill("state.store.validators:Validators.put", "after", 3),
        Kill("crawler.jobs.articles:store_article", "before", 25),
    ],
    ids=str,
)
def test_after_a_kill_the_next_run_fetches_only_what_is_missing(
    site: FakeSite, tmp_path: Path, kill: Kill
) -> None:
    publish(site, datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1), 200)
    (tmp_path / "tocsin.toml").write_text(
        f'[fetch]\ndelay = "0s"\n[network]\nallow_private = ["127.0.0.1"]\n[rules]\npacks = []\n'
        f'[sources.s]\nlistings = ["{site.url}/news/"]\n',
        "utf-8",
    )
    killed = killer.run(["crawl", "--since", "8d"], cwd=tmp_path, kill=kill)
    again = killer.run(["crawl", "--since", "8d"], cwd=tmp_path)
    times = asked(site)

    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert again.returncode == 0, again.stderr
    stories = {path: n for path, n in times.items() if "story" in path}
    twice = {path: n for path, n in times.items() if n > 1 and path not in ("/news/", "/robots.txt")}
    assert 80 <= len(stories) <= 100
    assert len(twice) <= 16, "only what was on its way when it was killed is fetched again"
