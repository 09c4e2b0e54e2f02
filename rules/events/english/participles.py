"""Participles that stand before their noun: "the banned party", "over alleged ties"."""

from __future__ import annotations

from collections.abc import Sequence

from rules.events.english.tokens import Token

_OFFICES = frozenset("mp mps minister senator member members lawmaker councillor governor mayor".split())

_BEFORE_NOUNS = frozenset("of from for to with into against on by over about amid despite".split())


def is_attribute(tokens: Sequence[Token], index: int, left: Token | None, after: Token | None) -> bool:
    """Tell whether a participle stands before its noun: "the banned party"."""
    opens = index == 0 or tokens[index - 1].text == ":"
    if opens and tokens[0].headline and after is not None and after.pos in ("?", "N", "NAME"):
        return True
    if tokens[0].headline and left is not None and left.pos == "V":
        # "Court gives banned Kenyan party its papers back"
        return any(t.low in ("party", "party's") for t in tokens[index + 1 : index + 3])
    if left is None or after is None:
        return False
    raw = tokens[index - 1]
    noun = after.pos in ("?", "N", "NAME", "NUM") and after.low[0].isalnum()
    if left.low in ("both", "all", "others", "some") and raw.pos == "DET":
        return False
    if left.low in ("no", "any") and raw.pos == "DET":
        return True
    if left.pos in ("DET", "POSS", "ADJ"):
        return noun or left.low in ("the", "a", "an")
    if (
        raw.pos == "V"
        and noun
        and (not after.capital or after.low in _OFFICES)
        and raw.form is not None
        and raw.form.lemma not in ("be", "get")
    ):
        return not after.forms or after.low.endswith("s")
    return raw.pos in ("PREP", "TO") and noun and raw.low in _BEFORE_NOUNS
