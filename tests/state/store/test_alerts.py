"""One alert per story and kind; its notices are numbered and remembered as they were."""

import pytest

from state.errors import StoreError
from state.records import Claim, Placement, Severity
from tests.state.store.made import DAY, NOON, alert, article, notice, rung, tell_more


@pytest.fixture
def tx(store):
    with store.begin() as tx:
        for number in (1, 2):
            tx.articles.put(article(f"rfa:{number}"), now=NOON)
            tx.stories.place(f"rfa:{number}", Placement(f"S-{number}", "original"), [], now=NOON)
        yield tx


def test_an_alert_comes_back_as_it_was(tx):
    tx.alerts.open(alert())

    assert tx.alerts.get("A-7f31") == alert()
    assert tx.alerts.find("S-1", "defection") == alert()
    assert tx.alerts.find("S-1", "dissolution") is None
    assert tx.alerts.get("A-0000") is None


def test_a_story_has_one_alert_of_a_kind(store):
    with store.begin() as tx:
        rung(tx)
    with pytest.raises(StoreError, match=r"UNIQUE|unique"), store.begin() as tx:
        tx.alerts.open(alert("A-0001"))


def test_an_alert_changes(tx):
    tx.alerts.open(alert())
    louder = alert(severity=Severity.CRITICAL, claim=Claim.DENIED, state="withdrawn", rules=("a", "b"))
    tx.alerts.update(louder)

    assert tx.alerts.get("A-7f31") == louder


def test_alerts_are_listed_newest_first_without_canaries(tx):
    tx.alerts.open(alert("A-0001"))
    tx.alerts.open(alert("A-0002", "S-2", opened_at=NOON + DAY))
    tx.alerts.open(alert("A-0003", "S-2", "dissolution", opened_at=NOON + DAY), canary=True)

    assert [one.id for one in tx.alerts.list()] == ["A-0002", "A-0001"]
    assert [one.id for one in tx.alerts.list(since=NOON + DAY)] == ["A-0002"]
    assert [one.id for one in tx.alerts.list(until=NOON + DAY)] == ["A-0001"]
    assert tx.alerts.list(state="retracted") == []
    assert [one.id for one in tx.alerts.list(limit=1)] == ["A-0002"]


def test_ids_are_the_same_for_the_same_and_longer_only_when_they_must(tx):
    id = tx.alerts.new_id("S-1", "defection")
    assert tx.alerts.new_id("S-1", "defection") == id
    assert len(id) == len("A-7f31")

    tx.alerts.open(alert(id))

    longer = tx.alerts.new_id("S-1", "defection")
    assert longer.startswith(id)
    assert len(longer) == len(id) + 1


def test_an_article_knows_the_alerts_its_matches_are_attached_to(store):
    with store.begin() as tx:
        id = rung(tx)

        assert [one.id for one in tx.alerts.of_article("rfa:one")] == [id]
        assert [one.id for one in tx.alerts.of_story("S-1")] == [id]
        assert tx.alerts.of_article("rfa:two") == []
        assert tx.matches.articles_of(id) == ["rfa:one"]


def test_notices_are_numbered_from_one(tx):
    tx.alerts.open(alert())
    assert tx.notices.next_number("A-7f31") == 1
    tx.notices.add(notice())
    assert tx.notices.next_number("A-7f31") == 2
    tx.notices.add(notice(number=2))

    assert tx.notices.of("A-7f31") == [notice(), notice(number=2)]
    assert tx.notices.get("A-7f31", 1).events == notice().events
    assert tx.notices.get("A-7f31", 1).told == notice().told
    assert tx.notices.get("A-7f31", 3) is None


def test_a_notice_needs_its_alert(store):
    with pytest.raises(StoreError, match=r"FOREIGN|foreign"), store.begin() as tx:
        tx.notices.add(notice("A-none"))


def test_a_notice_that_nobody_read_is_composed_anew(store):
    with store.begin() as tx:
        id = rung(tx)
        assert [one.number for one in tx.notices.unclaimed(id)] == [1]
        tx.notices.replace(notice(id, reason="the headline changed before it was sent"))

        assert tx.notices.get(id, 1).reason == "the headline changed before it was sent"
        assert [row.kind for row in tx.ledger.of(f"{id}/1")] == ["notice", "notice.replaced"]


def test_a_notice_is_claimed_once_one_channel_may_have_read_it(store):
    with store.begin() as tx:
        id = rung(tx, channels=("desk", "mail"))
        tx.messages.claim(NOON, "run", channels=["mail"])

        assert tx.notices.unclaimed(id) == []

        tell_more(tx, id, channel="desk", due_at=NOON + DAY)

        assert [one.number for one in tx.notices.unclaimed(id)] == [2]
