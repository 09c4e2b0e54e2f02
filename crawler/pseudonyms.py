"""Forum names replaced in what leaves the house: the same name is the same pseudonym, on one installation."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from dataclasses import replace
from pathlib import Path

from state.article import Article

_KEY_FILE = "pseudonym.key"
_FORUMS = ("invision", "phpbb", "discourse", "xenforo", "vbulletin")


class Pseudonyms:
    """Replaces user names by ones keyed with a secret that stays on this installation."""

    def __init__(self, folder: Path) -> None:
        self._key = _key(folder / _KEY_FILE)

    def name(self, name: str) -> str:
        """Return ``user-3f2a91`` for a name, always the same."""
        digest = hmac.new(self._key, name.encode(), hashlib.sha256).hexdigest()
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
    try:
        return bytes.fromhex(path.read_text("ascii").strip())
    except FileNotFoundError:
        key = secrets.token_bytes(32)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(key.hex() + "\n")
        return key
