"""What an English article has said so far: who "he" and "the party" are."""

from __future__ import annotations

from dataclasses import dataclass, field

from rules.events.draft import Where
from rules.events.english.phrases import Parsed, Phrase
from rules.events.english.subjects import climb
from rules.events.english.words import Words
from rules.events.gazetteer import plain


@dataclass(slots=True)
class Person:
    """Somebody named, and what the article calls them."""

    name: str
    party: str | None = None
    politician: bool = False
    national: bool = False
    military: bool = False


@dataclass(slots=True)
class Context:
    """The memory of one article; parties and groups are forgotten at each paragraph's end.

    ``political`` and ``other_world`` count words of politics and of sports,
    culture and business in the whole article, ``partisan`` those of parties alone,
    ``party_words`` "party" and "opposition".
    """

    words: Words
    political: int = 0
    other_world: int = 0
    partisan: int = 0
    party_words: int = 0
    #: Whether the article has an army, police or fighters in it.
    armed: bool = True
    people: dict[str, Person] = field(default_factory=dict)
    person: Person | None = None
    speaker: Person | None = None
    group: str | None = None
    group_party: str | None = None
    group_military: bool = False
    party: str | None = None
    main_party: str | None = None
    ending: bool = False
    titles: dict[str, str] = field(default_factory=dict)

    def new_paragraph(self) -> None:
        """Forget what pronouns and "the party" do not reach back to."""
        self.party = None
        self.group = None
        self.group_party = None

    def learn(self, p: Parsed) -> None:
        """Note the people of a sentence with their offices and parties."""
        for phrase in p.phrases:
            if phrase.kind in ("person", "name"):
                self._note(p, phrase)
        for name in p.parties:
            before = [t.low for t in p.tokens[max(0, name.first - 2) : name.first]]
            after = [t.low for t in p.tokens[name.last : name.last + 8]]
            told = before[-1:] + (after[1:] if after[:1] == [","] and "party" in after else [])
            for title in ("ruling", "governing", "opposition"):
                if title in told and name.sure:
                    self.titles.setdefault("ruling" if title == "governing" else title, name.name)

    def _note(self, p: Parsed, phrase: Phrase) -> None:
        name = person_name(p, phrase, self.words)
        if not name or (phrase.kind == "name" and " " not in name and not self._speaks(p, phrase, name)):
            return
        person = self.people.get(name.lower()) or self.people.get(name.split()[-1].lower()) or Person(name)
        if " " in name and person.name in name.split():
            person.name = name
        self.people[name.lower()] = person
        self.people.setdefault(name.split()[-1].lower(), person)
        self.people.setdefault(name.split()[0].lower(), person)
        described = describing(p, phrase)
        words = {p.tokens[i].low for part in described for i in range(part.first, part.last)}
        person.politician |= bool(words & self.words.set("people.politicians"))
        person.national |= is_national(words, self.words)
        person.military |= is_military(words, self.words, armed=self.armed)
        for part in described:
            if part.parties and person.party is None:
                person.party = p.parties[part.parties[0]].name

    def _speaks(self, p: Parsed, phrase: Phrase, name: str) -> bool:
        """Tell whether a lone name is somebody's: known from before, or what it says is told."""
        verb = p.verb_at(phrase.last)
        return name.lower() in self.people or (verb is not None and verb.lemma in self.words.set("say"))

    def after(self, p: Parsed) -> None:
        """Move on: the persons, groups and parties of a sentence are what the next one may refer to."""
        self.learn(p)
        subjects = [q for q in p.phrases if q.kind in ("person", "name", "group")]
        for phrase in subjects:
            if phrase.kind == "group" and p.tokens[phrase.head].low.endswith(("s", "men", "people")):
                self.group = text_of(p, phrase)
                lows = {t.low for t in p.tokens[phrase.first : phrase.last]}
                self.group_military = bool(lows & self.words.set("people.military"))
                self.group_party = p.parties[phrase.parties[0]].name if phrase.parties else self.group_party
            elif phrase.kind == "group" and p.tokens[phrase.head].low in self.words.set(
                "people.singular_offices"
            ):
                self._office(p, phrase)
        named = [self.lookup(p, q) for q in subjects if q.kind in ("person", "name")]
        known = [person for person in named if person is not None]
        if known:
            self.person = known[0]
        if p.parties:
            self.party = p.parties[-1].name
            self.main_party = self.main_party or p.parties[0].name

    def _office(self, p: Parsed, phrase: Phrase) -> None:
        """Remember "a councillor of the Civic Union" as somebody that "she" may mean."""
        if phrase.first > 0 and p.tokens[phrase.first - 1].pos in ("PREP", "TO"):
            return
        parts = describing(p, phrase)
        words = {p.tokens[i].low for part in parts for i in range(part.first, part.last)}
        self.person = Person(
            text_of(p, phrase),
            next((p.parties[part.parties[0]].name for part in parts if part.parties), None),
            bool(words & self.words.set("people.politicians")),
            is_national(words, self.words),
            bool(words & self.words.set("people.military")),
        )

    def lookup(self, p: Parsed, phrase: Phrase) -> Person | None:
        """Return the person a name phrase means, if the article has introduced them."""
        name = person_name(p, phrase, self.words)
        return self.people.get(name.lower()) if name else None


@dataclass(slots=True)
class Reading:
    """One sentence while it is read: its parse, what the article said before, where it stands.

    ``called`` is set while an act is read that somebody calls for; ``avoid`` is
    the party that "it" and "its ranks" cannot mean: the one that the actor leaves;
    ``paired`` that the sentence has an act of leaving and one of joining.
    """

    p: Parsed
    context: Context
    where: Where
    called: bool = False
    avoid: str | None = None
    paired: bool = False

    @property
    def words(self) -> Words:
        """Return the English lexicon."""
        return self.context.words


def describing(p: Parsed, phrase: Phrase) -> list[Phrase]:
    """Return the phrase with what is apposed to it: "Sok Dara, a councillor of the Civic Union"."""
    found = [phrase]
    at = phrase.last
    if at < len(p.tokens) and p.tokens[at].low == ",":
        following = p.phrase_starting(at + 1)
        if following is not None and following.kind == "count":
            following = p.phrase_starting(following.last + 1) if _comma(p, following.last) else None
        following = following or _once_office(p, at + 1)
        if following is not None and following.kind in ("group", "other", "party"):
            found += _with_tail(p, following)
    elif at < len(p.tokens) and p.tokens[at].low in ("of", "from"):
        following = p.phrase_starting(at + 1)
        if following is not None and following.kind == "party":
            found.append(following)
    if phrase.first >= 2 and _comma(p, phrase.first - 1):
        before = p.phrase_ending(phrase.first - 2)
        head = climb(p, before) if before is not None else None
        if head is not None and head.kind == "group":
            found += [q for q in p.phrases if head.first <= q.first and q.last <= phrase.first]
    elif phrase.first:
        before = p.phrase_ending(phrase.first - 1)
        head = climb(p, before) if before is not None else None
        if head is not None and head.kind == "group":
            found += [q for q in p.phrases if head.first <= q.first and q.last <= phrase.first]
    return found


def _once_office(p: Parsed, at: int) -> Phrase | None:
    """Return the office in "until last week a member of X", "once a whip of X"."""
    if at >= len(p.tokens) or p.tokens[at].low not in (
        "until",
        "till",
        "once",
        "formerly",
        "previously",
        "long",
        "now",
        "then",
    ):
        return None
    for phrase in p.phrases:
        if at < phrase.first <= at + 5 and phrase.kind == "group":
            return phrase
    return None


def _with_tail(p: Parsed, phrase: Phrase) -> list[Phrase]:
    found = [phrase]
    at = phrase.last
    for _ in range(6):
        if at >= len(p.tokens) or p.tokens[at].low not in ("of", "for", "in", "from", "with", "and", "at"):
            break
        following = p.phrase_starting(at + 1)
        if following is None or following.kind == "date":
            break
        found.append(following)
        at = following.last
    return found


def _comma(p: Parsed, at: int) -> bool:
    return 0 <= at < len(p.tokens) and p.tokens[at].low == ","


_CIVIL = frozenset("secretary attorney director solicitor auditor consul surveyor governor".split())


#: Ranks that ships, airlines, clubs and offices have too.
_RANKS_OF_ALL = frozenset(
    "captain captains pilot pilots officer officers commander commanders guard guards unit units general generals major "
    "majors private recruits cadets cadet company's troop".split()
)


def is_military(low: set[str], words: Words, *, armed: bool) -> bool:
    """Tell whether words beside a name give a soldier; a secretary general is none, nor a captain without an army."""
    known = low & (words.set("people.military") | words.set("people.ranks"))
    if low & _CIVIL:
        known -= {"general", "officer", "officers"}
    return bool(known if armed else known - _RANKS_OF_ALL)


def is_national(low: set[str], words: Words) -> bool:
    """Tell whether words beside a name give a national office: member of parliament, minister, party leader."""
    if low & words.set("people.local") - {"deputy", "former", "state"} and not low & {"mp", "mps"}:
        return False
    if "former" in low or "ex" in low:
        return False
    return (
        bool(low & words.set("people.national"))
        or ("leader" in low and "deputy" not in low)
        or "defence" in low
    )


def person_name(p: Parsed, phrase: Phrase, words: Words) -> str | None:
    """Return the name in a person phrase without office and title; a lone surname keeps its title."""
    first = phrase.head
    if p.tokens[first].pos != "NAME" or p.tokens[first].party >= 0:
        return None
    while first > phrase.first and p.tokens[first - 1].pos == "NAME" and p.tokens[first - 1].party < 0:
        first -= 1
    start = first
    titles = words.set("people.titles") | words.set("people.singular_offices") | {"former", "ex"}
    while start < phrase.head and p.tokens[start].low in titles:
        start += 1
    if start == phrase.head and p.tokens[start].text.istitle():
        title = p.tokens[start - 1] if start > phrase.first else None
        if title is not None and title.capital and title.low in titles - {"mr", "mrs", "ms", "dr"}:
            start -= 1
    return p.slice(start, phrase.last)


def text_of(p: Parsed, phrase: Phrase) -> str:
    """Return a phrase as published without a leading article."""
    first = phrase.first
    while first < phrase.last - 1 and p.tokens[first].low in (
        "the",
        "a",
        "an",
        "these",
        "those",
        "that",
        "this",
        "all",
    ):
        first += 1
    return p.slice(first, phrase.last)


def same(left: str | None, right: str | None) -> bool:
    """Tell whether two published names are the same but for case and article."""
    return left is not None and right is not None and plain(left) == plain(right)
