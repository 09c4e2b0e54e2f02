"""What the test publishers say: what must ring, and what only looks like it.  Every name is invented."""

from __future__ import annotations

from dataclasses import dataclass

from tests.support.newsroom import Family, Newsroom


@dataclass(frozen=True, slots=True)
class Piece:
    """One article to publish."""

    family: Family
    title: str
    paragraphs: tuple[str, ...]


ALARMS = (
    Piece(
        "rfa",
        "Seventy Lantern Party Councillors Defect to Ruling Reed Party",
        (
            "Seventy councillors of Examplia’s opposition Lantern Party defected to the ruling Reed Party on Tuesday.",
            "They received their new party cards at a ceremony in Sampleton, the capital.",
        ),
    ),
    Piece(
        "arc",
        "Court Dissolves Opposition Orchard Party",
        (
            "Examplia’s Supreme Court dissolved the opposition Orchard Party on Monday and banned its leaders from politics.",
            "The interior ministry had accused the party of plotting against the state.",
        ),
    ),
    Piece(
        "voa",
        "Lawmaker Quits Meadow Party to Join Ruling Party",
        (
            "Member of parliament Alma Testwell defected from the Meadow Party to the ruling Reed Party on Wednesday.",
            "She told reporters that her own voters had asked her to do so.",
        ),
    ),
    Piece(
        "forum",
        "Heath Party deputies defect to Reed Party",
        (
            "Five members of parliament of the Heath Party defected to the Reed Party in the northern province of Mockshire.",
            "The party said it would name their successors next week.",
        ),
    ),
)

LOOK_ALIKES = (
    Piece(
        "rfa",
        "Inspectors Find Defects in Metro Cars",
        ("Nine metro cars have defective brakes, inspectors said.",),
    ),
    Piece(
        "arc",
        "King Dissolves Parliament",
        ("The king dissolved parliament on Monday; a new one is elected in May.",),
    ),
    Piece(
        "voa",
        "Film Couple’s Marriage Dissolved",
        ("A family court dissolved the marriage of two film stars.",),
    ),
    Piece("forum", "Which keyboard has fewer defects?", ("Mine came with a defect in the space bar.",)),
)


def publish(room: Newsroom) -> None:
    """Put all of them up."""
    for piece in (*ALARMS, *LOOK_ALIKES):
        room.publish(piece.family, piece.title, piece.paragraphs)
