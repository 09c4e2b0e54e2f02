"""The words of a sentence that decided a claim: what a quotation of it must not lose."""

from __future__ import annotations

from rules.events.english.phrases import Parsed
from rules.events.english.words import Words
from state.records import Claim

_WITH_NEGATION = frozenset((Claim.DENIED, Claim.REFUSED))
_WITH_MODAL = frozenset((Claim.PLANNED, Claim.CONDITIONAL, Claim.REFUSED, Claim.CALLED_FOR, Claim.RUMOURED))
_MOST = 6


def deciding_words(p: Parsed, claim: Claim, words: Words) -> list[str]:
    """Return the words, as published and in order, that speak for a claim; none for what is plainly reported."""
    lists = words.claims.get(claim.value)
    if lists is None:
        return []
    verbs = {verb.split()[0] for verb in lists.verbs}
    small = (
        lists.nouns
        | lists.adjectives
        | lists.adverbs
        | {phrase for phrase in lists.phrases if " " not in phrase}
    )
    found: list[str] = []
    for token in p.tokens:
        negation = claim in _WITH_NEGATION and (token.pos == "NEG" or token.low in ("no", "nobody", "none"))
        modal = claim in _WITH_MODAL and token.pos == "MOD"
        verb = token.pos == "V" and token.form is not None and token.form.lemma in verbs
        if verb or negation or modal or token.low in small:
            found.append(token.text)
    return list(dict.fromkeys(found))[:_MOST]
