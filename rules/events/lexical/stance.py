"""Whether a sentence says that an act happened, and who says so."""

from __future__ import annotations

import re

from rules.events.lexical.scan import Hit, Sentence
from state.records import Claim

#: The first of these whose words stand near the act decides.
_ORDER = (
    Claim.REVERSED,
    Claim.REFUSED,
    Claim.DENIED,
    Claim.BACKGROUND,
    Claim.CONDITIONAL,
    Claim.THREATENED,
    Claim.SOUGHT,
    Claim.CALLED_FOR,
    Claim.PLANNED,
    Claim.RUMOURED,
    Claim.CLAIMED,
    Claim.ESTIMATED,
)
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_BUDDHIST_ERA = 543


def claim_of(trigger: Hit, sentence: Sentence) -> tuple[Claim, Hit | None]:
    """Return the claim of an act and the words that decided it."""
    near = [hit for hit in sentence.of("claim") if _speaks_of(hit, trigger, sentence)]
    for claim in _ORDER:
        for hit in near:
            if hit.sense.claim is claim:
                return claim, hit
        if trigger.sense.claim is claim:
            return claim, None
    return Claim.REPORTED, None


def _speaks_of(cue: Hit, trigger: Hit, sentence: Sentence) -> bool:
    """Tell whether a cue is near enough; another act between them takes it."""
    first, second = sorted((cue, trigger), key=lambda hit: hit.start)
    if second.start - first.end > sentence.lexicon.window:
        return False
    between = (hit for hit in sentence.of("trigger") if first.end <= hit.start and hit.end <= second.start)
    return not any(hit.sense.kind != trigger.sense.kind for hit in between)


def year_of(sentence: Sentence, published: int | None) -> int | None:
    """Return a year named in the sentence before that of publication, in our era; None without one."""
    if published is None:
        return None
    for found in _YEAR.finditer(sentence.folded.text):
        year = int(found.group(1))
        if year > published + 300:
            year -= _BUDDHIST_ERA
        if 1900 < year < published:
            return year
    return None
