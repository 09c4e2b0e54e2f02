"""Noun phrases and verb groups of one English sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rules.events.english.names import PartyName, is_acronym
from rules.events.english.tokens import Token
from rules.events.english.words import BASE, ING, PART, PAST, Words

_INSIDE = frozenset(("DET", "NUM", "ADJ", "N", "NAME", "POSS"))
_VERDICTS = frozenset(
    "illegal unlawful unconstitutional void null undesirable terrorist extremist dissolved banned outlawed "
    "defunct extinct".split()
)
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow".split())
_PLACES = frozenset(
    "parliament province district commune state region city town village county week month year".split()
)
_TIMES = frozenset("week month year yesterday today tomorrow years months weeks days".split())
#: "he's joining": the auxiliary is clipped to its subject.
_IS = frozenset("he's she's it's i'm who's".split())
_BE = frozenset(
    "am is are was were be been being 's 're 'm get gets got getting isn't aren't wasn't weren't".split()
)


@dataclass(slots=True)
class Phrase:
    """A noun phrase, tokens ``first`` to ``last`` (exclusive).

    ``kind`` is party, person, group, body, pron, date, count, name or other;
    ``parties`` numbers of the party names inside; ``owner`` the token after the
    last possessive ``'s``, or -1; ``plain`` marks "the party" without more.
    """

    first: int
    last: int
    head: int
    kind: str
    parties: tuple[int, ...] = ()
    owner: int = -1
    plain: bool = False


@dataclass(slots=True)
class Verb:
    """A verb with its auxiliaries, tokens ``first`` to ``last`` (exclusive); ``main`` is the verb itself."""

    first: int
    last: int
    main: int
    lemma: str
    use: str
    passive: bool = False
    negated: bool = False
    modal: str = ""
    infinitive: bool = False
    be: bool = False

    @property
    def finite(self) -> bool:
        """Tell whether this verb can head a clause of its own."""
        return not (self.infinitive or (self.use == ING and not self.be))


@dataclass(slots=True)
class Parsed:
    """One sentence as read: words, party names, noun phrases, verbs."""

    text: str
    tokens: list[Token]
    parties: list[PartyName]
    phrases: list[Phrase]
    verbs: list[Verb]
    phrase_of: list[int]
    verb_of: list[int]
    headline: bool = False

    def phrase_ending(self, index: int) -> Phrase | None:
        """Return the noun phrase whose last token is ``index``."""
        number = self.phrase_of[index] if 0 <= index < len(self.tokens) else -1
        return self.phrases[number] if number >= 0 and self.phrases[number].last == index + 1 else None

    def phrase_starting(self, index: int) -> Phrase | None:
        """Return the noun phrase whose first token is ``index``."""
        number = self.phrase_of[index] if 0 <= index < len(self.tokens) else -1
        return self.phrases[number] if number >= 0 and self.phrases[number].first == index else None

    def phrase_at(self, index: int) -> Phrase | None:
        """Return the noun phrase that holds token ``index``."""
        number = self.phrase_of[index] if 0 <= index < len(self.tokens) else -1
        return self.phrases[number] if number >= 0 else None

    def verb_at(self, index: int) -> Verb | None:
        """Return the verb group that holds token ``index``."""
        number = self.verb_of[index] if 0 <= index < len(self.tokens) else -1
        return self.verbs[number] if number >= 0 else None

    def slice(self, first: int, last: int) -> str:
        """Return the text of tokens ``first`` to ``last`` as published."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end] if last > first else ""


def parse(
    text: str, tokens: list[Token], parties: list[PartyName], words: Words, *, headline: bool
) -> Parsed:
    """Return the sentence with noun phrases and verb groups found; tokens must be tagged."""
    phrases = _phrases(tokens, parties, words)
    verbs = _verbs(tokens, words)
    phrase_of, verb_of = [-1] * len(tokens), [-1] * len(tokens)
    for number, verb in enumerate(verbs):
        for index in range(verb.first, verb.last):
            verb_of[index] = number
    for number, phrase in enumerate(phrases):
        for index in range(phrase.first, phrase.last):
            phrase_of[index] = number
    return Parsed(text, tokens, parties, phrases, verbs, phrase_of, verb_of, headline)


def _verbs(tokens: Sequence[Token], words: Words) -> list[Verb]:
    found: list[Verb] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if (token.pos == "V" and token.form is not None) or (
            token.pos in ("AUX", "MOD") and not _leads(tokens, index)
        ):
            found.append(_group(tokens, index, words))
        index += 1
    _share_modals(tokens, found)
    return found


def _share_modals(tokens: Sequence[Token], verbs: Sequence[Verb]) -> None:
    """Give "join" in "would leave and join" the modal, "to" and "not" of the verb before "and"."""
    for earlier, verb in pairwise(verbs):
        bare = verb.use == BASE or tokens[verb.first].low == "be"
        if not bare or verb.modal or verb.infinitive or earlier.use != BASE:
            continue
        at = verb.first - 1
        while at >= 0 and tokens[at].pos == "ADV":
            at -= 1
        if at >= 0 and (tokens[at].pos == "CONJ" or (tokens[at].low == "," and _lists_on(tokens, verb.last))):
            verb.modal, verb.infinitive, verb.negated = earlier.modal, earlier.infinitive, earlier.negated


def _lists_on(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a comma before a verb is one of a list: "to quit, regroup and return"; not "who had ..., quit X"."""
    return any(
        t.pos == "CONJ" and following.pos in ("V", "ADV", "AUX")
        for t, following in pairwise(tokens[at : at + 12])
    )


def _leads(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a verb of the same group follows this auxiliary."""
    for token in tokens[index + 1 : index + 7]:
        if token.pos in ("V", "AUX"):
            return token.pos == "AUX" or token.form is not None
        if token.pos not in ("ADV", "NEG", "MOD") and not (
            token.pos == "TO"
            and tokens[index].low in ("have", "has", "had", "is", "are", "was", "were", "ought", "'s")
        ):
            return False
    return False


def _group(tokens: Sequence[Token], main: int, words: Words) -> Verb:
    token = tokens[main]
    first = main
    while first > 0 and tokens[first - 1].pos in ("AUX", "MOD", "NEG", "ADV", "TO"):
        first -= 1
        if tokens[first].pos == "TO" and not (
            first
            and tokens[first - 1].low in ("have", "has", "had", "'s", "is", "are", "was", "were", "ought")
        ):
            break
    while first < main and tokens[first].pos == "ADV":
        first += 1
    if token.form is not None:
        lemma, use = token.form.lemma, token.form.use
    else:
        lemma, use = (
            ("be" if token.low in _BE else "have" if token.low.startswith(("ha", "'ve")) else token.low),
            PAST,
        )
    before = tokens[first:main]
    if before and before[0].low in ("having", "being"):
        use = ING
    verb = Verb(first, main + 1, main, lemma, use)
    clipped = use == ING and first > 0 and tokens[first - 1].low in _IS
    verb.be = clipped or any(part.low in _BE for part in before)
    past = token.form is not None and token.form.use in (PAST, PART)
    verb.passive = verb.be and past
    if use == ING and before[:1] and before[0].low in ("having", "being"):
        verb.be = False
    verb.negated = any(
        part.pos == "NEG" or part.low.endswith("n't") or part.low == "cannot" for part in before
    )
    verb.modal = next(
        (part.low for part in before if part.pos == "MOD"), token.low if token.pos == "MOD" else ""
    )
    verb.infinitive = any(part.pos == "TO" for part in before) and not any(
        part.low in ("is", "are", "was", "were", "has", "had", "have", "ought") for part in before[:1]
    )
    if any(part.pos == "TO" for part in before) and before[0].low in ("is", "are", "was", "were"):
        verb.modal = verb.modal or "will"
    return verb


def _phrases(tokens: Sequence[Token], parties: Sequence[PartyName], words: Words) -> list[Phrase]:
    found: list[Phrase] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.pos == "PRON" or (
            token.pos == "DET"
            and token.low in ("all", "both", "some", "those", "this")
            and _alone(tokens, index)
        ):
            found.append(Phrase(index, index + 1, index, "pron"))
            index += 1
        elif token.pos in _INSIDE and token.pos != "POSS":
            end = _end(tokens, index)
            found.append(_phrase(tokens, index, end, parties, words))
            index = end
        else:
            index += 1
    return found


def _alone(tokens: Sequence[Token], index: int) -> bool:
    return index + 1 >= len(tokens) or tokens[index + 1].pos not in _INSIDE


def _end(tokens: Sequence[Token], index: int) -> int:
    end = index + 1
    while end < len(tokens) and tokens[end].pos in _INSIDE and not _breaks(tokens[end - 1], tokens[end]):
        end += 1
    while end > index + 1 and tokens[end - 1].pos == "POSS":
        end -= 1
    return end


def _breaks(left: Token, right: Token) -> bool:
    """Tell whether a new noun phrase begins although no other word stands between."""
    if left.quoted != right.quoted:
        return True
    if (
        right.pos == "DET"
        and left.pos != "DET"
        and right.low not in ("more", "other", "such", "few", "fewer", "another")
    ):
        return True
    if right.low in ("last", "next", "this", "late", "early") and left.pos in ("N", "NAME"):
        return True
    if left.party >= 0 and (right.low in _VERDICTS or (right.pos == "NUM" and right.party < 0)):
        return True
    if (
        right.pos == "NAME"
        and right.low in _DAYS
        and left.low not in ("last", "this", "next", "late", "early")
    ):
        return True
    return right.pos == "NAME" and left.low in (*_DAYS, *(_PLACES if left.pos == "N" else ()))


def _phrase(
    tokens: Sequence[Token], first: int, last: int, parties: Sequence[PartyName], words: Words
) -> Phrase:
    head = last - 1
    inside = tuple(sorted({token.party for token in tokens[first:last] if token.party >= 0}))
    owner = max(
        (i + 1 for i in range(first, last) if tokens[i].pos == "POSS" and tokens[i].party < 0), default=-1
    )
    phrase = Phrase(first, last, head, "other", inside, owner)
    phrase.kind = _kind(tokens, phrase, words)
    return phrase


def _kind(tokens: Sequence[Token], phrase: Phrase, words: Words) -> str:
    head = tokens[phrase.head]
    if head.party >= 0:
        return "party"
    if head.low in ("party", "parties"):
        return _party_kind(tokens, phrase, words)
    if head.low == "opposition" and phrase.owner < 0:
        return "party"
    if head.low in ("movement", "alliance", "coalition") and tokens[phrase.head - 1].party >= 0:
        # "the Alga Kazakhstan movement"
        return "party"
    month = head.low in words.raw["months"] and not (head.text.isupper() and len(head.text) == 3)
    if month or head.low in words.raw["weekdays"] or head.low in _TIMES:
        return "date"
    if head.pos == "NUM":
        return _number_kind(tokens, phrase, words)
    low = head.low
    body = low in words.set("bodies.court") | words.set("bodies.administration") | words.set(
        "bodies.executive"
    )
    if body and (low not in words.set("people.groups") or low in ("minister", "president", "premier")):
        return "body" if low not in ("minister", "president", "premier", "king") else "group"
    if (
        low in words.set("people.groups")
        or low in words.set("people.military")
        or low in words.set("people.state")
    ):
        return "group"
    if head.pos == "NAME":
        return _name_kind(tokens, phrase, words)
    return "other"


def _number_kind(tokens: Sequence[Token], phrase: Phrase, words: Words) -> str:
    low = tokens[phrase.head].low
    if (
        low.isdecimal()
        and len(low) == 4
        and low[:2] in ("18", "19", "20")
        and phrase.last - phrase.first <= 3
    ):
        return "date"
    for token in tokens[phrase.first : phrase.last]:
        if token.low in words.raw["months"] and phrase.last - phrase.first <= 5:
            return "date"
    return "count"


def _party_kind(tokens: Sequence[Token], phrase: Phrase, words: Words) -> str:
    start = phrase.owner if phrase.owner >= 0 else phrase.first
    middle = list(tokens[start : phrase.head])
    if any(token.low in words.set("party.not_parties") for token in middle):
        return "other"
    if phrase.owner >= 2 and tokens[phrase.owner - 2].low in ("year", "eve", "christmas", "birthday"):
        return "other"
    known = words.set("party.qualifiers") | words.set("determiners")
    counted = tokens[phrase.head].low == "parties" and any(token.pos == "NUM" for token in middle)
    for token in [] if counted else middle:
        odd = token.pos in ("N", "ADJ") and token.low not in known
        odd = odd and not token.low.endswith(("ist", "ian", "ese", "ish", "wing", "-old", "ative", "al"))
        if odd and "-" not in token.low and token.low not in words.set("party.name_words"):
            return "other"
    phrase.plain = all(token.pos in ("DET", "POSS", "NUM") for token in middle)
    return "party"


def _name_kind(tokens: Sequence[Token], phrase: Phrase, words: Words) -> str:
    first = phrase.head
    while first > phrase.first and tokens[first - 1].pos == "NAME" and tokens[first - 1].party < 0:
        first -= 1
    before = tokens[phrase.first : first]
    if before and before[-1].low in words.set("people.groups") | words.set("people.titles"):
        return "person"
    if (
        tokens[first].low in words.set("people.titles") | words.set("people.singular_offices")
        and phrase.head > first
    ):
        return "person"
    if is_acronym(tokens[phrase.head].text) and phrase.head == first:
        return "acronym"
    return "name"
