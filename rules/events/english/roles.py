"""Turning an English noun phrase into a slot: which party, which actor, how many."""

from __future__ import annotations

from dataclasses import dataclass

from rules.events.english.clauses import climb, subject
from rules.events.english.context import Context, Person, describing, is_national, person_name, same, text_of
from rules.events.english.phrases import Parsed, Phrase
from rules.events.gazetteer import country_names

_SIDES = frozenset(
    "coalition bloc alliance camp side benches bench ranks fold caucus cause resistance opposition government".split()
)
_CONTAINERS = frozenset(
    "ranks fold membership camp caucus leadership benches banner side lines platform ticket orbit".split()
)
_IDENTIFYING = frozenset(
    "ruling governing opposition rival another other different new own main biggest largest smaller parties political pro-government allied coalition major minor".split()
)
_POSSESSIVE = frozenset(("his", "her", "their", "its", "my", "our"))
_OUTFITS = frozenset("organisation organization movement formation outfit".split())
_PARTITIVES = frozenset(
    "thousands hundreds dozens scores group number majority half quarter third cascade wave flood gale spate stream "
    "slew series exodus handful raft batch host cohort string couple pair trio duo quartet percent % minority bulk "
    "most many several one two all some any each none lots crowd band team contingent droves most".split()
)


@dataclass(frozen=True, slots=True)
class Party:
    """A side as a sentence names it; ``name`` is None where only "it" or "the party" stands there.

    ``sure`` is False for a bare unknown name, which counts only beside politicians.
    """

    text: str
    name: str | None
    sure: bool = True


@dataclass(slots=True)
class Actor:
    """Who moves: ``text`` as published or None for an unresolved pronoun."""

    text: str | None
    named: bool = False
    party: str | None = None
    politician: bool = False
    national: bool = False
    military: bool = False
    north_korean: bool = False
    state: bool = False
    plural: bool = False
    partisan: bool = False
    is_party: bool = False
    count: str | None = None
    count_min: int | None = None
    pronoun: bool = False
    opposition: bool = False
    former: bool = False
    percent: bool = False


class Roles:
    """Resolves phrases of one sentence against what the article said before."""

    def __init__(self, p: Parsed, context: Context) -> None:
        self.p = p
        self.context = context
        self.words = context.words
        #: The party that "it" and "its ranks" cannot mean: the one that the actor leaves.
        self.avoid: str | None = None

    # ---- parties

    def party(self, phrase: Phrase | None, actor: Actor | None = None) -> Party | None:
        """Return the party that a phrase in a party's place means, or None."""
        if phrase is None:
            return None
        p, head = self.p, self.p.tokens[phrase.head]
        if phrase.kind == "party":
            return self._party_phrase(phrase, actor)
        if phrase.kind == "pron" and head.low in ("it", "them", "itself"):
            return self._antecedent(phrase, head.low)
        if phrase.kind == "acronym":
            return Party(head.text, head.text, sure=False)
        if head.low in _OUTFITS and p.tokens[phrase.first].low in ("the", "their", "his", "her") and phrase.last - phrase.first <= 2:
            known = self._before(phrase) or self.context.party
            return Party(known, known) if known else None
        if head.low in _SIDES and any(
            t.low in ("ruling", "governing", "opposition", "majority", "government", "treasury")
            for t in p.tokens[phrase.first : phrase.head]
        ):
            return Party(text_of(p, phrase), None)
        named = self._named_side(phrase)
        if named is not None:
            return named
        if head.low in _CONTAINERS:
            inner = self._of(phrase)
            if inner is None and self.p.tokens[phrase.first].low in ("its", "their"):
                return self._antecedent(phrase, "it")
            owner = self._owner_party(phrase)
            return self.party(inner, actor) if inner is not None else owner
        if phrase.kind == "name" and phrase.owner < 0 and not self._place(phrase):
            return Party(text_of(p, phrase), text_of(p, phrase), sure=False)
        return None

    def _party_phrase(self, phrase: Phrase, actor: Actor | None) -> Party | None:
        p = self.p
        head = p.tokens[phrase.head]
        if head.party >= 0:
            name = p.parties[head.party]
            return Party(name.name, name.name, name.sure)
        if head.low == "opposition":
            return Party(text_of(p, phrase), None)
        first = p.tokens[phrase.first].low
        of = self._of(phrase)
        if phrase.parties:
            named = p.parties[phrase.parties[-1]]
            return Party(text_of(p, phrase), named.name)
        if not phrase.plain:
            return self._described(phrase, of)
        if first in _POSSESSIVE:
            own = actor.party if actor is not None else None
            return Party(text_of(p, phrase), own)
        if phrase.owner >= 0:
            return Party(text_of(p, phrase), self._owners_party(phrase))
        if head.low == "parties":
            return Party(text_of(p, phrase), None) if self.context.political else None
        if of is not None and of.kind == "pron":
            return None
        found = self._before(phrase)
        if found is not None:
            return Party(found, found)
        if first in ("the", "this", "that") or p.headline:
            known = (
                (actor.party if actor is not None else None) or self.context.party or self.context.main_party
            )
            return Party(known or text_of(p, phrase), known) if known or self.context.political else None
        return Party(text_of(p, phrase), None) if self.context.political > 2 else None

    def _described(self, phrase: Phrase, of: Phrase | None) -> Party | None:
        p = self.p
        lows = {t.low for t in p.tokens[phrase.first : phrase.last]}
        if p.tokens[phrase.first].low in _POSSESSIVE and lows & {"own", "former", "old"}:
            named = [q.name for q in self.p.parties if q.last <= phrase.first]
            return Party(text_of(p, phrase), named[0] if named and not lows & {"own"} else None)
        following = (
            p.phrase_starting(phrase.last + 1)
            if phrase.last < len(p.tokens) and p.tokens[phrase.last].low == ","
            else None
        )
        if following is not None and following.kind == "party" and p.tokens[following.head].party >= 0:
            name = p.parties[p.tokens[following.head].party].name
            return Party(name, name)
        known = self._titled(lows)
        if known is not None:
            return Party(known, known)
        if p.tokens[phrase.first].low == "the" and not lows & _IDENTIFYING:
            before = self._before(phrase) or self.context.party
            if before is not None:
                return Party(before, before)
        if not lows & self.words.set("party.qualifiers"):
            return Party(text_of(p, phrase), None) if self.context.political else None
        return Party(text_of(p, phrase), None)

    def _named_side(self, phrase: Phrase) -> Party | None:
        """Read "the Homeland benches", "the Harmony camp"."""
        p = self.p
        if p.tokens[phrase.head].low not in _CONTAINERS | {"side", "bloc", "faction", "group"} or phrase.last - phrase.first < 2:
            return None
        before = p.tokens[phrase.head - 1]
        if before.party >= 0:
            name = p.parties[before.party].name
            return Party(name, name)
        if before.pos != "NAME" or phrase.owner >= 0:
            return None
        first = phrase.head - 1
        while first > phrase.first and p.tokens[first - 1].pos == "NAME":
            first -= 1
        return Party(p.slice(first, phrase.head), p.slice(first, phrase.head))

    def _titled(self, lows: set[str]) -> str | None:
        """Return the party that the article called "the ruling X" or "the main opposition X"."""
        for title in ("ruling", "governing", "opposition"):
            if title in lows and not lows & {
                "parties",
                "another",
                "other",
                "rival",
                "smaller",
                "small",
                "an",
                "a",
                "three",
                "two",
            }:
                return self.context.titles.get("ruling" if title == "governing" else title)
        return None

    def _owner_party(self, phrase: Phrase) -> Party | None:
        if phrase.parties:
            name = self.p.parties[phrase.parties[-1]].name
            return Party(name, name)
        return None

    def _owners_party(self, phrase: Phrase) -> str | None:
        p = self.p
        owner = p.slice(phrase.first, phrase.owner - 1).lower()
        person = self.context.people.get(owner)
        return person.party if person is not None else None

    def _antecedent(self, phrase: Phrase, low: str) -> Party | None:
        before = self._before(phrase)
        if before is not None:
            return Party(before, before)
        described = [q for q in self.p.phrases if q.kind == "party" and q.last <= phrase.first]
        if described and low != "them":
            text = text_of(self.p, described[-1])
            return Party(text, None)
        known = self.context.party
        return Party(known, known) if known and low == "it" else None

    def _before(self, phrase: Phrase) -> str | None:
        """Return the last party named before a phrase in the same sentence."""
        found = [q for q in self.p.parties if q.last <= phrase.first and not same(q.name, self.avoid)]
        return found[-1].name if found else None

    def _of(self, phrase: Phrase) -> Phrase | None:
        at = phrase.last
        if at < len(self.p.tokens) and self.p.tokens[at].low == "of":
            return self.p.phrase_starting(at + 1)
        return None

    def _place(self, phrase: Phrase) -> bool:
        text = text_of(self.p, phrase)
        return any(text == place for place in self.words.raw["places"]) or text in country_names()

    # ---- actors

    def actor(self, phrase: Phrase | None) -> Actor | None:
        """Return who a subject phrase means, or None where no person or group can be meant."""
        if phrase is None:
            return None
        if phrase.kind == "pron":
            return self._pronoun(phrase)
        if phrase.kind in ("person", "name"):
            return self._person(phrase)
        if phrase.kind in ("group", "count"):
            return self._group(phrase)
        if phrase.kind == "party":
            party = self.party(phrase)
            return (
                Actor(party.text, named=party.name is not None, party=party.name, is_party=True)
                if party
                else None
            )
        low = self.p.tokens[phrase.head].low
        if low in _PARTITIVES or low in self.words.raw["many"]:
            return self._group(phrase)
        if phrase.kind == "body" and low in self.words.set("people.parts") | {"committee"}:
            return self._group(phrase)
        return None

    def _pronoun(self, phrase: Phrase) -> Actor | None:
        low = self.p.tokens[phrase.head].low
        context = self.context
        if low in ("he", "she", "him", "her", "himself", "herself", "he's", "she's"):
            found = self._named_before(phrase)
            return self._of_person(found or context.person)
        if low in ("i", "me", "myself"):
            return self._of_person(context.speaker)
        if low in ("they", "them", "themselves", "we", "us", "those", "others", "some", "all", "both"):
            group = self._group_before(phrase)
            if group is not None:
                return self._group(group)
            return Actor(
                context.group,
                plural=True,
                pronoun=True,
                party=context.group_party,
                military=context.group_military and context.group_party is None,
            )
        if low in ("who", "someone", "anyone", "everyone", "nobody", "one"):
            return Actor(None, pronoun=True)
        return None

    def _named_before(self, phrase: Phrase) -> Person | None:
        """Return whom "he" means: the one who speaks or is spoken of first; "him" is never his own verb's subject."""
        p = self.p
        objective = p.tokens[phrase.head].low in ("him", "her", "himself", "herself")
        acting = self._acting(phrase) if objective else None
        names = [
            q for q in p.phrases if q.last <= phrase.first and q.kind in ("person", "name") and q.owner < 0
        ]
        names = [q for q in names if acting is None or not self._part_of(acting, q)]
        names = [q for q in names if q.first == 0 or p.tokens[q.first - 1].low not in ("in", "at", "near")]
        speaking = [q for q in names if self._speaks(q)]
        leading = [q for q in names if q.first == 0 or p.tokens[q.first - 1].pos not in ("PREP", "TO")]
        for other in (*speaking, *leading, *names):
            found = self.context.lookup(p, other)
            if found is not None:
                return found
        for other in p.phrases:
            if other.last <= phrase.first and other.kind == "group" and other is not acting:
                if p.tokens[other.head].low in self.words.set("people.singular_offices"):
                    actor = self._group(other)
                    return Person(
                        actor.text or "", actor.party, actor.politician, actor.national, actor.military
                    )
        return None

    def _acting(self, phrase: Phrase) -> Phrase | None:
        verb = next((v for v in reversed(self.p.verbs) if v.last <= phrase.first), None)
        return subject(self.p, verb) if verb is not None else None

    def _part_of(self, acting: Phrase, other: Phrase) -> bool:
        """Tell whether a name is the subject itself or apposed to it: "a local official, Prak Din, had urged him"."""
        between = self.p.tokens[acting.last : other.first]
        return other is acting or (
            other.first > acting.first and len(between) <= 1 and all(t.low == "," for t in between)
        )

    def _speaks(self, phrase: Phrase) -> bool:
        say = self.words.set("say")
        for verb in self.p.verbs:
            if verb.lemma in say and verb.first >= phrase.last:
                who = subject(self.p, verb)
                if who is phrase:
                    return True
                if verb.use == "ing" and phrase.first > 0 and self.p.tokens[phrase.first - 1].low == "with":
                    return True
        return False

    def _group_before(self, phrase: Phrase) -> Phrase | None:
        for other in reversed(self.p.phrases):
            if other.last <= phrase.first and other.kind in ("group", "count"):
                if (
                    self.p.tokens[other.head].low.endswith(("s", "men", "people", "women"))
                    or other.kind == "count"
                ):
                    return climb(self.p, other)
        return None

    def _of_person(self, person: Person | None) -> Actor:
        if person is None:
            return Actor(None, pronoun=True)
        return Actor(
            person.name or None,
            named=person.name[:1].isupper(),
            party=person.party,
            politician=person.politician,
            national=person.national,
            military=person.military,
            pronoun=True,
        )

    def _person(self, phrase: Phrase) -> Actor | None:
        p = self.p
        name = person_name(p, phrase, self.words)
        if not name or self._place(phrase):
            return None
        described = describing(p, phrase)
        lows = {p.tokens[i].low for part in described for i in range(part.first, part.last)}
        known = self.context.people.get(name.lower())
        party = next((p.parties[part.parties[0]].name for part in described if part.parties), None)
        actor = Actor(
            known.name if known is not None and " " in known.name else name,
            named=True,
            party=party or (known.party if known else None),
            politician=bool(lows & self.words.set("people.politicians")) or bool(known and known.politician),
            national=is_national(lows, self.words) or bool(known and known.national),
            military=bool(lows & (self.words.set("people.military") | self.words.set("people.ranks")))
            or bool(known and known.military),
            state=bool(lows & self.words.set("people.state")),
            opposition="opposition" in lows,
            former=bool(lows & {"former", "ex", "ex-member", "erstwhile"}),
            partisan=bool(
                lows & {"member", "members", "activist", "leader", "supporter", "spokesman", "official"}
            ),
        )
        actor.north_korean = self._north(lows)
        listed = self._listed(phrase)
        if listed:
            actor.text, actor.plural, actor.count_min = listed, True, 2
        return actor

    def _listed(self, phrase: Phrase) -> str | None:
        """Return "A and B" for two names joined, None for one."""
        p, at = self.p, phrase.last
        if at < len(p.tokens) and p.tokens[at].low == "and":
            other = p.phrase_starting(at + 1)
            if (
                other is not None
                and other.kind in ("name", "person")
                and p.tokens[other.first].capital
                and other.owner < 0
            ):
                after = p.verb_at(other.last)
                if after is not None:
                    return p.slice(phrase.first, other.last)
        return None

    def _north(self, lows: set[str]) -> bool:
        return "north" in lows and bool(lows & {"korean", "koreans", "korea"}) or "pyongyang" in lows

    def _group(self, phrase: Phrase) -> Actor:
        p = self.p
        last = self._extent(phrase)
        parts = [q for q in p.phrases if phrase.first <= q.first and q.last <= last]
        described = parts + [q for q in describing(p, phrase) if q not in parts]
        lows = {p.tokens[i].low for part in described for i in range(part.first, part.last)}
        text = text_of(p, Phrase(phrase.first, last, phrase.head, "group"))
        actor = Actor(text, partisan=True)
        actor.party = next((p.parties[part.parties[0]].name for part in described if part.parties), None)
        actor.party = actor.party or next((self._owner_name(part) for part in parts if part.owner >= 0), None)
        if actor.party is None:
            actor.party = self._once(last)
        lows |= self._posted(last)
        actor.politician = bool(lows & self.words.set("people.politicians"))
        actor.national = is_national(lows, self.words)
        actor.military = bool(lows & self.words.set("people.military"))
        actor.state = bool(lows & self.words.set("people.state"))
        actor.opposition = "opposition" in lows
        actor.former = bool(lows & {"former", "ex"})
        actor.plural = (
            p.tokens[phrase.head].low.endswith(("s", "men", "people", "%")) or phrase.kind == "count"
        )
        actor.north_korean = self._north(lows)
        if first_owner(p, phrase) in _POSSESSIVE and actor.party is None:
            actor.party = self._before(phrase) or self.context.party
        self._count(phrase, last, actor)
        name = None if actor.plural or last != phrase.last else self._apposed_name(phrase)
        if name is not None:
            actor.text, actor.named = name, True
        return actor

    def _apposed_name(self, phrase: Phrase) -> str | None:
        """Return the name set beside an office: "a local official, Prak Din, had urged"."""
        p, at = self.p, phrase.last
        if at >= len(p.tokens) or p.tokens[at].low != ",":
            return None
        following = p.phrase_starting(at + 1)
        if following is None or following.kind not in ("name", "person") or following.owner >= 0:
            return None
        end = p.tokens[following.last].low if following.last < len(p.tokens) else "."
        return person_name(p, following, self.words) if end in (",", ".", ";") else None

    def _once(self, at: int) -> str | None:
        """Return the party of "villagers who used to support X", "once loyal to X", "elected for X"."""
        tokens = self.p.tokens[at : at + 10]
        cut = next((i for i, t in enumerate(tokens) if t.low in (",", ";", ".") and i), len(tokens))
        said = " ".join(t.low for t in tokens[:cut])
        marks = ("used to", "once", "formerly", "previously", "who had backed", "who had supported", "elected for", "elected on", "elected under", "loyal to", "elected as")
        if not any(mark in said for mark in marks):
            return None
        return next((n.name for n in self.p.parties if at <= n.first < at + cut), None)

    def _posted(self, at: int) -> set[str]:
        """Return the words of a posting behind an office: "at the North Korean embassy"."""
        p = self.p
        if at < len(p.tokens) and p.tokens[at].low in ("at", "in", "of"):
            place = p.phrase_starting(at + 1)
            if place is not None and p.tokens[place.head].low in ("embassy", "consulate", "mission", "force", "army", "navy"):
                return {t.low for t in p.tokens[place.first : place.last]}
        return set()

    def _owner_name(self, phrase: Phrase) -> str | None:
        """Return the party that owns a phrase such as "the embattled party's leadership"."""
        head = phrase.owner - 2
        if self.p.tokens[head].low not in ("party", "opposition"):
            return None
        owner = Phrase(phrase.first, phrase.owner - 1, head, "party", phrase.parties)
        owner.plain = all(t.pos in ("DET", "POSS") for t in self.p.tokens[phrase.first : head])
        found = self.party(owner)
        return found.name or found.text if found is not None else None

    def _extent(self, phrase: Phrase) -> int:
        """Return where a group phrase ends with its "of the Civic Union" and "from the party"."""
        p, last = self.p, phrase.last
        for _ in range(3):
            joined = (
                p.phrase_starting(last + 1)
                if last < len(p.tokens) and p.tokens[last].low in ("to", "and", "or", ",", "-", "–")
                else None
            )
            if phrase.kind != "count" or joined is None or joined.kind != "count":
                break
            last = joined.last
        for _ in range(4):
            at = last
            while at < len(p.tokens) and p.tokens[at].pos == "QUOTE":
                at += 1
            if at >= len(p.tokens) or p.tokens[at].low not in ("of", "from"):
                break
            following = p.phrase_starting(at + 1)
            head = p.tokens[phrase.head].low
            if following is None or following.kind == "date":
                break
            if p.tokens[at].low == "from" and following.kind not in ("party", "name"):
                break
            house = p.tokens[following.head].low in ("parliament", "congress", "council", "assembly", "senate", "state")
            if p.tokens[at].low == "of" and house:
                last = following.last
                continue
            partitive = head in _PARTITIVES or phrase.kind == "count"
            if (
                p.tokens[at].low == "of"
                and following.kind not in ("party", "group", "pron")
                and not partitive
            ):
                break
            last = following.last
        return last

    def _count(self, phrase: Phrase, last: int, actor: Actor) -> None:
        p = self.p
        first, end = phrase.first, phrase.first
        while (
            first > 0
            and p.tokens[first - 1].low
            in (
                "than",
                "more",
                "least",
                "at",
                "some",
                "about",
                "over",
                "nearly",
                "around",
                "fewer",
                "up",
                "to",
                ",",
                "between",
                "almost",
                "roughly",
                "approximately",
                "and",
                "including",
                "far",
            )
            | self.words.raw["numbers"].keys()
            or (first > 0 and p.tokens[first - 1].pos == "NUM")
        ):
            first -= 1
        while (
            first < phrase.first
            and p.tokens[first].low in (",", "and", "to", "including", "at")
            and not (p.tokens[first].low == "at" and p.tokens[first + 1].low == "least")
        ):
            first += 1
        values: list[int] = []
        for index in range(first, last):
            token = p.tokens[index]
            value = self._value(index)
            if value is not None:
                values.append(value)
                end = index + 1
            elif values and token.low in (",", "to", "and", "or", "-", "–", "%"):
                continue
            elif values:
                break
            elif token.pos == "DET" or token.low in (
                "than",
                "more",
                "least",
                "at",
                "some",
                "about",
                "over",
                "nearly",
                "around",
                "between",
                "almost",
                "fewer",
                "up",
                "roughly",
                "approximately",
                "another",
            ):
                continue
            else:
                break
        if not values:
            return
        if first < phrase.first and actor.text is not None and p.tokens[phrase.first].pos == "NUM":
            actor.text = p.slice(first, last)
        actor.count = p.slice(first if first < end else phrase.first, end).strip()
        actor.percent = "%" in actor.count or (
            end < len(p.tokens) and p.tokens[end].low in ("percent", "per")
        )
        actor.count_min = None if actor.percent else _total(values)

    def _value(self, index: int) -> int | None:
        low = self.p.tokens[index].low
        digits = low.rstrip("%").replace(",", "")
        if digits.isdigit() and len(digits) < 10:
            return int(digits)
        if digits.replace(".", "", 1).isdigit():
            return int(float(digits)) if len(digits) < 12 else None
        return self.words.number(low)


def _total(values: list[int]) -> int:
    total = values[0]
    for left, right in zip(values, values[1:], strict=False):
        total = total * right if right in (100, 1000, 12) and left < right else min(total, right)
    return total


def first_owner(p: Parsed, phrase: Phrase) -> str:
    """Return the possessive that stands inside a phrase or right after "of" ("three of its MPs"), or ""."""
    of = phrase.last < len(p.tokens) and p.tokens[phrase.last].low == "of"
    for token in p.tokens[phrase.first : phrase.last + (2 if of else 0)]:
        if token.low in _POSSESSIVE:
            return token.low
    return ""
