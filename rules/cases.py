"""In-file tests: texts with what must come of them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from rules.reading import Reader
from rules.rule import UNTOLD, Case, Expectation
from rules.terms import did_you_mean
from rules.yaml12 import Mapping, Node, Scalar
from state.article import tidy, tidy_lines
from state.records import Claim, Severity

EXPECTATIONS: tuple[Expectation, ...] = ("match", "no_match", "todo_match", "todo_no_match")
_BESIDE = ("spans", "claim", "severity", "note")
_TEXT_KEYS = (
    "title",
    "subtitle",
    "body",
    "caption",
    "captions",
    "comment",
    "comments",
    "lang",
    "language",
    "published_at",
)


def read_cases(reader: Reader, node: Node) -> tuple[Case, ...]:
    """Return the cases of a ``tests:`` list."""
    read = [read_case(reader, item) for item in reader.items(node)]
    return tuple(case for case in read if case is not None)


def read_case(reader: Reader, node: Node) -> Case | None:
    """Return one case, or None if it cannot be read."""
    pairs = {key.value: value for key, value in reader.pairs(node, "a test")}
    for key in pairs:
        if key not in EXPECTATIONS and key not in _BESIDE:
            hint = did_you_mean(key, (*EXPECTATIONS, *_BESIDE))
            reader.fail(pairs[key], f"{key!r} is no key of a test", hint)
    named = [expects for expects in EXPECTATIONS if expects in pairs]
    if len(named) != 1:
        reader.fail(node, "a test has exactly one of " + ", ".join(EXPECTATIONS))
        return None
    text = _text(reader, pairs[named[0]])
    claim = (
        reader.one_of(pairs["claim"], "claim", [claim.value for claim in Claim]) if "claim" in pairs else None
    )
    severity = None
    if "severity" in pairs:
        labels = [*(level.label for level in Severity), UNTOLD]
        severity = reader.one_of(pairs["severity"], "severity", labels)
    return Case(
        expects=named[0],
        place=reader.place(node),
        spans=reader.strings(pairs["spans"], "spans") if "spans" in pairs else (),
        claim=Claim(claim) if claim else None,
        severity=severity,
        note=reader.string(pairs["note"], "note") if "note" in pairs else "",
        **text,
    )


def _text(reader: Reader, node: Node) -> dict[str, Any]:
    if isinstance(node, Scalar):
        if not node.value.strip():
            reader.fail(node, "the test has no text")
        return {"body": _paragraphs(node.value)}
    pairs = {key.value: value for key, value in reader.pairs(node, "a test's text")}
    for key in pairs:
        if key not in _TEXT_KEYS:
            reader.fail(pairs[key], f"{key!r} is no part of a test's text", did_you_mean(key, _TEXT_KEYS))
    if isinstance(node, Mapping) and not {
        "title",
        "body",
        "subtitle",
        "caption",
        "captions",
        "comment",
        "comments",
    } & set(pairs):
        reader.fail(node, "the test has no text", "give title: or body:")

    def all_of(*keys: str) -> tuple[str, ...]:
        return tuple(text for key in keys if key in pairs for text in reader.strings(pairs[key], key))

    body = all_of("body")
    return {
        "title": tidy(" ".join(all_of("title"))),
        "subtitle": tidy(" ".join(all_of("subtitle"))) or None,
        "body": tuple(paragraph for text in body for paragraph in _paragraphs(text)),
        "captions": tuple(tidy(text) for text in all_of("caption", "captions")),
        "comments": tuple(tidy_lines(text) for text in all_of("comment", "comments")),
        "language": next(iter(all_of("lang", "language")), None),
        "published_at": _instant(reader, pairs.get("published_at")),
    }


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(paragraph for part in re.split(r"\n\s*\n", text) if (paragraph := tidy(part)))


def _instant(reader: Reader, node: Node | None) -> dt.datetime | None:
    if node is None:
        return None
    at = reader.convert(node, "time", dt.datetime.fromisoformat, "write 2017-11-16 or 2017-11-16T09:00:00Z")
    return at if at is None or at.tzinfo else at.replace(tzinfo=dt.UTC)
