"""trafilatura's reading of a page, had from a process that can be killed.

One worker per program, started at the first page that needs it, used for one
page at a time, replaced when it dies or takes longer than it may.
"""

from __future__ import annotations

import atexit
import json
import os
import selectors
import struct
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import crawler

#: Seconds that one page may take; the slowest real page known took 1.2.
TIMEOUT = 15.0
#: Characters of markup beyond which a page is not handed over.
LONGEST = 12_000_000
_LENGTH = struct.Struct(">I")
_PAGES_PER_WORKER = 500


@dataclass(frozen=True, slots=True)
class Extracted:
    """What trafilatura found; ``error`` says why it found nothing, if it failed.

    ``blocks`` is its ordinary reading, ``strict`` the one that rather leaves out than takes too much.
    """

    blocks: tuple[tuple[str, str], ...] = ()
    strict: tuple[tuple[str, str], ...] = ()
    comments: tuple[tuple[str, str], ...] = ()
    title: str = ""
    author: str = ""
    date: str = ""
    error: str = ""


class Extractor:
    """Hands pages to the worker; safe to call from several threads."""

    def __init__(self, timeout: float = TIMEOUT) -> None:
        self._timeout = timeout
        self._lock = threading.Lock()
        self._worker: subprocess.Popen[bytes] | None = None
        self._pages = 0

    def extract(self, markup: str, url: str | None) -> Extracted:
        """Return the worker's answer; never raises for what is in the page."""
        if len(markup) > LONGEST:
            return Extracted(error="the page is too long for the fallback")
        request = json.dumps({"markup": markup, "url": url}).encode("ascii", "replace")
        with self._lock:
            try:
                answer = self._ask(_LENGTH.pack(len(request)) + request)
            except (OSError, ValueError, TimeoutError) as error:
                self._stop()
                return Extracted(error=f"the extraction worker failed: {error}")
            self._pages += 1
            if self._pages >= _PAGES_PER_WORKER:
                self._stop()
        return _read_answer(answer)

    def close(self) -> None:
        """End the worker."""
        with self._lock:
            self._stop()

    def _ask(self, request: bytes) -> dict[str, Any]:
        worker = self._running()
        if worker.stdin is None or worker.stdout is None:
            raise OSError("the worker has no pipes")
        deadline = time.monotonic() + self._timeout
        writer = threading.Thread(target=_write, args=(worker, request), daemon=True)
        writer.start()
        (length,) = _LENGTH.unpack(_read(worker, _LENGTH.size, deadline))
        answer = json.loads(_read(worker, length, deadline))
        writer.join(1)
        if not isinstance(answer, dict):
            raise ValueError("the worker's answer is no object")
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._worker is not None and self._worker.poll() is not None:
            self._stop()
        if self._worker is None:
            home = str(Path(crawler.__file__).parent.parent)
            path = os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH", ""))))
            self._worker = subprocess.Popen(
                [sys.executable, "-m", "crawler.sites.extract_worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path},
                start_new_session=True,
            )
            self._pages = 0
        return self._worker

    def _stop(self) -> None:
        worker, self._worker = self._worker, None
        if worker is None:
            return
        worker.kill()
        worker.wait()
        for pipe in (worker.stdin, worker.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue


def _write(worker: subprocess.Popen[bytes], request: bytes) -> None:
    try:
        if worker.stdin is not None:
            worker.stdin.write(request)
            worker.stdin.flush()
    except (OSError, ValueError):
        return  # the worker died or was stopped: the reading side says so


def _read(worker: subprocess.Popen[bytes], length: int, deadline: float) -> bytes:
    if worker.stdout is None:
        raise OSError("the worker has no output")
    parts = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(worker.stdout, selectors.EVENT_READ)
        while len(parts) < length:
            if not selector.select(max(0.0, deadline - time.monotonic())):
                raise TimeoutError("it took too long")
            piece = os.read(worker.stdout.fileno(), min(1 << 16, length - len(parts)))
            if not piece:
                raise OSError("it ended (out of memory?)")
            parts += piece
    return bytes(parts)


def _read_answer(answer: dict[str, Any]) -> Extracted:
    def blocks(name: str) -> tuple[tuple[str, str], ...]:
        return tuple((str(kind), str(text)) for kind, text in answer.get(name) or ())

    texts = {name: str(answer.get(name) or "") for name in ("title", "author", "date", "error")}
    return Extracted(blocks=blocks("blocks"), strict=blocks("strict"), comments=blocks("comments"), **texts)


#: The program's extractor.
EXTRACTOR = Extractor()
atexit.register(EXTRACTOR.close)
