"""The canary: an invented article that goes the real way every few minutes, to nobody.

While its messages arrive at the null channel, reading, matching, deciding,
storing and delivering work; when they stop, ``status`` says so.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.app import App
from crawler.pipeline import ingest
from crawler.pseudonyms import Pseudonyms
from crawler.settings import Settings
from rules.alerts.policy import Policy
from rules.compile import Ruleset, load_rules
from state.article import Article, Section
from state.store.canaries import prune_canaries
from state.store.tx import Tx

_KEPT = timedelta(days=1)
_LETTERS = str.maketrans("0123456789", "ghijklmnop")
_RULE = (
    "canary.yaml",
    b"""
id: canary
title: The way from article to message is open
severity: critical
kind: canary
terms:
  word: [tocsincanary*]
when: word
""",
)


@dataclass(frozen=True, slots=True)
class _Cage:
    """What deciding needs, with a rule of the canary's own: the user's rules need not know it."""

    settings: Settings
    ruleset: Ruleset
    policy: Policy
    names: Pseudonyms | None = None


def release(app: App, tx: Tx, now: datetime) -> None:
    """Let one canary go, and remove those older than a day."""
    cage = _Cage(app.settings, load_rules([_RULE]).ruleset, app.policy)
    ingest(_article(now), None, cage, tx, rings=True, now=now, canary=True)
    prune_canaries(tx, now - _KEPT, now)


def _article(now: datetime) -> Article:
    """Return an article that shares no words with the canary before it, or it would count as its copy."""
    letters = hashlib.shake_256(now.isoformat().encode()).hexdigest(120).translate(_LETTERS)
    song = " ".join(letters[at : at + 6] for at in range(0, len(letters), 6))
    name = f"Tocsincanary{letters[:12]}"
    return Article(
        title=name,
        sections=(Section(None, (f"{name}: {song}.",)),),
        key=f"canary:{now:%Y%m%dT%H%M%SZ}",
        site="generic",
        language="en",
        published_at=now,
        fetched_at=now,
    )
