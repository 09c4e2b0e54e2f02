"""Make the labelled set of stories from the reports beside this file.

``python -m tests.stories.make > tests/stories/dev.jsonl`` writes it anew: one
article a line, with ``group`` (the event it tells), ``family`` (the kind of
report), ``role`` and what ``tocsin articles import`` reads.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
DAY = datetime(2026, 3, 6, 1, tzinfo=UTC)
#: Groups of one family, and events of the same day that differ from each in a few facts.
GROUPS, TWINS = 3, 3
JOINS = {"vi": " ", "km": " ", "zh": "", "ko": "", "th": " ", "my": "", "bo": ""}
FAMILY_FIRST = frozenset({"vi", "km", "zh", "ko"})
FIGURES = ((3, 41), (14, 19), (5, 132), (27, 66), (9, 87), (31, 24), (6, 53))
ASIDE = "\u2026"

Slots = dict[str, Any]
Paragraphs = list[str]


@dataclass(frozen=True, slots=True)
class Event:
    """Who, where and how many, as the language writes it and in English."""

    local: Slots
    latin: Slots


@cache
def names() -> dict[str, dict[str, list[str]]]:
    return dict(yaml.safe_load((HERE / "names.yaml").read_text(encoding="utf-8")))


@cache
def families() -> tuple[dict[str, str], ...]:
    files = ("english.yaml", "asian.yaml")
    return tuple(one for file in files for one in yaml.safe_load((HERE / file).read_text(encoding="utf-8")))


def articles() -> list[dict[str, Any]]:
    """Return the set in the order in which it arrives: mostly that of publication."""
    found = [form for family in families() for form in _family(family)]
    return sorted(found, key=lambda form: (_arrival(form), form["url"]))


def _arrival(form: dict[str, Any]) -> str:
    late = timedelta(hours=zlib.crc32(form["url"].encode()) % 7)
    return (datetime.fromisoformat(form["published_at"]) + late).isoformat()


def _family(family: dict[str, str]) -> Iterator[dict[str, Any]]:
    leads: Paragraphs = []
    for number in range(GROUPS):
        event = _event(family, number)
        first = _article(
            family, number, "original", event, family["title"], _parts(family["text"], event.local)
        )
        leads.append(_told(first)[0])
        yield first
        yield from _copies(family, number, event, first)
        if family["language"] != "en":
            yield _translation(family, number, event, first)
        for twin in range(TWINS):
            other = _twin(family, number, twin)
            parts = _parts(family["text"], other.local)
            name = GROUPS + number * TWINS + twin
            yield _article(family, name, "twin", other, family["title"], parts, hours=twin * 3 + 1)
    background = _parts(family["text"], _event(family, 0).local)[-1:]
    title = f"{family['language'].upper()} {DAY:%d/%m}: {ASIDE}"
    yield _article(family, 99, "roundup", _event(family, 0), title, [*leads, *background], hours=19)


def _event(family: dict[str, str], number: int) -> Event:
    """Return the event that a group of copies tells."""
    return _filled(family, (number * 3, number * 3 + 1, number * 3 + 2), number, number, number)


def _twin(family: dict[str, str], number: int, twin: int) -> Event:
    """Return another event of that day: the same party elsewhere, another party there, nothing in common."""
    mine = number * 3
    fresh = 9 + (number * TWINS + twin) * 3
    court = family["concept"] == "court"
    if twin == 0:
        keeps_party = not court
        people = (mine if court else fresh, fresh + 1, mine + 2)
        return _filled(family, people, number + 4, number if keeps_party else number + 3, number + 3)
    if twin == 1:
        keeps_first = family["concept"] in ("court", "councillors")
        people = (mine if keeps_first else fresh, fresh + 1, fresh + 2 if keeps_first else mine + 2)
        return _filled(family, people, number, number + 4, number + 4)
    return _filled(family, (fresh, fresh + 1, fresh + 2), number + 5, number + 5, number + 2)


def _filled(family: dict[str, str], people: tuple[int, ...], place: int, party: int, figures: int) -> Event:
    """Fill the slots; families of one language take other names, courts anywhere other case numbers."""
    language = family["language"]
    nth = sum(one["language"] == language for one in families()[: families().index(family)])
    known = names()[language]
    n, m = FIGURES[(figures + nth + zlib.crc32(language.encode())) % len(FIGURES)]
    local: Slots = {"n": n, "m": m, "k": 5 + 13 * people[1] + list(names()).index(language)}
    latin: Slots = dict(local)
    for slot, pair in (
        ("place", known["place"][(place + 2 * nth) % 8]),
        ("party", known["party"][(party + 3 * nth) % 8]),
    ):
        local[slot], latin[slot] = pair.split("|")[0], pair.split("|")[-1]
    for slot, number in zip(("p1", "p2", "p3"), people, strict=True):
        local[slot], latin[slot] = _person(language, number + 20 * nth)
    return Event(local, latin)


def _person(language: str, number: int) -> tuple[str, str]:
    known = names()[language]
    first = known["first"][number % 8].split("|")
    last = known["last"][(number * 3 + number // 8) % 8].split("|")
    pair = (last, first) if language in FAMILY_FIRST else (first, last)
    return JOINS.get(language, " ").join(one[0] for one in pair), " ".join(one[-1] for one in pair)


def _parts(text: str, slots: Slots) -> Paragraphs:
    return [part.strip().format_map(slots) for part in text.strip().split("\n\n")]


def _article(
    family: dict[str, str],
    number: int,
    role: str,
    event: Event,
    title: str,
    paragraphs: Paragraphs,
    *,
    hours: float = 0,
    **more: Any,
) -> dict[str, Any]:
    name = family["family"]
    source = more.pop("source", f"{role}-desk.example")
    form = {
        "group": f"{name}/{number}",
        "family": name,
        "role": role,
        "title": title.format_map(event.local),
        "sections": [{"heading": None, "paragraphs": paragraphs}],
        "language": family["language"],
        "published_at": (DAY + timedelta(hours=hours, minutes=7 * (number % 60))).isoformat(),
        "url": f"https://{source}/{name}/{number}",
        "source": source,
    }
    return form | more


def _told(form: dict[str, Any]) -> Paragraphs:
    return list(form["sections"][0]["paragraphs"])


def _copies(
    family: dict[str, str], number: int, event: Event, first: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    """Yield five of the nine kinds of copy, others for each group, and a development of the story."""
    kinds = (_agency, _short, _spun, _updated, _print, _encoding, _amp, _quoted, _posted)
    for step in range(5):
        yield kinds[(number * 5 + step + zlib.crc32(family["family"].encode())) % len(kinds)](
            family, number, event, first
        )
    news = [*_parts(family["development"], event.local), *_told(first)[:2]]
    yield _article(family, number, "development", event, family["development_title"], news, hours=22)


def _agency(family: dict[str, str], number: int, event: Event, first: dict[str, Any]) -> dict[str, Any]:
    """The same report in another outlet: figures have changed, its last paragraph is gone."""
    slots = event.local | {"n": event.local["n"] + 2, "m": event.local["m"] + 7}
    told = _parts(family["text"], slots)
    told = told[:-1] if len(told) > 4 else told
    told[0] = f"({family['language'].upper()} Example Press) — {told[0]}"
    return _article(family, number, "agency", Event(slots, slots), family["title"], told, hours=2)


def _short(family: dict[str, str], number: int, event: Event, first: dict[str, Any]) -> dict[str, Any]:
    return _article(family, number, "short", event, family["title"], _told(first)[:2], hours=3)


def _spun(family: dict[str, str], number: int, event: Event, first: dict[str, Any]) -> dict[str, Any]:
    told = _parts(family["reworded"], event.local)
    return _article(family, number, "spun", event, family["reworded_title"], told, hours=6)


def _updated(family: dict[str, str], number: int, event: Event, first: dict[str, Any]) -> dict[str, Any]:
    """Hours later in the same outlet under a new address: more of it, and a figure has grown."""
    slots = event.local | {"m": event.local["m"] + 12}
    told = _parts(family["text"], slots)
    told.insert(1, _parts(family["development"], slots)[-1])
    return _article(family, number, "updated", Event(slots, slots), family["reworded_title"], told, hours=9)


def _print(family: dict[str, str], number: int, event: Event, first: dict[str, Any]) -> dict[str, Any]:
    told = [" ".join(_told(first)[:2]), *_told(first)[2:]]
    title = f"{family['title']} | Example Daily"
    return _article(
        family, number, "print", event, title, told, hours=0.5, source="print.original-desk.example"
    )


def _encoding(family: dict[str, str], number: int, event: Event, first: dict[str, Any]) -> dict[str, Any]:
    url = f"{first['url']}?encoding=latin"
    return first | {"role": "encoding", "url": url, "source": "other-desk.example"}


def _amp(family: dict[str, str], number: int, event: Event, first: dict[str, Any]) -> dict[str, Any]:
    told = [part for text in _told(first) for part in (text, "Advertisement")]
    return _article(family, number, "amp", event, family["title"], told, source="amp.original-desk.example")


def _quoted(family: dict[str, str], number: int, event: Event, first: dict[str, Any]) -> dict[str, Any]:
    """A forum's topic that holds the report in a quotation frame, with replies."""
    replies = [{"author": "wren", "text": "Who would have thought?"}, {"text": "+1"}]
    return _article(
        family, number, "quoted", event, "Seen this? What next?", ["Just read this. Opinions?"], hours=5
    ) | {
        "quoted": ["\n".join(_told(first))],
        "comments": replies,
        "site": "phpbb",
    }


def _posted(family: dict[str, str], number: int, event: Event, first: dict[str, Any]) -> dict[str, Any]:
    """A forum's topic that holds the report as its own text, below a few words of the poster."""
    told = ["Posting this here before it disappears:", *_told(first), "(read more on their page)"]
    return _article(family, number, "posted", event, family["title"], told, hours=7) | {"site": "invision"}


def _translation(family: dict[str, str], number: int, event: Event, first: dict[str, Any]) -> dict[str, Any]:
    """The report in English; of two in three, one says where it is from."""
    english = next(one for one in families() if one["family"] == f"en-{family['concept']}")
    told = _parts(english["text"], event.latin)
    form = _article(
        family, number, "translation", Event(event.latin, event.latin), english["title"], told, hours=8
    )
    stated = {} if number % 3 == 2 else {"origin": {"publisher": "Original Desk", "url": first["url"]}}
    return form | {"language": "en"} | stated


if __name__ == "__main__":
    for form in articles():
        sys.stdout.write(json.dumps(form, ensure_ascii=False) + "\n")
