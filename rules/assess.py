"""How loudly an article would ring, per kind of alert.

A match takes the events of its rule's kinds whose sentence stands in a
paragraph that the rule's words matched in.  Each is worth the smaller of the
rule's severity and what its claim is worth, unless the rule gives that claim a
severity of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from state.article import Article
from state.records import Assessment, Claim, Event, Match, Severity

#: What a claim is worth where a rule does not say otherwise.
TABLE: Mapping[Claim, Severity] = {
    Claim.REPORTED: Severity.HIGH,
    Claim.PLANNED: Severity.HIGH,
    Claim.SOUGHT: Severity.HIGH,
    Claim.THREATENED: Severity.HIGH,
    Claim.CALLED_FOR: Severity.HIGH,
    Claim.CLAIMED: Severity.HIGH,
    Claim.ESTIMATED: Severity.HIGH,
    Claim.REVERSED: Severity.HIGH,
    Claim.RUMOURED: Severity.MEDIUM,
    Claim.CONDITIONAL: Severity.MEDIUM,
    Claim.DENIED: Severity.MEDIUM,
    Claim.REFUSED: Severity.MEDIUM,
    Claim.UNCLEAR: Severity.MEDIUM,
    Claim.BACKGROUND: Severity.LOW,
}
#: So many people changing sides at once are critical news.
CROWD = 50
_ENDED = frozenset(("court", "exec", "admin"))
# The claim shown for a kind is its loudest event's; among equals what was done comes before what was said.
_ORDER = tuple(TABLE)


def worth(event: Event) -> Severity:
    """Return the severity of an event by its claim, before any rule is asked."""
    if event.claim is Claim.BACKGROUND or event.subkind == "recruitment":
        return Severity.LOW
    if event.claim is Claim.REPORTED and _critical(event):
        return Severity.CRITICAL
    return TABLE[event.claim]


def _critical(event: Event) -> bool:
    if event.kind == "dissolution":
        return event.subkind in _ENDED
    return event.office or (event.count_min or 0) >= CROWD


def assess(article: Article, matches: Sequence[Match], events: Sequence[Event]) -> list[Assessment]:
    """Return one assessment per kind that matched, in the order of first match."""
    kinds = list(dict.fromkeys(match.kind for match in matches))
    made = [
        _assess(article, kind, [match for match in matches if match.kind == kind], events) for kind in kinds
    ]
    return [assessment for assessment in made if assessment is not None]


def _assess(
    article: Article, kind: str, matches: Sequence[Match], events: Sequence[Event]
) -> Assessment | None:
    ranked: list[tuple[Severity, int, Claim | None]] = []
    belonging: dict[int, Event] = {}
    told: list[Match] = []
    for match in matches:
        own = [event for event in events if _belongs(event, match)] if match.expects else []
        rows = _rank(match, own)
        if rows:
            told.append(match)
            belonging.update((id(event), event) for event in own)
            ranked += rows
    if not ranked:
        return None
    severity, _, claim = max(ranked, key=lambda row: (row[0], row[1]))
    return Assessment(
        kind=kind,
        severity=severity,
        claim=claim,
        rules=_named(article.language, told),
        events=tuple(event for event in events if id(event) in belonging),
        spans=tuple(dict.fromkeys(span for match in told for span in match.spans)),
    )


def _named(language: str | None, told: Sequence[Match]) -> tuple[str, ...]:
    """Return the rules to name, without those of a pack that are for other languages than the article's.

    Words of one language stand in texts of another; where the pack's rule for
    the article's own language found them too, that one is the reason.
    """
    tag = (language or "").split("-")[0].lower()
    fitting = {_pack(match) for match in told if tag in match.languages}
    kept = [match.rule for match in told if tag in match.languages or _pack(match) not in fitting]
    return tuple(dict.fromkeys(kept))


def _pack(match: Match) -> str:
    """Return what the rules of one pack have in common: ``dissolution`` of ``dissolution-fr``."""
    pack, _, ending = match.rule.rpartition("-")
    return pack if ending in match.languages else match.rule


def is_told(match: Match, events: Iterable[Event]) -> bool:
    """Tell whether a match says anything: where no event was drawn, words are nothing to a rule that says so."""
    if not match.expects or match.claims.get(Claim.UNCLEAR, match.severity) is not None:
        return True
    return any(_belongs(event, match) for event in events)


def _rank(match: Match, events: Iterable[Event]) -> list[tuple[Severity, int, Claim | None]]:
    """Return the severity of a match by each of its events, or the one it has without any.

    A claim to which the rule gives no severity at all is kept but told nobody.
    """
    if not match.expects:
        return [(_quiet(match, match.severity), 0, None)]
    found = [
        (event.claim, min(match.severity, worth(event)), event.subkind == "recruitment") for event in events
    ]
    if not found:
        found = [(Claim.UNCLEAR, min(match.severity, TABLE[Claim.UNCLEAR]), False)]
    rows: list[tuple[Severity, int, Claim | None]] = []
    for claim, usual, recruited in found:
        given: Severity | None = match.claims.get(claim, usual)
        if given is not None:
            severity = usual if recruited else given
            rows.append((_quiet(match, severity), -_ORDER.index(claim), claim))
    return rows


def _quiet(match: Match, severity: Severity) -> Severity:
    """Return low for words that stood only in comments or outside the article."""
    return Severity.LOW if match.outside else severity


def _belongs(event: Event, match: Match) -> bool:
    return event.kind in match.expects and any(span.field == event.quote_at.field for span in match.spans)
