"""An alert's evidence as one zip file that anybody can read and check without us.

Every member stands in the manifest with its SHA-256; one that is withheld keeps
its digest there, so that the rest can still be checked.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from state.archive.evidence import members
from state.archive.first_page import FIRST_PAGE, first_page
from state.article_json import instant_to_json
from state.errors import ArchiveError
from state.store.store import Store

FORMAT = "tocsin-evidence/1"
MANIFEST = "manifest.json"
_STAMP = (1980, 1, 1, 0, 0, 0)


def export(
    store: Store,
    folder: Path,
    alert: str,
    target: Path,
    now: datetime,
    *,
    withhold: Callable[[str], bool] = lambda name: False,
) -> None:
    """Write an alert's evidence into a new file.

    Args:
        store: Where it is remembered.
        folder: The archive's folder of WARC files.
        alert: The alert's id.
        target: The zip file, which must not exist.
        now: The time that the manifest gives.
        withhold: Tells of a member's name whether it stays out, with only its digest in the manifest.

    Raises:
        InputError: There is no such alert.
        ArchiveError: Evidence was altered or is missing, or the file cannot be written.
    """
    with store.read() as tx:
        found = dict(members(tx, folder, alert))
    withheld = {name for name in found if withhold(name)}
    shown = {name: data for name, data in found.items() if name.endswith(".json") and name not in withheld}
    facts = {name: json.loads(data) for name, data in shown.items()}
    found[FIRST_PAGE] = first_page(alert, facts, now).encode()
    manifest = {
        "format": FORMAT,
        "alert": alert,
        "made_at": instant_to_json(now),
        "members": {name: _facts(data) for name, data in found.items() if name not in withheld},
        "withheld": {name: _facts(found[name]) for name in sorted(withheld)},
    }
    found[MANIFEST] = json.dumps(manifest, indent=1).encode()
    try:
        handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bundle:
            for name in (FIRST_PAGE, MANIFEST, *sorted(found.keys() - withheld - {FIRST_PAGE, MANIFEST})):
                bundle.writestr(zipfile.ZipInfo(name, _STAMP), found[name])
    except OSError as error:
        raise ArchiveError(
            f"{target}: {error.strerror}", hint="give the name of a file that does not exist yet"
        ) from error


def _facts(data: bytes) -> dict[str, Any]:
    return {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
