"""From a notice's row to all that composing it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from crawler.notify.labels import Labels
from crawler.notify.told import Reader, Reading, Told
from state.records import Alert, Match, MessageState, Notice, NoticeKind
from state.store.tx import Tx

_READ_FROM: Mapping[str, Reading] = {"page": "publisher", "feed": "feed", "copy": "copy"}

#: Sentences about the rules of an alert: untested, not reviewed by a native speaker.
Remarks = Callable[[Notice, Alert], tuple[str, ...]]


def told(
    tx: Tx,
    notice: Notice,
    reader: Reader,
    *,
    sites: Mapping[str, str] | None = None,
    remarks: Remarks | None = None,
) -> Told:
    """Return a notice with its alert, its article as it was, and what this channel heard before.

    Args:
        tx: The transaction.
        notice: What is to be told.
        reader: Whom it is told to.
        sites: Source → the site that the configuration says it is.
        remarks: What is to be said about the rules.

    Raises:
        LookupError: The notice's alert is not in the store.
    """
    alert = tx.alerts.get(notice.alert)
    if alert is None:
        raise LookupError(notice.alert)
    facts = notice.told
    article = tx.articles.version(notice.article, notice.version)
    origin = facts.get("origin") or {}
    earlier_at, headline, channels = _earlier(tx, notice, reader.channel)
    return Told(
        notice=notice,
        alert=alert,
        headline=str(facts.get("title") or (article.title if article else "")),
        url=facts.get("url"),
        outlet=outlet(facts, reader.words, sites or {}),
        read=_READ_FROM.get(str(facts.get("read_from")), "publisher"),
        publisher=origin.get("publisher"),
        language=facts.get("language"),
        published_at=_instant(facts.get("published_at")),
        published_day_only=bool(article and _day_only(article.provenance)),
        first_seen=_instant(facts.get("first_seen_at")),
        seen_before=_instant(facts.get("changed_after")),
        article=article,
        matches=_matches(tx, notice, alert.kind),
        earlier_at=earlier_at,
        earlier_headline=headline,
        earlier_to=channels,
        copies=_copies(tx, alert, notice.article, reader.words, sites or {}),
        remarks=remarks(notice, alert) if remarks else (),
    )


def _matches(tx: Tx, notice: Notice, kind: str) -> tuple[Match, ...]:
    """Return what the rules found in this version; looked at again with other rules, the last look counts."""
    stored = [row for row in tx.matches.of(notice.article, notice.version) if row.match.kind == kind]
    last = stored[-1].ruleset if stored else ""
    return tuple(row.match for row in stored if row.ruleset == last)


def _copies(tx: Tx, alert: Alert, article: str, words: Labels, sites: Mapping[str, str]) -> tuple[str, ...]:
    """Return who else carries the same text."""
    members = tx.stories.members(alert.story)
    copies = [m for m in members if m.relation == "copy" and m.key != article]
    names = (outlet({"source": m.source, "url": m.url}, words, sites) for m in copies)
    return tuple(dict.fromkeys(names))


def outlet(facts: Mapping[str, Any], words: Labels, sites: Mapping[str, str]) -> str:
    """Return how people name the publisher: of a copy the original's name, else the site's, source's or host's."""
    origin = facts.get("origin") or {}
    if facts.get("read_from") == "copy" and origin.get("publisher"):
        return str(origin["publisher"])
    for site in (facts.get("site"), sites.get(str(facts.get("source")))):
        if site and words.has("outlet", site):
            return words.word("outlet", site)
    if named := facts.get("outlet") or facts.get("source"):
        return str(named)
    return (urlsplit(str(facts.get("url") or "")).hostname or words.text("unnamed")).removeprefix("www.")


def _earlier(tx: Tx, notice: Notice, channel: str) -> tuple[datetime | None, str | None, tuple[str, ...]]:
    """Return when this channel first heard of the alert, under which headline, and who else did."""
    if notice.number == 1:
        return None, None, ()
    sent = tx.messages.earlier(channel, notice.alert)
    first = next(iter(tx.notices.of(notice.alert)), None)
    at = sent[0].settled_at if sent else None
    channels = tx.promises.channels(notice.alert) if notice.kind != NoticeKind.UPDATE else ()
    return at, str(first.told.get("title") or "") or None if first else None, tuple(channels)


def thread(tx: Tx, channel: str, alerts: set[str], message: str) -> tuple[str, ...]:
    """Return references of the messages that these alerts' later notices answer, oldest first."""
    found = {
        m.id: m for alert in sorted(alerts) for m in tx.messages.earlier(channel, alert) if m.id != message
    }
    sent = [m for m in found.values() if m.state == MessageState.SENT]
    return tuple(
        reference(m.id, m.opened_at) for m in sorted(sent, key=lambda m: (m.settled_at or _EPOCH, m.id))
    )


def reference(message: str, opened_at: datetime | None) -> str:
    """Return a message's name for the outside: ids are short, and several installations may share a mailbox."""
    stamp = (opened_at or _EPOCH).strftime("%Y%m%d%H%M%S%f")
    return f"{message}.{stamp}"


_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def _instant(text: object) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None


def _day_only(provenance: Mapping[str, Any]) -> bool:
    published = provenance.get("published_at")
    return isinstance(published, Mapping) and bool(published.get("day_only"))
