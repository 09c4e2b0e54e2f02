"""Rules tried on articles already read: what would have rung, week by week, and what an edit adds and loses."""

from __future__ import annotations

import datetime as dt
import hashlib
from bisect import insort
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from rules.assess import assess
from rules.compile import Ruleset, compile_rules
from rules.events import extract
from rules.match import match
from rules.rule import Rule
from state.article import Article
from state.records import Assessment, Event, Match, Severity

#: ``told`` is medium and above, ``low`` waits for a digest, ``untold`` matches words and reaches nobody.
Outcome = Literal["rings", "low", "untold", ""]


@dataclass(frozen=True, slots=True)
class Hit:
    """One article that a rule matched, as short as a list shows it."""

    title: str
    quote: str
    at: dt.datetime | None
    language: str
    address: str
    severity: str
    claim: str


class Sample:
    """Some of the hits that were offered, each as likely as any other, the same at every run."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: list[tuple[bytes, int, Hit]] = []
        self.offered = 0

    def offer(self, hit: Hit) -> None:
        """Count a hit, and perhaps keep it."""
        self.offered += 1
        rank = hashlib.sha256(f"{hit.address} {hit.title}".encode("utf-8", "surrogatepass")).digest()
        insort(self._kept, (rank, self.offered, hit))
        del self._kept[self._size :]

    @property
    def hits(self) -> list[Hit]:
        """Return what was kept, the oldest first."""
        return sorted((hit for _, _, hit in self._kept), key=lambda hit: (hit.at is None, str(hit.at)))


@dataclass(slots=True)
class Tally:
    """What one rule came to; ``live`` is the version it is held against, None where there is none.

    ``weeks`` counts what rang by the Monday of its week, ``added`` what rings
    only now, ``lost`` what rings only in the live version.
    """

    rule: str
    version: str
    live: str | None
    sample: Sample
    added: Sample
    lost: Sample
    outcomes: Counter[str] = field(default_factory=Counter)
    weeks: Counter[dt.date] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)

    @property
    def rings(self) -> int:
        """Return how many articles would have woken somebody."""
        return self.outcomes["rings"]


class Backtest:
    """Reads articles one by one and keeps counts and samples of them, never the articles.

    Args:
        edited: The rules to try.
        live: The rules in force; those of the same id, or of an id the rule had before, are compared.
        sample: How many hits to keep of each kind for each rule.
    """

    def __init__(self, edited: Ruleset, live: Ruleset | None = None, *, sample: int = 5) -> None:
        self._edited = edited
        known = {} if live is None else _counterparts(edited, live.rules)
        changed = {id_: rule for id_, rule in known.items() if rule.version != edited.rules[id_].version}
        self._live = compile_rules(changed.values())
        self._live_ids = {id_: rule.id for id_, rule in changed.items()}
        self.tallies = {
            id_: Tally(
                rule=id_,
                version=rule.version,
                live=known[id_].version if id_ in known else None,
                sample=Sample(sample),
                added=Sample(sample),
                lost=Sample(sample),
            )
            for id_, rule in edited.rules.items()
        }
        #: Articles read by week; None: without a date.
        self.read: Counter[dt.date | None] = Counter()

    def take(self, articles: Iterable[Article]) -> None:
        """Read some articles."""
        for article in articles:
            self._take(article)

    @property
    def span(self) -> Sequence[dt.date]:
        """Return the Mondays of all weeks from the first to the last article."""
        weeks = [week for week in self.read if week is not None]
        if not weeks:
            return ()
        first, last = min(weeks), max(weeks)
        return [first + dt.timedelta(weeks=number) for number in range((last - first).days // 7 + 1)]

    def per_week(self, tally: Tally) -> float:
        """Return how often a rule rings in an average week."""
        return sum(tally.weeks.values()) / len(self.span) if self.span else float(tally.rings)

    def _take(self, article: Article) -> None:
        at = article.published_at or article.fetched_at
        week = None if at is None else at.date() - dt.timedelta(days=at.weekday())
        self.read[week] += 1
        new = {found.rule: found for found in match(article, self._edited)}
        old = {found.rule: found for found in match(article, self._live)}
        if not new and not old:
            return
        events = extract(article, [*new.values(), *old.values()])
        for id_ in new.keys() | {id_ for id_, live in self._live_ids.items() if live in old}:
            now = _verdict(article, new.get(id_), events)
            self._count(article, self.tallies[id_], now, week)
            if id_ in self._live_ids:
                then = _verdict(article, old.get(self._live_ids[id_]), events)
                self._compare(article, self.tallies[id_], now, then)

    def _count(self, article: Article, tally: Tally, now: _Verdict, week: dt.date | None) -> None:
        if now.outcome:
            tally.outcomes[now.outcome] += 1
        if now.outcome == "rings":
            tally.languages[article.language or "und"] += 1
            tally.sample.offer(_hit(article, now))
            if week is not None:
                tally.weeks[week] += 1

    def _compare(self, article: Article, tally: Tally, now: _Verdict, then: _Verdict) -> None:
        if now.outcome == "rings" and then.outcome != "rings":
            tally.added.offer(_hit(article, now))
        elif then.outcome == "rings" and now.outcome != "rings":
            tally.lost.offer(_hit(article, then))


@dataclass(frozen=True, slots=True)
class _Verdict:
    outcome: Outcome
    found: Match | None = None
    assessment: Assessment | None = None


def _verdict(article: Article, found: Match | None, events: Sequence[Event]) -> _Verdict:
    if found is None:
        return _Verdict("")
    assessments = assess(article, [found], events)
    if not assessments:
        return _Verdict("untold", found)
    loudest = max(assessments, key=lambda one: one.severity)
    return _Verdict("rings" if loudest.severity >= Severity.MEDIUM else "low", found, loudest)


def _hit(article: Article, verdict: _Verdict) -> Hit:
    made, found = verdict.assessment, verdict.found
    events = made.events if made else ()
    fitting = [event.quote for event in events if made and event.claim == made.claim]
    quote = fitting[0] if fitting else _words(found)
    return Hit(
        title=article.title,
        quote=quote,
        at=article.published_at or article.fetched_at,
        language=article.language or "und",
        address=article.url or article.key or "",
        severity=made.severity.label if made else "",
        claim=made.claim.value if made and made.claim else "",
    )


def _words(found: Match | None) -> str:
    return " … ".join(dict.fromkeys(span.quote for span in found.spans[:6])) if found else ""


def _counterparts(edited: Ruleset, live: Mapping[str, Rule]) -> dict[str, Rule]:
    found: dict[str, Rule] = {}
    for id_, rule in edited.rules.items():
        other = next((live[name] for name in (id_, *rule.was) if name in live), None)
        if other is not None:
            found[id_] = other
    return found
