"""Rule files from disk and from the shipped packs: ``rules`` itself opens nothing."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from crawler import rulecache, wordshares
from crawler.gazetteers import join
from crawler.patterns import expand
from rules import packs
from rules.compile import LoadedRules, compile_read, compile_rules, load_rules
from rules.pieces import KnownPieces
from rules.rarity import Shares
from rules.rule import Rule
from rules.trial import run_tests, unproven
from state.errors import ConfigError, Place, RuleError

if TYPE_CHECKING:
    from crawler.settings import Settings

RuleFile = tuple[str, bytes]

_MAX_BYTES = 32_000_000
_NOWHERE = Place("")
_ENDINGS = (".yaml", ".yml")


def load_configured(settings: Settings, base_dir: Path, *, keep: bool = True) -> LoadedRules:
    """Return what the configuration watches for: its packs, then its own files.

    Compiled rules are kept in the configuration's folder and taken from there
    while nothing has changed; of changed files only changed rules are read anew.

    Args:
        settings: Names packs and files.
        base_dir: The configuration's folder.
        keep: Whether to write what had to be compiled; else the same call with it does later.
    """
    files = tuple(file for name in settings.rules.packs for file in packs.load(name))
    own = tuple(_read(path) for pattern in settings.rules.files for path in expand(base_dir, pattern))
    names = tuple(_read(path) for pattern in settings.gazetteer.files for path in expand(base_dir, pattern))
    errors = join(names)
    measured, shares = wordshares.kept(base_dir)
    key = rulecache.key_of([*files, *own, *names, (wordshares.NAME, measured)])
    loaded = _configured(_Sources(key, files, own, shares), base_dir)
    if keep and key in _unwritten() and not loaded.errors:
        _unwritten().discard(key)
        rulecache.write(base_dir, key, loaded.ruleset)
    return replace(loaded, errors=(*errors, *loaded.errors)) if errors else loaded


@dataclass(frozen=True, slots=True)
class _Sources:
    """What a rule set is compiled from; the key stands for all of it."""

    key: bytes
    packs: tuple[RuleFile, ...] = field(compare=False, repr=False)
    own: tuple[RuleFile, ...] = field(compare=False, repr=False)
    shares: Shares = field(compare=False, repr=False)


@lru_cache(maxsize=2)
def _configured(sources: _Sources, folder: Path) -> LoadedRules:
    with rulecache.uncollected():
        kept = rulecache.read(folder, sources.key)
        if kept is not None:
            return LoadedRules(kept)
        read = [_known().read(path, body) for path, body in (*sources.packs, *sources.own)]
        compiled = compile_read(read, shares=sources.shares)
        compiled = _without_unproven(compiled, {path for path, _ in sources.own}, sources.shares)
        _known().forget_unmet()
        _unwritten().add(sources.key)
    return compiled


@cache
def _known() -> KnownPieces:
    return KnownPieces(packs.lists())


@cache
def _unwritten() -> set[bytes]:
    """Return by their keys the rule sets that were compiled here and not kept yet."""
    return set()


@cache
def _proven() -> set[str]:
    """Return which rules passed their cases in this process, by version and cases."""
    return set()


def _proof_of(rule: Rule) -> str:
    # A case that only moved within its file is the same.
    return f"{rule.version} {hash(tuple(replace(case, place=_NOWHERE) for case in rule.tests))}"


def _without_unproven(compiled: LoadedRules, paths: set[str], shares: Shares) -> LoadedRules:
    """Refuse loud rules of one's own that no passing case proves, except those that end by themselves."""
    rules = compiled.ruleset.rules
    own = {id_ for id_, rule in rules.items() if rule.place.path in paths and rule.until is None}
    own = {id_ for id_ in own if _proof_of(rules[id_]) not in _proven()}
    if not own:
        return compiled
    results = run_tests(compiled.ruleset, own)
    refused = own.intersection(unproven(compiled.ruleset, results))
    _proven().update(_proof_of(rules[id_]) for id_ in own - refused)
    if not refused:
        return compiled
    problems = {result.rule: result.problem for result in results if result.outcome == "failed"}
    errors = tuple(_unproven_error(rules[id_], problems.get(id_)) for id_ in sorted(refused))
    kept = compile_rules((rule for id_, rule in rules.items() if id_ not in refused), shares=shares)
    return LoadedRules(kept, (*compiled.errors, *errors))


def _unproven_error(rule: Rule, problem: str | None) -> RuleError:
    why = f"a case of it fails: {problem}" if problem else "it has no case that shows when it rings"
    return RuleError(
        rule.place,
        f"rule {rule.id} has severity {rule.severity.label}, but {why}",
        hint="add passing tests:, lower its severity, or give it an end with until:",
    )


def load_named(names: Sequence[str]) -> LoadedRules:
    """Return the rules of packs and paths; a pack's name wins, ``./x`` forces a path.

    Raises:
        ConfigError: A name is neither, or a file cannot be read.
    """
    return compile_files([file for name in names for file in _named(name)])


def compile_files(files: Sequence[RuleFile]) -> LoadedRules:
    """Compile rule files against the shipped macros and gazetteers; the same bytes are compiled once."""
    return _compiled(tuple(files))


@lru_cache(maxsize=2)
def _compiled(files: tuple[RuleFile, ...]) -> LoadedRules:
    return load_rules(files, lists=packs.lists())


def _named(name: str) -> Iterator[RuleFile]:
    known = list(packs.names())
    if name in known:
        yield from packs.load(name)
        return
    path = Path(name)
    if path.is_dir():
        yield from (_read(file) for file in sorted(path.rglob("*")) if file.suffix in _ENDINGS)
    elif path.is_file():
        yield _read(path)
    else:
        near = difflib.get_close_matches(name, known, n=1)
        meant = f', did you mean "{near[0]}"?' if near else f"; packs are {', '.join(sorted(known))}"
        raise ConfigError(f'"{name}" is neither a pack nor a file{meant}')


def _read(path: Path) -> RuleFile:
    try:
        with path.open("rb") as file:
            body = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise ConfigError(f"rule file {path} cannot be read: {error.strerror}") from None
    if len(body) > _MAX_BYTES:
        raise ConfigError(f"rule file {path} is larger than {_MAX_BYTES:,} bytes")
    return str(path), body
