"""Whether an English act happened, and who says so: the chain of words that stand above it.

"rejected a petition to dissolve the party" is read upwards: dissolve ← petition
← rejected.  Each word of the chain gives a claim; the closed order of claims
then decides.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from rules.events.english.clauses import Link, above, climb, complements, subject
from rules.events.english.phrases import Parsed, Phrase, Verb
from rules.events.english.words import ING, Words
from state.records import Claim

_ORDER = (
    "reversed",
    "refused",
    "denied",
    "background",
    "conditional",
    "threatened",
    "sought",
    "called_for",
    "planned",
    "rumoured",
    "considered",
    "claimed",
    "estimated",
)
_CONSIDER = frozenset(
    "consider mull weigh contemplate ponder eye discuss debate toy flirt think look examine".split()
)
_MAYBE = frozenset(("may", "might", "could", "can"))
_FUTURE = frozenset(("will", "'ll", "shall", "would", "'d"))
_DUTY = frozenset(("should", "must", "ought"))
_RULINGS = frozenset("verdict ruling decision judgment judgement hearing hearings arguments vote debate opinion".split())
_DRAFTS = frozenset("bill motion draft proposal measure amendment petition legislation".split())
_DOCUMENTS = frozenset(
    "letter letters notice statement post posts document documents video message messages report reports story stories "
    "news article screenshot audio clip resignation announcement claim claims rumour rumours rumor rumors".split()
)


@dataclass(slots=True)
class Stance:
    """What was found above an act.

    ``asker`` urges, asks or threatens; ``addressee`` is put under the demand;
    ``speaker`` is whose statement it is, ``speech`` the verb of saying;
    ``governors`` the base forms met on the way, nearest first.
    """

    labels: set[str] = field(default_factory=set)
    asker: Phrase | None = None
    addressee: Phrase | None = None
    speaker: Phrase | None = None
    speech: str = ""
    governors: list[str] = field(default_factory=list)
    top: Verb | None = None
    #: The act stands only in a letter or post that is called false.
    forged: bool = False
    #: A bill or motion would do it.
    drafted: bool = False

    def claim(self) -> Claim:
        """Return the first claim of the closed order that the labels hold."""
        for name in _ORDER:
            if name in self.labels:
                return Claim.PLANNED if name == "considered" else Claim(name)
        return Claim.REPORTED


class Reader:
    """Reads stances in one sentence."""

    def __init__(self, p: Parsed, words: Words) -> None:
        self.p = p
        self.words = words

    def read(self, first: int, verb: Verb | None, kind: str) -> Stance:
        """Return the stance of the act whose verb group or noun phrase begins at ``first``."""
        stance = Stance(top=verb)
        if verb is not None:
            self._own(verb, stance)
            who = subject(self.p, verb) if not verb.infinitive else None
            if who is not None and self.p.tokens[who.first].low in ("no", "nobody", "none", "neither"):
                stance.labels.add("denied")
            if who is not None and self.p.tokens[who.head].low in _DRAFTS and "planned" in stance.labels:
                stance.labels = {"sought"}
                stance.drafted = True
        at, node = first, verb
        for _ in range(8):
            if node is None:
                self._predicate(at, stance, kind)
            link = above(self.p, at, node)
            link = link or self._document(at, node)
            if link is None:
                break
            if link.verb is not None:
                if link.verb is node or link.verb.first >= at:
                    break
                self._verb(link, at, stance, kind)
                at, node = link.verb.first, link.verb
                stance.top = link.verb
            else:
                self._noun(link.noun, stance, kind)
                phrase = self.p.phrase_at(link.noun)
                start = phrase.first if phrase is not None else link.noun
                if start >= at:
                    break
                at, node = start, None
        if node is not None and node.infinitive and "planned" not in stance.labels and not stance.governors:
            stance.labels.add("planned")
        self._clause(first, verb, stance, kind)
        self._speech(first, stance)
        return stance

    def _own(self, verb: Verb, stance: Stance) -> None:
        modal = verb.modal
        if verb.negated:
            never = any(t.low == "never" for t in self.p.tokens[verb.first : verb.main])
            firm = modal in _FUTURE | {"can", "cannot", "could"} or modal in (
                "won't",
                "wouldn't",
                "can't",
                "couldn't",
            )
            ongoing = verb.use == ING and verb.be and not never
            stance.labels.add("refused" if firm else "denied" if not ongoing else "denied")
        elif modal in ("won't", "wouldn't", "can't", "couldn't", "cannot"):
            stance.labels.add("refused")
        elif modal in _FUTURE:
            stance.labels.add("planned")
        elif modal in _MAYBE:
            stance.labels.add("conditional")
        elif modal in _DUTY:
            have = any(t.low == "have" for t in self.p.tokens[verb.first : verb.main])
            stance.labels.add("conditional" if have else "called_for")

    def _verb(self, link: Link, at: int, stance: Stance, kind: str) -> None:
        verb = link.verb
        assert verb is not None  # noqa: S101 - the caller looked
        names = self._names(verb)
        stance.governors.append(verb.lemma)
        governing = subject(self.p, verb) if not verb.infinitive else None
        if governing is not None and self.p.tokens[governing.first].low in ("no", "neither") and link.how != "complement":
            stance.labels.add("denied")
        label = self._label(names, verb, link, kind)
        if verb.negated or verb.modal in ("won't", "wouldn't", "can't", "couldn't", "cannot"):
            label = self._negated(label, verb)
        elif verb.modal in _FUTURE and label in (None, "carried"):
            label = "planned" if link.how != "complement" else label
        elif verb.modal in _MAYBE and link.how != "complement":
            stance.labels.add("conditional")
        elif verb.modal in _DUTY and link.how != "complement":
            stance.labels.add("called_for")
        if "sought" in stance.labels and verb.lemma in self.words.claims["reversed"].verbs and link.how == "object":
            label = "reversed"
        if label == "refused" and self._of_talk(stance):
            label = "denied"
        if label and label != "carried":
            stance.labels.add(label)
        if label == "rumoured" and link.how == "complement":
            stance.labels.discard("planned")
        if label in (
            "called_for",
            "sought",
            "threatened",
            "refused",
            "denied",
            "planned",
            None,
            "carried",
            "claimed",
        ):
            self._people(verb, at, stance, label)
        if link.how == "complement" or label in ("claimed", "denied", "estimated"):
            self._speaker(verb, stance)

    def _of_talk(self, stance: Stance) -> bool:
        """Tell whether what is rejected is a rumour or report, not a demand."""
        talk = self.words.claims["rumoured"].nouns | self.words.claims["claimed"].nouns | {"reports", "report", "suggestions"}
        return any(word in talk for word in stance.governors[:-1])

    def _names(self, verb: Verb) -> tuple[str, ...]:
        tail = [t.low for t in self.p.tokens[verb.last : verb.last + 2]]
        return (verb.lemma, *(f"{verb.lemma} {' '.join(tail[:n])}" for n in (1, 2) if len(tail) >= n))

    def _label(self, names: tuple[str, ...], verb: Verb, link: Link, kind: str) -> str | None:
        claims = self.words.claims
        if verb.lemma == "be":
            return self._copula(verb)
        if verb.passive and verb.lemma in self.words.set("claims.rumoured.passive"):
            return "rumoured"
        if (
            kind == "dissolution"
            and verb.lemma in ("order", "uphold", "agree", "back")
            and link.how != "gerund"
        ):
            return "planned" if verb.lemma == "agree" else "carried"
        if verb.lemma in _CONSIDER and link.how != "complement":
            return "considered"
        for name in self._tried(kind, link):
            if any(word in claims[name].verbs for word in names):
                return name
        if verb.lemma in self.words.set("carried_out"):
            return "carried"
        return None

    def _tried(self, kind: str, link: Link) -> tuple[str, ...]:
        if link.how == "complement":
            return ("denied", "refused", "threatened", "estimated", "rumoured", "claimed")
        if kind == "defection":
            return (
                "refused",
                "denied",
                "threatened",
                "called_for",
                "planned",
                "rumoured",
                "claimed",
                "estimated",
            )
        return ("refused", "denied", "threatened", "sought", "called_for", "planned", "rumoured", "claimed")

    def _copula(self, verb: Verb) -> str | None:
        for token in self.p.tokens[verb.last : verb.last + 4]:
            if token.low in self.words.claims["planned"].adjectives:
                return "planned"
            if token.low in self.words.claims["denied"].adjectives:
                return "denied"
        return None

    def _negated(self, label: str | None, verb: Verb) -> str | None:
        if label == "refused":
            return "conditional"
        if label == "denied":
            return "rumoured"
        if verb.lemma in ("want", "wish", "like", "dare"):
            return "refused"
        if verb.lemma in ("say", "comment", "know", "tell", "confirm", "clear"):
            return None if verb.lemma == "say" else "rumoured"
        return "denied"

    def _people(self, verb: Verb, at: int, stance: Stance, label: str | None) -> None:
        """Note who asks and who is asked: "urged CNRP members to defect"."""
        asked: Phrase | None = None
        if verb.passive:
            asked = subject(self.p, verb)
            asker = next((c.phrase for c in complements(self.p, verb) if c.how == "by"), None)
        else:
            asker = subject(self.p, verb) or self._reduced_subject(verb)
            for item in complements(self.p, verb):
                if item.phrase.first >= at:
                    break
                if item.how in ("", "on", "upon", "to", "for", "with"):
                    asked = item.phrase
        if label in ("called_for", "sought", "threatened", "denied", "refused", "claimed", "carried", None):
            asks = (
                label in ("called_for", "sought", "threatened")
                and asker is not None
                and asker.kind != "other"
            )
            stance.asker = stance.asker or (asker if asks else None)
        if stance.addressee is None and asked is not None and asked.kind not in ("date", "other"):
            stance.addressee = climb(self.p, asked) if verb.passive else asked

    def _reduced_subject(self, verb: Verb) -> Phrase | None:
        at = verb.first - 1
        if verb.use == ING and at >= 0:
            while at >= 0 and self.p.tokens[at].pos in ("ADV",):
                at -= 1
            phrase = self.p.phrase_ending(at)
            return climb(self.p, phrase) if phrase is not None else None
        return None

    def _noun(self, at: int, stance: Stance, kind: str) -> None:
        low = self.p.tokens[at].low
        stance.governors.append(low)
        order = (
            "denied",
            "refused",
            "threatened",
            "sought",
            "called_for",
            "planned",
            "rumoured",
            "claimed",
            "conditional",
            "estimated",
        )
        if kind == "defection":
            order = tuple(n for n in order if n != "sought")
        if low in ("talks", "discussions", "negotiations", "deliberations", "consideration"):
            stance.labels.add("considered")
        for name in order:
            if low in self.words.claims[name].nouns or low in self.words.claims[name].adjectives:
                stance.labels.add(name)
                break
        after = self.p.tokens[at + 1].low if at + 1 < len(self.p.tokens) else ""
        if kind == "dissolution" and after in ("on", "over") and low in _RULINGS:
            stance.labels.add("sought")
        phrase = self.p.phrase_at(at)
        if phrase is not None:
            self._describe(phrase, stance)

    def _describe(self, phrase: Phrase, stance: Stance) -> None:
        inside = self.p.tokens[phrase.first : phrase.last]
        if any(token.low in self.words.claims["denied"].adjectives for token in inside):
            stance.labels.add("denied")
            stance.forged = True
        if any(token.low == "no" for token in inside[:1]):
            stance.labels.add("denied")

    def _predicate(self, first: int, stance: Stance, kind: str) -> None:
        """Read what is said of a noun that is a subject: "calls to dissolve X were rejected"."""
        phrase = self.p.phrase_at(first)
        if phrase is None:
            return
        for verb in self.p.verbs:
            if verb.first < phrase.last or verb.infinitive:
                continue
            who = subject(self.p, verb)
            if who is not phrase:
                continue
            link = Link(verb, -1, "object")
            label = self._label(self._names(verb), verb, link, kind)
            if verb.negated:
                label = self._negated(label, verb)
            if label and label != "carried":
                stance.labels.add(label)
            if not stance.labels & {"refused", "denied"} and not label:
                self._own(verb, stance)
            self._doer(verb, stance, label)
            return

    def _doer(self, verb: Verb, stance: Stance, label: str | None) -> None:
        by = next((c.phrase for c in complements(self.p, verb) if c.how == "by"), None)
        if by is not None and label in ("refused", "sought", "called_for", "denied"):
            stance.asker = by

    def _document(self, first: int, verb: Verb | None) -> Link | None:
        """Find the letter or rumour that a clause is the content of: "a false notice saying he was leaving"."""
        if verb is not None and verb.use == ING and not verb.be:
            at = first - 1
            for _ in range(5):
                phrase = self.p.phrase_ending(at)
                if phrase is None:
                    return None
                if self.p.tokens[phrase.head].low in _DOCUMENTS:
                    return Link(None, phrase.head, "content")
                if phrase.first == 0 or self.p.tokens[phrase.first - 1].pos != "PREP":
                    return None
                at = phrase.first - 2
        return None

    def _clause(self, first: int, verb: Verb | None, stance: Stance, kind: str) -> None:
        """Read the words that colour a whole clause: if, reportedly, whether."""
        tokens = self.p.tokens
        where = self._opening(first, verb)
        if stance.drafted:
            return
        if where in ("if", "unless", "provided", "assuming", "lest", "event", "suppose"):
            stance.labels.add("conditional")
        elif where == "whether":
            stance.labels.add("sought" if kind == "dissolution" else "conditional")
        if self._inverted(first):
            stance.labels.add("conditional")
        if "planned" in stance.labels and self._has_if(first):
            stance.labels.add("conditional")
        start = max(
            (i + 1 for i in range(first) if tokens[i].text in (";", ":") or tokens[i].pos == "QUOTE"),
            default=0,
        )
        before = " ".join(t.low for t in tokens[max(start, first - 18) : first])
        if any(
            f" {phrase} " in f" {before} "
            for phrase in self.words.claims["conditional"].phrases
            if " " in phrase
        ):
            stance.labels.add("conditional")
        segment = tokens[max(0, first - 14) : first + 12]
        adverbs = {t.low for t in segment if t.pos == "ADV" or t.low in ("reportedly", "allegedly")}
        for name in ("rumoured", "claimed"):
            if adverbs & self.words.claims[name].adverbs:
                stance.labels.add(name)
        if self._hoax(first):
            stance.labels.add("denied")
            stance.forged = kind == "defection"
        if kind == "defection":
            for phrase in self.p.phrases:
                if phrase.last <= first and self.p.tokens[phrase.head].low in _DOCUMENTS:
                    self._describe(phrase, stance)
                    if self._called_false(first):
                        stance.labels.add("denied")
                        stance.forged = True
        if tokens and tokens[-1].text == "?" and not any(t.quoted for t in tokens[-2:]):
            stance.labels.add("conditional")

    def _hoax(self, first: int) -> bool:
        """Tell whether the sentence ends by calling the post or report a hoax."""
        tokens = self.p.tokens
        false = self.words.claims["denied"].adjectives
        for index in range(first + 1, len(tokens)):
            if tokens[index].low in false:
                near = [t.low for t in tokens[max(first, index - 4) : index]]
                if set(near) & _DOCUMENTS and set(near) & {"a", "as", "an"}:
                    return True
        return False

    def _called_false(self, first: int) -> bool:
        """Tell whether the sentence goes on to say "is a fake", "was forged"."""
        tokens = self.p.tokens
        false = self.words.claims["denied"].adjectives
        for index in range(first + 1, len(tokens)):
            if tokens[index].low in false and any(t.low in ("is", "was", "were", "are", "be", "been", "as") for t in tokens[max(first, index - 3) : index]):
                return True
        return False

    def _inverted(self, first: int) -> bool:
        """Tell whether an act stands in "Should the court dissolve it, ..."."""
        tokens = self.p.tokens
        start = next((i for i, t in enumerate(tokens) if t.low in ("should", "were") and (i == 0 or tokens[i - 1].text in ("“", '"', ","))), None)
        if start is None or tokens[-1].text == "?" or start >= first or self.p.phrase_starting(start + 1) is None:
            return False
        comma = next((i for i in range(start, len(tokens)) if tokens[i].low == ","), len(tokens))
        return first < comma or tokens[start].low == "should"

    def _opening(self, first: int, verb: Verb | None) -> str:
        """Return the subordinator of the clause that an act stands in, or ""."""
        tokens = self.p.tokens
        at = first - 1
        commas = 0
        while at >= 0:
            token = tokens[at]
            if token.low in ("if", "unless", "whether", "lest", "assuming", "provided", "suppose"):
                return token.low if not commas or commas == 2 else ""
            if token.low == "event" and at and tokens[at - 1].low == "the":
                return "event" if not commas else ""
            if token.low in (
                "but",
                "because",
                "although",
                "though",
                "while",
                "after",
                "before",
                "when",
                "since",
                "as",
            ):
                return ""
            if token.text in (";", ":", "—", "–") or token.pos == "QUOTE":
                return ""
            other = self.p.verb_at(at)
            if (
                other is not None
                and other.finite
                and verb is not None
                and not verb.infinitive
                and token.pos == "V"
            ):
                link = above(self.p, first, verb)
                if link is None or link.verb is not other:
                    nested = (
                        any(tokens[i].pos == "REL" for i in range(at, first)) or tokens[at - 1].pos == "REL"
                    )
                    if not nested and not any(tokens[i].pos == "CONJ" for i in range(at, first)):
                        return ""
            commas += token.low == ","
            at -= 1
        return ""

    def _has_if(self, first: int) -> bool:
        tokens = self.p.tokens
        for index, token in enumerate(tokens):
            event = token.low == "event" and index and tokens[index - 1].low == "the"
            if (token.low in ("if", "unless") or event) and token.quoted == tokens[first].quoted:
                between = tokens[min(index, first) : max(index, first)]
                if not any(t.text in (";", "—") or t.low == "but" for t in between):
                    return True
        return False

    def _speech(self, first: int, stance: Stance) -> None:
        """Find who says a whole sentence: "..., he said", "according to sources"."""
        p, tokens = self.p, self.p.tokens
        say = self.words.set("say")
        if stance.speaker is None:
            for verb in p.verbs:
                if verb.lemma not in say or verb.infinitive or first in range(verb.first, verb.last):
                    continue
                if self._frames(verb, first):
                    self._speaker(verb, stance)
                    self._saying(verb, stance)
                    break
        for index, token in enumerate(tokens[:-2]):
            if token.low == "according" and tokens[index + 1].low == "to" and stance.speaker is None:
                phrase = p.phrase_starting(index + 2)
                if phrase is not None:
                    stance.speaker, stance.speech = phrase, "say"
        if stance.speaker is not None:
            self._weigh(stance)

    def _frames(self, verb: Verb, first: int) -> bool:
        """Tell whether a verb of saying stands around the act, not beside it."""
        tokens = self.p.tokens
        who = subject(self.p, verb)
        start = min(who.first, verb.first) if who is not None else verb.first
        inverted = who is None or who.last < verb.first - 6
        if start > first:
            before = tokens[start - 1] if start else None
            closes = before is not None and (before.low == "," or before.pos == "QUOTE")
            after = tokens[verb.last] if verb.last < len(tokens) else None
            ended = (
                after is None
                or after.text in (".", ",", "?")
                or after.pos in ("PREP", "NAME", "ADV", "TO", "PRON", "SUB", "DET", "N", "QUOTE", "?")
            )
            content = after is not None and (
                after.low == "that" or (after.pos in ("PRON",) and after.low in ("he", "she", "they", "it"))
            )
            return (
                closes
                and ended
                and not content
                or (inverted and before is not None and before.pos == "QUOTE")
            )
        after = tokens[verb.last] if verb.last < len(tokens) else None
        quoted = tokens[first].quoted and not tokens[verb.main].quoted
        return after is not None and (after.low in (",", ":") or after.pos == "QUOTE") and quoted

    def _saying(self, verb: Verb, stance: Stance) -> None:
        for name in ("denied", "threatened", "estimated", "rumoured", "claimed"):
            if verb.lemma in self.words.claims[name].verbs and verb.lemma not in (
                "believe",
                "think",
                "understand",
            ):
                if name == "threatened" and verb.lemma == "vow":
                    continue
                stance.labels.add(name)
                break

    def _speaker(self, verb: Verb, stance: Stance) -> None:
        who = subject(self.p, verb)
        if who is None and verb.last < len(self.p.tokens):
            who = self.p.phrase_starting(verb.last)
        if who is not None and stance.speaker is None and who.kind != "date":
            stance.speaker, stance.speech = who, verb.lemma
            if verb.passive:
                stance.speaker = next((c.phrase for c in complements(self.p, verb) if c.how == "by"), None)

    def _weigh(self, stance: Stance) -> None:
        assert stance.speaker is not None  # noqa: S101 - the caller looked
        p = self.p
        said = p.slice(stance.speaker.first, min(len(p.tokens), stance.speaker.last + 6)).lower()
        words = self.words.raw["claims"]["rumoured"]["speakers"]
        inside = {t.low for t in p.tokens[stance.speaker.first : stance.speaker.last]}
        if inside & {word for word in words if " " not in word} or any(" " in phrase and phrase in said for phrase in words):
            stance.labels.add("rumoured")
