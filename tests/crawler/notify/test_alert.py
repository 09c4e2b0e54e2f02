"""Messages about one article, read as a person reads them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.notify.compose import compose
from state.records import Claim, NoticeKind, Severity
from tests.crawler.notify.made import CALL, TITLE, event, one, reader, threat, told


def test_a_call_and_a_threat_in_one_article_are_one_message() -> None:
    composed = one(
        told(event(), event("x refused.", claim=Claim.REFUSED, actor="A Chief", from_=None, to=None)),
        told(threat(), id="A-19c1", kind="dissolution"),
        public_url="https://desk.example/",
    )
    assert (
        composed.body
        == f"""\
HIGH · CALLED FOR, NOT DONE by Invented Minister: members of the Example Party to go over to Sample Party
HIGH · THREATENED, NOT DONE by Invented Minister: dissolution of the Example Party
From: Example Party. To: Sample Party. When: not stated
By: Invented Minister. When: not stated
Nobody is reported to have left in this article.
"{CALL}"
"He has threatened to shut down the Example Party before the vote."
Also, REFUSED TO: A Chief, changing sides

{TITLE}
RFA English; read at the publisher
Published: not stated. First seen 7 Nov 2017 08:02 Phnom Penh (01:02 UTC)
https://www.example.org/english/news/example.html
Why: rules kh-defection v3, kh-dissolution v3
Seen it? https://desk.example/a/19c0 or: tocsin alerts ack A-19c0 A-19c1
A-19c0 A-19c1"""
    )
    assert composed.title == composed.body.splitlines()[0]
    assert composed.notices == (("A-19c0", 1), ("A-19c1", 1))


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (
            {"claim": Claim.REPORTED, "actor": "Invented Activist, an activist", "from_": None, "subkind": "pledge"},
            "REPORTED AS FACT by RFA: Invented Activist, an activist pledged allegiance to Sample Party",
        ),
        (
            {"claim": Claim.CLAIMED, "said_by": "Sample Party", "count": "hundreds, thousands"},
            "CLAIMED by Sample Party: members of the Example Party went over to Sample Party "
            "(in all: hundreds, thousands)",
        ),
        (
            {"claim": Claim.DENIED, "said_by": "Invented Chief", "actor": "Invented Chief"},
            "DENIED by Invented Chief: Invented Chief, leaving Example Party for Sample Party",
        ),
        (
            {"claim": Claim.PLANNED, "date": "26 November", "actor": "Invented Chief"},
            "ANNOUNCED FOR 26 November: Invented Chief to leave Example Party for Sample Party",
        ),
        (
            {"claim": Claim.RUMOURED, "actor": None, "from_": None, "to": None},
            "RUMOURED, source weak: someone not named changed sides",
        ),
        ({"claim": Claim.CONDITIONAL, "by": None}, "ONLY IF …: members of the Example Party, going over to Sample Party"),
    ],
)  # fmt: skip
def test_the_claim_stands_before_every_name(keys: dict[str, object], line: str) -> None:
    assert one(told(event(**keys))).body.splitlines()[0] == f"HIGH · {line}"


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (
            {"claim": Claim.REPORTED, "subkind": "court", "by": "the Invented Court"},
            "CRITICAL · REPORTED AS FACT by RFA: the Example Party was dissolved by the Invented Court",
        ),
        (
            {"claim": Claim.REPORTED, "subkind": "bans", "actor": "12 leaders", "count": "12", "by": None},
            "CRITICAL · REPORTED AS FACT by RFA: 12 leaders were banned",
        ),
        (
            {"claim": Claim.SOUGHT, "by": "the Invented Ministry"},
            "CRITICAL · ASKED OF COURT OR AUTHORITY by the Invented Ministry, NOT DECIDED: "
            "dissolution of the Example Party",
        ),
        (
            {"claim": Claim.REVERSED, "subkind": "restore", "by": None},
            "CRITICAL · UNDONE: restoration of the Example Party",
        ),
    ],
)
def test_who_dissolves_whom_is_never_turned_round(keys: dict[str, object], line: str) -> None:
    composed = one(told(threat(**keys), kind="dissolution", severity=Severity.CRITICAL))
    assert composed.body.splitlines()[0] == line


def test_words_without_an_event_say_that_it_is_unclear_who_did_what() -> None:
    item = told(kind="defection")
    unclear = replace(item, notice=replace(item.notice, claim=Claim.UNCLEAR))
    assert one(unclear).body.splitlines()[0] == "HIGH · MENTIONED, UNCLEAR WHO DID WHAT"


def test_a_claim_is_never_said_not_to_have_happened() -> None:
    assert "Nobody is reported" not in one(told(event(claim=Claim.CLAIMED, said_by="X"))).body


def test_times_carry_their_zone_and_utc() -> None:
    published = datetime(2017, 11, 6, 18, 30, tzinfo=UTC)
    body = one(told(event(), published_at=published)).body
    assert (
        "Published: 7 Nov 2017 01:30 Phnom Penh (6 Nov 18:30 UTC). "
        "First seen 7 Nov 2017 08:02 Phnom Penh (01:02 UTC)"
    ) in body


def test_a_date_without_an_hour_is_not_given_one() -> None:
    day = datetime(2017, 11, 7, 0, 0, tzinfo=UTC)
    body = one(told(event(), published_at=day, published_day_only=True)).body
    assert "Published: 7 Nov 2017. First seen" in body


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ({"read": "feed"}, "RFA English; read from its feed"),
        (
            {"read": "copy", "publisher": "VOA", "outlet": "VOA"},
            "VOA English; read on a copy, VOA's page not reached",
        ),
        ({"language": "km"}, "RFA Khmer; read at the publisher"),
    ],
)
def test_where_the_text_was_read_is_said(keys: dict[str, object], line: str) -> None:
    assert line in one(told(event(), **keys)).body.splitlines()


def test_news_on_an_alert_begins_with_its_id_and_names_what_was_told_first() -> None:
    item = told(
        event(claim=Claim.REPORTED), id="A-52be", number=2, notice=NoticeKind.UPDATE,
        earlier_headline="What was said first", earlier_at=datetime(2017, 11, 6, 2, 14, tzinfo=UTC),
        facts={"joined_to": {"title": "What was said first", "url": "https://www.example.org/1"}},
    )  # fmt: skip
    lines = one(item).body.splitlines()
    assert lines[0].startswith("HIGH · NEWS ON A-52be · REPORTED AS FACT by RFA: ")
    assert lines[1] == 'A-52be: "What was said first" (sent Mon 09:14)'
    assert "Joined to: What was said first https://www.example.org/1" in lines
    assert lines[-1] == "A-52be/2"


def test_without_a_desk_no_link_is_printed_but_the_command_is() -> None:
    body = one(told(event())).body
    assert "Seen it? tocsin alerts ack A-19c0" in body
    assert body.count("https://") == 1


def test_a_discreet_channel_hears_no_name_no_quote_and_no_headline() -> None:
    composed = one(told(event()), content="discreet", public_url="https://desk.example")
    assert composed.body == (
        "HIGH · CALLED FOR, NOT DONE\n"
        "Seen it? https://desk.example/a/19c0 or: tocsin alerts ack A-19c0\n"
        "A-19c0"
    )
    assert composed.title == "HIGH · CALLED FOR, NOT DONE · A-19c0"
    assert "Minister" not in (composed.html or "")


def test_khmer_labels_are_shown_where_we_have_them_and_english_elsewhere() -> None:
    body = one(told(event()), language="km").body
    assert body.startswith("HIGH · អំពាវនាវ មិនទាន់កើតឡើង (Invented Minister): ")


def test_words_of_a_language_the_reader_may_not_know_are_glossed() -> None:
    senses = (("ចុះចូល", "go over to, submit to"),)
    item = told(event(), language="km", senses=senses)
    line = "ចុះចូល = go over to, submit to (our word list, not a translation)"
    assert line in one(item).body.splitlines()
    assert line not in one(item, language="km").body.splitlines()


def test_what_is_too_long_loses_outlets_then_second_quotes_then_explanation_then_the_quote() -> None:
    title = "An invented headline that goes on " * 12
    url = "https://www.example.org/" + "path/" * 30
    lengths = []
    for size in (1, 12, 15, 16):
        item = told(
            event(), event("Other words, " * 5, claim=Claim.DENIED, said_by="X"),
            headline=title[: 30 * size].strip(), url=url, copies=("VOA", "Forum"),
        )  # fmt: skip
        body = one(item).body
        lengths.append(len(body))
        assert title[: 30 * size].strip() in body.splitlines()
        assert url in body.splitlines()
        assert body.splitlines()[-1] == "A-19c0"
        kept = ["Also carried by" in body, "Also, DENIED" in body, f'"{CALL}"' in body]
        assert kept == sorted(kept), "nothing dearer goes before something cheaper"
    assert max(lengths) < 900


def test_a_headline_or_address_longer_than_a_message_is_still_whole() -> None:
    title, url = "Very long " * 80, "https://www.example.org/" + "x" * 600
    body = one(told(event(), headline=title.strip(), url=url)).body
    assert title.strip() in body
    assert url in body
    assert body.splitlines()[-1] == "A-19c0"


def test_several_stories_become_lists_with_every_alert_in_exactly_one() -> None:
    items = [told(event(), id=f"A-{n:04x}", story=f"S-{n}", headline=f"Headline {n} " * 5) for n in range(30)]
    made = compose(items, reader())
    assert all(len(part.body) < 880 for part in made), "room is left for the message's own id"
    for item in items:
        assert sum(item.alert.id in part.body.split() for part in made) == 1
        assert sum((item.alert.id, 1) in part.notices for part in made) == 1
    assert made[0].body.startswith(f"HIGH · 30 alerts, part 1 of {len(made)}\n")


def test_a_correction_and_news_of_one_story_are_each_told_whole() -> None:
    first = told(event())
    later = told(
        event(claim=Claim.REPORTED), number=2, notice=NoticeKind.CORRECTION, facts={"changed": ["claim"]}
    )
    made = compose([first, later], reader())
    assert [part.body.splitlines()[-1] for part in made] == ["A-19c0", "A-19c0/2"]
