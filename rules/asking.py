"""One article being asked by one rule after the other."""

from __future__ import annotations

from typing import Literal

from rules.condition import Field
from rules.engine import Engine, Prepared
from rules.evaluate import Hit
from rules.haystack import Haystack
from rules.view import Raw, RuleView
from state.article import Article

Replies = Literal["digest", "ring"]
_COMMENT: frozenset[Field] = frozenset({"comment"})


class Asking:
    """The article folded and scanned once; what each rule sees of it.

    Args:
        article: What to read.
        engine: The rules made ready.
        replies: ``ring``: each comment counts as body.
    """

    def __init__(self, article: Article, engine: Engine, replies: Replies = "digest") -> None:
        self.haystack = Haystack(article)
        self._engine = engine
        self._finds = engine.scan(self.haystack.text)
        self._replies = replies
        self._raw: Raw | None = None
        self._has_comments = bool(article.comments)

    def candidates(self) -> list[int]:
        """Return the numbers of the rules that may match, in order."""
        return self._engine.candidates({find[0] for find in self._finds})

    def found(self, prepared: Prepared) -> tuple[RuleView, list[Hit], Literal["", "comment"]] | None:
        """Return what a rule saw, the finds that satisfy it, and whether only comments made them do so."""
        view = self.view(prepared)
        hits = prepared.root.find(view)
        if hits is not None:
            return view, hits, ""
        if not self._has_comments or "comment" in self._scopes(prepared):
            return None
        view = self.view(prepared, comments=True)
        hits = prepared.root.find(view)
        return None if hits is None else (view, hits, "comment")

    def view(self, prepared: Prepared, *, comments: bool = False) -> RuleView:
        """Return what a rule sees, with comments on request."""
        scopes = self._scopes(prepared)
        return RuleView(
            self.haystack,
            self._engine,
            prepared,
            self._raw_finds(),
            scopes | _COMMENT if comments else scopes,
        )

    def _scopes(self, prepared: Prepared) -> frozenset[Field]:
        return prepared.scopes | _COMMENT if self._replies == "ring" else prepared.scopes

    def _raw_finds(self) -> Raw:
        if self._raw is None:
            self._raw = {}
            for needle, start, _ in self._finds:
                self._raw.setdefault(needle, []).append(start)
        return self._raw
