"""The question asked again when a message is about to leave: may it, now?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from rules.alerts.hours import quiet_until
from rules.alerts.labels import Subject, labels_of
from rules.alerts.policy import ChannelPolicy, Limit, Policy
from rules.alerts.silences import Silence, silenced_by
from state.records import Notice, Severity


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a claimed message.

    ``silenced`` names (alert, number) of notices that are muted and end so; the
    others are sent now, or at ``until`` if that is set.
    """

    silenced: frozenset[tuple[str, int]] = frozenset()
    until: datetime | None = None

    def sends(self, notices: Sequence[Notice]) -> bool:
        """Tell whether anything of the message leaves now."""
        return self.until is None and any((n.alert, n.number) not in self.silenced for n in notices)


def hold(
    told: Sequence[tuple[Notice, Subject]],
    channel: str,
    policy: Policy,
    now: datetime,
    *,
    silences: Iterable[Silence] = (),
    digest: bool = False,
) -> Verdict:
    """Return which notices of a message are muted, and until when the rest must wait.

    The loudest notice decides: a critical one takes the quieter ones of its
    message along through quiet hours.  A digest comes at its own hour, quiet or not.
    """
    silences = tuple(silences)
    muted = frozenset(
        (notice.alert, notice.number)
        for notice, subject in told
        if silenced_by(labels_of(subject, notice.severity, channel), silences, now)
    )
    left = [notice.severity for notice, _ in told if (notice.alert, notice.number) not in muted]
    if digest or not left:
        return Verdict(muted)
    return Verdict(muted, waits_until(policy.channel(channel), max(left), policy, now))


def waits_until(channel: ChannelPolicy, severity: Severity, policy: Policy, now: datetime) -> datetime | None:
    """Return when quiet hours let this severity through, None if now."""
    return quiet_until(channel.quiet, policy.zone, severity, now)


def free_at(limit: Limit | None, sent: Iterable[datetime], now: datetime) -> datetime | None:
    """Return when the channel may hear its next single message, None if now.

    Args:
        limit: The most messages in a time.
        sent: When messages left for this channel, in any order.
        now: The present instant.
    """
    if limit is None:
        return None
    recent = sorted(at for at in sent if now - limit.within < at <= now)
    if len(recent) < limit.count:
        return None
    return recent[len(recent) - limit.count] + limit.within + timedelta(microseconds=1)
