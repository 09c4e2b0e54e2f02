"""A kill at any instant loses nothing; what is said again is said in the same words under the same id."""

import json
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from state.records import MessageState, PromiseState
from state.store import Store
from state.store.audit import audit
from tests.state.store.desk_worker import STEPS

ROOT = Path(__file__).parents[3]


class Desk:
    """A database, a sink for what was sent, and processes that work on both."""

    def __init__(self, folder, articles):
        self.url = f"sqlite:///{folder}/state.db"
        self.sink = folder / "sent.jsonl"
        self.articles = articles

    def start(self, *where):
        command = [sys.executable, "-m", "tests.state.store.desk_worker", self.url, str(self.sink)]
        return subprocess.Popen([*command, str(self.articles), *map(str, where)], cwd=ROOT)

    def sent(self):
        return [json.loads(line) for line in self.sink.read_text().splitlines()] if self.sink.exists() else []

    def assert_nothing_was_lost(self, kills):
        sent = self.sent()
        heard = {(one["channel"], notice) for one in sent for notice in one["told"]}
        texts = {one["id"]: one["text"] for one in sent}
        store = Store.open(self.url)
        with store.read() as tx:
            alerts = tx.alerts.list(limit=1000)
            promised = [promise for alert in alerts for promise in tx.promises.of(alert.id)]
            assert len(alerts) == self.articles
            assert {promise.state for promise in promised} == {PromiseState.SENT}
            assert {one.state for one in tx.messages.list(limit=1000)} == {MessageState.SENT}
            assert heard == {(one.channel, f"{one.alert}/{one.notice}") for one in promised}
            assert audit(tx, channels=["desk", "mail"]).gaps == ()
            assert (
                tx.db.dialect != "sqlite"
                or tx.db.connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            )
        store.close()
        assert all(texts[one["id"]] == one["text"] for one in sent)
        assert sum(count - 1 for count in Counter(one["id"] for one in sent).values()) <= kills


def test_a_kill_at_each_step_loses_nothing(tmp_path):
    desk = Desk(tmp_path, articles=len(STEPS) + 1)
    for step in STEPS:
        assert desk.start(step, 2).wait(30) == -signal.SIGKILL
    assert desk.start().wait(60) == 0

    desk.assert_nothing_was_lost(kills=2)


@pytest.mark.long
def test_kills_at_any_instant_lose_nothing(tmp_path):
    chance = random.Random(4)
    desk = Desk(tmp_path, articles=500)
    kills = 0
    while kills < 40:
        before, process = len(desk.sent()), desk.start()
        while process.poll() is None and len(desk.sent()) < before + 2:
            time.sleep(0.01)
        time.sleep(chance.random() / 10)
        process.kill()
        if process.wait() == 0:
            break
        kills += 1
    assert desk.start().wait(120) == 0

    assert kills >= 20
    desk.assert_nothing_was_lost(kills)
