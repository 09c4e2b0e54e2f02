"""Which party a phrase means: a name, "the ruling party", "his party", "it"."""

from __future__ import annotations

from rules.events.english.context import Reading, same, text_of
from rules.events.english.phrases import Phrase
from rules.events.english.slots import Actor, Party
from rules.events.gazetteer import country_names

_SIDES = frozenset(
    "coalition bloc alliance camp side benches bench ranks fold caucus cause resistance opposition "
    "government".split()
)
_CONTAINERS = frozenset(
    "ranks fold membership camp caucus leadership benches banner side lines platform ticket orbit group faction "
    "delegation grouping bandwagon bench headquarters stable table team tent train".split()
)
_IDENTIFYING = frozenset(
    "ruling governing opposition rival another other different new own main biggest largest smaller "
    "parties political pro-government allied coalition major minor".split()
)
_POSSESSIVE = frozenset(("his", "her", "their", "its", "my", "our"))
_OUTFITS = frozenset("organisation organization movement formation outfit".split())


def side_of(r: Reading, phrase: Phrase | None, actor: Actor | None = None) -> Party | None:
    """Return the party that a phrase in a party's place means, or None."""
    if phrase is None:
        return None
    p, head = r.p, r.p.tokens[phrase.head]
    if phrase.kind == "party":
        return _side_phrase(r, phrase, actor)
    if phrase.kind == "pron" and head.low in ("it", "them", "itself"):
        return antecedent_side(r, phrase, head.low)
    if phrase.kind == "pron" and head.low in ("those", "that"):
        return side_of(r, after_of(r, phrase), actor)
    if phrase.kind == "acronym":
        return None if is_place(r, phrase) else Party(head.text, head.text, sure=False)
    if (
        head.low in _OUTFITS
        and p.tokens[phrase.first].low in ("the", "their", "his", "her")
        and phrase.last - phrase.first <= 2
    ):
        known = side_before(r, phrase) or r.context.party or r.context.main_party
        return Party(known, known) if known else None
    if head.low in _SIDES and any(
        t.low in ("ruling", "governing", "opposition", "majority", "government", "treasury")
        for t in p.tokens[phrase.first : phrase.head]
    ):
        return Party(text_of(p, phrase), None)
    named = _named_side(r, phrase) or _apposed_side(r, phrase) or _own_group(r, phrase, actor)
    if named is not None:
        return named
    if head.low in _CONTAINERS:
        inner = after_of(r, phrase)
        if inner is None and r.p.tokens[phrase.first].low in ("its", "their"):
            return antecedent_side(r, phrase, "it")
        owner = _owning_side(r, phrase)
        return side_of(r, inner, actor) if inner is not None else owner
    if phrase.kind == "name" and phrase.owner < 0 and not is_place(r, phrase) and not _is_body(r, head.low):
        return Party(text_of(p, phrase), text_of(p, phrase), sure=False)
    return None


def _is_body(r: Reading, low: str) -> bool:
    """Tell whether a name ends as those of authorities and services do: "Defence Force", "Central Bank"."""
    kinds = ("bodies.court", "bodies.administration", "bodies.executive", "bodies.services")
    return any(low in r.words.set(kind) for kind in kinds)


def _side_phrase(r: Reading, phrase: Phrase, actor: Actor | None) -> Party | None:
    p = r.p
    head = p.tokens[phrase.head]
    if head.party >= 0:
        name = p.parties[head.party]
        return Party(name.name, name.name, name.sure)
    if head.low == "opposition":
        return Party(text_of(p, phrase), None)
    first = p.tokens[phrase.first].low
    of = after_of(r, phrase)
    if phrase.parties:
        named = p.parties[phrase.parties[-1]]
        return Party(text_of(p, phrase), named.name)
    if not phrase.plain:
        return _described_side(r, phrase, of)
    if first in _POSSESSIVE:
        own = actor.party if actor is not None else None
        return Party(text_of(p, phrase), own)
    if phrase.owner >= 0:
        return Party(text_of(p, phrase), _side_of_owner(r, phrase))
    if head.low == "parties":
        counted = p.tokens[phrase.first].pos == "NUM"
        return Party(text_of(p, phrase), None) if counted or r.context.political > 1 else None
    if of is not None and of.kind == "pron":
        return None
    found = side_before(r, phrase)
    if found is not None:
        return Party(found, found)
    if first in ("the", "this", "that") or p.headline:
        known = (actor.party if actor is not None else None) or r.context.party or r.context.main_party
        return Party(known or text_of(p, phrase), known) if known or r.context.political else None
    return Party(text_of(p, phrase), None) if r.context.political > 2 else None


def _described_side(r: Reading, phrase: Phrase, of: Phrase | None) -> Party | None:
    p = r.p
    lows = {t.low for t in p.tokens[phrase.first : phrase.last]}
    if p.tokens[phrase.first].low in _POSSESSIVE and lows & {"own", "former", "old"}:
        named = [q.name for q in r.p.parties if q.last <= phrase.first]
        return Party(text_of(p, phrase), named[0] if named and not lows & {"own"} else None)
    following = (
        p.phrase_starting(phrase.last + 1)
        if phrase.last < len(p.tokens) and p.tokens[phrase.last].low == ","
        else None
    )
    if following is not None and following.kind == "party" and p.tokens[following.head].party >= 0:
        name = p.parties[p.tokens[following.head].party].name
        return Party(name, name)
    if (
        following is not None
        and following.kind == "name"
        and following.owner < 0
        and not is_place(r, following)
    ):
        behind = p.tokens[following.last].low if following.last < len(p.tokens) else "."
        if behind in (",", "(", ".", ";"):
            name = text_of(p, following)
            return Party(name, name)
    known = _titled_side(r, lows)
    if known is not None:
        return Party(known, known)
    if p.tokens[phrase.first].low == "the" and not lows & _IDENTIFYING:
        before = side_before(r, phrase) or r.context.party
        if before is not None:
            return Party(before, before)
    counted = p.tokens[phrase.head].low == "parties" and p.tokens[phrase.first].pos == "NUM"
    if not counted and not lows & r.words.set("party.qualifiers"):
        return Party(text_of(p, phrase), None) if r.context.political else None
    return Party(text_of(p, phrase), None)


def _named_side(r: Reading, phrase: Phrase) -> Party | None:
    """Read "the Homeland benches", "the Harmony camp"."""
    p = r.p
    if (
        p.tokens[phrase.head].low not in _CONTAINERS | {"side", "bloc", "faction", "group"}
        or phrase.last - phrase.first < 2
        or p.tokens[phrase.head].capital
    ):
        return None
    before = p.tokens[phrase.head - 1]
    if before.party >= 0:
        name = p.parties[before.party].name
        return Party(name, name)
    last = phrase.owner - 1 if phrase.owner >= 0 else phrase.head
    if p.tokens[last - 1].party >= 0:
        name = p.parties[p.tokens[last - 1].party].name
        return Party(name, name)
    if p.tokens[last - 1].pos != "NAME" or (phrase.owner >= 0 and p.tokens[phrase.head].low not in _SIDES):
        return None
    first = last - 1
    while first > phrase.first and p.tokens[first - 1].pos == "NAME":
        first -= 1
    return Party(p.slice(first, last), p.slice(first, last))


def _apposed_side(r: Reading, phrase: Phrase) -> Party | None:
    """Read "the saffron party, the BJP"."""
    comma = phrase.last < len(r.p.tokens) and r.p.tokens[phrase.last].low == ","
    behind = r.p.phrase_starting(phrase.last + 1) if comma else None
    if r.p.tokens[phrase.head].low != "party" or behind is None or behind.kind not in ("party", "acronym"):
        return None
    text = text_of(r.p, behind)
    return Party(text, text)


def _own_group(r: Reading, phrase: Phrase, actor: Actor | None) -> Party | None:
    """Read "the parliamentary group", "their caucus" as the party of those who leave it."""
    p = r.p
    lows = {t.low for t in p.tokens[phrase.first : phrase.head]}
    if actor is None or not actor.party or p.tokens[phrase.head].low not in ("group", "caucus", "faction"):
        return None
    plain = lows <= {"the", "its", "their", "his", "her", "parliamentary", "party", "party's", "'s"}
    return Party(actor.party, actor.party) if plain else None


def _titled_side(r: Reading, lows: set[str]) -> str | None:
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
            return r.context.titles.get("ruling" if title == "governing" else title)
    return None


def _owning_side(r: Reading, phrase: Phrase) -> Party | None:
    if phrase.parties:
        name = r.p.parties[phrase.parties[-1]].name
        return Party(name, name)
    return None


def _side_of_owner(r: Reading, phrase: Phrase) -> str | None:
    p = r.p
    owner = p.slice(phrase.first, phrase.owner - 1).lower()
    person = r.context.people.get(owner)
    return person.party if person is not None else None


def antecedent_side(r: Reading, phrase: Phrase, low: str) -> Party | None:
    """Return the party that "it" or "its" means."""
    before = side_before(r, phrase)
    if before is not None:
        return Party(before, before)
    described = [q for q in r.p.phrases if q.kind == "party" and q.last <= phrase.first]
    described = [q for q in described if not same(text_of(r.p, q), r.avoid)]
    if low != "them":
        described = [q for q in described if not _is_plural(r, q.head)]
    if described and low != "them":
        text = text_of(r.p, described[-1])
        return Party(text, None)
    known = r.context.party
    return Party(known, known) if known and low == "it" else None


def side_before(r: Reading, phrase: Phrase) -> str | None:
    """Return the last party named before a phrase in the same sentence."""
    found = [q for q in r.p.parties if q.last <= phrase.first and not same(q.name, r.avoid)]
    if r.p.tokens[phrase.head].low in ("it", "its", "itself"):
        found = [q for q in found if not _is_plural(r, q.last - 1)]
    return found[-1].name if found else None


def _is_plural(r: Reading, at: int) -> bool:
    """Tell whether a party is named by its people: "Democrats" are "they", never "it"."""
    low = r.p.tokens[at].low
    return low.endswith("s") and low != "congress" and low in r.words.set("party.firm_heads")


def after_of(r: Reading, phrase: Phrase) -> Phrase | None:
    """Return the phrase behind "of"."""
    at = phrase.last
    if at < len(r.p.tokens) and r.p.tokens[at].low == "of":
        return r.p.phrase_starting(at + 1)
    return None


def is_place(r: Reading, phrase: Phrase) -> bool:
    """Tell whether a phrase names a country or a well-known place."""
    text = text_of(r.p, phrase)
    return text.lower() in r.words.set("places") or text in country_names()
