"""Secrets stand outside the configuration: ``env:NAME`` or ``file:PATH``, read when they are needed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawler.settings import Settings
from state.errors import ConfigError

_MAX_BYTES = 16_384


def resolve(value: str, *, base_dir: Path, what: str) -> str:
    """Return the secret that a value names, or the value itself if it names none.

    Args:
        value: ``env:NAME``, ``file:PATH`` (relative to ``base_dir``) or the literal.
        base_dir: Folder of the configuration file.
        what: The key it stands under, for the error.

    Raises:
        ConfigError: The variable is not set, or the file cannot be read or is empty.
    """
    if value.startswith("env:"):
        name = value.removeprefix("env:")
        if found := os.environ.get(name, "").strip():
            return found
        raise ConfigError(
            f"{what}: the environment variable {name} is not set", hint=f"export {name}=…, then try again"
        )
    if value.startswith("file:"):
        return _from_file(base_dir / value.removeprefix("file:").removeprefix("//"), what)
    return value


def _from_file(path: Path, what: str) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            found = file.read(_MAX_BYTES).strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise ConfigError(
            f"{what}: cannot read the file {path}: {reason}",
            hint="write the secret into it, readable by you alone (chmod 600)",
        ) from None
    if not found:
        raise ConfigError(f"{what}: the file {path} is empty", hint="write the secret into it")
    return found


def mask(value: str) -> str:
    """Return a value fit to be shown: where a secret is kept is told, the secret never."""
    if value.startswith(("env:", "file:")):
        return value
    scheme = value.split("://", 1)[0] if "://" in value else ""
    return f"{scheme}://***" if scheme else "***"


def mask_login(url: str) -> str:
    """Return an address without the password it may carry."""
    try:
        parts = urlsplit(url)
        hidden = parts.password is not None or ("@" in parts.netloc and parts.username is not None)
    except ValueError:
        return "***"
    if not hidden:
        return url
    return parts._replace(netloc=f"***@{parts.netloc.rpartition('@')[2]}").geturl()


def unresolved(settings: Settings, base_dir: Path) -> list[str]:
    """Return one line for each secret that the configuration names and that is not there."""
    named = [(f"channels.{name}.url", channel.url) for name, channel in settings.channels.items()]
    named += [(f"channels.{n}.secret", c.secret) for n, c in settings.channels.items() if c.secret]
    missing = []
    for what, value in named:
        try:
            resolve(value, base_dir=base_dir, what=what)
        except ConfigError as error:
            missing.append(f"{error.problem}; {error.hint}")
    return missing


def all_of(settings: Settings, base_dir: Path) -> list[str]:
    """Return every secret that is there, for a log that must not tell them."""
    named = [
        value for channel in settings.channels.values() for value in (channel.url, channel.secret) if value
    ]
    named += [settings.heartbeat.url] if settings.heartbeat.url else []
    found = []
    for value in named:
        try:
            found.append(resolve(value, base_dir=base_dir, what="secret"))
        except ConfigError:
            continue
    return found


def masked(values: dict[str, Any]) -> dict[str, Any]:
    """Return dumped settings in which no secret stands: channel addresses, keys, logins in addresses."""
    shown = {key: _without_logins(value) for key, value in values.items()}
    shown["channels"] = {
        name: {
            key: mask(value) if key in ("url", "secret") and isinstance(value, str) else value
            for key, value in channel.items()
        }
        for name, channel in shown.get("channels", {}).items()
    }
    heartbeat = shown.get("heartbeat", {})
    if heartbeat.get("url"):
        shown["heartbeat"] = heartbeat | {"url": mask(heartbeat["url"])}
    return shown


def _without_logins(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_logins(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_logins(item) for item in value]
    return mask_login(value) if isinstance(value, str) and "://" in value else value
