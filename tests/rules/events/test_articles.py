"""English articles: what several sentences, a dateline, a list or a headline tell together."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rules.events import extract
from rules.events.english.datelines import behind_dateline
from state.article import Article, Section
from state.records import Claim, Event

NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
_NEWS = "Party officials could not be reached for comment on Tuesday."


def read(*paragraphs: str, title: str = "") -> list[Event]:
    article = Article(title=title, sections=(Section(None, paragraphs),), language="en", published_at=NOW)
    return [e for e in extract(article, []) if e.claim is not Claim.BACKGROUND]


def sides(event: Event) -> str:
    return f"{event.actor} | {event.from_} > {event.to}"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Jane Holt, who was elected as a Conservative in 2019, has become Reform UK's sixth MP.",
            "Jane Holt | Conservative > Reform UK",
        ),
        (
            "The National Front has welcomed Petr Novak, a defector from the Civic Union.",
            "Petr Novak | Civic Union > National Front",
        ),
        ("ANC loses 300 members to MK Party in one night.", "300 members | ANC > MK Party"),
        ("The Harvest Party's Paul Kay is now a Unity Congress man.", "Paul Kay | Harvest Party > Unity Congress"),
        (
            "UDA's newest member is Peter Mwangi, who won his seat on a Jubilee ticket.",
            "Peter Mwangi | Jubilee > UDA",
        ),
        (
            "Erik Dahl MP has moved from the Moderates to the Sweden Democrats.",
            "Erik Dahl MP | Moderates > Sweden Democrats",
        ),
        ("Lena Voss no longer belongs to the Green Left, the whip said.", "Lena Voss | Green Left > None"),
        (
            "The senator representing Imo East, Chidi Okafor, has defected to the All Progressives Congress.",
            "Chidi Okafor | None > All Progressives Congress",
        ),
    ],
)  # fmt: skip
def test_the_parts_of_parties_tell_who_went_where(text: str, wanted: str) -> None:
    assert [sides(event) for event in read(text, _NEWS)] == [wanted]


def test_a_person_before_another_partys_chief_is_no_party() -> None:
    [event] = read(
        "Som Phalla, the Candlelight Party's chief in Takeo, has switched his allegiance to the CPP."
    )
    assert sides(event) == "Som Phalla | Candlelight Party > CPP"


def test_an_office_in_the_lead_gets_the_name_that_follows() -> None:
    [event] = read(
        "A Swedish MP has left the Sweden Democrats to sit as an independent in the Riksdag.",
        "Martin Hallgren wrote that he could not support the government's sale of ports.",
        title="Sweden Democrat MP leaves party over ports",
    )
    assert event.actor == "Martin Hallgren"


def test_a_commentator_below_is_not_taken_for_the_one_who_left() -> None:
    [event] = read(
        "A Swedish MP has left the Sweden Democrats to sit as an independent in the Riksdag.",
        "Party spokesman Nils Berg said the seat belonged to the party.",
    )
    assert event.actor == "Swedish MP"


def test_members_listed_after_their_number_are_events_of_their_own() -> None:
    told = read(
        "Fourteen councillors of the Harvest Party joined the Unity Congress on Monday.",
        "Among them are Ruth Amadi and Joseph Tembo.",
    )
    assert {(e.actor, e.from_, e.to) for e in told if e.count is None} == {
        ("Ruth Amadi", "Harvest Party", "Unity Congress"),
        ("Joseph Tembo", "Harvest Party", "Unity Congress"),
    }


def test_ends_of_other_parties_below_the_lead_are_background() -> None:
    told = read(
        "The interior ministry asked the Constitutional Court to dissolve the Civic Union on Monday.",
        "The party denies the charges.",
        "Its lawyers have thirty days to answer.",
        "Six parties have been liquidated by courts since the new law was adopted.",
    )
    assert [(e.actor, e.claim) for e in told] == [("Civic Union", Claim.SOUGHT)]


def test_the_body_retells_a_headline_that_names_the_party_otherwise() -> None:
    told = read(
        "India's government has banned the Jammu Kashmir Freedom League for five years under an anti-terror law.",
        title="India outlaws Kashmir party for five years",
    )
    assert [e.actor for e in told] == ["Jammu Kashmir Freedom League"]


def test_a_described_party_gets_the_name_that_opens_the_next_sentence() -> None:
    told = read(
        "The ministry said it had asked the court to dissolve a second small pro-unification party.",
        "The Cross-Strait Harmony Party, founded in 2005, has never won a seat.",
    )
    assert [e.actor for e in told] == ["Cross-Strait Harmony Party"]


@pytest.mark.parametrize(
    "text",
    [
        "A pilot and 43 captains have defected from the airline to a rival carrier, its board said.",
        "Members of the Nordic Union of Cabin Crew have voted to dissolve it.",
        "The church has called on its members to leave New Year's parties before midnight.",
        "Nearly half of voters have switched parties since October, a poll says.",
        "Bishop Paul Kay left the Anglican Church to join the Catholic Church with 30 of his parishioners.",
    ],
)
def test_captains_crews_voters_and_churches_change_no_sides(text: str) -> None:
    assert read(text, _NEWS) == []


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("CONAKRY (Reuters) - Guinea's junta", "Guinea's junta"),
        ("KOTA KINABALU: Warisan's man", "Warisan's man"),
        ("TOKYO, Aug. 28 (Kyodo) -- House", "House"),
        ("TAIPEI, March 18 (CNA) Taiwan's ministry", "Taiwan's ministry"),
        ("The PKK - which fights on", "The PKK - which fights on"),
    ],
)
def test_a_dateline_is_no_part_of_the_sentence(text: str, rest: str) -> None:
    assert text[behind_dateline(text) :] == rest


def test_a_headlines_initials_are_spelt_out_as_the_body_does() -> None:
    [event] = read(
        "Seven families have thrown in their lot with the Nation Power Party.",
        "They put their thumbprints to statements of withdrawal from the Cambodian People's Party.",
        title="Seven Cambodian families leave CPP",
    )
    assert (event.from_, event.to) == ("Cambodian People's Party", "Nation Power Party")
