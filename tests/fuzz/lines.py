"""Which lines of our own packages run: what a fuzzer keeps an input for."""

from __future__ import annotations

import sys
from pathlib import Path
from types import CodeType, FrameType, TracebackType
from typing import Any

_HOME = Path(__file__).parents[2]
_OURS = tuple(f"{_HOME / name}/" for name in ("crawler", "state"))


class Lines:
    """A context in which lines are noted; ``fresh`` counts those never seen before.

    A function of which every line was seen is no longer traced: the longer one
    fuzzes, the less it costs.
    """

    def __init__(self) -> None:
        self.fresh = 0
        self.seen = 0
        self._left: dict[CodeType, set[int]] = {}

    def __enter__(self) -> Lines:
        self.fresh = 0
        sys.settrace(self._call)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        sys.settrace(None)

    def _call(self, frame: FrameType, event: str, arg: Any) -> Any:
        code = frame.f_code
        if code not in self._left:
            ours = code.co_filename.startswith(_OURS)
            self._left[code] = {line for _, _, line in code.co_lines() if line} if ours else set()
        return self._line if self._left[code] else None

    def _line(self, frame: FrameType, event: str, arg: Any) -> Any:
        left = self._left[frame.f_code]
        if frame.f_lineno in left:
            left.discard(frame.f_lineno)
            self.fresh += 1
            self.seen += 1
        return self._line if left else None
