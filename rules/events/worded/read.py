"""Reads an article by a language's word lists: acts, the sides beside them, and the words that decide the claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from rules.events.dates import Dated, Reference, is_old, iso, reference
from rules.events.draft import Draft, Where
from rules.events.reading import Unit
from rules.events.worded.claimants import name_sayer
from rules.events.worded.claims import Act, claim_of, cue_alone
from rules.events.worded.dates import find as find_dates
from rules.events.worded.dates import of_acts
from rules.events.worded.lexicon import Lexicon, by_text, lexicon, whole
from rules.events.worded.listed import each_listed
from rules.events.worded.mention import Mention, Sentence
from rules.events.worded.roles import behind, find_slots, party_of
from rules.events.worded.settle import Said, merged, settled
from rules.events.worded.sides import bodies, parties, people
from rules.fold import fold
from state.article import Article
from state.records import Claim

_ASKED = frozenset((Claim.THREATENED, Claim.SOUGHT, Claim.CALLED_FOR))
_MASS = 24
#: Acts by which somebody leaves the party that he is told to be of.
_LEFT = frozenset(("switch", "leave", "join", "floor", "expelled", "pressure"))


@dataclass(slots=True)
class _Memory:
    """What the paragraph has named so far."""

    party: str | None = None
    person: Mention | None = None
    main: str | None = None


@dataclass(slots=True)
class WordedReader:
    """Reads the units of one article in one language."""

    article: Article
    units: Sequence[Unit]
    code: str
    lexicon: Lexicon = field(init=False)
    political: bool = False
    newcomer: bool = False
    said: Said = field(default_factory=Said)

    def __post_init__(self) -> None:
        self.lexicon = lexicon(self.code)

    def drafts(self, first_order: int = 0) -> list[Draft]:
        """Return every mention in reading order."""
        acts = self.lexicon.acts
        folded = [fold(unit.text) for unit in self.units]
        if acts is None or not any(acts.search(one.text) for one in folded):
            return []
        politics = self.lexicon.pattern("politics", "party.words", "people.politicians")
        self.political = politics is not None and any(politics.search(one.text) for one in folded)
        newcomers = self.lexicon.pattern("newcomers")
        self.newcomer = newcomers is not None and any(newcomers.search(one.text) for one in folded)
        ref = self._reference()
        found: list[Draft] = []
        order, memory = first_order, _Memory()
        for unit in self.units:
            memory.party, memory.person = None, memory.person
            for start, end in unit.sentences:
                where = Where(
                    unit.pointer,
                    start,
                    end,
                    order,
                    unit.headline,
                    unit.scope == "caption",
                    unit.scope == "comment",
                )
                found += self._sentence(unit.text[start:end], where, memory, ref)
                order += 1
        if self._headed("elsewhere"):
            return []
        if self._headed("history"):
            for draft in found:
                draft.claim = Claim.BACKGROUND if draft.claim is Claim.REPORTED else draft.claim
        return settled(found, self.said)

    def _headed(self, path: str) -> bool:
        """Tell whether the headline calls the article one about what a list holds: the past, a snake."""
        pattern = self.lexicon.pattern(path)
        heads = (fold(unit.text).text for unit in self.units if unit.headline)
        return pattern is not None and any(pattern.search(text) for text in heads)

    def _reference(self) -> Reference:
        rows = [row for unit in self.units for row in find_dates(unit.text, self.lexicon)]
        stamps = [c.posted_at for c in self.article.comments if c.posted_at is not None]
        return reference(self.article.published_at, rows, stamps)

    def _sentence(self, text: str, where: Where, memory: _Memory, ref: Reference) -> list[Draft]:
        sentence = Sentence(text, fold(text))
        sides = parties(sentence, self.lexicon, political=self.political)
        acts = self._acts(sentence, sides)
        named = [m for m in sides if m.name]
        institutions = bodies(sentence, self.lexicon)
        persons = people(sentence, self.lexicon, [*sides, *institutions])
        if not acts:
            self._remember(memory, named, [])
            self._note(sentence, where, named, persons)
            return []
        found = []
        for act in acts:
            draft = self._draft(sentence, act, sides, institutions, persons, where, memory)
            if draft is not None:
                self._date(sentence, act, draft, ref)
                found += each_listed(sentence, draft, persons, self.lexicon)
        self._remember(memory, named, [m for m in persons if m.kind == "person"])
        return merged(found)

    def _remember(self, memory: _Memory, named: Sequence[Mention], persons: Sequence[Mention]) -> None:
        if named:
            memory.party = named[-1].name
            memory.main = memory.main or named[0].name
        if persons:
            memory.person = persons[0]

    def _note(
        self, sentence: Sentence, where: Where, named: Sequence[Mention], persons: Sequence[Mention]
    ) -> None:
        """Keep what a sentence without an act says of the others: a headline's claim, who somebody is."""
        unverified = self.lexicon.pattern("unverified")
        if unverified is not None and unverified.search(sentence.folded.text):
            self.said.unverified = True
        if where.headline:
            self.said.headline = self.said.headline or cue_alone(sentence, self.lexicon)
        speakers = self.lexicon.pattern("people.speakers")
        names = [m.text for m in persons if m.kind == "person"]
        quoting = not named and any(mark in sentence.text for mark in '"“”«»「」‘’')
        if len(names) == 1 and not quoting and not (speakers and speakers.search(sentence.folded.text)):
            self.said.introduced.append((where.order, names[0], named[0].text if named else None))

    # ---- acts

    def _acts(self, sentence: Sentence, sides: Sequence[Mention]) -> list[Act]:
        text, lexicon = sentence.folded.text, self.lexicon
        if lexicon.acts is None or self._general(text):
            return []
        vetoes = [
            m.span() for pattern in (lexicon.pattern("vetoes"),) if pattern for m in pattern.finditer(text)
        ]
        found: list[Act] = []
        for match in lexicon.acts.finditer(text):
            start, end = match.span()
            if not whole(text, end) or any(a < end and start < b for a, b in vetoes):
                continue
            if any(m.name and m.start <= start and end <= m.end for m in sides):
                continue
            found += [Act(trigger, start, end) for trigger in by_text(lexicon.triggers, match.group())]
        return found

    def _general(self, text: str) -> bool:
        pattern = self.lexicon.pattern("generic")
        return pattern is not None and pattern.search(text) is not None

    # ---- one mention

    def _draft(
        self,
        sentence: Sentence,
        act: Act,
        sides: Sequence[Mention],
        institutions: Sequence[Mention],
        persons: Sequence[Mention],
        where: Where,
        memory: _Memory,
    ) -> Draft | None:
        if act.trigger.within and not self._object(sentence, act, sides):
            return None
        claim, cue_subkind = claim_of(
            sentence, act, self.lexicon, [*(m for m in sides if m.name), *institutions]
        )
        draft = Draft(act.trigger.kind, act.trigger.subkind, claim, where)  # type: ignore[arg-type]
        slots = find_slots(
            sentence, act, sides, institutions, lexicon=self.lexicon, last=(memory.party, memory.main)
        )
        if act.trigger.kind == "dissolution":
            made = self._dissolution(draft, act, slots, persons, memory)
        else:
            made = self._defection(draft, act, slots, persons, memory, (sentence, sides))
        if made is not None and cue_subkind:
            made.subkind = cue_subkind
        if made is not None:
            name_sayer(sentence, made, act, persons, institutions, self.lexicon)
        return made

    def _object(self, sentence: Sentence, act: Act, sides: Sequence[Mention]) -> bool:
        """Tell whether a party stands where the act has what it is done to, a few words away."""
        text, trigger = sentence.folded.text, act.trigger
        wanted = ("actor",) if trigger.kind == "dissolution" else ("from", "to")
        for mention in sides:
            if trigger.after in wanted and behind(mention, act):
                between = text[act.end : mention.start]
            elif trigger.before in wanted and mention.end <= act.start:
                between = text[mention.end : act.start]
            else:
                continue
            if len(between.split()) <= trigger.within:
                return True
        return False

    def _dissolution(
        self, draft: Draft, act: Act, slots: dict[str, Mention], persons: Sequence[Mention], memory: _Memory
    ) -> Draft | None:
        by = slots.get("by")
        own = slots.pop("by") if draft.subkind == "self" and by is not None and by.kind == "party" else None
        party = slots.get("actor") or own or slots.get("from") or slots.get("to")
        if act.trigger.subkind == "bans":
            who = next((m for m in persons if m.kind in ("group", "person")), None)
            draft.actor = who.text if who is not None else None
            draft.count, draft.count_min = (who.count, who.count_min) if who is not None else (None, None)
        elif party is not None:
            draft.actor, draft.actor_named = party.name or party.text, party.name is not None
            draft.described |= {"actor"} if party.name is None else set()
            into = slots.get("to")
            if draft.subkind == "self" and into is not None and into is not party:
                draft.to = into.name or into.text
        elif act.trigger.needs == "none" or (memory.party and act.trigger.needs == "party"):
            draft.actor, draft.actor_named = memory.party or memory.main, bool(memory.party or memory.main)
            if draft.actor is None and not self.political:
                return None
        else:
            return None
        by = slots.get("by")
        if by is None and draft.claim in _ASKED | {Claim.DENIED, Claim.PLANNED}:
            asking = [m for m in persons if m.kind == "person" and m.end <= act.start]
            draft.by = asking[-1].text if asking else None
        if by is not None:
            draft.by = by.text
            kinds = {"court": "court", "executive": "exec", "administration": "admin"}
            if draft.subkind in ("court", "exec", "admin") and by.kind in kinds:
                draft.subkind = kinds[by.kind]
        if draft.claim in _ASKED | {Claim.REFUSED} and draft.subkind in ("court", "exec", "admin"):
            draft.subkind = "sought"
        if draft.subkind == "restore" and draft.claim is Claim.REPORTED:
            draft.claim = Claim.REVERSED
        if draft.subkind == "background":
            draft.claim, draft.attributive = Claim.BACKGROUND, True
        return draft

    def _defection(
        self,
        draft: Draft,
        act: Act,
        slots: dict[str, Mention],
        persons: Sequence[Mention],
        memory: _Memory,
        within: tuple[Sentence, Sequence[Mention]],
    ) -> Draft | None:
        actor = self._addressed(act, persons) if draft.claim is Claim.CALLED_FOR else None
        actor = actor or self._actor(act, persons)
        soldiers = next((m for m in persons if m.military), None)
        if act.trigger.needs == "military" and not (actor is not None and (actor.military or actor.count)):
            actor = soldiers
        sided = any(slots.get(slot) for slot in ("from", "to", "actor"))
        armed = soldiers is not None
        if not self._enough(act, actor, memory, sided=sided, armed=armed):
            return None
        draft.faint = act.trigger.needs == "none" and not (sided or actor or memory.party)
        if actor is not None:
            draft.actor, draft.actor_named = actor.text, actor.kind == "person"
            draft.count, draft.count_min, draft.office = actor.count, actor.count_min, actor.national
        self._take_sides(draft, act, slots, memory)
        if draft.from_ is None and actor is not None and draft.subkind in _LEFT:
            party = party_of(*within, actor, draft.to)
            draft.from_ = party.name if party is not None else None
        by = slots.get("by")
        draft.by = by.text if by is not None else None
        asking = [m for m in persons if m.end <= act.start and m is not actor]
        if draft.by is None and draft.claim is Claim.CALLED_FOR and asking:
            draft.by = asking[0].text
        if draft.subkind in ("switch", "leave", "join"):
            draft.subkind = self._moved(draft, actor)
        return draft

    def _enough(self, act: Act, actor: Mention | None, memory: _Memory, *, sided: bool, armed: bool) -> bool:
        """Tell whether a sentence names what its act needs: a party, a soldier, somebody of politics."""
        politician = actor is not None and actor.politician
        if act.trigger.needs == "party":
            return sided or bool(memory.party and (not self.lexicon.capitals or politician))
        if act.trigger.needs == "military":
            return actor is not None and armed
        return sided or politician or act.trigger.needs != "politics"

    def _take_sides(self, draft: Draft, act: Act, slots: dict[str, Mention], memory: _Memory) -> None:
        """Fill the sides of a move; a party told only before it is the one that the act is about."""
        from_, to, own = slots.get("from"), slots.get("to"), slots.get("actor")
        draft.from_ = from_.name or from_.text if from_ else None
        draft.to = to.name or to.text if to else None
        draft.described |= {
            slot for slot, side in (("from_", from_), ("to", to)) if side and side.name is None
        }
        if own is not None and draft.from_ is None and (own.name or own.text) != draft.to:
            draft.from_ = draft.actor_party = own.name or own.text
            draft.described |= {"from_"} if own.name is None else set()
        if draft.from_ is None and draft.to is None and act.trigger.needs == "party" and memory.party:
            slot = act.trigger.after if act.trigger.after in ("from", "to") else act.trigger.before
            setattr(draft, "to" if slot == "to" else "from_", memory.party)

    def _moved(self, draft: Draft, actor: Mention | None) -> str:
        if self._recruited(draft, actor):
            return "recruitment"
        if (draft.count_min or 0) >= _MASS:
            return "mass"
        if draft.from_ and draft.to:
            return "switch"
        return draft.subkind

    def _recruited(self, draft: Draft, actor: Mention | None) -> bool:
        """Tell whether somebody of no party joins one: new members, not defectors."""
        crowd = actor is not None and actor.kind == "group" and not (actor.politician or actor.military)
        new = crowd and self.lexicon.capitals
        return (new or self.newcomer) and draft.subkind == "join" and draft.from_ is None

    def _actor(self, act: Act, persons: Sequence[Mention]) -> Mention | None:
        before = [m for m in persons if m.end <= act.start]
        after = [m for m in persons if m.start >= act.end]
        side = self.lexicon.setting("subject", "before")
        first, second = (after, before) if side == "after" else (before, after)
        for choice, last in ((first, side != "after"), (second, side == "after")):
            named = [m for m in choice if m.kind == "person"]
            groups = [m for m in choice if not m.unit]
            pool = named or [m for m in groups if m.count] or groups or choice
            if pool:
                return self._described(pool[-1] if last else pool[0], persons)
        return None

    def _addressed(self, act: Act, persons: Sequence[Mention]) -> Mention | None:
        """Return those a call goes out to: the last of several spoken of before the act; None else."""
        before = [m for m in persons if m.end <= act.start]
        return before[-1] if len(before) > 1 else None

    def _described(self, actor: Mention, persons: Sequence[Mention]) -> Mention:
        """Give a name the office that stands beside it."""
        for other in persons:
            beside = min(abs(other.end - actor.start), abs(actor.end - other.start)) <= 4
            if other is not actor and other.kind == "group" and beside and actor.kind == "person":
                return replace(
                    actor,
                    national=actor.national or other.national,
                    politician=actor.politician or other.politician,
                    military=actor.military or other.military,
                )
        return actor

    def _date(self, sentence: Sentence, act: Act, draft: Draft, ref: Reference) -> None:
        rows: list[Dated] = of_acts(sentence.text, self.lexicon)
        if not rows:
            return
        place = sentence.folded.span(act.start, act.end)[0]
        row = min(rows, key=lambda r: abs(r.start - place))
        draft.date, draft.date_iso, draft.dated = row.text, iso(row, ref), True
        if draft.claim is Claim.REPORTED and is_old(row, ref):
            draft.claim = Claim.BACKGROUND
