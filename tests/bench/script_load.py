"""The news load of ``news_load`` in scripts that write no spaces: invented words of real syllables."""

from __future__ import annotations

from random import Random
from typing import Literal

from rules.rule import Rule
from rules.terms import Term
from state.article import Article, Section
from tests.bench.news_load import Zipf, near_rule

Script = Literal["km", "th", "zh"]

_SYLLABLES: dict[Script, list[str]] = {
    "km": "កា គិ ចុ ឆេ ជា ដី ណា តុ ថា ទី នេ បុ ផា ពី ភា មុ យា រី លុ វា សី ហា អុ ក្រា ស្រុ ប្រី ខ្មែ ត្រា ភ្លើ ស្ថា".split(),
    "th": "กา คิ จุ เฉ ชา ดี ณา ตุ ถา ที เน บุ ผา พี ภา มุ ยา รี ลุ วา สี หา อุ กรา ปลี โท ไม เรือ แพ นำ".split(),
    "zh": [chr(0x4E00 + 37 * number) for number in range(400)],
}
_LENGTHS: dict[Script, tuple[int, int]] = {"km": (1, 3), "th": (1, 3), "zh": (1, 3)}
_STOPS: dict[Script, str] = {"km": "។ ", "th": " ", "zh": "。"}
_VOCABULARY, _ENTITIES, _GROUPS, _PLAIN = 20_000, 30_000, 48, 0.88


class ScriptLoad:
    """The load of one script; ``rules(n)`` and ``articles(n)`` are the same at every call."""

    def __init__(self, script: Script, seed: int = 7) -> None:
        random = Random(seed)
        self._stop, syllables = _STOPS[script], _SYLLABLES[script]
        least, most = _LENGTHS[script]

        def word(fewest: int, longest: int) -> str:
            return "".join(random.choice(syllables) for _ in range(random.randint(fewest, longest)))

        self._words = [word(least, most) for _ in range(_VOCABULARY)]
        self._entities = [(word(4, 6), word(4, 5)) for _ in range(_ENTITIES)]
        self._acts = [[word(3, 4) for _ in range(random.randrange(3, 9))] for _ in range(_GROUPS)]
        self._word_law, self._entity_law = Zipf(_VOCABULARY, 1.03), Zipf(_ENTITIES, 0.8)

    def rules(self, count: int) -> list[Rule]:
        """Return rules that watch one name each near some acts."""
        random = Random(count)
        return [self._rule(random, number) for number in range(count)]

    def _rule(self, random: Random, number: int) -> Rule:
        entity = tuple(map(Term, self._entities[number % _ENTITIES]))
        acts = random.sample(self._acts, 2)
        act = tuple(map(Term, dict.fromkeys((acts[0] + acts[1])[:5])))
        other = tuple(Term(self._words[random.randrange(300, 5000)]) for _ in range(2))
        return near_rule(number, entity, act, other)

    def articles(self, count: int) -> list[Article]:
        """Return articles of some 4,000 characters."""
        random = Random(1)
        return [
            Article(title=self._sentence(random), sections=(Section(None, self._paragraphs(random)),))
            for _ in range(count)
        ]

    def _paragraphs(self, random: Random) -> tuple[str, ...]:
        return tuple(
            "".join(self._sentence(random) for _ in range(random.randrange(1, 4)))
            for _ in range(random.randrange(18, 36))
        )

    def _sentence(self, random: Random) -> str:
        words = [self._words[self._word_law.draw(random)] for _ in range(random.randrange(12, 30))]
        if random.random() >= _PLAIN:
            at = random.randrange(len(words))
            words.insert(at, random.choice(self._entities[self._entity_law.draw(random)]))
            words.insert(at + 2, random.choice(random.choice(self._acts)))
        return "".join(words) + self._stop
