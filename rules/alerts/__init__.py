"""What rings, for whom, and when: decisions without a clock or a database.

An alert is a (story, kind).  ``decide`` turns an article as read now into
notices, ``address`` a notice into promises, ``hold`` asks again when a message
is about to leave.
"""

from rules.alerts.decide import decide
from rules.alerts.hold import Verdict, hold
from rules.alerts.reading import Decision, Other, Reading, Standing
from rules.alerts.routes import Addressed, address

__all__ = ["Addressed", "Decision", "Other", "Reading", "Standing", "Verdict", "address", "decide", "hold"]
