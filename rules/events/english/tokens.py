"""English words and marks of one sentence, with the place of each."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from rules.events.english.words import PART, PAST, Form, Words

_LETTER = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_TOKEN = re.compile(
    rf"\d+(?:st|nd|rd|th)\b|\d+(?:-[a-z]+)+|\d[\d,.]*\d%?|\d%?|(?:[A-Z]\.){{2,8}}|[{_LETTER}](?:[{_LETTER}\d]|[-'’](?=[{_LETTER}\d])|&(?=[A-Z])){{0,60}}\.?|\S"
)
_ABBREVIATED = frozenset(
    "mr. mrs. ms. dr. gen. col. lt. capt. sgt. maj. rep. sen. gov. hon. prof. rev. jan. feb. mar. apr. jun. jul. "
    "aug. sep. sept. oct. nov. dec. no. st. n. s.".split()
)
_OPEN = {'"': '"', "“": "”", "«": "»", "„": "“", "‘": "’"}
_CONTRACTED = ("n't", "'ll", "'d", "'ve", "'re", "'m")


@dataclass(slots=True)
class Token:
    """One word or mark.

    ``low`` is lower case with straight apostrophes; ``pos`` one of DET NUM N
    NAME ADJ V AUX MOD NEG TO PREP CONJ SUB REL PRON ADV POSS PUNCT; ``party``
    the number of the party name it is part of, or -1; ``quoted`` whether it
    stands inside quotation marks, ``headline`` in a title.
    """

    text: str
    low: str
    start: int
    end: int
    capital: bool
    pos: str = "N"
    form: Form | None = None
    forms: tuple[Form, ...] = ()
    party: int = -1
    quoted: bool = False
    headline: bool = False
    nouns: frozenset[str] = field(default_factory=frozenset)


def tokenise(text: str, words: Words) -> list[Token]:
    """Return the tokens of one sentence; a possessive ``'s`` stands alone."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        tokens += _pieces(match.group(), match.start())
    _mark_quotes(tokens)
    for token in tokens:
        denied = token.low in words.claims["denied"].adjectives
        token.forms = words.forms.get(token.low) or (() if denied else _unlisted(token))
    return tokens


def _pieces(word: str, start: int) -> list[Token]:
    low = word.lower().replace("’", "'")
    if low.endswith(".") and low not in _ABBREVIATED and not re.fullmatch(r"(?:[a-z]\.)+", low):
        return (
            [*_pieces(word[:-1], start), *_pieces(".", start + len(word) - 1)]
            if len(word) > 1
            else [_token(word, low, start)]
        )
    if (
        low.endswith("'s")
        and len(low) > 2
        and low not in ("it's", "he's", "she's", "that's", "there's", "let's")
    ):
        return [_token(word[:-2], low[:-2], start), _token(word[-2:], "'s", start + len(word) - 2)]
    for end in _CONTRACTED:
        if low.endswith(end) and end not in ("n't",) and len(low) > len(end):
            cut = len(word) - len(end)
            return [_token(word[:cut], low[:cut], start), _token(word[cut:], end, start + cut)]
    return [_token(word, low, start)]


def _unlisted(token: Token) -> tuple[Form, ...]:
    """Read an unknown lower-case word in -ed as a past form: news has more verbs than any list."""
    low = token.low
    if (
        token.capital
        or len(low) < 5
        or not low.endswith("ed")
        or low.endswith(("eed", "hundred", "naked", "sacred"))
    ):
        return ()
    return () if "-" in low else (Form(low[:-2], PAST), Form(low[:-2], PART))


def _token(text: str, low: str, start: int) -> Token:
    return Token(text, low, start, start + len(text), text[:1].isupper())


def _mark_quotes(tokens: list[Token]) -> None:
    close: str | None = None
    for index, token in enumerate(tokens):
        if close is None and token.text in _OPEN and _opens(tokens, index):
            close = _OPEN[token.text]
            token.pos = "QUOTE"
        elif close is not None and (token.text == close or token.text == '"' == close):
            close = None
            token.pos = "QUOTE"
        elif close is not None:
            token.quoted = True


def _opens(tokens: list[Token], index: int) -> bool:
    token = tokens[index]
    if token.text == "‘":
        return True
    follows = index + 1 < len(tokens) and tokens[index + 1].start == token.end
    return token.text != '"' or follows


def recase(tokens: list[Token], is_name: Callable[[Token], bool]) -> None:
    """Take the capitals of a Title Case headline from words that are no names, in place."""
    for token in tokens:
        if token.capital and not is_name(token):
            token.capital = False
