"""Everything a page ever said is kept, each version once, by the best rendering there was."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from state.archive.warc import read_page, response_record
from state.article import Article, Caption, Comment, Origin, Section
from state.store import PutStatus, Store
from tests.state.store.made import DAY, HOUR, MINUTE, NOON, article, page

FULL = article(
    sections=(Section(None, ("One.", "> kept as it is", "")), Section("Why", ("ប្រទេស\u200bកម្ពុជា",))),
    canonical_url="https://news.example/canonical",
    subtitle="A dek",
    byline=("Sok Dara",),
    dateline="TAKEO —",
    section="Politics",
    tags=("party",),
    captions=(Caption("A rally.", "AFP", "https://img.example/1.jpg"),),
    attribution="Reported by the desk.",
    quoted=("what another said",),
    comments=(
        Comment(text="two\n\nlines", id="7", author="reader", place="Takeo", posted_at=NOON, parent="6"),
    ),
    published_at=NOON - HOUR,
    modified_at=NOON,
    fetched_at=NOON,
    origin=Origin("Wire", "https://wire.example/1"),
    provenance={"title": "og:title", "lines": [[1, "title"]]},
)


def test_an_article_comes_back_exactly_as_it_was(store):
    with store.begin() as tx:
        tx.articles.put(FULL, now=NOON)
        stored = tx.articles.get(FULL.key)

    assert stored == FULL
    assert stored.provenance == FULL.provenance


_texts = st.text(min_size=1, max_size=30)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_texts, st.lists(st.tuples(st.none() | _texts, st.lists(_texts, max_size=3))), st.lists(_texts))
def test_any_text_comes_back_whatever_its_characters(title, sections, comments):
    made = Article(
        title=title,
        key="any",
        sections=tuple(Section(heading, tuple(paragraphs)) for heading, paragraphs in sections),
        comments=tuple(Comment(text=text) for text in comments),
    )
    store = Store.in_memory()
    with store.begin() as tx:
        result = tx.articles.put(made, now=NOON)
        assert tx.articles.get("any") == made
        assert tx.articles.version("any", result.version) == made
    store.close()


def test_lone_surrogates_and_nul_are_kept_in_the_text_and_replaced_where_they_only_label(store):
    odd = article(title="a\0b\ud800")
    with store.begin() as tx:
        tx.articles.put(odd, now=NOON)

        assert tx.articles.get(odd.key) == odd
        assert tx.articles.row(odd.key).title == "a\ufffdb\ufffd"


def test_an_unknown_article_is_none(store):
    with store.read() as tx:
        assert tx.articles.get("rfa:none") is None
        assert tx.articles.row("rfa:none") is None
        assert tx.articles.version("rfa:none", "0" * 64) is None
        assert tx.articles.versions("rfa:none") == []


def test_an_article_without_a_key_is_refused(store):
    with store.begin() as tx, pytest.raises(ValueError, match="no key"):
        tx.articles.put(replace(article(), key=None), now=NOON)


def test_a_new_article_keeps_its_response_and_enters_the_ledger(store):
    answer = response_record(page())
    with store.begin() as tx:
        result = tx.articles.put(article(), now=NOON, page=answer, backlog=True)
        [version] = tx.articles.versions("rfa:one")
        stored = tx.responses.get(version.response)
        [entry] = tx.ledger.rows()

    assert (result.status, result.number, result.backlog) == (PutStatus.NEW, 1, True)
    assert stored.record == answer.data
    assert read_page(stored.record) == page(requested_url="https://news.example/one")
    assert (entry.kind, entry.digest, entry.detail["response"]) == ("version", result.version, answer.digest)
    assert "rfa:one" not in f"{entry.subject}{entry.detail}"


def test_the_same_text_again_only_proves_that_the_page_is_there(store):
    with store.begin() as tx:
        tx.articles.put(article(), now=NOON, page=page())
        again = tx.articles.put(
            article(url="https://news.example/?again", modified_at=NOON), now=NOON + HOUR, page=page()
        )
        row = tx.articles.row("rfa:one")

        assert again.status is PutStatus.SAME
        assert (row.fetched_at, row.first_seen_at, row.modified_at) == (NOON + HOUR, NOON, NOON)
        assert len(tx.articles.versions("rfa:one")) == len(tx.responses.of("rfa:one")) == 1
        assert len(tx.ledger.rows()) == 1


def test_another_text_is_a_version_with_the_one_before(store):
    second = article(title="Nine councillors change sides")
    with store.begin() as tx:
        tx.articles.put(article(), now=NOON, page=page())
        result = tx.articles.put(second, now=NOON + HOUR, page=page(b"second"))
        row = tx.articles.row("rfa:one")

        assert (result.status, result.number, result.replaced) == (PutStatus.REVISED, 2, False)
        assert result.previous == article()
        assert tx.articles.get("rfa:one") == second
        assert tx.articles.version("rfa:one", article().version) == article()
        assert (row.title, row.version, row.versions) == (second.title, second.version, 2)
        assert [one.seen_at for one in tx.articles.versions("rfa:one")] == [NOON, NOON + HOUR]
        assert len(tx.responses.of("rfa:one")) == 2


def test_a_text_that_comes_back_is_a_third_version(store):
    with store.begin() as tx:
        for title in ("first", "second", "first"):
            result = tx.articles.put(article(title=title), now=NOON)

        assert (result.status, result.number) == (PutStatus.REVISED, 3)
        assert len(tx.articles.versions("rfa:one")) == 3
        assert tx.articles.get("rfa:one").title == "first"


def test_a_lower_rendering_is_an_alias_and_makes_no_version(store):
    from_feed = article(title="cut short", url="https://news.example/feed#1")
    with store.begin() as tx:
        tx.articles.put(article(), now=NOON)
        for _ in range(2):
            result = tx.articles.put(from_feed, now=NOON + HOUR, rendering="feed")
        row = tx.articles.row("rfa:one")

    assert (result.status, result.alias, result.version) == (PutStatus.SAME, True, article().version)
    assert row.aliases == [{"url": "https://news.example/feed#1", "rendering": "feed"}]
    assert (row.versions, row.rendering) == (1, "page")


def test_a_better_rendering_replaces_and_is_no_edit(store):
    with store.begin() as tx:
        tx.articles.put(article(title="from the feed"), now=NOON, rendering="feed")
        result = tx.articles.put(article(), now=NOON + HOUR, rendering="page")
        versions = tx.articles.versions("rfa:one")

    assert (result.status, result.replaced) == (PutStatus.REVISED, True)
    assert [(one.rendering, one.replaced) for one in versions] == [("feed", False), ("page", True)]


def test_a_better_rendering_of_the_same_text_is_remembered(store):
    with store.begin() as tx:
        tx.articles.put(article(), now=NOON, rendering="feed")
        result = tx.articles.put(article(), now=NOON, rendering="page")

        assert result.status is PutStatus.SAME
        assert tx.articles.put(article(title="x"), now=NOON, rendering="feed").alias


def test_a_page_that_is_gone_is_counted_until_it_answers(store):
    with store.begin() as tx:
        tx.articles.put(article(), now=NOON)
        first = tx.articles.gone("rfa:one", NOON, 404)
        second = tx.articles.gone("rfa:one", NOON + HOUR, 410)

        assert (first.count, first.first_at, first.count_410) == (1, NOON, 0)
        assert (second.count, second.first_at, second.count_410) == (2, NOON, 1)

        tx.articles.alive("rfa:one", NOON + HOUR)

        assert tx.articles.gone("rfa:one", NOON + DAY, 404).count == 1


def test_an_unknown_page_cannot_be_gone(store):
    with store.begin() as tx, pytest.raises(LookupError):
        tx.articles.gone("rfa:none", NOON, 404)


def test_a_page_that_was_gone_comes_back(store):
    with store.begin() as tx:
        tx.articles.put(article(), now=NOON)
        tx.articles.gone("rfa:one", NOON, 404)
        tx.articles.set_state("rfa:one", "gone")
        assert tx.articles.row("rfa:one").state == "gone"
        result = tx.articles.put(article(), now=NOON + HOUR)
        row = tx.articles.row("rfa:one")

    assert (result.status, result.came_back) == (PutStatus.SAME, True)
    assert (row.state, row.gone_count) == ("live", 0)


def test_a_source_knows_how_many_of_its_pages_vanished_together(store):
    with store.begin() as tx:
        for number in range(4):
            tx.articles.put(article(f"rfa:{number}"), now=NOON)
        tx.articles.put(article("voa:1", source="other"), now=NOON)
        assert tx.articles.rechecked("example", NOON) == (0, 0)
        tx.articles.alive("rfa:0", NOON + HOUR)
        tx.articles.put(article("rfa:1"), now=NOON + HOUR)
        tx.articles.gone("rfa:2", NOON + HOUR, 404)
        tx.articles.gone("voa:1", NOON + HOUR, 404)

        assert tx.articles.rechecked("example", NOON + HOUR) == (3, 1)
        assert tx.articles.rechecked("example", NOON + DAY) == (0, 0)


def test_what_is_due_to_be_read_again_comes_in_order(store):
    with store.begin() as tx:
        for number, minutes in ((1, 5), (2, 1), (3, 60)):
            tx.articles.put(article(f"rfa:{number}"), now=NOON)
            tx.articles.set_recheck(f"rfa:{number}", NOON + minutes * MINUTE)

        assert [row.key for row in tx.articles.due_recheck(NOON + 10 * MINUTE)] == ["rfa:2", "rfa:1"]
        assert [row.key for row in tx.articles.due_recheck(NOON + DAY, limit=1)] == ["rfa:2"]
        assert tx.articles.due_recheck(NOON + DAY, source="other") == []
        assert tx.articles.row("rfa:1").checks == 1


def test_articles_are_listed_newest_first_without_canaries(store):
    with store.begin() as tx:
        for number in range(3):
            tx.articles.put(article(f"rfa:{number}"), now=NOON + number * HOUR)
        tx.articles.put(article("canary:1"), now=NOON + DAY, canary=True)

        assert [row.key for row in tx.articles.list()] == ["rfa:2", "rfa:1", "rfa:0"]
        assert [row.key for row in tx.articles.list(limit=1)] == ["rfa:2"]
        assert [row.key for row in tx.articles.list(since=NOON + HOUR, until=NOON + 2 * HOUR)] == ["rfa:1"]
        assert tx.articles.list(source="other") == []
        assert [one.key for one in tx.articles.each()] == ["rfa:0", "rfa:1", "rfa:2"]
        assert [one.key for one in tx.articles.each(NOON + HOUR)] == ["rfa:1", "rfa:2"]
        assert tx.articles.arrivals("example", 2) == [NOON + 2 * HOUR, NOON + HOUR]


def test_the_heads_of_many_keys_are_found_at_once(store):
    with store.begin() as tx:
        for number in range(3):
            tx.articles.put(article(f"rfa:{number}"), now=NOON)
        heads = tx.articles.heads([f"rfa:{number}" for number in range(1200)])

    assert sorted(heads) == ["rfa:0", "rfa:1", "rfa:2"]


def test_backlog_can_be_set_and_unset(store):
    with store.begin() as tx:
        tx.articles.put(article(), now=NOON, backlog=True)
        tx.articles.set_backlog("rfa:one", False)

        assert not tx.articles.row("rfa:one").backlog
