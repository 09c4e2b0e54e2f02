"""A rule whose rarest necessary words are common, so that it is looked at for many articles."""

from __future__ import annotations

from collections.abc import Iterator

from rules.compile import Ruleset
from rules.lint.issue import Issue
from rules.rarity import Rarity

_OFTEN = 0.05


def check(ruleset: Ruleset) -> Iterator[Issue]:
    """Yield rules whose anchor is estimated to stand in more than one article of twenty."""
    rarity, engine = Rarity(), ruleset.engine
    for one in engine.prepared:
        share = min(1.0, sum(rarity.share(engine.needles[number]) for number in one.anchor.first))
        if one.anchor.first and share > _OFTEN and not one.rule.slow:
            words = ", ".join(sorted(engine.needles[number].text.strip() for number in one.anchor.first)[:4])
            yield Issue(
                "common-anchor",
                one.rule.id,
                one.rule.place,
                f"all its words are common: it is looked at for about {share:.0%} of articles, because of {words}",
                "ask for one rare word with AND or NEAR, or accept the cost with slow: true",
            )
