"""``tocsin match``: articles → what would ring, one JSON line each; no store, no network."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from crawler.cli.ending import DONE, FAILED, USAGE, Ending, count
from crawler.cli.frame import Invocation, emit, verb
from crawler.cli.ruleset import usable
from crawler.documents import STDIN, Document, read_documents
from state.records_json import assessment_to_json, event_to_json, span_to_json

if TYPE_CHECKING:
    from rules.compile import Ruleset
    from state.article import Article
    from state.records import Match


@verb("match", data=True)
@click.option("--rules", "names", multiple=True, metavar="X", help="pack name or path; may be repeated")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.pass_obj
def command(invocation: Invocation, names: tuple[str, ...], files: tuple[str, ...]) -> Ending:
    """Match articles against rules, without configuration, store or network.

    FILE is .json, .jsonl, seed-style .txt, saved .html, or - for JSON lines on
    standard input.  Each article gives exactly one JSON line on standard output, in
    the order given, also one that cannot be read ("error").  Without --rules the
    configuration's rules are used if one is found, else the packs defection and
    dissolution.
    """
    ruleset = usable(invocation, names)
    read = failed = rang = 0
    fault: Ending | None = None
    for document in read_documents(files):
        try:
            line = _answer(document, ruleset)
        except Exception as error:
            fault = _fault(error)
            line = _unread(document.name, f"a fault in Tocsin: {type(error).__name__}")
        read += 1
        failed += "error" in line
        rang += bool(line["alerts"])
        emit(json.dumps(line, ensure_ascii=False))
        if STDIN in files:
            sys.stdout.flush()
    return fault or _ending(read, failed, rang)


def _answer(document: Document, ruleset: Ruleset) -> dict[str, Any]:
    if document.article is None:
        return _unread(document.name, document.error)
    return {"input": document.name, **judge(document.article, ruleset)}


def judge(article: Article, ruleset: Ruleset) -> dict[str, Any]:
    """Return alerts, matches and events of an article as JSON: what would ring if it were new.

    A match in what no parser could place is low, and says where it stands.
    """
    from crawler.understand import understand

    read = understand(article, ruleset, None, today=None)
    return {
        "alerts": [assessment_to_json(assessed) for assessed in read.assessments],
        "matches": [_match_to_json(matched) for matched in read.found],
        "events": [event_to_json(event) for event in read.events],
    }


def _match_to_json(found: Match) -> dict[str, Any]:
    form = {
        "rule": found.rule,
        "severity": found.severity.label,
        "spans": [span_to_json(span) for span in found.spans],
    }
    return form | {"where": "outside the article"} if found.outside == "outside" else form


def _unread(name: str, problem: str) -> dict[str, Any]:
    return {"input": name, "error": problem, "alerts": [], "matches": [], "events": []}


def _fault(error: BaseException) -> Ending:
    from crawler.cli.entry import report_fault

    return report_fault(error)


def _ending(read: int, failed: int, rang: int) -> Ending:
    found = f"{count(read, 'article')} read, {rang:,} would ring or be digested"
    if failed:
        return Ending(
            f"Partly done. {found}; {failed:,} could not be read", FAILED, 'see the lines with "error"'
        )
    if not read:
        return Ending("Nothing was read: no article was given", USAGE)
    return Ending(f"Done. {found}", DONE)
