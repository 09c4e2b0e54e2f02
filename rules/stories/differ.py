"""What speaks against two texts being one story, however alike their words.

Template twins say the same words about another person, place, party or case.
Between them a few short passages are exchanged one for one, and what is
exchanged stands nowhere in the other text; rewording exchanges common words,
which stand elsewhere too, and leaves the names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from rules.stories.align import Exchange, exchanges
from rules.stories.body import Body
from rules.stories.facts import COMMON
from rules.stories.slots import announced, are_persons, chinese_names, counts_cases
from rules.stories.words import is_unspaced, plain_row, row_of, tokens_of
from state.records import Claim, Event

#: From this likeness on texts are laid side by side; below it facts alone decide.
_ALIGNED_FROM = 0.25
#: From this likeness on a word exchanged throughout is a name: rewording leaves less of a text.
_REPEATED_FROM = 0.6
#: "TESTVILLE (Example Press) – ": what stands before the first words of a report.
_DATELINE = re.compile(r"[^.!?\n–—-]{1,80}(?: [–—-]{1,2}|[–—]) |\([^()]{1,60}\)")
#: A text's script is told by so many tokens.
_SCRIPT_FROM = 200
#: Two names differ in length by no more than this factor.
_LENGTHS = 3
#: Dates of two reports of one event differ by at most so many days.
_DAYS_APART = 2


def conflict(one: Body, two: Body, alike: float) -> str:
    """Return in words which fact differs, empty if none does.

    Args:
        one: The first text.
        two: The second text.
        alike: How much of the shorter one the longer holds, 0 to 1.
    """
    if one.cases and two.cases and not one.cases & two.cases:
        return f"case: {min(one.cases)} against {min(two.cases)}"
    if places := _places_apart(one, two):
        return places
    if persons := _chinese_names_apart(one, two):
        return persons
    if other_language(one, two):
        return _event_conflict(one, two)
    told = _event_conflict(one, two) or _lead_conflict(one, two)
    return told or (_exchange_conflict(one, two, alike) if alike >= _ALIGNED_FROM else "")


def _places_apart(one: Body, two: Body) -> str:
    """Known provinces that open one text and stand nowhere in the other, on both sides and in any language."""
    mine, theirs = one.places - two.all_places, two.places - one.all_places
    if mine and theirs and not one.places & two.places:
        return f"place: {min(mine)} against {min(theirs)}"
    return ""


def _chinese_names_apart(one: Body, two: Body) -> str:
    """Persons whom one text names again and again and the other never, on both sides."""
    mine = [name for name in chinese_names(one.tokens) if name not in two.row]
    theirs = [name for name in chinese_names(two.tokens) if name not in one.row]
    if not mine or not theirs:
        return ""
    return f"names: {plain_row(min(mine))} against {plain_row(min(theirs))}"


def _event_conflict(one: Body, two: Body) -> str:
    for kind in {event.kind for event in one.events} & {event.kind for event in two.events}:
        ours, others = _told(one.events, kind), _told(two.events, kind)
        for label, read in _SIDES:
            found = _apart([read(e) for e in ours], [read(e) for e in others], one, two)
            if found:
                return f"{label}: {found}"
        if found := _dates_apart(ours, others):
            return f"date: {found}"
    return ""


_SIDES: tuple[tuple[str, Callable[[Event], tuple[str | None, str | None]]], ...] = (
    ("actor", lambda event: (event.actor, event.actor_id)),
    ("place", lambda event: (event.place, None)),
    ("left", lambda event: (event.from_, event.from_id)),
    ("joined", lambda event: (event.to, event.to_id)),
)


def _told(events: Sequence[Event], kind: str) -> list[Event]:
    quiet = (Claim.BACKGROUND, Claim.UNCLEAR)
    return [event for event in events if event.kind == kind and event.claim not in quiet]


def _apart(
    ours: Sequence[tuple[str | None, str | None]],
    others: Sequence[tuple[str | None, str | None]],
    one: Body,
    two: Body,
) -> str:
    """Return the two names, if every name on either side is unheard of in the other text."""
    by_words = not other_language(one, two)  # between languages the names of parties are translated
    mine = [(words, known) for words, known in ours if words and (known or by_words)]
    theirs = [(words, known) for words, known in others if words and (known or by_words)]
    if not mine or not theirs:
        return ""
    if {known for _, known in mine if known} & {known for _, known in theirs if known}:
        return ""
    if any(_vague(words, known, one) or holds(two, words) for words, known in mine):
        return ""
    if any(_vague(words, known, two) or holds(one, words) for words, known in theirs):
        return ""
    return f"{mine[0][0]} against {theirs[0][0]}"


def _vague(words: str | None, known: str | None, body: Body) -> bool:
    """Tell whether words describe rather than name: they prove no difference."""
    if known:
        return False
    tokens = tokens_of(words or "")
    if has_capitals(body):
        return not any(token in body.names for token in tokens)
    return not announced(tokens, tokens[1:])


def has_capitals(body: Body) -> bool:
    """Tell whether a text is in a script with capitals; a Latin name in a text without proves nothing."""
    if not body.names:
        return False
    row = body.text[:_SCRIPT_FROM]
    return sum(token[0].lower() != token[0].upper() for token in row) * 2 > len(row)


def other_language(one: Body, two: Body) -> bool:
    """Tell whether two articles are in different languages, or one in a script that has no capitals."""
    first, second = (body.article.language or "" for body in (one, two))
    if first and second:
        return first.split("-")[0] != second.split("-")[0]
    return has_capitals(one) != has_capitals(two)


def holds(body: Body, words: str | None) -> bool:
    """Tell whether a text has at least half of the telling words of a name."""
    tokens = [token for token in tokens_of(words or "") if token not in COMMON]
    if not tokens:
        return True
    if all(map(is_unspaced, tokens)):
        return "".join(tokens) in "".join(body.tokens)
    return sum(known(token, body) for token in tokens) * 2 >= len(tokens)


def known(token: str, body: Body) -> bool:
    """Tell whether a text has a word or one of its forms (Cambodia, Cambodian)."""
    if token in body.vocabulary:
        return True
    return len(token) > 4 and any(
        other.startswith(token) or token.startswith(other) for other in body.names if len(other) > 4
    )


def _dates_apart(ours: Sequence[Event], others: Sequence[Event]) -> str:
    mine = {day for event in ours if (day := _day(event.date_iso))}
    theirs = {day for event in others if (day := _day(event.date_iso))}
    if not mine or not theirs:
        return ""
    if min(abs((one - two).days) for one in mine for two in theirs) <= _DAYS_APART:
        return ""
    return f"{min(mine)} against {min(theirs)}"


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _lead_conflict(one: Body, two: Body) -> str:
    """Names that open one text and stand nowhere in the other, on both sides."""
    mine = {name for name in one.lead_names - _outlet(one) if not known(name, two)}
    theirs = {name for name in two.lead_names - _outlet(two) if not known(name, one)}
    mine, theirs = _unlike(mine, theirs), _unlike(theirs, mine)
    return f"names: {min(mine)} against {min(theirs)}" if mine and theirs else ""


def _outlet(body: Body) -> set[str]:
    """Return the names that stand in the dateline alone: which outlet printed a copy, and where its desk is."""
    found = _DATELINE.match(body.texts[0]) if body.texts else None
    return {name for name in tokens_of(found.group()) if body.tokens.count(name) == 1} if found else set()


def _unlike(names: Iterable[str], others: Iterable[str]) -> set[str]:
    """Return the names that are no other spelling of one of the others."""
    others = tuple(others)
    return {name for name in names if not any(same_spelling(name, other) for other in others)}


def same_spelling(one: str, two: str) -> bool:
    """Tell whether two words are one name written twice: one letter in six may differ."""
    length = max(len(one), len(two))
    return length > 4 and one[0] == two[0] and _edits(one, two) * 6 <= length


def _edits(one: str, two: str) -> int:
    """Return the Levenshtein distance."""
    row = list(range(len(two) + 1))
    for number, char in enumerate(one, 1):
        previous, row[0] = row[0], number
        for at, other in enumerate(two, 1):
            previous, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, previous + (char != other))
    return row[-1]


def _exchange_conflict(one: Body, two: Body, alike: float) -> str:
    headlines = [
        (item, 0.0) for item in exchanges(one.title.tokens, two.title.tokens)
    ]  # they are written anew
    for exchange, alike in [*headlines, *((item, alike) for item in exchanges(one.text, two.text))]:
        why = _case_number(exchange) or (
            _cased_exchange(exchange, one, two)
            if has_capitals(one)
            else _caseless_exchange(exchange, one, two, alike)
        )
        if why:
            return why
    return ""


def _case_number(exchange: Exchange) -> str:
    mine, theirs = _digits(exchange.mine), _digits(exchange.theirs)
    if mine and theirs and mine != theirs and counts_cases(exchange.before, exchange.after):
        return f"case: {' '.join(mine)} against {' '.join(theirs)}"
    return ""


def _digits(tokens: Iterable[str]) -> list[str]:
    return [token for token in tokens if token[0].isdigit()]


def _cased_exchange(exchange: Exchange, one: Body, two: Body) -> str:
    """A name for a name, each said again in its own text or in its lead, and unheard of in the other."""
    mine = {t for t in exchange.mine if t in one.names and not known(t, two)}
    theirs = {t for t in exchange.theirs if t in two.names and not known(t, one)}
    mine, theirs = _unlike(mine, theirs), _unlike(theirs, mine)
    if any(_weighs(t, one) for t in mine) and any(_weighs(t, two) for t in theirs):
        return f"names: {min(mine)} against {min(theirs)}"
    return ""


def _weighs(name: str, body: Body) -> bool:
    return body.tokens.count(name) > 1 or name in body.lead_names


def _caseless_exchange(exchange: Exchange, one: Body, two: Body, alike: float) -> str:
    """What stands where a name stands, or is exchanged in almost the same text, and is unheard of in the other."""
    mine, theirs = _wordy(exchange.mine), _wordy(exchange.theirs)
    if not mine or not theirs or is_unspaced(mine[0]) != is_unspaced(theirs[0]):
        return ""
    if max(len(mine), len(theirs)) > _LENGTHS * min(len(mine), len(theirs)):
        return ""
    if row_of(mine) in two.row or row_of(theirs) in one.row:
        return ""
    if (
        announced(exchange.before, exchange.after)
        or are_persons(mine, theirs)
        or (alike >= _REPEATED_FROM and _whole(mine, theirs))
        or (alike >= _REPEATED_FROM and _said_again(mine, one, two) and _said_again(theirs, two, one))
    ):
        return f"names: {''.join(mine)} against {''.join(theirs)}"
    return ""


def _whole(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Tell whether as much was exchanged as first and family name, which an editor's hand seldom does."""
    least = 4 if is_unspaced(mine[0]) else 2
    han = any("\u3400" <= char <= "\u9fff" for char in (mine[0], theirs[0]))
    return not han and min(len(mine), len(theirs)) >= least


def _said_again(passage: Sequence[str], own: Body, other: Body) -> bool:
    """Tell whether a part of a passage comes again in its own text and never in the other."""
    least = 2 if is_unspaced(passage[0]) else 1
    for length in range(len(passage), least - 1, -1):
        for at in range(len(passage) - length + 1):
            part = row_of(passage[at : at + length])
            if own.row.count(part) > 1 and part not in other.row:
                return True
    return False


def _wordy(tokens: Iterable[str]) -> list[str]:
    return [token for token in tokens if not token[0].isdigit()]
