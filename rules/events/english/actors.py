"""Who a phrase means: a person, a group with its party, a pronoun."""

from __future__ import annotations

from rules.events.english.context import (
    Person,
    Reading,
    describing,
    is_military,
    is_national,
    person_name,
    text_of,
)
from rules.events.english.counts import count_actor
from rules.events.english.phrases import Parsed, Phrase
from rules.events.english.sides import is_place, side_before, side_of
from rules.events.english.slots import Actor
from rules.events.english.subjects import climb, subject

_POSSESSIVE = frozenset(("his", "her", "their", "its", "my", "our"))
_PARTITIVES = frozenset(
    "thousands hundreds dozens scores group number majority half quarter third cascade wave flood gale spate stream "
    "slew series exodus handful raft batch host cohort string couple pair trio duo quartet percent % minority bulk "
    "fifth sixth tenth most many several one two all some any each none lots crowd band team contingent droves most".split()
)


def actor_of(r: Reading, phrase: Phrase | None) -> Actor | None:
    """Return who a subject phrase means, or None where no person or group can be meant."""
    if phrase is None:
        return None
    if phrase.kind == "pron":
        return _pronoun_actor(r, phrase)
    if phrase.kind in ("person", "name"):
        return _named_actor(r, phrase)
    if phrase.kind in ("group", "count"):
        return _group_actor(r, phrase)
    if phrase.kind == "party":
        party = side_of(r, phrase)
        return (
            Actor(party.text, named=party.name is not None, party=party.name, is_party=True)
            if party
            else None
        )
    low = r.p.tokens[phrase.head].low
    if low in _PARTITIVES or low in r.words.raw["many"]:
        return _group_actor(r, phrase)
    if phrase.kind == "body" and low in r.words.set("people.parts") | {"committee"}:
        return _group_actor(r, phrase)
    return None


def _pronoun_actor(r: Reading, phrase: Phrase) -> Actor | None:
    low = r.p.tokens[phrase.head].low
    context = r.context
    if low in ("he", "she", "him", "her", "himself", "herself", "he's", "she's"):
        found = person_before(r, phrase)
        return actor_from(r, found or context.person)
    if low in ("i", "me", "myself"):
        return actor_from(r, context.speaker)
    if low in ("they", "them", "themselves", "we", "us", "those", "others", "some", "all", "both"):
        group = group_before(r, phrase)
        if group is not None:
            return _group_actor(r, group)
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


def person_before(r: Reading, phrase: Phrase) -> Person | None:
    """Return whom "he" means: the one who speaks or is spoken of first; "him" is never his own verb's subject."""
    p = r.p
    objective = p.tokens[phrase.head].low in ("him", "her", "himself", "herself")
    acting = _acting_subject(r, phrase) if objective else None
    names = [
        q for q in p.phrases if q.last <= phrase.first and q.kind in ("person", "name") and q.owner <= q.head
    ]
    names = [q for q in names if acting is None or not _part_of_subject(r, acting, q)]
    names = [q for q in names if q.first == 0 or p.tokens[q.first - 1].low not in ("in", "at", "near")]
    speaking = [q for q in names if _is_speaking(r, q)]
    leading = [q for q in names if q.first == 0 or p.tokens[q.first - 1].pos not in ("PREP", "TO")]
    for other in (*speaking, *leading, *names):
        found = r.context.lookup(p, other)
        if found is not None:
            return found
    for other in p.phrases:
        single = p.tokens[other.head].low in r.words.set("people.singular_offices")
        if other.last <= phrase.first and other.kind == "group" and other is not acting and single:
            actor = _group_actor(r, other)
            return Person(actor.text or "", actor.party, actor.politician, actor.national, actor.military)
    return None


def _acting_subject(r: Reading, phrase: Phrase) -> Phrase | None:
    verb = next((v for v in reversed(r.p.verbs) if v.last <= phrase.first), None)
    return subject(r.p, verb) if verb is not None else None


def _part_of_subject(r: Reading, acting: Phrase, other: Phrase) -> bool:
    """Tell whether a name is the subject itself or apposed to it: "a local official, Prak Din, had urged him"."""
    between = r.p.tokens[acting.last : other.first]
    return other is acting or (
        other.first > acting.first and len(between) <= 1 and all(t.low == "," for t in between)
    )


def _is_speaking(r: Reading, phrase: Phrase) -> bool:
    say = r.words.set("say")
    for verb in r.p.verbs:
        if verb.lemma in say and verb.first >= phrase.last:
            who = subject(r.p, verb)
            if who is phrase:
                return True
            if verb.use == "ing" and phrase.first > 0 and r.p.tokens[phrase.first - 1].low == "with":
                return True
    return False


def group_before(r: Reading, phrase: Phrase) -> Phrase | None:
    """Return the group that "they" means in the same sentence, or None."""
    for other in reversed(r.p.phrases):
        plural = r.p.tokens[other.head].low.endswith(("s", "men", "people", "women")) or other.kind == "count"
        if other.last <= phrase.first and other.kind in ("group", "count") and plural:
            return climb(r.p, other)
    return None


def actor_from(r: Reading, person: Person | None) -> Actor:
    """Return a person of the article as an actor."""
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


def _named_actor(r: Reading, phrase: Phrase) -> Actor | None:
    p = r.p
    name = person_name(p, phrase, r.words)
    if not name or is_place(r, phrase):
        return None
    described = describing(p, phrase)
    lows = {p.tokens[i].low for part in described for i in range(part.first, part.last)}
    known = r.context.people.get(name.lower())
    party = next((p.parties[part.parties[0]].name for part in described if part.parties), None)
    actor = Actor(
        known.name if known is not None and " " in known.name else name,
        named=True,
        party=party or (known.party if known else None),
        politician=bool(lows & r.words.set("people.politicians")) or bool(known and known.politician),
        national=is_national(lows, r.words) or bool(known and known.national),
        military=is_military(lows, r.words, armed=r.context.armed) or bool(known and known.military),
        state=bool(lows & r.words.set("people.state")),
        opposition="opposition" in lows,
        former=bool(lows & {"former", "ex", "ex-member", "erstwhile"}),
        partisan=bool(
            lows & {"member", "members", "activist", "leader", "supporter", "spokesman", "official"}
        ),
    )
    actor.north_korean = _is_north_korean(r, lows)
    listed = _listed_names(r, phrase)
    if listed:
        actor.text, actor.plural, actor.count_min = listed, True, 2
    return actor


def _listed_names(r: Reading, phrase: Phrase) -> str | None:
    """Return "A and B" for two names joined, None for one."""
    p, at = r.p, phrase.last
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


def _is_north_korean(r: Reading, lows: set[str]) -> bool:
    return ("north" in lows and bool(lows & {"korean", "koreans", "korea"})) or "pyongyang" in lows


def _group_actor(r: Reading, phrase: Phrase) -> Actor:
    p = r.p
    last = extent_of(r, phrase)
    parts = [q for q in p.phrases if phrase.first <= q.first and q.last <= last]
    described = parts + [q for q in describing(p, phrase) if q not in parts]
    lows = {p.tokens[i].low for part in described for i in range(part.first, part.last)}
    text = text_of(p, Phrase(phrase.first, last, phrase.head, "group"))
    actor = Actor(text, partisan=True)
    actor.party = next((p.parties[part.parties[0]].name for part in described if part.parties), None)
    actor.party = actor.party or next((_owner_name(r, part) for part in parts if part.owner >= 0), None)
    if actor.party is None:
        actor.party = _once_of(r, last)
    lows |= _posted_words(r, last)
    seated = bool(lows & {"member", "members"} and lows & r.words.set("chambers"))
    actor.politician = seated or bool(lows & r.words.set("people.politicians"))
    actor.national = is_national(lows, r.words)
    actor.military = is_military(lows, r.words, armed=r.context.armed)
    actor.state = bool(lows & r.words.set("people.state"))
    actor.opposition = "opposition" in lows
    actor.former = bool(lows & {"former", "ex"})
    actor.plural = p.tokens[phrase.head].low.endswith(("s", "men", "people", "%")) or phrase.kind == "count"
    actor.north_korean = _is_north_korean(r, lows)
    if _first_owner(p, phrase) in _POSSESSIVE and actor.party is None:
        actor.party = side_before(r, phrase) or r.context.party
    count_actor(r, phrase, last, actor)
    single = p.tokens[phrase.first].low in ("one", "a", "an", "the") or last == phrase.last
    name = (
        None
        if (actor.plural and p.tokens[phrase.first].low != "one") or not single
        else _apposed_name(r, _behind_places(r, last))
    )
    if name is not None:
        actor.text, actor.named = name, True
    return actor


def _behind_places(r: Reading, at: int) -> int:
    """Return where the places behind an office end: "the mayor of Port Amelia"."""
    for _ in range(3):
        following = r.p.phrase_starting(at + 1)
        if (
            at >= len(r.p.tokens)
            or r.p.tokens[at].low not in ("of", "in", "for", "from", "at")
            or following is None
        ):
            break
        at = following.last
    return at


def _apposed_name(r: Reading, at: int) -> str | None:
    """Return the name set beside an office: "a local official, Prak Din, had urged"."""
    p = r.p
    if at >= len(p.tokens) or p.tokens[at].low != ",":
        return None
    following = p.phrase_starting(at + 1)
    if following is None or following.kind not in ("name", "person") or following.owner >= 0:
        return None
    end = p.tokens[following.last].low if following.last < len(p.tokens) else "."
    return person_name(p, following, r.words) if end in (",", ".", ";") else None


def _once_of(r: Reading, at: int) -> str | None:
    """Return the party of "villagers who used to support X", "once loyal to X", "elected for X"."""
    tokens = r.p.tokens[at : at + 10]
    cut = next((i for i, t in enumerate(tokens) if t.low in (",", ";", ".") and i), len(tokens))
    said = " ".join(t.low for t in tokens[:cut])
    marks = (
        "used to",
        "once",
        "formerly",
        "previously",
        "who had backed",
        "who had supported",
        "elected for",
        "elected on",
        "elected under",
        "loyal to",
        "elected as",
        "who had been",
        "who was",
        "who were",
        "belonged to",
    )
    if not any(mark in said for mark in marks):
        return None
    return next((n.name for n in r.p.parties if at <= n.first < at + cut), None)


def _posted_words(r: Reading, at: int) -> set[str]:
    """Return the words of a posting behind an office: "at the North Korean embassy"."""
    p = r.p
    if at < len(p.tokens) and p.tokens[at].low in ("at", "in", "of"):
        place = p.phrase_starting(at + 1)
        if place is not None and p.tokens[place.head].low in (
            "embassy",
            "consulate",
            "mission",
            "force",
            "army",
            "navy",
        ):
            return {t.low for t in p.tokens[place.first : place.last]}
    return set()


def _owner_name(r: Reading, phrase: Phrase) -> str | None:
    """Return the party that owns a phrase such as "the embattled party's leadership"."""
    head = phrase.owner - 2
    if r.p.tokens[head].low not in ("party", "opposition"):
        return None
    owner = Phrase(phrase.first, phrase.owner - 1, head, "party", phrase.parties)
    owner.plain = all(t.pos in ("DET", "POSS") for t in r.p.tokens[phrase.first : head])
    found = side_of(r, owner)
    return found.name or found.text if found is not None else None


def extent_of(r: Reading, phrase: Phrase) -> int:
    """Return where a group phrase ends with its "of the Civic Union" and "from the party"."""
    p, last = r.p, phrase.last
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
        house = p.tokens[following.head].low in (
            "parliament",
            "congress",
            "council",
            "assembly",
            "senate",
            "state",
        )
        if p.tokens[at].low == "of" and house:
            last = following.last
            continue
        partitive = head in _PARTITIVES or phrase.kind == "count"
        if p.tokens[at].low == "of" and following.kind not in ("party", "group", "pron") and not partitive:
            break
        last = following.last
    return last


def _first_owner(p: Parsed, phrase: Phrase) -> str:
    """Return the possessive that stands inside a phrase or right after "of" ("three of its MPs"), or ""."""
    of = phrase.last < len(p.tokens) and p.tokens[phrase.last].low == "of"
    for token in p.tokens[phrase.first : phrase.last + (2 if of else 0)]:
        if token.low in _POSSESSIVE:
            return token.low
    return ""


def name_of(r: Reading, phrase: Phrase) -> str | None:
    """Return who asks or acts, as published."""
    who = actor_of(r, phrase)
    if who is not None and who.text:
        return who.text
    return text_of(r.p, phrase) if phrase.kind != "pron" else None
