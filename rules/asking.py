"""One article being asked by one rule after the other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from rules.engine import Engine, Prepared
from rules.evaluate import Hit
from rules.haystack import Haystack
from rules.view import Finds, RuleView
from state.article import Article, Scope

Replies = Literal["digest", "ring"]
_COMMENT: frozenset[Scope] = frozenset({"comment"})


class Asking:
    """The article folded and scanned once; what each rule sees of it.

    Args:
        article: What to read.
        engine: The rules made ready.
        replies: ``ring``: each comment counts as body.
    """

    def __init__(self, article: Article, engine: Engine, replies: Replies = "digest") -> None:
        self._engine = engine
        self._finds = Finds(Haystack(article), engine)
        self._replies = replies
        self._has_comments = bool(article.comments)

    @property
    def present(self) -> Iterable[int]:
        """The numbers of the needles that the automaton found."""
        return self._finds.raw.keys()

    def candidates(self) -> list[int]:
        """Return the numbers of the rules that may match, in order."""
        return self._engine.candidates(self._finds.raw, self._finds.haystack)

    def found(self, prepared: Prepared) -> tuple[RuleView, list[Hit], Literal["", "comment"]] | None:
        """Return what a rule saw, the finds that satisfy it, and whether only comments made them do so."""
        view = self.view(prepared)
        hits = prepared.root.find(view)
        if hits is not None:
            return view, hits, ""
        # With the same finds the answer would be the same.
        if not view.passed_over or not self._has_comments or "comment" in self._scopes(prepared):
            return None
        view = self.view(prepared, comments=True)
        hits = prepared.root.find(view)
        return None if hits is None else (view, hits, "comment")

    def view(self, prepared: Prepared, *, comments: bool = False) -> RuleView:
        """Return what a rule sees, with comments on request."""
        scopes = self._scopes(prepared)
        return RuleView(self._finds, prepared, scopes | _COMMENT if comments else scopes)

    def _scopes(self, prepared: Prepared) -> frozenset[Scope]:
        return prepared.scopes | _COMMENT if self._replies == "ring" else prepared.scopes
