"""What the rest of an article makes of an act: an account disputed, a letter called false, a look back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rules.events.draft import Draft
from rules.events.english.context import Reading
from rules.events.fit import ENDS, actors_fit
from state.records import Claim

_LOOK_BACK = re.compile(
    r"\b(?:years?|decades?|months) (?:on|later|after|since|ago|of)\b|\banniversary\b|\bobituary\b|\blooks? back\b"
    r"|\bremember(?:s|ed|ing)\b|\bexplainer\b|\bfrom the archives?\b|\bon this day\b|\bin memoriam\b|\btimeline\b",
    re.IGNORECASE,
)
_AT_THE_TIME = re.compile(r"\b(?:at the time|back then|in those days|in those years)\b", re.IGNORECASE)
_DISPUTES = frozenset(
    "dispute disagree contradict contest question challenge deny reject dismiss ridicule".split()
)
_ACCOUNT = frozenset(
    "figure figures number numbers claim claims account accounts arithmetic count list lists version it them report "
    "story statement names this that".split()
)
_FIGURES = frozenset("figure figures number numbers arithmetic count".split())
_ALONE = re.compile(r"\bin \w[\w ]{1,40} alone\b", re.IGNORECASE)
_PAPERS = frozenset("letter letters post message messages page notice recording video clip leaflet".split())
#: Under a lead that tells one of these, what moved before is how it came to be.
_OPEN = frozenset(
    (
        Claim.DENIED,
        Claim.REFUSED,
        Claim.REVERSED,
        Claim.PLANNED,
        Claim.RUMOURED,
        Claim.CALLED_FOR,
        Claim.THREATENED,
        Claim.CONDITIONAL,
    )
)
_HAD_DENIED = re.compile(
    r"\bhad (?:\w+ly |earlier |then |long |repeatedly )?(?:denied|refused|ruled|dismissed|rejected)\b"
)
#: Letters of a date told to the day, "2026-03-10".
_WHOLE_DAY = 10
_LATER = 4


def weigh_story(drafts: Sequence[Draft], readings: Sequence[Reading], title: str, lead_end: int) -> None:
    """Settle, in place, the claims of acts that other sentences of the article answer.

    ``lead_end`` is the order of the lead's last sentence.
    """
    back = bool(_LOOK_BACK.search(title))
    lead = [d for d in drafts if d.kind == "defection" and d.where.order <= lead_end and not d.faint]
    lead = [d for d in lead if d.claim is not Claim.BACKGROUND and d.subkind != "recruitment"]
    still_open = bool(lead) and all(d.claim in _OPEN for d in lead)
    for draft in drafts:
        if _is_undone_since(draft, drafts, readings):
            draft.claim = Claim.BACKGROUND
        if draft.claim is not Claim.REPORTED or draft.where.comment:
            continue
        if draft.kind == "defection" and _is_false_paper(draft, readings):
            draft.claim = Claim.DENIED
            continue
        sentence = next((r for r in readings if r.where is draft.where), None)
        then = sentence is not None and _AT_THE_TIME.search(sentence.p.text) is not None
        below = still_open and draft.kind == "defection" and draft.where.order > lead_end
        recent = draft.dated and len(draft.date_iso or "") == _WHOLE_DAY
        if then or (back and not draft.dated) or (below and not recent):
            draft.claim = Claim.BACKGROUND
        elif draft.kind == "defection" and _is_disputed(draft, readings):
            draft.claim = Claim.CLAIMED
        elif sentence is not None and _repeats(draft, drafts, sentence):
            draft.faint = True


def _is_undone_since(draft: Draft, drafts: Sequence[Draft], readings: Sequence[Reading]) -> bool:
    """Tell whether somebody "had denied" what the lead now reports of them."""
    if draft.kind != "defection" or draft.claim not in (Claim.DENIED, Claim.REFUSED):
        return False
    done = [d for d in drafts if d.kind == "defection" and d.claim is Claim.REPORTED and d.actor]
    if not any(d.where.order < draft.where.order and actors_fit(d, draft) for d in done):
        return False
    return any(r.where is draft.where and _HAD_DENIED.search(r.p.text) is not None for r in readings)


def _repeats(draft: Draft, drafts: Sequence[Draft], sentence: Reading) -> bool:
    """Tell whether an act is a part of one told before: "in the north alone 121 were struck off", "and barred its leaders"."""
    if draft.kind != "dissolution":
        return False
    if draft.subkind == "bans":
        owned = re.search(r"\b(?:its|their)\b", draft.actor or "") is not None
        return owned and any(
            d.where is draft.where and d.subkind in ENDS and d.claim is draft.claim for d in drafts
        )
    told = any(
        d.where.order < draft.where.order and d.kind == draft.kind and (d.count_min or 0) > 1 for d in drafts
    )
    return told and bool(draft.count_min) and _ALONE.search(sentence.p.text) is not None


def _is_false_paper(draft: Draft, readings: Sequence[Reading]) -> bool:
    """Tell whether an act stands in a letter or post that another sentence says is not real."""
    if not set((draft.said_by or "").lower().split()) & _PAPERS:
        return False
    for r in readings:
        words = {t.low for t in r.p.tokens}
        denies = any(v.lemma in r.words.claims["denied"].verbs and not v.negated for v in r.p.verbs)
        unsigned = any(v.negated and v.lemma in ("write", "sign", "send", "post") for v in r.p.verbs)
        if words & _PAPERS and (denies or unsigned or words & r.words.claims["denied"].adjectives):
            return True
    return False


def _is_disputed(draft: Draft, readings: Sequence[Reading]) -> bool:
    """Tell whether one of the next sentences doubts the figure or account that somebody gave."""
    start = draft.where.order
    for r in readings:
        if not start < r.where.order <= start + _LATER:
            continue
        text = r.p.text.lower()
        if draft.said_by and any(phrase in text for phrase in r.words.claims["claimed"].phrases):
            return True
        for verb in r.p.verbs:
            if verb.lemma not in _DISPUTES or verb.negated or verb.infinitive or r.p.tokens[verb.main].quoted:
                continue
            after = {t.low for t in r.p.tokens[verb.last : verb.last + 5]}
            if after & _FIGURES and draft.count_min:
                return True
            alone = verb.lemma == "disagree"
            if not draft.said_by:
                continue
            if alone or (after & _ACCOUNT and not after & {"pressure", "charges", "allegations"}):
                return True
    return False
