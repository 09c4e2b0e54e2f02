"""The rule that ``rules new`` writes: commented, and accepted by ``rules check``."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


def draft(name: str, phrases: Sequence[str], *, title: str, until: str | None, today: date) -> str:
    """Return the text of a rule file.

    Args:
        name: Its id: lower-case letters, digits and hyphens.
        phrases: What to watch for; each is also a case that must match.
        title: For people.
        until: ISO day after which it rests; such a rule rings loudly without proof.
        today: The present day.

    Raises:
        ValueError: The name or the day is not written as it should be, or the day is over.
    """
    if not _ID.fullmatch(name):
        raise ValueError(f"{name!r} cannot be a rule's id: lower-case letters, digits and hyphens")
    if until is not None and date.fromisoformat(until) < today:
        raise ValueError(f"--until {until} is over: such a rule would never ring")
    terms = "\n".join(f"    - {_quoted(phrase)}" for phrase in phrases)
    cases = "\n".join(f"  - match: {_quoted(phrase)}" for phrase in phrases)
    end = f"until: {until}                     # after this day it rests" if until else "# until: 2027-01-31"
    return f"""\
# A rule of your own.  `tocsin rules check` and `tocsin rules test` read it; `tocsin rules try` shows what it finds.
id: {name}
title: {_quoted(title)}
severity: high                       # low waits for the digest; medium and above ring
{end}
terms:
  words:                             # any of these; `tocsin rules try FILE ARTICLE` shows which were found
{terms}
when: words
tests:                               # a rule that rings needs cases that pass, also one that must not match
{cases}
  - no_match: {_quoted("Nothing of the kind is said here.")}
"""


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
