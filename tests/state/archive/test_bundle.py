"""A bundle says what an alert rests on, and whoever alters a member of it is found out offline."""

import json
import stat
import zipfile

import pytest

from state.archive.bundle import export
from state.archive.rotate import move_records
from state.archive.verify import verify
from state.errors import ArchiveError, InputError
from state.store import Store
from tests.state.store.made import DAY, HOUR, NOON, article, page, rung, sent


@pytest.fixture
def store(tmp_path):
    store = Store.open(f"sqlite:///{tmp_path}/state.db")
    yield store
    store.close()


@pytest.fixture
def alert(store, tmp_path):
    with store.begin() as tx:
        tx.rulesets.put("rules-1", "engine-1", {"a.yaml": "when: …"}, NOON)
        alert = rung(tx)
        [claimed] = tx.messages.claim(NOON, "run")
        sent(tx, claimed.message.id)
        tx.seals.seal(NOON)
        tx.articles.put(article(title="<script>Nine"), now=NOON + HOUR, page=page(b"second"))
        tx.seals.seal(NOON + HOUR)
    move_records(store, tmp_path / "archive", NOON)
    return alert


@pytest.fixture
def bundle(store, alert, tmp_path):
    target = tmp_path / "evidence.zip"
    export(store, tmp_path / "archive", alert, target, NOON + DAY)
    return target


def rewritten(bundle, change):
    """Return a copy in which a hand changed the members (name → bytes)."""
    with zipfile.ZipFile(bundle) as old:
        members = {name: old.read(name) for name in old.namelist()}
    change(members)
    copy = bundle.with_name("forged.zip")
    with zipfile.ZipFile(copy, "w") as new:
        for name, data in members.items():
            new.writestr(name, data)
    return copy


def fix_manifest(members, name):
    """Make the manifest agree with a changed member, as a clever hand would."""
    import hashlib

    manifest = json.loads(members["manifest.json"])
    manifest["members"][name]["sha256"] = hashlib.sha256(members[name]).hexdigest()
    members["manifest.json"] = json.dumps(manifest).encode()


def test_a_bundle_verifies_offline(bundle, alert, store):
    found = verify(bundle)
    with store.read() as tx:
        newest = tx.seals.newest().hash

    assert (found.alert, found.faults, found.withheld) == (alert, (), ())
    assert found.newest_seal == newest
    assert stat.S_IMODE(bundle.stat().st_mode) == 0o600


def test_it_holds_all_that_the_alert_rests_on(bundle):
    with zipfile.ZipFile(bundle) as file:
        names = file.namelist()
        first = file.read("READ-ME-FIRST.html").decode()

    assert names[0] == "READ-ME-FIRST.html"
    assert sorted(names[1:]) == [
        "alert.json",
        "articles/01/article.json",
        "articles/01/version-1.json",
        "articles/01/version-1.warc.gz",
        "articles/01/version-2.json",
        "articles/01/version-2.warc.gz",
        "ledger.json",
        "manifest.json",
        "messages.json",
        "rules/rules-1.json",
        "seals.json",
    ]
    assert "Ten councillors change sides" in first
    assert "&lt;script&gt;Nine" in first
    assert "<script>" not in first
    assert "What we cannot know" in first


def test_every_altered_member_is_named(bundle):
    with zipfile.ZipFile(bundle) as file:
        names = [name for name in file.namelist() if name != "manifest.json"]
    for name in names:
        forged = rewritten(bundle, lambda members, name=name: members.update({name: members[name] + b" "}))

        assert f"{name} was altered" in verify(forged).faults


def test_a_missing_or_added_member_is_named(bundle):
    assert verify(rewritten(bundle, lambda members: members.pop("alert.json"))).faults == (
        "alert.json is missing",
    )
    assert verify(rewritten(bundle, lambda members: members.update({"x": b""}))).faults == (
        "x is not in the manifest",
    )


def test_a_text_forged_with_its_manifest_does_not_fit_its_digest(bundle):
    name = "articles/01/version-1.json"

    def forge(members):
        members[name] = members[name].replace(b"change sides", b"stay loyal")
        fix_manifest(members, name)

    assert verify(rewritten(bundle, forge)).faults == (f"{name} is not the text that was seen",)


def test_an_answer_forged_with_its_manifest_is_not_in_the_ledger(bundle):
    name = "articles/01/version-1.warc.gz"

    def forge(members):
        members[name] = members["articles/01/version-2.warc.gz"]
        fix_manifest(members, name)

    assert verify(rewritten(bundle, forge)).faults == (
        f"{name} is not the answer that was entered in the ledger",
    )


def test_a_forged_ledger_does_not_fit_its_seal(bundle):
    def forge(members):
        entries = json.loads(members["ledger.json"])
        entries[0]["digest"] = "f" * 64
        members["ledger.json"] = json.dumps(entries).encode()
        fix_manifest(members, "ledger.json")

    assert any("in ledger.json was altered" in fault for fault in verify(rewritten(bundle, forge)).faults)


def test_a_forged_seal_breaks_the_chain(bundle):
    def forge(members):
        seals = json.loads(members["seals.json"])
        seals[0]["root"] = "f" * 64
        members["seals.json"] = json.dumps(seals).encode()
        fix_manifest(members, "seals.json")

    faults = verify(rewritten(bundle, forge)).faults
    assert any("seal 1 in seals.json" in fault for fault in faults)
    assert any("is not under its seal" in fault for fault in faults)


def test_what_is_withheld_keeps_its_digest(store, alert, tmp_path):
    target = tmp_path / "redacted.zip"
    folder = tmp_path / "archive"
    secret = ("articles/01/version-1.json", "articles/01/version-1.warc.gz", "messages.json")
    export(store, folder, alert, target, NOON, withhold=lambda name: name in secret)
    found = verify(target)
    with zipfile.ZipFile(target) as file:
        first = file.read("READ-ME-FIRST.html").decode()

    assert found.faults == ()
    assert found.withheld == secret
    assert "Ten councillors change sides" not in first
    assert "withheld or was erased" in first


def test_a_pruned_answer_is_said_to_be_given_up(store, alert, tmp_path):
    with store.begin() as tx:
        tx.responses.prune([tx.responses.of("rfa:one")[0].id], NOON)
    target = tmp_path / "pruned.zip"
    export(store, tmp_path / "archive", alert, target, NOON)
    with zipfile.ZipFile(target) as file:
        [first, _] = json.loads(file.read("articles/01/article.json"))["versions"]

    assert verify(target).faults == ()
    assert first["given_up_at"] == "2026-11-21T12:00:00Z"


def test_nothing_is_overwritten_and_nothing_unknown_exported(store, alert, bundle, tmp_path):
    with pytest.raises(ArchiveError, match="File exists"):
        export(store, tmp_path / "archive", alert, bundle, NOON)
    with pytest.raises(InputError, match="no alert A-0000"):
        export(store, tmp_path / "archive", "A-0000", tmp_path / "x.zip", NOON)


def test_altered_evidence_is_not_exported(store, alert, tmp_path):
    [path] = (tmp_path / "archive").iterdir()
    path.write_bytes(path.read_bytes().replace(b"\x1f\x8b", b"\x1f\x8c"))

    with pytest.raises(ArchiveError, match="does not fit its digest"):
        export(store, tmp_path / "archive", alert, tmp_path / "x.zip", NOON)


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_bundle_is_told(tmp_path, content):
    path = tmp_path / "x.zip"
    path.write_bytes(content)

    with pytest.raises(ArchiveError, match="is no bundle"):
        verify(path)
