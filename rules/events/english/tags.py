"""What part of speech each English word plays, decided from closed lists and neighbours.

News prose leaves little room: after "to" or a modal stands a verb, after "the"
a noun; only bare and -s forms that are both are looked at twice.
"""

from __future__ import annotations

from collections.abc import Sequence

from rules.events.english.marks import is_no_longer, pos_of_mark
from rules.events.english.participles import is_attribute
from rules.events.english.tokens import Token
from rules.events.english.words import BASE, ING, PART, PAST, THIRD, Form, Words

_BE = frozenset(
    "am is are was were be been being 's 're 'm get gets got getting isn't aren't wasn't weren't".split()
)
_HAVE = frozenset("has have had having 've hasn't haven't hadn't".split())
_DO = frozenset("do does did don't doesn't didn't".split())
_AFTER_VERB_ONLY = frozenset(("i", "we", "they", "you", "he", "she", "who"))
_AFTER_THAT_PARTY = frozenset(". , ; ! ? down and or but for in on by now again once".split())
_ADJECTIVAL = ("ed", "ing", "al", "ive", "ous", "ful", "ic", "less", "ist", "ary", "ish")
_NOT_ADVERBS = frozenset(
    "family assembly ally rally july supply reply apply italy bully tally monopoly anomaly folly belly "
    "elderly likely "
    "unlikely friendly comply imply multiply rely butterfly homily".split()
)
_PRONOUNS = frozenset(
    "i me we us you he him she it they them himself herself itself themselves myself ourselves who whom "
    "it's he's "
    "she's that's there's one others another someone anyone everyone nobody those".split()
)
_ALWAYS_ADJECTIVES = frozenset(
    "ruling governing outgoing sitting incoming serving leading breakaway true untrue false baseless "
    "groundless unfounded bogus fictitious rife".split()
)
_SPANS = frozenset(
    "week month year night weekend days weeks months years decade summer winter spring autumn".split()
)
#: In front of its subject one of these makes a question or a condition: "Should the court dissolve it".
_INVERTING = frozenset("should will would could can may might must does do did".split())
# Capitalised behind a dateline or a number they still open a sentence.
_OPENING = frozenset("he she they it we he's she's it's".split())
# Bare forms that are nouns only when an article, adjective or preposition stands before them.
_NOUN_ALSO = frozenset(
    "ban leave split move plan order call vote exit bid appeal petition report claim file act work hand "
    "return desert "
    "defect bolt dump push press suit charge change switch shift cut break walk step state head chair "
    "group campaign "
    "protest support offer attempt promise pledge question demand request need want fear hope lead loss "
    "face force "
    "fight fire test trial judge court host form release review sack stand stay stop strike study swap "
    "talk tour trade "
    "transfer train trigger use visit voice wait worry share sign signal star start estimate end cause "
    "move delay "
    "document record count total project table draft mention import export curb limit function guard aid "
    "help "
    "attack raid search freeze boost damage gain block control deal debate dispute address interview "
    "rally march "
    "approach experience issue note object point post process purchase rule sentence surprise threat "
    "purge exile fold "
    "second dance drink dream sleep smoke swim drive sail crash burn flood rain snow close open answer "
    "look set show "
    "bid aid balance base battle brand care check contact contract control cover crack credit cycle "
    "design display double doubt drain dress drift earn ease echo exercise exploit field figure fill film "
    "filter focus frame fuel fund guarantee guide harbour heat hire influence jump kick labour last link "
    "lock manufacture mark master match matter measure merit monitor name narrow network offset own pack "
    "park phase phone pick pile pin pitch plague plant poll practise praise print produce profit progress "
    "purchase quarrel race range rank rate reach rebel rent repair rescue reserve resort reward risk roll "
    "round rush sacrifice sanction scale schedule screen seal secure select separate shape shelter shield "
    "shift shout slash slide smash smear spell spot stem strain stress stretch struggle suit supply "
    "surface surge suspect swap tackle tap target tilt toss touch trace track trap treat trouble trust "
    "turn update upgrade upset venture wage walk warm wash waste wave wish witness result cost pay place "
    "land play run sweep snub veto slam leak forge cross merge".split()
)


def tag(tokens: Sequence[Token], words: Words) -> None:
    """Set ``pos`` and ``form`` of every token of one sentence, in place."""
    for index, token in enumerate(tokens):
        if token.pos != "QUOTE":
            token.pos = _closed(tokens, index, words)
    for index, token in enumerate(tokens):
        if token.pos == "?":
            _open_class(tokens, index, words)
    _part_days(tokens, words)


def _part_days(tokens: Sequence[Token], words: Words) -> None:
    """Read a day inside a verb group as an adverb: "was on Tuesday banned"."""
    for index in range(1, len(tokens) - 2):
        on, day, verb = tokens[index : index + 3]
        inside = tokens[index - 1].pos == "AUX" and verb.pos == "V"
        if inside and on.low in ("on", "last", "this") and day.low in words.raw["weekdays"]:
            on.pos = day.pos = "ADV"


def _closed(tokens: Sequence[Token], index: int, words: Words) -> str:
    token = tokens[index]
    low = token.low
    if token.party >= 0:
        return "NAME"
    if not low[0].isalnum():
        return pos_of_mark(tokens, index)
    if low[0].isdecimal() and low[-1].isalpha():
        return "ADJ"
    if low[0].isdecimal() or (low in words.raw["numbers"] and low not in ("couple", "pair", "trio", "duo")):
        return "NUM"
    if low in ("i", "i'm", "i've"):
        return "PRON"
    if token.capital and index and _mid_name(tokens, index):
        return "PRON" if low in _OPENING and not tokens[index - 1].capital else "NAME"
    for pos, path in (("MOD", "modals"), ("NEG", "negatives")):
        if low in words.raw[path] if path == "modals" else low in words.set(path):
            return _modal_or_month(tokens, index) if pos == "MOD" else pos
    return _small(tokens, index, words)


def _modal_or_month(tokens: Sequence[Token], index: int) -> str:
    token = tokens[index]
    if (
        token.low == "may"
        and token.capital
        and (index == 0 or tokens[index - 1].low in ("in", "on", "of", "since"))
    ):
        return "NAME"
    named = index + 1 < len(tokens) and tokens[index + 1].capital and tokens[-1].text != "?"
    if index == 0 and token.capital and token.low in ("will", "may") and named:
        return "NAME"
    if (
        token.low in ("may", "will", "can", "might")
        and index
        and tokens[index - 1].low in ("the", "in", "of", "last")
    ):
        return "NAME"
    return "MOD"


def _small(tokens: Sequence[Token], index: int, words: Words) -> str:
    low = tokens[index].low
    if low in _BE | _HAVE | _DO:
        return "AUX"
    if low in _ALWAYS_ADJECTIVES:
        return "ADJ"
    if low == "last" and index + 1 < len(tokens) and tokens[index + 1].low in _SPANS:
        return "ADJ"
    if low == "live" and index + 1 < len(tokens) and tokens[index + 1].low in ("on", "from"):
        return "ADV"
    if low in ("no", "longer") and is_no_longer(tokens, index):
        return "ADV"
    if low in ("no", "any", "neither"):
        return "DET"
    if low == "to":
        return "TO"
    if low == "that":
        return _that(tokens, index)
    if low in ("her", "his", "their", "its", "my", "our", "your"):
        return "DET" if low != "her" or _noun_follows(tokens, index, words) else "PRON"
    if low in words.set("relatives") - {"that"}:
        return "REL"
    if low in _PRONOUNS and low != "those":
        return "PRON"
    if low in ("and", "or", "but", "nor"):
        return "CONJ"
    if low in words.set("subordinators"):
        return "SUB"
    if low in words.set("determiners"):
        return "DET"
    if low in words.set("prepositions"):
        return "PREP"
    if low in words.set("adverbs") or (low.endswith("ly") and len(low) > 4 and low not in _NOT_ADVERBS):
        return "ADV"
    return "?"


def _noun_follows(tokens: Sequence[Token], index: int, words: Words) -> bool:
    if index + 1 >= len(tokens):
        return False
    low = tokens[index + 1].low
    small = words.set("prepositions") | words.set("adverbs") | words.set("determiners")
    return low[0].isalnum() and low not in small | {"to", "and", "or", "but"}


def _that(tokens: Sequence[Token], index: int) -> str:
    before = tokens[index - 1] if index else None
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    behind = tokens[index + 2].low if index + 2 < len(tokens) else "."
    if (
        after is not None
        and after.low in ("party", "party's", "organisation", "movement")
        and behind in _AFTER_THAT_PARTY
    ):
        return "DET"
    if before is None:
        return "PRON"
    if before.forms and before.low not in ("party",):
        return "SUB"
    return "REL" if before.pos in ("N", "NAME", "?", "PUNCT", "NUM") or before.low == "," else "SUB"


def _mid_name(tokens: Sequence[Token], index: int) -> bool:
    before = tokens[index - 1]
    if before.pos == "QUOTE":
        return not tokens[index].quoted
    return before.text not in (".", ":", "?", "!") or before.capital


def _open_class(tokens: Sequence[Token], index: int, words: Words) -> None:
    token = tokens[index]
    opens = index == 0 or tokens[index - 1].text == ":" or tokens[index - 1].pos == "QUOTE"
    if token.capital and opens and not _known(token, words):
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if following is not None and not following.capital and token.low.endswith(_ADJECTIVAL):
            token.pos = "ADJ"
            return
        plural = token.low.endswith("s") and not token.text.isupper() and not token.low.endswith("ss")
        plural &= following is None or following.low not in ("said", "says", "told", "wrote")
        plural &= following is not None and not following.capital
        token.pos = "N" if plural and following is not None and following.low not in ("'s", "'") else "NAME"
        return
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if (
        index == 0
        and token.capital
        and following is not None
        and following.capital
        and _only_verb(token, words)
    ):
        token.pos = "NAME"
        return
    if not token.forms:
        token.pos = "N"
        if _unlisted_infinitive(tokens, index):
            token.form, token.pos = Form(token.low, BASE), "V"
        return
    token.pos = "N"
    for form in token.forms:
        if _reads(tokens, index, form, words):
            token.form = form
            token.pos = "V"
            return
    if any(form.use in (PART, ING) for form in token.forms):
        token.pos = "ADJ"


def _known(token: Token, words: Words) -> bool:
    paths = ("people.groups", "politics", "common", "party.qualifiers", "people.military", "people.titles")
    return (
        bool(token.forms) or any(token.low in words.set(path) for path in paths) or token.low.endswith("ing")
    )


def _unlisted_infinitive(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether an unknown word stands as a verb: "told him to thumbprint a letter"."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    return index > 0 and tokens[index - 1].low == "to" and after is not None and after.pos in ("DET", "PRON")


def _only_verb(token: Token, words: Words) -> bool:
    """Tell whether a sentence's first word is known only as a verb: "Mark Reynolds quit"."""
    paths = ("people.groups", "politics", "common", "party.qualifiers", "people.military")
    return bool(token.forms) and not any(token.low in words.set(path) for path in paths)


def _reads(tokens: Sequence[Token], index: int, form: Form, words: Words) -> bool:
    before = _before(tokens, index)
    left = tokens[before] if before >= 0 else None
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if form.use == BASE:
        return _bare(tokens, index, before, words)
    if form.use == THIRD:
        return _third(left, after, tokens, index)
    if form.use in (PAST, PART):
        return not is_attribute(tokens, index, left, after)
    return form.use == ING and not (
        left is not None
        and left.pos in ("DET", "ADJ", "POSS")
        and after is not None
        and (after.pos in ("?", "N", "NAME") or (after.low == "of" and left.pos != "POSS"))
    )


def _before(tokens: Sequence[Token], index: int) -> int:
    index -= 1
    while index >= 0 and tokens[index].pos == "ADV":
        index -= 1
    return index


def _bare(tokens: Sequence[Token], index: int, before: int, words: Words) -> bool:
    low = tokens[index].low
    if before >= 0 and tokens[before].pos not in ("TO", "MOD") and _body_or_person(low, words):
        return False
    if before < 0:
        return low not in _NOUN_ALSO and tokens[index].form is None
    left = tokens[before]
    if (
        left.pos in ("TO", "MOD", "NEG")
        or left.low in _DO
        or left.low in _AFTER_VERB_ONLY
        or left.low in ("let", "help")
    ):
        return True
    if left.pos in ("DET", "ADJ", "POSS", "PREP", "NUM") or left.low in _BE:
        return False
    if left.pos == "CONJ" or left.low == ",":
        return _parallel(tokens, before) or low not in _NOUN_ALSO
    if left.pos in ("N", "NAME", "PRON", "REL", "QUOTE"):
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        asked = low in words.act_verbs and any(t.low == "that" for t in tokens[max(0, index - 8) : index])
        if (
            asked
            and low not in _NOUN_ALSO
            and after is not None
            and after.pos in ("DET", "PRON", "NAME", "?")
        ):
            return True
        if left.pos in ("REL", "PRON", "QUOTE"):
            return True
        return _plural(left, words) or _inverted(tokens, index) or _says_that(tokens, index, words)
    return False


def _says_that(tokens: Sequence[Token], index: int, words: Words) -> bool:
    """Tell whether a verb of saying follows a place behind its plural subject: "traders in Luwero say that"."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if after is None:
        return False
    says = tokens[index].low in words.set("say") and after.low == "that"
    if not says and not (
        tokens[index].low in ("want", "seek") and after.low in ("the", "to", "a", "its", "their")
    ):
        return False
    head = next((i for i in range(index - 1, -1, -1) if tokens[i].pos == "PREP"), -1)
    told = any(
        t.pos in ("AUX", "MOD") or (t.form is not None and t.form.use == THIRD) for t in tokens[:index]
    )
    return head > 0 and not told and any(_plural(t, words) and t.pos == "N" for t in tokens[:head])


def _inverted(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a bare form follows an auxiliary that opens the sentence: "Should the court dissolve it"."""
    opens = tokens[0].low in _INVERTING and tokens[0].pos in ("MOD", "AUX")
    return opens and index < 9 and not any(t.pos in ("V", "PUNCT", "SUB", "REL") for t in tokens[1:index])


def _body_or_person(low: str, words: Words) -> bool:
    paths = ("bodies.court", "bodies.administration", "people.groups")
    return any(low in words.set(path) for path in paths)


def _parallel(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a bare verb stands before the conjunction ("leave and join")."""
    for token in reversed(tokens[max(0, at - 12) : at]):
        if token.pos == "V" and token.form is not None:
            return token.form.use == BASE
        if token.text in (";", ":"):
            return False
    return False


def _plural(token: Token, words: Words) -> bool:
    if token.low in ("people", "police", "men", "women", "opposition"):
        return True
    return (
        token.low.endswith("s") and not token.low.endswith(("ss", "ous")) and token.low[:1].isalpha()
    ) or (token.low.endswith(("men", "women")))


def _third(left: Token | None, after: Token | None, tokens: Sequence[Token], index: int) -> bool:
    if left is None or left.pos in ("DET", "ADJ", "PREP", "NUM", "POSS", "TO", "MOD"):
        return False
    if left.low in ("i", "we", "they", "you"):
        return False
    if left.pos in ("PRON", "REL"):
        return True
    if left.pos == "CONJ":
        return any(t.pos == "V" and t.form is not None and t.form.use == THIRD for t in tokens[:index])
    if left.pos in ("N", "NAME", "PUNCT", "QUOTE") or left.low == ",":
        if any(form.use == THIRD for form in left.forms) and left.pos == "V":
            return False
        noun_too = left.pos == "N" and any(form.lemma in _NOUN_ALSO for form in tokens[index].forms)
        if (
            noun_too
            and not tokens[0].headline
            and (after is None or after.pos not in ("DET", "PRON", "NAME", "NUM", "SUB"))
        ):
            return False
        follows_noun = after is None or after.pos in ("V", "AUX", "MOD") or after.text in (",", ".", ")")
        return not follows_noun or (after is None and left.pos in ("N", "NAME"))
    return False
