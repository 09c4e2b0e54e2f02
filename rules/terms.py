"""Terms: what a rule looks for, one word, phrase, word beginning, name list or pattern each.

Written as ``CNRP``, ``Candlelight Party``, ``defect*``, ``@defect_en``, or as a
mapping with an operator (``word``, ``substring``, ``macro``, ``regex``) and
options (``case: exact``, ``sense``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Literal, NamedTuple

Operator = Literal["word", "substring", "regex"]
Lists = Mapping[str, Sequence[str]]


class Term(NamedTuple):
    """One thing to look for.

    ``text`` is as the author wrote it, without wildcards.  ``open_end`` lets the
    last word go on (``defect*``), ``open_start`` the first begin earlier
    (``*tion``).  ``exact`` asks for the same capitals.  ``macro`` names the list
    it came from, ``sense`` what it means in the reader's language.
    """

    text: str
    operator: Operator = "word"
    open_start: bool = False
    open_end: bool = False
    exact: bool = False
    macro: str = ""
    sense: str = ""

    @property
    def label(self) -> str:
        """Return the term as an author would write it."""
        if self.operator == "regex":
            return f"/{self.text}/"
        return f"{'*' if self.open_start else ''}{self.text}{'*' if self.open_end else ''}"


class UnknownListError(ValueError):
    """A macro names a list that does not exist; ``hint`` proposes one."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(f"no list named @{name}")
        self.hint = did_you_mean(name, known, prefix="@")


def read_term(text: str) -> Term:
    """Return the term of a word or phrase with optional ``*`` at its ends.

    Raises:
        ValueError: A wildcard stands inside, or nothing but wildcards is there.
    """
    plain = " ".join(text.split())
    stem = plain.removesuffix("*")
    body = stem.removeprefix("*")
    if "*" in body:
        raise ValueError(f"a wildcard inside {plain!r}: * may only end or begin a term")
    if not body.strip():
        raise ValueError(f"{text!r} is no term")
    return Term(body.strip(), open_start=body != stem, open_end=stem != plain)


def expand(name: str, lists: Lists, *, template: Term | None = None) -> tuple[Term, ...]:
    """Return the terms of a list, each with the options of ``template``.

    Raises:
        UnknownListError: There is no such list.
        ValueError: One of its entries is no term.
    """
    entries = lists.get(name)
    if entries is None:
        raise UnknownListError(name, lists)
    like = template or Term("")
    return tuple(
        read_term(entry)._replace(macro=name, exact=like.exact, sense=like.sense) for entry in entries
    )


def did_you_mean(word: str, known: Iterable[str], *, prefix: str = "") -> str:
    """Return ``did you mean "x"?`` for the nearest known word, or what is known if few, else nothing."""
    choices = sorted(known)
    near = get_close_matches(word.lower(), choices, n=1, cutoff=0.6)
    if near:
        return f'did you mean "{prefix}{near[0]}"?'
    return "known: " + ", ".join(prefix + choice for choice in choices) if 0 < len(choices) <= 20 else ""
