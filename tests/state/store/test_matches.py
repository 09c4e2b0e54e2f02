"""What was matched and understood is kept with the rules that did it, and ends with an alert or a reason."""

from state.records import Claim
from tests.state.store.made import DAY, HOUR, NOON, article, event, match, rung

V1 = article().version


def test_matches_come_back_with_their_rules_and_engine(store):
    found = [match(), match("dissolution", score=1.5, outside="comment")]
    with store.begin() as tx:
        tx.articles.put(article(), now=NOON)
        tx.matches.put("rfa:one", V1, "rules-1", "engine-1", found, NOON)
        stored = tx.matches.of("rfa:one", V1)

        assert [one.match for one in stored] == found
        assert [(one.match.explanation, one.match.claims) for one in stored] == [
            (one.explanation, one.claims) for one in found
        ]
        assert {(one.ruleset, one.engine, one.at) for one in stored} == {("rules-1", "engine-1", NOON)}
        assert [one.match for one in tx.matches.of("rfa:one")] == found
        assert tx.matches.of("rfa:one", "0" * 64) == []


def test_that_nothing_was_found_is_remembered(store):
    with store.begin() as tx:
        tx.articles.put(article(), now=NOON)
        tx.matches.put("rfa:one", V1, "rules-1", "engine-1", [], NOON)
        row = tx.articles.row("rfa:one")

    assert (row.matched_version, row.ruleset, row.engine) == (V1, "rules-1", "engine-1")


def test_matches_of_one_kind_are_attached_or_excused(store):
    with store.begin() as tx:
        id = rung(tx)
        tx.matches.put("rfa:one", V1, "rules-2", "engine-1", [match("dissolution")], NOON)
        tx.matches.attach("rfa:one", V1, "dissolution", why_no_promise="low")

        assert [(one.match.kind, one.alert, one.why_no_promise) for one in tx.matches.of("rfa:one")] == [
            ("defection", id, None),
            ("dissolution", None, "low"),
        ]
        assert [one.match.kind for one in tx.matches.of_alert(id)] == ["defection"]


def test_matches_are_listed_by_rule_and_time_without_canaries(store):
    with store.begin() as tx:
        for number, key in enumerate(("rfa:1", "rfa:2", "canary:1")):
            tx.articles.put(article(key), now=NOON, canary=key == "canary:1")
            tx.matches.put(key, V1, "rules-1", "engine-1", [match()], NOON + number * HOUR)

        assert [one.article for one in tx.matches.list()] == ["rfa:2", "rfa:1"]
        assert [one.article for one in tx.matches.list(since=NOON + HOUR)] == ["rfa:2"]
        assert tx.matches.list(rule="another") == []
        assert len(tx.matches.list(rule="kh-defection", limit=1)) == 1


def test_events_come_back_in_their_order(store):
    told = [event(), event(claim=Claim.DENIED, actor=None, claim_words=("denied",))]
    with store.begin() as tx:
        tx.articles.put(article(), now=NOON)
        tx.events.put("rfa:one", V1, told, NOON)

        assert tx.events.of("rfa:one", V1) == told
        assert tx.events.of("rfa:one", "0" * 64) == []


def test_events_are_listed_as_articles_read_now(store):
    with store.begin() as tx:
        tx.articles.put(article(), now=NOON)
        tx.events.put("rfa:one", V1, [event()], NOON)
        revised = article(title="Nine councillors")
        tx.articles.put(revised, now=NOON + HOUR)
        tx.events.put("rfa:one", revised.version, [event(actor="Nine councillors")], NOON + HOUR)
        tx.articles.put(article("canary:1"), now=NOON, canary=True)
        tx.events.put("canary:1", V1, [event()], NOON)

        assert [one.event.actor for one in tx.events.list()] == ["Nine councillors"]
        assert tx.events.list(kind="dissolution") == []
        assert tx.events.list(since=NOON + DAY) == []
        assert tx.events.list(until=NOON) == []
