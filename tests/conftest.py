"""What holds for every test."""

from __future__ import annotations


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a case of raw bytes by its argument: compressed bytes hold the hour, and workers must agree on names."""
    return argname if isinstance(val, bytes) and not val.isascii() else None
