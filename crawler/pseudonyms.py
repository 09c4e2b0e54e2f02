"""Forum names replaced in what leaves the house: the same name is the same pseudonym, on one installation."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from state.article import Article
from state.errors import InputError

_KEY_FILE = "pseudonym.key"
_LENGTH = 32
_FORUMS = ("invision", "phpbb", "discourse", "xenforo", "vbulletin")


class Pseudonyms:
    """Replaces user names by ones keyed with a secret that stays on this installation."""

    def __init__(self, folder: Path) -> None:
        self._key = _key(folder / _KEY_FILE)

    def name(self, name: str) -> str:
        """Return ``user-3f2a91`` for a name, always the same."""
        digest = hmac.new(self._key, name.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
        return f"user-{digest[:6]}"

    def hide(self, article: Article) -> Article:
        """Return the article without names of forum users and commenters; bylines of publishers stay."""
        comments = tuple(
            replace(comment, author=self.name(comment.author)) if comment.author else comment
            for comment in article.comments
        )
        byline = tuple(map(self.name, article.byline)) if article.site in _FORUMS else article.byline
        return replace(article, comments=comments, byline=byline)


def _key(path: Path) -> bytes:
    """Return the secret; with half of one, or none, names could be found out again by trying.

    Raises:
        InputError: The file holds something else.
    """
    if not path.exists():
        _make(path)
    try:
        key = bytes.fromhex(path.read_text("ascii").strip())
    except ValueError:
        key = b""
    if len(key) != _LENGTH:
        raise InputError(
            f"{path} holds no whole key: no name can be hidden with it",
            hint="put it back from a backup, or delete it: names then get other pseudonyms than before",
        )
    return key


def _make(path: Path) -> None:
    """Put a key there that is whole from its first moment; where another process was faster, its key stays."""
    descriptor, draft = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        with open(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(_LENGTH) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        Path(draft).unlink(missing_ok=True)
