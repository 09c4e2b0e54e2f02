"""The audit finds every gap that a hand in the database can make, and none where all is well."""

import pytest
from sqlalchemy import delete, insert, update

from state.records import MessageState, PromiseState
from state.store.audit import audit
from state.store.tables import ledger, matches, messages, promises, receipts
from tests.state.store.made import DAY, HOUR, NOON, article, match, receipt, rung, sent


def gaps(store, **how):
    with store.read() as tx:
        return [gap.sentence for gap in audit(tx, **how).gaps]


def without_foreign_keys(store, *statements):
    """Do what only a hand with its own tool can do."""
    with store.begin() as tx:
        if tx.db.dialect == "sqlite":
            tx.db.connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            tx.db.connection.exec_driver_sql("COMMIT")
            tx.db.connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            tx.db.connection.exec_driver_sql("BEGIN")
        else:
            tx.db.connection.exec_driver_sql("SET session_replication_role = replica")
        for statement in statements:
            tx.db.execute(statement)
        if tx.db.dialect == "sqlite":
            tx.db.connection.exec_driver_sql("COMMIT")
            tx.db.connection.exec_driver_sql("PRAGMA foreign_keys=ON")
            tx.db.connection.exec_driver_sql("BEGIN")
        else:
            tx.db.connection.exec_driver_sql("SET session_replication_role = DEFAULT")


@pytest.fixture
def alert(store):
    with store.begin() as tx:
        return rung(tx)


def one_message(store):
    with store.read() as tx:
        [message] = tx.messages.list()
        return message.id


def send(store):
    with store.begin() as tx:
        [claimed] = tx.messages.claim(NOON, "run")
        sent(tx, claimed.message.id)
        return claimed.message.id


@pytest.mark.parametrize("how_far", ["empty", "promised", "claimed", "sent", "dead", "dropped", "sealed"])
def test_where_all_is_well_there_is_no_gap(store, how_far):
    with store.begin() as tx:
        if how_far == "empty":
            assert audit(tx).counts == dict.fromkeys(audit(tx).counts, 0)
            return
        rung(tx)
        if how_far != "promised":
            [claimed] = tx.messages.claim(NOON, "run")
        if how_far == "sent":
            sent(tx, claimed.message.id)
        if how_far == "dead":
            tx.messages.settle(receipt(claimed.message.id, ok=False), MessageState.DEAD, now=NOON)
        if how_far == "dropped":
            tx.messages.drop(claimed.message.id, NOON)
        if how_far == "sealed":
            tx.seals.seal(NOON)
        report = audit(tx, channels=["desk"])

    assert report.gaps == ()
    assert report.counts["promises"] == report.counts["messages"] == report.counts["versions"] == 1


def test_regrouped_and_moved_promises_leave_no_gap(store):
    with store.begin() as tx:
        rung(tx, "rfa:1", story="S-1", channels=("desk", "gone"))
        rung(tx, "rfa:2", story="S-2", channels=("gone",))
        rung(tx, "rfa:3", story="S-3")
        first, second = (one.message.id for one in tx.messages.claim(NOON, "run", channels=["desk"]))
        tx.messages.merge(first, [second], now=NOON)
        tx.messages.split(
            first,
            [next((one.alert, one.notice) for one in tx.promises.of_message(first))],
            NOON,
            now=NOON,
        )
        tx.promises.move("gone", "desk", NOON)

        assert audit(tx, channels=["desk"]).gaps == ()


def test_a_promise_whose_message_is_missing_is_a_gap(store, alert):
    id = one_message(store)
    without_foreign_keys(store, delete(messages))

    assert f"the promise to tell desk of {alert}/1 names message {id}, which is not there" in gaps(store)
    assert f"the ledger knows {id}, but it is not there" in gaps(store)
    assert f"rule kh-defection matched rfa:one: nobody was or will be told of {alert}" in gaps(store)


def test_a_sent_promise_whose_message_is_missing_is_a_gap(store, alert):
    id = send(store)
    without_foreign_keys(store, delete(messages))

    assert gaps(store) == [
        f"the promise to tell desk of {alert}/1 names message {id}, which is not there",
        f"the ledger knows {id}, but it is not there",
    ]


def test_a_message_that_was_pruned_for_a_reason_is_no_gap(store):
    with store.begin() as tx:
        id = tx.messages.open("null", "canary", "canary", NOON, now=NOON).id
        tx.db.execute(delete(messages))
        tx.ledger.append("message.pruned", id, "", NOON)

    assert gaps(store) == []


def test_a_promise_that_lost_its_message_is_a_gap(store, alert):
    with store.begin() as tx:
        tx.db.execute(update(promises).values(message=None))

    assert f"the promise to tell desk of {alert}/1 is open and has no message" in gaps(store)


def test_a_promise_left_open_by_a_settled_message_is_a_gap(store, alert):
    id = send(store)
    with store.begin() as tx:
        tx.db.execute(update(promises).values(state=PromiseState.OPEN.value))

    assert f"the promise to tell desk of {alert}/1 is open, but {id} is sent" in gaps(store)


def test_a_promise_to_a_channel_that_is_no_more_is_a_gap(store, alert):
    assert gaps(store, channels=["desk"]) == []
    assert gaps(store, channels=["mail"]) == [
        f"the promise to tell desk of {alert}/1 waits for a channel that is not configured"
    ]
    send(store)
    assert gaps(store, channels=["mail"]) == []


def test_a_canary_needs_no_configured_channel(store):
    with store.begin() as tx:
        rung(tx, channels=("null",), canary=True)

    assert gaps(store, channels=[]) == []


def test_a_notice_nobody_was_promised_is_a_gap(store):
    with store.begin() as tx:
        alert = rung(tx, channels=())

    assert f"nobody was promised to hear {alert}/1" in gaps(store)


def test_a_notice_or_message_or_version_without_an_entry_is_a_gap(store, alert):
    id = one_message(store)
    with store.begin() as tx:
        tx.db.execute(update(ledger).values(subject="x"))

    found = gaps(store)
    assert f"the ledger has no entry for the notice {alert}/1" in found
    assert f"the ledger has no entry for the message {id}" in found
    assert "the ledger has no entry for version 1 of rfa:one" in found


def test_a_message_called_sent_without_a_receipt_is_a_gap(store, alert):
    id = send(store)
    with store.begin() as tx:
        tx.db.execute(delete(receipts))

    assert gaps(store) == [f"{id} to desk is called sent, but has no receipt"]


def test_a_text_that_was_changed_after_it_was_fixed_is_a_gap(store, alert):
    id = send(store)
    with store.begin() as tx:
        tx.db.execute(update(messages).values(body="something else"))

    assert gaps(store) == [f"the text of {id} is not the one that was entered in the ledger"]


@pytest.mark.parametrize("reason", [None, "backlog", "same_alert", "canary", "import", "low"])
def test_a_match_without_an_alert_needs_a_reason(store, reason):
    with store.begin() as tx:
        tx.articles.put(article(), now=NOON)
        tx.matches.put("rfa:one", article().version, "rules-1", "engine-1", [match()], NOON)
        tx.matches.attach("rfa:one", article().version, "defection", why_no_promise=reason)

    missing = "rule kh-defection matched rfa:one: no alert, and no reason why not"
    assert gaps(store) == ([] if reason else [missing])


def test_a_match_whose_alert_nobody_hears_is_a_gap(store, alert):
    without_foreign_keys(
        store, delete(promises), delete(messages), delete(ledger).where(ledger.c.kind == "none")
    )

    assert f"rule kh-defection matched rfa:one: nobody was or will be told of {alert}" in gaps(store)


def test_only_what_is_asked_for_is_looked_at(store, alert):
    with store.begin() as tx:
        tx.db.execute(update(matches).values(alert=None))

    assert len(gaps(store)) == 1
    assert gaps(store, since=NOON + HOUR) == []


def test_a_row_that_a_hand_put_in_is_missed_in_the_ledger(store):
    row = {"id": "M-ffff", "channel": "desk", "group_key": "g", "kind": "alert", "state": "open"}
    with store.begin() as tx:
        tx.db.execute(insert(messages), row | {"opened_at": NOON, "due_at": NOON + DAY})

    assert gaps(store) == ["the ledger has no entry for the message M-ffff"]


def test_a_notice_of_a_time_without_channels_is_none(store):
    with store.begin() as tx:
        alert = rung(tx, channels=())
        tx.db.execute(matches.update().where(matches.c.alert == alert).values(why_no_promise="no_channel"))

    assert gaps(store, channels=[]) == []
