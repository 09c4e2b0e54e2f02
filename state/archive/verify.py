"""Checking a bundle offline: every member against the manifest, the ledger against its seals."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from state.archive.bundle import FORMAT, MANIFEST
from state.article_json import instant_from_json
from state.errors import ArchiveError
from state.store.ledger import row_digest
from state.store.seals import NONE_BEFORE, root_by_path, seal_hash
from state.store.stored_article import restore

#: Larger members are not read.
_MOST = 256 << 20
_MOST_MEMBERS = 20_000


@dataclass(frozen=True, slots=True)
class Verified:
    """What checking came to: what is wrong, what is withheld, and the newest seal by which to compare."""

    alert: str
    members: int
    faults: tuple[str, ...]
    withheld: tuple[str, ...]
    newest_seal: str | None


def verify(path: Path) -> Verified:
    """Check a bundle without any database.

    Raises:
        ArchiveError: The file is no bundle at all.
    """
    try:
        with zipfile.ZipFile(path) as bundle:
            return _verify(bundle)
    except OSError as error:
        raise ArchiveError(f"{path}: {error.strerror}") from error
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, NotImplementedError, RuntimeError) as error:
        raise ArchiveError(
            f"{path} is no bundle: {error}", hint="give a zip file that was exported as evidence"
        ) from error


def _verify(bundle: zipfile.ZipFile) -> Verified:
    manifest = json.loads(_read(bundle, MANIFEST))
    if manifest["format"] != FORMAT:
        raise ValueError(f"its format is {manifest['format']!r}")
    faults = [*_member_faults(bundle, manifest)]
    known = {
        name: json.loads(_read(bundle, name)) for name in _sound(bundle, manifest) if name.endswith(".json")
    }
    seals = known.get("seals.json") or []
    faults += _seal_faults(seals)
    faults += _ledger_faults(known.get("ledger.json") or [], {seal["number"]: seal for seal in seals})
    faults += _version_faults(known, manifest)
    return Verified(
        manifest["alert"],
        len(manifest["members"]),
        tuple(dict.fromkeys(faults)),
        tuple(sorted(manifest["withheld"])),
        seals[-1]["hash"] if seals else None,
    )


def _member_faults(bundle: zipfile.ZipFile, manifest: dict[str, Any]) -> Iterator[str]:
    names = bundle.namelist()
    if len(names) > _MOST_MEMBERS:
        raise ValueError("it has too many members")
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"{name} is in the file twice"
    sound = _sound(bundle, manifest)
    for name in manifest["members"]:
        if name not in names:
            yield f"{name} is missing"
        elif name not in sound:
            yield f"{name} was altered"
    for name in sorted(set(names) - set(manifest["members"]) - {MANIFEST}):
        yield f"{name} is not in the manifest"


def _sound(bundle: zipfile.ZipFile, manifest: dict[str, Any]) -> set[str]:
    """Return the members that are as the manifest says."""
    there = set(bundle.namelist()) & set(manifest["members"])
    return {
        name
        for name in there
        if hashlib.sha256(_read(bundle, name)).hexdigest() == manifest["members"][name]["sha256"]
    }


def _seal_faults(seals: list[dict[str, Any]]) -> Iterator[str]:
    previous = NONE_BEFORE
    for expected, seal in enumerate(seals, 1):
        at = instant_from_json(seal["at"])
        said = (
            seal["number"],
            seal["first_id"],
            seal["last_id"],
            seal["count"],
            seal["root"],
            seal["previous"],
        )
        if seal["number"] != expected or seal["previous"] != previous or seal_hash(*said, at) != seal["hash"]:
            yield f"seal {seal['number']} in seals.json was altered or does not follow the one before it"
        previous = seal["hash"]


def _ledger_faults(entries: list[dict[str, Any]], seals: dict[int, dict[str, Any]]) -> Iterator[str]:
    for entry in entries:
        said = (entry["kind"], entry["subject"], entry["digest"], entry["detail"])
        name = f"entry {entry['id']} in ledger.json"
        if row_digest(instant_from_json(entry["at"]), *said) != entry["sha256"]:
            yield f"{name} was altered"
        if entry["path"] is None:
            continue
        seal = seals.get(entry["seal"])
        if seal is None or root_by_path(entry["sha256"], entry["path"]) != seal["root"]:
            yield f"{name} is not under its seal"


def _version_faults(forms: dict[str, Any], manifest: dict[str, Any]) -> Iterator[str]:
    entered: dict[str, set[str]] = {}
    for entry in forms.get("ledger.json") or []:
        entered.setdefault(entry["digest"], set()).add(entry["detail"].get("response", ""))
    digests = {name: facts["sha256"] for name, facts in (manifest["members"] | manifest["withheld"]).items()}
    for name in [name for name in forms if name.endswith("/article.json")]:
        place = name.removesuffix("article.json")
        for version in forms[name]["versions"]:
            text = f"{place}version-{version['number']}.json"
            if text in forms and restore(forms[text]).version != version["version"]:
                yield f"{text} is not the text that was seen"
            if "ledger.json" in forms and version["version"] not in entered:
                yield f"{text} has no entry in the ledger"
            record = f"{place}version-{version['number']}.warc.gz"
            answers = entered.get(version["version"])
            if answers and record in digests and digests[record] not in answers:
                yield f"{record} is not the answer that was entered in the ledger"


def _read(bundle: zipfile.ZipFile, name: str) -> bytes:
    with bundle.open(name) as member:
        data = member.read(_MOST + 1)
    if len(data) > _MOST:
        raise ValueError(f"{name} is too large")
    return data
