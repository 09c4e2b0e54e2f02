"""Rule files → a rule set that can be matched; every mistake in every file is told.

All literals of all rules go into one automaton, which reads an article once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from rules.engine import Engine, Prepared, build
from rules.needles import Needle
from rules.rarity import Rarity, Shares
from rules.rule import Rule
from rules.schema import RuleFile, read_rules
from state.errors import RuleError, RuleReferenceError

#: Changes whenever the same rules may match other text than before.
ENGINE_VERSION = "1"


#: A rule whose rarest necessary words hold one that stands in this share of articles slows down all others.
MOSTLY = 0.5


@dataclass(frozen=True, slots=True)
class Ruleset:
    """Rules ready to match; immutable, so that one can be swapped for another while matching goes on."""

    rules: Mapping[str, Rule]
    #: Hash over all rules' versions, independent of their order.
    hash: str
    engine: Engine = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class LoadedRules:
    """What came of rule files: the rules without mistakes, and the mistakes."""

    ruleset: Ruleset
    errors: tuple[RuleError, ...] = ()


def load_rules(
    files: Iterable[tuple[str, bytes]],
    *,
    lists: Mapping[str, Sequence[str]] = MappingProxyType({}),
    shares: Shares | None = None,
) -> LoadedRules:
    """Return the rules of some files; a rule with a mistake is left out, the others load.

    Args:
        files: Path (for messages) and bytes of each file.
        lists: Word lists by name, for ``@name``; an entry may end in ``*``.
        shares: Share of the user's own articles that hold a string, as ``frequencies`` measured it.
    """
    return compile_read([read_rules(path, data, lists) for path, data in files], shares=shares)


def compile_read(files: Iterable[RuleFile], *, shares: Shares | None = None) -> LoadedRules:
    """Return the rules of files already read, as ``load_rules`` does."""
    rules: dict[str, Rule] = {}
    errors: list[RuleError] = []
    for read in files:
        errors += read.errors
        for rule in read.rules:
            problem = _refused(rule, rules)
            if problem is not None:
                errors.append(problem)
            else:
                rules[rule.id] = rule
    ruleset = compile_rules(rules.values(), shares=shares)
    rarity, engine = Rarity(), ruleset.engine
    costly = [error for one in engine.prepared if (error := _costly(one, engine.needles, rarity))]
    if costly:
        refused = {id_ for id_, _ in costly}
        errors += [error for _, error in costly]
        ruleset = compile_rules((rule for rule in rules.values() if rule.id not in refused), shares=shares)
    return LoadedRules(ruleset, tuple(errors))


def compile_rules(rules: Iterable[Rule], *, shares: Shares | None = None) -> Ruleset:
    """Return a rule set of rules whose ids are unique."""
    ordered = sorted(rules, key=lambda rule: rule.id)
    digest = hashlib.sha256("\n".join(f"{rule.id} {rule.version}" for rule in ordered).encode()).hexdigest()
    engine = build(tuple(rule for rule in ordered if rule.status != "retired"), Rarity(shares))
    return Ruleset(MappingProxyType({rule.id: rule for rule in ordered}), digest[:16], engine)


def _costly(one: Prepared, needles: Sequence[Needle], rarity: Rarity) -> tuple[str, RuleError] | None:
    """Return the id of a rule that would be asked about most articles, and why; its author may accept that."""
    rule = one.rule
    if rule.slow:
        return None
    if not one.anchor.first:
        problem = f"rule {rule.id} has no word without which it cannot match"
        hint = "add one with AND, or accept the cost with slow: true"
        return rule.id, RuleError(rule.place, problem, hint=hint)
    known = {number: rarity.known(needles[number]) for number in one.anchor.first}
    if max(known.values()) < MOSTLY:
        return None
    common = sorted(known, key=lambda number: -known[number])[:4]
    words = ", ".join(needles[number].text.strip() for number in common)
    problem = f"rule {rule.id} would be asked about most articles, because of {words}"
    hint = "ask for one rare word with AND or NEAR, or accept the cost with slow: true"
    return rule.id, RuleError(rule.place, problem, hint=hint)


def _refused(rule: Rule, rules: Mapping[str, Rule]) -> RuleError | None:
    first = rules.get(rule.id)
    if first is None:
        return None
    return RuleReferenceError(
        rule.place, f"a rule with the id {rule.id!r} is already at {first.place}", hint="rename one"
    )
