"""The user's own parties and bodies, put beside the shipped ones before anything asks for names."""

from __future__ import annotations

from collections.abc import Sequence

from rules.packs import data
from rules.packs.own_gazetteer import read_gazetteer
from state.errors import Place, RuleError


def join(files: Sequence[tuple[str, bytes]]) -> list[RuleError]:
    """Put the entities of some files in force, and return what is wrong with them.

    The first files of a process stay: names are woven into too much to be
    exchanged while it runs.
    """
    known = {row["id"] for row in data.shipped_entities()} if files else set()
    read = [read_gazetteer(path, body, known) for path, body in files]
    errors = [error for one in read for error in one.errors]
    if not data.use_entities([row for one in read for row in one.rows]):
        where = Place(files[0][0] if files else "[gazetteer] files")
        hint = "restart Tocsin to put the new names in force"
        errors.append(RuleError(where, "the list of parties and bodies has changed", hint=hint))
    return errors
