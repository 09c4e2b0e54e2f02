"""``tocsin rules expand``: what a rule, a list or a term stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click

from crawler.cli.corpus import corpus
from crawler.cli.ending import FAILED, USAGE, Ending, count
from crawler.cli.frame import Invocation, Verb
from crawler.cli.options import SINCE
from crawler.cli.ruleset import usable
from crawler.cli.screen import show

if TYPE_CHECKING:
    from rules.expand import Expanded, Spellings
    from rules.terms import Term

_COLUMNS = {"group": "group", "term": "term", "from": "from", "sought": "sought as", "sense": "sense"}
_HITS = {"articles": "articles", "spellings": "as published"}
_SHOWN = 6


@click.command("expand", cls=Verb)
@click.argument("name", metavar="RULE|@LIST|TERM")
@click.argument("files", nargs=-1, metavar="[FILE...]")
@click.option("--rules", "names", multiple=True, metavar="X", help="pack name or path; may be repeated")
@click.option("--archive", is_flag=True, help="show what each term hits in the stored articles")
@click.option("--since", type=SINCE, metavar="30d|DAY", help="only articles first seen since then")
@click.pass_obj
def expanded(
    invocation: Invocation,
    /,
    name: str,
    files: tuple[str, ...],
    names: tuple[str, ...],
    archive: bool,
    since: datetime | None,
) -> Ending:
    """Write out what a rule stands for: lists, inflections, and the folded strings that are sought.

    NAME is a rule, a list such as @kh_parties, or a term such as "defect*". With FILE, or with --archive,
    each term is followed by what it really hits there, as published, and in how many articles.
    """
    from rules.expand import spellings

    found = _found(invocation, name, names)
    if isinstance(found, Ending):
        return found
    hits: Mapping[Term, Spellings] | None = None
    read = unread = 0
    if files or archive:
        with corpus(invocation, files, since, "searching") as articles:
            hits = spellings(found, articles)
        unread, read = articles.unread, articles.read
    rows = [_row(one, hits) for one in found]
    columns = {key: heading for key, heading in _COLUMNS.items() if any(row[key] for row in rows)}
    said = count(show(invocation, rows, columns if hits is None else columns | _HITS), "term")
    said += f" in {count(len({one.group for one in found}), 'group')}"
    said += f", looked for in {count(read, 'article')}" if hits is not None else ""
    if unread:
        return Ending(f"Partly done. {said}; {unread:,} could not be read", FAILED)
    return Ending(f"Done. {said}")


def _found(invocation: Invocation, name: str, names: Sequence[str]) -> list[Expanded] | Ending:
    from rules import packs
    from rules.expand import expand_rule, expand_text
    from rules.explain import rule_named
    from rules.terms import UnknownListError
    from state.errors import RuleReferenceError

    ruleset = usable(invocation, names)
    if not name.startswith("@"):
        try:
            return expand_rule(rule_named(name, ruleset))
        except RuleReferenceError:
            pass
    try:
        return expand_text(name, packs.lists())
    except UnknownListError as error:
        return Ending(f"There is {error}; {error.hint or 'it is misspelt'}", USAGE)
    except ValueError as error:
        return Ending(f"{error}", USAGE)


def _row(one: Expanded, hits: Mapping[Term, Spellings] | None) -> dict[str, object]:
    term = one.term
    row: dict[str, object] = {
        "group": one.group,
        "term": term.label,
        "operator": term.operator,
        "case": "exact" if term.exact else "any",
        "from": f"@{term.macro}" if term.macro else "",
        "sought": list(one.sought),
        "sense": term.sense,
    }
    if hits is not None:
        row["articles"] = hits[term].articles
        row["spellings"] = [f"{quote} {number}" for quote, number in hits[term].each.most_common(_SHOWN)]
    return row
