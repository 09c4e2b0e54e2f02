"""A desk for delivery tests: the real application and store, and promises made by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from crawler.app import App, Watch
from crawler.fetch.guard import Allow
from crawler.notify.opening import open_channels
from crawler.policy import policy_of
from crawler.settings import Settings
from rules.alerts.digest import DIGEST
from rules.alerts.labels import Subject
from rules.alerts.routes import address
from rules.compile import load_rules
from state.article import Article, Section
from state.clock import ManualClock
from state.records import Alert, Claim, Event, Match, Notice, NoticeKind, Placement, Severity, Span
from state.store.store import Store

START = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


class Office(App):
    """The application without rules, its clock a hand-turned one."""

    clock: ManualClock

    def reload(self, settings: Settings) -> None:
        """Put a configuration in force."""
        self._watch = watch(settings, self.base_dir)

    def rings(self, number: int = 1, **how: Any) -> Alert:
        """Let an alert ring: an article, a story, a notice, and what is promised to whom."""
        with self.store.begin() as tx:
            return ring(tx, self, number, **how)


@contextmanager
def office(tmp_path: Path, channels: Mapping[str, Any], **tables: Any) -> Iterator[Office]:
    """Open a desk with these channels: name → address, or the channel's whole table."""
    rows = {name: {"url": row} if isinstance(row, str) else row for name, row in channels.items()}
    tables.setdefault("network", {"allow_private": ["127.0.0.0/8"]})
    tables.setdefault("display", {"timezone": "Asia/Phnom_Penh"})
    settings = Settings.model_validate({"channels": rows, **tables})
    store = Store.open(f"sqlite:///{tmp_path / 'state.db'}")
    try:
        yield Office(watch(settings, tmp_path), store=store, clock=ManualClock(START), base_dir=tmp_path)
    finally:
        store.close()


def watch(settings: Settings, base_dir: Path) -> Watch:
    """Return what settings mean, without any rule."""
    allow = Allow.parse(settings.network.allow_private)
    return Watch(
        settings=settings,
        ruleset=load_rules([]).ruleset,
        policy=policy_of(settings),
        channels=open_channels(settings, base_dir=base_dir, allow=allow),
        allow=allow,
    )


def ring(
    tx: Any,
    desk: Office,
    number: int,
    *,
    severity: Severity = Severity.HIGH,
    claim: Claim = Claim.CLAIMED,
    kind: str = "defection",
    title: str | None = None,
    sentence: str | None = None,
    language: str = "en",
    notice_kind: NoticeKind = NoticeKind.ALERT,
    told: Mapping[str, Any] | None = None,
    story: str | None = None,
    rule: str = "kh-defection",
) -> Alert:
    """Write all rows of one notice and promise it by the routes."""
    now = desk.clock.now()
    key, story = f"rfa:invented-{number}", story or f"story-{number}"
    title = title or f"Invented headline number {number}"
    sentence = sentence or f"A spokesman claimed that {number} councillors went over to the Example Party."
    article = Article(
        title=title, sections=(Section(None, (sentence,)),), url=f"https://www.example.org/news/{number}/",
        key=key, source="rfa-test", site="rfa", language=language, fetched_at=now,
    )  # fmt: skip
    span = Span("/sections/0/paragraphs/0", 0, len(sentence), sentence)
    event = Event(
        kind="defection" if kind != "dissolution" else "dissolution", subkind="switch", claim=claim,
        quote=sentence, quote_at=span, actor=f"{number} councillors", to="Example Party",
        said_by="a spokesman", claim_words=("claimed",),
    )  # fmt: skip
    known = tx.alerts.find(story, kind)
    alert_id = tx.alerts.new_id(story, kind)
    alert = known or Alert(
        id=alert_id, story=story, kind=kind, severity=severity, claim=claim, opened_at=now, rules=(rule,)
    )
    if tx.articles.get(key) is None:
        tx.articles.put(article, page=None, rendering="page", now=now)
        tx.stories.place(key, Placement(story, "original"), (), now=now)
        match = Match(rule=rule, rule_version="3", kind=kind, severity=Severity.CRITICAL, spans=(span,))
        tx.matches.put(key, article.version, "ruleset", "engine", [match], now)
    if known is None:
        tx.alerts.open(alert)
    facts = {
        "title": title, "url": article.url, "source": article.source, "site": "rfa", "language": language,
        "first_seen_at": now.isoformat(), "read_from": "page", **(told or {}),
    }  # fmt: skip
    notice = Notice(
        alert=alert.id, number=tx.notices.next_number(alert.id), kind=notice_kind, severity=severity,
        claim=claim, article=key, version=article.version, events=(event,), reason="test",
        created_at=now, told=facts,
    )  # fmt: skip
    tx.notices.add(notice)
    subject = Subject(alert=alert, source=article.source, language=language)
    earlier = tx.promises.channels(alert.id)
    for promise in address(notice, subject, desk.policy, now, earlier=earlier).promises:
        tx.promises.add(promise, now=now, kind="digest" if promise.group_key == DIGEST else "alert")
    return alert


def minutes(number: float) -> timedelta:
    """Return so many minutes."""
    return timedelta(minutes=number)
