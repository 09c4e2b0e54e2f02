"""Reads an article by one language's lexicon: its sentences become mentions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rules.events.draft import Draft, Where
from rules.events.lexical.lexicon import Lexicon, lexicon
from rules.events.lexical.parties import Party, acronyms, parties
from rules.events.lexical.scan import Hit, Sentence
from rules.events.lexical.slots import fill
from rules.events.lexical.stance import claim_of, year_of
from rules.events.reading import Unit
from state.article import Article
from state.records import Claim

_LONGEST_SENTENCE = 1200


@dataclass(frozen=True, slots=True)
class _Line:
    unit: Unit
    start: int
    end: int
    order: int
    sentence: Sentence


class LexicalReader:
    """Reads one article; made anew for each."""

    def __init__(self, article: Article, units: Sequence[Unit], language: str) -> None:
        self._lexicon: Lexicon = lexicon(language)
        self._published = article.published_at.year if article.published_at else None
        self._lines = list(self._read(units))

    def drafts(self) -> list[Draft]:
        """Return the mentions in reading order."""
        found: list[Draft] = []
        for number, line in enumerate(self._lines):
            triggers = line.sentence.of("trigger")
            if triggers:
                here = parties(line.sentence)
                near = here or self._parties_before(number)
                for trigger in self._meant(triggers, line.sentence, here, near):
                    found.append(self._draft(trigger, line, here, near))
        return found

    def _read(self, units: Sequence[Unit]) -> list[_Line]:
        lines: list[_Line] = []
        for unit in units:
            for start, end in unit.sentences:
                for begin in range(start, end, _LONGEST_SENTENCE):
                    stop = min(end, begin + _LONGEST_SENTENCE)
                    sentence = Sentence(unit.text[begin:stop], self._lexicon)
                    lines.append(_Line(unit, begin, stop, len(lines), sentence))
        return lines

    def _parties_before(self, number: int) -> list[Party]:
        """Return the parties of the sentence before in the same paragraph, or of the headline."""
        line = self._lines[number]
        for other in reversed(self._lines[max(0, number - 1) : number]):
            if other.unit.pointer == line.unit.pointer:
                return parties(other.sentence)
        return []

    def _meant(
        self, triggers: list[Hit], sentence: Sentence, here: list[Party], near: list[Party]
    ) -> list[Hit]:
        """Return the triggers that have what they need, one of each kind and claim."""
        kept: list[Hit] = []
        for trigger in triggers:
            if self._is_meant(trigger, sentence, here, near):
                same = next((t for t in kept if t.sense.kind == trigger.sense.kind), None)
                if same is None:
                    kept.append(trigger)
                elif (
                    _rank(trigger) > _rank(same)
                    and claim_of(same, sentence)[0] is claim_of(trigger, sentence)[0]
                ):
                    kept[kept.index(same)] = trigger
        return kept

    def _is_meant(self, trigger: Hit, sentence: Sentence, here: list[Party], near: list[Party]) -> bool:
        sense = trigger.sense
        if _is_about_other(trigger, sentence, here):
            return False
        if sense.needs == "none":
            return True
        if sense.needs == "people":
            return bool(sentence.of("people", "office"))
        if sense.needs == "named":
            return any(party.named for party in here)
        return bool(near) or bool(sentence.of("office") and sense.kind == "defection" and acronyms(sentence))

    def _draft(self, trigger: Hit, line: _Line, here: list[Party], near: list[Party]) -> Draft:
        claim, _ = claim_of(trigger, line.sentence)
        old = year_of(line.sentence, self._published)
        if claim is Claim.REPORTED and old is not None:
            claim = Claim.BACKGROUND
        where = Where(
            pointer=line.unit.pointer,
            start=line.start,
            end=line.end,
            order=line.order,
            headline=line.unit.headline,
            caption=line.unit.scope == "caption",
            comment=line.unit.scope == "comment",
        )
        draft = Draft(kind=trigger.sense.kind, subkind=trigger.sense.subkind, claim=claim, where=where)
        if old is not None:
            draft.date = draft.date_iso = str(old)
            draft.dated = True
        fill(draft, trigger, line.sentence, here or near)
        if trigger.sense.subkind in ("sought",) and claim is Claim.REPORTED:
            draft.claim = Claim.SOUGHT
        return draft


def _rank(trigger: Hit) -> tuple[int, int]:
    order = ("switch", "floor", "military", "nk", "mass", "join", "pledge", "leave", "expelled", "pressure")
    subkind = trigger.sense.subkind
    return -(order.index(subkind) if subkind in order else len(order)), trigger.end - trigger.start


def _is_about_other(trigger: Hit, sentence: Sentence, here: list[Party]) -> bool:
    """Tell whether the act is about a chamber, a firm, a band or a marriage rather than a party.

    Its object is the nearest noun on the side where the language puts objects.
    """
    if trigger.sense.needs == "none":
        return False
    others = sentence.of("other")
    if not others:
        return False
    start, end = sentence.original(trigger.start, trigger.end)
    distance = min(_distance(*sentence.original(h.start, h.end), start, end, sentence) for h in others)
    return all(_distance(party.start, party.end, start, end, sentence) >= distance for party in here)


def _distance(begin: int, stop: int, start: int, end: int, sentence: Sentence) -> int:
    """Return how far a noun is from the act; on the side without objects it counts as further."""
    if begin >= end:
        return begin - end + (20 if sentence.lexicon.verb_last else 0)
    if stop <= start:
        return start - stop + (0 if sentence.lexicon.verb_last else 20)
    return 0
