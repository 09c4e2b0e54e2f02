"""Whether an act happened: the chain of words that stand above it.

"rejected a petition to dissolve the party" is read upwards: dissolve, petition,
rejected.  Each word of the chain gives a claim; the closed order of claims then
decides.
"""

from __future__ import annotations

from rules.events.english.complements import complements
from rules.events.english.context import Reading
from rules.events.english.cues import read_clause
from rules.events.english.governors import Link, above
from rules.events.english.labels import label_of, negated_label, verb_names
from rules.events.english.nouns import read_noun
from rules.events.english.phrases import Phrase, Verb
from rules.events.english.speech import find_speech, note_speaker, sayer
from rules.events.english.stance import Stance
from rules.events.english.subjects import climb, reduced, subject
from rules.events.english.tense import comes_back, is_aside, is_coming, is_own_refusal, is_standing, never_to
from rules.events.english.words import ING, PART, PAST

_MAYBE = frozenset(("may", "might", "could", "can"))
_FUTURE = frozenset(("will", "'ll", "shall", "would", "'d"))
_DUTY = frozenset(("should", "must", "ought"))
_DRAFTS = frozenset("bill motion draft proposal measure amendment petition legislation".split())
_DOCUMENTS = frozenset(
    "letter letters notice statement post posts document documents video message messages report reports story stories "
    "news article screenshot audio clip resignation announcement claim claims rumour rumours rumor rumors".split()
)
_TALK = frozenset(
    ("reports", "report", "suggestions", "suggestion", "story", "stories", "news", "post", "posts")
)
_NAMING = frozenset("sue call brand describe label dub term characterise characterize".split())
#: Verbs under which talk, calls and threats are only there.
_ABOUND = frozenset(
    "have grow mount spread circulate swirl abound emerge persist surface come intensify continue remain fly rise go resurface "
    "multiply make do run rage rumble echo follow".split()
)
#: What is to be told is to come: "will announce that he is joining".
_TO_TELL = frozenset(("announce", "declare", "confirm", "reveal"))
_COLLECTS = frozenset("sign launch circulate gather start share back".split())
_OWN = frozenset("he she they him her them i we me us".split())
#: To drop a plan undoes it.
_PLANS = frozenset("plan plans deal agreement talks proposal bid move moves intention".split())
_DROPS = frozenset(
    "drop scrap cancel ditch ax axe bin junk abort halt abandon shelve withdraw call suspend".split()
)
_WILL_NOT = frozenset(("won't", "wouldn't", "can't", "couldn't", "cannot"))
#: Under these a verb's subject and object tell who asks and who is asked.
_OF_PEOPLE = frozenset(
    ("called_for", "sought", "threatened", "refused", "denied", "planned", None, "carried", "claimed")
)


def read_stance(r: Reading, first: int, verb: Verb | None, kind: str) -> Stance:
    """Return the stance of the act whose verb group or noun phrase begins at ``first``."""
    stance = Stance(top=verb)
    _read_act(r, first, verb, stance, kind)
    at, node = first, verb
    for _ in range(8):
        if node is None:
            _read_predicate(r, at, stance, kind)
        link = above(r.p, at, node)
        link = link or _document_above(r, at, node)
        if link is None:
            break
        if link.verb is not None:
            if link.verb.modal in _FUTURE:
                stance.later = True
            if link.verb is node or link.verb.first >= at:
                break
            _read_verb(r, link.verb, link, at, stance, kind)
            at, node = link.verb.first, link.verb
            stance.top = link.verb
        else:
            read_noun(r, link.noun, stance, kind)
            phrase = r.p.phrase_at(link.noun)
            start = phrase.first if phrase is not None else link.noun
            if start >= at:
                break
            at, node = start, None
    if node is not None and node.infinitive and "planned" not in stance.labels and not stance.governors:
        stance.labels.add("planned")
    read_clause(r, first, verb, stance, kind)
    find_speech(r, first, stance)
    return stance


def _read_act(r: Reading, first: int, verb: Verb | None, stance: Stance, kind: str) -> None:
    """Add what the act's own words tell before anything above them is read."""
    if verb is not None:
        _own_labels(r, verb, stance, kind)
        who = subject(r.p, verb) if not verb.infinitive else None
        if who is not None and r.p.tokens[who.first].low in ("no", "nobody", "none", "neither"):
            stance.labels.add("refused" if verb.modal in _FUTURE else "denied")
        if who is not None and r.p.tokens[who.head].low in _DRAFTS and "planned" in stance.labels:
            stance.labels = {"sought"}
            stance.drafted = True
    named = r.p.phrase_at(first) if verb is None else None
    if named is not None and r.p.tokens[named.first].low == "no":
        to_come = any(v.modal in _FUTURE for v in r.p.verbs if v.last <= named.first)
        stance.labels.add("refused" if to_come else "denied")
    if verb is not None and _is_wanted(r, verb):
        stance.labels.add("sought" if kind == "dissolution" else "called_for")


def _is_wanted(r: Reading, verb: Verb) -> bool:
    """Tell whether an act is only wished for: "prosecutors want the league banned"."""
    thing = r.p.phrase_ending(verb.first - 1)
    if verb.be or verb.infinitive or verb.use not in (PAST, PART) or thing is None:
        return False
    above_it = r.p.verb_at(thing.first - 1)
    return above_it is not None and above_it.lemma in ("want", "demand", "seek") and not above_it.passive


def _is_asked(r: Reading, verb: Verb) -> bool:
    """Tell whether others are asked: "urged the government not to ban X"."""
    before = next((v for v in reversed(r.p.verbs) if v.last <= verb.first), None)
    return before is not None and before.lemma in (
        "urge",
        "ask",
        "tell",
        "advise",
        "warn",
        "call",
        "beg",
        "order",
    )


def _own_labels(r: Reading, verb: Verb, stance: Stance, kind: str) -> None:
    modal = verb.modal
    will_not = modal in _WILL_NOT or (verb.negated and modal in _FUTURE | {"can", "could"})
    never = never_to(r, verb) and not _is_asked(r, verb)
    if will_not or never or (verb.negated and is_own_refusal(r, verb)):
        stance.labels.add("refused")
    elif verb.negated:
        stance.labels.add("denied")
    elif modal in _FUTURE or is_coming(r, verb):
        stance.labels.add("planned")
    elif modal in _MAYBE:
        stance.labels.add("rumoured" if kind == "defection" else "conditional")
    elif modal in _DUTY:
        have = any(t.low == "have" for t in r.p.tokens[verb.first : verb.main])
        stance.labels.add("conditional" if have else "called_for")
    if kind == "dissolution" and verb.first and (_is_alternative(r, verb) or _or_else(r, verb)):
        stance.labels.add("threatened")
    if comes_back(r, verb):
        stance.labels.add("reversed")
    if is_aside(r, verb) or (kind == "dissolution" and is_standing(r, verb)):
        stance.labels.add("background")


def _or_else(r: Reading, verb: Verb) -> bool:
    """Tell whether a party must do it or pay: "must shut down by May or bear the consequences"."""
    if verb.modal not in _DUTY:
        return False
    behind = r.p.tokens[verb.last : verb.last + 14]
    return any(
        t.low == "or" and {"bear", "face", "be", "lose", "risk"} & {x.low for x in behind[i : i + 4]}
        for i, t in enumerate(behind)
    )


def _is_alternative(r: Reading, verb: Verb) -> bool:
    """Tell whether an act is what happens else: "30 days to hold a congress or be struck off"."""
    tokens = r.p.tokens
    before = [v for v in r.p.verbs if v.last <= verb.first]
    return tokens[verb.first - 1].low == "or" and bool(before) and before[-1].infinitive


def _read_verb(r: Reading, verb: Verb, link: Link, at: int, stance: Stance, kind: str) -> None:
    stance.governors.append(verb.lemma)
    said = _talk_of(r, verb, link)
    if said is not None:
        read_noun(r, said.head, stance, kind)
        return
    label = _governing_label(r, verb, link, stance, kind)
    if label and label != "carried":
        stance.labels.add(label)
    if label == "rumoured" and (link.how == "complement" or verb.passive):
        stance.labels.discard("planned")
    if label == "threatened" and stance.governors[:1] == ["face"]:
        stance.labels.discard("conditional")
    if (
        verb.lemma in _COLLECTS
        and {"petition", "petitions"} & set(stance.governors)
        and "sought" in stance.labels
    ):
        stance.labels.add("called_for")
        label = "called_for"
    if label == "called_for":
        # to demand that others sue is to call for it
        stance.labels.discard("sought")
    if label in _OF_PEOPLE:
        _note_people(r, verb, at, stance, label, kind)
    if link.how == "complement" or label in ("claimed", "denied", "estimated"):
        note_speaker(r, verb, stance)


def _talk_of(r: Reading, verb: Verb, link: Link) -> Phrase | None:
    """Return the noun that a verb only says is there: "the plan is to", "calls are growing for", "word in Paris is that"."""
    if link.how not in ("complement", "infinitive", "object") or verb.passive:
        return None
    said = subject(r.p, verb)
    said = climb(r.p, said) if said is not None else None
    if said is None or said.kind in ("person", "group", "party", "body", "pron"):
        return None
    told = any(r.p.tokens[said.head].low in claim.nouns for claim in r.words.claims.values())
    if verb.lemma == "be":
        return said if link.how != "object" and (told or said.kind == "other") else None
    return said if told and verb.lemma in _ABOUND else None


def _governing_label(r: Reading, verb: Verb, link: Link, stance: Stance, kind: str) -> str | None:
    """Return the claim that a governing verb gives, with its own "not", modal and object taken in."""
    nested = link.how == "complement"
    governing = subject(r.p, verb) if not verb.infinitive else None
    if governing is not None and r.p.tokens[governing.first].low in ("no", "neither") and not nested:
        stance.labels.add("denied")
    label = label_of(r, verb_names(r, verb), verb, link, kind)
    if link.how == "infinitive" and kind == "defection" and _asks_for_itself(r, verb):
        label = "carried"
    if verb.negated or verb.modal in _WILL_NOT:
        label = negated_label(label, verb)
        label = "refused" if is_own_refusal(r, verb) and link.how == "infinitive" else label
    elif verb.modal in _FUTURE and label in (None, "carried"):
        label = label if nested and verb.lemma not in _TO_TELL else "planned"
    elif verb.modal in _MAYBE and not nested:
        stance.labels.add("conditional")
    elif verb.modal in _DUTY and not nested:
        stance.labels.add("called_for")
    if label == "refused" and stance.governors[:1] and stance.governors[0] in ("appeal", "challenge"):
        return None
    undone = verb.lemma in r.words.claims["reversed"].verbs and link.how == "object"
    put_off = bool(_PLANS & set(stance.governors)) and verb.lemma in _DROPS
    if put_off or (undone and ("sought" in stance.labels or kind == "defection")):
        return "reversed"
    if verb.lemma in _NAMING and _rejects_talk(r, stance):
        # "called a report that it was to be dissolved a fairy tale"
        return "denied"
    return "denied" if label == "refused" and _rejects_talk(r, stance) else label


def _asks_for_itself(r: Reading, verb: Verb) -> bool:
    """Tell whether people ask to join, not others: "46 families asked to join the CPP"."""
    asks = verb.lemma in ("ask", "apply", "request") and not verb.passive
    return asks and verb.last < len(r.p.tokens) and r.p.tokens[verb.last].pos == "TO"


def _rejects_talk(r: Reading, stance: Stance) -> bool:
    """Tell whether what is rejected is a rumour or report, not a demand."""
    talk = r.words.claims["rumoured"].nouns | r.words.claims["claimed"].nouns | _TALK
    return any(word in talk for word in stance.governors[:-1])


def _note_people(r: Reading, verb: Verb, at: int, stance: Stance, label: str | None, kind: str) -> None:
    """Note who asks and who is asked: "urged CNRP members to defect"."""
    asked: Phrase | None = None
    reduced_by = reduced(r.p, verb.main) is not None and any(c.how == "by" for c in complements(r.p, verb))
    if verb.passive or reduced_by or _shares_be(r, verb):
        asked = subject(r.p, verb)
        asker = next((c.phrase for c in complements(r.p, verb) if c.how == "by"), None)
    else:
        asker = subject(r.p, verb) or _reduced_subject(r, verb)
        for item in complements(r.p, verb):
            if item.phrase.first >= at:
                break
            if item.how in ("", "on", "upon", "to", "for", "with"):
                asked = item.phrase
    if label in ("called_for", "sought", "threatened", "denied", "refused", "claimed", "carried", None):
        asks = label in ("called_for", "sought", "threatened") and asker is not None and asker.kind != "other"
        stance.asker = stance.asker or (asker if asks else None)
    pronoun = asked is not None and r.p.tokens[asked.head].low in _OWN
    put = label == "called_for" or verb.lemma in ("force", "coerce", "compel", "oblige", "make", "pressure")
    if put and pronoun and kind == "defection" and _is_told_by_target(r, verb):
        # "she says she was ordered to leave"
        stance.labels.add("claimed")
    if stance.addressee is None and asked is not None and asked.kind not in ("date", "other"):
        stance.addressee = climb(r.p, asked) if verb.passive else asked


def _shares_be(r: Reading, verb: Verb) -> bool:
    """Tell whether a participle behind "and" is passive too: "were summoned and told to sign"."""
    if verb.first != verb.main or verb.first == 0 or r.p.tokens[verb.first - 1].pos != "CONJ":
        return False
    earlier = next((v for v in reversed(r.p.verbs) if v.last < verb.first), None)
    return earlier is not None and earlier.passive


def _is_told_by_target(r: Reading, verb: Verb) -> bool:
    """Tell whether somebody says of themselves that they were told to: "says she was ordered", "says police told him"."""
    link = above(r.p, verb.first, verb)
    say = link.verb if link is not None and link.how == "complement" else None
    told = say is not None and say.lemma in r.words.set("say") and not say.passive
    who = sayer(r, say) if told and say is not None else None
    return who is not None and who.kind in ("person", "name", "group", "count", "other", "pron")


def _reduced_subject(r: Reading, verb: Verb) -> Phrase | None:
    at = verb.first - 1
    if verb.use == ING and at >= 0:
        while at >= 0 and r.p.tokens[at].pos in ("ADV",):
            at -= 1
        phrase = r.p.phrase_ending(at)
        return climb(r.p, phrase) if phrase is not None else None
    return None


def _read_predicate(r: Reading, first: int, stance: Stance, kind: str) -> None:
    """Read what is said of a noun that is a subject: "calls to dissolve X were rejected"."""
    phrase = r.p.phrase_at(first)
    if phrase is None:
        return
    for verb in r.p.verbs:
        if verb.first < phrase.last or not verb.finite:
            continue
        who = subject(r.p, verb)
        if who is not phrase:
            continue
        link = Link(verb, -1, "object")
        label = label_of(r, verb_names(r, verb), verb, link, kind)
        if verb.negated:
            label = negated_label(label, verb)
        if label and label != "carried":
            stance.labels.add(label)
        if not stance.labels & {"refused", "denied"} and not label:
            _own_labels(r, verb, stance, kind)
        _note_doer(r, verb, stance, label)
        return


def _note_doer(r: Reading, verb: Verb, stance: Stance, label: str | None) -> None:
    by = next((c.phrase for c in complements(r.p, verb) if c.how == "by"), None)
    if by is not None and label in ("refused", "sought", "called_for", "denied"):
        stance.asker = by


def _document_above(r: Reading, first: int, verb: Verb | None) -> Link | None:
    """Find the letter or rumour that a clause is the content of: "a false notice saying he was leaving"."""
    if verb is not None and verb.use == ING and not verb.be:
        at = first - 1
        for _ in range(5):
            phrase = r.p.phrase_ending(at)
            if phrase is None:
                return None
            if r.p.tokens[phrase.head].low in _DOCUMENTS:
                return Link(None, phrase.head, "content")
            if phrase.first == 0 or r.p.tokens[phrase.first - 1].pos != "PREP":
                return None
            at = phrase.first - 2
    return None
