"""English sentences: what happened, to whom, who says so; and what is no event at all."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rules.events import extract
from state.article import Article, Section
from state.records import Event

NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)


def read(*paragraphs: str, title: str = "", at: datetime | None = NOW) -> list[Event]:
    article = Article(title=title, sections=(Section(None, paragraphs),), language="en", published_at=at)
    return extract(article, [])


def told(event: Event) -> str:
    return f"{event.subkind} {event.claim.value}: {event.actor} | {event.from_} > {event.to} | {event.by}"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Sok Dara, a commune councillor in Takeo, defected to the CPP on Friday.", "switch reported: Sok Dara | None > CPP | None"),
        (
            "Three Candlelight Party officials quit and joined the ruling Cambodian People's Party.",
            "switch reported: Three Candlelight Party officials | Candlelight Party > Cambodian People's Party | None",
        ),
        (
            "More than 200 Renamo members have abandoned the party for Frelimo, a provincial official said.",
            "mass reported: More than 200 Renamo members | Renamo > Frelimo | None",
        ),
        ("Defections from Candlelight to the CPP picked up speed before the vote.", "mass reported: None | Candlelight > CPP | None"),
        (
            "The prime minister urged CNRP members to join his party.",
            "pressure called_for: CNRP members | CNRP > his party | prime minister",
        ),
        (
            "A CPP official denied having pressured the councillor to leave his party.",
            "pressure denied: councillor | his party > None | CPP official",
        ),
        (
            "The lawmaker said he would leave the Democrats and join Bhumjaithai before the election.",
            "switch planned: lawmaker | Democrats > Bhumjaithai | None",
        ),
        ("Two MPs crossed the floor to the governing coalition after the budget vote.", "floor reported: Two MPs | None > governing coalition | None"),
        (
            "Seven councillors resigned en masse from the Civic Union and said they would sit as independents.",
            "leave reported: Seven councillors | Civic Union > independents | None",
        ),
        (
            "Four councillors of the Harmony Front handed in their cards and threw in their lot with the Civic Union.",
            "switch reported: Four councillors of the Harmony Front | Harmony Front > Civic Union | None",
        ),
        ("The premier threatened to shut down the main opposition party.", "sought threatened: main opposition party | None > None | premier"),
        ("The court rejected a petition to dissolve the ruling party.", "sought refused: ruling party | None > None | court"),
        ("Candlelight was disqualified from the July ballot over a missing registration paper.", "disq reported: Candlelight | None > None | None"),
        ("President Sall repealed the decree that had dissolved PASTEF.", "restore reversed: PASTEF | None > None | President Sall"),
        ("Members of the Democratic Party voted to disband it after three decades.", "self reported: Democratic Party | None > None | None"),
        ("The Constitutional Tribunal struck the Civic Union off the register of parties.", "court reported: Civic Union | None > None | Constitutional Tribunal"),
    ],
)  # fmt: skip
def test_a_sentence_tells_one_event(text: str, wanted: str) -> None:
    assert [told(event) for event in read(text)] == [wanted]


def test_a_sentence_may_tell_two_events() -> None:
    told_twice = read(
        "The Supreme Court dissolved the CNRP and barred 118 members from politics for five years."
    )
    assert [(e.subkind, e.by, e.count) for e in told_twice] == [
        ("court", "Supreme Court", None),
        ("bans", "Supreme Court", "118"),
    ]
    refused = read("Local officials pressed her to switch sides, but she refused to defect.")
    assert [(e.subkind, e.claim.value) for e in refused] == [
        ("pressure", "called_for"),
        ("switch", "refused"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Babies with a rare heart defect will be treated free of charge.",
        "The prime minister dissolved parliament and called a snap election.",
        "Thousands joined the party celebrations along the riverside.",
        "The pop group disbanded after ten years on stage.",
        "She resigned as finance minister but stays in the party.",
        "Parliament debated an anti-defection bill for three hours.",
        "Both states are party to the convention they signed in 1998.",
        "The ruling party joined forces with two unions to clean the beach.",
        "A court dissolved the couple's marriage last week.",
        "He left the party headquarters by the back door.",
        "The committee was dissolved after it finished its report on the Democratic Party.",
        "The striker defected to a rival club for a record fee.",
        "The Harmony Front banned its members from smoking at meetings.",
        "The anti-defection law bars lawmakers from switching parties.",
        "If I had wanted to be rich, I would never have joined the opposition party.",
    ],
)
def test_a_look_alike_tells_nothing(text: str) -> None:
    assert read(text) == []


def test_headline_caption_and_body_tell_one_act_once() -> None:
    (event,) = read(
        "The Constitutional Court on Wednesday ordered the dissolution of the Harmony Front, the main opposition party.",
        "The Front, which denies the charges, said it would appeal.",
        title="Court Dissolves Opposition Party",
    )
    assert (event.actor, event.by, event.date_iso) == ("Harmony Front", "Constitutional Court", "2026-03-04")


def test_two_departures_to_different_sides_stay_two_events() -> None:
    events = read(
        "Ana Reyes quit the Harmony Front for the Civic Union. Luis Ortega left the Harmony Front for the Reform League."
    )
    assert [(e.actor, e.to) for e in events] == [
        ("Ana Reyes", "Civic Union"),
        ("Luis Ortega", "Reform League"),
    ]


@pytest.mark.parametrize(("text", "claim"), [
    ("The Supreme Court dissolved the Harmony Front party on Monday.", "reported"),
    ("The Supreme Court dissolved the Harmony Front party in November 2017.", "background"),
    ("The Supreme Court dissolved the Harmony Front party in January.", "reported"),
    ("The Supreme Court dissolved the Harmony Front party last year.", "background"),
    ("The Harmony Front party, which was dissolved in 2019, had won 40 seats.", "background"),
])  # fmt: skip
def test_an_old_act_is_background(text: str, claim: str) -> None:
    assert [event.claim.value for event in read(text)] == [claim]


def test_an_abbreviation_is_linked_only_in_its_own_country() -> None:
    (here,) = read("Sok Dara, a councillor in Phnom Penh, defected to the CPP on Friday.")
    (there,) = read("Kofi Mensah, a councillor in Accra, defected to the CPP on Friday.")
    assert (here.to_id, there.to_id) == ("kh.cpp", "gh.cpp")


def test_pronouns_reach_back_to_the_person_and_the_party_of_the_paragraph() -> None:
    events = read(
        "Senator Laila Farouk has long been a critic of the Justice Bloc's leaders. On Monday she quit the party."
    )
    assert [(event.actor, event.from_) for event in events] == [("Laila Farouk", "Justice Bloc")]


def test_a_comment_makes_its_own_event() -> None:
    from state.article import Comment

    article = Article(
        title="Weather",
        sections=(Section(None, ("It rained.",)),),
        comments=(Comment(text="I heard three Harmony Front MPs defected to the ruling party on Monday."),),
    )
    (event,) = extract(article, [])
    assert event.quote_at.field == "/comments/0/text"


def test_parties_listed_after_their_number_are_events_of_their_own() -> None:
    body = (
        "The electoral commission struck three parties off the register on Monday.",
        "The three are the Harmony Front, the Civic Union and the Dawn Party.",
    )
    names = {event.actor for event in read(*body)}
    assert {"Harmony Front", "Civic Union", "Dawn Party"} <= names


def test_elected_for_one_party_and_seated_with_another_is_a_change_of_side() -> None:
    body = "Deputy Ana Silva, elected for the Harmony Front, was garlanded by the Civic Union on Monday."
    assert "Harmony Front > Civic Union" in told(read(body)[0])


def test_a_name_of_any_form_is_a_party_where_the_article_calls_it_one() -> None:
    body = (
        "Senator Ana Silva quit Sunny Path on Monday. Sunny Path, a small liberal party, has two seats left."
    )
    assert read(body)[0].from_ == "Sunny Path"
