"""``tocsin rules profile``: what each rule costs."""

from __future__ import annotations

import time
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from crawler.cli.corpus import corpus
from crawler.cli.ending import FAILED, Ending, count
from crawler.cli.frame import Invocation, Verb
from crawler.cli.options import LIMIT, SINCE
from crawler.cli.ruleset import usable
from crawler.cli.screen import show

if TYPE_CHECKING:
    from rules.profile import Cost, Profile

_COLUMNS = {
    "rule": "rule",
    "time": "time",
    "per_article": "µs/article",
    "looked": "looked at",
    "matched": "matched",
    "anchors": "because of",
}
_ANCHORS = 4


@click.command("profile", cls=Verb)
@click.argument("files", nargs=-1, metavar="[FILE...]")
@click.option("--rules", "names", multiple=True, metavar="X", help="pack name or path; may be repeated")
@click.option("--since", type=SINCE, metavar="30d|DAY", help="only stored articles first seen since then")
@click.option("--limit", type=LIMIT, default=2000, show_default=True, help="how many articles to read")
@click.pass_obj
def profiled(
    invocation: Invocation,
    /,
    files: tuple[str, ...],
    names: tuple[str, ...],
    since: datetime | None,
    limit: int,
) -> Ending:
    """Measure what each rule costs on stored articles, or on FILE, and which words make it be looked at.

    The dearest rule comes first; time is its share of all the time spent, in which folding and scanning an
    article counts once for all rules. A word that stands in many articles is a bad anchor: ask for a rarer
    one beside it.
    """
    from rules.profile import Profile

    profile = Profile(usable(invocation, names), time.perf_counter_ns)
    with corpus(invocation, files, since, "profile") as articles:
        profile.take(islice(articles, limit))
    if not profile.articles:
        return Ending("No article was read", FAILED, "tocsin rules profile FILE")
    costs = sorted(profile.costs.values(), key=lambda cost: (-cost.total, cost.rule))
    shared = profile.scanning + profile.choosing
    whole = shared + sum(cost.total for cost in costs) or 1
    show(invocation, [_row(profile, cost, whole, invocation.as_json) for cost in costs], _COLUMNS)
    said = (
        f"{count(profile.articles, 'article')}, {whole / profile.articles / 1000:,.0f} µs each: folding and "
        f"scanning {profile.scanning / whole:.0%}, choosing {profile.choosing / whole:.0%}, "
        f"rules {sum(cost.asking for cost in costs) / whole:.0%}, "
        f"reading events {sum(cost.reading for cost in costs) / whole:.0%}"
    )
    if articles.unread:
        return Ending(f"Partly done. {said}; {articles.unread:,} could not be read", FAILED)
    return Ending(f"Done. {said}")


def _row(profile: Profile, cost: Cost, whole: int, as_json: bool) -> dict[str, Any]:
    anchors = profile.anchors(cost.rule, _ANCHORS)
    if as_json:
        return {
            "rule": cost.rule,
            "share": round(cost.total / whole, 4),
            "asking_us": round(cost.asking / profile.articles / 1000, 2),
            "reading_us": round(cost.reading / profile.articles / 1000, 2),
            "articles": profile.articles,
            "looked": cost.looked,
            "matched": cost.matched,
            "anchors": dict(anchors),
        }
    return {
        "rule": cost.rule,
        "time": f"{cost.total / whole:.1%}",
        "per_article": f"{cost.total / profile.articles / 1000:,.1f}",
        "looked": f"{cost.looked / profile.articles:.0%}",
        "matched": f"{cost.matched / profile.articles:.0%}",
        "anchors": ", ".join(f"{word} {share:.0%}" for word, share in anchors),
    }
