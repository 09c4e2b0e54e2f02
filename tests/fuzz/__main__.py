"""``python -m tests.fuzz READER --minutes M``: fuzz at length, print what was found, keep the cases."""

from __future__ import annotations

import argparse
import sys

from tests.fuzz.readers import READERS
from tests.fuzz.run import fuzz, save


def main() -> int:
    """Run one reader's fuzzer; 1 if something broke."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("reader", choices=sorted(READERS))
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=0)
    told = parser.parse_args()
    report = fuzz(READERS[told.reader], seconds=told.minutes * 60, seed=told.seed)
    print(
        f"{told.reader}: {report.inputs} inputs, {report.kept} reached new lines, {report.lines} lines seen"
    )
    for place, (body, trace) in report.failures.items():
        print(f"\n{place}: {save(told.reader, body)}\n{trace}")
    return 1 if report.failures else 0


if __name__ == "__main__":
    sys.exit(main())
