"""File patterns as the configuration writes them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


def expand(base_dir: Path, pattern: str) -> Iterator[Path]:
    """Yield the files that a pattern of ``[rules] files`` names, in order of their names."""
    path = Path(pattern).expanduser()
    folder, relative = (Path(path.anchor), path.relative_to(path.anchor)) if path.anchor else (base_dir, path)
    yield from sorted(found for found in folder.glob(str(relative)) if found.is_file())
