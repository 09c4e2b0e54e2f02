"""What an alert rests on, gathered as the members of a bundle: name → bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from state.archive.rotate import load
from state.article_json import instant_to_json, to_json
from state.errors import ArchiveError, InputError
from state.records import Alert, Notice
from state.records_json import event_to_json, match_to_json
from state.store.ledger import LedgerRow, article_subject
from state.store.seals import Proof
from state.store.tx import Tx


def members(tx: Tx, folder: Path, alert_id: str) -> Iterator[tuple[str, bytes]]:
    """Yield every member of an alert's bundle but its manifest and its first page.

    Raises:
        InputError: There is no such alert.
        ArchiveError: A raw response was altered or its file is missing.
    """
    alert = tx.alerts.get(alert_id)
    if alert is None:
        raise InputError(f"there is no alert {alert_id}", hint="tocsin alerts list shows the ids")
    notices = tx.notices.of(alert_id)
    keys = list(dict.fromkeys([*tx.matches.articles_of(alert_id), *(notice.article for notice in notices)]))
    subjects = [f"{alert_id}/{notice.number}" for notice in notices]
    yield "alert.json", _json(_alert(alert, notices))
    for number, key in enumerate(keys, 1):
        subjects.append(article_subject(key))
        yield from _article(tx, folder, key, f"articles/{number:02}")
    told = list(dict.fromkeys(p.message for p in tx.promises.of(alert_id) if p.message))
    yield "messages.json", _json([_message(tx, id) for id in told])
    yield from _rules(tx, keys)
    yield "ledger.json", _json([_entry(tx, row) for one in (*subjects, *told) for row in tx.ledger.of(one)])
    yield "seals.json", _json([_plain(asdict(seal)) for seal in tx.seals.list()])


def _article(tx: Tx, folder: Path, key: str, place: str) -> Iterator[tuple[str, bytes]]:
    versions = []
    for row in tx.articles.versions(key):
        article = tx.articles.version(key, row.version)
        name = f"{place}/version-{row.number}"
        if article is not None:
            yield f"{name}.json", _json(to_json(article))
        response = tx.responses.get(row.response) if row.response is not None else None
        said: dict[str, Any] = {"record": None}
        if response is not None and response.pruned_at is None:
            yield f"{name}.warc.gz", load(response, folder)
            said = {"record": response.digest, "url": response.url, "status": response.status}
        elif response is not None:
            said = {"record": response.digest, "given_up_at": instant_to_json(response.pruned_at)}
        versions.append(_plain(asdict(row)) | said)
    matches = [
        {
            "version": one.version,
            "ruleset": one.ruleset,
            "engine": one.engine,
            "match": match_to_json(one.match),
        }
        for one in tx.matches.of(key)
    ]
    head = tx.articles.row(key)
    facts = {
        "key": key,
        "url": head.url if head else None,
        "source": head.source if head else None,
        "state": head.state if head else None,
        "versions": versions,
        "matches": matches,
    }
    yield f"{place}/article.json", _json(facts)


def _rules(tx: Tx, keys: list[str]) -> Iterator[tuple[str, bytes]]:
    for hash in sorted({one.ruleset for key in keys for one in tx.matches.of(key)}):
        ruleset = tx.rulesets.get(hash)
        if ruleset is not None:
            facts = {"hash": hash, "engine": ruleset.engine, "files": dict(ruleset.files)}
            yield f"rules/{hash[:16]}.json", _json(facts)


def _alert(alert: Alert, notices: list[Notice]) -> dict[str, Any]:
    return {
        "id": alert.id,
        "story": alert.story,
        "kind": alert.kind,
        "severity": alert.severity.label,
        "claim": alert.claim,
        "state": alert.state,
        "opened_at": instant_to_json(alert.opened_at),
        "rules": list(alert.rules),
        "notices": [
            {
                "number": notice.number,
                "kind": notice.kind,
                "article": notice.article,
                "version": notice.version,
                "reason": notice.reason,
                "created_at": instant_to_json(notice.created_at),
                "events": [event_to_json(event) for event in notice.events],
            }
            for notice in notices
        ],
    }


def _message(tx: Tx, id: str) -> dict[str, Any]:
    message = tx.messages.get(id)
    if message is None:
        raise ArchiveError(f"message {id} is missing", hint="run `tocsin audit`")
    receipts = [_plain(asdict(receipt)) for receipt in tx.receipts.of(id)]
    return {
        "id": id,
        "channel": message.channel,
        "state": message.state,
        "title": message.title,
        "body": message.body,
        "settled_at": instant_to_json(message.settled_at),
        "receipts": receipts,
    }


def _entry(tx: Tx, row: LedgerRow) -> dict[str, Any]:
    proof: Proof | None = tx.seals.proof(row.id)
    entry = _plain(asdict(row))
    entry["path"] = [list(step) for step in proof.path] if proof else None
    return entry


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    """Return a row's fields as JSON has them: instants as text."""
    return {name: instant_to_json(v) if hasattr(v, "tzinfo") else v for name, v in fields.items()}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=True, indent=1).encode()
