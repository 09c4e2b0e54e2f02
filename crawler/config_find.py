"""Where the configuration file is; kept apart so that verbs which need none start without its machinery."""

from __future__ import annotations

import os
from pathlib import Path

from state.errors import ConfigError

NAME = "tocsin.toml"


def find(named: Path | None = None) -> Path:
    """Return the configuration file that applies.

    Raises:
        ConfigError: There is none.
    """
    path = find_if_any(named)
    if path is None:
        raise ConfigError(
            f"no configuration found: looked for TOCSIN_CONFIG and {', '.join(str(p) for p in _places())}",
            hint="`tocsin init` writes one, `tocsin demo` needs none",
        )
    return path


def find_if_any(named: Path | None = None) -> Path | None:
    """Return the configuration file that applies, None if none was named and none is found.

    Raises:
        ConfigError: The one that was named does not exist.
    """
    if named is not None:
        return _existing(named, "--config")
    if variable := os.environ.get("TOCSIN_CONFIG"):
        return _existing(Path(variable), "TOCSIN_CONFIG")
    return next((path.absolute() for path in _places() if path.is_file()), None)


def _places() -> list[Path]:
    home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return [Path(NAME), home / "tocsin" / NAME, Path("/etc/tocsin") / NAME]


def _existing(path: Path, told_by: str) -> Path:
    if not path.is_file():
        raise ConfigError(f"{told_by} names {path}, and there is no such file")
    return path.absolute()
