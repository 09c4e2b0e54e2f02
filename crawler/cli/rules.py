"""``tocsin rules``: what is watched for; checked, tested and explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crawler.cli.backtesting import backtested
from crawler.cli.drafting import new
from crawler.cli.ending import DONE, FAILED, Ending, count
from crawler.cli.expanding import expanded
from crawler.cli.frame import Invocation, Noun
from crawler.cli.profiling import profiled
from crawler.cli.ruleset import compiled, usable
from crawler.cli.screen import safe, show

if TYPE_CHECKING:
    from state.article import Article

_COLUMNS = {
    "id": "rule",
    "severity": "severity",
    "languages": "languages",
    "cases": "cases",
    "reviewed": "reviewed",
    "title": "title",
}
_X = click.argument("names", nargs=-1, metavar="[X...]")


@click.group("rules", cls=Noun)
def command() -> None:
    """What is watched for.  X is a pack name or a path; without it the configuration's rules, or the packs."""


command.add_command(expanded)
command.add_command(backtested)
command.add_command(profiled)
command.add_command(new)


@command.command("list")
@_X
@click.pass_obj
def listed(invocation: Invocation, /, names: tuple[str, ...]) -> Ending:
    """List rules with their severity, languages, cases, and who reviewed them."""
    ruleset = usable(invocation, names)
    rows = [
        {
            "id": rule.id,
            "title": rule.title,
            "version": rule.version,
            "severity": rule.severity.label,
            "status": rule.status,
            "kind": rule.kind,
            "languages": list(rule.languages),
            "cases": len(rule.tests),
            "reviewed": ", ".join(f"{lang}: {by}" for lang, by in rule.reviewed.items()) or "not yet",
            "place": str(rule.place),
        }
        for rule in ruleset.rules.values()
    ]
    return Ending(f"Done. {count(show(invocation, rows, _COLUMNS), 'rule')}")


@command.command("check")
@_X
@click.pass_obj
def checked(invocation: Invocation, /, names: tuple[str, ...]) -> Ending:
    """Report every mistake in rule files, each with file, line and column, and what was probably not meant."""
    from rules import lint

    found = compiled(invocation, names)
    issues = lint.check(found.ruleset)
    rows = [
        {"place": str(e.place), "problem": e.problem, "hint": e.hint, "is": "mistake"} for e in found.errors
    ]
    rows += [{"place": str(i.place), "problem": i.problem, "hint": i.hint, "is": i.check} for i in issues]
    if invocation.as_json:
        show(invocation, rows, {})
    else:
        for said in (*found.errors, *issues):
            click.echo(safe(str(said)), err=True)
    good = count(len(found.ruleset.rules), "rule")
    if found.errors:
        return Ending(f"{count(len(found.errors), 'mistake')}, listed above; {good} without one", FAILED)
    warned = f", {count(len(issues), 'warning')} above" if issues else ""
    return Ending(f"Done. {good}, no mistake{warned}", DONE)


@command.command("test")
@_X
@click.pass_obj
def tested(invocation: Invocation, /, names: tuple[str, ...]) -> Ending:
    """Run every rule's own cases."""
    from rules.trial import run_tests

    ruleset = usable(invocation, names)
    results = run_tests(ruleset)
    failed = [result for result in results if result.outcome == "failed"]
    rows = [
        {"rule": r.rule, "place": str(r.case.place), "outcome": r.outcome, "problem": r.problem}
        for r in (results if invocation.as_json else failed)
    ]
    show(invocation, rows, {"rule": "rule", "place": "case", "problem": "what went wrong"})
    todo = sum(result.outcome.startswith("todo") for result in results)
    said = f"{count(len(results) - len(failed) - todo, 'case')} passed, {len(failed):,} failed"
    said += f", {todo:,} known to be wrong" if todo else ""
    if failed:
        return Ending(said, FAILED, f"tocsin rules why-not {failed[0].rule} FILE")
    return Ending(f"Done. {said}", DONE)


@command.command("explain")
@click.argument("rule")
@click.argument("document", metavar="[FILE]", required=False)
@click.option("--rules", "names", multiple=True, metavar="X", help="pack name or path; may be repeated")
@click.option("--plain", is_flag=True, help="the rule as a paragraph, for people who write no rules")
@click.pass_obj
def explained(
    invocation: Invocation, /, rule: str, document: str | None, names: tuple[str, ...], plain: bool
) -> Ending:
    """Tell why a rule matches an article: the words, where they stand, what they were taken to mean.

    Without FILE the rule itself is explained.
    """
    from rules.explain import as_text, explain, rule_named
    from rules.match import match
    from rules.wording import as_when, in_words

    ruleset = usable(invocation, names)
    named = rule_named(rule, ruleset)
    if document is None:
        click.echo(safe(in_words(named) if plain else as_when(named.when, spelt_out=True)))
        return Ending(f"Done. {named.id} version {named.version}, at {named.place}")
    wanted = named.id
    article = _article(document)
    found = [one for one in match(article, ruleset) if one.rule == wanted]
    if not found:
        return Ending(
            f"{wanted} does not match {document}", FAILED, f"tocsin rules why-not {wanted} {document}"
        )
    click.echo(safe(as_text(explain(found[0], article, ruleset))))
    return Ending(f"Done. {wanted} matches {document}")


@command.command("why-not")
@click.argument("rule")
@click.argument("document", metavar="FILE")
@click.option("--rules", "names", multiple=True, metavar="X", help="pack name or path; may be repeated")
@click.pass_obj
def why_not(invocation: Invocation, /, rule: str, document: str, names: tuple[str, ...]) -> Ending:
    """Why did this article not ring?  Name the first clause of a rule that fails, and why."""
    from rules.why_not import as_text
    from rules.why_not import why_not as ask

    why = ask(rule, _article(document), usable(invocation, names))
    click.echo(safe(as_text(why)))
    return Ending(f"Done. {why.rule} {'does match' if why.matched else 'does not match'} {document}")


@command.command("try")
@click.argument("x", metavar="X")
@click.argument("documents", nargs=-1, required=True, metavar="FILE...")
@click.pass_obj
def tried(invocation: Invocation, /, x: str, documents: tuple[str, ...]) -> Ending:
    """Try rules on articles: which match, and why, one explanation after the other."""
    from crawler.documents import read_documents
    from rules.explain import as_text, explain
    from rules.match import match

    ruleset = usable(invocation, [x])
    read = hit = failed = 0
    for document in read_documents(documents):
        if document.article is None:
            failed += 1
            click.echo(f"{document.name}: {safe(document.error)}", err=True)
            continue
        read += 1
        found = match(document.article, ruleset)
        hit += bool(found)
        click.echo(f"{document.name}: {'no match' if not found else safe(document.article.title)}")
        for one in found:
            click.echo(safe(as_text(explain(one, document.article, ruleset))))
    said = f"{count(read, 'article')} read, {hit:,} matched"
    if failed:
        return Ending(f"Partly done. {said}; {failed:,} could not be read", FAILED)
    return Ending(f"Done. {said}", DONE)


def _article(name: str) -> Article:
    from crawler.cli.read import read_saved

    return read_saved(name)
