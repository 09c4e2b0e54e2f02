"""One comparison as it is shown: which versions, what is told of them now, what changed where."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crawler.difference.article import Change, compare
from crawler.difference.words import Part
from crawler.notify.labels import labels
from crawler.notify.sense import claim_label, sense
from rules.alerts.meaning import changes, meaning
from state.article import Article
from state.article_json import instant_to_json
from state.identity import host_of
from state.records import Event
from state.store.article_rows import VersionRow

#: Left-to-right and right-to-left marks, embeddings, overrides, isolates: they can make a text read otherwise.
_TURNING = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C}
_BREAKS = (0x0A,)
_SPACE = "\u2423"
_UNSEEN = {
    code: f"\u27e8U+{code:04X}\u27e9"
    for code in (
        *range(0x20),
        0x7F,
        *range(0x80, 0xA0),
        *_TURNING,
        0xFEFF,
        0x2028,
        0x2029,
        *range(0xFFF9, 0xFFFC),
    )
    if code not in _BREAKS
}


@dataclass(frozen=True, slots=True)
class Turn:
    """An event that reads differently now, in the words of our messages; empty where there is none."""

    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Two versions of one article and all that lies between them."""

    key: str
    was: Article
    now: Article
    first: VersionRow
    last: VersionRow
    kept: int
    turns: tuple[Turn, ...]
    changes: tuple[Change, ...]

    @property
    def has_meaning(self) -> bool:
        """Tell whether what is told of the page, or any fact in it, changed."""
        return bool(self.turns) or any(change.weight == "meaning" for change in self.changes)

    @property
    def verdict(self) -> str:
        """Return in one sentence how much changed."""
        if not any(change.kind != "unchanged" for change in self.changes):
            return "The two versions say the same."
        if self.turns:
            return "What is reported changed."
        if self.has_meaning:
            return "Facts, names, numbers or whole passages changed; what we told of it did not."
        if any(change.weight == "wording" for change in self.changes):
            return "Only the wording changed."
        return "Only spelling, spaces, signs or times changed: nothing that a reader would notice."


def difference(
    key: str,
    was: tuple[Article, VersionRow, Sequence[Event]],
    now: tuple[Article, VersionRow, Sequence[Event]],
    kept: int,
) -> Difference:
    """Return what lies between two versions, each with its events; ``kept`` is how many versions there are."""
    return Difference(
        key=key,
        was=was[0],
        now=now[0],
        first=was[1],
        last=now[1],
        kept=kept,
        turns=tuple(_turns(was[2], now[2], now[0])),
        changes=tuple(compare(was[0], now[0])),
    )


def shown(text: str) -> str:
    """Return text in which every sign that could drive a terminal or turn the reading order is written out."""
    return text.translate(_UNSEEN)


def shown_part(part: Part) -> str:
    """Return what went or came, or stayed, as text; a change of nothing but space or unseen signs is made seen."""
    if part.sign == "=" or any(unicodedata.category(char)[0] not in "ZC" for char in part.text):
        return shown(part.text)
    return "".join(_SPACE if char == " " else shown(_named(char)) for char in part.text)


def _named(char: str) -> str:
    return f"\u27e8U+{ord(char):04X}\u27e9" if unicodedata.category(char) == "Cf" else char


def to_json(difference: Difference) -> dict[str, Any]:
    """Return the comparison for machines; parts are pairs of ``=``, ``-`` or ``+`` and text."""
    return {
        "key": difference.key,
        "url": difference.now.url,
        "from": _version_json(difference.first),
        "to": _version_json(difference.last),
        "versions": difference.kept,
        "verdict": difference.verdict,
        "meaning": difference.has_meaning,
        "events": [{"was": turn.was or None, "now": turn.now or None} for turn in difference.turns],
        "changes": [
            {
                "field": change.field,
                "change": change.kind,
                "weight": change.weight,
                "parts": [[part.sign, part.text] for part in change.parts],
            }
            for change in difference.changes
            if change.kind != "unchanged"
        ],
    }


def _version_json(row: VersionRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "version": row.version,
        "seen_at": instant_to_json(row.seen_at),
        "rendering": row.rendering,
        "replaced": row.replaced,
    }


def _turns(before: Sequence[Event], after: Sequence[Event], page: Article) -> list[Turn]:
    found = changes(before, after, page)
    paired = [change.now for change in found if change.now is not None]
    known = {meaning(event) for event in before}
    fresh = [event for event in after if event not in paired and meaning(event) not in known]
    words = labels("en")
    named = words.word("outlet", page.site) if page.site and words.has("outlet", page.site) else None
    outlet = named or page.source or host_of(page.url or "")
    said = [Turn(_said(change.was, outlet), _said(change.now, outlet)) for change in found]
    turns = [*said, *(Turn("", _said(event, outlet)) for event in fresh)]
    return [turn for turn in dict.fromkeys(turns) if turn.was != turn.now]


def _said(event: Event | None, outlet: str) -> str:
    if event is None:
        return ""
    words = labels("en")
    return f"{claim_label(event, outlet, words)}: {sense(event, words)}"
