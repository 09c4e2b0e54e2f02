"""About Tocsin itself: told once per change, and not by the channel that is in trouble."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from crawler.notify.operator import tell
from rules.alerts.policy import ChannelPolicy, Policy, Route
from state.store.store import Store

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
NAMES = ("desk", "boss")
POLICY = Policy(
    routes=(Route(to=("desk",)),),
    channels={name: ChannelPolicy(name=name) for name in NAMES},
    operator=("desk",),
)


def test_a_trouble_is_told_once_and_again_after_it_changed() -> None:
    store = Store.in_memory()
    told = []
    for hour, text in enumerate(("refuses us", "refuses us", "works again", "refuses us")):
        with store.begin() as tx:
            told.append(len(tell(tx, POLICY, "source x", text, NOW + timedelta(hours=hour), key="source:x")))
    assert told == [1, 0, 1, 1]


def test_two_troubles_are_told_apart() -> None:
    store = Store.in_memory()
    with store.begin() as tx:
        assert tell(tx, POLICY, "source x", "gone", NOW, key="source:x")
        assert tell(tx, POLICY, "source y", "gone", NOW, key="source:y")


def test_the_text_is_fixed_and_ends_in_its_own_id() -> None:
    store = Store.in_memory()
    with store.begin() as tx:
        (id,) = tell(tx, POLICY, "source x\nrefuses", "403\n\nNext: tocsin sources test x", NOW, key="k")
        message = tx.messages.get(id)
    assert message is not None
    assert message.body == (f"About Tocsin itself: source x refuses\n403\nNext: tocsin sources test x\n{id}")


def test_a_channel_in_trouble_is_not_asked_to_say_so() -> None:
    store = Store.in_memory()
    with store.begin() as tx:
        (id,) = tell(tx, POLICY, "channel desk", "refused the login", NOW, key="c", instead_of="desk")
        message = tx.messages.get(id)
    assert message is not None
    assert message.channel == "boss"


def test_a_long_text_stays_within_a_message() -> None:
    store = Store.in_memory()
    with store.begin() as tx:
        (id,) = tell(tx, POLICY, "many", "\n".join(["a line of some length"] * 200), NOW, key="k")
        message = tx.messages.get(id)
    assert message is not None
    assert len(message.body or "") < 900
    assert (message.body or "").endswith(f"…\n{id}")
