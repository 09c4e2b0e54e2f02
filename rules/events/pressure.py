"""Sentences that tell of pressure on those who move: arrest, bail, threat, lawsuit, a promised post."""

from __future__ import annotations

from rules.events.english.words import words
from rules.events.merge import Cluster
from rules.events.reading import Unit

_MOST = 3


def pressure(cluster: Cluster, texts: dict[str, Unit]) -> tuple[str, ...]:
    """Return exact sentences, at most three, that concern the actor of a defection."""
    head = cluster.head
    if head.kind != "defection":
        return ()
    cues = words().raw["pressure_words"]
    surname = head.actor.split()[-1] if head.actor_named and head.actor else None
    own = {(m.where.pointer, m.where.start) for m in cluster.mentions}
    found: list[str] = []
    for unit in texts.values():
        for start, end in unit.sentences:
            sentence = unit.text[start:end]
            about = (unit.pointer, start) in own or (surname is not None and surname in sentence)
            if about and not unit.headline and any(f" {cue}" in f" {sentence.lower()}" for cue in cues):
                found.append(sentence)
    return tuple(dict.fromkeys(found))[:_MOST]
