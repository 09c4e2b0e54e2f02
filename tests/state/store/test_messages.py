"""A message is claimed by one, says one text for ever, and ends once."""

import pytest

from state.records import MessageState, PromiseState
from tests.state.store.made import DAY, HOUR, MINUTE, NOON, SECOND, promise, receipt, rung, sent, tell_more


def claim_one(tx, now=NOON, owner="run", **how):
    [claimed] = tx.messages.claim(now, owner, **how)
    return claimed


def states(tx, alert):
    return [(one.notice, one.channel, one.state.value) for one in tx.promises.of(alert)]


def test_a_claim_brings_the_message_with_its_promises_and_notices(store):
    with store.begin() as tx:
        alert = rung(tx)
        claimed = claim_one(tx)

    assert claimed.message.state is MessageState.CLAIMED
    assert claimed.message.first_claimed_at == NOON
    assert [(one.alert, one.notice, one.channel) for one in claimed.promises] == [(alert, 1, "desk")]
    assert [(one.alert, one.number, one.events[0].actor) for one in claimed.notices] == [
        (alert, 1, "Ten councillors")
    ]


def test_nothing_is_claimed_before_it_is_due(store):
    with store.begin() as tx:
        message = tx.messages.open("desk", "g", "operator", NOON + MINUTE, now=NOON)

        assert tx.messages.claim(NOON, "run") == []
        assert claim_one(tx, NOON + MINUTE).message.id == message.id


def test_the_longest_due_is_claimed_first_and_only_for_the_channels_asked(store):
    with store.begin() as tx:
        for channel, minutes in (("late", 2), ("early", 1), ("other", 0)):
            tx.messages.open(channel, "g", "operator", NOON + minutes * MINUTE, now=NOON)
        claimed = tx.messages.claim(NOON + HOUR, "run", channels=["late", "early"])

    assert [one.message.channel for one in claimed] == ["early", "late"]


def test_what_one_has_claimed_nobody_else_gets_until_the_lease_runs_out(store):
    with store.begin() as tx:
        rung(tx)
        claim_one(tx, owner="one")

        assert tx.messages.claim(NOON + DAY, "two") == []
        assert tx.messages.owners() == {"one"}
        assert tx.messages.next_due() is None


def test_a_lease_runs_out_by_the_databases_clock(store):
    with store.begin() as tx:
        rung(tx)
        claim_one(tx, owner="one", lease_seconds=-1)

        assert tx.messages.owners() == set()
        assert claim_one(tx, NOON, owner="two").message.state is MessageState.CLAIMED


def test_a_lease_is_renewed_by_its_owner_alone(store):
    with store.begin() as tx:
        rung(tx)
        id = claim_one(tx, owner="one", lease_seconds=-1).message.id

        assert tx.messages.renew(id, "one", 30)
        assert tx.messages.claim(NOON, "two") == []
        assert not tx.messages.renew(id, "two", 30)


def test_the_text_is_fixed_once(store):
    with store.begin() as tx:
        rung(tx)
        id = claim_one(tx).message.id
        first = tx.messages.fix(id, "title", "first text", "<p>first</p>", now=NOON)
        second = tx.messages.fix(id, "other", "second text", now=NOON)

    assert (first.title, first.body, first.html) == ("title", "first text", "<p>first</p>")
    assert second == first


def test_a_failed_attempt_waits_and_says_the_same_text_under_the_same_id(store):
    with store.begin() as tx:
        alert = rung(tx)
        id = claim_one(tx).message.id
        tx.messages.fix(id, None, "the text", now=NOON)
        failed = receipt(id, ok=False)
        tx.messages.settle(failed, MessageState.CLAIMED, now=NOON, next_due_at=NOON + 2 * SECOND)

        assert tx.messages.claim(NOON + SECOND, "run") == []
        again = claim_one(tx, NOON + 2 * SECOND)

        assert (again.message.id, again.message.body, again.message.attempts) == (id, "the text", 1)
        assert again.message.last_error == "no route"
        assert again.message.first_claimed_at == NOON
        assert states(tx, alert) == [(1, "desk", "open")]
        assert tx.receipts.of(id) == [failed]


def test_to_try_again_needs_a_time(store):
    with store.begin() as tx:
        rung(tx)
        id = claim_one(tx).message.id

        with pytest.raises(ValueError, match="next attempt"):
            tx.messages.settle(receipt(id, ok=False), MessageState.CLAIMED, now=NOON)


@pytest.mark.parametrize(
    ("kind", "state", "settled"),
    [
        ("alert", MessageState.SENT, "sent"),
        ("digest", MessageState.SENT, "digested"),
        ("alert", MessageState.DEAD, "dead"),
        ("alert", MessageState.DROPPED, "dropped"),
    ],
)
def test_settling_a_message_settles_its_promises(store, kind, state, settled):
    with store.begin() as tx:
        alert = rung(tx, channels=())
        tx.promises.add(promise(alert), now=NOON, kind=kind)
        id = claim_one(tx).message.id
        tx.messages.fix(id, None, "text", now=NOON)
        tx.messages.settle(receipt(id, ok=state is MessageState.SENT), state, now=NOON + SECOND)

        assert states(tx, alert) == [(1, "desk", settled)]
        message = tx.messages.get(id)
        assert (message.state, message.attempts, message.settled_at) == (state, 1, NOON + SECOND)
        assert tx.messages.claim(NOON + DAY, "run") == []


def test_once_sent_a_message_stays_sent(store):
    with store.begin() as tx:
        alert = rung(tx)
        id = claim_one(tx).message.id
        sent(tx, id)
        late = receipt(id, ok=False, attempt=2)
        tx.messages.settle(late, MessageState.CLAIMED, now=NOON, next_due_at=NOON)
        tx.messages.settle(late, MessageState.DEAD, now=NOON)

        assert tx.messages.get(id).state is MessageState.SENT
        assert states(tx, alert) == [(1, "desk", "sent")]
        assert len(tx.receipts.of(id)) == 3


def test_a_slow_success_after_giving_up_counts(store):
    with store.begin() as tx:
        alert = rung(tx)
        id = claim_one(tx).message.id
        tx.messages.fix(id, None, "text", now=NOON)
        tx.messages.settle(receipt(id, ok=False), MessageState.DEAD, now=NOON)
        tx.messages.settle(receipt(id, ok=True, attempt=2), MessageState.SENT, now=NOON)

        assert tx.messages.get(id).state is MessageState.SENT
        assert states(tx, alert) == [(1, "desk", "sent")]


def test_a_held_message_is_open_again_and_may_be_joined(store):
    with store.begin() as tx:
        alert = rung(tx)
        id = claim_one(tx).message.id
        tx.messages.reopen(id, NOON + HOUR)

        assert tx.messages.get(id).state is MessageState.OPEN
        assert tx.messages.next_due() == NOON + HOUR
        assert tell_more(tx, alert, due_at=NOON + 2 * HOUR) == id
        assert tx.notices.unclaimed(alert) == tx.notices.of(alert)
        assert len(claim_one(tx, NOON + HOUR).notices) == 2


def test_a_claim_given_back_after_its_text_was_fixed_is_not_joined(store):
    with store.begin() as tx:
        alert = rung(tx)
        id = claim_one(tx).message.id
        tx.messages.fix(id, None, "text", now=NOON)
        tx.messages.reopen(id, NOON + HOUR)

        assert tell_more(tx, alert) != id
        assert tx.messages.get(id).state is MessageState.CLAIMED
        assert tx.messages.get(id).due_at == NOON + HOUR


def test_a_starting_process_frees_what_its_former_self_was_sending(store):
    with store.begin() as tx:
        rung(tx, "rfa:one", story="S-1")
        rung(tx, "rfa:two", story="S-2")
        rung(tx, "rfa:three", story="S-3")
        fixed = claim_one(tx, owner="me", limit=1).message.id
        tx.messages.fix(fixed, None, "text", now=NOON)
        unfixed = claim_one(tx, owner="me", limit=1).message.id
        other = claim_one(tx, owner="other", limit=1).message.id

        assert tx.messages.free_leases("me") == 2
        assert tx.messages.get(fixed).state is MessageState.CLAIMED
        assert tx.messages.get(unfixed).state is MessageState.OPEN
        assert {one.message.id for one in tx.messages.claim(NOON, "me")} == {fixed, unfixed}
        assert tx.messages.get(other).state is MessageState.CLAIMED


def test_a_message_of_its_own_is_opened_once_while_it_is_open(store):
    with store.begin() as tx:
        first = tx.messages.open("desk", "trouble", "operator", NOON, now=NOON, content={"what": "disk"})
        again = tx.messages.open("desk", "trouble", "operator", NOON, now=NOON)
        with_text = tx.messages.open("desk", "trouble", "operator", NOON, now=NOON, body="said")

    assert again == first
    assert first.content == {"what": "disk"}
    assert with_text.id != first.id
    assert with_text.body == "said"


def test_a_message_with_a_text_is_not_joined(store):
    with store.begin() as tx:
        alert = rung(tx, channels=())
        fixed = tx.messages.open("desk", "S-1", "alert", NOON, now=NOON, body="said")

        assert tx.promises.add(promise(alert), now=NOON) != fixed.id


def test_nothing_is_claimed_while_delivery_is_held(store):
    with store.begin() as tx:
        rung(tx)
        tx.leases.hold_delivery("restored from a backup", NOON)

        assert tx.messages.claim(NOON, "run") == []
        assert tx.leases.held() == "restored from a backup"
        assert tx.leases.resume()
        assert not tx.leases.resume()
        assert len(tx.messages.claim(NOON, "run")) == 1


def test_a_group_that_does_not_fit_becomes_several_and_none_is_left_out(store):
    with store.begin() as tx:
        alert = rung(tx)
        for _ in range(4):
            tell_more(tx, alert)
        whole = claim_one(tx).message
        part = tx.messages.split(whole.id, [(alert, 4), (alert, 5)], NOON, now=NOON)

        assert [one.notice for one in tx.promises.of_message(whole.id)] == [1, 2, 3]
        assert [one.notice for one in tx.promises.of_message(part.id)] == [4, 5]
        assert (part.channel, part.group_key, part.kind) == (whole.channel, whole.group_key, whole.kind)
        assert claim_one(tx).message.id == part.id


def test_what_was_said_is_neither_split_nor_merged(store):
    with store.begin() as tx:
        alert = rung(tx)
        said = claim_one(tx).message.id
        tx.messages.fix(said, None, "text", now=NOON)
        other = tell_more(tx, alert)

        with pytest.raises(ValueError, match="fixed"):
            tx.messages.split(said, [(alert, 1)], NOON, now=NOON)
        with pytest.raises(ValueError, match="fixed"):
            tx.messages.merge(other, [said], now=NOON)


def test_merged_messages_leave_their_promises_and_a_ledger_entry(store):
    with store.begin() as tx:
        first = rung(tx, "rfa:one", story="S-1")
        second = rung(tx, "rfa:two", story="S-2")
        into, other = (one.message.id for one in tx.messages.claim(NOON, "run"))
        tx.messages.merge(into, [into, other], now=NOON)

        assert {one.alert for one in tx.promises.of_message(into)} == {first, second}
        assert tx.messages.get(other) is None
        assert [row.kind for row in tx.ledger.of(other)] == ["message.opened", "message.merged"]


def test_a_repeat_says_the_same_again_under_its_own_number(store):
    with store.begin() as tx:
        alert = rung(tx)
        id = claim_one(tx).message.id
        sent(tx, id)
        repeat = tx.messages.repeat(id, NOON + HOUR, now=NOON)

        assert (repeat.body, repeat.repeat_of, repeat.due_at) == (f"the text of {id}", id, NOON + HOUR)
        assert repeat.id != id
        assert claim_one(tx, NOON + HOUR).promises == ()
        assert states(tx, alert) == [(1, "desk", "sent")]


def test_one_that_was_given_up_is_retried_with_its_text(store):
    with store.begin() as tx:
        alert = rung(tx)
        id = claim_one(tx).message.id
        tx.messages.fix(id, None, "the text", now=NOON)
        tx.messages.settle(receipt(id, ok=False), MessageState.DEAD, now=NOON)

        assert tx.messages.retry(id, NOON + DAY)
        assert states(tx, alert) == [(1, "desk", "open")]
        again = claim_one(tx, NOON + DAY)
        assert (again.message.id, again.message.body) == (id, "the text")
        assert [one.notice for one in again.promises] == [1]


def test_what_was_sent_is_neither_retried_nor_dropped(store):
    with store.begin() as tx:
        rung(tx)
        id = claim_one(tx).message.id
        sent(tx, id)

        assert not tx.messages.retry(id, NOON)
        assert not tx.messages.drop(id, NOON)


def test_one_that_a_person_drops_is_over(store):
    with store.begin() as tx:
        alert = rung(tx)
        [waiting] = tx.messages.list()

        assert tx.messages.drop(waiting.id, NOON)
        assert states(tx, alert) == [(1, "desk", "dropped")]
        assert tx.messages.claim(NOON, "run") == []


def test_hurrying_ends_every_wait_but_a_digests_and_what_is_being_sent(store):
    with store.begin() as tx:
        waiting = tx.messages.open("a", "g", "alert", NOON + HOUR, now=NOON)
        failed = tx.messages.open("b", "g", "operator", NOON, now=NOON, body="said")
        claim_one(tx, owner="run")
        late = NOON + HOUR
        tx.messages.settle(receipt(failed.id, ok=False), MessageState.CLAIMED, now=NOON, next_due_at=late)
        digest = tx.messages.open("c", "g", "digest", NOON + HOUR, now=NOON)
        sending = tx.messages.open("d", "g", "operator", NOON, now=NOON)
        claim_one(tx, owner="run")

        assert tx.messages.hurry(NOON) == 2
        assert tx.messages.due_channels(NOON) == ["a", "b"]
        assert tx.messages.get(digest.id).due_at == NOON + HOUR
        assert tx.messages.get(sending.id).due_at == NOON
        assert {one.message.id for one in tx.messages.claim(NOON, "run")} == {waiting.id, failed.id}


def test_what_a_channel_had_is_known_by_time_and_by_alert(store):
    with store.begin() as tx:
        first = rung(tx, "rfa:one", story="S-1")
        second = rung(tx, "rfa:two", story="S-2")
        for minute, claimed in enumerate(tx.messages.claim(NOON, "run")):
            sent(tx, claimed.message.id, at=NOON + minute * MINUTE)

        assert tx.messages.sent_since("desk", NOON) == [NOON, NOON + MINUTE]
        assert tx.messages.sent_since("desk", NOON + SECOND) == [NOON + MINUTE]
        assert tx.messages.sent_since("mail", NOON) == []
        assert len(tx.messages.earlier("desk", first)) == 1
        assert tx.messages.earlier("desk", second) != tx.messages.earlier("desk", first)


def test_ids_are_short_and_never_used_again(store):
    with store.begin() as tx:
        ids = [tx.messages.open("desk", "g", "test", NOON, now=NOON, body="x").id for _ in range(4)]

    assert len(set(ids)) == 4
    assert all(id.startswith("M-") and len(id) >= 6 for id in ids)
    assert min(map(len, ids)) == 6


def test_lists_and_counts_leave_canaries_out(store):
    with store.begin() as tx:
        tx.messages.open("null", "canary", "canary", NOON, now=NOON)
        shown = tx.messages.open("desk", "g", "test", NOON, now=NOON)

        assert tx.messages.list() == [shown]
        assert tx.messages.list(states=[MessageState.SENT]) == []
        assert tx.messages.list(channel="desk") == [shown]
        assert tx.messages.counts() == {"open": 1}


def test_silencing_some_leaves_the_rest_and_silencing_all_ends_the_message(store):
    with store.begin() as tx:
        alert = rung(tx)
        tell_more(tx, alert)
        id = claim_one(tx).message.id
        tx.promises.settle(id, PromiseState.SILENCED, NOON, only=[(alert, 1)])

        assert states(tx, alert) == [(1, "desk", "silenced"), (2, "desk", "open")]
        assert tx.messages.get(id).state is MessageState.CLAIMED

        tx.promises.settle(id, PromiseState.SILENCED, NOON)

        assert states(tx, alert) == [(1, "desk", "silenced"), (2, "desk", "silenced")]
        assert tx.messages.get(id).state is MessageState.SILENCED
