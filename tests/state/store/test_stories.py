"""An article is put into a story and found again by rare keys, at a cost that does not grow."""

import pytest

from state.records import Placement
from state.store import Store
from tests.state.store.made import DAY, HOUR, NOON, article


def stored(tx, key, story, *keys, relation="original", of=None, **fields):
    tx.articles.put(article(key, **fields), now=NOON)
    tx.stories.place(key, Placement(story, relation, of, "why"), list(keys), now=NOON)


def test_an_article_has_its_place(store):
    with store.begin() as tx:
        tx.articles.put(article("x:0"), now=NOON)
        assert tx.stories.of("x:0") is None
        stored(tx, "x:1", "S-1", "a")
        stored(tx, "x:2", "S-1", "b", relation="copy", of="x:1")

        assert tx.stories.of("x:2") == Placement("S-1", "copy", "x:1", "why")
        assert [(one.key, one.relation, one.of) for one in tx.stories.members("S-1")] == [
            ("x:1", "original", None),
            ("x:2", "copy", "x:1"),
        ]
        assert tx.stories.row("S-1").original == "x:1"
        assert tx.stories.row("S-2") is None


def test_those_that_share_most_come_first(store):
    with store.begin() as tx:
        stored(tx, "x:1", "S-1", "a", "b")
        stored(tx, "x:2", "S-2", "b", "c", "d")
        stored(tx, "x:3", "S-3", "e")

        found = tx.stories.neighbours(["b", "c", "d", "z", "b"])

    assert [(one.key, one.placement.story, one.shared) for one in found] == [
        ("x:2", "S-2", 3),
        ("x:1", "S-1", 1),
    ]


def test_no_keys_no_neighbours(store):
    with store.begin() as tx:
        stored(tx, "x:1", "S-1", "a")

        assert tx.stories.neighbours([]) == []
        assert tx.stories.neighbours(["z"]) == []


def test_placing_again_moves_and_what_was_said_before_still_leads_there(store):
    with store.begin() as tx:
        stored(tx, "x:1", "S-1", "a")
        tx.stories.place("x:1", Placement("S-2", "joined", "x:9"), ["b", "a"], now=NOON + HOUR)

        assert [one.placement.story for one in tx.stories.neighbours(["a"])] == ["S-2"]
        assert [one.placement.story for one in tx.stories.neighbours(["b"])] == ["S-2"]
        assert tx.stories.members("S-1") == []


def test_moving_alone_leaves_the_keys(store):
    with store.begin() as tx:
        stored(tx, "x:1", "S-1", "a")
        tx.stories.place("x:1", Placement("S-2", "joined", "x:9"), None, now=NOON)

        assert [one.placement.story for one in tx.stories.neighbours(["a"])] == ["S-2"]


def test_an_article_that_is_not_stored_has_no_place(store):
    with store.begin() as tx, pytest.raises(LookupError):
        tx.stories.place("x:none", Placement("S-1", "original"), ["a"], now=NOON)


def test_the_original_of_a_story_is_found_later(store):
    with store.begin() as tx:
        stored(tx, "x:1", "S-1", "a")
        stored(tx, "x:2", "S-1", "b")
        tx.stories.set_original("S-1", "x:2")

        assert tx.stories.row("S-1").original == "x:2"


def test_stories_are_listed_by_their_last_change(store):
    with store.begin() as tx:
        stored(tx, "x:1", "S-1", "a")
        stored(tx, "x:2", "S-2", "b")
        tx.articles.put(article("canary:1"), now=NOON, canary=True)
        tx.stories.place("canary:1", Placement("S-3", "original"), [], now=NOON + DAY)
        tx.stories.place("x:1", Placement("S-1", "original"), None, now=NOON + HOUR)

        assert [one.id for one in tx.stories.list()] == ["S-1", "S-2"]
        assert [one.id for one in tx.stories.list(since=NOON + HOUR)] == ["S-1"]
        assert [one.id for one in tx.stories.list(limit=1)] == ["S-1"]


def test_of_a_popular_key_only_the_newest_are_looked_at(store):
    with store.begin() as tx:
        for number in range(40):
            stored(tx, f"x:{number}", f"S-{number}", "popular", *(["rare"] if number == 3 else []))
        by_popular = tx.stories.neighbours(["popular"], per_key=8)
        by_both = tx.stories.neighbours(["popular", "rare"], per_key=8)

    assert {one.key for one in by_popular} == {f"x:{number}" for number in range(32, 40)}
    assert "x:3" in {one.key for one in by_both}


def test_looking_for_neighbours_costs_two_statements_however_many_keys():
    store = Store.in_memory()
    with store.begin() as tx:
        stored(tx, "x:1", "S-1", *(f"k{number}" for number in range(100)))
        statements = []
        tx.db.connection.connection.dbapi_connection.set_trace_callback(statements.append)
        tx.stories.neighbours([f"k{number}" for number in range(100)])
        tx.db.connection.connection.dbapi_connection.set_trace_callback(None)
    store.close()

    assert len(statements) == 2
