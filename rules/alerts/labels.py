"""What an alert can be matched by: one set of labels for routes, silences and inhibition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from state.records import Alert, Severity

Labels = Mapping[str, tuple[str, ...]]

#: Names that a matcher may use.
NAMES = ("alert", "story", "kind", "severity", "claim", "rule", "source", "language", "channel")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """An alert, and the article a notice about it rests on."""

    alert: Alert
    source: str | None = None
    language: str | None = None


def labels_of(subject: Subject, severity: Severity | None = None, channel: str | None = None) -> Labels:
    """Return the labels of a notice; ``rule`` has a value for each rule of the alert."""
    alert = subject.alert
    labels: dict[str, tuple[str, ...]] = {
        "alert": (alert.id,),
        "story": (alert.story,),
        "kind": (alert.kind,),
        "severity": ((severity or alert.severity).label,),
        "rule": alert.rules,
    }
    if alert.claim:
        labels["claim"] = (str(alert.claim),)
    if subject.source:
        labels["source"] = (subject.source,)
    if subject.language:
        labels["language"] = (subject.language,)
    if channel:
        labels["channel"] = (channel,)
    return labels


def fits(matchers: Mapping[str, str], labels: Labels) -> bool:
    """Tell whether every matcher holds.

    A value is compared as a whole; ``a|b`` is either, a trailing ``*`` stands
    for any ending, and a language also fits its longer tags (``zh`` includes
    ``zh-Hant`` and ``yue``).
    """
    return all(
        any(
            _same(name, wanted.strip(), value)
            for wanted in pattern.split("|")
            for value in labels.get(name, ())
        )
        for name, pattern in matchers.items()
    )


def _same(name: str, wanted: str, value: str) -> bool:
    if name == "language":
        return same_language(wanted, value)
    if wanted.endswith("*"):
        return value.startswith(wanted[:-1])
    return wanted == value


def same_language(wanted: str, tag: str) -> bool:
    """Tell whether a BCP 47 tag falls under a wanted one; ``zh`` includes ``yue``."""
    wanted, tag = wanted.lower(), tag.lower()
    if wanted == "zh" and tag.split("-")[0] == "yue":
        return True
    return tag == wanted or tag.startswith(f"{wanted}-")
