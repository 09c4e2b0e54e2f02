"""Where the name of a party begins and ends beside its party word."""

from __future__ import annotations

import re

from rules.events.worded.lexicon import Lexicon, hits_of
from rules.fold import comparable, fold

#: A word as it stands between punctuation.
NAME_TAIL = re.compile(r"[^\s,;:!?()\[\]«»“”\"、，。；：（）「」『』《》။၊។៕៖།༎،؛؟…]+")
_ELIDED = re.compile(r"^[dlnDLN]['’]")
_QUOTED_BEFORE = re.compile(r"[«“„「『《\"'‘]([^«»“”„「」『』《》\"'‘’]{2,60})[»”“」』》\"'’]\s?$")
_QUOTED = re.compile(r"\s?(?:[«“„「『《][^«»“”„「」『』《》]{2,60}[»”“」』》]|\"[^\"\n]{2,60}\")")
_BREAKS = re.compile(r"[\s,;:.!?()«»“”\"、，。；：（）「」『』《》။၊།༎]")
_MOST_WORDS = 6
_LEAST_NAME = 3
_LONGEST = 44
#: A first and a family name.
_NAME_WORDS = 2


def goes_on_behind(text: str, end: int, lexicon: Lexicon) -> bool:
    """Tell whether the sentence goes on behind a bare party word: it is the party spoken of."""
    pattern = lexicon.pattern("party.not_first")
    return pattern is not None and pattern.match(text, end) is not None


def name_after(text: str, at: int, lexicon: Lexicon, *, proper: bool) -> int:
    """Return where a name ends that begins behind a party word; ``proper``: the word itself is capitalised."""
    quoted = _QUOTED.match(text, at)
    if quoted is not None:
        return quoted.end()
    inside, goes_on = set(lexicon.words("party.inside")), set(lexicon.words("party.goes_on"))
    end = at
    if lexicon.capitals:
        for word in re.finditer(r"\s+[«“\"‘']?([^\s,;:.!?()»”\"]+)[»”\"’']?", text[at : at + 120]):
            token = word.group(1)
            gap = text[end : at + word.start()]
            core = _ELIDED.sub("", token)
            if gap.strip() or not (
                core[:1].isupper()
                or token.lower() in inside
                or (end > at and token in goes_on)
                or (proper and _common_name(text[at:end], token, inside))
            ):
                break
            end = at + word.end()
        while end > at and text[at:end].split() and text[at:end].split()[-1].lower() in inside:
            end = at + text[at:end].rstrip().rfind(" ")
        if end == at and proper:
            adjective = re.match(r"\s([^\W\d_]{5,})(?=[\s,.;])", text[at : at + 30])
            known = {*lexicon.words("marks"), *lexicon.words("party.not_after")}
            return at + adjective.end() if adjective and adjective.group(1).lower() not in known else at
        return end
    match = NAME_TAIL.match(text, skip(text, at))
    if match is None or (
        text[at : match.start()].strip("\u200b")
        and not lexicon.setting("party_space", "")
        and not lexicon.spaced
    ):
        return at
    if lexicon.spaced:
        return match.end() if match.end() - at <= _LONGEST else at
    return _unspaced_end(text, at, match.end(), lexicon)


def _unspaced_end(text: str, at: int, stop: int, lexicon: Lexicon) -> int:
    """Return where a name ends in a script without spaces: before what cannot be part of one."""
    tail = fold(text[at:stop])
    ends = lexicon.pattern("party.ends")
    if ends is not None and ends.fullmatch(tail.text.strip(" ,")):
        return at
    for pattern in (ends, lexicon.acts, lexicon.cue):
        hit = pattern.search(tail.text, _LEAST_NAME) if pattern is not None else None
        if hit is not None:
            stop = min(stop, at + tail.span(hit.start(), hit.end())[0])
    while stop > at and text[stop - 1] in ". \u200b":
        stop -= 1
    return stop if stop - at <= _LONGEST else at


def _common_name(so_far: str, token: str, inside: set[str]) -> bool:
    """Tell whether a name goes on with a common noun: "Parti du renouveau"."""
    words = so_far.lower().split()
    return bool(words) and inside.issuperset(words) and token.isalpha() and len(token) > _LEAST_NAME


def skip(text: str, at: int) -> int:
    """Return where the next letter stands behind blanks and opening quotation marks."""
    while at < len(text) and text[at] in ' \u200b་«“"「『《(（':
        at += 1
    return at


def name_before(text: str, at: int, lexicon: Lexicon) -> int:
    """Return where a name begins that stands before a party word."""
    quoted = _QUOTED_BEFORE.search(text[max(0, at - 64) : at])
    if quoted is not None:
        return max(0, at - 64) + quoted.start()
    if lexicon.capitals:
        begin = at
        for word in reversed(
            list(re.finditer(r"[^\s,;:.!?()«»“”\"]+", text[max(0, at - 80) : at]))[-_MOST_WORDS:]
        ):
            if not word.group()[:1].isupper() or text[max(0, at - 80) + word.end() : begin].strip():
                break
            begin = max(0, at - 80) + word.start()
        return begin
    if lexicon.spaced and text[at - 1 : at] == " ":
        return _words_before(text, at, lexicon)
    stop = at - 1 if text[at - 1 : at] in (" ", "\u200b") else at
    window = text[max(0, stop - int(lexicon.setting("name_window", "14"))) : stop]
    tail = _BREAKS.split(window)[-1]
    mapped = fold(tail)
    folded = mapped.text
    cuts = [
        mapped.span(hit.start(), hit.end())[1]
        for pattern in (lexicon.pattern("party.starts", "people.groups", "party.descriptions"), lexicon.acts)
        if pattern is not None
        for hit in hits_of(pattern, folded, lexicon)
        if hit.end() < len(folded)
    ]
    if cuts:
        tail = tail[max(cuts) :].lstrip("་")
        folded = fold(tail).text
    never = lexicon.pattern("party.never_last")
    if never is not None and any(
        hit.end() == len(folded) and not (lexicon.apart and hit.start() and folded[hit.start() - 1] != " ")
        for hit in never.finditer(folded)
    ):
        return at
    return stop - len(tail) if tail else at


def _words_before(text: str, at: int, lexicon: Lexicon) -> int:
    """Return where a name of one or two words begins that a space parts from its party word."""
    if not lexicon.setting("words_before", ""):
        return at
    no_name = lexicon.pattern("party.starts", "people.groups", "people.titles", "marks", "weekdays")
    others = (no_name, lexicon.pattern("bodies.court", "bodies.executive"), lexicon.acts, lexicon.cue)
    begin = at
    pieces = list(re.finditer(r"[^\s,;:.!?()«»،؛؟]+", text[max(0, at - 40) : at]))
    for piece in reversed(pieces[-int(lexicon.setting("words_before", "2")) :]):
        if text[max(0, at - 40) + piece.end() : begin].strip():
            break
        if any(pattern and pattern.search(comparable(piece.group())) for pattern in others):
            break
        begin = max(0, at - 40) + piece.start()
    titles = lexicon.pattern("people.titles")
    lead = comparable(text[max(0, begin - 40) : begin]).rstrip()
    # "Chairman A B's party": the words are a person's name.
    person = len(text[begin:at].split()) == _NAME_WORDS
    if person and titles is not None and any(hit.end() == len(lead) for hit in titles.finditer(lead)):
        return at
    return begin
