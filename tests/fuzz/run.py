"""A fuzzer led by coverage: an input that reaches lines of ours not seen before is mutated further.

``python -m tests.fuzz html --minutes 10`` runs one at length; what breaks a
reader is written to ``tests/fuzz/cases/`` and read by the tests from then on.
"""

from __future__ import annotations

import hashlib
import random
import signal
import time
import traceback
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from tests.fuzz.lines import Lines
from tests.fuzz.mutate import mutated
from tests.fuzz.readers import Reader

CASES = Path(__file__).parent / "cases"
#: CPU seconds that one input of at most 10,000 bytes may take.
MOST_CPU = 10.0
_LARGEST_CORPUS = 2000


class SlowError(Exception):
    """An input took more CPU time than any may."""


@dataclass(slots=True)
class Report:
    """What a run did; ``failures`` are inputs with the defect that each showed."""

    inputs: int = 0
    kept: int = 0
    lines: int = 0
    failures: dict[str, tuple[bytes, str]] = field(default_factory=dict)


def fuzz(reader: Reader, *, inputs: int = 0, seconds: float = 0.0, seed: int = 0, traced: int = 1) -> Report:
    """Read mutated inputs until their number, or the time, is used up; one in ``traced`` is watched line by line."""
    source, lines, report = random.Random(seed), Lines(), Report()
    corpus = list(reader.seeds)
    for body in corpus:
        _try(reader, body, lines, report)
    report.lines = lines.seen
    end = time.monotonic() + seconds
    while report.inputs < inputs or time.monotonic() < end:
        body = mutated(source, corpus)
        report.inputs += 1
        if _try(reader, body, lines if report.inputs % traced == 0 else None, report):
            report.kept += 1
            corpus.append(body)
            del corpus[len(reader.seeds) : len(corpus) - _LARGEST_CORPUS]
    report.lines = lines.seen
    return report


def _try(reader: Reader, body: bytes, lines: Lines | None, report: Report) -> bool:
    try:
        with lines or nullcontext():
            limited(reader, body)
    except Exception as error:  # whatever a reader lets out is what we look for
        frames = [
            frame for frame in traceback.extract_tb(error.__traceback__) if "/fuzz/" not in frame.filename
        ]
        place = (
            f"{type(error).__name__} {frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}"
            if frames
            else ""
        )
        report.failures.setdefault(place or repr(error), (body, traceback.format_exc(limit=-6)))
    return lines is not None and lines.fresh > 0


def limited(reader: Reader, body: bytes) -> None:
    """Read one input.

    Raises:
        SlowError: It takes too long.
    """
    before = signal.signal(signal.SIGPROF, _slow)
    signal.setitimer(signal.ITIMER_PROF, MOST_CPU)
    try:
        reader.read(body)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _slow(number: int, frame: FrameType | None) -> None:
    raise SlowError(f"an input took more than {MOST_CPU:.0f} s of CPU time")


def save(name: str, body: bytes) -> Path:
    """Write an input that broke a reader to where the tests find it."""
    path = CASES / f"{name}-{hashlib.sha256(body).hexdigest()[:8]}"
    path.write_bytes(body)
    return path
