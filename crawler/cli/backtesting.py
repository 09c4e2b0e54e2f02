"""``tocsin rules backtest``: what rules would have rung on articles already read."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from crawler.cli.corpus import corpus
from crawler.cli.ending import FAILED, Ending, count
from crawler.cli.frame import Invocation, Verb, emit
from crawler.cli.options import SINCE
from crawler.cli.ruleset import compiled, usable
from crawler.cli.screen import safe, show
from crawler.notify.labels import FALLBACK, labels

if TYPE_CHECKING:
    from rules.backtest import Backtest, Hit, Sample, Tally
    from rules.compile import Ruleset

_BAR, _WEEKS, _WIDTH = 30, 26, 100


@click.command("backtest", cls=Verb)
@click.argument("x", metavar="X")
@click.argument("files", nargs=-1, metavar="[FILE...]")
@click.option("--since", type=SINCE, metavar="90d|DAY", help="only stored articles first seen since then")
@click.option(
    "--sample", type=click.IntRange(0, 1000), default=5, show_default=True, help="hits shown of each kind"
)
@click.option(
    "--against", metavar="X", help="compare with these rules; else with the configuration's, or the packs"
)
@click.option(
    "--budget", type=click.FloatRange(0), metavar="N", help="fail where a rule rings oftener a week"
)
@click.pass_obj
def backtested(
    invocation: Invocation,
    /,
    x: str,
    files: tuple[str, ...],
    since: datetime | None,
    sample: int,
    against: str | None,
    budget: float | None,
) -> Ending:
    """Try rules on the archive: hits per week, a sample, and what an edit adds and loses.

    X is a pack name or a path. Nobody is told anything, nothing is stored. Each rule is held against the
    one of the same id in force. With FILE (as match takes them) those articles are read, not the archive.
    """
    from rules.backtest import Backtest

    edited = usable(invocation, [x])
    test = Backtest(edited, _live(invocation, against), sample=sample)
    with corpus(invocation, files, since, "backtest") as articles:
        test.take(articles)
    tallies = sorted(test.tallies.values(), key=lambda tally: (-tally.rings, tally.rule))
    if invocation.as_json:
        show(invocation, (_json(test, tally) for tally in tallies), {})
    else:
        for line in _report(test, tallies, budget):
            emit(safe(line))
    loud = [tally.rule for tally in tallies if budget is not None and test.per_week(tally) > budget]
    said = f"{count(articles.read, 'article')} read, {count(len(tallies), 'rule')} tried"
    if articles.unread:
        return Ending(f"Partly done. {said}; {articles.unread:,} could not be read", FAILED)
    if loud:
        return Ending(f"{said}; over the budget of {budget:g} a week: {', '.join(loud)}", FAILED)
    return Ending(f"Done. {said}")


def _live(invocation: Invocation, against: str | None) -> Ruleset:
    return compiled(invocation, [against] if against else []).ruleset


def _report(test: Backtest, tallies: Sequence[Tally], budget: float | None) -> Iterator[str]:
    silent = [tally for tally in tallies if not (tally.rings or tally.lost.offered or tally.outcomes)]
    for tally in tallies:
        if tally not in silent:
            yield from _of_rule(test, tally, budget)
            yield ""
    if silent:
        names = ", ".join(tally.rule for tally in silent)
        yield from textwrap.wrap(f"Matched nothing: {names}", _WIDTH)


def _of_rule(test: Backtest, tally: Tally, budget: float | None) -> Iterator[str]:
    per_week = test.per_week(tally)
    pace = f", {per_week:.1f} a week" if test.span else ""
    over = f" — OVER the budget of {budget:g}" if budget is not None and per_week > budget else ""
    yield f"{tally.rule}: {tally.rings:,} would have rung{pace}{over}"
    low, untold = tally.outcomes["low"], tally.outcomes["untold"]
    yield f"  {low:,} more only for a digest, {untold:,} with its words that nobody would hear of"
    if tally.languages:
        yield "  languages: " + ", ".join(
            f"{tag} {number:,}" for tag, number in tally.languages.most_common()
        )
    yield f"  {_compared(tally)}"
    yield from _bars(test, tally)
    for heading, sample in (
        ("adds", tally.added),
        ("loses", tally.lost),
        ("rings, for example", tally.sample),
    ):
        yield from _listed(heading, sample)


def _compared(tally: Tally) -> str:
    if tally.live is None:
        return "no rule of this id is in force"
    if tally.live == tally.version:
        return f"the same as in force, version {tally.live}"
    return (
        f"against the one in force, {tally.live}: adds {tally.added.offered:,}, loses {tally.lost.offered:,}"
    )


def _bars(test: Backtest, tally: Tally) -> Iterator[str]:
    shown = test.span[-_WEEKS:]
    most = max((tally.weeks[week] for week in shown), default=0)
    if not most:
        return
    for week in shown:
        number = tally.weeks[week]
        bar = "█" * max(round(_BAR * number / most), 1 if number else 0)
        yield " ".join(filter(None, (f"  {week:%d %b %Y}", bar, f"{number:,}")))
    earlier = sum(number for week, number in tally.weeks.items() if week < shown[0])
    if earlier:
        yield f"  and {earlier:,} before"


def _listed(heading: str, sample: Sample) -> Iterator[str]:
    if not sample.hits:
        return
    left = sample.offered - len(sample.hits)
    yield f"  {heading}{f' ({left:,} more not shown)' if left else ''}:"
    words = labels(FALLBACK)
    for hit in sample.hits:
        day = f"{hit.at:%d %b %Y}" if hit.at else "undated"
        yield f"  · {words.word('claim', hit.claim or 'words')} · {day} · {hit.language} · {hit.title}"
        yield from textwrap.wrap(f"“{hit.quote}”", _WIDTH, initial_indent="    ", subsequent_indent="    ")
        if hit.address:
            yield f"    {hit.address}"


def _json(test: Backtest, tally: Tally) -> dict[str, Any]:
    return {
        "rule": tally.rule,
        "version": tally.version,
        "live": tally.live,
        "rings": tally.rings,
        "low": tally.outcomes["low"],
        "untold": tally.outcomes["untold"],
        "per_week": round(test.per_week(tally), 3),
        "weeks": {_day(week): tally.weeks[week] for week in test.span},
        "languages": dict(tally.languages.most_common()),
        "adds": tally.added.offered,
        "loses": tally.lost.offered,
        "sample": list(map(_hit, tally.sample.hits)),
        "added": list(map(_hit, tally.added.hits)),
        "lost": list(map(_hit, tally.lost.hits)),
    }


def _day(week: date) -> str:
    return week.isoformat()


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "title": hit.title,
        "quote": hit.quote,
        "at": hit.at,
        "language": hit.language,
        "address": hit.address,
        "severity": hit.severity,
        "claim": hit.claim or None,
    }
