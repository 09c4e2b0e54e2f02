"""A second matcher, written without a look at speed: tries every place, every pair, every sentence.

It shares folding and sentence splitting with the engine (they have tests of
their own) and nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from rules.condition import All, AnyOf, AtLeast, Leaf, Near, Node, Not, Scoped, Score, Within
from rules.fold import Folded, fold
from rules.rule import Rule
from rules.sentences import sentences
from rules.terms import Term
from state.article import Article, texts

APOSTROPHES = (
    "'\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u0060\u00b4\u055a\ua78b\ua78c\uff07"
)
LEADING = "เแโใไເແໂໃໄ" + "\u17d2\u1039\u0f84"
LETTERS_PER_WORD = {"THAI": 3.6, "LAO": 4.4, "TIBETAN": 3.0, "MYANMAR": 2.4, "KHMER": 2.8, "CJK": 1.7}

Place = tuple[int, int, int]
"""Paragraph, start and end in its folded text."""
Found = frozenset[Place]
"""Places that were found together: one, or those a NEAR joined."""


@dataclass(frozen=True)
class Paragraph:
    pointer: str
    scope: str
    post: int
    base: int
    text: str


@cache
def script(char: str) -> str:
    if unicodedata.category(char) == "Nd":
        return "DIGIT"
    return unicodedata.name(char, "?").split()[0]


@cache
def is_unspaced(char: str) -> bool:
    return script(char) in ("THAI", "LAO", "MYANMAR", "KHMER", "CJK")


@cache
def is_spaced(char: str) -> bool:
    return char.isalnum() and not is_unspaced(char) and script(char) not in ("HANGUL", "TIBETAN")


def is_counted_by_letter(char: str) -> bool:
    return not is_spaced(char) and script(char) != "HANGUL"


@cache
def attaches(char: str) -> bool:
    return unicodedata.category(char).startswith("M") or char in "ำຳ"


def paragraphs(article: Article) -> list[Paragraph]:
    found = []
    for item in texts(article):
        if item.scope != "comment":
            found.append(Paragraph(item.pointer, item.scope, item.post, 0, item.text))
            continue
        at = 0
        for part in re.split(r"(\n[^\S\n]*\n\s*)", item.text):
            if part.strip():
                found.append(Paragraph(item.pointer, item.scope, item.post, at, part))
            at += len(part)
    return found


@cache
def folded_term(text: str) -> Folded:
    return fold(text)


@cache
def spellings(text: str) -> set[str]:
    hangul = [script(char) == "HANGUL" for char in text]
    gaps = [i for i, char in enumerate(text) if char == " " and hangul[i - 1] and hangul[i + 1]]
    found = {text}
    if gaps and len(gaps) <= 3:
        for size in range(len(gaps) + 1):
            for left_out in combinations(gaps, size):
                found.add("".join(char for i, char in enumerate(text) if i not in left_out))
    elif all(hangul) and len(text) >= 4:
        found |= {text[:i] + " " + text[i:] for i in range(1, len(text))}
    return found


class Read:
    """An article in paragraphs, folded one by one, and the words of each."""

    def __init__(self, article: Article) -> None:
        self.paragraphs = paragraphs(article)
        self.folded = [fold(paragraph.text) for paragraph in self.paragraphs]
        self.sentences = [sentences(paragraph.text) for paragraph in self.paragraphs]
        self.words = [self._words(number) for number in range(len(self.paragraphs))]
        self.letters = [self._letters(number) for number in range(len(self.paragraphs))]

    def _letters(self, number: int) -> list[tuple[int, int, float]]:
        """Return letters of unspaced scripts with their source slices, each as a share of a word."""
        folded = self.folded[number]
        return [
            (int(folded.starts[at]), int(folded.ends[at]), 1 / LETTERS_PER_WORD.get(script(char), 1.7))
            for at, char in enumerate(folded.text)
            if char not in " ," and not attaches(char) and is_counted_by_letter(char)
        ]

    def _words(self, number: int) -> list[list[tuple[int, int, str]]]:
        """Return words as the parts that an apostrophe or decimal point joins, each with its source slice."""
        folded, text = self.folded[number], self.paragraphs[number].text
        words: list[list[tuple[int, int, str]]] = []
        for token in re.finditer(r"[^ ,]+", folded.text):
            source = folded.span(token.start(), token.end())
            if words:
                seam = text[words[-1][-1][1] : source[0]]
                before, after = text[words[-1][-1][1] - 1], text[source[0]]
                joined = (
                    len(seam) == 1 and seam in APOSTROPHES and before.isalnum() and after.isalnum()
                ) or (seam in (".", ",") and before.isdigit() and after.isdigit())
                if joined:
                    words[-1].append((*source, token.group()))
                    continue
            words.append([(*source, token.group())])
        return words


class BruteForce:
    """One rule against one article."""

    def __init__(self, rule: Rule, read: Read) -> None:
        self.rule = rule
        self.read = read
        self.paragraphs = read.paragraphs
        self.folded = read.folded

    def spans(self, *, comments: bool) -> list[tuple[str, int, int]] | None:
        """Return the spans of a match, None if there is none."""
        fields = {field for field, weight in self.rule.fields.items() if weight > 0}
        self.seen = [p.scope in fields or (comments and p.scope == "comment") for p in self.paragraphs]
        everywhere = {(number, None) for number in range(len(self.paragraphs)) if self.seen[number]}
        self.known: dict[str, set[Place]] = {}
        found = self.holds(self.rule.when, everywhere)
        return None if found is None else self.as_spans(found)

    def as_spans(self, found: set[Place]) -> list[tuple[str, int, int]]:
        spans, reached = [], (-1, -1)
        for number, start, end in sorted(found, key=lambda place: (place[0], place[1], -place[2])):
            if (number, end) > reached:
                reached = (number, end)
                first, last = self.folded[number].span(start, end)
                paragraph = self.paragraphs[number]
                spans.append((paragraph.pointer, paragraph.base + first, paragraph.base + last))
        return spans

    # ---- conditions

    def holds(self, node: Node, where: set) -> set[Place] | None:
        match node:
            case Leaf():
                return self.leaf(node, where) or None
            case All(parts):
                found = [self.holds(part, where) for part in parts]
                return None if None in found else set().union(*found)
            case AnyOf(parts):
                return self.at_least(1, parts, where)
            case AtLeast(count, parts):
                return self.at_least(count, parts, where)
            case Not(part):
                return set() if self.holds(part, where) is None else None
            case Scoped(field, part):
                return self.holds(part, {w for w in where if self.paragraphs[w[0]].scope == field})
            case Within(part, unit):
                return self.within(part, unit, where)
            case Near():
                pairs = self.pairs(node, where)
                return {place for a, b in pairs for place in a | b} or None
            case Score(threshold, weights):
                return self.score(threshold, weights, where)
        raise AssertionError(node)

    def at_least(self, count: int, parts: Iterable[Node], where: set) -> set[Place] | None:
        found = [hits for part in parts if (hits := self.holds(part, where)) is not None]
        return set().union(*found) if len(found) >= count else None

    def score(self, threshold: float, weights, where: set) -> set[Place] | None:
        total, found = 0.0, set()
        for part, weight in weights:
            hits = self.holds(part, where)
            if hits:
                total += weight * max(self.rule.fields.get(self.paragraphs[h[0]].scope, 1.0) for h in hits)
                if weight > 0:
                    found |= hits
        return found if total >= threshold else None

    def within(self, part: Node, unit: str, where: set) -> set[Place] | None:
        units = []
        for number in range(len(self.paragraphs)):
            inside = {w for w in where if w[0] == number}
            if not inside:
                continue
            if unit == "sentence":
                for bounds in self.read.sentences[number]:
                    units.append(
                        {(number, bounds)} if (number, None) in inside else inside & {(number, bounds)}
                    )
            elif unit == "paragraph":
                units.append(inside)
        if unit == "post":
            for post in {p.post for p in self.paragraphs}:
                units.append({w for w in where if self.paragraphs[w[0]].post == post})
        found = [
            hits
            for one in units
            if one and (hits := self.holds(part, one)) is not None and self.any_hit(part, one)
        ]
        return set().union(*found) if found else None

    def any_hit(self, part: Node, where: set) -> bool:
        from rules.condition import walk

        return any(isinstance(node, Leaf) and self.leaf(node, where) for node in walk(part))

    # ---- nearness

    def pairs(self, node: Near, where: set) -> list[tuple[Found, Found]]:
        found = []
        for a in self.groups(node.left, where):
            for b in self.groups(node.right, where):
                if self.near(a, b, node.words) and not (node.ordered and min(b) < min(a)):
                    found.append((a, b))
        return found

    def groups(self, node: Node, where: set) -> set[Found]:
        match node:
            case Near():
                return {a | b for a, b in self.pairs(node, where)}
            case AnyOf(parts):
                return {group for part in parts for group in self.groups(part, where)}
            case _:
                return {frozenset({place}) for place in self.holds(node, where) or ()}

    def near(self, a: Found, b: Found, words: int) -> bool:
        (number,), others = {place[0] for place in a}, {place[0] for place in b}
        if others != {number}:
            return False
        if any(x[1] < y[2] and y[1] < x[2] for x in a for y in b):
            return False
        first, second = sorted((a, b), key=lambda group: min(place[1] for place in group))
        end, start = max(place[2] for place in first), min(place[1] for place in second)
        return end > start or self.words_between(number, end, start) < words

    def words_between(self, number: int, end: int, start: int) -> float:
        """Count whole words, an apostrophe or decimal point inside one joining its parts."""
        folded, words = self.folded[number], self.read.words[number]
        left = folded.span(end - 1, end)[1]
        right = folded.span(start, start + 1)[0]
        letters = sum(
            share for first, last, share in self.read.letters[number] if left <= first and last <= right
        )
        whole = sum(
            left <= word[0][0]
            and word[-1][1] <= right
            and any(not is_counted_by_letter(p[2][0]) for p in word)
            for word in words
        )
        return round(letters + whole, 6)

    # ---- terms

    def leaf(self, leaf: Leaf, where: set) -> set[Place]:
        kept = set()
        for place in self.kept(leaf):
            number, start, end = place
            source = self.folded[number].span(start, end)
            for paragraph, bounds in where:
                if paragraph == number and (
                    bounds is None or (bounds[0] <= source[0] and source[1] <= bounds[1])
                ):
                    kept.add(place)
        return kept

    def kept(self, leaf: Leaf) -> set[Place]:
        if leaf.name not in self.known:
            self.known[leaf.name] = self.not_set_aside(leaf)
        return self.known[leaf.name]

    def not_set_aside(self, leaf: Leaf) -> set[Place]:
        found = self.places(leaf.terms)
        if not found:
            return found
        taken = self.places(self.rule.exceptions)
        found = {p for p in found if not any(p[0] == t[0] and p[1] < t[2] and t[1] < p[2] for t in taken)}
        for entry in self.rule.unless_near:
            if entry.groups and leaf.name not in entry.groups:
                continue
            spoilers = self.places(entry.terms)
            found = {p for p in found if not any(self.spoils(p, s, entry.words) for s in spoilers)}
        return found

    def spoils(self, place: Place, spoiler: Place, words: int | None) -> bool:
        if place[0] != spoiler[0]:
            return False
        if words is not None:
            first, second = sorted((place, spoiler), key=lambda p: p[1])
            return second[1] < first[2] or self.words_between(place[0], first[2], second[1]) < words
        folded = self.folded[place[0]]
        a, b = folded.span(*place[1:]), folded.span(*spoiler[1:])
        return any(
            s <= a[0] and a[1] <= e and s <= b[0] and b[1] <= e for s, e in self.read.sentences[place[0]]
        )

    def places(self, terms: Iterable[Term]) -> set[Place]:
        return {
            (number, *place)
            for number in range(len(self.paragraphs))
            if self.seen[number]
            for term in terms
            for place in self.occurrences(number, term)
        }

    def occurrences(self, number: int, term: Term) -> Iterable[tuple[int, int]]:
        folded = self.folded[number].text
        if term.operator == "regex":
            for found in re.finditer(term.text, folded, re.IGNORECASE):
                yield found.span()
            return
        for text in spellings(folded_term(term.text).text):
            for found in re.finditer(f"(?={re.escape(text)})", folded):
                start, end = found.start(), found.start() + len(text)
                if not self.counts(number, term, start, end):
                    continue
                if term.open_end and is_spaced(text[-1]) and term.operator == "word":
                    end = min(i for i in range(end, len(folded) + 1) if i == len(folded) or folded[i] == " ")
                if term.open_start and is_spaced(text[0]) and term.operator == "word":
                    start = max(i for i in range(start + 1) if i == 0 or folded[i - 1] == " ")
                yield start, end

    def counts(self, number: int, term: Term, start: int, end: int) -> bool:
        folded = self.folded[number]
        if term.exact and not self.same_capitals(number, term, start, end):
            return False
        if term.operator == "substring":
            return True
        before, after = folded.text[:start][-1:], folded.text[end:]
        first, last = folded.text[start], folded.text[end - 1]
        if is_spaced(first) and not term.open_start and before not in ("", " "):
            return False
        if is_spaced(last) and not term.open_end and after[:1] not in ("", " "):
            return False
        if not is_spaced(first) and before and before in LEADING:
            return False
        cuts_syllable = re.compile("[\u1000-\u1021]\u1037?[\u103a\u1039]").match
        if not is_spaced(last) and after and (attaches(after[0]) or cuts_syllable(after)):
            return False
        return self.compact_enough(number, start, end)

    def compact_enough(self, number: int, start: int, end: int) -> bool:
        folded = self.folded[number]
        letters = folded.text[start:end].replace(" ", "")
        if not (is_unspaced(letters[0]) or is_unspaced(letters[-1])):
            return True
        limit = 4 if all(script(char) == "CJK" for char in letters) else 6
        source = self.paragraphs[number].text[slice(*folded.span(start, end))]
        gaps = sum(char.isspace() for char in source)
        own = sum(not attaches(char) for char in folded.text[start:end])
        return len(letters) >= limit or gaps == 0 or (own >= 3 and gaps >= own - 1)

    def same_capitals(self, number: int, term: Term, start: int, end: int) -> bool:
        wanted, folded, text = folded_term(term.text), self.folded[number], self.paragraphs[number].text
        found = [folded.starts[at] for at in range(start, end) if folded.text[at] != " "]
        asked = [wanted.starts[at] for at, char in enumerate(wanted.text) if char != " "]
        return [text[at].isupper() for at in found] == [term.text[at].isupper() for at in asked]
