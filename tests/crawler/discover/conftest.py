"""Real feeds belong to others and are not part of the repository: TOCSIN_REAL_PAGES names where they lie."""

from __future__ import annotations

import os
from pathlib import Path

REAL_PAGES = Path(os.environ.get("TOCSIN_REAL_PAGES") or Path(__file__).parents[2] / "pages" / "real")
collect_ignore = [] if REAL_PAGES.is_dir() else ["test_real_feeds.py"]
