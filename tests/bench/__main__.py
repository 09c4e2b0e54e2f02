"""``make bench``: run every benchmark, print the table, write bench.json.

A benchmark is a module ``tests/bench/bench_*.py`` with ``run() -> list[dict]``;
each row has name, value, unit, against, ratio, bar and ok.  Every ratio is
measured against its floor or peer in the same run, so the table means the same
on any machine.
"""

import importlib
import json
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main(wanted: list[str]) -> int:
    rows = []
    for path in sorted(HERE.glob("bench_*.py")):
        if wanted and path.stem.removeprefix("bench_") not in wanted:
            continue
        print(f"measuring {path.stem.removeprefix('bench_')} …", file=sys.stderr, flush=True)
        rows += importlib.import_module(f"tests.bench.{path.stem}").run()
    for row in rows:
        bar = f"bar {row['bar']:g}" if row.get("bar") is not None else "no bar"
        ok = "ok" if row.get("ok") else "OVER"
        ratio = f"{row['ratio']:.2f} x" if row.get("ratio") is not None else "-"
        print(
            f"{row['name']:<48} {row['value']:>12.4g} {row['unit']:<10} {ratio:>10} {row['against']:<36} {bar:<9} {ok}"
        )
    Path("bench.json").write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return 0 if all(row.get("ok", True) for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
