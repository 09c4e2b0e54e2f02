"""Decisions become rows: alerts, notices, promises, and for every match the record why it was not told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit

from crawler.pseudonyms import Pseudonyms
from crawler.settings import Settings
from rules.alerts import Decision, Other, Standing, address
from rules.alerts.digest import DIGEST
from rules.alerts.labels import Subject
from rules.alerts.policy import Policy
from rules.compile import Ruleset
from state.article import Article
from state.records import Alert, MessageKind, Notice, PromiseState
from state.store.tx import Tx

#: Alerts that are looked at for inhibition, the newest.
_BESIDE = 500


class Watching(Protocol):
    """What deciding needs of the application: what is configured at present."""

    @property
    def settings(self) -> Settings:
        """Return the configuration in force."""

    @property
    def ruleset(self) -> Ruleset:
        """Return the rules in force."""

    @property
    def policy(self) -> Policy:
        """Return who hears what, when."""

    @property
    def names(self) -> Pseudonyms | None:
        """Return what hides users' names before anything is stored; None where names are kept."""


def standings(tx: Tx, story: str, kinds: Sequence[str]) -> list[Standing]:
    """Return how things stand for each kind of alert in a story, those told already included."""
    known = {alert.kind: alert for alert in tx.alerts.of_story(story)}
    return [standing_of(tx, story, kind, known.get(kind)) for kind in dict.fromkeys([*kinds, *known])]


def standing_of(tx: Tx, story: str, kind: str, alert: Alert | None) -> Standing:
    """Return how one (story, kind) stands."""
    if alert is None:
        return Standing(id=tx.alerts.new_id(story, kind), story=story, kind=kind)
    return Standing(
        id=alert.id,
        story=story,
        kind=kind,
        alert=alert,
        notices=tuple(tx.notices.of(alert.id)),
        unclaimed=frozenset(notice.number for notice in tx.notices.unclaimed(alert.id)),
    )


@dataclass(frozen=True, slots=True)
class Deed:
    """One decision to be kept.

    ``before`` is the alert as it stood, None if this opens it; ``article`` is what
    the notice rests on, for the labels of routes, None if its text was forgotten.
    """

    decision: Decision
    before: Alert | None
    article: Article | None
    policy: Policy
    canary: bool = False


def carry_out(deed: Deed, tx: Tx, now: datetime) -> str:
    """Keep a decision: its alert, its notice and the promises; return why nothing is promised, or nothing."""
    decision, alert = deed.decision, deed.decision.alert
    if alert is None:
        return decision.reason
    if deed.before is None:
        tx.alerts.open(alert, canary=deed.canary)
    elif alert != deed.before:
        tx.alerts.update(alert)
    notice = decision.notice
    if notice is None:
        return decision.reason
    told = _with_outlet(notice, deed.article)
    if decision.recomposed:
        tx.notices.replace(told)
    else:
        tx.notices.add(told)
    return _promise(told, _subject(alert, deed.article), deed, tx, now)


def _subject(alert: Alert, article: Article | None) -> Subject:
    return Subject(
        alert=alert,
        source=article.source if article else None,
        language=article.language if article else None,
    )


def _promise(notice: Notice, subject: Subject, deed: Deed, tx: Tx, now: datetime) -> str:
    live = _live_beside(subject.alert, tx) if deed.policy.inhibitions else []
    addressed = address(notice, subject, deed.policy, now, earlier=_told_before(notice, tx), live=live)
    for promise in addressed.promises:
        told: MessageKind = "canary" if deed.canary else "alert"
        tx.promises.add(promise, now=now, kind="digest" if promise.group_key == DIGEST else told)
    return addressed.reason


def _told_before(notice: Notice, tx: Tx) -> list[str]:
    """Return the channels that heard of the alert, or, if it was only ever recorded, for whom it was."""
    earlier = [item for item in tx.promises.of(notice.alert) if item.notice != notice.number]
    heard = [item for item in earlier if item.state is not PromiseState.RECORDED]
    return list(dict.fromkeys(item.channel for item in heard or earlier))


def _live_beside(alert: Alert, tx: Tx) -> list[Subject]:
    """Return the newest live alerts: those that could hold this one back."""
    others = tx.alerts.list(limit=_BESIDE)
    return [Subject(alert=other) for other in others if other.state == "live" and other.id != alert.id]


def other_of(tx: Tx, key: str | None) -> Other | None:
    """Return another article as a notice names it."""
    article = tx.articles.get(key) if key else None
    if article is None or key is None:
        return None
    url = article.url or article.canonical_url
    return Other(key=key, title=article.title, url=url, outlet=outlet_of(article))


def outlet_of(article: Article) -> str | None:
    """Return who publishes an article: its source's name, else the host of its address."""
    if article.source:
        return article.source
    return urlsplit(article.url or "").hostname


def _with_outlet(notice: Notice, article: Article | None) -> Notice:
    outlet = outlet_of(article) if article else None
    return replace(notice, told={**notice.told, "outlet": outlet}) if outlet else notice
