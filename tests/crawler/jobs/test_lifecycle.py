"""The life of an article that rang: edited, dressed anew, moved, taken down, put back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.jobs.recheck import RecheckResult
from state.archive.rotate import move_records
from state.records import Notice, NoticeKind
from tests.crawler.jobs.watching import DAY, HOUR, NOW, Watcher, story, watching
from tests.support.fake_site import FakeSite, Item

TITLE = "Twelve councillors defect to the Reed Party"
PATH = "/english/news/defect-11212026100000.html"
TEXT = (
    'Twelve commune councillors of the Lotus Party defected to the Reed Party on Friday, its spokesman "Dara Sok" said.',
    "The councillors, from Kampot province, had served since 2022.",
)
QUIET = tuple(f"Market day in village number {n}" for n in range(8))


@pytest.fixture
def desk(site: FakeSite, tmp_path: Path) -> Iterator[Watcher]:
    tables = {
        "rules": {"packs": ["defection"]},
        "channels": {"desk": {"url": "json://127.0.0.1:9/"}},
        "routes": [{"to": ["desk"]}],
    }
    with watching(tmp_path, {"feeds": [site.url + "/feed"]}, **tables) as someone:
        show(site, TITLE, *TEXT)
        for number, title in enumerate(QUIET):
            site.page(quiet(number), story(title, at=NOW - HOUR), etag="auto")
        site.feed(
            "/feed",
            [Item(title=TITLE, link=PATH, published=NOW - HOUR)]
            + [Item(title=t, link=quiet(n), published=NOW - HOUR) for n, t in enumerate(QUIET)],
        )
        someone.poll()
        send(someone)
        yield someone


def quiet(number: int) -> str:
    return f"/english/news/market-1121202609{number:02}00.html"


def show(site: FakeSite, title: str, *paragraphs: str, around: str = "", path: str = PATH) -> None:
    site.page(path, story(title, *paragraphs, at=NOW - HOUR, links=around), etag="auto")


def send(desk: Watcher) -> None:
    """Claim what waits: what was claimed is told and can only be corrected."""
    with desk.app.store.begin() as tx:
        tx.messages.hurry(desk.clock.now())
        for claimed in tx.messages.claim(desk.clock.now(), "test"):
            tx.messages.fix(claimed.message.id, "told", "told", now=desk.clock.now())


def notices(desk: Watcher) -> list[Notice]:
    with desk.app.store.read() as tx:
        return [notice for alert in tx.alerts.list() for notice in tx.notices.of(alert.id)]


def kinds(desk: Watcher) -> list[NoticeKind]:
    return [notice.kind for notice in notices(desk)]


def versions(desk: Watcher) -> int:
    return max(row.versions for row in desk.rows.values())


def hours(desk: Watcher, number: int) -> list[RecheckResult]:
    done = []
    for _ in range(number):
        done.append(desk.recheck(HOUR))
        send(desk)
    return done


def state_of(desk: Watcher, title: str = TITLE) -> str:
    return desk.rows[title].state


def test_the_story_rings_once(desk: Watcher) -> None:
    assert kinds(desk) == [NoticeKind.ALERT]


@pytest.mark.parametrize(
    "around",
    [
        '<div class="related"><h3>Related</h3><ul><li><a href="/x.html">Nine others defect, too</a></li></ul></div>',
        '<span class="views">1,204 views</span><span class="count">77 shares</span>',
        '<div class="ad">Advertisement: buy two, pay for one</div>',
        '<p class="age">Updated 3 hours ago</p>',
        '<div id="commentcount"><span>Comments</span><span>12</span></div>',
    ],
    ids=["related list", "counters", "advertisement", "age in words", "comment count"],
)
def test_what_stands_around_a_text_makes_no_version(site: FakeSite, desk: Watcher, around: str) -> None:
    show(site, TITLE, *TEXT, around=around)

    [done] = hours(desk, 1)

    assert (done.revised, versions(desk), kinds(desk)) == (0, 1, [NoticeKind.ALERT])


@pytest.mark.parametrize("signature", ["auth=1111&width=800", "auth=2222&width=1200"])
def test_a_picture_signed_anew_makes_no_version(site: FakeSite, desk: Watcher, signature: str) -> None:
    page = story(TITLE, *TEXT, at=NOW - HOUR)
    picture = (
        f'<div id="headerimg"><img src="/a.jpg?{signature}"/><figcaption>Voters queue</figcaption></div>'
    )
    site.page(PATH, page.replace("<h1>", f"{picture}<h1>"), etag="auto")
    hours(desk, 1)
    before = versions(desk)
    site.page(PATH, page.replace("<h1>", f"{picture.replace('auth=', 'auth=9')}<h1>"), etag="auto")

    hours(desk, 1)

    assert (versions(desk), kinds(desk)) == (before, [NoticeKind.ALERT])


@pytest.mark.parametrize(
    "edited",
    [
        (TITLE.replace(" ", "  "), TEXT[0].replace(" on ", "\n\t on&nbsp;"), TEXT[1]),
        (TITLE, TEXT[0].replace('"Dara Sok"', "\u201cDara Sok\u201d"), TEXT[1]),
        (TITLE.upper(), *TEXT),
        (TITLE, TEXT[0], TEXT[1], "He spoke by telephone."),
        (TITLE, TEXT[0], TEXT[1].replace("had served", "have served")),
    ],
    ids=["white space", "quotation marks", "capitals", "a sentence more", "grammar"],
)
def test_a_cosmetic_edit_is_no_correction(site: FakeSite, desk: Watcher, edited: tuple[str, ...]) -> None:
    show(site, *edited)

    hours(desk, 1)

    assert kinds(desk) == [NoticeKind.ALERT]


@pytest.mark.parametrize(
    ("edited", "field"),
    [
        (("Reed Party says twelve may join it", *TEXT), "title"),
        ((TITLE, TEXT[0].replace("Reed Party", "Heron Party"), TEXT[1]), "to"),
        ((TITLE, TEXT[0].replace("Twelve", "Four"), TEXT[1]), "count"),
        ((TITLE, TEXT[0].replace("defected", "did not defect"), TEXT[1]), "claim"),
        ((TITLE, "The report was wrong and the newspaper regrets it.", TEXT[1]), "from"),
    ],
    ids=["headline", "name", "number", "negation", "text removed"],
)
def test_a_real_edit_is_a_correction(
    site: FakeSite, desk: Watcher, edited: tuple[str, ...], field: str
) -> None:
    show(site, *edited)

    [done] = hours(desk, 1)

    assert done.revised == 1
    assert kinds(desk) == [NoticeKind.ALERT, NoticeKind.CORRECTION]
    assert field in notices(desk)[-1].told["changed"]


def test_every_version_is_kept_with_its_own_response(site: FakeSite, desk: Watcher) -> None:
    show(site, TITLE, TEXT[0].replace("Twelve", "Four"), TEXT[1])
    hours(desk, 1)

    with desk.app.store.read() as tx:
        rows = tx.articles.versions(desk.rows[TITLE].key)
        bodies = [tx.responses.get(row.response or 0) for row in rows]

    assert [row.number for row in rows] == [1, 2]
    assert len({response.digest for response in bodies if response}) == 2


def test_validators_outlive_the_move_of_a_response_to_a_file(
    site: FakeSite, desk: Watcher, tmp_path: Path
) -> None:
    move_records(desk.app.store, tmp_path / "archive", desk.clock.now())
    site.forget()

    [done] = hours(desk, 1)

    assert (done.read, done.unchanged) == (9, 9)
    assert {asked.status for asked in site.requests if asked.path != "/robots.txt"} == {304}


def test_the_newest_validator_is_said_back_though_the_text_stayed(site: FakeSite, desk: Watcher) -> None:
    show(site, TITLE, *TEXT, around="<p>77 shares</p>")
    hours(desk, 1)
    site.forget()

    hours(desk, 1)

    assert site.count(PATH, status=304) == 1


def test_a_moved_story_stays_one_article(site: FakeSite, desk: Watcher) -> None:
    new = "/english/2026/11/21/twelve-councillors-defect"
    show(site, TITLE, *TEXT, path=new)
    site.redirect(PATH, new, status=301)
    hours(desk, 1)
    site.feed("/feed", [Item(title=TITLE, link=new, published=NOW - HOUR)])

    desk.later()

    assert len(desk.rows) == 1 + len(QUIET)
    assert desk.rows[TITLE].aliases == [{"url": site.url + new, "rendering": "page"}]
    assert kinds(desk) == [NoticeKind.ALERT]


def test_a_moved_story_is_alive_though_its_old_address_dies(site: FakeSite, desk: Watcher) -> None:
    new = "/english/2026/11/21/twelve-councillors-defect"
    show(site, TITLE, *TEXT, path=new)
    site.redirect(PATH, new, status=301)
    hours(desk, 1)
    site.remove(PATH)

    hours(desk, 8)

    assert (state_of(desk), kinds(desk)) == ("live", [NoticeKind.ALERT])


@pytest.mark.parametrize(
    "target", ["/", "/english/news/", quiet(3)], ids=["front page", "section", "other story"]
)
def test_an_address_that_leads_to_something_else_is_a_page_taken_down(
    site: FakeSite, desk: Watcher, target: str
) -> None:
    front = "".join(f'<li><a href="{quiet(n)}">{title}</a></li>' for n, title in enumerate(QUIET))
    for path in ("/", "/english/news/"):
        site.page(path, f"<html><head><title>News</title></head><body><ul>{front}</ul></body></html>")
    site.redirect(PATH, target)

    states = []
    for _ in range(4):
        hours(desk, 1)
        states.append(state_of(desk))

    assert states[:2] == ["live", "live"]
    assert states[-1] == "gone"
    assert versions(desk) == 1
    assert kinds(desk) == [NoticeKind.ALERT, NoticeKind.WITHDRAWAL]


def test_gone_for_good_is_believed_the_second_time(site: FakeSite, desk: Watcher) -> None:
    site.status(PATH, 410)

    hours(desk, 1)
    first = state_of(desk)
    hours(desk, 1)

    assert (first, state_of(desk)) == ("live", "gone")


def test_a_story_that_comes_back_is_told_and_lives(site: FakeSite, desk: Watcher) -> None:
    site.status(PATH, 410)
    hours(desk, 2)
    show(site, TITLE, *TEXT)

    hours(desk, 14)

    assert state_of(desk) == "live"
    assert kinds(desk) == [NoticeKind.ALERT, NoticeKind.WITHDRAWAL, NoticeKind.CORRECTION]
    assert "quote_back" in notices(desk)[-1].told["changed"]


def test_a_site_that_loses_half_its_pages_withdraws_nothing_and_is_told_once(
    site: FakeSite, desk: Watcher
) -> None:
    for path in (PATH, *map(quiet, range(5))):
        site.status(path, 410)

    hours(desk, 6)

    assert {row.state for row in desk.rows.values()} == {"live"}
    assert kinds(desk) == [NoticeKind.ALERT]
    with desk.app.store.read() as tx:
        told = [m for m in tx.messages.list(limit=100) if m.kind == "operator" and "vanished" in m.group_key]
    assert len(told) == 1


def test_an_old_story_is_read_seldom_and_never_forgotten(site: FakeSite, desk: Watcher) -> None:
    for _ in range(12):
        desk.recheck(90 * DAY)
    site.forget()
    show(site, TITLE, TEXT[0].replace("Twelve", "Four"), TEXT[1])

    done = desk.recheck(timedelta(days=91))

    assert done.revised == 1


def test_a_page_that_says_not_found_with_200_is_taken_down_after_three_looks(
    site: FakeSite, desk: Watcher
) -> None:
    site.page(
        PATH, "<html><head><title>Page not found</title></head><body><h1>Page not found</h1></body></html>"
    )

    states = []
    for _ in range(3):
        hours(desk, 1)
        states.append(state_of(desk))

    assert states == ["live", "live", "gone"]
    assert kinds(desk) == [NoticeKind.ALERT, NoticeKind.WITHDRAWAL]


def test_one_story_under_many_addresses_is_one_article(site: FakeSite, desk: Watcher) -> None:
    name = "reed-11212026113000"
    others = (
        f"/english/news/{name}.html",
        f"/english/women/{name}.html",
        f"/english/news/{name}",
        f"/english/news/{name}.html?searchterm=None&utm_source=feed",
        f"/khmer/178017c6178e17b6/{name}.html/ampRFA",
    )
    for path in others:
        show(site, "The Reed Party meets", "The Reed Party met on Friday in Kampot.", path=path)
    site.feed("/feed", [Item(title="The Reed Party meets", link=p, published=NOW) for p in others])
    site.forget()

    desk.later()

    assert sum(title == "The Reed Party meets" for title in desk.rows) == 1
    assert sum(site.count(path) for path in others) == 1
    assert len(desk.rows) == 2 + len(QUIET)


def test_a_page_without_text_is_told_for_some_days_and_not_for_ever(site: FakeSite, desk: Watcher) -> None:
    empty = "/english/news/empty-11212026120000.html"
    site.page(
        empty,
        '<html><body><div id="storypagemaincol"><h1></h1><div id="storytext"></div></div></body></html>',
    )
    items = [Item(title="Empty", link=empty, published=NOW), Item(title=TITLE, link=PATH, published=NOW)]
    site.feed("/feed", items)

    desk.later()
    soon = desk.source.sentence
    site.feed("/feed", [*items, Item(title="Later", link=quiet(0), published=NOW + 8 * DAY)])
    desk.later(8 * DAY)
    desk.later(HOUR)

    assert soon == "Well, but 1 of 1 page had no title or body."
    assert "had no title" not in desk.source.sentence
