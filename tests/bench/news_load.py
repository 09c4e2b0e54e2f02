"""A synthetic English news load with rules that watch names near events, after a fixed seed.

Vocabulary of 50,000 invented words under Zipf's law with real function and news
words on top; 30,000 persons and bodies, each as "First Last", "Mr Last" and an
acronym; 48 groups of event words; sentences modelled on news with curly quotes.
A rule reads ``entity NEAR/15 act AND NOT other``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from random import Random

from rules.condition import All, Leaf, Near, Not
from rules.rule import Rule
from rules.terms import Term, read_term
from state.article import Article, Caption, Comment, Section
from state.errors import Place
from state.records import Severity

_TOP = (
    "the of and to in a is that for on with as by it was he at from his has have be are said who this but not which "
    "they their were had will its would she after one more than or when government party police minister court "
    "people country law week month president opposition election vote leader members report state war city group"
).split()
_SYLLABLES = (
    "ka ren to mi sul van der po lit gro ne ash bel cor dun fel gar hol jin kes lom mar nov ost pel".split()
)
_ENTITIES, _VOCABULARY, _GROUPS = 30_000, 50_000, 48
#: Share of sentences that name nobody.
_PLAIN = 0.88


class Zipf:
    """Numbers from 0 on, each with a probability of ``1 / (n + 1) ** s``."""

    def __init__(self, size: int, s: float) -> None:
        self._sums = list(accumulate(1 / (n + 1) ** s for n in range(size)))

    def draw(self, random: Random) -> int:
        return bisect_left(self._sums, random.random() * self._sums[-1])


class NewsLoad:
    """The load; ``rules(n)`` and ``articles(n)`` are the same at every call."""

    def __init__(self, seed: int = 7) -> None:
        random = Random(seed)
        self._words = [*_TOP, *dict.fromkeys(_word(random) for _ in range(_VOCABULARY * 2))][:_VOCABULARY]
        self._entities = [_entity(random) for _ in range(_ENTITIES)]
        self._acts = [[_act(random) for _ in range(random.randrange(3, 9))] for _ in range(_GROUPS)]
        self._word_law, self._entity_law = Zipf(len(self._words), 1.03), Zipf(_ENTITIES, 0.8)

    def rules(self, count: int) -> list[Rule]:
        """Return rules that watch one name each, the best known first (ten rules watch 24 each)."""
        random = Random(count)
        names = 24 if count <= 10 else 1
        return [self._rule(random, number, names) for number in range(count)]

    def _rule(self, random: Random, number: int, names: int) -> Rule:
        known = [self._entities[(number * names + more) % _ENTITIES] for more in range(names)]
        entity = tuple(Term(alias) for aliases in known for alias in aliases)
        acts = random.sample(self._acts, 2)
        act = tuple(read_term(text) for text in dict.fromkeys((acts[0] + acts[1])[:5]))
        other = tuple(Term(self._words[random.randrange(300, 5000)]) for _ in range(2))
        return near_rule(number, entity, act, other)

    def articles(self, count: int) -> list[Article]:
        """Return articles of about 900 words."""
        random = Random(1)
        return [self._article(random) for _ in range(count)]

    def _article(self, random: Random) -> Article:
        paragraphs = tuple(self._paragraph(random) for _ in range(random.randrange(18, 36)))
        comments = tuple(Comment(text=self._paragraph(random)) for _ in range(random.randrange(5)))
        return Article(
            title=self._sentence(random).rstrip("."),
            sections=(Section(None, paragraphs),),
            captions=(Caption(self._sentence(random)),),
            comments=comments,
        )

    def _paragraph(self, random: Random) -> str:
        return " ".join(self._sentence(random) for _ in range(random.randrange(1, 4)))

    def _sentence(self, random: Random) -> str:
        def some(least: int, most: int) -> str:
            return " ".join(
                self._words[self._word_law.draw(random)] for _ in range(random.randrange(least, most))
            )

        if random.random() < _PLAIN:
            return f"{some(6, 24).capitalize()}."
        name = random.choice(self._entities[self._entity_law.draw(random)])
        act = random.choice(random.choice(self._acts)).replace("*", random.choice(("", "ed", "s", "ing")))
        pattern = random.choice(
            (
                "{0} {1} {2}, {3}.",
                "“{2},” said {0}, who {1} {3}.",
                "{2}: {0} {1} — {3}.",
                "In {2}, {0}’s {3} {1}.",
                "{0} ({3}) {2} {1}.",
                "It {1} {2}, according to {0}.",
                "{0} denied that {2} {1} {3}.",
                "“{3} {1},” {0} told {2}.",
                "{2} {1} by {0}, {3}.",
            )
        )
        return pattern.format(name, act, some(3, 9), some(3, 9))


def words_of(articles: Sequence[Article]) -> int:
    """Return the mean number of words."""
    total = sum(
        len(text.split()) for one in articles for text in (*one.paragraphs, *(c.text for c in one.comments))
    )
    return total // len(articles)


def _word(random: Random) -> str:
    return "".join(random.choice(_SYLLABLES) for _ in range(random.randrange(2, 5)))


def _entity(random: Random) -> tuple[str, str, str]:
    first, last = _word(random).capitalize(), _word(random).capitalize()
    acronym = "".join(random.choice("BCDFGHKLMNPRSTVW") for _ in range(random.randrange(3, 6)))
    return f"{first} {last}", f"Mr {last}", acronym


def _act(random: Random) -> str:
    stem = f"{_word(random)}x{random.choice(_SYLLABLES)}"
    return random.choice((f"{stem}*", stem, f"{stem} {_word(random)}", f"{stem} the party"))


def near_rule(number: int, entity: tuple[Term, ...], act: tuple[Term, ...], other: tuple[Term, ...]) -> Rule:
    """Return the rule of every load: a name near an act, without other words."""
    near = Near(Leaf("entity", entity), Leaf("act", act), 15)
    return Rule(
        id=f"r{number:06}",
        title="",
        severity=Severity.HIGH,
        when=All((near, Not(Leaf("other", other)))),
        written="entity NEAR/15 act AND NOT other",
        place=Place("load"),
        version="1",
        terms={"entity": entity, "act": act, "other": other},
    )
