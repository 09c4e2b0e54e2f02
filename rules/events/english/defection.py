"""English sentences about people who change sides."""

from __future__ import annotations

from dataclasses import dataclass

from rules.events.draft import Draft, Where
from rules.events.english.acts import Hit
from rules.events.english.clauses import Complement, climb, complements, next_infinitive, subject
from rules.events.english.context import Context, same, text_of
from rules.events.english.phrases import Parsed, Phrase, Verb
from rules.events.english.roles import Actor, Party, Roles
from rules.events.english.stance import Reader, Stance
from rules.events.english.words import BASE, ING, PART, PAST, THIRD
from state.records import Claim

_POLITICAL_VERBS = frozenset(("defect", "decamp", "cross-carpet", "crosscarpet", "carpet-cross", "party-hop"))
_STRONG = frozenset(
    (
        "switch parties",
        "switch party",
        "change parties",
        "change party",
        "cross the floor",
        "cross the carpet",
        "cross floor",
        "switch political parties",
        "change political parties",
        "hop parties",
        "swap parties",
        "change ~ party affiliation",
        "join political life with",
        "join the political life with",
    )
)
_PREVENTS = frozenset("bar ban prohibit prevent forbid stop discourage deter dissuade keep block".split())
_MASS = 24
_LEFT = frozenset(("quit", "ditch", "dump", "abandon", "desert", "bolt", "forsake", "jilt", "exit"))


@dataclass(slots=True)
class Found:
    """The parts of one defection while they are put together."""

    actor: Actor | None
    from_: Party | None = None
    to: Party | None = None
    by: str | None = None
    subkind: str = ""
    claim: Claim | None = None
    strong: bool = False
    pressure: bool = False


class Defections:
    """Reads the defections of one sentence."""

    def __init__(self, p: Parsed, context: Context, where: Where) -> None:
        self.p = p
        self.context = context
        self.words = context.words
        self.where = where
        self.roles = Roles(p, context)
        self.reader = Reader(p, context.words)
        self._called = False

    def read(self, hit: Hit) -> Draft | None:
        """Return the mention that an act makes, or None where its parts are not those of a defection."""
        if _counterfactual(self.p, hit.verb) or _general(self.p, hit.verb) or _ranked(self.p, hit.verb):
            return None
        stance = self.reader.read(hit.verb.first, hit.verb, "defection")
        if set(stance.governors) & _PREVENTS and "from" in {t.low for t in self.p.tokens[max(0, hit.verb.first - 2) : hit.verb.first]}:
            return None
        self._called = "called_for" in stance.labels
        for frame in hit.frames:
            found = getattr(self, f"_{frame}")(hit, stance)
            if found is not None:
                return self.draft(found, stance, hit.verb)
        return None

    # ---- frames

    def _move(self, hit: Hit, stance: Stance) -> Found | None:
        found = Found(self._mover(hit.verb, stance))
        sides = self._sides(hit, found)
        if sides is None:
            return None
        found.strong = hit.words in _POLITICAL_VERBS
        if hit.words == "migrate" and not (found.from_ and found.to):
            return None
        if self._armed(hit, found, sides) or self._northern(found, sides):
            return found
        named = found.from_ or found.to or self._partisan(found.actor) or self._in_context(found)
        plainly = found.strong and found.actor is not None and not self.context.other_world and not sides
        return found if named or plainly else None

    def _switch(self, hit: Hit, stance: Stance) -> Found | None:
        found = Found(self._mover(hit.verb, stance))
        sides = self._sides(hit, found)
        if sides is None:
            return None
        if self._armed(hit, found, sides):
            return found
        if hit.words in _STRONG or found.from_ or found.to or self._partisan(found.actor):
            found.strong = True
            return found if self.context.political or hit.words in _STRONG else None
        if "called_for" in stance.labels and stance.addressee is not None and not self.context.other_world:
            return found
        return found if self._in_context(found) and (stance.addressee or self.context.political > 2) else None

    def _floor(self, hit: Hit, stance: Stance) -> Found | None:
        found = self._switch(hit, stance)
        if found is not None:
            found.subkind = "floor"
        elif not self.context.other_world and (self.context.political or "floor" in hit.words):
            actor = self._mover(hit.verb, stance)
            if actor is not None and actor.politician:
                found = Found(actor, subkind="floor", strong=True)
        return found

    def _leave(self, hit: Hit, stance: Stance) -> Found | None:
        if hit.verb.passive:
            return self._deserted(hit, stance)
        left = next((c.phrase for c in complements(self.p, hit.verb) if c.how == ""), None)
        if left is None and hit.words in ("leave", "quit", "depart", "desert") and not hit.verb.passive:
            return self._left_alone(hit, stance)
        return self._left(hit, stance, left)

    def _leave_from(self, hit: Hit, stance: Stance) -> Found | None:
        return self._left(hit, stance, self.p.phrase_starting(hit.last))

    def _left(self, hit: Hit, stance: Stance, left: Phrase | None) -> Found | None:
        actor = self._mover(hit.verb, stance)
        if actor is None or actor.is_party or left is None:
            return None
        if left.kind == "pron" and self.p.tokens[left.head].low == "them":
            return None
        found = Found(actor, self.roles.party(left, actor))
        if found.from_ is None and left.kind == "pron" and actor.party:
            found.from_ = Party(actor.party, actor.party)
        found.to = self._target(hit, left.last, actor)
        if found.from_ is None:
            if self._deserters(hit, found, left):
                return found
            return None
        if not found.from_.sure and not self._convincing(hit, found):
            return None
        if found.from_.text and self._post_only(left, hit):
            return None
        return found

    def _left_alone(self, hit: Hit, stance: Stance) -> Found | None:
        """Read "leave and join the CPP", "quit to join", "leave for the opposition"."""
        actor = self._mover(hit.verb, stance)
        if actor is None or actor.is_party:
            return None
        found = Found(actor, to=self._target(hit, hit.verb.last, actor))
        if hit.words == "desert" and actor.military and found.to is None:
            found.subkind = "military"
            return found
        return found if found.to is not None and found.to.sure and (actor.party or actor.politician) else None

    def _membership(self, hit: Hit, stance: Stance) -> Found | None:
        actor = self._mover(hit.verb, stance)
        span = self.p.tokens[hit.verb.last : hit.last]
        lows = {t.low for t in span}
        named = next((self.p.parties[t.party] for t in span if t.party >= 0), None)
        of = next((c.phrase for c in complements(self.p, hit.verb) if c.how in ("of", "in", "from")), None)
        party = self.roles.party(of, actor) if of is not None else None
        if named is not None:
            party = Party(named.name, named.name)
        if actor is None or actor.is_party:
            return None
        if party is None and not ("party" in lows or "membership" in lows or actor.party):
            return None
        if party is None and not self._partisan(actor) and "party" not in lows and not self.context.political:
            return None
        known = actor.party or self.context.party
        found = Found(actor, party or (Party(known, known) if known else None), strong=True)
        found.to = self._target(hit, hit.last, actor)
        return found

    def _resign(self, hit: Hit, stance: Stance) -> Found | None:
        actor = self._mover(hit.verb, stance)
        if actor is None or actor.is_party:
            return None
        followed = [c for c in complements(self.p, hit.verb) if c.how in ("from", "as", "of")]
        of = next((c.phrase for c in followed if c.how == "as"), None)
        party: Party | None = None
        if of is not None and self.p.tokens[of.head].low in ("member", "members"):
            party = self.roles.party(self.roles._of(of), actor)  # noqa: SLF001 - one reader in two files
        for item in followed:
            if item.how == "from" and party is None:
                party = self.roles.party(item.phrase, actor)
        to = self._target(hit, hit.last, actor)
        if party is None and to is not None and actor.party:
            party = Party(actor.party, actor.party)
        if party is None or (not party.sure and not self._partisan(actor)):
            return None
        return Found(actor, party, to)

    def _join(self, hit: Hit, stance: Stance) -> Found | None:
        actor = self._mover(hit.verb, stance)
        joined = self._joined(hit)
        if joined is None or (actor is not None and actor.is_party):
            return None
        self.roles.avoid = actor.party if actor is not None else None
        party = self.roles.party(joined, None)
        self.roles.avoid = None
        found = Found(actor, to=party)
        if party is None:
            return self._armed_join(hit, found, joined)
        if self.p.tokens[joined.head].low == "opposition" and not self._partisan(actor):
            return None
        if not party.sure and not self._convincing(hit, found):
            return None
        if hit.words.split()[0] in (
            "move",
            "switch",
            "shift",
            "cross",
            "jump",
            "flip",
            "hop",
            "go",
            "run",
            "find",
            "take",
            "sit",
            "team",
            "fold",
            "surrender",
        ) and not self._partisan(actor):
            return None
        source = next((c.phrase for c in complements(self.p, hit.verb) if c.how == "from"), None)
        found.from_ = self.roles.party(source, actor) if source is not None else None
        if found.from_ is None and actor is not None and actor.party and not self._same(actor.party, party):
            found.from_ = Party(actor.party, actor.party)
        if (
            found.from_ is None
            and actor is not None
            and actor.opposition
            and party.text.lower() != "opposition"
        ):
            found.from_ = Party("opposition", None)
        return self._recruited(hit, found, stance)

    def _recruited(self, hit: Hit, found: Found, stance: Stance) -> Found | None:
        """Tell a change of side from a first membership, which is a recruitment."""
        asked = bool(stance.labels & {"called_for", "refused", "denied"})
        pressed = bool(stance.addressee) or asked
        if found.from_ is None and not found.subkind:
            office = found.actor is not None and found.actor.politician
            left_before = self._left_before(hit.verb)
            if not (pressed or office or left_before):
                found.subkind = "recruitment"
            else:
                found.subkind = "" if left_before else "join"
        return found

    def _left_before(self, verb: Verb) -> bool:
        """Tell whether the same sentence has the actor leave a party first."""
        before = {self.p.tokens[i].low for i in range(verb.first)}
        return bool(
            before
            & {
                "defected",
                "quit",
                "left",
                "leave",
                "leaving",
                "resigned",
                "abandoned",
                "former",
                "switched",
                "defect",
                "quitting",
                "resigning",
                "dissolved",
                "sides",
                "ex",
                "dumped",
                "ditched",
            }
        )

    def _rejoin(self, hit: Hit, stance: Stance) -> Found | None:
        actor = self._mover(hit.verb, stance)
        joined = self._joined(hit)
        if actor is None or joined is None or actor.is_party:
            return None
        lows = {t.low for t in self.p.tokens[joined.first : joined.last + 4]}
        party = self.roles.party(joined, actor)
        if party is None and "fold" in lows and (actor.party or actor.politician or self.context.political):
            known = actor.party or self.context.party
            party = Party(known or text_of(self.p, joined), known)
        if party is None or (not party.sure and not self._partisan(actor)):
            return None
        if (
            party.name is None
            and not self._partisan(actor)
            and "fold" not in lows
            and not self.context.political
        ):
            return None
        found = Found(actor, to=party, subkind="join")
        if not stance.labels - {"claimed"}:
            found.claim = Claim.REVERSED
        return found

    def _pledge(self, hit: Hit, stance: Stance) -> Found | None:
        actor = self._mover(hit.verb, stance)
        party = self.roles.party(self.p.phrase_starting(hit.last), None)
        if party is None or actor is None or actor.is_party or (not party.sure and not self._partisan(actor)):
            return None
        found = Found(actor, to=party, subkind="pledge", strong=True)
        if actor.party and not self._same(actor.party, party):
            found.from_ = Party(actor.party, actor.party)
        return found

    def _expel(self, hit: Hit, stance: Stance) -> Found | None:
        verb = hit.verb
        items = list(complements(self.p, verb))
        source = next((c.phrase for c in items if c.how in ("from", "out")), None)
        by = next((c.phrase for c in items if c.how == "by"), None)
        if verb.passive or (verb.use in (PAST, PART) and not any(c.how == "" for c in items)):
            actor, agent = self.roles.actor(subject(self.p, verb)), by
        else:
            actor = self.roles.actor(next((c.phrase for c in items if c.how == ""), None))
            agent = subject(self.p, verb)
        expeller = self.roles.party(agent) if agent is not None and agent.kind in ("party",) else None
        party = self.roles.party(source, actor) if source is not None else expeller
        if actor is None or party is None or actor.is_party or not (party.sure or expeller):
            return None
        if (
            party.name is None
            and party.text.lower() in ("parties", "party", "opposition")
            and not self.context.political
        ):
            return None
        if hit.words in ("sack", "dismiss", "oust", "purge") and source is None:
            return None
        found = Found(actor, party, subkind="expelled", strong=True)
        found.by = text_of(self.p, agent) if agent is not None else None
        return found

    def _poach(self, hit: Hit, stance: Stance) -> Found | None:
        verb = hit.verb
        items = list(complements(self.p, verb))
        agent = (
            subject(self.p, verb)
            if not verb.passive
            else next((c.phrase for c in items if c.how == "by"), None)
        )
        taken = (
            subject(self.p, verb) if verb.passive else next((c.phrase for c in items if c.how == ""), None)
        )
        actor = self.roles.actor(taken) if taken is not None and taken.kind != "party" else None
        by = (
            self.roles.party(agent)
            if agent is not None and agent.kind in ("party", "acronym", "name")
            else None
        )
        source = next((c.phrase for c in items if c.how == "from"), None)
        from_ = self.roles.party(source) if source is not None else None
        if actor is None or (by is None and from_ is None) or not self._partisan(actor):
            return None
        if from_ is None and actor.party and not self._same(actor.party, by):
            from_ = Party(actor.party, actor.party)
        if from_ is None or not (from_.sure or (by and by.sure)) or hit.words in ("recruit", "take", "woo"):
            if from_ is None:
                return None
        found = Found(actor, from_, by, subkind="pressure", strong=True)
        found.by = text_of(self.p, agent) if agent is not None else None
        return found

    def _receive(self, hit: Hit, stance: Stance) -> Found | None:
        verb = hit.verb
        items = list(complements(self.p, verb))
        taken = (
            subject(self.p, verb) if verb.passive else next((c.phrase for c in items if c.how == ""), None)
        )
        agent = (
            next((c.phrase for c in items if c.how == "by"), None) if verb.passive else subject(self.p, verb)
        )
        actor = self.roles.actor(taken)
        if actor is None or taken is None or actor.is_party:
            return None
        into = next((c.phrase for c in items if c.how in ("into", "to", "as")), None)
        to = self.roles.party(into) if into is not None else None
        to = to or (
            self.roles.party(agent) if agent is not None and agent.kind in ("party", "acronym") else None
        )
        source = next((c.phrase for c in items if c.how == "from"), None)
        from_ = self.roles.party(source) if source is not None else None
        if from_ is None and actor.party and not self._same(actor.party, to):
            from_ = Party(actor.party, actor.party)
        defectors = self.p.tokens[taken.head].low in self.words.set("defection.nouns.people")
        if (
            to is None
            or not (defectors or (from_ is not None and from_.sure))
            or (from_ is None and not defectors)
        ):
            return None
        if into is None and not defectors:
            return None
        return Found(actor, from_, to, strong=True)

    # ---- parts

    def _mover(self, verb: Verb, stance: Stance) -> Actor | None:
        """Return who moves: the verb's own subject, else who was urged or who refuses."""
        reduced = verb.use == ING and not verb.be
        bare = verb.use == BASE and not verb.modal and not verb.infinitive
        shown = self._shown(verb) if reduced else None
        if shown is not None:
            return self.roles.actor(shown)
        if verb.infinitive or reduced or (bare and stance.governors):
            asked = stance.addressee
            pressing = stance.labels & {"called_for"} or (
                stance.governors and stance.governors[0] in self.words.set("carried_out")
            )
            if (
                asked is not None
                and asked.kind != "body"
                and (pressing or asked.kind in ("group", "person", "pron", "name"))
            ):
                return self.roles.actor(asked)
            who = self._controller(verb, stance)
            return self.roles.actor(who)
        if (
            verb.use == PART
            and not verb.be
            and not verb.passive
            and self.p.tokens[verb.main].low != self.p.tokens[verb.main].form.lemma
        ):  # type: ignore[union-attr]
            return self.roles.actor(subject(self.p, verb))
        return self.roles.actor(subject(self.p, verb))

    def _shown(self, verb: Verb) -> Phrase | None:
        """Return the people directly before an -ing form: "showed activists apologising and pledging"."""
        at = verb.first - 1
        if at >= 0 and self.p.tokens[at].low == "and":
            other = self.p.verb_at(at - 1)
            if other is None or other.use != ING or other.be:
                return None
            at = other.first - 1
        phrase = self.p.phrase_ending(at)
        return phrase if phrase is not None and phrase.kind in ("group", "person", "name") else None

    def _controller(self, verb: Verb, stance: Stance) -> Phrase | None:
        """Return the subject of the verb that governs an infinitive or -ing form."""
        before = [other for other in self.p.verbs if other.last <= verb.first and not other.infinitive]
        for other in reversed(before):
            if other.use == ING and not other.be and other is not stance.top:
                continue
            who = subject(self.p, other)
            if who is not None:
                return who
        at = verb.first - 1
        phrase = self.p.phrase_ending(at)
        if phrase is not None and phrase.kind in ("group", "person", "name"):
            return climb(self.p, phrase)
        # "After quitting the party, she joined": the subject comes later.
        for other in self.p.verbs:
            if other.first > verb.last and other.finite:
                return subject(self.p, other)
        return None

    def _sides(self, hit: Hit, found: Found) -> dict[str, Phrase] | None:
        """Fill from and to; None where the goal is a club, a firm or a product."""
        phrases: dict[str, Phrase] = {}
        for item in complements(self.p, hit.verb):
            if item.how in ("from", "to", "into", "for", "with", "of") and item.how not in phrases:
                if item.phrase.kind != "date":
                    phrases[item.how] = item.phrase
        goal = phrases.get("to") or phrases.get("into") or phrases.get("for")
        if hit.words.endswith(" to") and goal is None:
            goal = self.p.phrase_starting(hit.last)
        found.from_ = self.roles.party(phrases.get("from"), found.actor)
        found.to = self.roles.party(goal, None)
        if found.to is not None and not found.to.sure and not (self._partisan(found.actor) or found.from_):
            found.to = None
        if found.from_ is not None and not found.from_.sure and not (self._partisan(found.actor) or found.to):
            found.from_ = None
        for phrase, side in ((goal, found.to), (phrases.get("from"), found.from_)):
            if phrase is not None and side is None and phrase.kind == "other":
                head = self.p.tokens[phrase.head].low
                if head not in self.words.set("people.armed_sides") and not self._sided(head):
                    return None
        if (
            found.from_ is None
            and found.actor is not None
            and found.actor.party
            and not self._same(found.actor.party, found.to)
        ):
            found.from_ = Party(found.actor.party, found.actor.party)
        if found.from_ is None and found.actor is not None and found.actor.opposition and found.to:
            found.from_ = Party("opposition", None)
        follow = next_infinitive(self.p, hit.last)
        if found.to is None and follow is not None and follow.lemma in ("join", "sit"):
            found.to = self.roles.party(next((c.phrase for c in complements(self.p, follow)), None))
        return phrases | ({"to": goal} if goal is not None else {})

    def _sided(self, head: str) -> bool:
        return head in (
            "coalition",
            "side",
            "benches",
            "bench",
            "camp",
            "bloc",
            "ranks",
            "alliance",
            "independents",
            "party",
            "parties",
        )

    def _target(self, hit: Hit, start: int, actor: Actor) -> Party | None:
        """Return where somebody goes who leaves: "for Y", "to join Y", "and joined Y"."""
        for item in complements(self.p, hit.verb):
            if item.how in ("for", "to", "into") and item.phrase.first >= start - 1:
                if item.how == "to" and not (hit.frames[0] in ("leave_from", "move")):
                    continue
                party = self.roles.party(item.phrase, None)
                if party is not None and (party.sure or actor.politician or actor.party):
                    return party
        for other in self.p.verbs:
            if (
                other.first < start
                or other.first > start + 14
                or other.lemma not in ("join", "sit", "become", "back")
            ):
                continue
            if any(t.text in (";", ":") or t.pos in ("REL",) for t in self.p.tokens[start : other.first]):
                break
            item2: Complement | None = next(iter(complements(self.p, other)), None)
            if item2 is None:
                continue
            if self.p.tokens[item2.phrase.head].low in ("independent", "independents"):
                return Party(self.p.tokens[item2.phrase.head].text, None)
            if other.lemma == "join" and (other.infinitive or self._same_mover(other, hit.verb)):
                party = self.roles.party(item2.phrase, None)
                if party is not None and (party.sure or actor.politician or actor.party):
                    return party
        return None

    def _same_mover(self, later: Verb, earlier: Verb) -> bool:
        first, second = subject(self.p, later), subject(self.p, earlier)
        if first is None or second is None:
            return True
        return first is second or first.kind == "pron"

    def _joined(self, hit: Hit) -> Phrase | None:
        if len(hit.words.split()) > 1 and self.p.tokens[hit.last - 1].low in (
            "with",
            "to",
            "for",
            "in",
            "of",
            "into",
        ):
            return self.p.phrase_starting(hit.last)
        return next((c.phrase for c in complements(self.p, hit.verb) if c.how == ""), None)

    # ---- evidence

    def _partisan(self, actor: Actor | None) -> bool:
        return actor is not None and (actor.politician or bool(actor.party) or actor.opposition)

    def _convincing(self, hit: Hit, found: Found) -> bool:
        """Tell whether politicians and a second party let a bare name stand for a party."""
        actor = found.actor
        if self.context.other_world > self.context.political or actor is None:
            return False
        other = found.to if hit.frames[0].startswith("leave") else found.from_
        both = other is not None and other.sure
        form = any(not name.sure for name in self.p.parties)
        if actor.politician and not (actor.party is None and hit.words == "leave" and not form):
            return True
        return both or bool(actor.party) or (form and self.context.political > 1)

    def _in_context(self, found: Found) -> bool:
        if self.context.other_world > self.context.political:
            return False
        return bool(self.context.party or self.context.main_party) or self.context.political > 3

    def _same(self, name: str | None, party: Party | None) -> bool:
        return party is not None and (same(name, party.name) or same(name, party.text))

    def _post_only(self, left: Phrase, hit: Hit) -> bool:
        """Tell whether what was left is a post in the party: "resigned from the party leadership"."""
        return False

    def _deserted(self, hit: Hit, stance: Stance) -> Found | None:
        """Read "the party was abandoned by 200 members"."""
        by = next((c.phrase for c in complements(self.p, hit.verb) if c.how == "by"), None)
        party = self.roles.party(subject(self.p, hit.verb))
        actor = self.roles.actor(by)
        if party is None or not party.sure or actor is None or actor.is_party:
            return None
        return Found(actor, party)

    def _armed(self, hit: Hit, found: Found, sides: dict[str, Phrase]) -> bool:
        actor = found.actor
        heads = {k: self.p.tokens[v.head].low for k, v in sides.items()}
        armed = self.words.set("people.armed_sides")
        from_army = heads.get("from") in armed - {"opposition", "government", "side"}
        military = actor is not None and actor.military and not (actor.politician or actor.party)
        if not (military or from_army):
            return False
        if found.from_ is not None and found.from_.name and not from_army:
            return False
        found.subkind = "military"
        if "from" in sides and found.from_ is None:
            found.from_ = Party(text_of(self.p, sides["from"]), None)
        goal = sides.get("to") or sides.get("into")
        if goal is not None and found.to is None:
            found.to = Party(text_of(self.p, goal), None)
        return hit.words in _POLITICAL_VERBS or bool(found.to or found.from_) or hit.frames[0] == "switch"

    def _deserters(self, hit: Hit, found: Found, left: Phrase) -> bool:
        head, actor = self.p.tokens[left.head].low, found.actor
        if actor is None or not actor.military:
            return False
        ruling = head in ("junta", "regime", "council")
        if not (ruling and hit.words.split()[0] in _LEFT | {"leave", "break", "resign", "walk"}):
            if hit.words not in ("desert", "abandon", "flee", "desert from", "walk away from"):
                return False
            going = hit.words not in ("abandon", "flee") or self._called or self._going_over(hit)
            if head not in self.words.set("people.armed_sides") or not going:
                return False
        found.subkind = "military"
        found.from_ = Party(text_of(self.p, left), None)
        found.to = self._over_to(hit)
        return True

    def _over_to(self, hit: Hit) -> Party | None:
        for other in self.p.verbs:
            if other.first >= hit.last and other.lemma in ("go", "join", "defect", "surrender", "cross"):
                item = next((c for c in complements(self.p, other) if c.how in ("", "to")), None)
                if item is not None and item.phrase.kind != "date":
                    return Party(text_of(self.p, item.phrase), None)
        return None

    def _going_over(self, hit: Hit) -> bool:
        return self._over_to(hit) is not None

    def _armed_join(self, hit: Hit, found: Found, joined: Phrase) -> Found | None:
        actor, head = found.actor, self.p.tokens[joined.head].low
        sides = (
            "resistance",
            "rebels",
            "rebellion",
            "revolution",
            "insurgents",
            "insurgency",
            "guerrillas",
            "enemy",
        )
        if (
            actor is None
            or not actor.military
            or head not in sides
            or hit.words not in ("join", "move to", "surrender to", "sign up with")
        ):
            return None
        found.subkind, found.to = "military", Party(text_of(self.p, joined), None)
        return found

    def _asylum(self, hit: Hit, stance: Stance) -> Found | None:
        actor = self._mover(hit.verb, stance)
        if actor is None or not (actor.military or actor.state) or actor.is_party or self.context.other_world > 2:
            return None
        return Found(actor, subkind="military" if actor.military else "state")

    def _yield(self, hit: Hit, stance: Stance) -> Found | None:
        """Read fighters who give themselves up to the other side."""
        actor = self._mover(hit.verb, stance)
        if actor is None or not actor.military:
            return None
        found = Found(actor, subkind="military")
        goal = self.p.phrase_starting(hit.last) if hit.words.endswith(" to") else None
        if goal is not None and self.p.tokens[goal.head].low not in self.words.set("people.armed_sides") | {"authorities", "government"}:
            return None
        found.to = Party(text_of(self.p, goal), None) if goal is not None else None
        found.from_ = self._own_side(hit.verb)
        return found if found.from_ is not None or goal is not None else None

    def _own_side(self, verb: Verb) -> Party | None:
        """Return the side that fighters belong to: "a commander of the rebel Lord's Brigade"."""
        who = subject(self.p, verb)
        if who is None:
            return None
        last = self.roles._extent(who)  # noqa: SLF001 - one reader in two files
        for phrase in self.p.phrases:
            if not (who.first <= phrase.first and phrase.last <= max(last, who.last + 6)) or phrase.first > verb.first:
                continue
            if phrase.parties:
                name = self.p.parties[phrase.parties[0]].name
                return Party(name, name)
            if phrase.first > who.first and phrase.kind in ("name", "other") and self.p.tokens[phrase.head].pos == "NAME":
                return Party(text_of(self.p, phrase), None)
        return None

    def _support(self, hit: Hit, stance: Stance) -> Found | None:
        """Read a flight followed by support for the other side; support alone is no change of side."""
        fled = any(v.lemma in _LEFT | {"flee", "defect", "leave", "escape", "resign"} for v in self.p.verbs)
        found = self._pledge(hit, stance)
        if found is None or not fled:
            return None
        found.subkind = "switch"
        return found

    def _northern(self, found: Found, sides: dict[str, Phrase]) -> bool:
        actor = found.actor
        goal = sides.get("to") or sides.get("into")
        country = goal is not None and found.to is None and goal.kind in ("name", "other")
        source = sides.get("from")
        north = source is not None and self.p.slice(source.first, source.last).lower() in (
            "north korea",
            "the north",
            "pyongyang",
            "the dprk",
        )
        if not (country or north) or actor is None:
            if actor is not None and actor.north_korean and found.strong and not found.to:
                found.subkind = "nk"
                return True
            return False
        if actor.north_korean or north:
            found.subkind = "nk"
        elif actor.state and not actor.party:
            found.subkind = "state"
        else:
            return False
        found.to = Party(text_of(self.p, goal), None) if goal is not None else None
        found.from_ = Party(text_of(self.p, source), None) if source is not None else None
        return True

    # ---- the mention

    def draft(self, found: Found, stance: Stance, verb: Verb | None) -> Draft:
        """Return the mention with its claim, sub-kind and slots."""
        actor = found.actor
        claim = found.claim or stance.claim()
        draft = Draft("defection", found.subkind, claim, self.where)
        if actor is not None:
            draft.actor, draft.actor_named = actor.text, actor.named
            draft.count, draft.count_min = actor.count, actor.count_min
            draft.office, draft.actor_party = actor.national, actor.party
        moving = found.subkind not in ("military", "nk", "state", "pledge", "recruitment", "expelled")
        if found.from_ is None and actor is not None and actor.party and moving and not self._same(actor.party, found.to):
            if found.claim is not Claim.REVERSED and not actor.is_party:
                found.from_ = Party(actor.party, actor.party)
        if found.from_ is None and found.to is not None and moving and verb is not None:
            found.from_ = self._cited(verb, found.to)
        draft.from_ = found.from_.name or found.from_.text if found.from_ else None
        draft.to = found.to.name or found.to.text if found.to else None
        draft.by = found.by
        self._speech(draft, stance, found)
        if stance.labels & {"called_for"} and draft.claim in (
            Claim.CALLED_FOR,
            Claim.CLAIMED,
            Claim.DENIED,
            Claim.RUMOURED,
        ):
            draft.subkind = "pressure"
        elif stance.governors and stance.governors[0] in ("force", "coerce", "compel", "oblige"):
            draft.subkind = "pressure"
        if draft.subkind == "pressure" and draft.by is None and stance.asker is not None:
            draft.by = _name(self.roles, stance.asker)
        if draft.subkind == "pressure" and draft.claim is Claim.CALLED_FOR and "claimed" in stance.labels:
            draft.claim = Claim.CLAIMED
        alleged = draft.subkind == "pressure" and draft.claim is Claim.CALLED_FOR and draft.said_by
        if alleged and draft.actor and (draft.said_by in draft.actor or draft.actor in (draft.said_by or "")):
            draft.claim = Claim.CLAIMED
        if stance.forged and draft.subkind in ("", "join", "switch") and draft.from_:
            draft.subkind = "leave"
        if not draft.subkind:
            draft.subkind = self._subkind(draft, actor)
        if (
            draft.subkind == "recruitment"
            and draft.claim is Claim.REPORTED
            and actor is not None
            and actor.former
        ):
            draft.subkind = "join"
        return draft

    def _cited(self, verb: Verb, to: Party) -> Party | None:
        """Return the party whose trouble is given as the reason: "citing division in the Labour Party"."""
        p = self.p
        for index in range(verb.last, len(p.tokens) - 1):
            if p.tokens[index].low in ("citing", "blaming", "over", "amid"):
                for phrase in p.phrases:
                    near = index < phrase.first <= index + 7
                    if near and phrase.kind == "party" and p.tokens[phrase.first - 1].low in ("in", "within", "inside", "of"):
                        party = self.roles.party(phrase)
                        if party is not None and party.name and not self._same(party.name, to):
                            return party
        return None

    def _subkind(self, draft: Draft, actor: Actor | None) -> str:
        if (draft.count_min or 0) >= _MASS or (actor is not None and (actor.percent or _many(actor.text))):
            return "mass"
        if draft.from_ and not draft.to or (draft.to or "").lower().startswith("independent"):
            return "leave"
        return "switch"

    def _speech(self, draft: Draft, stance: Stance, found: Found) -> None:
        speaker = stance.speaker
        if speaker is None:
            return
        who = self.roles.actor(speaker)
        draft.said_by = who.text if who is not None and who.text else None
        if speaker.kind == "person" and speaker.parties:
            draft.said_by = text_of(self.p, speaker)
        side = self.p.parties[speaker.parties[0]].name if speaker.parties else who.party if who else None
        draft.said_party = side
        if draft.said_by is None and speaker.kind in ("body", "other", "party"):
            draft.said_by = text_of(self.p, speaker)
        self._one_sided(draft, who, speaker, found, stance.speech)

    def _one_sided(self, draft: Draft, who: Actor | None, speaker: Phrase, found: Found, speech: str) -> None:
        """Make a plain "said" a claim where one side says it of others."""
        head = self.p.tokens[speaker.head].low
        armed = found.subkind in ("military", "state") and speech != "confirm"
        interested = speaker.kind == "body" or head in self.words.set("people.armed_sides") | {"group", "ministry", "spokesman"}
        if draft.claim is Claim.REPORTED and armed and interested:
            draft.claim = Claim.CLAIMED
        if draft.claim is not Claim.REPORTED or found.to is None:
            return
        side = self.p.parties[speaker.parties[0]].name if speaker.parties else who.party if who else None
        if speaker.kind == "party" and side is None:
            side = self.roles.party(speaker).text if self.roles.party(speaker) else None  # type: ignore[union-attr]
        mine = who is not None and draft.actor is not None and who.text == draft.actor
        if side and not mine and (same(side, found.to.name) or same(side, found.to.text)):
            draft.claim = Claim.CLAIMED


def _counterfactual(p: Parsed, verb: Verb) -> bool:
    """Tell whether a verb speaks of what did not come to be: "I would never have joined"."""
    before = [t.low for t in p.tokens[verb.first : verb.main]]
    return "have" in before and bool({"would", "could", "might", "should", "'d", "wouldn't"} & set(before))


def _general(p: Parsed, verb: Verb) -> bool:
    """Tell whether a relative clause only describes a kind of people: "lawmakers who switch parties"."""
    at = verb.first - 1
    while at >= 0 and p.tokens[at].pos == "ADV":
        at -= 1
    if _long_after(p, verb):
        return True
    if at < 1 or p.tokens[at].low not in ("who", "that", "which"):
        return False
    plain = verb.first == verb.main or verb.modal
    if verb.use in (BASE, THIRD) and plain and not p.headline:
        return True
    return p.headline and verb.use in (PAST, PART) and any(v.first > verb.last for v in p.verbs)


def _ranked(p: Parsed, verb: Verb) -> bool:
    """Tell whether an infinitive only ranks the act: "becoming the second MP to cross over"."""
    phrase = p.phrase_ending(verb.first - 1) if verb.infinitive else None
    ranks = {"first", "second", "third", "fourth", "fifth", "latest", "last", "only", "next", "highest-ranking"}
    return phrase is not None and any(t.low in ranks for t in p.tokens[phrase.first : phrase.last])


def _long_after(p: Parsed, verb: Verb) -> bool:
    """Tell whether a clause gives an old act: "six months after he quit"."""
    for index in range(max(1, verb.first - 6), verb.first):
        units = ("months", "years", "decades", "weeks", "month", "year", "decade")
        if p.tokens[index].low in ("after", "since") and p.tokens[index - 1].low in units:
            return True
    return False


def _many(text: str | None) -> bool:
    low = (text or "").lower()
    return low.startswith(
        (
            "many ",
            "hundreds",
            "thousands",
            "dozens",
            "scores",
            "a cascade",
            "cascade",
            "droves",
            "a wave",
            "wave",
            "a flood",
            "several hundred",
            "mass",
        )
    )


def _name(roles: Roles, phrase: Phrase) -> str | None:
    who = roles.actor(phrase)
    if who is not None and who.text:
        return who.text
    return text_of(roles.p, phrase) if phrase.kind != "pron" else None
