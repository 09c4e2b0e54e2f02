"""Reads an English article: its sentences become mentions of defections and dissolutions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from rules.events.dates import Dated, Reference, is_old, iso, reference
from rules.events.draft import Draft, Where
from rules.events.english import dates
from rules.events.english.actors import actor_of
from rules.events.english.acts import find
from rules.events.english.answered import weigh_story
from rules.events.english.context import Context, Person, Reading
from rules.events.english.contrast import read_contrast
from rules.events.english.datelines import behind_dateline
from rules.events.english.deciding import deciding_words
from rules.events.english.defection import read_defection
from rules.events.english.dissolution import read_dissolution
from rules.events.english.headlines import Headlines
from rules.events.english.lead import settle_background
from rules.events.english.listed import read_listed
from rules.events.english.loose import Sentence, read_loosely
from rules.events.english.named import name_actors, name_parties, spell_out
from rules.events.english.names import PartyNames
from rules.events.english.nominal_end import read_attribute, read_nominal_end
from rules.events.english.nominal_move import read_nominal_move
from rules.events.english.phrases import Parsed, parse
from rules.events.english.replies import read_replies
from rules.events.english.speech import note_speaker
from rules.events.english.stance import Stance
from rules.events.english.tags import tag
from rules.events.english.tokens import Token, tokenise
from rules.events.english.trigger import act_words
from rules.events.english.words import Words, words
from rules.events.gazetteer import countries
from rules.events.reading import Unit
from state.article import Article
from state.records import Claim

_LONGEST_SENTENCE = 1500
_VOTE = re.compile(r"\bthe ((?:19|20)\d\d) (?:\w+ )?(?:election|elections|vote|polls|ballot)\b")
_LEAVING = frozenset(("leave", "leave_from", "membership", "resign", "move", "switch", "floor"))
_JOINING = frozenset(("join", "pledge"))
#: Words that show an army or police in an article.
_ARMED = frozenset(
    "army armies military soldier soldiers troops police policeman policemen navy regime junta rebel rebels militia "
    "battalion brigade regiment garrison colonel lieutenant sergeant corporal militant militants insurgents fighters "
    "guerrillas gendarmes conscripts barracks defence defense force forces korean korea armed war coup mutiny mutineers "
    "resistance frontline gendarmerie infantry paramilitary security intelligence asylum".split()
)
#: Paragraphs of the lead.
_LEAD = 2


@dataclass(slots=True)
class _Line:
    unit: Unit
    start: int
    end: int
    tokens: list[Token]
    text: str
    #: Where the dateline ends.
    opens: int = 0
    dates: list[Dated] | None = None


class EnglishReader:
    """Reads one article; made anew for each."""

    def __init__(self, article: Article, units: Sequence[Unit]) -> None:
        self.words: Words = words()
        self.article = article
        self.lines = [line for unit in units for line in self._lines(unit)]
        self.names = PartyNames(self.words, countries(" ".join(unit.text for unit in units)))
        self.context = Context(self.words)
        self._moved = False
        self._pressed = -100
        self._readings: list[Reading] = []
        body = [line.tokens for line in self.lines if not line.unit.headline]
        headlines = Headlines(body, self.words)
        for line in self.lines:
            if line.unit.headline:
                headlines.recase(line.tokens)
            self.names.learn(line.tokens)
        self._count_worlds()

    @cached_property
    def reference(self) -> Reference:
        """Return the day that dates are read against."""
        found = [row for line in self.lines for row in self._dates(line)]
        stamps = [c.posted_at for c in self.article.comments if c.posted_at is not None]
        return reference(self.article.published_at, found, stamps)

    def _dates(self, line: _Line) -> list[Dated]:
        if line.dates is None:
            line.dates = [row for row in dates.find(line.text, self.words) if row.start >= line.opens]
        return line.dates

    def _lines(self, unit: Unit) -> list[_Line]:
        lines: list[_Line] = []
        for start, end in unit.sentences:
            for begin in range(start, end, _LONGEST_SENTENCE):
                stop = min(end, begin + _LONGEST_SENTENCE)
                text = unit.text[begin:stop]
                behind = 0 if begin or unit.headline else behind_dateline(text)
                tokens = [t for t in tokenise(text, self.words) if t.start >= behind]
                for token in tokens:
                    token.headline = unit.headline
                lines.append(_Line(unit, begin, stop, tokens, text, behind))
        return lines

    def _count_worlds(self) -> None:
        """Weigh words of politics against those of sports, culture and business; names count for neither."""
        politics = self.words.set("politics")
        elsewhere = self.words.set("sports") | self.words.set("culture") | self.words.set("business")
        context = self.context
        for line in self.lines:
            for token in line.tokens:
                context.political += token.low in politics
                context.other_world += token.low in elsewhere and not token.capital
        context.armed = any(t.low in _ARMED for line in self.lines for t in line.tokens)
        party = any(t.low == "party" for line in self.lines for t in line.tokens)
        parties = self.words.set("partisan")
        context.party_words = sum(
            t.low in ("party", "parties", "opposition") for line in self.lines for t in line.tokens
        )
        context.partisan = sum(t.low in parties for line in self.lines for t in line.tokens)
        context.partisan += len(self.names.sure)
        context.political += len(self.names.sure)
        foreign = context.other_world > 2 * (context.political + party)
        self.names.promote(political=context.political > 0 or party, other_world=foreign)

    # ---- reading

    def drafts(self) -> list[Draft]:
        """Return every mention in reading order."""
        found: list[Draft] = []
        unit: Unit | None = None
        for order, line in enumerate(self.lines):
            if unit is not line.unit:
                unit = line.unit
                self.context.new_paragraph()
            found += self._sentence(line, order)
        body = [r for r in self._readings if not r.where.comment]
        if not any(d.kind == "defection" and d.subkind != "recruitment" and not d.faint for d in found):
            found += read_contrast(body)
        found += read_listed(body, found)
        name_actors(found, self._readings)
        name_parties(found, self._readings)
        spell_out(found, self._readings)
        settle_background(found, self._lead_end())
        weigh_story(found, self._readings, self.article.title or "", self._lead_end())
        lead = [r for r in self._readings[: self._lead_end() + 1] if not (r.where.comment or r.where.caption)]
        return found + read_loosely([_sentence_of(r) for r in lead], found)

    def _lead_end(self) -> int:
        """Return the order of the last sentence of the headlines and the first two paragraphs."""
        body: list[Unit] = []
        for order, line in enumerate(self.lines):
            if not line.unit.headline and line.unit not in body:
                body.append(line.unit)
            if len(body) > _LEAD:
                return order - 1
        return len(self.lines)

    def _sentence(self, line: _Line, order: int) -> list[Draft]:
        parties = self.names.find(line.tokens)
        tag(line.tokens, self.words)
        p = parse(line.text, line.tokens, parties, self.words, headline=line.unit.headline)
        self.context.learn(p)
        where = Where(
            line.unit.pointer,
            line.start,
            line.end,
            order,
            line.unit.headline,
            line.unit.scope == "caption",
            line.unit.scope == "comment",
        )
        r = Reading(p, self.context, where)
        self._readings.append(r)
        self._note_speaker(r)
        acts = any(token.low in act_words() for token in line.tokens)
        found = self._acts(r, line) if acts else []
        found += self._replies(r, found)
        for draft in found:
            draft.cues = deciding_words(p, draft.claim, self.words)
        self._pressed = order if any(d.subkind == "pressure" for d in found) else self._pressed
        self._moved |= any(d.kind == "defection" for d in found)
        self.context.after(p)
        self.context.ending |= any(d.kind == "dissolution" for d in found)
        return found

    def _replies(self, r: Reading, found: list[Draft]) -> list[Draft]:
        if not (self._moved or any(d.kind == "defection" for d in found)):
            return []
        if any(d.claim in (Claim.REFUSED, Claim.DENIED) and d.kind == "defection" for d in found):
            return []
        near = r.where.order - self._pressed <= 4 or any(d.subkind == "pressure" for d in found)
        return read_replies(r, pressed=near, moved=any(d.kind == "defection" for d in found))

    def _acts(self, r: Reading, line: _Line) -> list[Draft]:
        p = r.p
        found: list[tuple[int, Draft]] = []
        hits = find(p, self.words)
        frames = {frame for hit in hits for frame in hit.frames}
        r.paired = bool(frames & _LEAVING) and bool(frames & _JOINING)
        for hit in hits:
            draft = read_defection(r, hit) if hit.kind == "defection" else read_dissolution(r, hit)
            if draft is not None:
                self._date(p, draft, line, hit.verb.first, hit.last)
                self._quoted(p, draft, hit.verb.main)
                found.append((hit.verb.main, draft))
        for at, draft in self._nouns(r):
            phrase = p.phrase_at(at)
            if phrase is None:
                continue
            if not draft.attributive:
                self._date(p, draft, line, phrase.first, phrase.last)
                self._quoted(p, draft, at)
            found.append((at, draft))
        ordered = [draft for _, draft in sorted(found, key=lambda pair: pair[0])]
        return _without_undone(ordered)

    def _nouns(self, r: Reading) -> list[tuple[int, Draft]]:
        moved = self.words.set("defection.nouns.defection") | self.words.set("defection.nouns.leave")
        moved |= self.words.set("defection.nouns.people") | self.words.set("defection.nouns.join")
        ended = frozenset().union(
            *(
                self.words.set(f"dissolution.{n}")
                for n in ("nouns", "suspend_nouns", "disq_nouns", "seat_nouns", "restore_nouns")
            )
        )
        found: list[tuple[int, Draft]] = []
        for index, token in enumerate(r.p.tokens):
            if token.pos == "V" or token.party >= 0:
                continue
            draft = read_nominal_move(r, index) if token.low in moved else None
            if draft is None and token.low in ended:
                draft = read_nominal_end(r, index)
            if draft is None and token.low in self.words.set("dissolution.attributes"):
                draft = read_attribute(r, index)
            if draft is not None:
                found.append((index, draft))
        return found

    def _date(self, p: Parsed, draft: Draft, line: _Line, first: int, last: int) -> None:
        verb = p.verb_at(first)
        asked = draft.claim in (Claim.CALLED_FOR, Claim.THREATENED, Claim.SOUGHT)
        main = asked or (verb is not None and verb.finite) or p.headline or draft.claim is Claim.REPORTED
        row = dates.of_act(p, self._dates(line), first, last, main=main)
        if row is not None:
            draft.date, draft.date_iso, draft.dated = row.text, iso(row, self.reference), True
            old = is_old(row, self.reference)
            done = draft.claim in (Claim.REPORTED, Claim.REVERSED, Claim.REFUSED)
            if (done and old) or (draft.claim is Claim.REPORTED and self._relative_year(p, first, row)):
                draft.claim = Claim.BACKGROUND
        elif draft.claim is Claim.REPORTED and self._names_old_vote(p, line, last):
            draft.claim = Claim.BACKGROUND
        elif draft.claim is Claim.REPORTED:
            draft.date, draft.date_iso = self._carried_date(line)
        if draft.claim is Claim.REPORTED and not draft.dated and self._had_left(p, draft, first):
            draft.claim = Claim.BACKGROUND
        if draft.attributive and not draft.dated and draft.claim is not Claim.BACKGROUND:
            draft.claim = Claim.BACKGROUND
        if draft.date is not None:
            draft.date = _bare(draft.date)

    def _names_old_vote(self, p: Parsed, line: _Line, last: int) -> bool:
        """Tell whether an act is placed at a vote of an earlier year: "kept out of the 2023 general election"."""
        base = self.reference.published
        vote = _VOTE.search(line.text)
        if vote is None or base is None or int(vote.group(1)) >= base.year:
            return False
        between = [t for t in p.tokens[last:] if t.start < vote.start()]
        return bool(between) and not any(t.pos == "V" for t in between)

    def _had_left(self, p: Parsed, draft: Draft, first: int) -> bool:
        """Tell whether people are only described by an older act: "deputies who had left her party"."""
        relative = first > 0 and p.tokens[first - 1].low == "who" and p.tokens[first].low == "had"
        return relative and draft.kind == "defection" and not (draft.from_ and draft.to)

    def _carried_date(self, line: _Line) -> tuple[str | None, str | None]:
        """Return the date that an earlier sentence of the paragraph begins with: "In March, he was arrested"."""
        earlier = [one for one in self.lines if one.unit is line.unit and one.start < line.start]
        for one in reversed(earlier):
            rows = self._dates(one)
            text = iso(rows[0], self.reference) if rows and rows[0].start <= 3 else None
            if text:
                return rows[0].text, text
        return None, None

    def _relative_year(self, p: Parsed, first: int, row: Dated) -> bool:
        """Tell whether a relative clause or participle gives an old act by its year: "X, which was dissolved in 2017"."""
        if row.year is None:
            return False
        at = first - 1
        while at >= 0 and p.tokens[at].pos in ("ADV", "AUX"):
            at -= 1
        relative = at >= 0 and p.tokens[at].pos == "REL"
        verb = p.verb_at(first)
        apposed = (
            verb is not None
            and not verb.be
            and at >= 0
            and p.tokens[at].low == ","
            and verb.use in ("past", "part")
        )
        later = any(v.first > first and v.finite and not v.infinitive for v in p.verbs)
        return (relative or apposed) and later

    # ---- who speaks

    def _note_speaker(self, r: Reading) -> None:
        """Remember who speaks in a sentence: "I" of the next quotation is the same."""
        say = self.words.set("say")
        quotes = any(token.pos == "QUOTE" for token in r.p.tokens)
        for verb in r.p.verbs:
            if verb.lemma not in say or r.p.tokens[verb.main].quoted or verb.infinitive:
                continue
            stance = Stance()
            note_speaker(r, verb, stance)
            actor = actor_of(r, stance.speaker)
            if actor is None or not actor.text or stance.speaker is None:
                continue
            person = self.context.people.get(actor.text.lower())
            if person is None and stance.speaker.kind == "group" and quotes:
                person = Person(actor.text, actor.party, actor.politician, actor.national, actor.military)
            if person is not None:
                self.context.speaker = person
                return

    def _quoted(self, p: Parsed, draft: Draft, at: int) -> None:
        if not p.tokens[at].quoted:
            return
        speaker = self.context.speaker
        if draft.said_by is None and speaker is not None:
            draft.said_by = speaker.name
        if draft.kind == "defection" and draft.actor is not None and draft.actor == self.context.group:
            draft.faint = True
        own = speaker is not None and draft.actor is not None and speaker.name == draft.actor
        if draft.claim is Claim.REPORTED and not own and speaker is not None and speaker.name[:1].isupper():
            draft.claim = Claim.CLAIMED


def _sentence_of(r: Reading) -> Sentence:
    return Sentence(r.where, r.p.text, tuple(name.name for name in r.p.parties))


def _without_undone(drafts: list[Draft]) -> list[Draft]:
    """Leave out the dissolution that a sentence only names to say that it was undone."""
    undone = [d for d in drafts if d.subkind == "restore"]
    ended = ("court", "exec", "admin", "suspend", "disq", "background", "sought")
    return [
        d
        for d in drafts
        if not (
            undone
            and d.kind == "dissolution"
            and d.subkind in ended
            and any(d.actor == u.actor for u in undone)
        )
    ]


def _bare(text: str) -> str:
    first, _, rest = text.partition(" ")
    return rest if rest and first.lower() in ("on", "in", "during", "at", "late", "early", "of") else text
