"""What is kept can be shown, copied elsewhere, brought back and erased, all through the command."""

from __future__ import annotations

import json
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyrage
import pytest

from state.store.store import Store
from tests.support import killer
from tests.support.newsroom import Newsroom
from tests.support.stories import ALARMS, publish


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    with Newsroom(tmp_path_factory.mktemp("room")) as opened:
        publish(opened)
        done = killer.run(["crawl"], cwd=opened.folder)
        assert done.returncode == 0, done.stderr
        yield opened


@pytest.fixture
def copy(room: Newsroom, tmp_path: Path) -> Path:
    """Return a folder like the room's, whose database may be changed."""
    return Path(shutil.copytree(room.folder, tmp_path / "copy"))


def said(folder: Path, *verb: str, code: int = 0) -> str:
    done = killer.run(list(verb), cwd=folder)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def rows(folder: Path, *verb: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in killer.run([*verb, "--json"], cwd=folder).stdout.splitlines()]


def a_rung_alert(folder: Path) -> dict[str, Any]:
    return next(row for row in rows(folder, "alerts", "list") if row["headline"] == ALARMS[1].title)


def test_evidence_of_an_alert_is_a_file_that_checks_and_shows_tampering(
    room: Newsroom, tmp_path: Path
) -> None:
    alert, path = a_rung_alert(room.folder), tmp_path / "evidence.zip"

    said(room.folder, "evidence", "export", alert["id"], "--to", str(path))
    sound = said(tmp_path, "evidence", "verify", str(path))
    with zipfile.ZipFile(path) as bundle:
        members = {name: bundle.read(name) for name in bundle.namelist()}
    page = members["articles/01/version-1.json"]
    with zipfile.ZipFile(tmp_path / "altered.zip", "w") as bundle:
        for name, data in (
            members | {"articles/01/version-1.json": page.replace(b"Court", b"Crown")}
        ).items():
            bundle.writestr(name, data)
    altered = said(tmp_path, "evidence", "verify", str(tmp_path / "altered.zip"), code=1)

    assert "each as it was written" in sound
    assert ALARMS[1].title in members["READ-ME-FIRST.html"].decode()
    assert "articles/01/version-1.json was altered" in altered
    assert "exist" in said(room.folder, "evidence", "export", alert["id"], "--to", str(path), code=1)
    assert "There is no alert A-none" in said(room.folder, "evidence", "export", "A-none", code=1)


def test_a_withheld_member_is_named_and_the_rest_still_checks(room: Newsroom, tmp_path: Path) -> None:
    alert, path = a_rung_alert(room.folder), tmp_path / "evidence.zip"

    said(
        room.folder, "evidence", "export", alert["id"], "--to", str(path), "--withhold", "articles/*/*.warc.gz"
    )  # fmt: skip
    [found] = rows(tmp_path, "evidence", "verify", str(path))

    assert found["faults"] == []
    assert found["withheld"] == ["articles/01/version-1.warc.gz"]


def test_a_backup_is_brought_back_whole_and_sends_nothing_until_resumed(
    room: Newsroom, tmp_path: Path
) -> None:
    backup, elsewhere = tmp_path / "tocsin.tar", tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(room.folder / "tocsin.toml", elsewhere)

    made = said(room.folder, "backup", str(backup))
    restored = said(elsewhere, "restore", str(backup))
    held = said(elsewhere, "status", code=1)
    audit = said(elsewhere, "audit", "--all")
    resumed = said(elsewhere, "resume")

    assert "it is not encrypted" in made
    assert backup.stat().st_mode & 0o777 == 0o600
    assert "nothing is sent yet" in restored
    assert "nothing is sent: restored from a backup of" in held
    assert "no gap" in audit or "Done" in audit
    assert "Delivery goes on" in resumed
    assert rows(elsewhere, "alerts", "list") == rows(room.folder, "alerts", "list")
    assert "here is a database at" in said(elsewhere, "restore", str(backup), code=1)


def test_an_encrypted_backup_opens_only_with_its_key(room: Newsroom, tmp_path: Path) -> None:
    identity, stranger = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    key, wrong = tmp_path / "key.txt", tmp_path / "wrong.txt"
    key.write_text(f"# public key: {identity.to_public()}\n{identity}\n")
    wrong.write_text(f"{stranger}\n")
    backup, elsewhere = tmp_path / "tocsin.tar.age", tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(room.folder / "tocsin.toml", elsewhere)

    said(room.folder, "backup", str(backup), "--encrypt-to", str(identity.to_public()))

    assert ALARMS[1].title.encode() not in backup.read_bytes()
    assert "is encrypted" in said(elsewhere, "restore", str(backup), code=2)
    assert "cannot be decrypted" in said(elsewhere, "restore", str(backup), "--identity", str(wrong), code=1)
    said(elsewhere, "restore", str(backup), "--identity", str(key))
    assert len(rows(elsewhere, "alerts", "list")) == len(rows(room.folder, "alerts", "list"))
    assert "is no public key of age" in said(room.folder, "backup", "x.age", "--encrypt-to", "age1x", code=2)
    assert not (room.folder / "x.age").exists()


@pytest.mark.parametrize("damage", ["cut", "altered", "foreign"])
def test_a_damaged_backup_changes_nothing(room: Newsroom, tmp_path: Path, damage: str) -> None:
    backup, elsewhere = tmp_path / "tocsin.tar", tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(room.folder / "tocsin.toml", elsewhere)
    said(room.folder, "backup", str(backup))
    data = backup.read_bytes()
    title = ALARMS[1].title.encode()
    made = {
        "cut": data[: len(data) // 2],
        "altered": data.replace(title, title.upper(), 1),
        "foreign": b"<html>not found</html>",
    }
    backup.write_bytes(made[damage])

    told = said(elsewhere, "restore", str(backup), code=1)

    assert "no whole backup" in told
    assert [path.name for path in elsewhere.iterdir()] == ["tocsin.toml"]


def test_what_is_forgotten_is_nowhere_any_more(copy: Path) -> None:
    alert = a_rung_alert(copy)

    said(copy, "forget", "--article", alert["id"], "--because", "asked by a person named in it", "--yes")
    gone = said(copy, "forget", "--article", "rfa:none", "--because", "x", "--yes", code=1)
    audit = said(copy, "audit", "--all")

    assert rows(copy, "articles", "search", "Supreme Court", "Orchard") == []
    store = Store.open(f"sqlite:///{copy / 'state.db'}")
    store.close()
    assert ALARMS[1].title.encode() not in (copy / "state.db").read_bytes()
    assert "There is no article rfa:none" in gone
    assert "Done" in audit


def test_old_texts_that_never_rang_go_by_retention_and_alerts_stay(copy: Path) -> None:
    config = copy / "tocsin.toml"
    config.write_text(config.read_text() + '\n[retention]\nbacklog = "0s"\n')
    before = rows(copy, "articles", "list")

    pruned = said(copy, "prune")
    left = [row for row in rows(copy, "articles", "list") if row["state"] != "forgotten"]

    assert "the text of" in pruned
    assert 0 < len(left) < len(before)
    assert rows(copy, "alerts", "list")
    assert said(copy, "audit", "--all")


def test_a_damaged_database_says_how_a_backup_takes_its_place(
    room: Newsroom, copy: Path, tmp_path: Path
) -> None:
    backup, aside = tmp_path / "kept.tar", tmp_path / "aside"
    said(room.folder, "backup", str(backup))
    database = next(copy.rglob("*.db"))
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("DELETE FROM articles")
    connection.close()

    told = " ".join(said(copy, "db", "check", code=1).split())
    assert f"move {database}, {database}-wal and {database}-shm" in told
    assert "tocsin restore FILE" in told

    aside.mkdir()
    for path in (*database.parent.glob(f"{database.name}*"), *copy.rglob("*.warc.gz")):
        shutil.move(path, aside / path.name)
    shutil.copy(backup, database.with_name(f"{database.name}-wal"))
    assert "-wal" in said(copy, "restore", str(backup), code=1)
    database.with_name(f"{database.name}-wal").unlink()
    said(copy, "restore", str(backup))
    assert "is whole" in said(copy, "db", "check")
