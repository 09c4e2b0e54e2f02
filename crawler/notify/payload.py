"""The JSON of a webhook: versioned, with every notice in full, and nobody's user name."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from crawler.notify.gather import reference
from crawler.notify.told import Reader, Told
from state.article_json import instant_to_json
from state.records import Message
from state.records_json import event_to_json

FORMAT = "tocsin-message/1"


def payload(message: Message, text: str, items: Sequence[Told] = (), reader: Reader | None = None) -> str:
    """Return the body of a webhook's request: the same on every attempt.

    ``id`` is the same on repeats.  A discreet channel gets neither names, nor
    quotes, nor headlines, nor the articles' addresses.
    """
    form: dict[str, Any] = {
        "format": FORMAT,
        "id": reference(message.id, message.opened_at),
        "message": message.id,
        "channel": message.channel,
        "kind": message.kind,
        "text": text,
        "notices": [_notice(told, reader) for told in items],
    }
    return json.dumps(form, ensure_ascii=False, separators=(",", ":"))


def is_payload(body: str) -> bool:
    """Tell whether a stored body is such a JSON already."""
    return body.startswith(f'{{"format":"{FORMAT}"')


def _notice(told: Told, reader: Reader | None) -> dict[str, Any]:
    notice, alert = told.notice, told.alert
    form: dict[str, Any] = {
        "alert": alert.id,
        "number": notice.number,
        "id": told.id,
        "kind": notice.kind.value,
        "alert_kind": alert.kind,
        "severity": notice.severity.label,
        "claim": notice.claim.value if notice.claim else None,
        "created_at": instant_to_json(notice.created_at),
        "link": reader.link(alert.id) if reader else None,
    }
    if reader is not None and reader.content == "discreet":
        return form
    return form | {
        "story": alert.story,
        "reason": notice.reason,
        "headline": told.headline,
        "url": told.url,
        "outlet": told.outlet,
        "read_from": told.read,
        "language": told.language,
        "published_at": instant_to_json(told.published_at),
        "first_seen_at": instant_to_json(told.first_seen),
        "article": {"key": notice.article, "version": notice.version},
        "rules": [{"id": match.rule, "version": match.rule_version} for match in told.matches],
        "events": [event_to_json(event) for event in notice.events],
        "was": notice.told.get("was"),
        "now": notice.told.get("now"),
        "changed": notice.told.get("changed"),
    }
