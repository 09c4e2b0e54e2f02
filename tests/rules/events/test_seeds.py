"""The two documents that the product was asked for with: neither a claim lost nor one invented."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from rules.events import extract
from state.records import Event
from state.text import load

SEEDS = Path(__file__).parents[2] / "pages" / "seeds"

CALLED_FOR: list[dict[str, Any]] = [
    {
        "what": "defection pressure called_for",
        "by": "Hun Sen",
        "actor": "CNRP members",
        "to": "kh.cpp",
        "date": "2017-11-04",
    },
    {"what": "dissolution sought threatened", "actor": "kh.cnrp"},
    {"what": "dissolution court conditional", "actor": "kh.cnrp", "date": "2017-11-16"},
    {"what": "dissolution seats conditional", "actor": "kh.cnrp"},
    {"what": "defection switch refused", "actor": "Chhorn Kimkhorn"},
    {"what": "defection switch refused", "actor": "Yim Phally"},
    {"what": "defection pressure claimed", "said_by": "Phum Than", "actor": "Phum Than", "by": "Prak Din"},
    {"what": "defection pressure denied", "by": "Prak Din"},
    {"what": "defection leave denied", "actor": "Ngim Nheng"},
]
DEFECTED: list[dict[str, Any]] = [
    {"what": "defection mass reported", "to": "kh.cpp"},
    {"what": "defection mass estimated", "count": "10% to 15%", "from": "kh.candlelight"},
    {"what": "defection mass claimed", "count": "hundreds, thousands", "said_by": "kh.cpp"},
    {"what": "defection pledge reported", "actor": "Yim Sinorn", "to": "kh.cpp", "date": "2023-03"},
    {"what": "defection pressure denied", "actor": "Yim Sinorn"},
    {"what": "dissolution disq background", "actor": "kh.candlelight", "date": "2023-05"},
    {"what": "dissolution background background", "actor": "kh.cnrp"},
]


def what(event: Event) -> str:
    return f"{event.kind} {event.subkind} {event.claim.value}"


def holds(event: Event, slot: str, wanted: str) -> bool:
    if slot == "date":
        return event.date_iso == wanted
    name = {"from": "from_"}.get(slot, slot)
    if wanted.startswith("kh."):
        ids = {"said_by": "by_id"}
        return getattr(event, ids.get(slot, f"{slot}_id")) == wanted
    return str(getattr(event, name)).casefold() == wanted.casefold()


@pytest.mark.parametrize(("seed", "gold"), [("rfa-000", CALLED_FOR), ("forum-004", DEFECTED)])
def test_a_seed_gives_exactly_its_events(seed: str, gold: list[dict[str, Any]]) -> None:
    events = extract(load((SEEDS / f"{seed}.txt").read_text("utf-8")), [])
    assert Counter(what(event) for event in events) == Counter(row["what"] for row in gold)
    for row in gold:
        slots = {slot: wanted for slot, wanted in row.items() if slot != "what"}
        same = [event for event in events if what(event) == row["what"]]
        assert any(all(holds(event, slot, wanted) for slot, wanted in slots.items()) for event in same), row


def test_a_quote_is_an_exact_slice_of_the_article() -> None:
    article = load((SEEDS / "forum-004.txt").read_text("utf-8"))
    from state.article import text_at

    for event in extract(article, []):
        text = text_at(article, event.quote_at.field)
        assert text[event.quote_at.start : event.quote_at.end] == event.quote == event.quote_at.quote


def test_the_pledge_of_a_man_on_bail_carries_the_words_about_his_arrest() -> None:
    events = extract(load((SEEDS / "forum-004.txt").read_text("utf-8")), [])
    pledge = next(event for event in events if event.subkind == "pledge")
    assert any("arrested" in quote for quote in pledge.pressure)
    assert any("on bail" in quote.lower() for quote in pledge.pressure)
