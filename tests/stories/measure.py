"""How well the command tells stories apart, on the labelled set.

``python -m tests.stories.measure [misses]`` imports the set into an empty
store, reads ``tocsin stories list --json`` and prints a table: for the two
thirds of the families that are open, and for the third that is kept aside
(``misses`` names pairs of the former only).
"""

from __future__ import annotations

import json
import sys
import tempfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from state.identity import article_key
from tests.stories.make import articles
from tests.support import killer

Form = dict[str, Any]
#: Another text that tells the event, in its own language, and brings nothing new but figures.
COPIES = frozenset(
    ("original", "agency", "short", "spun", "updated", "print", "encoding", "amp", "quoted", "posted")
)
SILENT = "copy"


@dataclass(slots=True)
class Figures:
    """Counts of one part of the set."""

    copies: int = 0
    merged: int = 0
    twins: int = 0
    joined: int = 0
    events: int = 0
    mixed: int = 0
    translations: int = 0
    linked: int = 0
    silent: int = 0
    developments: int = 0
    hushed: int = 0
    by_role: Counter[str] = field(default_factory=Counter)
    by_role_apart: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)


def is_aside(form: Form) -> bool:
    """Tell whether a family is kept aside: nobody looks at its misses while mending."""
    return zlib.crc32(f"aside {form['family']}".encode()) % 3 == 0


def told(forms: Sequence[Form], folder: Path) -> dict[str, tuple[str, str]]:
    """Return for each address its story and as what it stands there, as the command says."""
    lines = "".join(json.dumps(form, ensure_ascii=False) + "\n" for form in forms)
    (folder / "set.jsonl").write_text(lines, encoding="utf-8")
    (folder / "tocsin.toml").write_text("")
    done = killer.run(["articles", "import", "set.jsonl"], cwd=folder, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    listed = killer.run(["stories", "list", "--json", "--limit", "100000"], cwd=folder)
    assert listed.returncode == 0, listed.stderr
    stories = [json.loads(line) for line in listed.stdout.splitlines()]
    # Renderings may be known as one article, which is listed by one of their addresses.
    known = {
        article_key(one["url"]): (story["id"], one["relation"])
        for story in stories
        for one in story["articles"]
    }
    return {form["url"]: known[article_key(form["url"])] for form in forms}


def figures(forms: Sequence[Form], placed: dict[str, tuple[str, str]]) -> Figures:
    """Compare what the command says with the labels."""
    found = Figures()
    groups: dict[str, list[Form]] = defaultdict(list)
    for form in forms:
        groups[form["group"]].append(form)
    for group in groups.values():
        _copies(found, group, placed)
    _different(found, forms, placed)
    _abroad(found, forms, placed)
    found.misses.sort()
    return found


def _copies(found: Figures, group: Sequence[Form], placed: dict[str, tuple[str, str]]) -> None:
    for one, two in combinations((form for form in group if form["role"] in COPIES), 2):
        together = placed[one["url"]][0] == placed[two["url"]][0]
        found.copies += 1
        found.merged += together
        for form in (one, two):
            found.by_role[form["role"]] += 1
            found.by_role_apart[form["role"]] += not together
        if not together:
            found.misses.append(f"apart   {one['url']}  {two['url']}")
    for form in group:
        if form["role"] == "development":
            found.developments += 1
            found.hushed += placed[form["url"]][1] == SILENT


def _different(found: Figures, forms: Sequence[Form], placed: dict[str, tuple[str, str]]) -> None:
    """Count pairs of events of one family, told in one language on one day, and events that were mixed."""
    events = [form for form in forms if form["role"] in ("original", "twin", "roundup")]
    holders: dict[str, set[str]] = defaultdict(set)
    for form in forms:
        holders[placed[form["url"]][0]].add(form["group"])
    found.events = len({form["group"] for form in events})
    found.mixed = len({group for held in holders.values() if len(held) > 1 for group in held})
    for one, two in combinations(events, 2):
        if one["family"] == two["family"]:
            together = placed[one["url"]][0] == placed[two["url"]][0]
            found.twins += 1
            found.joined += together
            if together:
                found.misses.append(f"joined  {one['url']}  {two['url']}")


def _abroad(found: Figures, forms: Sequence[Form], placed: dict[str, tuple[str, str]]) -> None:
    first = {form["group"]: form for form in forms if form["role"] == "original"}
    languages: dict[str, set[str]] = defaultdict(set)
    for form in articles():
        if form["url"] in placed and placed[form["url"]][1] != SILENT:
            languages[placed[form["url"]][0]].add(form["language"])
    for form in forms:
        story, relation = placed[form["url"]]
        found.silent += relation == SILENT and form["language"] not in languages[story]
        if form["role"] == "translation":
            found.translations += 1
            linked = placed[first[form["group"]]["url"]][0] == story
            found.linked += linked
            if not linked:
                found.misses.append(f"foreign {form['url']}  stated: {'origin' in form}")


def table(parts: dict[str, Figures]) -> Iterable[str]:
    yield f"{'':36}" + "".join(f"{name:>20}" for name in parts)
    rows = (
        ("pairs of copies together", "merged", "copies"),
        ("pairs of different events joined", "joined", "twins"),
        ("events in a story with another", "mixed", "events"),
        ("translations with their original", "linked", "translations"),
        ("developments taken for copies", "hushed", "developments"),
    )
    for words, part, whole in rows:
        yield f"{words:36}" + "".join(_share(getattr(f, part), getattr(f, whole)) for f in parts.values())
    yield f"{'silent across languages':36}" + "".join(f"{f.silent:>20}" for f in parts.values())
    for role in sorted(next(iter(parts.values())).by_role):
        shares = (_share(f.by_role[role] - f.by_role_apart[role], f.by_role[role]) for f in parts.values())
        yield f"{f'  pairs of {role} together':36}" + "".join(shares)


def _share(part: int, whole: int) -> str:
    return f"{f'{part}/{whole} {part / max(1, whole):.3f}':>20}"


def main(arguments: Sequence[str]) -> None:
    forms = articles()
    with tempfile.TemporaryDirectory() as folder:
        placed = told(forms, Path(folder))
    open_ = figures([form for form in forms if not is_aside(form)], placed)
    aside = figures([form for form in forms if is_aside(form)], placed)
    for line in table({"open": open_, "aside": aside, "all": figures(forms, placed)}):
        print(line)
    if "misses" in arguments:
        print(*open_.misses, sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
