"""What a rule costs is counted by a clock that the test turns."""

from itertools import count

from rules.profile import Profile
from tests.rules.rulebook import article, rules

BOOK = "id: a\nquery: defected NEAR/3 floor\n---\nid: b\nquery: crossed\nevents: [defection]\n"
TEXTS = ["They defected on the floor.", "They defected.", "He crossed the floor for the Reed Party.", "No."]


def test_looks_matches_and_ticks_are_counted_for_each_rule() -> None:
    profile = Profile(rules(BOOK), count(step=10).__next__)
    profile.take(map(article, TEXTS))

    a, b = profile.costs["a"], profile.costs["b"]
    assert (a.looked, a.matched, a.asking, a.reading) == (1, 1, 10, 0)
    assert (b.looked, b.matched, b.asking, b.reading) == (1, 1, 10, 10)
    assert (profile.articles, profile.scanning, profile.choosing) == (4, 40, 40)


def test_the_commonest_anchor_comes_first() -> None:
    profile = Profile(rules("id: a\nquery: crossed OR defected"), count().__next__)
    profile.take(map(article, [*TEXTS, "defected"]))

    assert profile.anchors("a", 5) == [("defected", 0.6), ("crossed", 0.2)]
    assert profile.anchors("a", 1) == [("defected", 0.6)]
