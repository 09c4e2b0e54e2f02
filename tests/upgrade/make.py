"""Write the database that this version leaves behind: ``python -m tests.upgrade.make tests/upgrade/0.1.0.db.gz``.

Run once for each release, and never again for it: later versions must open what
was really released.
"""

import gzip
import sys
import tempfile
from pathlib import Path

from state.records import Placement
from state.store import Store
from tests.state.store.made import HOUR, NOON, article, candidate, rung, sent


def fill(store):
    """Leave behind a little of everything."""
    with store.begin() as tx:
        tx.sources.upsert("example", {"every": "5m"})
        tx.sources.set_next("example", NOON)
        tx.frontier.add([candidate("rfa:waiting")], NOON)
        tx.rulesets.put("rules-1", "engine-1", {"a.yaml": "when: …"}, NOON)
        tx.silences.add({"source": "example"}, NOON, NOON + HOUR, by="dara")
        tx.blind.record("example", NOON, NOON + HOUR, "refused (403)")
        alert = rung(tx, "rfa:one", story="S-1")
        rung(tx, "rfa:two", story="S-2")
        tx.acknowledgements.add(alert, NOON, by="dara")
        tx.judgements.add(alert, "true", NOON, by="dara")
        [first] = tx.messages.claim(NOON, "run", limit=1)
        sent(tx, first.message.id)
        tx.articles.put(article(title="Nine councillors change sides"), now=NOON + HOUR)
        tx.stories.place("rfa:one", Placement("S-1", "original"), ["band-9"], now=NOON + HOUR)
        tx.search.index(2)
        tx.seals.seal(NOON)


def main(target):
    """Fill a database and write it, packed."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(f"sqlite:///{folder}/state.db")
        fill(store)
        store.backup(Path(folder) / "copy.db")
        store.close()
        Path(target).write_bytes(gzip.compress((Path(folder) / "copy.db").read_bytes(), 9, mtime=0))


if __name__ == "__main__":
    main(sys.argv[1])
