"""One line that says who said what happened to whom, the claim before every name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crawler.notify.labels import Labels
from crawler.notify.plain import shorten
from crawler.notify.told import Told
from state.records import Claim, Event, Span

_DONE = frozenset((Claim.REPORTED, Claim.CLAIMED, Claim.ESTIMATED, Claim.RUMOURED, Claim.BACKGROUND))
_WANTED = frozenset((Claim.CALLED_FOR, Claim.PLANNED))
_NAME_MAX = 70


def claim_label(event: Event, outlet: str, words: Labels) -> str:
    """Return the label with whose claim it is."""
    return words.claim(event.claim, who=who_says(event, outlet), date=_short(event.date))


def who_says(event: Event, outlet: str) -> str | None:
    """Return whose claim it is: the outlet of what it reports, else the speaker, else who orders it."""
    if event.claim in (Claim.REPORTED, Claim.BACKGROUND):
        return _short(outlet)
    if event.claim in (Claim.CALLED_FOR, Claim.THREATENED, Claim.SOUGHT):
        return _short(event.by or event.said_by)
    if event.claim == Claim.REVERSED:
        return _short(event.by)
    return _short(event.said_by)


def sense(event: Event, words: Labels) -> str:
    """Return actor, act and party in the grammar of the event's claim, never as a truth of ours."""
    form = _form(event)
    actor = _short(event.actor)
    act = _dissolution(event, form, words) if event.kind == "dissolution" else _defection(event, form, words)
    said = _joined(actor, act, form, words)
    count = _short(event.count)
    if count and count not in said:
        said += f" ({words.text('number', count=count)})"
    return said


def told_line(told: Told, words: Labels) -> str:
    """Return ``CLAIM by X: actor, act, party`` of a notice's leading event."""
    event = told.lead
    if event is None:
        claim = told.notice.claim
        said = ", ".join(matched_words(told)[:3])
        return f"{words.claim(claim)}: {said}" if said else words.claim(claim)
    return f"{claim_label(event, told.outlet, words)}: {sense(event, words)}"


def matched_words(told: Told) -> list[str]:
    """Return the words that matched, each once, in the order of the article's fields."""
    spans = [span for match in told.matches for span in match.spans]
    return list(dict.fromkeys(f"“{shorten(span.quote, 40)}”" for span in spans))


def _form(event: Event) -> str:
    if event.claim in _DONE:
        return "past"
    return "to" if event.claim in _WANTED else "ing"


def _joined(actor: str | None, act: str, form: str, words: Labels) -> str:
    if form == "past":
        return f"{actor or words.text('unnamed')} {act}"
    if form == "to":
        return f"{actor or words.text('unnamed')} {act}"
    return f"{actor}, {act}" if actor and actor not in act else act


def _defection(event: Event, form: str, words: Labels) -> str:
    sides = {"from": _short(event.from_), "to": _short(event.to)}
    if event.to and sides["from"] and sides["from"] in (event.actor or ""):
        # "members of the X to go over to Y" names X once.
        sides["from"] = None
    ending = "".join(name[0] for name, side in sides.items() if side)
    values = {name: side or "" for name, side in sides.items()} | {"be": _be(event, words)}
    # A pledge to one side says nothing about how the other was left.
    for suffix in dict.fromkeys((ending, "t" if sides["to"] else "", "f" if sides["from"] else "", "")):
        found = _act(words, f"defection.{event.subkind}", f"{form}_{suffix}" if suffix else form, values)
        if found:
            return found
    return _act(words, "defection", f"{form}_{ending}" if ending else form, values) or ""


def _dissolution(event: Event, form: str, words: Labels) -> str:
    actor, by = _short(event.actor) or words.text("unnamed_party"), _short(event.by) or ""
    values = {"actor": actor, "by": by, "be": _be(event, words)}
    key = f"{form}_by" if event.by and form != "ing" else form
    for table in (f"dissolution.{event.subkind}", "dissolution"):
        if found := _act(words, table, key, values):
            return found
    return ""


def _be(event: Event, words: Labels) -> str:
    return words.word("be", "many" if event.count and event.count_min != 1 else "one")


def _act(words: Labels, table: str, key: str, values: Mapping[str, str]) -> str | None:
    return words.word(table, key, **values) if words.has(table, key) else None


def _short(name: str | None) -> str | None:
    return shorten(name, _NAME_MAX) if name and name.strip() else None


def side(told: Told, name: str) -> Event | None:
    """Return one half of "was … now …" as an event; None where the page says nothing of it."""
    form: Mapping[str, Any] = told.notice.told.get(name) or {}
    kind = told.alert.kind
    if not form.get("claim") or kind not in ("defection", "dissolution"):
        return None
    quote = str(form.get("quote") or "")
    same = next((event for event in told.notice.events if event.quote == quote), None)
    return Event(
        kind="defection" if kind == "defection" else "dissolution",
        subkind=same.subkind if same else str(form.get("subkind") or ""),
        claim=Claim(form["claim"]),
        quote=quote,
        quote_at=same.quote_at if same else Span("", 0, 0, ""),
        claim_words=same.claim_words if same else (),
        date=same.date if same else None,
        actor=form.get("actor"),
        from_=form.get("from"),
        to=form.get("to"),
        by=form.get("by"),
        said_by=form.get("said_by"),
        count=form.get("count"),
    )
