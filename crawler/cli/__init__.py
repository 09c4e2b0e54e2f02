"""The ``tocsin`` command: one file per noun, each imported only when its verb is used."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

from crawler import stopping


def main() -> NoReturn:
    """Run the command line and leave with its exit code."""
    if "run" in sys.argv[1:]:
        stopping.note_early()
    _check_packages()
    from crawler.cli.entry import run

    sys.exit(run(sys.argv[1:]))


def _check_packages() -> None:
    """Stop if ``state`` or ``rules`` is somebody else's package: the names are common ones."""
    home = Path(__file__).resolve().parents[2]
    for name, own in (("state", "records.py"), ("rules", "__init__.py")):
        spec = find_spec(name)
        origin = Path(spec.origin).resolve() if spec and spec.origin else None
        if origin is None or origin.parent.parent != home or not (origin.parent / own).is_file():
            sys.exit(
                f"the package {name!r} found first ({origin or 'none'}) is not Tocsin's own ({home / name}).\n"
                "Tocsin is an application: install it into an environment of its own.\n"
                "Next: python3 -m venv tocsin-env && tocsin-env/bin/pip install ."
            )
