"""The rule that ``rules new`` writes: commented, accepted by ``rules check``, and proven by its own cases."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rules.compile import load_rules
from rules.suggest import suggest
from rules.terms import Lists
from rules.trial import run_tests
from state.article import Article

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_NOTHING = "Nothing of the kind is said here."
_SEPARATORS = re.compile(r"[\n,;、，；،]")
#: Conditions a drafted rule may have, the narrowest first.
_CONDITIONS = ("names NEAR/15 acts", "(names AND acts) IN paragraph", "names AND acts")
_SAID = {
    "names": "any of these; add other spellings and other languages",
    "acts": "what happened, in the words of the article; add what others would write",
    "words": "any of these; `tocsin rules try FILE ARTICLE` shows which were found",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What a rule begins with; ``when`` names its groups, ``matches`` and ``misses`` are its cases."""

    groups: Mapping[str, Sequence[str]]
    when: str
    matches: Sequence[str]
    misses: Sequence[str] = (_NOTHING,)
    languages: Sequence[str] = ()
    references: Sequence[str] = field(default_factory=tuple)


def draft(name: str, phrases: Sequence[str], *, title: str, until: str | None, today: date) -> str:
    """Return the text of a rule file that watches for some phrases, each of which is also a case.

    Args:
        name: Its id: lower-case letters, digits and hyphens.
        phrases: What to watch for.
        title: For people.
        until: ISO day after which it rests; such a rule rings loudly without proof.
        today: The present day.

    Raises:
        ValueError: The name or the day is not written as it should be, or the day is over.
    """
    made = Draft({"words": phrases}, "words", [phrase.strip("*") for phrase in phrases])
    return written(name, made, title=title, until=until, today=today)


def draft_from(article: Article, phrases: Sequence[str], lists: Lists) -> Draft:
    """Return a rule that finds an article: by the phrases given, else by words chosen from it.

    Raises:
        ValueError: Nothing in the article stands out, and no phrase was given.
    """
    found = suggest(article, lists)
    language = [article.language] if article.language and article.language != "und" else []
    references = [article.url] if article.url else []
    names, acts = list(found.names), list(phrases or found.acts)
    groups: dict[str, Sequence[str]] = {"names": names, "acts": acts} if names and acts else {}
    for when in _CONDITIONS if groups else ():
        made = Draft(groups, when, [found.proof], [*found.against, _NOTHING], language, references)
        if _is_proven(made):
            return made
    for words in (acts, names):
        proofs = [text for text in (found.proof, article.title, *article.paragraphs) if text]
        for proof in proofs if words else ():
            made = Draft({"words": words}, "words", [proof], (_NOTHING,), language, references)
            if _is_proven(made):
                return made
    raise ValueError("no word of this article stands out: say what to watch for with --phrase")


def words_of(text: str) -> list[str]:
    """Return the phrases of a list: one a line or between commas; what follows a # is a remark."""
    lines = (line.split("#", 1)[0] for line in text.splitlines())
    found = (" ".join(part.split()) for line in lines for part in _SEPARATORS.split(line))
    return list(dict.fromkeys(filter(None, found)))


def written(name: str, made: Draft, *, title: str, until: str | None, today: date) -> str:
    """Return a draft as the text of a rule file.

    Raises:
        ValueError: The name or the day is not written as it should be, or the day is over.
    """
    if not _ID.fullmatch(name):
        raise ValueError(f"{name!r} cannot be a rule's id: lower-case letters, digits and hyphens")
    if until is not None and date.fromisoformat(until) < today:
        raise ValueError(f"--until {until} is over: such a rule would never ring")
    end = f"until: {until}                     # after this day it rests" if until else "# until: 2027-01-31"
    groups = "\n".join(_group(group, terms) for group, terms in made.groups.items())
    cases = "\n".join(_cases("match", made.matches) + _cases("no_match", made.misses))
    more = _listed("languages", made.languages) + _listed("references", made.references)
    return f"""\
# A rule of your own.  `tocsin rules check` and `tocsin rules test` read it; `tocsin rules try` shows what it finds,
# `tocsin rules backtest` how often it would have rung.
id: {name}
title: {_quoted(title)}
severity: high                       # low waits for the digest; medium and above ring
{end}
{more}terms:
{groups}
when: {made.when}
tests:                               # a rule that rings needs cases that pass, also one that must not match
{cases}
"""


def _is_proven(made: Draft) -> bool:
    text = written("draft", made, title="draft", until=None, today=date.min)
    loaded = load_rules([("draft", text.encode("utf-8", "backslashreplace"))])
    results = run_tests(loaded.ruleset)
    return bool(results) and all(result.outcome == "passed" for result in results)


def _group(name: str, terms: Iterable[str]) -> str:
    head = f"  {name}:"
    return "\n".join([f"{head:<36} # {_SAID[name]}", *(f"    - {_quoted(term)}" for term in terms)])


def _cases(expects: str, texts: Iterable[str]) -> list[str]:
    return [f"  - {expects}: {_quoted(text)}" for text in texts]


def _listed(key: str, values: Sequence[str]) -> str:
    return f"{key}: [{', '.join(map(_quoted, values))}]\n" if values else ""


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
