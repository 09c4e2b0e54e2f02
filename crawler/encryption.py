"""Backups that only the holder of a key can read: the age format (age-encryption.org), piece by piece."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pyrage

from state.errors import ArchiveError, ConfigError

_HEAD = b"age-encryption.org/v1"
_MOST_KEY = 64 << 10
_NEW_KEY = "`age-keygen -o key.txt` makes a key and prints its public part, which begins with age1"


def is_encrypted(path: Path) -> bool:
    """Tell whether a file is in the age format."""
    with path.open("rb") as file:
        return file.read(len(_HEAD)) == _HEAD


@contextmanager
def encrypting(target: IO[bytes], recipients: Sequence[str]) -> Iterator[IO[bytes]]:
    """Give a stream whose bytes reach ``target`` so that only the recipients can read them.

    Args:
        target: Where the encrypted bytes go.
        recipients: Public keys, ``age1…``.

    Raises:
        ConfigError: A recipient is no public key.
        OSError: The target refuses.
    """
    keys = [_recipient(text) for text in recipients]
    out, into = _pipe()
    work = _Beside(lambda: pyrage.encrypt_io(out, target, keys), out)
    try:
        yield into
    finally:
        _close(into)
        work.join()


@contextmanager
def decrypting(source: IO[bytes], identity: Path) -> Iterator[IO[bytes]]:
    """Give the plain bytes of an encrypted stream.

    Raises:
        ConfigError: The key file cannot be read or holds no key.
        ArchiveError: The key does not fit, or the stream was altered.
    """
    keys = _identities(identity)
    out, into = _pipe()
    work = _Beside(lambda: pyrage.decrypt_io(source, into, keys), into)
    try:
        yield out
    finally:
        out.close()
        work.join()


class _Beside:
    """Work in a thread of its own; what it raises is raised where it is joined."""

    def __init__(self, work: Callable[[], None], end: IO[bytes]) -> None:
        self._work, self._end = work, end
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="age", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._work()
        except Exception as error:  # raised again by join()
            self._error = error
        finally:
            _close(self._end)

    def join(self) -> None:
        self._thread.join()
        if isinstance(self._error, pyrage.DecryptError):
            raise ArchiveError(
                f"it cannot be decrypted: {self._error}", hint="give the key file that fits, with --identity"
            ) from self._error
        if self._error is not None and not isinstance(self._error, BrokenPipeError):
            raise self._error


def _pipe() -> tuple[IO[bytes], IO[bytes]]:
    reading, writing = os.pipe()
    return os.fdopen(reading, "rb"), os.fdopen(writing, "wb")


def _close(stream: IO[bytes]) -> None:
    try:
        stream.close()
    except BrokenPipeError:
        return  # who reads has given up, and says why


def _recipient(text: str) -> pyrage.x25519.Recipient:
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError as error:
        raise ConfigError(f'"{text}" is no public key of age: {error}', hint=_NEW_KEY) from error


def _identities(path: Path) -> list[pyrage.x25519.Identity]:
    try:
        with path.open(encoding="ascii") as file:
            lines = file.read(_MOST_KEY).splitlines()
        keys = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it holds no age key"
        raise ConfigError(f"cannot use the key file {path}: {reason}", hint=_NEW_KEY) from error
    if not keys:
        raise ConfigError(f"the key file {path} holds no key", hint=_NEW_KEY)
    return keys
