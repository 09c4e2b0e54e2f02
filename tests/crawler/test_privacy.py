"""What of comments and names may be stored, and that holding less neither loses news nor invents a correction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.policy import policy_of
from crawler.pseudonyms import Pseudonyms
from crawler.settings import Settings
from rules.compile import load_rules
from state.article import Article, Comment
from state.clock import ManualClock
from state.records import NoticeKind
from state.store import Store
from state.store.articles import PutStatus
from state.store.audit import audit
from tests.crawler.test_pipeline import CONFIGURED, RULES, START, Desk, article

CHATTER = "The river was high this morning and my boat is gone."
NEWS = "Candlelight councilor Ros Phanna defected to the CPP today."
REPLY = f"I had tea with my uncle in Testville. {NEWS} He told me about his knee."
MATCH_ONLY = {"comments": "match-only"}


@pytest.fixture
def desk() -> Iterator[Desk]:
    store = Store.in_memory()
    settings = Settings.model_validate(CONFIGURED)
    ruleset = load_rules([("rules.yaml", RULES)]).ruleset
    yield Desk(settings, ruleset, policy_of(settings), store, ManualClock(START))
    store.close()


def held(desk: Desk, **privacy: str) -> None:
    """Put a choice of privacy in force."""
    desk.settings = Settings.model_validate(CONFIGURED | {"privacy": privacy})


def topic(*replies: str, **more: Any) -> Article:
    comments = tuple(
        Comment(
            text=text, id=str(number), author=f"Writer {number}", quoted=("Said before.",), posted_at=START
        )
        for number, text in enumerate(replies)
    )
    first = "A topic about the river and its fish, begun long ago by somebody who likes both."
    facts = {"title": "River talk", "source": "board", "comments": comments, "byline": ("Opener",)}
    return article(first, **(facts | {"provenance": {"posts": 1 + len(replies)}} | more))


def stored(desk: Desk, key: str = "board:one") -> Article:
    with desk.store.read() as tx:
        found = tx.articles.get(key)
    assert found is not None
    return found


def given_up(desk: Desk, key: str = "board:one") -> list[bool]:
    with desk.store.read() as tx:
        return [row.record is None and row.pruned_at is not None for row in tx.responses.of(key)]


def test_of_replies_only_the_sentence_that_rang_is_stored(desk: Desk) -> None:
    held(desk, **MATCH_ONLY)

    done = desk.takes(topic(CHATTER, REPLY))

    assert [notice.events[0].quote for notice in done.notices] == [NEWS]
    assert [(item.text, item.author, item.quoted) for item in stored(desk).comments] == [
        ("", None, ()),
        (NEWS, None, ()),
    ]
    assert given_up(desk) == [True]
    with desk.store.read() as tx:
        assert tx.matches.of("board:one")[0].match.spans[0].quote == "Candlelight"


def test_what_remains_of_replies_is_no_edit_when_the_topic_goes_on(desk: Desk) -> None:
    held(desk, **MATCH_ONLY)
    desk.takes(topic(CHATTER, REPLY))
    desk.send_all()
    left = stored(desk)

    again = desk.takes(topic(CHATTER, REPLY))
    # As a topic is read: what is stored, and the posts of the last page.
    more = Comment(text="Nice weather.", id="2", author="Writer 2", posted_at=START)
    longer = desk.takes(replace(left, comments=(*left.comments, more)))

    assert again.status is PutStatus.SAME
    assert (longer.status, longer.notices) == (PutStatus.REVISED, ())
    assert [item.text for item in stored(desk).comments] == ["", NEWS, ""]


def test_a_later_reply_rings_though_the_others_are_gone(desk: Desk) -> None:
    held(desk, **MATCH_ONLY)
    desk.takes(topic(CHATTER))

    done = desk.takes(topic(CHATTER, REPLY), fresh_posts=frozenset({1}))

    assert [notice.kind for notice in done.notices] == [NoticeKind.ALERT]


def test_comments_under_an_article_go_but_those_that_matched(desk: Desk) -> None:
    held(desk, **MATCH_ONLY)
    comments = topic(CHATTER, CHATTER, REPLY).comments

    done = desk.takes(article(CHATTER, title="River talk", comments=comments), fresh_posts=frozenset({-1, 2}))

    assert [item.text for item in stored(desk, "rfa:one").comments] == [NEWS]
    assert [event.quote_at.field for event in done.notices[0].events] == ["/comments/0/text"]


def test_words_that_say_it_only_together_are_kept_together(desk: Desk) -> None:
    held(desk, **MATCH_ONLY)
    apart = "Candlelight is no more. Tea was good. They all joined. Coffee, too."

    desk.takes(topic(apart))

    assert [item.text for item in stored(desk).comments] == ["Candlelight is no more. They all joined."]


def test_what_was_stored_whole_is_cut_when_the_key_is_set_and_nobody_is_told_again(desk: Desk) -> None:
    desk.takes(topic(CHATTER, REPLY))
    desk.send_all()
    held(desk, **MATCH_ONLY)
    desk.clock.advance(timedelta(hours=1))

    done = desk.takes(stored(desk))

    assert (done.status, done.notices) == (PutStatus.REVISED, ())
    assert [item.text for item in stored(desk).comments] == ["", NEWS]


def test_users_are_stored_under_pseudonyms_and_reporters_under_their_names(
    desk: Desk, tmp_path: Path
) -> None:
    desk.names = Pseudonyms(tmp_path)
    deleted = {"posts": 2, "deleted": [{"id": "9", "author": "Goner"}]}

    desk.takes(topic(REPLY, provenance=deleted))
    desk.takes(article(byline=("Reporter Example",), comments=topic(CHATTER).comments))

    forum, news = stored(desk), stored(desk, "rfa:one")
    hidden = desk.names.name
    assert (forum.byline, forum.comments[0].author) == ((hidden("Opener"),), hidden("Writer 0"))
    assert forum.provenance["deleted"] == [{"id": "9", "author": hidden("Goner")}]
    assert (news.byline, news.comments[0].author) == (("Reporter Example",), hidden("Writer 0"))
    assert given_up(desk) == given_up(desk, "rfa:one") == [True]


def test_a_pseudonym_is_not_hidden_again_and_no_edit(desk: Desk, tmp_path: Path) -> None:
    desk.takes(topic(REPLY))
    desk.send_all()
    desk.names = Pseudonyms(tmp_path)

    first = desk.takes(topic(REPLY))
    again = desk.takes(stored(desk))
    whole = desk.takes(article(byline=("Reporter Example",)))

    assert (first.status, first.notices) == (PutStatus.REVISED, ())
    assert again.status is PutStatus.SAME
    assert whole.status is PutStatus.NEW
    assert given_up(desk, "rfa:one") == [False]


def test_the_audit_finds_no_gap_where_less_is_held(desk: Desk, tmp_path: Path) -> None:
    held(desk, **MATCH_ONLY)
    desk.names = Pseudonyms(tmp_path)
    desk.takes(topic(CHATTER, REPLY))

    with desk.store.begin() as tx:
        tx.seals.seal(desk.clock.now())
    with desk.store.read() as tx:
        assert audit(tx).gaps == ()


def test_a_writer_in_a_forums_feed_is_a_user_whatever_the_text_looks_like(desk: Desk, tmp_path: Path) -> None:
    desk.names = Pseudonyms(tmp_path)

    desk.takes(article(source="board", byline=("Opener",)), rendering="feed")

    assert stored(desk).byline == (desk.names.name("Opener"),)
