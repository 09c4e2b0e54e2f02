"""The dateline that opens a report: "CONAKRY (Reuters) - ", "KOTA KINABALU: ", "TAIPEI, March 18 (CNA) "."""

from __future__ import annotations

import re

_CAPITALS = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.\-]+"
_PLACE = rf"{_CAPITALS}(?: {_CAPITALS}){{0,3}}(?:/{_CAPITALS}(?: {_CAPITALS}){{0,2}})?"
_MORE = r"(?:, (?:[A-Z][\w'’.\-]{1,15}(?: [A-Z]\w{1,12})?|\d{1,2})(?: \d{1,2})?(?:,? 20\d\d)?){0,2}"
_DATELINE = re.compile(
    rf"(?:{_PLACE}{_MORE})(?: ?\([^()]{{2,30}}\)(?: ?(?:--|[-–—:]))?|(?: ?(?:--|[–—:])| -)) "
)


def behind_dateline(text: str) -> int:
    """Return where a paragraph's own words begin, behind its dateline, or 0 for none."""
    match = _DATELINE.match(text[:90])
    return match.end() if match is not None and len(text) > match.end() else 0
