"""Which party or body plays which part in an act: by its marker, else by the side of the act it stands on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rules.events.worded.claims import Act
from rules.events.worded.lexicon import SLOTS, Lexicon, whole
from rules.events.worded.mention import Mention, Sentence
from rules.events.worded.sides import countries

_MARK_REACH = 24
#: How far a name may stand behind what describes it: "the armed group KNLA"; "two parties, namely X".
_BESIDE, _NAMELY = 10, 60
#: How far a name stands from the party it is told to be of.
_OWN_PARTY = 10
_STOPPED = re.compile(r"[,;:.!?，。；：、၊။៖،؛]")
#: Those who change sides by going to another country.
_ABROAD = frozenset(("nk", "state", "military"))


def find_slots(
    sentence: Sentence,
    act: Act,
    sides: Sequence[Mention],
    institutions: Sequence[Mention],
    *,
    lexicon: Lexicon,
    last: tuple[str | None, str | None],
) -> dict[str, Mention]:
    """Return the mentions by slot; ``last`` holds the party named last and the article's first one."""
    slots: dict[str, Mention] = {}
    free: list[Mention] = []
    reach = _NAMELY if act.trigger.kind == "dissolution" else _BESIDE
    abroad = countries(sentence, lexicon) if act.trigger.subkind in _ABROAD else []
    for mention in [*sides, *abroad, *institutions]:
        slot = marked(sentence, mention, lexicon)
        if mention in abroad and slot != "to":
            if 0 <= mention.start - act.end <= 1:
                slots.setdefault("to", mention)
            continue
        if slot and (slot in ("by", "said_by") or mention.kind == "party"):
            found = _resolved(_called(sentence, mention, sides), last, sides, first=slot == "to")
            if slot not in slots or (slot == "from" and _same(slots["from"], slots.get("to"))):
                slots[slot] = found
        elif not slot:
            free.append(mention)
    for side, wanted in (("after", act.trigger.after), ("before", act.trigger.before)):
        if not wanted or wanted in slots:
            continue
        here = [m for m in free if (behind(m, act) if side == "after" else m.end <= act.start)]
        here = [m for m in here if (m.kind == "party") == (wanted != "by")]
        if wanted in ("actor", "from", "to") and side == "after":
            here = [m for m in here if not _apart(sentence, act.end, m.start)]
        if here:
            nearest = _named_first(here if side == "after" else here[::-1], reach)
            slots[wanted] = _resolved(nearest, last, sides)
            free.remove(nearest)
    return _two_sides(slots, sides, last) if act.trigger.kind == "defection" else slots


def behind(mention: Mention, act: Act) -> bool:
    """Tell whether a mention follows an act, or begins with the act's last word: "quit party" X."""
    return mention.start >= act.end or act.start < mention.start < act.end < mention.end


def party_of(
    sentence: Sentence, sides: Sequence[Mention], actor: Mention, joined: str | None
) -> Mention | None:
    """Return the party that is named beside an actor as his own: "A's lawmaker X", "X of the B party"."""
    near = [m for m in sides if m.name and joined not in (m.name, m.text)]
    gaps = [(actor.start - m.end if m.end <= actor.start else m.start - actor.end, m) for m in near]
    beside = [
        (gap, m)
        for gap, m in gaps
        if 0 <= gap <= _OWN_PARTY and not _apart(sentence, min(m.end, actor.end), max(m.start, actor.start))
    ]
    return min(beside, key=lambda row: row[0])[1] if beside else None


def _apart(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether a stop parts what ends and what begins here."""
    return start < end and _STOPPED.search(sentence.source(start, end)) is not None


def _same(one: Mention, other: Mention | None) -> bool:
    return other is not None and (one.name or one.text).lower() == (other.name or other.text).lower()


def _two_sides(
    slots: dict[str, Mention], sides: Sequence[Mention], last: tuple[str | None, str | None]
) -> dict[str, Mention]:
    """Nobody leaves a party for itself: "its ranks" and a party named twice are another one's."""
    from_, to = slots.get("from") or slots.get("actor"), slots.get("to")
    if from_ is None or to is None or not _same(from_, to):
        return slots
    others = [m for m in sides if m.name and not _same(m, to)]
    wrong = "to" if to.own else "from" if "from" in slots else "actor"
    if others and wrong != "actor":
        slots[wrong] = others[0] if wrong == "to" else others[-1]
    elif wrong == "to" and last[1] and last[1].lower() != (to.name or "").lower():
        slots["to"] = replace(to, name=last[1], text=last[1])
    else:
        del slots[wrong]
    return slots


def _resolved(
    mention: Mention,
    last: tuple[str | None, str | None],
    sides: Sequence[Mention],
    *,
    first: bool = False,
) -> Mention:
    """Return "his party" as the party named before it, where one was; ``first``: as the one named first.

    "A said that 30 soldiers of B had joined its ranks": those are the speaker's.
    """
    if not mention.own:
        return mention
    before = [m.name for m in sides if m.name and m.end <= mention.start]
    name = before[0 if first else -1] if before else last[0] or last[1]
    return replace(mention, name=name, text=name or mention.text)


def marked(sentence: Sentence, mention: Mention, lexicon: Lexicon) -> str:
    """Return the slot that the words beside a mention give it, or nothing."""
    text = sentence.folded.text
    before = text[max(0, mention.start - _MARK_REACH) : mention.start]
    after = text[mention.end : mention.end + _MARK_REACH]
    longest = max(
        (
            (m.end() - m.start(), slot)
            for slot in SLOTS[1:]
            for m in _ending(lexicon.roles[slot].before, before)
        ),
        default=(0, ""),
        key=lambda found: found[0],
    )
    if longest[0]:
        return longest[1]
    endings: list[tuple[int, str]] = []
    for slot in SLOTS[1:]:
        marks = lexicon.roles[slot]
        if marks.after is not None:
            hits = (m.start() for m in marks.after.finditer(after) if whole(after, m.end()))
            if next(hits, 9) <= 1:
                return slot
        endings.append((_ending_of(after, marks.suffix, lexicon), slot))
    found = max(endings, key=lambda row: row[0])
    return found[1] if found[0] else ""


def _ending_of(after: str, suffixes: tuple[str, ...], lexicon: Lexicon) -> int:
    """Return how long the ending is by which a name takes a role; 0 for none."""
    rest = after.lstrip(" ")
    if not lexicon.spaced or not lexicon.capitals:
        return max((len(end) for end in suffixes if rest.startswith(end)), default=0)
    word = rest.split(" ")[0].split(",")[0]
    return len(word) if word in suffixes else 0


def _ending(pattern: re.Pattern[str] | None, text: str) -> Iterable[re.Match[str]]:
    """Return the hits that end a text, or stand one sign before its end."""
    return (m for m in pattern.finditer(text) if len(text) - m.end() <= 1) if pattern is not None else ()


def _called(sentence: Sentence, mention: Mention, sides: Sequence[Mention]) -> Mention:
    """Return the name that follows a description at once: "the Karen armed group KNLA"."""
    if mention.name is not None or mention.own or mention.kind != "party":
        return mention
    behind_it = [m for m in sides if m.name and 0 <= m.start - mention.end <= _BESIDE]
    between = sentence.folded.text[mention.end : behind_it[0].start] if behind_it else ","
    return mention if _STOPPED.search(between) else behind_it[0]


def _named_first(mentions: Sequence[Mention], reach: int) -> Mention:
    """Return the nearest of some mentions; of "the armed group KNLA" the name."""
    nearest = mentions[0]
    for other in mentions[1:]:
        gap = max(other.start - nearest.end, nearest.start - other.end)
        if nearest.name is None and not nearest.own and other.name and gap <= reach:
            return other
    return nearest
