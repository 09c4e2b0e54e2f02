"""A process that stores articles which ring, and delivers them, until a step at which it kills itself.

``python -m tests.state.store.desk_worker URL SINK ARTICLES [STEP NTH]``
"""

import json
import os
import signal
import sys
from collections import Counter

from state.records import MessageState
from state.store import Store
from tests.state.store.made import DAY, NOON, receipt, rung

STEPS = ("ingesting", "ingested", "claiming", "claimed", "fixing", "fixed", "sent", "settling", "settled")


class Steps:
    """Counts the steps and dies at the one asked for."""

    def __init__(self, step=None, nth=0):
        self._deadly = (step, nth)
        self._seen = Counter()

    def __call__(self, step):
        self._seen[step] += 1
        if (step, self._seen[step]) == self._deadly:
            os.kill(os.getpid(), signal.SIGKILL)


def work(url, sink, articles, at):
    store = Store.open(url)
    with store.hold("run"):
        owner = "run"
        with store.begin() as tx:
            tx.messages.free_leases(owner)
        for number in range(articles):
            ingest(store, number, at)
            while deliver_one(store, sink, owner, at):
                pass
    store.close()


def ingest(store, number, at):
    with store.begin() as tx:
        if tx.articles.row(f"x:{number}") is None:
            rung(tx, f"x:{number}", story=f"S-{number}", channels=("desk", "mail"))
        at("ingesting")
    at("ingested")


def deliver_one(store, sink, owner, at):
    with store.begin() as tx:
        claims = tx.messages.claim(NOON + DAY, owner, limit=1)
        at("claiming")
    at("claimed")
    for claimed in claims:
        with store.begin() as tx:
            told = [f"{notice.alert}/{notice.number}" for notice in claimed.notices]
            text = f"{claimed.message.id} of {os.getpid()} tells {told}"
            message = tx.messages.fix(claimed.message.id, None, text, now=NOON)
            at("fixing")
        at("fixed")
        with open(sink, "a") as file:
            said = {"id": message.id, "channel": message.channel, "text": message.body, "told": told}
            file.write(json.dumps(said) + "\n")
            file.flush()
            os.fsync(file.fileno())
        at("sent")
        with store.begin() as tx:
            got = receipt(message.id, ok=True, channel=message.channel)
            tx.messages.settle(got, MessageState.SENT, now=NOON)
            at("settling")
        at("settled")
    return bool(claims)


if __name__ == "__main__":
    url, sink, articles, *where = sys.argv[1:]
    work(url, sink, int(articles), Steps(where[0], int(where[1])) if where else Steps())
