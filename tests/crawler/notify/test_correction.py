"""What takes something back: before and after side by side."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from state.records import Claim, NoticeKind
from tests.crawler.notify.made import TITLE, event, one, told

WAS = "មន្ត្រីម្នាក់បានប្រកាសចុះចូលគណបក្សឧទាហរណ៍"
NOW = "មន្ត្រីម្នាក់បានប្រកែកថាខ្លួនមិនបានចុះចូលគណបក្សឧទាហរណ៍ទេ"


def changed(*names: str, was: Any = None, now: Any = None, **facts: Any) -> str:
    item = told(
        event(NOW, claim=Claim.DENIED, actor="an official", said_by="the official", from_=None), id="A-52be",
        number=2, notice=NoticeKind.CORRECTION, earlier_at=datetime(2017, 11, 6, 2, 14, tzinfo=UTC),
        earlier_headline=TITLE, earlier_to=("desk", "analysts"), matched=(),
        seen_before=datetime(2017, 11, 7, 0, 40, tzinfo=UTC),
        facts={"changed": list(names), "was": was or {}, "now": now or {}, **facts},
    )  # fmt: skip
    return one(item).body


def test_a_page_that_now_says_the_opposite() -> None:
    was = {"claim": "reported", "actor": "an official", "to": "Sample Party", "quote": WAS}
    now = {
        "claim": "denied",
        "actor": "an official",
        "said_by": "the official",
        "to": "Sample Party",
        "quote": NOW,
    }
    assert (
        changed("claim", was=was, now=now)
        == f"""\
HIGH · CORRECTION to A-52be (sent Mon 09:14) "{TITLE}": the page now says the opposite
Was: REPORTED AS FACT by RFA: an official went over to Sample Party
Now: DENIED by the official: an official, going over to Sample Party. The page does not mention the edit.
THEN "{WAS}"
NOW  "{NOW}"

{TITLE}
RFA English; read at the publisher. Changed between Tue 07:40 and 7 Nov 2017 08:02 Phnom Penh (01:02 UTC)
https://www.example.org/english/news/example.html
Sent to all who got A-52be: desk, analysts. Both versions are kept.
Why: rule kh-defection v3
Seen it? tocsin alerts ack A-52be
A-52be/2"""
    )


def test_words_that_are_gone_are_told_as_gone_and_not_as_untrue() -> None:
    was = {"claim": "reported", "actor": "an official", "to": "Sample Party", "quote": WAS}
    body = changed("quote_gone", was=was, gone=[WAS])
    assert body.splitlines()[0].endswith(": the words we quoted are no longer there")
    assert "Now: the page no longer says so." in body
    assert f'THEN "{WAS}"' in body
    assert "NOW  " not in body


def test_a_changed_headline_shows_both() -> None:
    body = changed("title", was={"title": "What it said before"})
    assert body.splitlines()[0].endswith(": the headline was changed")
    assert 'Headline was: "What it said before"' in body
    assert TITLE in body.splitlines()


def test_a_page_that_is_gone_keeps_its_address_and_what_it_said() -> None:
    item = told(
        event(), id="A-52be", number=3, notice=NoticeKind.WITHDRAWAL, facts={"pages_gone": True},
        earlier_headline=TITLE, earlier_to=("desk",),
    )  # fmt: skip
    lines = one(item).body.splitlines()
    assert lines[0] == f'HIGH · WITHDRAWN A-52be "{TITLE}": the page is gone'
    assert any(line.startswith('THEN "In a speech') for line in lines)
    assert "https://www.example.org/english/news/example.html" in lines
    assert lines[-1] == "A-52be/3"


def test_a_retraction_says_who_and_why() -> None:
    facts = {"because": "another person of that name", "by": "ana"}
    item = told(event(), id="A-52be", number=2, notice=NoticeKind.RETRACTION, facts=facts)
    assert one(item).body.splitlines()[0] == (
        f'HIGH · RETRACTED BY US A-52be "{TITLE}": because another person of that name (ana)'
    )


def test_a_discreet_channel_hears_of_a_correction_without_its_words() -> None:
    item = told(event(), id="A-52be", number=2, notice=NoticeKind.CORRECTION, facts={"changed": ["claim"]})
    body = one(item, content="discreet").body
    assert body.splitlines()[0] == "HIGH · CORRECTION · CALLED FOR, NOT DONE"
    assert TITLE not in body
