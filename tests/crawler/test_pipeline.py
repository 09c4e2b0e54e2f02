"""One article is one transaction: what is promised, what is recorded, and what is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crawler.pipeline import Ingested, came_back, gone, ingest, reconsider, retract
from crawler.policy import policy_of
from crawler.pseudonyms import Pseudonyms
from crawler.settings import Settings
from rules.alerts.policy import Policy
from rules.compile import Ruleset, load_rules
from state.article import Article, Comment, Section
from state.clock import ManualClock
from state.errors import InputError
from state.records import Claim, NoticeKind, Page, Placement, PromiseState, Severity
from state.store import Store
from state.store.articles import PutStatus

START = datetime(2026, 11, 20, 8, tzinfo=UTC)
RULES = b"""
id: crossing
title: Councilors go over
severity: critical
terms:
  act: [defect*, joined, left, "went over"]
  party: [Candlelight, "Cambodian People\xe2\x80\x99s Party", CPP]
when: act NEAR/15 party
events: [defection]
"""
CONFIGURED = {
    "channels": {
        "desk": {"url": "json://localhost/desk"},
        "analysts": {"url": "json://localhost/analysts", "digest": "07:00"},
    },
    "routes": [{"to": ["desk"], "severity": "high"}, {"to": ["analysts"]}],
    "sources": {"rfa": {"site": "rfa"}, "board": {"site": "invision", "replies": "ring"}},
}
TITLE = "Councilor Sao Vannak Defects to Ruling Party"
LEAD = "Candlelight Party councilor Sao Vannak defected to the Cambodian People’s Party on Friday, officials said."
REST = (
    "He was received in Doun Keo by provincial chief Long Vibol, who handed him a card and a shirt.",
    "“We want roads and water,” Sao Vannak told reporters after the ceremony at the river.",
    "A coordinator of his former party, Meas Rithy, said that local officials had visited him several times.",
)
DENIAL = "Candlelight Party councilor Sao Vannak denied that he defected to the Cambodian People’s Party."


@dataclass
class Desk:
    """What the pipeline needs of the application, with a clock that is moved by hand."""

    settings: Settings
    ruleset: Ruleset
    policy: Policy
    store: Store
    clock: ManualClock
    names: Pseudonyms | None = None

    def takes(self, article: Article, *, rings: bool = True, **more: Any) -> Ingested:
        now = self.clock.now()
        page = Page(url=article.url or "", status=200, headers={}, body=b"<html>", fetched_at=now)
        with self.store.begin() as tx:
            return ingest(article, page, self, tx, rings=rings, now=now, **more)

    def finds_gone(self, key: str, status: int, after: timedelta) -> str:
        self.clock.advance(after)
        with self.store.begin() as tx:
            return gone(key, status, self, tx, self.clock.now()).state

    def promised(self, alert: str) -> dict[tuple[int, str], str]:
        with self.store.read() as tx:
            return {(item.notice, item.channel): item.state.value for item in tx.promises.of(alert)}

    def why(self, key: str) -> list[str | None]:
        with self.store.read() as tx:
            return [item.why_no_promise for item in tx.matches.of(key)]

    def send_all(self) -> None:
        """Let every channel take what it was promised."""
        with self.store.begin() as tx:
            tx.messages.claim(self.clock.now() + timedelta(days=2), "test")


@pytest.fixture
def desk() -> Iterator[Desk]:
    settings = Settings.model_validate(CONFIGURED)
    loaded = load_rules([("rules.yaml", RULES)])
    assert not loaded.errors
    store = Store.in_memory()
    yield Desk(settings, loaded.ruleset, policy_of(settings), store, ManualClock(START))
    store.close()


def article(*text: str, name: str = "one", source: str = "rfa", **more: Any) -> Article:
    facts: dict[str, Any] = {
        "title": TITLE,
        "sections": (Section(None, text or (LEAD, *REST)),),
        "url": f"https://{source}.example/{name}",
        "key": f"{source}:{name}",
        "source": source,
        "site": "rfa" if source == "rfa" else "generic",
        "language": "en",
        "published_at": START - timedelta(hours=1),
        "fetched_at": START,
    }
    return Article(**(facts | more))


def only_alert(desk: Desk) -> str:
    with desk.store.read() as tx:
        alerts = tx.alerts.list()
    assert len(alerts) == 1
    return alerts[0].id


def test_a_match_is_promised_to_the_channels_of_its_route(desk: Desk) -> None:
    done = desk.takes(article())
    assert done.status is PutStatus.NEW
    assert [notice.kind for notice in done.notices] == [NoticeKind.ALERT]
    assert done.reasons == {}
    assert desk.promised(only_alert(desk)) == {(1, "desk"): "open"}
    told = done.notices[0].told
    assert (told["title"], told["source"], told["read_from"]) == (TITLE, "rfa", "page")


def test_the_alert_says_what_the_event_says(desk: Desk) -> None:
    done = desk.takes(article())
    notice = done.notices[0]
    assert notice.claim is Claim.REPORTED
    assert notice.severity is Severity.HIGH
    assert {event.actor for event in notice.events if event.actor} != set()


def test_backlog_is_kept_and_the_reason_recorded(desk: Desk) -> None:
    done = desk.takes(article(), rings=False)
    assert (done.notices, done.reasons) == ((), {"defection": "backlog"})
    assert desk.why("rfa:one") == ["backlog"]
    done = desk.takes(article(name="two", title="Other", published_at=None), rings=False, reason="import")
    assert set(desk.why("rfa:two")) == {"import"}


def test_the_same_page_again_changes_nothing(desk: Desk) -> None:
    desk.takes(article())
    again = desk.takes(article())
    assert (again.status, again.notices) == (PutStatus.SAME, ())
    assert desk.promised(only_alert(desk)) == {(1, "desk"): "open"}


def test_a_page_without_a_match_is_kept_and_silent(desk: Desk) -> None:
    done = desk.takes(article("The river rose again on Friday and flooded two markets.", title="Floods"))
    assert (done.notices, done.reasons, done.assessments) == ((), {}, ())
    assert done.placement is not None


def test_a_copy_elsewhere_is_attached_and_not_told(desk: Desk) -> None:
    first = desk.takes(article())
    copy = desk.takes(article(LEAD, *REST[:2], source="daily", published_at=START))
    assert copy.placement == replace(copy.placement or Placement("", "copy"), relation="copy", of="rfa:one")
    assert first.placement is not None
    assert copy.placement is not None
    assert copy.placement.story == first.placement.story
    assert copy.notices == ()
    assert set(desk.why("daily:one")) == {"same_alert"}


def test_an_edit_that_inverts_the_claim_is_a_correction_to_whoever_got_the_alert(desk: Desk) -> None:
    desk.takes(article())
    desk.send_all()
    desk.clock.advance(timedelta(minutes=15))
    done = desk.takes(article(DENIAL, *REST, title="Councilor Sao Vannak Denies Defection"), rings=False)
    assert done.status is PutStatus.REVISED
    notice = done.notices[0]
    assert notice.kind is NoticeKind.CORRECTION
    assert "claim" in notice.told["changed"]
    assert (notice.told["was"]["claim"], notice.told["now"]["claim"]) == ("reported", "denied")
    assert desk.promised(notice.alert)[2, "desk"] == "open"


def test_an_edit_before_anybody_was_told_composes_the_alert_anew(desk: Desk) -> None:
    desk.takes(article())
    done = desk.takes(article(DENIAL, *REST, title="Councilor Sao Vannak Denies Defection"))
    assert [(notice.number, notice.kind) for notice in done.notices] == [(1, NoticeKind.ALERT)]
    assert done.notices[0].claim is Claim.DENIED
    assert list(desk.promised(done.notices[0].alert)) == [(1, "desk")]


def test_a_cosmetic_edit_is_silent(desk: Desk) -> None:
    desk.takes(article())
    desk.send_all()
    done = desk.takes(article(LEAD, *REST, "This article was edited for length."))
    assert (done.status, done.notices) == (PutStatus.REVISED, ())
    assert set(done.reasons) == {"defection"}


def test_a_page_gone_for_good_withdraws_its_alert(desk: Desk) -> None:
    desk.takes(article())
    desk.takes(article("Nothing here matches.", name="two", title="Weather"))
    desk.send_all()
    alert = only_alert(desk)
    hour = timedelta(hours=1)
    with desk.store.begin() as tx:
        tx.articles.alive("rfa:two", desk.clock.now())
    assert [desk.finds_gone("rfa:one", 404, hour) for _ in range(3)] == ["doubted", "doubted", "gone"]
    assert desk.promised(alert)[2, "desk"] == "open"
    with desk.store.read() as tx:
        assert tx.notices.of(alert)[-1].kind is NoticeKind.WITHDRAWAL


def test_a_page_that_comes_back_is_told(desk: Desk) -> None:
    desk.takes(article())
    desk.takes(article("Nothing here matches.", name="two", title="Weather"))
    desk.send_all()
    desk.finds_gone("rfa:one", 410, timedelta(hours=1))
    assert desk.finds_gone("rfa:one", 410, timedelta(hours=1)) == "gone"
    desk.send_all()
    done = desk.takes(article())
    assert [notice.kind for notice in done.notices] == [NoticeKind.CORRECTION]
    assert "quote_back" in done.notices[0].told["changed"]
    with desk.store.begin() as tx:
        assert came_back("rfa:one", desk, tx, desk.clock.now()) is None


def test_an_alert_with_a_live_copy_is_not_withdrawn(desk: Desk) -> None:
    desk.takes(article())
    desk.takes(article(source="daily"))
    desk.finds_gone("rfa:one", 410, timedelta(hours=1))
    assert desk.finds_gone("rfa:one", 410, timedelta(hours=1)) == "gone"
    assert list(desk.promised(only_alert(desk))) == [(1, "desk")]


def test_many_pages_gone_together_withdraw_nothing(desk: Desk) -> None:
    names = [f"page{number}" for number in range(6)]
    for name in names:
        desk.takes(article(f"{name} says: {LEAD}", name=name, title=f"{TITLE} {name}"))
    states = {desk.finds_gone(f"rfa:{name}", 410, timedelta()) for name in names for _ in range(1)}
    states |= {desk.finds_gone(f"rfa:{name}", 410, timedelta(hours=1)) for name in names}
    assert "gone" not in states
    assert "mass" in states


def test_a_person_retracts_an_alert_once(desk: Desk) -> None:
    alert = desk.takes(article()).notices[0].alert
    with desk.store.begin() as tx:
        notice = retract(alert, "It was a drill.", desk, tx, desk.clock.now(), by="Chenda")
        assert (notice.kind, notice.number) == (NoticeKind.RETRACTION, 2)
        with pytest.raises(InputError, match="retracted before"):
            retract(alert, "Again.", desk, tx, desk.clock.now())
        with pytest.raises(InputError, match="no alert"):
            retract("A-0000", "Who?", desk, tx, desk.clock.now())
    assert desk.promised(alert)[2, "desk"] == "open"


REPLY = "Candlelight councilor Ros Phanna defected to the CPP today, my cousin in the village saw it."


def topic(*replies: str, source: str = "rfa", age: timedelta = timedelta()) -> Article:
    return article(
        "A topic about the river and its fish, begun long ago by somebody who likes both.",
        title="River talk",
        source=source,
        comments=tuple(
            Comment(text=text, id=str(number), posted_at=START - age) for number, text in enumerate(replies)
        ),
    )


def test_a_match_in_a_reply_waits_for_the_digest(desk: Desk) -> None:
    done = desk.takes(topic(REPLY))
    assert [notice.severity for notice in done.notices] == [Severity.LOW]
    assert desk.promised(done.notices[0].alert) == {(1, "analysts"): "open"}
    with desk.store.read() as tx:
        assert [message.kind for message in tx.messages.list()] == ["digest"]


def test_a_reply_rings_where_the_source_wants_it(desk: Desk) -> None:
    done = desk.takes(topic(REPLY, source="board"))
    assert done.notices[0].severity >= Severity.MEDIUM


def test_only_fresh_posts_ring(desk: Desk) -> None:
    old = desk.takes(topic(REPLY, source="board"), fresh_posts=frozenset({-1}))
    assert (old.notices, old.reasons) == ((), {"defection": "backlog"})
    both = topic(REPLY, REPLY.replace("Ros Phanna", "Keo Sary"), source="board")
    fresh = desk.takes(both, fresh_posts=frozenset({1}))
    assert [notice.kind for notice in fresh.notices] == [NoticeKind.ALERT]
    assert all("Ros Phanna" not in event.quote for event in fresh.notices[0].events)


def test_text_outside_the_article_is_low_and_says_so(desk: Desk) -> None:
    page = article("Menu", title="Front page", provenance={"outside": ["Latest news.", LEAD]})
    done = desk.takes(page)
    assert [notice.severity for notice in done.notices] == [Severity.LOW]
    with desk.store.read() as tx:
        match = tx.matches.of("rfa:one")[0].match
    assert (match.outside, match.spans[0].field) == ("outside", "/provenance/outside/1")


def test_comments_are_not_kept_where_the_configuration_says_so(desk: Desk) -> None:
    desk.settings = Settings.model_validate(CONFIGURED | {"privacy": {"comments": "off"}})
    desk.takes(topic(REPLY))
    with desk.store.read() as tx:
        kept = tx.articles.get("rfa:one")
    assert kept is not None
    assert kept.comments == ()


def test_a_canary_goes_to_nobody_and_into_no_list(desk: Desk) -> None:
    done = desk.takes(article(), canary=True)
    assert set(desk.promised(done.notices[0].alert)) == {(1, "null channel")}
    with desk.store.read() as tx:
        assert tx.alerts.list() == []


def test_what_was_backlog_rings_when_it_is_asked_to(desk: Desk) -> None:
    desk.takes(article(), rings=False)
    with desk.store.begin() as tx:
        done = reconsider("rfa:one", desk, tx, rings=True, now=desk.clock.now())
        assert done is not None
        assert [notice.kind for notice in done.notices] == [NoticeKind.ALERT]
        assert reconsider("rfa:unknown", desk, tx, rings=True, now=desk.clock.now()) is None


def test_a_crash_before_the_commit_leaves_nothing(desk: Desk) -> None:
    def killed() -> None:
        with desk.store.begin() as tx:
            ingest(article(), None, desk, tx, rings=True, now=START)
            raise RuntimeError("killed")

    with pytest.raises(RuntimeError, match="killed"):
        killed()
    with desk.store.read() as tx:
        assert tx.articles.get("rfa:one") is None
        assert tx.alerts.list() == []
        assert tx.messages.list() == []


def test_each_match_ends_promised_or_excused(desk: Desk) -> None:
    desk.takes(article())
    desk.takes(article(source="daily"))
    desk.takes(article(name="old", title="Old", published_at=START - timedelta(days=90)), rings=False)
    desk.takes(topic(REPLY, source="other"))
    with desk.store.read() as tx:
        for item in tx.matches.list():
            told = item.alert is not None and any(
                promise.state in (PromiseState.OPEN, PromiseState.RECORDED)
                for promise in tx.promises.of(item.alert)
            )
            assert told or item.why_no_promise, item
