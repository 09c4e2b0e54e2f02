"""Words for a rule that is to find articles like one: its names, what happened, and texts that prove it.

Known names and acts come from the shipped lists; where those find nothing, words
with a capital are taken for names and the rarest words of the headline for acts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rules.expand import Expanded, spellings
from rules.fold import comparable, is_spaced
from rules.needles import needles
from rules.rarity import Rarity, shipped_shares
from rules.sentences import sentences
from rules.terms import Lists, Term, read_term
from state.article import Article

MOST = 8
_NAMES = ("parties", "party_abbreviations")
_ACTS = ("defection", "defection_near", "dissolution", "dissolution_near", "dissolution_done")
_MOST_SENTENCES = 60
_RARE = 0.05
_SHORT = 4
_CAPITALISED = re.compile(r"[^\W\d_][\w’'-]*(?: (?:(?:of|de|da|du|for|and|the) )*[^\W\d_][\w’'-]*)*")
_WORD = re.compile(r"[^\W\d_][\w’'-]+")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``names`` and ``acts`` as published; ``proof`` is a sentence that has both, or the headline."""

    names: tuple[str, ...]
    acts: tuple[str, ...]
    proof: str
    #: Sentences of the same article that hold a name and no act.
    against: tuple[str, ...] = ()


def suggest(article: Article, lists: Lists) -> Suggestion:
    """Return words for a rule that finds this article; both groups are empty where nothing stands out."""
    tag = (article.language or "en").split("-")[0].lower()
    told = _sentences(article)
    names = tuple(filter(_is_name, _known(article, lists, _NAMES))) or _capitalised(told)
    acts = _known(article, lists, [f"{name}_{tag}" for name in _ACTS]) or _rare(article.title, names)
    held = [sentence for sentence in told if _holds(sentence, names) and _holds(sentence, acts)]
    proof = held[0] if held else next((one for one in told if _holds(one, acts)), article.title)
    against = [one for one in told[1:] if _holds(one, names) and not _holds(one, acts) and len(one) < 400]
    return Suggestion(names, acts, proof, tuple(against[:1]))


def _sentences(article: Article) -> list[str]:
    found = [article.title]
    for paragraph in article.paragraphs:
        found += [paragraph[start:end].strip() for start, end in sentences(paragraph)]
        if len(found) >= _MOST_SENTENCES:
            break
    return [sentence for sentence in found if sentence]


def _known(article: Article, lists: Lists, names: Iterable[str]) -> tuple[str, ...]:
    """Return entries of some lists that stand in the article, as published, those of most letters first."""
    entries = dict.fromkeys(entry for name in names for entry in lists.get(name, ()))
    terms = [read_term(entry) for entry in entries]
    if not terms:
        return ()
    hits = spellings([Expanded("", term, ()) for term in terms], [article])
    found = dict.fromkeys(quote for term in terms for quote in hits[term].each)
    return _distinct(sorted(found, key=lambda quote: (-len(quote), quote)))


def _is_name(text: str) -> bool:
    """Tell whether this can be a name: a capital where the script has any, and no common word by itself."""
    return text.lower() == text.upper() or (text != text.lower() and comparable(text) not in shipped_shares())


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    """Return texts that are not sought alike, as many as a rule should begin with."""
    kept: dict[str, str] = {}
    for text in texts:
        folded = comparable(text)
        if folded and folded not in kept:
            kept[folded] = text
    return tuple(kept.values())[:MOST]


def _capitalised(told: Sequence[str]) -> tuple[str, ...]:
    """Return runs of capitalised words that stand inside a sentence: its first word has a capital in any case."""
    found: dict[str, int] = {}
    for sentence in told[1:]:
        for run in _CAPITALISED.finditer(sentence):
            words = run.group().split(" ")
            while words and not words[-1][:1].isupper():
                words.pop()
            for name in _runs(words, first=run.start() == 0):
                bare = name.removeprefix("The ").removesuffix("'s").removesuffix("’s")
                if _is_name(bare):
                    found[bare] = found.get(bare, 0) + 1
    return _distinct(sorted(found, key=lambda name: (-found[name], name)))


def _runs(words: Sequence[str], *, first: bool) -> Iterable[str]:
    run: list[str] = []
    for number, word in enumerate([*words, ""]):
        joins = bool(run) and word in ("of", "de", "da", "du", "for", "and", "the")
        if word[:1].isupper() or joins:
            run.append(word)
            continue
        begun = first and number == len(run)
        while run and not run[-1][:1].isupper():
            run.pop()
        if run and (len(run) > 1 or not begun):
            yield " ".join(run)
        run = []


def _rare(title: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the rarest words of a headline that are no names; in a script without spaces there are none to tell."""
    known = comparable(" ".join(names)).split(" ")
    rarity = Rarity()
    rated: list[tuple[float, str]] = []
    for word in _WORD.findall(title):
        folded = comparable(word)
        if len(folded) >= _SHORT and is_spaced(folded[0]) and folded not in known:
            rated.append((min(rarity.share(needle) for needle in needles(Term(word))), word))
    rated.sort(key=lambda entry: entry[0])
    return _distinct(word for share, word in rated if share < _RARE)[:3]


def _holds(sentence: str, words: Iterable[str]) -> bool:
    text = f" {comparable(sentence)} "
    return any(
        (f" {folded} " if is_spaced(folded[0]) else folded) in text for folded in map(comparable, words)
    )
