"""English sentences about parties that are ended, barred or brought back."""

from __future__ import annotations

from dataclasses import dataclass

from rules.events.draft import Draft, Where
from rules.events.english.acts import Hit
from rules.events.english.clauses import Complement, climb, complements, subject
from rules.events.english.context import Context, same, text_of
from rules.events.english.phrases import Parsed, Phrase, Verb
from rules.events.english.roles import Party, Roles
from rules.events.english.stance import Reader, Stance
from rules.events.english.words import ING, PART, PAST
from state.records import Claim

_LOOSE = frozenset("move moves effort efforts attempt attempts push process drive campaign bid".split())
_FACING = frozenset(
    "face escape avoid survive fear risk dodge await fight appeal evade challenge contest".split()
)
_SAVING = frozenset("spare save protect rescue shield threaten".split())
_DECIDES = frozenset(
    "order uphold affirm confirm approve ratify endorse decree rule back announce declare".split()
)
_ASKED = frozenset((Claim.THREATENED, Claim.SOUGHT, Claim.CALLED_FOR))


@dataclass(slots=True)
class Ended:
    """The parts of one dissolution while they are put together."""

    party: Party | None
    subkind: str
    agent: Phrase | None = None
    by: str | None = None
    count: str | None = None
    count_min: int | None = None
    actor: str | None = None
    claim: Claim | None = None


class Dissolutions:
    """Reads the dissolutions of one sentence."""

    def __init__(self, p: Parsed, context: Context, where: Where) -> None:
        self.p = p
        self.context = context
        self.words = context.words
        self.where = where
        self.roles = Roles(p, context)
        self.reader = Reader(p, context.words)

    def read(self, hit: Hit) -> Draft | None:
        """Return the mention that an act makes, or None where what is ended is no party."""
        stance = self.reader.read(hit.verb.first, hit.verb, "dissolution")
        for frame in hit.frames:
            ended = getattr(self, f"_{frame}")(hit, stance)
            if ended is not None:
                return self.draft(ended, stance)
        return None

    # ---- frames

    def _parts(self, verb: Verb) -> tuple[Phrase | None, Phrase | None, list[Complement]]:
        """Return who acts, on what, and the rest; a headline's bare participle is passive."""
        items = list(complements(self.p, verb))
        by = next((c.phrase for c in items if c.how == "by"), None)
        bare = next((c.phrase for c in items if c.how == ""), None)
        if verb.passive:
            return by, subject(self.p, verb), items
        if verb.use in (PAST, PART) and bare is None:
            who = subject(self.p, verb)
            if by is not None or (who is not None and self._party(who) is not None):
                return by, who, items
        if verb.infinitive or (verb.use == ING and not verb.be):
            return None, bare, items
        return subject(self.p, verb), bare, items

    def _party(self, phrase: Phrase | None) -> Party | None:
        if phrase is None or phrase.kind not in (
            "party",
            "pron",
            "acronym",
            "name",
            "count",
            "other",
            "group",
        ):
            return None
        if phrase.kind == "pron" and self.p.tokens[phrase.head].low in (
            "they",
            "he",
            "she",
            "him",
            "her",
            "we",
            "i",
            "who",
        ):
            return None
        if phrase.kind == "group":
            return None
        if phrase.kind in ("count", "other"):
            return self._partitive(phrase) or self._outfit(phrase)
        party = self.roles.party(phrase)
        if party is None:
            return None
        if not party.sure and not self._is_party(party):
            return None
        return party

    def _outfit(self, phrase: Phrase) -> Party | None:
        party = self.roles.party(phrase)
        return party if party is not None and party.sure and party.name and phrase.kind == "other" else None

    def _partitive(self, phrase: Phrase) -> Party | None:
        """Read "dozens of parties", "three of the parties"."""
        of = self.roles._of(phrase)  # noqa: SLF001 - one reader in two files
        low = self.p.tokens[phrase.head].low
        if (
            of is None
            or of.kind != "party"
            or (phrase.kind == "other" and low not in self.words.set("many") | {"number", "half", "majority"})
        ):
            return None
        inner = self.roles.party(of)
        return (
            Party(self.p.slice(phrase.first, of.last), None)
            if inner is not None and inner.name is None
            else inner
        )

    def _is_party(self, party: Party) -> bool:
        """Tell whether an unproven name is a party's here: its form, and politics all around."""
        form = any(name.name == party.name for name in self.p.parties)
        if self.context.other_world > self.context.political:
            return False
        if form:
            return self.context.political > 0
        return bool(party.name) and party.name.isupper() and self.context.political > 1  # type: ignore[union-attr]

    def _end(self, hit: Hit, stance: Stance) -> Ended | None:
        agent, target, items = self._parts(hit.verb)
        party = self._party(target)
        if party is None and target is not None:
            return self._activities(target, items, agent)
        if party is None or target is None or self._allowed(party, target, stance):
            return None
        lemma = hit.verb.lemma
        source = next((c for c in items if c.how in ("from", "to")), None)
        if lemma in ("ban", "prohibit") and self._from_doing(hit.verb, items):
            return None
        if (
            lemma in ("ban", "scrap", "ax", "axe", "terminate", "abolish", "prohibit", "shut")
            and not party.sure
            and party.name is None
        ):
            return None
        if lemma == "shut" and hit.words == "shut":
            return None
        if source is not None and lemma == "ban":
            return None
        ended = self._ended(party, target, self._subkind(lemma, agent), agent)
        if agent is not None and self._own(agent, party):
            ended.subkind = "self"
        if (
            stance.governors
            and stance.governors[0] in ("vote", "agree", "decide", "resolve", "choose")
            and self._own(self._voter(hit.verb), party)
        ):
            ended.subkind, ended.agent = "self", None
        elif ended.agent is None and hit.verb.infinitive:
            ended.agent = self._voter(hit.verb)
            if self._own(ended.agent, party):
                ended.subkind = "self"
            elif ended.agent is not None and ended.subkind == "court":
                ended.subkind = self._subkind(lemma, ended.agent)
        return ended

    def _activities(self, target: Phrase, items: list[Complement], agent: Phrase | None) -> Ended | None:
        """Read a ban on all that a party does: "banned all activities of the Awami League"."""
        if self.p.tokens[target.head].low not in ("activities", "activity", "operations"):
            return None
        party, whose = self._registered(target, items)
        return self._ended(party, whose, "suspend", agent) if party is not None and whose is not None else None

    def _allowed(self, party: Party, target: Phrase, stance: Stance) -> bool:
        """Tell whether only a power over parties in general is meant: "would allow the ministry to dissolve parties"."""
        if party.name is not None or self.p.tokens[target.head].low != "parties" or self._counted(target):
            return False
        before = {t.low for t in self.p.tokens[: target.first]}
        law = {"law", "laws", "bill", "amendment", "amendments", "act", "power", "powers", "legislation", "clause", "constitution"}
        grant = {"allow", "enable", "empower", "let", "authorise", "authorize", "permit", "allows", "allowing", "letting", "lets", "empowers", "give", "gives"}
        return bool(before & (law | grant)) or stance.claim() is Claim.CONDITIONAL and not stance.governors

    def _from_doing(self, verb: Verb, items: list[Complement]) -> bool:
        """Tell whether a ban is of a deed: "banned the party from holding a rally"."""
        for index in range(verb.last, min(len(self.p.tokens), verb.last + 14)):
            token = self.p.tokens[index]
            if token.low == "from" and index + 1 < len(self.p.tokens):
                return True
            if token.text in (".", ",", ";"):
                return False
        return False

    def _voter(self, verb: Verb) -> Phrase | None:
        before = [v for v in self.p.verbs if v.last <= verb.first and not v.infinitive]
        return subject(self.p, before[-1]) if before else None

    def _own(self, agent: Phrase | None, party: Party) -> bool:
        """Tell whether those who end a party are its own members or leader."""
        if agent is None:
            return False
        if agent.kind == "party":
            found = self.roles.party(agent)
            return found is not None and (
                same(found.name, party.name)
                or same(found.text, party.text)
                or party.text.lower() in ("it", "itself")
            )
        if agent.kind in ("group", "person", "name", "pron", "count"):
            actor = self.roles.actor(agent)
            if actor is not None and actor.party and same(actor.party, party.name):
                return True
            head = self.p.tokens[agent.head].low
            return party.text.lower().startswith(("his ", "her ", "their ", "its ")) or head in (
                "members",
                "delegates",
                "founder",
                "founders",
                "membership",
            )
        return False

    def _ended(self, party: Party, target: Phrase, subkind: str, agent: Phrase | None) -> Ended:
        ended = Ended(party, subkind, agent)
        counted = self._counted(target)
        if counted:
            ended.count, ended.count_min = counted
        return ended

    def _counted(self, phrase: Phrase) -> tuple[str, int | None] | None:
        first = self.p.tokens[phrase.first]
        if first.pos == "NUM" and self.p.tokens[phrase.head].low in ("parties", "party"):
            actor = self.roles.actor(Phrase(phrase.first, phrase.last, phrase.head, "group"))
            return (actor.count or first.text, actor.count_min) if actor else None
        return None

    def _subkind(self, lemma: str, agent: Phrase | None) -> str:
        kind = self._agency(agent)
        if lemma in ("deregister", "de-register", "delist", "de-list", "unregister"):
            return kind if kind == "court" else "admin"
        if kind:
            return kind
        return (
            "exec"
            if lemma in ("ban", "outlaw", "proscribe", "prohibit", "criminalise", "criminalize", "abolish")
            else "court"
        )

    def _agency(self, agent: Phrase | None) -> str:
        """Return court, admin or exec by who acts, or ""."""
        if agent is None:
            return ""
        lows = [t.low for t in self.p.tokens[agent.first : agent.last]]
        if self.p.tokens[agent.head].low == "order" or "order" in lows:
            lows += [t.low for t in self.p.tokens[agent.last : agent.last + 6]]
        for name in ("court", "administration", "executive"):
            if set(lows) & self.words.set(f"bodies.{name}"):
                both = name == "administration" and set(lows) & {
                    "revolutionary",
                    "military",
                    "ruling",
                    "security",
                    "sovereign",
                    "transitional",
                }
                return {"court": "court", "administration": "exec" if both else "admin", "executive": "exec"}[
                    name
                ]
        if agent.kind in ("person", "name", "group"):
            return "exec"
        return ""

    def _strike(self, hit: Hit, stance: Stance) -> Ended | None:
        agent, target, items = self._parts(hit.verb)
        party = self._party(target)
        lows = {t.low for t in self.p.tokens[hit.verb.last : hit.verb.last + 12]}
        if (
            party is None
            or target is None
            or not lows & {"register", "registry", "roll", "rolls", "list", "registration", "off"}
        ):
            return None
        if hit.words not in ("strike off", "strike from") and not lows & {
            "register",
            "registry",
            "roll",
            "rolls",
        }:
            return None
        return self._ended(party, target, "court" if self._agency(agent) == "court" else "admin", agent)

    def _declare(self, hit: Hit, stance: Stance) -> Ended | None:
        verb = hit.verb
        agent, target, items = self._parts(verb)
        party = self._party(target)
        if party is None and not verb.passive:
            # "ruled that the party is unconstitutional"
            inner = next((v for v in self.p.verbs if v.first >= verb.last and v.lemma == "be"), None)
            target = subject(self.p, inner) if inner is not None and inner.first < verb.last + 10 else None
            party = self._party(target)
        if party is None or target is None:
            return None
        start = max(target.last, verb.last)
        after = {t.low for t in self.p.tokens[start : start + 8]} | {
            t.low for t in self.p.tokens[verb.last : verb.last + 3]
        }
        if verb.passive:
            after = {t.low for t in self.p.tokens[verb.last : verb.last + 6]}
        if not after & self.words.set("dissolution.illegal"):
            return None
        if (
            not verb.passive
            and subject(self.p, verb) is not None
            and self._agency(subject(self.p, verb)) == ""
        ):
            return None
        return self._ended(
            party, target, self._subkind("dissolve" if "dissolved" in after else "ban", agent), agent
        )

    def _registration(self, hit: Hit, stance: Stance) -> Ended | None:
        agent, target, items = self._parts(hit.verb)
        if target is None:
            return None
        if hit.verb.lemma == "strip":
            stripped = next((c.phrase for c in items if c.how == "of"), None)
            party = self._party(target)
            if (
                party is None
                or stripped is None
                or self.p.tokens[stripped.head].low not in self.words.set("dissolution.registration_nouns")
            ):
                return None
            return self._ended(party, target, "court" if self._agency(agent) == "court" else "admin", agent)
        party, whose = self._registered(target, items)
        if party is None or whose is None:
            return None
        return self._ended(party, whose, "court" if self._agency(agent) == "court" else "admin", agent)

    def _registered(self, target: Phrase, items: list[Complement]) -> tuple[Party | None, Phrase | None]:
        """Return whose registration a phrase is: "the registration of X", "X's legal status"."""
        head = self.p.tokens[target.head].low
        activities = {"activities", "activity", "operations", "operation"}
        if head not in self.words.set("dissolution.registration_nouns") | activities:
            return None, None
        of = self.roles._of(target)  # noqa: SLF001 - one reader in two files
        if of is not None:
            return self._party(of), of
        if target.owner >= 0:
            owner = Phrase(target.first, target.owner - 1, target.owner - 2, "party", target.parties)
            if self.p.tokens[owner.head].party >= 0 or self.p.tokens[owner.head].low in (
                "party",
                "opposition",
            ):
                return self._party(owner), owner
            return None, None
        if target.parties:
            name = self.p.parties[target.parties[0]].name
            return Party(name, name), target
        if self.p.tokens[target.first].low == "its":
            return self.roles._antecedent(target, "it"), target  # noqa: SLF001
        return None, None

    def _suspend(self, hit: Hit, stance: Stance) -> Ended | None:
        agent, target, items = self._parts(hit.verb)
        if target is None:
            return None
        party, whose = self._registered(target, items)
        if party is None:
            party, whose = self._party(target), target
            if agent is not None and agent.kind in ("party",) and target.kind != "party":
                return None
        if party is None or whose is None or party.text.lower() == "it":
            return None
        return self._ended(party, whose, "suspend", agent)

    def _disqualify(self, hit: Hit, stance: Stance) -> Ended | None:
        verb = hit.verb
        agent, target, items = self._parts(verb)
        party = self._party(target)
        if party is None or target is None:
            return None
        lows = [t.low for t in self.p.tokens[verb.last : verb.last + 12]]
        election = set(lows) & self.words.set("dissolution.elections")
        direct = verb.lemma == "disqualify"
        if not direct and not (election and set(lows) & {"from", "off", "out"}):
            return None
        if (
            not direct
            and verb.lemma in ("leave", "throw", "stop", "keep", "kick", "remove", "strike", "knock")
            and not election
            & {"election", "elections", "ballot", "polls", "vote", "race", "contesting", "running"}
        ):
            return None
        return self._ended(party, target, "disq", agent)

    def _deny(self, hit: Hit, stance: Stance) -> Ended | None:
        agent, target, items = self._parts(hit.verb)
        lows = [t.low for t in self.p.tokens[hit.verb.last : hit.verb.last + 10]]
        if "registration" not in lows and "register" not in lows:
            return None
        to = next((c.phrase for c in items if c.how in ("to", "of", "by")), None)
        first = next((c.phrase for c in items if c.how == ""), None)
        register = next((v for v in self.p.verbs if v.infinitive and v.lemma == "register" and v.first >= hit.verb.last), None)
        if register is not None and not hit.verb.passive:
            first = next((c.phrase for c in complements(self.p, register) if c.how == ""), None)
        for phrase in (target, first, to, subject(self.p, hit.verb) if hit.verb.passive else None):
            party = self._party(phrase)
            if (
                party is not None
                and phrase is not None
                and self._agency(agent) in ("court", "admin", "exec", "")
            ):
                if agent is not None and agent.kind == "party":
                    return None
                return self._ended(party, phrase, "disq", agent)
            if (
                phrase is not None
                and "registration" in {t.low for t in self.p.tokens[phrase.first : phrase.last]}
                and phrase.parties
            ):
                name = self.p.parties[phrase.parties[0]].name
                return self._ended(Party(name, name), phrase, "disq", agent)
        return None

    def _bans(self, hit: Hit, stance: Stance) -> Ended | None:
        verb = hit.verb
        agent, target, items = self._parts(verb)
        actor = self.roles.actor(target)
        if target is None or actor is None or actor.is_party or actor.text is None and not actor.pronoun:
            return None
        if agent is not None and agent.kind == "party":
            return None
        tail = self.p.tokens[verb.last : verb.last + 14]
        lows = {t.low for t in tail}
        if verb.lemma == "strip":
            if not ("political" in lows and "rights" in lows):
                return None
        elif not ("from" in lows or "for" in lows) or not lows & (
            self.words.set("dissolution.politics") - {"holding", "seeking", "public"} | {"politics"}
        ):
            return None
        if verb.lemma != "strip" and not self._from_politics(tail):
            return None
        ended = Ended(None, "bans", agent, count=actor.count, count_min=actor.count_min, actor=actor.text)
        return ended

    def _from_politics(self, tail: list[object]) -> bool:
        lows = [t.low for t in tail]  # type: ignore[attr-defined]
        if "from" not in lows:
            return False
        after = lows[lows.index("from") + 1 :][:6]
        strong = {
            "politics",
            "political",
            "office",
            "parliament",
            "contesting",
            "standing",
            "running",
            "election",
            "elections",
            "vote",
            "voting",
        }
        return bool(set(after) & strong) and not set(after) & {
            "rallies",
            "rally",
            "meeting",
            "meetings",
            "headquarters",
        }

    def _seats(self, hit: Hit, stance: Stance) -> Ended | None:
        verb = hit.verb
        agent, target, items = self._parts(verb)
        if target is None:
            return None
        phrases = [target, *(c.phrase for c in items if c.how == "")]
        seats = next(
            (
                q
                for q in phrases
                if self.p.tokens[q.head].low in ("seats", "positions", "posts", "mandates", "seat")
            ),
            None,
        )
        if seats is None:
            return None
        if verb.lemma in (
            "hand",
            "give",
            "award",
            "transfer",
            "split",
            "divide",
            "share",
            "hand over",
        ) and not any(c.how in ("to", "among", "between", "over") for c in items):
            return None
        party = self._seat_owner(seats)
        if party is None:
            return None
        ended = Ended(party, "seats", agent)
        actor = self.roles.actor(Phrase(seats.first, seats.last, seats.head, "group"))
        if actor is not None:
            number = next((t.text for t in self.p.tokens[seats.first : seats.last] if t.pos == "NUM"), None)
            ended.count = number or actor.count
            ended.count_min = int(number) if number and number.isdigit() else actor.count_min
        return ended

    def _seat_owner(self, seats: Phrase) -> Party | None:
        p = self.p
        if seats.parties:
            name = p.parties[seats.parties[0]].name
            return Party(name, name)
        for other in p.phrases:
            if (
                seats.last <= other.first <= seats.last + 6
                and other.kind == "party"
                and p.tokens[other.first - 1].low in ("by", "of")
            ):
                return self.roles.party(other)
        if p.tokens[seats.first].low in ("its", "their", "the") and (p.parties or self.context.party):
            return self.roles._antecedent(seats, "it")  # noqa: SLF001
        if p.tokens[seats.first].low == "its":
            return self.roles._antecedent(seats, "it")  # noqa: SLF001
        return None

    def _self(self, hit: Hit, stance: Stance) -> Ended | None:
        verb = hit.verb
        if verb.passive:
            return None
        who = subject(self.p, verb)
        if verb.infinitive or (verb.use == ING and not verb.be):
            who = self._voter(verb) if stance.addressee is None else stance.addressee
        items = list(complements(self.p, verb))
        bare = next((c.phrase for c in items if c.how == ""), None)
        party = self._party(who)
        members = None
        if party is None and who is not None and who.kind in ("group", "body", "other", "count"):
            members = next(
                (
                    self.p.parties[q.parties[0]].name
                    for q in self.p.phrases
                    if q.parties and who.first <= q.first and q.last <= verb.first
                ),
                None,
            )
        if bare is not None and hit.words in (
            "dissolve",
            "disband",
            "fold",
            "close",
            "deregister",
            "extinguish",
            "dismantle",
            "wind up",
            "wind down",
            "shut down",
            "close down",
            "break up",
            "liquidate",
            "shutter",
        ):
            itself = self.p.tokens[bare.head].low in ("itself", "themselves")
            if not itself:
                return None
            party = party or (Party(members, members) if members else None)
        elif (
            hit.words
            in (
                "close",
                "shutter",
                "fold",
                "collapse",
                "break up",
                "dismantle",
                "disintegrate",
                "liquidate",
                "extinguish",
                "close down",
                "shut down",
                "wind down",
            )
            and party is not None
        ):
            if hit.words in ("close", "shutter", "dismantle", "liquidate", "extinguish") or (
                party.name is None and hit.words != "fold"
            ):
                return None
        if party is None and stance.governors[:1] == ["vote"] and members:
            party = Party(members, members)
        if party is None or who is None:
            return None
        return self._ended(party, who, "self", None)

    def _fate(self, hit: Hit, stance: Stance) -> Ended | None:
        """Read "could go the way of the parties already dissolved"."""
        party = self._party(subject(self.p, hit.verb))
        acts = self.words.set("dissolution.nouns") | {"dissolved", "banned", "outlawed", "disbanded", "dissolve", "deregistered"}
        if party is None or not (self.context.ending or any(t.low in acts for t in self.p.tokens)):
            return None
        return Ended(party, "court")

    def _merge(self, hit: Hit, stance: Stance) -> Ended | None:
        verb = hit.verb
        items = list(complements(self.p, verb))
        who = subject(self.p, verb)
        if verb.infinitive:
            who = self._voter(verb)
        if hit.words == "absorb":
            agent, target, _ = self._parts(verb)
            party = self._party(target)
            if party is None or target is None or self._party(agent) is None:
                return None
            return self._ended(party, target, "merge", agent)
        party = self._party(who)
        into = next(
            (c.phrase for c in items if c.how in ("into", "with", "by")), None
        ) or self.p.phrase_starting(hit.last)
        other = self._party(into)
        if hit.words == "merge" and other is None:
            return None
        if party is None or who is None or other is None:
            return None
        return self._ended(party, who, "merge", None)

    def _restore(self, hit: Hit, stance: Stance) -> Ended | None:
        verb = hit.verb
        agent, target, items = self._parts(verb)
        if target is None:
            return None
        head = self.p.tokens[target.head].low
        if head not in self.words.set("dissolution.orders"):
            return None
        party = self._ordered(target)
        if party is None:
            return None
        ended = self._ended(party, target, "restore", agent)
        ended.count = ended.count_min = None
        ended.claim = Claim.REVERSED if not stance.labels - {"rumoured", "claimed"} else None
        return ended

    def _ordered(self, target: Phrase) -> Party | None:
        """Return whose ban or dissolution an order is: "the decree that dissolved X", "the ban on X"."""
        p = self.p
        if target.parties:
            name = p.parties[target.parties[0]].name
            return Party(name, name)
        window = [
            q
            for q in p.phrases
            if target.last <= q.first <= target.last + 12 and q.kind in ("party", "acronym")
        ]
        between = p.tokens[target.last : window[0].first] if window else []
        acts = self.words.set("dissolution.nouns") | {
            "dissolving",
            "dissolved",
            "banning",
            "outlawing",
            "dissolve",
            "banned",
            "disbanding",
            "suspending",
            "outlawed",
            "deregistering",
            "disqualifying",
            "ban",
            "suspended",
        }
        head = p.tokens[target.head].low
        modifiers = {t.low for t in p.tokens[target.first : target.last]}
        if window and (
            head in acts | {"suspension", "disqualification", "proscription"}
            or {t.low for t in between} & acts
            or modifiers & acts
        ):
            return self.roles.party(window[0])
        if target.owner >= 0 and p.tokens[target.owner - 2].low in ("party", "opposition"):
            return self.roles.party(
                Phrase(target.first, target.owner - 1, target.owner - 2, "party", target.parties, -1, True)
            )
        if head in ("dissolution", "ban", "deregistration", "proscription", "suspension", "disbandment") and (
            p.parties or self.context.party
        ):
            return self.roles._antecedent(target, "it")  # noqa: SLF001
        return None

    def _reinstate(self, hit: Hit, stance: Stance) -> Ended | None:
        agent, target, items = self._parts(hit.verb)
        party = self._party(target)
        if party is None and target is not None:
            party, _ = self._registered(target, items)
        if (
            party is None
            or target is None
            or hit.verb.lemma in ("revive", "resurrect")
            and target.kind != "party"
        ):
            return None
        if agent is not None and agent.kind == "party":
            return None
        ended = self._ended(party, target, "restore", agent)
        ended.claim = Claim.REVERSED if not stance.labels - {"rumoured", "claimed"} else None
        return ended

    # ---- nouns

    def noun(self, at: int) -> Draft | None:
        """Read a nominal act: "the dissolution of X by Y", "a ban on X", "X's disbandment"."""
        p = self.p
        phrase = p.phrase_at(at)
        token = p.tokens[at]
        if phrase is None or phrase.head != at:
            return None
        party, whose = self._nominal_party(phrase)
        if party is None:
            party, whose = self._threatened(phrase)
        subkind = self._nominal_kind(token.low)
        if party is None or whose is None or not subkind:
            return None
        stance = self.reader.read(phrase.first, None, "dissolution")
        agent = self._nominal_agent(whose.last)
        if subkind == "restore" and not stance.labels & {
            "sought",
            "called_for",
            "planned",
            "refused",
            "conditional",
        }:
            stance.labels.clear()
        order = stance.governors[:1]
        lemma = {
            "ban": "ban",
            "outlawing": "outlaw",
            "proscription": "ban",
            "deregistration": "deregister",
        }.get(token.low, "dissolve")
        if agent is None and stance.top is not None and (not order or order[0] in _DECIDES):
            agent = (
                subject(p, stance.top)
                if not stance.top.passive
                else next((c.phrase for c in complements(p, stance.top) if c.how == "by"), None)
            )
        if agent is not None and agent.kind not in ("body", "group", "person", "name", "party"):
            agent = None
        kind = subkind or self._subkind(lemma, agent)
        if kind == "end":
            kind = (
                "self"
                if token.low == "self-dissolution" or (agent is not None and self._own(agent, party))
                else self._subkind(lemma, agent)
            )
        ended = self._ended(party, whose, kind, agent if kind != "self" else None)
        if kind == "restore":
            ended.claim = Claim.REVERSED if not stance.labels - {"rumoured", "claimed"} else None
        if not self._told(stance, phrase):
            return None
        return self.draft(ended, stance)

    def _told(self, stance: Stance, phrase: Phrase) -> bool:
        """Tell whether a nominal act is news: it is ordered, asked, feared, or the sentence's own subject."""
        return True

    def _nominal_kind(self, low: str) -> str:
        for kind, path in (
            ("end", "nouns"),
            ("suspend", "suspend_nouns"),
            ("disq", "disq_nouns"),
            ("seats", "seat_nouns"),
            ("restore", "restore_nouns"),
        ):
            if low in self.words.set(f"dissolution.{path}"):
                return kind
        return ""

    def _nominal_party(self, phrase: Phrase) -> tuple[Party | None, Phrase | None]:
        p = self.p
        following = p.tokens[phrase.last].low if phrase.last < len(p.tokens) else ""
        if following in ("of", "on", "against"):
            of = p.phrase_starting(phrase.last + 1)
            if of is not None and p.tokens[of.head].low in (
                "seats",
                "positions",
                "registration",
                "activities",
            ):
                return (
                    self._seat_owner(of)
                    if p.tokens[of.head].low in ("seats", "positions")
                    else self._registered(of, [])[0]
                ), of
            if p.tokens[phrase.head].low in self.words.set("dissolution.seat_nouns"):
                return None, None
            return self._party(of), of
        if p.tokens[phrase.head].low in self.words.set("dissolution.seat_nouns"):
            return None, None
        if phrase.owner >= 0:
            owner = Phrase(
                phrase.first, phrase.owner - 1, phrase.owner - 2, "party", phrase.parties, -1, True
            )
            head = p.tokens[owner.head]
            if head.party >= 0 or head.low in ("party",):
                return self._party(owner), phrase
            return None, None
        if phrase.parties and p.tokens[phrase.head].low not in ("ban", "exclusion", "closure"):
            name = p.parties[phrase.parties[0]].name
            return Party(name, name), phrase
        if p.tokens[phrase.first].low == "its" and p.tokens[phrase.head].low in (
            "dissolution",
            "disbandment",
            "deregistration",
            "self-dissolution",
            "proscription",
        ):
            return self.roles._antecedent(phrase, "it"), phrase  # noqa: SLF001
        return None, None

    def _threatened(self, phrase: Phrase) -> tuple[Party | None, Phrase | None]:
        """Read "X faces dissolution", "spared X from a ban": the party is the verb's subject or object."""
        verb = next((v for v in reversed(self.p.verbs) if v.last <= phrase.first), None)
        if verb is None or phrase.first - verb.last > 9:
            return None, None
        between = [t.low for t in self.p.tokens[verb.last : phrase.first]]
        if verb.lemma in _FACING and len(between) <= 3:
            who = subject(self.p, verb)
        elif verb.lemma in _SAVING and {"from", "with"} & set(between):
            who = (
                subject(self.p, verb)
                if verb.passive
                else next((c.phrase for c in complements(self.p, verb) if c.how == ""), None)
            )
        else:
            return None, None
        party = self._party(who)
        return (party, phrase) if party is not None else (None, None)

    def _nominal_agent(self, at: int) -> Phrase | None:
        if at < len(self.p.tokens) and self.p.tokens[at].low == "by":
            return self.p.phrase_starting(at + 1)
        return None

    def attribute(self, at: int) -> Draft | None:
        """Read an attribute: "the now-dissolved Civic Union"."""
        phrase = self.p.phrase_at(at)
        if phrase is None or not phrase.parties and self.p.tokens[phrase.head].low != "party":
            return None
        party = self._party(phrase) if phrase.kind == "party" else None
        if party is None and phrase.parties:
            name = self.p.parties[phrase.parties[0]].name
            party = Party(name, name)
        if party is None:
            return None
        draft = self.draft(Ended(party, "background"), Stance())
        draft.claim, draft.attributive = Claim.BACKGROUND, True
        return draft

    # ---- the mention

    def draft(self, ended: Ended, stance: Stance) -> Draft:
        """Return the mention with its claim, sub-kind and slots."""
        claim = ended.claim or stance.claim()
        draft = Draft("dissolution", ended.subkind, claim, self.where)
        party = ended.party
        draft.actor = ended.actor or (party.name or party.text if party else None)
        draft.actor_named = party is not None and party.name is not None
        draft.vague = bool(stance.governors) and stance.governors[0] in _LOOSE
        draft.count, draft.count_min = ended.count, ended.count_min
        if draft.subkind != "self" and claim in (Claim.PLANNED, Claim.REPORTED, Claim.THREATENED) and self._alleges(stance, party):
            claim = draft.claim = Claim.CLAIMED
        asked = claim in _ASKED or (claim in (Claim.REFUSED, Claim.DENIED) and "sought" in stance.labels)
        if asked and ended.subkind in ("court", "exec", "admin", "end"):
            draft.subkind = "sought"
        elif claim is Claim.REFUSED and ended.subkind in ("court", "exec", "admin"):
            draft.subkind = "sought"
        by = stance.asker if asked and stance.asker is not None else ended.agent
        if by is None and claim in (Claim.THREATENED, Claim.PLANNED, Claim.DENIED, Claim.REFUSED):
            by = stance.asker or (
                subject(self.p, stance.top) if stance.top is not None and not stance.top.passive else None
            )
        if by is not None and by.kind not in ("date", "pron"):
            draft.by = self._by(climb(self.p, by) if by.kind == "other" else by)
        if stance.speaker is not None and stance.speaker is not by:
            who = self.roles.actor(stance.speaker)
            draft.said_by = (
                who.text
                if who is not None and who.text
                else (
                    text_of(self.p, stance.speaker)
                    if stance.speaker.kind in ("body", "other", "party", "group")
                    else None
                )
            )
        if draft.by is None and by is not None and by.kind == "pron":
            actor = self.roles.actor(by)
            draft.by = actor.text if actor is not None else None
        return draft

    def _alleges(self, stance: Stance, party: Party | None) -> bool:
        """Tell whether the party itself says what is being done to it by others."""
        speaker = stance.speaker
        if speaker is None or party is None or stance.top is None:
            return False
        side = self.p.parties[speaker.parties[0]].name if speaker.parties else None
        of = self.roles._of(speaker)  # noqa: SLF001
        if of is not None and of.parties:
            side = self.p.parties[of.parties[0]].name
        return same(side, party.name)

    def _by(self, phrase: Phrase) -> str | None:
        actor = self.roles.actor(phrase)
        if actor is not None and actor.named and actor.text:
            return actor.text
        if self.p.tokens[phrase.head].low == "order":
            of = self.roles._of(phrase)  # noqa: SLF001
            return text_of(self.p, of) if of is not None else None
        return text_of(self.p, phrase)
