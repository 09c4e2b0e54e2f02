"""A watch rule as an object, with the cases it was written for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from rules.condition import Field, Node
from rules.terms import Term
from state.errors import Place
from state.records import Claim, Severity

Status = Literal["draft", "test", "stable", "retired"]
Expectation = Literal["match", "no_match", "todo_match", "todo_no_match"]

#: How much a field counts; 0 = it is shown but rings nothing alone.
DEFAULT_FIELDS: Mapping[Field, float] = {"title": 1, "subtitle": 1, "body": 1, "caption": 1, "comment": 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlessNear:
    """A hit is set aside when one of ``terms`` stands within so many words, or in the same sentence.

    ``groups`` names the term groups concerned; empty means all of them.
    """

    terms: tuple[Term, ...]
    #: Fewer than this many words between; None: in the same sentence.
    words: int | None = None
    groups: tuple[str, ...] = ()


#: What a case calls the severity of words that match and are told to nobody.
UNTOLD = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One in-file test: a text and what must come of it."""

    expects: Expectation
    place: Place
    body: tuple[str, ...] = ()
    title: str = ""
    subtitle: str | None = None
    captions: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    language: str | None = None
    published_at: dt.datetime | None = None
    #: Quotes that must be among the spans.
    spans: tuple[str, ...] = ()
    claim: Claim | None = None
    #: A severity's name, or ``UNTOLD``.
    severity: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What to watch for.

    ``version`` is a hash of everything that decides a match (macros expanded);
    notes, references and tests do not change it.  ``written`` is the condition
    as the author wrote it.
    """

    id: str
    title: str
    severity: Severity
    when: Node
    written: str
    place: Place
    version: str = ""
    status: Status = "stable"
    languages: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    false_positives: tuple[str, ...] = ()
    description: str = ""
    author: str = ""
    date: dt.date | None = None
    modified: dt.date | None = None
    #: After this day the rule rests.
    until: dt.date | None = None
    terms: Mapping[str, tuple[Term, ...]] = field(default_factory=dict)
    exceptions: tuple[Term, ...] = ()
    unless_near: tuple[UnlessNear, ...] = ()
    fields: Mapping[Field, float] = field(default_factory=lambda: dict(DEFAULT_FIELDS))
    events: tuple[str, ...] = ()
    kind: str = ""
    #: Severity by claim where it is not the usual one; None: no alert.
    claims: Mapping[Claim, Severity | None] = field(default_factory=dict)
    tests: tuple[Case, ...] = ()
    was: tuple[str, ...] = ()
    #: Language → who reviewed the words and how; a language that is absent or "none" was not reviewed.
    reviewed: Mapping[str, str] = field(default_factory=dict)
    #: The author accepts that this rule is looked at for many articles.
    slow: bool = False

    def rests_on(self, today: dt.date) -> bool:
        """Tell whether the rule no longer rings on this day: retired or past its ``until``."""
        return self.status == "retired" or (self.until is not None and today > self.until)
