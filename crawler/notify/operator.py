"""About Tocsin itself: what those who run it must hear, once per change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from crawler.notify.labels import labels
from crawler.notify.plain import one_line
from crawler.notify.told import Composed
from rules.alerts.policy import Policy
from state.store.tx import Tx

_LOOK_BACK = 200
_TEXT_MAX = 700


def tell(
    tx: Tx, policy: Policy, subject: str, text: str, now: datetime, *, key: str, instead_of: str | None = None
) -> list[str]:
    """Open a message to each operator's channel; return their ids.

    What was told last under the same key is not told again until something
    else was (a recovery, another state), also across restarts.

    Args:
        tx: The transaction of what happened.
        policy: Whose operator channels are used.
        subject: One line; names the source or channel concerned.
        text: What it means and what to do next, in plain words.
        now: The present instant.
        key: What it is about, like ``source:rfa-khmer``.
        instead_of: A channel in trouble that cannot be the one to say so; all others hear if it was the only one.
    """
    group = f"operator:{key}"
    content = {"subject": subject, "text": text}
    opened = []
    for channel in _targets(policy, instead_of):
        earlier = [m for m in tx.messages.list(channel=channel, limit=_LOOK_BACK) if m.group_key == group]
        if earlier and dict(earlier[0].content) == content:
            continue
        message = tx.messages.open(channel, group, "operator", now, now=now, content=content)
        made = about_tocsin(subject, text, message.id)
        tx.messages.fix(message.id, made.title, made.body, now=now)
        opened.append(message.id)
    return opened


def about_tocsin(subject: str, text: str, message: str, language: str = "en") -> Composed:
    """Return the words of one such message; its last line is its own id."""
    head = f"{labels(language).text('about')}: {one_line(subject)}"
    lines = [one_line(line) for line in text.splitlines() if line.strip()]
    body = "\n".join([head, *_within(lines, _TEXT_MAX), message])
    return Composed(title=head, body=body)


def _targets(policy: Policy, instead_of: str | None) -> Sequence[str]:
    others = [name for name in policy.operator if name != instead_of]
    return others or [name for name in policy.channels if name != instead_of]


def _within(lines: Sequence[str], limit: int) -> list[str]:
    kept: list[str] = []
    for line in lines:
        room = limit - sum(len(other) + 1 for other in kept)
        if room <= 20:
            return [*kept, "…"]
        kept.append(line if len(line) <= room else line[: room - 1] + "…")
    return kept
