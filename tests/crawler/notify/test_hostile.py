"""Whatever a page says, a message is made, fits, and ends in its id."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.notify.compose import compose
from crawler.notify.plain import one_line
from state.records import Claim, NoticeKind
from tests.crawler.notify.made import event, one, reader, threat, told

ANY = st.text(max_size=600)
SOME = st.one_of(st.none(), st.text(max_size=300))


@settings(max_examples=150, deadline=None)
@given(
    quote=ANY, actor=SOME, from_=SOME, to=SOME, by=SOME, said_by=SOME, count=SOME, date=SOME,
    claim=st.sampled_from(Claim), headline=st.text(max_size=200), words=st.lists(st.text(max_size=20), max_size=3),
    notice=st.sampled_from(NoticeKind), content=st.sampled_from(["full", "discreet"]), is_threat=st.booleans(),
)  # fmt: skip
def test_a_message_is_made_of_anything(
    quote, actor, from_, to, by, said_by, count, date, claim, headline, words, notice, content, is_threat
):
    keys = {
        "actor": actor,
        "from_": from_,
        "to": to,
        "by": by,
        "said_by": said_by,
        "count": count,
        "date": date,
    }
    made = (
        threat(**keys, claim=claim)
        if is_threat
        else event(quote, **keys, claim=claim, claim_words=tuple(words))
    )
    facts = {"changed": ["claim"], "was": {"claim": "reported", "quote": quote}, "now": {"claim": "denied"}}
    number = 1 if notice == NoticeKind.ALERT else 2
    item = told(
        made, kind="dissolution" if is_threat else "defection", headline=headline, notice=notice, number=number,
        facts=facts, matched=tuple(words), earlier_headline=headline,
    )  # fmt: skip
    composed = one(item, content=content)
    lines = composed.body.split("\n")
    assert len(composed.body) < 900
    assert lines[-1] == item.id
    assert lines[0].startswith("HIGH · ")
    assert composed.body.splitlines() == lines, "nothing but our own line ends"
    if content == "full":
        assert one_line(headline) in lines
        assert "https://www.example.org/english/news/example.html" in lines
    assert "<script" not in (composed.html or "")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=300), min_size=2, max_size=25))
def test_a_list_leaves_nobody_out(headlines: list[str]) -> None:
    items = [
        told(event(), id=f"A-{n:04x}", story=f"S-{n}", headline=text) for n, text in enumerate(headlines)
    ]
    made = compose(items, reader())
    told_ids = [notice for part in made for notice in part.notices]
    assert sorted(told_ids) == sorted((item.alert.id, 1) for item in items)
    assert all(len(part.body) < 890 for part in made)
