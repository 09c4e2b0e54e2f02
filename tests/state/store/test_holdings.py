"""What is stored is counted with whose it is and since when; what nobody said and nobody keeps is not."""

from datetime import timedelta

from state.article import Comment
from state.store.holdings import holdings
from tests.state.store.made import HOUR, NOON, article, page, rung, sent


def held(store):
    with store.read() as tx:
        return {(row.kind, row.about): row for row in holdings(tx)}


def test_everything_is_counted_by_kind_with_its_times(store):
    with store.begin() as tx:
        rung(tx, "x:1")
        for claimed in tx.messages.claim(NOON, "run"):
            sent(tx, claimed.message.id)
        comments = tuple(Comment(text="So it is.", author=name) for name in ("Ada Test", "Ada Test", None))
        later = article("x:2", byline=("Bo Sample",), comments=comments)
        tx.articles.put(later, now=NOON + HOUR, page=page())
        tx.articles.put(article("x:3"), now=NOON + 2 * HOUR, page=page(), keep_bytes=False)
        tx.articles.put(article("canary:1", title="Canary"), now=NOON, canary=True)

    found = held(store)

    assert found["articles", None].number == found["versions", None].number == 3
    assert found["articles", None].until - found["articles", None].since == timedelta(hours=2)
    assert found["responses", None].bytes > 0
    assert (found["responses_given_up", None].number, found["events", None].number) == (1, 1)
    names = found["names_under_comments", None]
    assert (names.number, names.since) == (1, NOON + HOUR)
    assert found["messages_sent", "desk"].number == 1


def test_an_empty_store_holds_nothing(store):
    assert {row.number for row in held(store).values()} == {0}
