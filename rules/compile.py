"""Rule files → a rule set that can be matched; every mistake in every file is told.

All literals of all rules go into one automaton, which reads an article once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from rules.engine import Engine, build
from rules.rarity import Rarity, Shares
from rules.rule import Rule
from rules.schema import RuleFile, read_rules
from state.errors import RuleError, RuleReferenceError

#: Changes whenever the same rules may match other text than before.
ENGINE_VERSION = "1"


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
    for id_ in ruleset.engine.unanchored:
        rule = ruleset.rules[id_]
        if not rule.slow:
            errors.append(
                RuleError(
                    rule.place,
                    f"rule {id_} has no word without which it cannot match",
                    hint="add one with AND, or accept the cost with slow: true",
                )
            )
    refused = {id_ for id_ in ruleset.engine.unanchored if not ruleset.rules[id_].slow}
    if refused:
        ruleset = compile_rules((rule for rule in rules.values() if rule.id not in refused), shares=shares)
    return LoadedRules(ruleset, tuple(errors))


def compile_rules(rules: Iterable[Rule], *, shares: Shares | None = None) -> Ruleset:
    """Return a rule set of rules whose ids are unique."""
    ordered = sorted(rules, key=lambda rule: rule.id)
    digest = hashlib.sha256("\n".join(f"{rule.id} {rule.version}" for rule in ordered).encode()).hexdigest()
    engine = build(tuple(rule for rule in ordered if rule.status != "retired"), Rarity(shares))
    return Ruleset(MappingProxyType({rule.id: rule for rule in ordered}), digest[:16], engine)


def _refused(rule: Rule, rules: Mapping[str, Rule]) -> RuleError | None:
    first = rules.get(rule.id)
    if first is None:
        return None
    return RuleReferenceError(
        rule.place, f"a rule with the id {rule.id!r} is already at {first.place}", hint="rename one"
    )
