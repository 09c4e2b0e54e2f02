"""A promise is made once, joins what waits, and is never lost on the way."""

from state.records import MessageState, Promise, PromiseState
from tests.state.store.made import HOUR, MINUTE, NOON, notice, promise, rung, sent, tell_more


def test_a_promise_joins_the_open_message_of_its_channel_and_group(store):
    with store.begin() as tx:
        alert = rung(tx)
        [first] = tx.messages.list()

        assert tell_more(tx, alert) == first.id
        assert tell_more(tx, alert, group_key="S-2") != first.id
        assert tell_more(tx, alert, channel="mail") != first.id


def test_a_digest_and_an_alert_never_share_a_message(store):
    with store.begin() as tx:
        alert = rung(tx)
        [ringing] = tx.messages.list()
        tx.notices.add(notice(alert, 2))

        assert tx.promises.add(promise(alert, 2), now=NOON, kind="digest") != ringing.id


def test_the_earliest_time_wins(store):
    with store.begin() as tx:
        alert = rung(tx, channels=())
        id = tx.promises.add(promise(alert, due_at=NOON + MINUTE), now=NOON)
        tell_more(tx, alert, due_at=NOON + HOUR)

        assert tx.messages.get(id).due_at == NOON + MINUTE

        tell_more(tx, alert, due_at=NOON)

        assert tx.messages.get(id).due_at == NOON


def test_a_claimed_message_is_closed_to_new_promises(store):
    with store.begin() as tx:
        alert = rung(tx)
        [claimed] = tx.messages.claim(NOON, "run")
        later = tell_more(tx, alert)

        assert later != claimed.message.id
        assert [one.message for one in tx.promises.of(alert)] == [claimed.message.id, later]


def test_the_same_promise_is_made_once(store):
    with store.begin() as tx:
        alert = rung(tx)
        [message] = tx.messages.list()
        again = tx.promises.add(promise(alert, due_at=NOON - HOUR, group_key="other"), now=NOON)

        assert again == message.id
        assert len(tx.promises.of(alert)) == 1
        assert tx.messages.get(message.id).due_at == NOON


def test_a_promise_that_arrives_settled_needs_no_message(store):
    with store.begin() as tx:
        alert = rung(tx, channels=())
        recorded = promise(alert, state=PromiseState.RECORDED)

        assert tx.promises.add(recorded, now=NOON) is None
        assert tx.promises.of(alert) == [recorded]
        assert tx.messages.list() == []


def test_the_channels_of_an_alert_are_those_told_or_to_be_told(store):
    with store.begin() as tx:
        alert = rung(tx, channels=("mail", "desk"))

        assert tx.promises.channels(alert) == ("desk", "mail")


def test_what_a_vanished_channel_was_promised_goes_to_another(store):
    with store.begin() as tx:
        alert = rung(tx, channels=("gone",))
        [message] = tx.messages.list()

        assert tx.promises.move("gone", "desk", NOON) == 1
        [moved] = tx.promises.of(alert)
        assert (moved.channel, moved.state, moved.message) == ("desk", PromiseState.OPEN, message.id)
        assert tx.messages.get(message.id).channel == "desk"
        assert tx.messages.get(message.id).content == {"moved_from": "gone"}


def test_what_the_other_channel_hears_anyway_is_not_said_twice(store):
    with store.begin() as tx:
        alert = rung(tx, channels=("gone", "desk"))

        assert tx.promises.move("gone", "desk", NOON) == 0
        states = {one.channel: one.state for one in tx.promises.of(alert)}
        assert states == {"gone": PromiseState.RECORDED, "desk": PromiseState.OPEN}
        assert [one.state for one in tx.messages.list(channel="desk")].count(MessageState.OPEN) == 1


def test_what_was_sent_stays_where_it_was_sent(store):
    with store.begin() as tx:
        alert = rung(tx, channels=("gone",))
        [claimed] = tx.messages.claim(NOON, "run")
        sent(tx, claimed.message.id, channel="gone")

        assert tx.promises.move("gone", "desk", NOON) == 0
        assert tx.promises.of(alert) == [
            Promise(
                alert=alert,
                notice=1,
                channel="gone",
                group_key="S-1",
                due_at=NOON,
                state=PromiseState.SENT,
                message=claimed.message.id,
            )
        ]
