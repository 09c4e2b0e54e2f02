"""What is held of people is what the configuration allows, can be counted, and all of it through the command."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

import pytest

from tests.crawler.cli.test_keeping import rows, said
from tests.support.newsroom import BOARD, Newsroom, Published, forum_board, forum_page

CHATTER = "My uncle keeps nine geese behind his house in Mockshire."
NEWS = "Five members of parliament of the Heath Party defected to the Reed Party on Monday."
REPLY = f"My sister works there. {NEWS} She is rather tired of it."
POST = """<article id="elComment_{id}" class="cPost ipsBox ipsComment">
<aside class="ipsComment_author cAuthorPane"><h3 class="cAuthorPane_author"><strong><a href="/profile/{id}/">{name}</a></strong></h3></aside>
<div id="comment-{id}_wrap" data-commentid="{id}" data-quotedata="{told}" class="ipsComment_content">
<div class="ipsComment_meta">Posted <time datetime="{at}">today</time></div>
<div class="cPost_contentWrap"><div data-role="commentContent" class="ipsType_normal ipsType_richText">
<p>{text}</p></div></div></div></article></body>"""


def answer(room: Newsroom, path: str, page: str, id: int, name: str, text: str) -> str:
    """Add a reply to a topic's page, put it up and return it."""
    at = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=9)
    told = escape(json.dumps({"username": name, "timestamp": int(at.timestamp()), "contentcommentid": id}))
    post = POST.format(id=id, name=name, text=text, at=at.isoformat(), told=told)
    page = page.replace("</body>", post)
    room.site.page(path, page)
    return page


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    with Newsroom(tmp_path_factory.mktemp("room")) as opened:
        opened.configure(more='[privacy]\ncomments = "match-only"\nusernames = "pseudonym"\n')
        title, text = "What is new in Mockshire", ["Tell what you hear, and be polite to everybody, please."]
        path = opened.publish("forum", title, text)
        page = forum_page(title, text, opened.pages[-1].at, len(opened.pages))
        page = answer(opened, path, page, 90001, "Gooseherd", CHATTER)
        answer(opened, path, page, 90002, "Tiredsister", REPLY)
        opened.publish("forum", "Where do you buy your bread", ["I would like to know it before Friday."])
        said(opened.folder, "crawl")
        yield opened


def all_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_neither_names_nor_words_that_did_not_match_are_in_any_file(room: Newsroom) -> None:
    held = all_bytes(room.folder)

    assert NEWS.encode() in held
    for word in ("poster", "Gooseherd", "Tiredsister", "nine geese", "rather tired"):
        assert word.encode() not in held
    assert (room.folder / "pseudonym.key").stat().st_mode & 0o777 == 0o600


def test_the_reply_that_matched_is_an_alert_and_its_evidence_says_what_was_given_up(
    room: Newsroom, tmp_path: Path
) -> None:
    [alert] = rows(room.folder, "alerts", "list")
    path = tmp_path / "evidence.zip"

    said(room.folder, "evidence", "export", alert["id"], "--to", str(path))
    sound = said(tmp_path, "evidence", "verify", str(path))
    with zipfile.ZipFile(path) as bundle:
        facts = json.loads(bundle.read("articles/01/article.json"))
        names = bundle.namelist()

    assert "each as it was written" in sound
    assert facts["versions"][0]["given_up_at"]
    assert not any(name.endswith(".warc.gz") for name in names)
    assert "Done" in said(room.folder, "audit", "--all")


def test_what_is_held_is_counted_with_names_times_and_files(room: Newsroom) -> None:
    told = said(room.folder, "status", "--held")
    [form] = rows(room.folder, "status", "--held")

    held: dict[str, Any] = {row["kind"]: row for row in form["held"]}
    assert (
        held["articles"]["number"] == held["versions"]["number"] == len(rows(room.folder, "articles", "list"))
    )
    assert (held["responses_given_up"]["number"], held["responses"]["number"] > 0) == (2, True)
    assert held["responses"]["bytes"] > 0
    assert (held["names_under_comments"]["number"], held["names_over_articles"]["number"]) == (0, 1)
    assert form["privacy"] == {"comments": "match-only", "usernames": "pseudonym"}
    assert {Path(file["path"]).name for file in form["files"]} >= {"state.db", "pseudonym.key"}
    assert "1 names or pseudonyms over articles and topics" in told
    assert "held on this machine" in told


def test_a_topic_that_goes_on_is_no_correction(room: Newsroom) -> None:
    before = rows(room.folder, "alerts", "list")
    topic, other = room.pages
    page = forum_page(topic.title, ["Tell what you hear, and be polite to everybody, please."], topic.at, 1)
    page = answer(room, topic.path, page, 90001, "Gooseherd", CHATTER)
    page = answer(room, topic.path, page, 90002, "Tiredsister", REPLY)
    answer(room, topic.path, page, 90003, "Latecomer", "Nice weather in Mockshire today.")
    later = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=2)
    room.site.page(BOARD, forum_board([Published("forum", topic.path, topic.title, later), other]))

    said(room.folder, "crawl")

    [article] = [row for row in rows(room.folder, "articles", "list") if row["title"] == topic.title]
    shown = said(room.folder, "articles", "show", article["key"])
    assert article["versions"] == 2
    assert rows(room.folder, "alerts", "list") == before
    assert NEWS in shown
    assert "Nice weather" not in shown
    assert b"Latecomer" not in all_bytes(room.folder)
    assert "Done" in said(room.folder, "audit", "--all")
