"""Names of forum users and commenters replaced: the same name is the same pseudonym, on one installation."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from state.article import Article
from state.errors import InputError
from state.records import Candidate

#: Name of the file with the key, beside the configuration.
KEY_FILE = "pseudonym.key"
_LENGTH = 32
FORUMS = ("invision", "phpbb", "discourse", "xenforo", "vbulletin")
_PSEUDONYM = re.compile(r"user-[0-9a-f]{6}")


class Pseudonyms:
    """Replaces user names by ones keyed with a secret that stays on this installation."""

    def __init__(self, folder: Path) -> None:
        self._key = _key(folder / KEY_FILE)

    def name(self, name: str) -> str:
        """Return ``user-3f2a91`` for a name, always the same; a pseudonym stays as it is."""
        if _PSEUDONYM.fullmatch(name):
            return name  # a stored reply comes by here again with each later page of its topic
        digest = hmac.new(self._key, name.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
        return f"user-{digest[:6]}"

    def hide(self, article: Article, *, is_forum: bool = False) -> Article:
        """Return the article without names of forum users and commenters; bylines of publishers stay.

        Names that stand in the words themselves ("as Marlow wrote") stay, too.
        ``is_forum`` tells that its source is a forum, whatever the article says.
        """
        comments = tuple(
            replace(comment, author=self.name(comment.author)) if comment.author else comment
            for comment in article.comments
        )
        byline = tuple(map(self.name, article.byline)) if is_forum or is_topic(article) else article.byline
        provenance = article.provenance
        if deleted := provenance.get("deleted"):
            provenance = {**provenance, "deleted": [self._deleted(item) for item in deleted]}
        return replace(article, comments=comments, byline=byline, provenance=provenance)

    def candidates(self, found: Iterable[Candidate], site: str) -> list[Candidate]:
        """Return addresses found on a source of this kind without the names of a forum's writers."""
        if site not in FORUMS:
            return list(found)
        return [replace(item, author=self.name(item.author)) if item.author else item for item in found]

    def _deleted(self, item: dict[str, Any]) -> dict[str, Any]:
        author = item.get("author")
        return item | {"author": self.name(author)} if author else item


def is_topic(article: Article) -> bool:
    """Tell whether an article is a forum's topic, whose author is a user and no reporter."""
    return article.site in FORUMS or "posts" in article.provenance


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
