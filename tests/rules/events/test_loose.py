"""Acts in words that no frame reads: they ring as a loose event, and their look-alikes do not."""

from __future__ import annotations

import pytest

from rules.events.draft import Where
from rules.events.english.loose import Sentence, may_tell_loosely, read_loosely
from state.records import Claim


def _lead(title: str, body: str) -> list[Sentence]:
    return [
        Sentence(Where("/title", 0, len(title), 0, headline=True), title),
        Sentence(Where("/sections/0/paragraphs/0", 0, len(body), 1), body),
    ]


@pytest.mark.parametrize(
    ("title", "body", "kind", "claim"),
    [
        ("Deputy to sit elsewhere", "She posted her card to the treasurer.", "defection", Claim.REPORTED),
        ("Mayor's letter torn up", "The mayor took back his resignation.", "defection", Claim.REVERSED),
        ("Night visit", "An MP was pressed to abandon Zora Nova.", "defection", Claim.SOUGHT),
        (
            "End of the road",
            "A party in Lome has voted itself out of existence.",
            "dissolution",
            Claim.REPORTED,
        ),
        ("Party's papers", "The ministry revoked its certificate.", "dissolution", Claim.REPORTED),
        (
            "Party alive",
            "It is untrue, a spokesman said, denying that it ceased to exist.",
            "dissolution",
            Claim.DENIED,
        ),
    ],
)
def test_a_phrase_of_the_lead_that_no_frame_reads_is_an_event_with_its_own_claim(
    title: str, body: str, kind: str, claim: Claim
) -> None:
    lead = _lead(title, body)
    assert may_tell_loosely([s.text for s in lead])
    assert [(d.kind, d.claim) for d in read_loosely(lead, [])] == [(kind, claim)]


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Coach walks out on Rovers", "The club's captain, a former mayor, switched sides."),
        ("Why MPs cross the floor", "A deputy handed in her card."),
        ("House rises", "Party leaders agreed to dissolve the House."),
        ("New rule", "The party banned members from sharing pictures."),
        ("Old times", "The deputy walked out on Zora Nova in 1994."),
        ("Company news", "The company ceased to exist; its party was cancelled."),
        ("Rent", "He handed in his card and left the gym."),
    ],
)
def test_the_same_phrases_of_other_worlds_are_none(title: str, body: str) -> None:
    assert read_loosely(_lead(title, body), []) == []


def test_what_a_frame_has_read_is_left_alone() -> None:
    lead = _lead("Deputy to sit elsewhere", "She posted her card to the treasurer.")
    assert read_loosely(lead, read_loosely(lead, [])) == []


def test_the_side_beside_the_phrase_is_filled_and_nothing_else() -> None:
    left = read_loosely(_lead("Night visit", "An MP was pressed to abandon Zora Nova."), [])
    ended = read_loosely(_lead("Party talks", "Two bishops want the court to outlaw the Zora Nova."), [])
    assert [(d.actor, d.from_, d.to) for d in left] == [(None, "Zora Nova", None)]
    assert [(d.actor, d.from_, d.to) for d in ended] == [("Zora Nova", None, None)]
