"""Rules at size: loaded from the cache, one changed of ten thousand, in scripts without spaces, and hostile ones.

Bars that are no ratio (seconds, megabytes) are given in the row's own unit.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from crawler import rulecache
from crawler.rulefiles import load_configured
from crawler.settings import Settings
from rules.compile import compile_rules, load_rules
from rules.rule import Rule
from tests.bench.bench_match import measured, row
from tests.bench.news_load import NewsLoad
from tests.bench.script_load import Script, ScriptLoad

ARTICLES = 60
_LOADED = """
import json, sys, time
from pathlib import Path
from crawler import rulecache
def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6
before, started = resident(), time.process_time()
with rulecache.uncollected():
    ruleset = rulecache.read(Path(sys.argv[1]), bytes(32))
took, held = time.process_time() - started, resident() - before
print(json.dumps([took, held, len(ruleset.rules)]))
"""


def run() -> list[dict[str, Any]]:
    """Return the rows of the table."""
    return [*_loaded(100_000), *_changed(10_000), *_scripts(), *_hostile()]


def _loaded(size: int) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as name:
        with rulecache.uncollected():
            rulecache.write(Path(name), bytes(32), compile_rules(NewsLoad().rules(size)))
        done = subprocess.run(
            [sys.executable, "-c", _LOADED, name], check=True, capture_output=True, text=True
        )
    took, held, rules = json.loads(done.stdout)
    assert rules == size
    return [
        _plain(f"load {size:,} rules from the cache", took, "s CPU", 2),
        _plain(f"memory of {size:,} rules", held, "MB", 300),
    ]


def _changed(size: int) -> list[dict[str, Any]]:
    settings = Settings.model_validate({"rules": {"packs": [], "files": ["*.yaml"]}})
    with tempfile.TemporaryDirectory() as name:
        folder, file = Path(name), Path(name) / "all.yaml"
        text = "---\n".join(map(_as_yaml, NewsLoad().rules(size)))
        file.write_text(text)
        load_configured(settings, folder, keep=False)
        took = []
        for _ in range(5):
            text = text.replace("severity: medium", "severity: low", 1)
            file.write_text(text)
            started = time.process_time()
            load_configured(settings, folder, keep=False)
            took.append(time.process_time() - started)
    return [_plain(f"one changed of {size:,} rules in force", min(took), "s CPU", 1)]


def _scripts() -> list[dict[str, Any]]:
    rows = []
    scripts: tuple[Script, ...] = ("km", "th", "zh")
    for script in scripts:
        load = ScriptLoad(script)
        articles = load.articles(ARTICLES)
        for size, bar in ((1_000, 1.5), (100_000, 2.5)):
            cost, floor, _ = measured(articles, compile_rules(load.rules(size)))
            name = f"match, {size:,} rules, {script}"
            rows.append(row(name, cost, "µs/article", "fold + automaton scan", floor, bar))
    return rows


def _hostile() -> list[dict[str, Any]]:
    """Return how many hostile rules are let in beside good ones: they would slow down all others."""
    bad = "---\n".join(_HOSTILE.format(number=number) for number in range(100))
    common = load_rules([("bad.yaml", bad.encode())])
    worse = load_rules([("worse.yaml", _REFUSED.encode())])
    return [
        _plain("of 100 rules of common words let in", len(common.ruleset.rules), "rules", 0),
        _plain("rules without an anchor or linear time let in", len(worse.ruleset.rules), "rules", 0),
    ]


_HOSTILE = """\
id: bad{number}
terms: {{a: [the, of, and], b: [government, party, said], c: [year, week, month]}}
when: 2 OF (a NEAR/{number} b, b NEAR/5 c, (a AND 2 OF (b, c)) IN sentence)
"""
_REFUSED = r"""
id: lookahead
query: /(?=x)the/
---
id: nothing
query: /(a*)*/
---
id: huge
query: /((x{500}){500}){500}/
---
id: unanchored
query: /[a-z]+[0-9]+/
---
id: absent
query: NOT the
"""


def _as_yaml(rule: Rule) -> str:
    groups = {name: [term.label for term in terms] for name, terms in rule.terms.items()}
    lines = [f"  {name}: {json.dumps(labels)}" for name, labels in groups.items()]
    return "\n".join([f"id: {rule.id}", "severity: medium", "terms:", *lines, f"when: {rule.written}", ""])


def _plain(name: str, value: float, unit: str, bar: float) -> dict[str, Any]:
    made = row(name, value, unit, "a bar in its own unit", None, bar)
    return made | {"ok": value <= bar}
