"""A rule whose rarest necessary words are common, so that it is looked at for many articles."""

from __future__ import annotations

from collections.abc import Iterator

from rules.compile import Ruleset
from rules.lint.issue import Issue
from rules.rarity import Rarity

_OFTEN = 0.1


def check(ruleset: Ruleset) -> Iterator[Issue]:
    """Yield rules whose anchor is known to stand in more than one article of ten.

    Only words of the shipped table count, the most common one: what many rare ones come to would be a guess.
    """
    rarity, engine = Rarity(), ruleset.engine
    for one in engine.prepared:
        known = {number: rarity.known(engine.needles[number]) for number in one.anchor.first}
        share = max(known.values(), default=0.0)
        if share > _OFTEN and not one.rule.slow:
            common = sorted(known, key=lambda number: -known[number])[:4]
            words = ", ".join(engine.needles[number].text.strip() for number in common)
            yield Issue(
                "common-anchor",
                one.rule.id,
                one.rule.place,
                f"all its words are common: it is looked at for about {share:.0%} of articles or more, because of {words}",
                "ask for one rare word with AND or NEAR, or accept the cost with slow: true",
            )
