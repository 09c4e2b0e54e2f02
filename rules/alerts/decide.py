"""From an article as read now to what is told: alert, update, correction, or nothing and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from rules.alerts.correct import Correction, correction
from rules.alerts.news import Known, news
from rules.alerts.reading import Decision, Other, Reading, Standing, kinds_of
from rules.alerts.told import told
from rules.alerts.withdraw import all_denied
from state.records import Alert, Assessment, Notice, NoticeKind

BACKLOG = "backlog"


def decide(
    reading: Reading, standings: Sequence[Standing], now: datetime, *, reason: str = BACKLOG
) -> list[Decision]:
    """Return one decision per kind of alert that this article concerns.

    Args:
        reading: The article as understood now.
        standings: One per kind, with the alert of the article's story if there is one.
        now: The present instant.
        reason: Why what is not fresh does not ring, to be recorded.
    """
    by_kind = {standing.kind: standing for standing in standings}
    return [_decide(reading, by_kind[kind], now, reason) for kind in kinds_of(reading, standings)]


def _decide(reading: Reading, standing: Standing, now: datetime, reason: str) -> Decision:
    fresh = reading.ringing(standing.kind)
    before = standing.told_of(reading.key)
    alert = standing.alert
    if alert is None:
        return _first(reading, standing, fresh, now) if fresh else _silent(standing, reason)
    if before is not None and (changed := correction(before, reading, reading.assessed(standing.kind))):
        if alert.state == "retracted":
            return _silent(standing, f"same alert: {standing.id} was retracted")
        return _corrected(reading, standing, alert, before, changed, now)
    if fresh is None:
        known = reading.assessed(standing.kind) is None or before is not None
        return _silent(standing, f"same alert: {standing.id}" if known else reason)
    if before is None and not reading.revised and all_denied(standing, reading):
        return _withdrawn(reading, standing, alert, fresh, now)
    return _updated(reading, standing, alert, fresh, now)


def _silent(standing: Standing, reason: str) -> Decision:
    return Decision(kind=standing.kind, alert=None, notice=None, reason=reason)


def _first(reading: Reading, standing: Standing, found: Assessment, now: datetime) -> Decision:
    alert = Alert(
        id=standing.id,
        story=standing.story,
        kind=standing.kind,
        severity=found.severity,
        claim=found.claim,
        opened_at=now,
        rules=found.rules,
    )
    extra: dict[str, Any] = {"joined_to": other_json(reading.of)} if reading.of else {}
    reason = "first of its story"
    notice = _notice(NoticeKind.ALERT, reading, alert, standing.next_number, found, reason, now, extra)
    return Decision(kind=standing.kind, alert=alert, notice=notice, reason=reason)


def _corrected(
    reading: Reading,
    standing: Standing,
    told_alert: Alert,
    before: Notice,
    changed: Correction,
    now: datetime,
) -> Decision:
    found = reading.assessed(standing.kind)
    alert = _raised(told_alert, found)
    if reading.back and alert.state == "withdrawn":
        alert = replace(alert, state="live")
    facts: dict[str, Any] = {
        "was": changed.was,
        "now": changed.now,
        "changed": list(changed.fields),
        "gone": list(changed.gone),
    }
    if reading.changed_after:
        facts["changed_after"] = reading.changed_after.isoformat()
    if before.number in standing.unclaimed and alert.severity <= before.severity:
        return _recomposed(reading, standing, alert, before, changed, facts, now)
    notice = _notice(
        NoticeKind.CORRECTION, reading, alert, standing.next_number, found, changed.reason, now, facts
    )
    return Decision(kind=standing.kind, alert=alert, notice=notice, reason=changed.reason)


def _recomposed(
    reading: Reading,
    standing: Standing,
    alert: Alert,
    before: Notice,
    changed: Correction,
    facts: dict[str, Any],
    now: datetime,
) -> Decision:
    """Return the notice that nobody was sent, as it must read now.

    A page that dropped what was to be told still owes it; a correction corrects
    what was sent before it, whatever stood there in between.
    """
    found = reading.assessed(standing.kind)
    reason = f"re-composed: {changed.reason}"
    fresh = _notice(before.kind, reading, alert, before.number, found, reason, now)
    kept = {name: before.told[name] for name in ("joined_to", "reasons") if name in before.told}
    if before.kind is NoticeKind.CORRECTION:
        earlier = [str(name) for name in before.told.get("changed") or ()]
        kept |= facts | {"was": before.told.get("was", changed.was)}
        kept["changed"] = list(dict.fromkeys([*earlier, *changed.fields]))
    elif found is None:
        fresh = replace(fresh, events=before.events, claim=before.claim)
        kept |= facts
    return Decision(
        kind=standing.kind,
        alert=alert,
        notice=replace(fresh, told={**fresh.told, **kept}),
        reason=reason,
        recomposed=True,
    )


def _updated(
    reading: Reading, standing: Standing, told_alert: Alert, found: Assessment, now: datetime
) -> Decision:
    known = Known(told_alert.severity, standing.told_events())
    reasons = list(news(known, found.severity, reading.telling(standing.kind)))
    facts: dict[str, Any] = {}
    heard = standing.told_of(reading.key) is not None or reading.revised
    if reading.found_original and not heard:
        reasons.insert(0, "the original is found of what was a repost")
        facts["joined_to"] = other_json(reading.found_original)
    elif reading.relation == "joined" and not heard:
        reasons.insert(0, "another article joins that is no copy")
    if reading.of and "joined_to" not in facts:
        facts["joined_to"] = other_json(reading.of)
    if not reasons:
        what = f"a further copy of {reading.of.key}" if reading.of else "nothing new"
        return Decision(
            kind=standing.kind,
            alert=_attached(told_alert, found),
            notice=None,
            reason=f"same alert: {standing.id}, {what}",
        )
    alert = replace(_raised(told_alert, found), state="live")
    notice = _notice(
        NoticeKind.UPDATE,
        reading,
        alert,
        standing.next_number,
        found,
        "; ".join(reasons),
        now,
        facts | {"reasons": reasons},
    )
    return Decision(kind=standing.kind, alert=alert, notice=notice, reason=notice.reason)


def _withdrawn(
    reading: Reading, standing: Standing, told_alert: Alert, found: Assessment, now: datetime
) -> Decision:
    alert = replace(_raised(told_alert, found), state="withdrawn")
    reason = "the same source now denies or takes back all of it"
    extra = {"joined_to": other_json(reading.of)} if reading.of else {}
    notice = _notice(NoticeKind.WITHDRAWAL, reading, alert, standing.next_number, found, reason, now, extra)
    return Decision(kind=standing.kind, alert=alert, notice=notice, reason=reason)


def _raised(alert: Alert, found: Assessment | None) -> Alert:
    """Return the alert with this article's rules, its newest claim and the loudest severity."""
    if found is None:
        return alert
    return replace(
        _attached(alert, found),
        severity=max(alert.severity, found.severity),
        claim=found.claim or alert.claim,
    )


def _attached(alert: Alert, found: Assessment) -> Alert:
    return replace(alert, rules=tuple(dict.fromkeys([*alert.rules, *found.rules])))


def _notice(
    kind: NoticeKind,
    reading: Reading,
    alert: Alert,
    number: int,
    found: Assessment | None,
    reason: str,
    now: datetime,
    facts: Mapping[str, Any] | None = None,
) -> Notice:
    return Notice(
        alert=alert.id,
        number=number,
        kind=kind,
        severity=alert.severity,
        claim=found.claim if found else alert.claim,
        article=reading.key,
        version=reading.version,
        events=found.events if found else (),
        reason=reason,
        created_at=now,
        told=told(reading, found, now) | dict(facts or {}),
    )


def other_json(other: Other) -> dict[str, str]:
    """Return another article as a notice names it."""
    facts = {"key": other.key, "title": other.title, "url": other.url, "outlet": other.outlet}
    return {name: value for name, value in facts.items() if value}
