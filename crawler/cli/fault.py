"""The report of a fault of our own: where in the code, never what was being read."""

from __future__ import annotations

import platform
import sys
import traceback
from importlib.metadata import PackageNotFoundError, version


def describe(error: BaseException) -> str:
    """Return the report: versions, then per error of the chain its type and the lines of code it passed.

    Messages and values are left out: they may hold secrets or article text.
    """
    lines = [
        f"tocsin {installed_version()}, Python {platform.python_version()}, {platform.system()} {platform.machine()}",
        f"verb: {_verb()}",
        "",
    ]
    link: BaseException | None = error
    while link is not None:
        lines.append(f"{type(link).__module__}.{type(link).__qualname__} (its message is left out)")
        lines += [
            f"  {frame.filename}:{frame.lineno} in {frame.name}\n    {frame.line}"
            for frame in traceback.extract_tb(link.__traceback__)
        ]
        link = link.__cause__ or link.__context__
        if link is not None:
            lines.append("which came from")
    return "\n".join(lines) + "\n"


def installed_version() -> str:
    """Return the version of the installed distribution, or that there is none."""
    try:
        return version("tocsin")
    except PackageNotFoundError:
        return "(not installed)"


def _verb() -> str:
    """Return the leading plain words of the command line: the verb, without addresses or options."""
    words = [word for word in sys.argv[1:3] if word.isalpha()]
    return " ".join(words) or "(none)"
