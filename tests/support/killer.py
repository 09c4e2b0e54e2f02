"""Run the real command and kill it (SIGKILL) before or after the n-th call of a named function.

The product has no switch for this: the function is wrapped from outside before
the command starts.  ``crawler.pipeline:ingest`` names a function,
``state.store.messages:Messages.settle`` a method.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Kill:
    """Where to kill: at the ``nth`` call (from 1) of ``target``, before it begins or after it ended."""

    target: str
    when: Literal["before", "after"]
    nth: int = 1

    def __str__(self) -> str:
        return f"{self.when} call {self.nth} of {self.target.rpartition(':')[2]}"


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment in which the command finds this checkout and no configuration but its own."""
    kept = {name: value for name, value in os.environ.items() if name != "TOCSIN_CONFIG"}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONFAULTHANDLER": "1"} | dict(extra or {})


def start(arguments: Sequence[str], *, cwd: Path, kill: Kill | None = None) -> subprocess.Popen[str]:
    """Start ``tocsin ARGUMENTS`` in a folder, armed if ``kill`` is given."""
    if kill is None:
        command = [sys.executable, "-c", "from crawler.cli import main; main()"]
    else:
        command = [sys.executable, "-m", "tests.support.killer", kill.target, kill.when, str(kill.nth)]
    return subprocess.Popen(
        [*command, *arguments],
        cwd=cwd,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(
    arguments: Sequence[str], *, cwd: Path, kill: Kill | None = None, timeout: float = 90
) -> subprocess.CompletedProcess[str]:
    """Run the command to its end, or to its death."""
    with start(arguments, cwd=cwd, kill=kill) as process:
        try:
            out, err = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            raise AssertionError(f"{arguments} did not end in {timeout} s:\n{out}\n{err}") from None
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def arm(kill: Kill) -> None:
    """Wrap the function that ``kill`` names; raises if there is none."""
    module_name, _, path = kill.target.partition(":")
    owner: Any = importlib.import_module(module_name)
    *parents, name = path.split(".")
    for parent in parents:
        owner = getattr(owner, parent)
    setattr(owner, name, _wrapped(getattr(owner, name), kill))


def _wrapped(function: Callable[..., Any], kill: Kill) -> Callable[..., Any]:
    calls = 0

    def die_if(when: str) -> None:
        if kill.when == when and calls == kill.nth:
            os.kill(os.getpid(), signal.SIGKILL)

    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def awaited(*args: Any, **kwargs: Any) -> Any:
            nonlocal calls
            calls += 1
            die_if("before")
            result = await function(*args, **kwargs)
            die_if("after")
            return result

        return awaited

    @functools.wraps(function)
    def called(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        die_if("before")
        result = function(*args, **kwargs)
        die_if("after")
        return result

    return called


if __name__ == "__main__":
    target, when, nth, *arguments = sys.argv[1:]
    arm(Kill(target, when, int(nth)))  # type: ignore[arg-type]
    sys.argv = ["tocsin", *arguments]
    from crawler.cli import main

    main()
