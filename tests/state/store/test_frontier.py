"""An address waits until its article is stored or a person drops it, and is offered once."""

from dataclasses import replace

from tests.state.store.made import DAY, HOUR, MINUTE, NOON, article, candidate


def keys(rows):
    return [row.candidate.key for row in rows]


def test_only_what_is_new_is_taken_and_each_key_once(store):
    offered = [candidate("rfa:1"), candidate("rfa:2"), candidate("rfa:1", channel="another")]
    with store.begin() as tx:
        tx.articles.put(article("rfa:stored"), now=NOON)

        assert tx.frontier.add([*offered, candidate("rfa:stored")], NOON) == offered[:2]
        assert tx.frontier.add(offered, NOON + HOUR) == []
        assert tx.frontier.count() == 2


def test_a_candidate_comes_back_as_it_was(store):
    full = candidate(
        kind="listing",
        title="Ten \0 councillors \ud800",
        author="Sok Dara",
        published_at=NOON - HOUR,
        modified_at=NOON,
        summary="<p>…</p>",
        body="<p>all</p>",
        comments=3,
    )
    with store.begin() as tx:
        tx.frontier.add([full], NOON, backlog=True)
        row = tx.frontier.get("rfa:one")

    assert row.candidate == full
    assert (row.attempts, row.error, row.added_at, row.backlog) == (0, "", NOON, True)


def test_what_failed_waits_with_its_error(store):
    with store.begin() as tx:
        tx.frontier.add([candidate("rfa:1"), candidate("rfa:2", source="other")], NOON)
        tx.frontier.fail("rfa:1", "503", NOON + HOUR)
        tx.frontier.fail("rfa:1", "timeout", NOON + HOUR)

        assert keys(tx.frontier.due(NOON + MINUTE)) == ["rfa:2"]
        [row] = tx.frontier.due(NOON + HOUR, source="example")
        assert (row.attempts, row.error) == (2, "timeout")
        assert keys(tx.frontier.due(NOON + HOUR, limit=1)) == ["rfa:2"]
        assert keys(tx.frontier.list()) == ["rfa:2", "rfa:1"]
        assert keys(tx.frontier.list("example")) == ["rfa:1"]


def test_a_stored_address_leaves_and_is_known_by_its_article(store):
    with store.begin() as tx:
        tx.frontier.add([candidate()], NOON)
        tx.articles.put(article(), now=NOON)
        tx.frontier.done("rfa:one", "rfa:one")

        assert tx.frontier.get("rfa:one") is None
        assert tx.frontier.add([candidate()], NOON) == []


def test_another_address_of_a_stored_article_is_not_offered_again(store):
    with store.begin() as tx:
        tx.frontier.add([candidate("https://m.example/1")], NOON)
        tx.articles.put(article(), now=NOON)
        tx.frontier.done("https://m.example/1", "rfa:one")

        assert tx.frontier.add([candidate("https://m.example/1")], NOON) == []
        assert tx.frontier.get("https://m.example/1").article == "rfa:one"
        assert tx.frontier.due(NOON + DAY) == []
        assert tx.frontier.count() == 0


def test_what_a_person_dropped_is_not_offered_again(store):
    with store.begin() as tx:
        tx.frontier.add([candidate()], NOON)
        tx.frontier.drop("rfa:one")

        assert tx.frontier.add([candidate()], NOON) == []
        assert tx.frontier.due(NOON + DAY) == []
        assert tx.frontier.get("rfa:one").state == "dropped"


def test_counts_are_by_source(store):
    with store.begin() as tx:
        tx.frontier.add([replace(candidate(f"x:{n}"), source=f"s{n % 2}") for n in range(1201)], NOON)

        assert (tx.frontier.count(), tx.frontier.count("s0"), tx.frontier.count("s1")) == (1201, 601, 600)
